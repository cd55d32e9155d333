"""Lists and reads the content folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Protocol

from msgspec import Struct

from site_plugins.reading.sources import Source, content_digest
from site_plugins.tools.stamps import Stamp, stamp_of


class Digest(Protocol):
    """Gives the digest of a file's bytes, perhaps from memory."""

    def __call__(self, path: str, stamp: Stamp, read: Callable[[], bytes]) -> str:
        """The digest of the file ``path`` of content/ that has this ``stamp``."""


class _Listed(Struct, frozen=True):
    """A :class:`~site_plugins.reading.sources.Source` of the folder, as it was when looked at."""

    path: str
    stamp: Stamp
    folder: ContentFolder
    outside: bool = False

    @property
    def size(self) -> int:
        return 0 if self.outside else self.stamp[0]

    def read(self) -> bytes:
        return b"" if self.outside else self.folder.bytes_of(self.path)

    def digest(self) -> str:
        known = self.folder.known
        if known is None or self.outside:
            return content_digest(self.read())
        return known(self.path, self.stamp, self.read)


class ContentFolder:
    """The folder with the site's texts, pictures and attachments.

    ``known`` gives the digests of its files without reading those it remembers.
    """

    def __init__(self, folder: str, known: Digest | None = None) -> None:
        self.known = known
        self._root = folder
        self._real = os.path.realpath(folder)
        self._listed: list[_Listed] | None = None
        self._misspelled: dict[str, str] = {}
        self._stamps: dict[str, Stamp] = {}
        self.changed: set[str] = set()
        """Files that changed after they were looked at, and were read all the same."""

    def sources(self) -> Iterator[Source]:
        """Every file below the folder, by path; hidden ones and editors' backups left out.

        The folder is looked at once.
        """
        return iter(self._files())

    def look(self) -> Iterator[tuple[str, Stamp]]:
        """Path and stamp of every file, without reading any."""
        return ((file.path, file.stamp) for file in self._files())

    def _files(self) -> Sequence[_Listed]:
        if self._listed is None:
            self._listed = []
            self._list(self._root, "", self._listed)
        return self._listed

    def read(self, path: str) -> bytes:
        """The bytes of a file of the folder, which should be those that were looked at."""
        content = self.bytes_of(path)
        if self._seen(path) != stamp_of(os.stat(self._place(path))):
            self.changed.add(path)
        return content

    def bytes_of(self, path: str) -> bytes:
        """The bytes of a file as they are now."""
        with open(self._place(path), "rb") as content:
            return content.read()

    def _place(self, path: str) -> str:
        return f"{self._root}/{self._misspelled.get(path, path)}"

    def _seen(self, path: str) -> Stamp | None:
        if not self._stamps:
            self._stamps = {file.path: file.stamp for file in self._files()}
        return self._stamps.get(path)

    def _list(self, folder: str, prefix: str, listed: list[_Listed]) -> None:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=attrgetter("name"))
        for entry in found:
            name = entry.name
            if name.startswith((".", "~$", "#")) or name.endswith("~"):
                continue
            plain = name.isascii() and not self._misspelled
            path = prefix + name if plain else self._spelled(prefix, name)
            if entry.is_file(follow_symlinks=False):
                # Nearly everything: nothing else is asked of it, and its stamp is that of
                # stamp_of without a call more.
                there = entry.stat()
                stamp = (there.st_size, there.st_mtime_ns, there.st_ctime_ns, there.st_ino)
                listed.append(_Listed(path, stamp, self))
            elif entry.is_symlink() and self._leads_out(entry.path):
                stamp = stamp_of(entry.stat(follow_symlinks=False))
                listed.append(_Listed(path, stamp, self, outside=True))
            elif entry.is_dir(follow_symlinks=False):
                self._list(entry.path, path + "/", listed)
            elif entry.is_file():
                listed.append(_Listed(path, stamp_of(entry.stat()), self))

    def _spelled(self, prefix: str, name: str) -> str:
        """A path as messages can show it: archives packed elsewhere bring names in GBK."""
        path = prefix + os.fsencode(name).decode("utf-8", "backslashreplace")
        folder = prefix[:-1]
        written = self._misspelled.get(folder, folder)
        if path != prefix + name or written != folder:
            self._misspelled[path] = f"{written}/{name}" if written else name
        return path

    def _leads_out(self, path: str) -> bool:
        real = os.path.realpath(path)
        inside = os.path.commonpath([real, self._real]) == self._real
        # A link to a folder inside would publish the same texts twice.
        return not inside or not os.path.isfile(real)
