"""Lists and reads the content folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Protocol

from site_plugins.reading.content import Source, content_digest
from site_plugins.tools.content_cache import Stamp, stamp_of


class Digest(Protocol):
    """Gives the digest of a file's bytes, perhaps from memory."""

    def __call__(self, path: str, stamp: Stamp, read: Callable[[], bytes]) -> str:
        """The digest of the file ``path`` of content/ that has this ``stamp``."""


class ContentFolder:
    """The folder with the site's texts, pictures and attachments.

    ``digest`` gives the digests of its files without reading those it remembers.
    """

    def __init__(self, folder: str, digest: Digest | None = None) -> None:
        self._digest = digest
        self._root = Path(folder)
        self._real = os.path.realpath(folder)
        self._listed: list[Source] | None = None
        self.stamps: list[tuple[str, Stamp]] = []
        """Path and stamp of every file that was listed last."""

    def sources(self) -> Iterator[Source]:
        """Every file below the folder, by path; hidden ones and editors' backups left out.

        The folder is looked at once.
        """
        if self._listed is None:
            self._listed = []
            self._list(str(self._root), "", self._listed)
        return iter(self._listed)

    def look(self) -> list[tuple[str, Stamp]]:
        """Path and stamp of every file, without reading any."""
        self.sources()
        return self.stamps

    def remember_with(self, digest: Digest) -> None:
        """Ask ``digest`` for the digests of files from now on."""
        self._digest = digest

    def read(self, path: str) -> bytes:
        """The bytes of a file of the folder."""
        return (self._root / path).read_bytes()

    def _list(self, folder: str, prefix: str, listed: list[Source]) -> None:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        for entry in found:
            if entry.name.startswith((".", "~$", "#")) or entry.name.endswith("~"):
                continue
            path = prefix + _spelled(entry.name)
            if entry.is_symlink() and self._leads_out(entry.path):
                self.stamps.append((path, stamp_of(entry.stat(follow_symlinks=False))))
                listed.append(Source(path, 0, bytes, outside=True))
            elif entry.is_dir(follow_symlinks=False):
                self._list(entry.path, path + "/", listed)
            elif entry.is_file():
                stamp = stamp_of(entry.stat())
                self.stamps.append((path, stamp))
                read = partial(_read, entry.path)
                known = partial(self._digest_of, path, stamp, read)
                listed.append(Source(path, stamp[0], read, known=known))

    def _digest_of(self, path: str, stamp: Stamp, read: Callable[[], bytes]) -> str:
        if self._digest is None:
            return content_digest(read())
        return self._digest(path, stamp, read)

    def _leads_out(self, path: str) -> bool:
        real = os.path.realpath(path)
        inside = os.path.commonpath([real, self._real]) == self._real
        # A link to a folder inside would publish the same texts twice.
        return not inside or not os.path.isfile(real)


def _read(file: str) -> bytes:
    with open(file, "rb") as content:
        return content.read()


def _spelled(name: str) -> str:
    """A file name as messages can show it: archives packed elsewhere bring names in GBK."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
