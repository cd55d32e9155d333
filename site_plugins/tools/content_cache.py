"""What is remembered of content/: stamps of its files, sheets, texts, sizes of pictures."""

from __future__ import annotations

import os
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec.structs import replace

from site_plugins.build.packing import (
    KeptSheet,
    PackedSheet,
    pack_sheets,
    pack_text,
    packed_html,
    unpack_blocks,
    unpack_facts,
    unpack_sheet,
    unpack_sheets,
)
from site_plugins.build.sheets import Sheet
from site_plugins.domain.attachment_text import AttachmentText, Hindrance
from site_plugins.domain.converted import TextFacts
from site_plugins.domain.model.parts import FixedId
from site_plugins.domain.named_files import type_of
from site_plugins.tools.cache_file import CacheFile, begin
from site_plugins.tools.sections import Sections, decoder_of, read_sections, schema_of

SETTLED = 2_000_000_000
"""A file that was changed less than so many nanoseconds before it was looked at may have been
changed again within one tick of the file system's clock: its bytes are looked at again."""

_AT_HAND = 200
"""Texts of which what is known stays at hand: a page asks for it several times."""

_SCHEMA = f"""
{schema_of("file")}
{schema_of("sheet")}
CREATE TABLE picture (digest TEXT PRIMARY KEY, width INT, height INT) WITHOUT ROWID;
CREATE TABLE clause (path TEXT, id TEXT, number TEXT, title TEXT, PRIMARY KEY (path, id))
    WITHOUT ROWID;
CREATE TABLE spelling (name TEXT PRIMARY KEY, spelled TEXT) WITHOUT ROWID;
"""
_TEXTS = """
CREATE TABLE text (path TEXT PRIMARY KEY, digest TEXT, facts BLOB, facts_check BLOB, text BLOB,
    text_check BLOB);
CREATE TABLE attachment (digest TEXT PRIMARY KEY, hindrance TEXT, reason TEXT, blocks BLOB,
    checked BLOB) WITHOUT ROWID;
"""

Stamp = tuple[int, int, int, int]

_Look = tuple[int, int, int, int, int, str]
"""A file's stamp, when it was looked at, and the digest of its bytes then."""


