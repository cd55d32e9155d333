"""Lays finished files where they wait until the whole tree is there."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from site_plugins.build.ports import Laid
from site_plugins.domain.artifacts import Artifact
from site_plugins.tools.tree_folders import TreeFolders, folder_of


def staged_name(path: str) -> str:
    """What a file of the tree is called while it waits by itself: it needs no folders there,
    which would be made and removed again for every edit."""
    return hashlib.blake2b(path.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


class Tray:
    """See :class:`~site_plugins.build.ports.Tray`.

    Args:
        folder: the site folder; a file that is there already, byte by byte, is not laid again.
        staging: where files wait.
        is_tree: whether they wait as the tree that they will be, which then goes to its place as
            a whole; else each waits under its :func:`staged_name`.
    """

    def __init__(self, folder: str, staging: str, *, is_tree: bool) -> None:
        self._folder = folder
        self._staging = staging
        self._is_tree = is_tree
        self._made: set[str] = {""}
        self._folders = TreeFolders(folder)
        self._is_nothing_there: bool | None = None

    def __reduce__(self) -> tuple[Callable[..., Tray], tuple[str, str]]:
        """Sent as its two places: what it knows of them is soon learned."""
        return partial(Tray, is_tree=self._is_tree), (self._folder, self._staging)

    def lay(self, artifact: Artifact) -> Laid:
        """See :class:`~site_plugins.build.ports.Tray`."""
        path, content = artifact.path, artifact.content
        is_new = not self._is_there(path, content)
        if is_new:
            target = self._place(path)
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
            file = os.open(target, flags, 0o666)
            try:
                left = memoryview(content)
                while left:
                    left = left[os.write(file, left) :]
            except OSError as error:
                # The system names no file here; the person must be told which disk is full.
                error.filename = f"{self._staging}/{path}"
                raise
            finally:
                os.close(file)
        return Laid(path, hashlib.sha256(content).hexdigest(), is_new)

    def _place(self, path: str) -> str:
        """Where a file waits; the folders above it are there."""
        if not self._is_tree:
            return f"{self._staging}/{staged_name(path)}"
        self._make(folder_of(path))
        return f"{self._staging}/{path}"

    def _make(self, folder: str) -> None:
        if folder in self._made:
            return
        self._make(folder_of(folder))
        with suppress(FileExistsError):
            os.mkdir(f"{self._staging}/{folder}")
        self._made.add(folder)

    def _is_there(self, path: str, content: bytes) -> bool:
        if self._is_nothing_there is None:
            # Found out once: a build from nothing need not look for each of its files.
            self._is_nothing_there = not os.path.lexists(self._folder)
        if self._is_nothing_there:
            return False
        target = f"{self._folder}/{path}"
        try:
            there = os.lstat(target)
            if not stat.S_ISREG(there.st_mode) or there.st_size != len(content):
                return False
            if not self._folders.is_plain(folder_of(path)):
                return False
            with open(target, "rb") as file:
                return file.read() == content
        except OSError:
            return False
