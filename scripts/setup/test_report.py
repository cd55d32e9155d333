"""Runs a checking tool and passes its report on to stdout, keeping back the closing line."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from scripts.setup.places import ROOT


class ClosingLine:
    """The last line of a tool's report, held back until the summary is written.

    Whoever reads the end of a log, a person or a machine, then finds the tests' result there.
    """

    def __init__(self) -> None:
        self._line = b""

    def follow(self, lines: Sequence[bytes]) -> None:
        """Pass lines on to stdout, all but the latest that is not empty."""
        for line in lines:
            if line.strip():
                self.print()
                self._line = line
            elif self._line:
                self._line += line

    def print(self) -> None:
        """Write the line that was held back, if there is one."""
        _write(self._line)
        self._line = b""


@contextmanager
def running_aside(
    command: Sequence[str | Path], environment: Mapping[str, str]
) -> Iterator[Callable[[], bool]]:
    """Run a tool in the repository while others run; it is stopped where they are stopped.

    Gives a function that waits for its end, passes its report on to stdout and returns whether it
    succeeded.
    """
    with (
        tempfile.TemporaryFile() as report,
        subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=report,
            stderr=subprocess.STDOUT,
        ) as tool,
    ):

        def finish() -> bool:
            tool.wait()
            report.seek(0)
            _write(report.read())
            return tool.returncode == 0

        try:
            yield finish
        finally:
            tool.kill()


def run_reporting(
    command: Sequence[str | Path], environment: Mapping[str, str], closing: ClosingLine | None
) -> bool:
    """Run a tool in the repository, its report on stdout; return whether it succeeded.

    Args:
        command: the program and its arguments.
        environment: its environment variables.
        closing: keeps the report's last line; None passes on everything.
    """
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    ) as tool:
        assert tool.stdout is not None
        for line in tool.stdout:
            if closing is None:
                _write(line)
            else:
                closing.follow([line])
    return tool.returncode == 0


def _write(line: bytes) -> None:
    sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()
