"""Builds a site under edits in a process of its own, which may be killed."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.sameness.changing import Changing
from scripts.setup.places import ROOT, SITE_ENVIRONMENT

_MOMENTS = 6_000
"""A build from nothing of a small site touches files about so many times."""


def arguments_of(site: Changing, output: Path, more: Sequence[str]) -> list[str]:
    """What is typed behind ``jianyan`` to build a site into a folder."""
    config = str(site.settings)
    return ["build", "-q", "--now", site.now.isoformat(), "-f", config, "-d", str(output), *more]


def build(site: Changing, output: Path, more: Sequence[str] = (), *, in_host: bool = False) -> int:
    """Build; the exit status. ``in_host``: in MkDocs, also where that is not needed."""
    program = str(SITE_ENVIRONMENT / "bin" / "jianyan")
    finished = subprocess.run(
        [program, *arguments_of(site, output, more)],
        cwd=site.folder,
        env=_environment(site) | ({"JIANYAN_HOST": "mkdocs"} if in_host else {}),
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr.fileno(),
        # Faulty texts are part of it, and tell of themselves in every build.
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return finished.returncode


def build_and_kill(site: Changing, output: Path, more: Sequence[str]) -> bool:
    """Begin a build and kill it, with its workers, at any moment; whether it was still running."""
    by_clock = site.draw.random() < 0.5
    moment = str(site.draw.randrange(1, _MOMENTS))
    seconds = 0.2 + site.draw.random() * 1.5 if by_clock else 600
    python = str(SITE_ENVIRONMENT / "bin" / "python")
    killing = ["-m", "scripts.sameness.killing", "0" if by_clock else moment]
    process = subprocess.Popen(
        [python, *killing, *arguments_of(site, output, more)],
        cwd=site.folder,
        env=_environment(site),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    is_alive = process.poll() is None
    with contextlib.suppress(ProcessLookupError):
        # Workers outlive the process that was killed, for a while.
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return is_alive or process.returncode == -signal.SIGKILL


def had_only_words(site: Changing) -> bool:
    """Whether the last build found that nothing but words had changed."""
    try:
        report = json.loads((site.folder / ".cache/jianyan/report.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return bool(report.get("only_words"))


def copy_without_memory(source: Path, target: Path) -> None:
    """The site's own files alone, at another place."""
    shutil.rmtree(target, ignore_errors=True)
    ignored = shutil.ignore_patterns("site", "other", ".cache")
    shutil.copytree(source, target, symlinks=True, ignore=ignored)


def _environment(site: Changing) -> dict[str, str]:
    path = os.pathsep.join((str(site.packages), str(ROOT)))
    # Python knows a compiled module by the second in which its file was written.
    return {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
