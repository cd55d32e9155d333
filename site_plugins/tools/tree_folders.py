"""The folders of a site folder, each looked at once."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping


class TreeFolders:
    """Answers about folders within ``root``, which are named relative to it, itself empty.

    What is changed later than it is looked at, the next build will see.
    """

    def __init__(self, root: str) -> None:
        self._root = root
        self._plain = {"": True}
        self._times: dict[str, int] = {}
        self._unlike: dict[str, int | None] | None = None

    def unlike(self, known: Mapping[str, int]) -> Mapping[str, int | None]:
        """Those of some folders that have not the time that is known of them, or do not lie in the
        tree any more; each with its time, None where there is none. They are looked at once.
        """
        if self._unlike is None:
            if self._are_like(known):
                self._unlike = {}
                return self._unlike
            found = ((folder, self.time_of(folder)) for folder in known)
            plain = self._plain
            self._unlike = {
                folder: time
                for folder, time in found
                if time != known[folder] or not plain.get(folder, True)
            }
        return self._unlike

    def _are_like(self, known: Mapping[str, int]) -> bool:
        """Whether all have the times that are known of them, and none is a link: nearly always."""
        root, lstat, is_folder = f"{self._root}/", os.lstat, stat.S_ISDIR
        try:
            for folder, time in known.items():
                there = lstat(root + folder)
                if there.st_mtime_ns != time or not is_folder(there.st_mode):
                    return False
        except OSError:
            return False
        return True

    def is_plain(self, folder: str) -> bool:
        """Whether no link leads from the root to a folder of it: links are taken away."""
        plain = self._plain.get(folder)
        return self._look(folder) if plain is None else plain

    def _look(self, folder: str) -> bool:
        is_link = False
        try:
            there = os.lstat(f"{self._root}/{folder}")
        except OSError:
            pass
        else:
            is_link = stat.S_ISLNK(there.st_mode)
            self._times[folder] = there.st_mtime_ns
        plain = self._plain[folder] = not is_link and self.is_plain(folder_of(folder))
        return plain

    def time_of(self, folder: str) -> int | None:
        """When anything was last added to a folder or taken from it, in nanoseconds; None where
        there is none."""
        if not folder:
            return os.stat(self._root).st_mtime_ns if os.path.isdir(self._root) else None
        if folder not in self._plain:
            self._look(folder)
        return self._times.get(folder)


def folder_of(path: str) -> str:
    """The folder that a file or folder lies in, empty for the root."""
    return path.rpartition("/")[0]


def folders_above(path: str) -> Iterator[str]:
    """The folders above a file within the site folder, that itself (empty) last."""
    while path:
        path = folder_of(path)
        yield path
