"""Earlier versions of a file, from Git where the site is kept in it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

_SECONDS = 20
_MOST = 200  # versions; a plan is rarely changed


def committed_versions(path: str) -> tuple[bytes, ...]:
    """The committed versions of a file, newest first, also under its former names.

    Empty where there is no Git, no repository, or the file was never committed.
    """
    file = Path(path).resolve()
    names = list(_commits(file))
    if not names:
        return ()
    asked = "".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape")
    answer = _git(file.parent, ["cat-file", "--batch"], asked)
    return tuple(_blobs(answer or b""))


def _commits(file: Path) -> Iterator[str]:
    """``<commit>:<path in the repository>`` for every commit that touched the file."""
    options = ["log", "--follow", f"--max-count={_MOST}", "-z", "--name-only", "--format=%x01%H"]
    answer = _git(file.parent, ["-c", "log.showSignature=false", *options, "--", file.name])
    for entry in (answer or b"").decode("utf-8", "surrogateescape").split("\x01")[1:]:
        commit, _, name = entry.strip("\x00\n").replace("\x00", "\n").partition("\n")
        name = name.strip("\n")
        if name and "\n" not in name:
            yield f"{commit}:{name}"


def _blobs(answer: bytes) -> Iterator[bytes]:
    """The contents in an answer of ``git cat-file --batch``; what is missing is passed."""
    at = 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        head = answer[at:end].split()
        at = end + 1
        if len(head) == 3 and head[1] == b"blob" and head[2].isdigit():
            size = int(head[2])
            yield answer[at : at + size]
            at += size + 1


def _git(folder: Path, arguments: list[str], given: bytes = b"") -> bytes | None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["git", "--no-pager", "-C", str(folder), *arguments],
            input=given,
            capture_output=True,
            timeout=_SECONDS,
            env=environment,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
