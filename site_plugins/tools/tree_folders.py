"""The folders of a site folder, each looked at once."""

from __future__ import annotations

import os
import stat
from contextlib import suppress


class TreeFolders:
    """Answers about folders within ``root``, which are named relative to it, itself empty.

    What is changed later than it is looked at, the next build will see.
    """

    def __init__(self, root: str) -> None:
        self._root = root
        self._plain = {"": True}
        self._times: dict[str, int] = {}

    def is_plain(self, folder: str) -> bool:
        """Whether no link leads from the root to a folder of it: links are taken away."""
        plain = self._plain.get(folder)
        if plain is None:
            is_link = False
            with suppress(OSError):
                there = os.lstat(f"{self._root}/{folder}")
                is_link = stat.S_ISLNK(there.st_mode)
                self._times[folder] = there.st_mtime_ns
            plain = self._plain[folder] = not is_link and self.is_plain(folder_of(folder))
        return plain

    def time_of(self, folder: str) -> int | None:
        """When anything was last added to a folder or taken from it, in nanoseconds; None where
        there is none."""
        if not folder:
            return os.stat(self._root).st_mtime_ns if os.path.isdir(self._root) else None
        self.is_plain(folder)
        return self._times.get(folder)


def folder_of(path: str) -> str:
    """The folder that a file or folder lies in, empty for the root."""
    return path.rpartition("/")[0]
