"""The large part of what is remembered of content/: converted texts, texts of attachments."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal

from msgspec.structs import replace

from site_plugins.build.packing import PackedSheet, pack_text, unpack_blocks
from site_plugins.domain.attachment_text import AttachmentText, Hindrance
from site_plugins.domain.named_files import type_of
from site_plugins.tools.cache_file import CacheFile, begin

_SCHEMA = """
CREATE TABLE text (path TEXT PRIMARY KEY, digest TEXT, facts BLOB, facts_check BLOB, text BLOB,
    text_check BLOB);
CREATE TABLE attachment (digest TEXT PRIMARY KEY, hindrance TEXT, reason TEXT, blocks BLOB,
    checked BLOB) WITHOUT ROWID;
"""


class TextCache(CacheFile):
    """A file that is too large to be summed at each start: its rows carry checksums, and any use
    may be the first to see damage, which is told; then all of it begins anew.

    Args:
        folder: ``.cache/jianyan``.
        key: see :class:`~site_plugins.tools.cache_file.CacheFile`.
        tell: hears of damage, in Chinese.
    """

    def __init__(self, folder: Path, key: str, tell: Callable[[str], None]) -> None:
        super().__init__(folder / "texts.sqlite3", _SCHEMA, key, tell, is_summed=False)
        self._attached: set[str] = set()

    def keep(self, path: str, digest: str, packed: PackedSheet) -> None:
        """Keep the text of a sheet."""
        facts_check = _check(path, digest, packed.facts)
        text_check = _check(path, digest, packed.text)
        row = (path, digest, packed.facts, facts_check, packed.text, text_check)
        self._change("REPLACE INTO text VALUES (?, ?, ?, ?, ?, ?)", row)

    def drop(self, path: str) -> None:
        """Keep the text of a file no longer."""
        self._change("DELETE FROM text WHERE path = ?", (path,))

    def find(
        self, column: Literal["facts", "text"], path: str, digest: str, *, is_own: bool
    ) -> bytes | None:
        """Facts or text of a file; None where they are not there as they should be.

        ``is_own``: this build has written them itself, so that they need not be checked.
        """
        query = f"SELECT digest, {column}, {column}_check FROM text WHERE path = ?"
        row = self._row(query, path)
        if row is None or row[0] != digest:
            return None
        return bytes(row[1]) if is_own or row[2] == _check(path, digest, row[1]) else None

    def attachment(
        self, digest: str, read: Callable[[], AttachmentText], *, with_blocks: bool
    ) -> AttachmentText:
        """The text of a file, read once for the same bytes."""
        self._attached.add(digest)
        column = "blocks" if with_blocks else "''"
        query = f"SELECT hindrance, reason, {column}, checked FROM attachment WHERE digest = ?"
        row = self._row(query, digest)
        try:
            if row is not None and not with_blocks:
                return AttachmentText((), _hindrance(row[0]), row[1])
            if row is not None and row[3] == _check(digest, row[0] + row[1], row[2]):
                return AttachmentText(unpack_blocks(row[2]), _hindrance(row[0]), row[1])
        except ValueError:
            # Damaged: it is read again.
            pass
        found = read()
        told = found.hindrance.value if found.hindrance is not None else ""
        packed = pack_text("", found.blocks) if found.blocks else b""
        check = _check(digest, told + found.reason, packed)
        kept = (digest, told, found.reason, packed, check)
        self._change("REPLACE INTO attachment VALUES (?, ?, ?, ?, ?)", kept)
        return found

    def forget_attachments(self, digests: Iterable[str] | None = None) -> None:
        """Forget what was read of files with these digests; by default all that this build has
        not asked for."""
        known = {key for (key,) in self.database.execute("SELECT digest FROM attachment")}
        gone = known - self._attached
        if digests is not None:
            unwanted = set(digests)
            gone = {key for key in known if key.partition(".")[0] in unwanted}
        for key in sorted(gone):
            self._change("DELETE FROM attachment WHERE digest = ?", (key,))

    def _row(self, query: str, key: str) -> Any:
        try:
            return self.database.execute(query, (key,)).fetchone()
        except sqlite3.DatabaseError as error:
            self._begin_anew_after(error)
            return None

    def _change(self, statement: str, row: tuple[object, ...]) -> None:
        try:
            begin(self.database)
            self.database.execute(statement, row)
        except sqlite3.DatabaseError as error:
            self._begin_anew_after(error)
            begin(self.database)
            self.database.execute(statement, row)

    def _begin_anew_after(self, error: sqlite3.DatabaseError) -> None:
        if not self.is_damaged(error):
            raise error
        self.start_anew(damaged=True)


class ReadAttachments:
    """See :class:`~site_plugins.build.ports.Attachments`.

    Args:
        read: reads a file of content/.
        cache: remembers what was read; None for a build without one.
    """

    def __init__(self, read: Callable[[str], AttachmentText], cache: TextCache | None) -> None:
        self._read = read
        self._cache = cache
        self._wordless: set[str] = set()
        """Files without a text: pictures for the most part, each named by many texts."""

    def text(self, path: str, digest: str) -> AttachmentText:
        """See :class:`~site_plugins.build.ports.Attachments`."""
        return self._found(path, digest, with_blocks=True)

    def hindrance(self, path: str, digest: str) -> AttachmentText:
        """See :class:`~site_plugins.build.ports.Attachments`."""
        return replace(self._found(path, digest, with_blocks=False), blocks=())

    def _found(self, path: str, digest: str, *, with_blocks: bool) -> AttachmentText:
        if self._cache is None:
            return self._read(path)
        # What can be read of a file depends on its type as well, which its name tells.
        key = f"{digest}.{type_of(path)}"
        if key in self._wordless:
            return AttachmentText()
        found = self._cache.attachment(key, lambda: self._read(path), with_blocks=with_blocks)
        if with_blocks and found == AttachmentText():
            self._wordless.add(key)
        return found


def _hindrance(code: str) -> Hindrance | None:
    return Hindrance(code) if code else None


def _check(path: str, digest: str, content: bytes) -> bytes:
    return blake2b(f"{path}\0{digest}\0".encode() + content, digest_size=8).digest()