def stamp_of(stat: os.stat_result) -> Stamp:
    """Size, times and number of a file: two files with one stamp are taken for the same."""
    return (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


class ContentCache:
    """Remembers content/ from one build to the next.

    Args:
        folder: ``.cache/jianyan``.
        key: digest of all but the files that sheets depend on.
        tell: hears of damage, in Chinese.
    """

    def __init__(self, folder: Path, key: str, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._main = CacheFile(folder / "content.sqlite3", _SCHEMA, key, tell)
        self._texts = CacheFile(folder / "texts.sqlite3", _TEXTS, key, tell, is_summed=False)
        self.remake: Callable[[str], PackedSheet] | None = None
        """Makes the sheet of a file again whose text is damaged."""
        if self._texts.is_fresh and not self._main.is_fresh:
            self._main.start_anew(damaged=False)
        self._load()

    def _load(self) -> None:
        self._looks = Sections[_Look]("file", msgspec.msgpack.encode, decoder_of(_Look))
        self._sheets = Sections[KeptSheet]("sheet", pack_sheets, unpack_sheets)
        read_sections(self._main, self._looks, self._sheets)
        if self._main.is_fresh and not self._texts.is_fresh:
            # Texts of files that may have gone meanwhile.
            self._texts.start_anew(damaged=False)
        self._there = set(self._sheets.rows)
        self._made: dict[str, tuple[str, KeptSheet]] = {}
        """Of the texts that this build has converted: their kind, and what is to be kept."""
        self._facts: dict[str, TextFacts] = {}
        self._made_facts: dict[str, bytes] = {}
        """Of the texts that this build has converted: a hundredth of the texts themselves."""
        self._attached: set[str] = set()
        self._digests: dict[str, str] = {}
        rows = self._main.database.execute("SELECT name, spelled FROM spelling")
        self._spelled = dict(rows)
        self._spelled_now: dict[str, str] = {}
        self._pictures = {
            d: (w, h) for d, w, h in self._main.database.execute("SELECT * FROM picture")
        }
        self._asked: set[str] = set()
        """Files that are there: this build has asked for their digests."""
        self._read: set[str] = set()
        """Those of them whose bytes this build has read."""
        self._new_looks: dict[str, _Look] = {}
        """Of these, what is still to be kept."""
        self._gone: set[str] = set()

    # --- files

    def digest(self, path: str, stamp: Stamp, read: Callable[[], bytes]) -> str:
        """The digest of a file's bytes, which are read only where they may have changed."""
        self._asked.add(path)
        known = self._looks.rows.get(path)
        if known is not None and known[:4] == stamp:
            seen = known[4]
            # What was read in this build is not read again.
            if path in self._read or (seen - stamp[1] > SETTLED and seen - stamp[2] > SETTLED):
                return known[5]
        seen = time.time_ns()
        digest = blake2b(read(), digest_size=20).hexdigest()
        self._read.add(path)
        self._looks.rows[path] = self._new_looks[path] = (*stamp, seen, digest)
        return digest

    # --- sheets (see build.ports.SheetStore)

    def recall(self, path: str, digest: str, around: int) -> Sheet | None:
        """See :class:`~site_plugins.build.ports.SheetStore`."""
        kept = self._sheets.rows.get(path)
        if kept is None or kept[0] != digest or kept[1] != around:
            return None
        sheet = kept[2]
        self._digests[path] = sheet.text
        return sheet

    def keep(self, path: str, digest: str, around: int, packed: PackedSheet) -> Sheet:
        """See :class:`~site_plugins.build.ports.SheetStore`."""
        sheet = unpack_sheet(packed.kind, packed.sheet)
        self._keep_text(path, sheet.text, packed)
        self._made[path] = packed.kind, (digest, around, sheet)
        self._there.add(path)
        return sheet

    def _keep_text(self, path: str, text: str, packed: PackedSheet) -> None:
        self._facts.pop(path, None)
        self._made_facts[path] = packed.facts
        self._digests[path] = text
        if text:
            facts_check = _check(path, text, packed.facts)
            text_check = _check(path, text, packed.text)
            self._change_texts(
                "REPLACE INTO text VALUES (?, ?, ?, ?, ?, ?)",
                (path, text, packed.facts, facts_check, packed.text, text_check),
            )
        elif path in self._there:
            self._change_texts("DELETE FROM text WHERE path = ?", (path,))

    def _change_texts(self, statement: str, row: tuple[object, ...]) -> None:
        """Change the texts; damage that comes to light is told, and the texts begin anew.

        Their file is too large to be summed at each start, so any use may be the first to see it.
        """
        try:
            begin(self._texts.database)
            self._texts.database.execute(statement, row)
        except sqlite3.DatabaseError as error:
            if not self._texts.is_damaged(error):
                raise
            self._texts.start_anew(damaged=True)
            begin(self._texts.database)
            self._texts.database.execute(statement, row)

    def forget(self, paths: Iterable[str]) -> None:
        """See :class:`~site_plugins.build.ports.SheetStore`."""
        for path in sorted(self._there.intersection(paths)):
            self._drop(path)

    def _drop(self, path: str) -> None:
        self._gone.add(path)
        self._made.pop(path, None)
        self._change_texts("DELETE FROM text WHERE path = ?", (path,))
        self._there.discard(path)
        self._made_facts.pop(path, None)

    def facts(self, path: str) -> TextFacts:
        """See :class:`~site_plugins.build.ports.SheetStore`."""
        facts = self._facts.get(path)
        if facts is None:
            if len(self._facts) > _AT_HAND:
                self._facts.clear()
            made = self._made_facts.get(path)
            packed = self._blob("facts", path) if made is None else made
            facts = self._facts[path] = unpack_facts(packed)
        return facts

    def packed_html(self, path: str) -> bytes:
        """See :class:`~site_plugins.build.ports.SheetStore`."""
        return packed_html(self._blob("text", path))

    def blocks(self, path: str) -> tuple[str, ...]:
        """See :class:`~site_plugins.build.ports.SheetStore`."""
        return unpack_blocks(self._blob("text", path))

    def _blob(self, column: str, path: str) -> bytes:
        digest = self._digests.get(path, "")
        if not digest:
            return b""
        query = f"SELECT digest, {column}, {column}_check FROM text WHERE path = ?"
        try:
            row = self._texts.database.execute(query, (path,)).fetchone()
        except sqlite3.DatabaseError as error:
            if not self._texts.is_damaged(error):
                raise
            self._texts.start_anew(damaged=True)
            row = None
        if row is not None and row[0] == digest:
            # What this build has written itself need not be checked: of a build from nothing
            # every text is asked for twice.
            is_own = path in self._made_facts
            if is_own or row[2] == _check(path, digest, row[1]):
                return bytes(row[1])
        assert self.remake is not None
        packed = self.remake(path)
        self._keep_text(path, unpack_sheet(packed.kind, packed.sheet).text, packed)
        return packed.facts if column == "facts" else packed.text

    # --- pictures and tags

    def picture(
        self, digest: str, path: str, measure: Callable[[str], tuple[int, int]]
    ) -> tuple[int, int]:
        """A picture's size in pixels, measured once for the same bytes."""
        size = self._pictures.get(digest)
        if size is None:
            size = self._pictures[digest] = measure(path)
            begin(self._main.database)
            self._main.database.execute("REPLACE INTO picture VALUES (?, ?, ?)", (digest, *size))
        return size

    def distrust(self, digests: Iterable[str]) -> None:
        """Keep nothing that was read of files with these digests: they were others by then."""
        main, texts = self._main.database, self._texts.database
        for digest in digests:
            self._pictures.pop(digest, None)
            begin(main)
            main.execute("DELETE FROM picture WHERE digest = ?", (digest,))
            begin(texts)
            texts.execute("DELETE FROM attachment WHERE digest LIKE ?", (f"{digest}.%",))

    def spelled(self, name: str, spell: Callable[[str], str]) -> str:
        """How a tag is spelled in Latin letters, asked once."""
        known = self._spelled.get(name)
        found = self._spelled_now[name] = spell(name) if known is None else known
        return found

    def attachment(
        self, digest: str, read: Callable[[], AttachmentText], *, with_blocks: bool
    ) -> AttachmentText:
        """The text of a file, read once for the same bytes."""
        self._attached.add(digest)
        column = "blocks" if with_blocks else "''"
        query = f"SELECT hindrance, reason, {column}, checked FROM attachment WHERE digest = ?"
        try:
            row = self._texts.database.execute(query, (digest,)).fetchone()
            if row is not None and not with_blocks:
                return AttachmentText((), _hindrance(row[0]), row[1])
            if row is not None and row[3] == _check(digest, row[0] + row[1], row[2]):
                blocks = unpack_blocks(row[2])
                return AttachmentText(blocks, _hindrance(row[0]), row[1])
        except sqlite3.DatabaseError as error:
            if not self._texts.is_damaged(error):
                raise
            self._texts.start_anew(damaged=True)
        except ValueError:
            # Damaged: it is read again.
            pass
        found = read()
        told = found.hindrance.value if found.hindrance is not None else ""
        packed = pack_text("", found.blocks) if found.blocks else b""
        check = _check(digest, told + found.reason, packed)
        self._change_texts(
            "REPLACE INTO attachment VALUES (?, ?, ?, ?, ?)",
            (digest, told, found.reason, packed, check),
        )
        return found

    # --- plans

    def published_ids(self, path: str) -> list[FixedId]:
        """The clause ids that a plan has ever published, as far as this cache goes back."""
        query = "SELECT id, number, title FROM clause WHERE path = ? ORDER BY id"
        rows = self._main.database.execute(query, (path,))
        return [FixedId(id=name, number=number, title=title) for name, number, title in rows]

    def note_published(
        self, plans: Mapping[str, Iterable[FixedId]], faulty: Collection[str]
    ) -> None:
        """Add the ids of the plans that are public now; of others nothing is kept but of what
        is left out for its faults alone.

        ``plans``: content path → the ids of its clauses.
        """
        database = self._main.database
        known = {path for (path,) in database.execute("SELECT DISTINCT path FROM clause")}
        rows = [
            (path, each.id, each.number or "", each.title)
            for path, ids in plans.items()
            for each in ids
        ]
        there = set(database.execute("SELECT path, id, number, title FROM clause"))
        fresh = [row for row in rows if row not in there]
        gone = sorted(known - plans.keys() - set(faulty))
        if fresh or gone:
            begin(database)
            database.executemany("DELETE FROM clause WHERE path = ?", [(p,) for p in gone])
            database.executemany("REPLACE INTO clause VALUES (?, ?, ?, ?)", fresh)

    # --- the end

    def commit(self) -> None:
        """Keep what was noted; what is no longer there is forgotten."""
        try:
            self._write()
        except sqlite3.DatabaseError as error:
            if not (self._main.is_damaged(error) and self._texts.is_damaged(error)):
                raise
            # The next build begins without this cache.
            self._main.start_anew(damaged=True)
            self._texts.start_anew(damaged=False)

    def _write(self) -> None:
        for path in sorted(self._there - self._digests.keys()):
            self._drop(path)
        main = self._main.database
        made: dict[str, dict[str, KeptSheet]] = defaultdict(dict)
        for path, (kind, kept) in self._made.items():
            made[kind][path] = kept
        self._sheets.write(main, made, self._gone)
        self._made.clear()
        self._gone.clear()
        self._looks.write(main, {"": self._new_looks}, self._looks.rows.keys() - self._asked)
        self._new_looks.clear()
        if self._spelled_now != self._spelled:
            begin(main)
            main.execute("DELETE FROM spelling")
            main.executemany(
                "INSERT INTO spelling VALUES (?, ?)", sorted(self._spelled_now.items())
            )
            self._spelled = dict(self._spelled_now)
        self._forget_attachments()
        # A sheet whose text is newer is made again; the other way round it would be wrong.
        self._texts.commit()
        self._main.commit()

    def _forget_attachments(self) -> None:
        texts = self._texts.database
        known = {digest for (digest,) in texts.execute("SELECT digest FROM attachment")}
        gone = sorted(known - self._attached)
        if gone:
            begin(texts)
            texts.executemany("DELETE FROM attachment WHERE digest = ?", [(d,) for d in gone])

    def close(self) -> None:
        """Let go of the files."""
        self._main.close()
        self._texts.close()


def _hindrance(code: str) -> Hindrance | None:
    return Hindrance(code) if code else None


class ReadAttachments:
    """See :class:`~site_plugins.build.ports.Attachments`.

    Args:
        read: reads a file of content/.
        cache: remembers what was read; None for a build without one.
    """

    def __init__(self, read: Callable[[str], AttachmentText], cache: ContentCache | None) -> None:
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


def _check(path: str, digest: str, content: bytes) -> bytes:
    return blake2b(f"{path}\0{digest}\0".encode() + content, digest_size=8).digest()
