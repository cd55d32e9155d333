"""What is remembered of content/: stamps of its files, sheets, sizes of pictures, plans' clauses.

The texts themselves lie in :mod:`~site_plugins.tools.text_cache`."""

from __future__ import annotations

import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Literal

import msgspec

from site_plugins.build.packing import (
    KeptSheet,
    PackedSheet,
    pack_sheets,
    packed_html,
    unpack_blocks,
    unpack_facts,
    unpack_sheet,
    unpack_sheets,
)
from site_plugins.build.sheets import Sheet
from site_plugins.domain.converted import TextFacts
from site_plugins.domain.model.parts import FixedId
from site_plugins.tools.cache_file import CacheFile, begin
from site_plugins.tools.sections import Sections, decoder_of, read_sections, schema_of
from site_plugins.tools.stamps import SETTLED, Stamp
from site_plugins.tools.text_cache import TextCache

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
_Look = tuple[int, int, int, int, int, str]
"""A file's stamp, when it was looked at, and the digest of its bytes then."""


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
        self.texts = TextCache(folder, key, tell)
        """Converted texts and texts of attachments."""
        self.remake: Callable[[str], PackedSheet] | None = None
        """Makes the sheet of a file again whose text is damaged."""
        self._looks = Sections[_Look]("file", msgspec.msgpack.encode, decoder_of(_Look))
        self._sheets = Sections[KeptSheet]("sheet", pack_sheets, unpack_sheets)
        if self.texts.is_fresh and not self._main.is_fresh:
            self._main.start_anew(damaged=False)
        if self._main.is_fresh and not self.texts.is_fresh:
            # Texts of files that may have gone meanwhile.
            self.texts.start_anew(damaged=False)
        self._is_whole = False
        """Whether all is read; an edit of a few words wants little."""
        self._there: set[str] = set()
        self._made: dict[str, tuple[str, KeptSheet]] = {}
        """Of the texts that this build has converted: their kind, and what is to be kept."""
        self._facts: dict[str, TextFacts] = {}
        self._made_facts: dict[str, bytes] = {}
        """Of the texts that this build has converted: a hundredth of the texts themselves."""
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

    @property
    def is_fresh(self) -> bool:
        """Whether nothing is remembered."""
        return self._main.is_fresh

    def read_all(self) -> None:
        """See :class:`~site_plugins.build.ports.SheetStore`."""
        self._is_whole = True
        read_sections(self._main, self._looks, self._sheets)
        if self._main.is_fresh and not self.texts.is_fresh:
            # Texts of files that may have gone meanwhile.
            self.texts.start_anew(damaged=False)
        self._there = set(self._sheets.rows)
        self._digests = {}

    # --- files

    def digest(self, path: str, stamp: Stamp, read: Callable[[], bytes]) -> str:
        """The digest of a file's bytes, which are read only where they may have changed."""
        self._asked.add(path)
        known = self._looks.rows.get(path)
        if known is None and not self._is_whole:
            known = self._looks.at(self._main.database, path)
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
        if not self._is_whole:
            self.read_all()
        kept = self._sheets.rows.get(path)
        if kept is None or kept[0] != digest or kept[1] != around:
            return None
        sheet = kept[2]
        self._digests[path] = sheet.text
        return sheet

    def sheet(self, path: str) -> Sheet | None:
        """See :class:`~site_plugins.build.ports.SheetStore`."""
        made = self._made.get(path)
        if made is not None:
            return made[1][2]
        try:
            kept = self._sheets.at(self._main.database, path)
        except ValueError:
            # Damaged: it is made again.
            return None
        return kept[2] if kept is not None else None

    def trust(self, texts: Mapping[str, str]) -> None:
        """See :class:`~site_plugins.build.ports.SheetStore`."""
        self._digests = dict(texts)

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
            self.texts.keep(path, text, packed)
        elif path in self._there:
            self.texts.drop(path)

    def forget(self, paths: Iterable[str]) -> None:
        """See :class:`~site_plugins.build.ports.SheetStore`."""
        for path in sorted(self._there.intersection(paths)):
            self._drop(path)

    def _drop(self, path: str) -> None:
        self._gone.add(path)
        self._made.pop(path, None)
        self.texts.drop(path)
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

    def _blob(self, column: Literal["facts", "text"], path: str) -> bytes:
        digest = self._digests.get(path, "")
        if not digest:
            return b""
        # Of a build from nothing every text is asked for twice.
        found = self.texts.find(column, path, digest, is_own=path in self._made_facts)
        if found is not None:
            return found
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
        unwanted = list(digests)
        for digest in unwanted:
            self._pictures.pop(digest, None)
            begin(self._main.database)
            self._main.database.execute("DELETE FROM picture WHERE digest = ?", (digest,))
        if unwanted:
            self.texts.forget_attachments(unwanted)

    def spelled(self, name: str, spell: Callable[[str], str]) -> str:
        """How a tag is spelled in Latin letters, asked once."""
        known = self._spelled.get(name)
        found = self._spelled_now[name] = spell(name) if known is None else known
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
            if not (self._main.is_damaged(error) and self.texts.is_damaged(error)):
                raise
            # The next build begins without this cache.
            self._main.start_anew(damaged=True)
            self.texts.start_anew(damaged=False)

    def _write(self) -> None:
        if self._is_whole:
            for path in sorted(self._there - self._digests.keys()):
                self._drop(path)
        main = self._main.database
        made: dict[str, dict[str, KeptSheet]] = defaultdict(dict)
        for path, (kind, kept) in self._made.items():
            made[kind][path] = kept
        self._sheets.write(main, made, self._gone)
        self._made.clear()
        self._gone.clear()
        gone = self._looks.rows.keys() - self._asked if self._is_whole else ()
        self._looks.write(main, {"": self._new_looks}, gone)
        self._new_looks.clear()
        if self._is_whole and self._spelled_now != self._spelled:
            begin(main)
            main.execute("DELETE FROM spelling")
            main.executemany(
                "INSERT INTO spelling VALUES (?, ?)", sorted(self._spelled_now.items())
            )
            self._spelled = dict(self._spelled_now)
        if self._is_whole:
            self.texts.forget_attachments()
        # A sheet whose text is newer is made again; the other way round it would be wrong.
        self.texts.commit()
        self._main.commit()

    def close(self) -> None:
        """Let go of the files."""
        self._main.close()
        self.texts.close()
