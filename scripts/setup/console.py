"""How the set-up talks to the operator: Chinese progress on stderr, faults with a remedy.

stdout stays free for a command's answer, so that it can be piped.
"""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path


class SetupFault(Exception):
    """The set-up cannot go on.

    Attributes:
        fault: what is wrong, one Chinese sentence.
        remedy: what the operator does about it, one Chinese sentence.
    """

    def __init__(self, fault: str, remedy: str) -> None:
        super().__init__(fault)
        self.fault = fault
        self.remedy = remedy


def say(message: str) -> None:
    """Write one line of progress to stderr."""
    print(message, file=sys.stderr, flush=True)


def report(fault: SetupFault) -> None:
    """Write a fault and its remedy to stderr."""
    say(f"出错：{fault.fault}")
    say(f"  办法：{fault.remedy}")


def run_aloud(
    command: Sequence[str | Path], *, folder: Path, environment: Mapping[str, str] | None = None
) -> bool:
    """Run a command, its whole output on stderr and no input; return whether it succeeded."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=None if environment is None else dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr.fileno(),
        check=False,
    )
    return done.returncode == 0


def run_silently(command: Sequence[str | Path]) -> tuple[bool, str]:
    """Run a command unseen; return whether it succeeded, and its stdout without outer space."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=False,
        )
    except OSError:
        return False, ""
    return done.returncode == 0, done.stdout.strip()
