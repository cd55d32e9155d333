"""The journal of publishing: what is to be done in a site folder, so that a killed build can be
completed."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from site_plugins.tools.system_words import about
from site_plugins.tools.tray import staged_name
from site_plugins.tools.tree_folders import folder_of, folders_above

UNFINISHED = ".new"
"""How the name of a file ends that is being written beside another."""


class _Plan(Struct):
    """What is to be done in which folder, with the files of which staging folder, in which they
    lie as a tree or each under its :func:`~site_plugins.tools.tray.staged_name`."""

    folder: str
    staging: str
    written: list[str]
    removed: list[str]
    is_tree: bool = True


class Journal:
    """The journal of one build.

    Args:
        file: where it lies.
        folder: the site folder.
        stagings: the folder with the staging folders of builds.
    """

    def __init__(self, file: Path, folder: Path, stagings: Path) -> None:
        self._file = file
        self._folder = folder
        self._stagings = stagings

    def write(
        self, staging: str, written: Sequence[str], removed: Sequence[str], *, is_tree: bool
    ) -> None:
        """Say what is to be done, and in which order: from here on it will be.

        ``staging`` is the name of the staging folder that holds what is written, as a tree or not.
        """
        plan = _Plan(str(self._folder), staging, list(written), list(removed), is_tree)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".new")
        with about(fresh), fresh.open("w", encoding="utf-8") as file:
            # In ASCII: a file left by a person may have a name that is not UTF-8.
            json.dump(msgspec.to_builtins(plan), file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, self._file)

    def close(self) -> None:
        """All of it is done."""
        self._file.unlink(missing_ok=True)

    def complete(self, *, tidy: bool = True) -> None:
        """Do what it says, from wherever it was left; ``tidy`` looks for empty folders everywhere,
        not only where something was removed."""
        try:
            written = json.loads(self._file.read_text(encoding="utf-8"))
            plan = msgspec.convert(written, _Plan)
        except FileNotFoundError:
            return
        except ValueError:
            plan = None
        if plan is not None and self._is_ours(plan):
            self._carry_out(plan, tidy=tidy)
        # One that is damaged, or of another folder, cannot be trusted: a site that was copied or
        # moved still names the folder of the original.
        self.close()

    def _is_ours(self, plan: _Plan) -> bool:
        """Whether a plan is for this folder, with files that lie in the cache."""
        staging = self._stagings / plan.staging
        return (
            plan.folder == str(self._folder)
            and _is_inside(plan.staging)
            and staging.parent == self._stagings
            and not (self._stagings.is_symlink() or staging.is_symlink())
        )

    def _carry_out(self, plan: _Plan, *, tidy: bool) -> None:
        folder, staging = self._folder, self._stagings / plan.staging
        # A name that cannot be trusted leads nowhere: nothing outside the folder is touched.
        removed = [path for path in plan.removed if _is_inside(path)]
        written = [path for path in plan.written if _is_inside(path)]
        for path in removed:
            _remove(folder, path)
        ready: set[str] = set()
        for path in written:
            staged = staging / (path if plan.is_tree else staged_name(path))
            if os.path.exists(staged):
                _make_ready(folder, folder_of(path), ready)
                _move(staged, folder / path)
        if tidy:
            remove_empty(folder)
        remove_if_empty(folder, {folder_of(path) for path in removed})


def _is_inside(path: str) -> bool:
    return not path.startswith("/") and ".." not in path.split("/")


def _remove(folder: Path, name: str) -> None:
    path = folder / name
    if path.is_dir() and not path.is_symlink():
        # It was removed before a build was killed, and the new tree has a folder there.
        return
    if any(above and (folder / above).is_symlink() for above in folders_above(name)):
        # What lies behind a link is not the site's.
        return
    with suppress(FileNotFoundError, NotADirectoryError):
        path.unlink()


def _make_ready(root: Path, name: str, ready: set[str]) -> None:
    """Make a folder below ``root`` one, with those above it, whatever a person has put there;
    ``ready`` are those that are."""
    if name in ready:
        return
    if name:
        _make_ready(root, folder_of(name), ready)
    folder = f"{root}/{name}" if name else str(root)
    if (name and os.path.islink(folder)) or os.path.isfile(folder):
        os.unlink(folder)
    os.makedirs(folder, exist_ok=True)
    ready.add(name)


def _move(staged: Path, target: Path) -> None:
    """Put a staged file in its place, the folder of which is ready, whatever a person has put
    there."""
    if os.path.isdir(target) and not os.path.islink(target):
        shutil.rmtree(target)
    try:
        os.replace(staged, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # The site lies on another disk than the cache: copy beside the target, then rename.
        beside = target.with_name(f".{target.name}{UNFINISHED}")
        with about(beside):
            shutil.copyfile(staged, beside)
        os.replace(beside, target)
        staged.unlink()


def remove_if_empty(folder: Path, paths: Collection[str]) -> None:
    """Remove some folders of the site folder, and those above them, that hold nothing."""
    names = {name for path in paths for name in (path, *folders_above(path)) if name}
    for name in sorted(names, key=len, reverse=True):
        with suppress(OSError):
            # The system removes no folder that holds anything.
            os.rmdir(folder / name)


def remove_empty(folder: Path) -> None:
    """Remove folders that hold nothing any more, but for those in hidden ones at the top."""
    for entry in folder.iterdir() if folder.is_dir() else ():
        if entry.is_symlink() or not entry.is_dir() or entry.name.startswith("."):
            continue
        for path, _, _ in os.walk(entry, topdown=False):
            if not os.listdir(path):
                os.rmdir(path)
