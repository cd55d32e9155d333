"""Runs the project's commands as somebody at a terminal would."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said: exit status, stdout, stderr."""

    status: int
    out: str
    told: str


def environment(home: Path, **more: str) -> dict[str, str]:
    """Only what any terminal has, so that nothing of the test run leaks into a command."""
    path = os.pathsep.join((str(PROGRAMS), "/usr/local/bin", "/usr/bin", "/bin"))
    return {"PATH": path, "HOME": str(home), "LANG": "C.UTF-8", **more}


def run(*command: str | Path, cwd: Path, stdin: str | None = None, **variables: str) -> Answer:
    """Run a program of the environment the tests run in, in the folder ``cwd``."""
    name, *arguments = map(str, command)
    done = subprocess.run(
        [name if os.path.isabs(name) else str(PROGRAMS / name), *arguments],
        cwd=cwd,
        env=environment(cwd, **variables),
        input=stdin if stdin is not None else "",
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def build(folder: Path, *arguments: str | Path, **variables: str) -> Answer:
    """``jianyan build`` in a site's folder; the tests count on its success."""
    answer = run("jianyan", "build", "-q", *arguments, cwd=folder, **variables)
    assert answer.status == 0, answer.told
    return answer


@contextmanager
def running(*command: str | Path, cwd: Path, **variables: str) -> Iterator[subprocess.Popen[str]]:
    """A program that goes on until the block ends; its stderr is ``cwd``/stderr.txt."""
    name, *arguments = map(str, command)
    with (cwd / "stderr.txt").open("w", encoding="utf-8") as told:
        process = subprocess.Popen(
            [name if os.path.isabs(name) else str(PROGRAMS / name), *arguments],
            cwd=cwd,
            env=environment(cwd, **variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=told,
            encoding="utf-8",
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            try:
                process.communicate(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def found(program: str, variable: str = "") -> str | None:
    """Where a program of the system lies; ``variable`` may name it."""
    return os.environ.get(variable) or shutil.which(program)
