"""The ledger of one site folder: what each unit was made from, and the files that are there."""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from site_plugins.build.ports import Output
from site_plugins.domain.noting import Fact, Notebook, digest_of
from site_plugins.tools.cache_file import NEW, CacheFile, begin
from site_plugins.tools.content_cache import Stamp
from site_plugins.tools.sections import Sections, decoder_of, read_sections, schema_of

_ROOM = """
CREATE TABLE {0}_shelf (name TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID;
CREATE TABLE {0}_fact (id INTEGER PRIMARY KEY, shelf TEXT, what TEXT, digest TEXT,
    UNIQUE (shelf, what));
CREATE TABLE {0}_unit (id INTEGER PRIMARY KEY, key TEXT UNIQUE, result BLOB, reason TEXT);
CREATE TABLE {0}_units (digest TEXT);
CREATE TABLE {0}_read (fact INT, unit INT, PRIMARY KEY (fact, unit)) WITHOUT ROWID;
"""
_READ_OF = "CREATE INDEX {0}_read_of ON {0}_read (unit)"
_SCHEMA = f"""
{_ROOM.format("page")}
{_READ_OF.format("page")};
{schema_of("output")}
{schema_of("stamp")}
CREATE TABLE folder (path TEXT PRIMARY KEY, mtime INT) WITHOUT ROWID;
CREATE TABLE attic (name TEXT PRIMARY KEY, content BLOB) WITHOUT ROWID;
"""
_CHECKS = f"{_ROOM.format('page')}{_READ_OF.format('page')};"

_BITS = 32
_UNIT = (1 << _BITS) - 1
_AT_ONCE = 2_000_000
"""Reads that wait to be written, each a number: fact in the upper half, unit in the lower."""


class FactLedger:
    """Remembers units and the facts they were made from, in one database."""

    def __init__(self, file: CacheFile) -> None:
        self._file = file
        self._facts: dict[Fact, int] | None = None
        (last,) = self._database.execute("SELECT max(id) FROM page_unit").fetchone()
        self._next = 1 + (last or 0)
        self.is_empty = last is None
        """Whether nothing is remembered from a former build."""
        self._units: dict[str, int] = {}
        """Numbers by key: of all units, or of those that were asked for."""
        self._are_all = self.is_empty
        self._loose: set[int] = set()
        self._new_facts: dict[int, Fact] = {}
        self._changes: dict[int, Fact] | None = None
        self._results: dict[str, bytes] | None = None
        self._made: dict[int, tuple[str, bytes, str]] = {}
        self._reads = array("Q")
        self._written = False

    @property
    def _database(self) -> sqlite3.Connection:
        return self._file.database

    @property
    def new_because(self) -> str:
        """See :class:`~site_plugins.build.ports.Tree`."""
        return self._file.why_fresh if self._file.is_fresh else NEW

    def stale(self, book: Notebook, keys: Collection[str]) -> dict[str, tuple[Fact, ...]]:
        """See :class:`~site_plugins.build.ports.Ledger`."""
        if self.is_empty:
            return dict.fromkeys(keys, ())
        new: dict[str, tuple[Fact, ...]] = {}
        gone = frozenset[str]()
        if not self._are_same(keys):
            new = dict.fromkeys(set(keys) - self._all_units().keys(), ())
            gone = frozenset(self._units.keys() - set(keys))
        changed = self._changed(book)
        because: dict[int, list[Fact]] = defaultdict(list)
        for number, fact in changed.items():
            rows = self._database.execute("SELECT unit FROM page_read WHERE fact = ?", (number,))
            for (unit,) in rows:
                because[unit].append(fact)
        query = "SELECT key FROM page_unit WHERE id = ?"
        for unit in sorted(because):
            (key,) = self._database.execute(query, (unit,)).fetchone()
            if key not in gone:
                new[key] = tuple(because[unit])
        return new

    def _are_same(self, keys: Collection[str]) -> bool:
        """Whether the units are those of the last build, in its order: nearly always. Then none
        of their names is read."""
        row = self._database.execute("SELECT digest FROM page_units").fetchone()
        return row is not None and row[0] == digest_of(*keys)

    def _all_units(self) -> dict[str, int]:
        """Every unit that is remembered."""
        if not self._are_all:
            rows = self._database.execute("SELECT key, id FROM page_unit")
            self._units = {**dict(rows), **self._units}
            self._are_all = True
        return self._units

    def _unit(self, key: str) -> int | None:
        """The number of a unit, None for a new one."""
        unit = self._units.get(key)
        if unit is None and not self._are_all:
            query = "SELECT id FROM page_unit WHERE key = ?"
            row = self._database.execute(query, (key,)).fetchone()
            if row is not None:
                unit = self._units[key] = row[0]
        return unit

    def _changed(self, book: Notebook) -> Mapping[int, Fact]:
        """Facts whose answers are not what they were, by number; found out once."""
        if self._changes is None:
            self._changes = dict(self._compare(book))
        return self._changes

    def _compare(self, book: Notebook) -> Iterable[tuple[int, Fact]]:
        database = self._database
        known = dict(database.execute("SELECT name, digest FROM page_shelf"))
        for name in sorted(known):
            shelf = book.shelves.get(name)
            if shelf is not None and known[name] == shelf.digest():
                continue
            rows = database.execute(
                "SELECT id, what, digest FROM page_fact WHERE shelf = ?", (name,)
            )
            for number, what, digest in rows:
                if shelf is None or shelf.fact(what) != digest:
                    yield number, (name, what)

    def results(self) -> Mapping[str, bytes]:
        """See :class:`~site_plugins.build.ports.Ledger`."""
        if self._results is None:
            self._write()
            query = "SELECT key, result FROM page_unit WHERE result != x''"
            self._results = dict(self._database.execute(query))
        return self._results

    def reason(self, key: str) -> str | None:
        """Why a unit was made when it was last made; None where it is not known."""
        self._write()
        row = self._database.execute(
            "SELECT reason FROM page_unit WHERE key = ?", (key,)
        ).fetchone()
        return str(row[0]) if row is not None else None

    def record(
        self, key: str, facts: Iterable[Fact], result: bytes = b"", reason: str = ""
    ) -> None:
        """See :class:`~site_plugins.build.ports.Ledger`."""
        unit = self._unit(key)
        if unit is None:
            unit = self._units[key] = self._next
            self._next += 1
        else:
            self._forget_reads(unit)
        self._made[unit] = (key, result, reason)
        if self._results is not None:
            self._results.pop(key, None)
            if result:
                self._results[key] = result
        self._reads.extend({self._number(fact) << _BITS | unit for fact in facts})
        if len(self._reads) > _AT_ONCE:
            self._write()

    def _write(self) -> None:
        """Write the units that were recorded: many at once, and in the order of the table."""
        if not self._made:
            return
        database = self._database
        begin(database)
        rows = ((unit, *told) for unit, told in self._made.items())
        database.executemany("REPLACE INTO page_unit VALUES (?, ?, ?, ?)", rows)
        reads = sorted(self._reads)
        is_new = self._file.is_fresh and not self._written
        if is_new:
            # To sort them all takes less than to put each where it belongs.
            database.execute("DROP INDEX page_read_of")
        database.executemany(
            "INSERT INTO page_read VALUES (?, ?)", ((n >> _BITS, n & _UNIT) for n in reads)
        )
        if is_new:
            database.execute(_READ_OF.format("page"))
        self._made.clear()
        self._reads = array("Q")
        self._written = True

    def _forget_reads(self, unit: int) -> None:
        if unit in self._made:
            self._write()
        begin(self._database)
        rows = self._database.execute("SELECT fact FROM page_read WHERE unit = ?", (unit,))
        self._loose.update(fact for (fact,) in rows)
        self._database.execute("DELETE FROM page_read WHERE unit = ?", (unit,))

    def _number(self, fact: Fact) -> int:
        if self._facts is None:
            self._facts = {}
            self._free = 1 + (
                self._database.execute("SELECT max(id) FROM page_fact").fetchone()[0] or 0
            )
        number = self._facts.get(fact)
        if number is None:
            row = None
            if not self._file.is_fresh:
                query = "SELECT id FROM page_fact WHERE shelf = ? AND what = ?"
                row = self._database.execute(query, fact).fetchone()
            if row is None:
                number, self._free = self._free, self._free + 1
                self._new_facts[number] = fact
            else:
                number = row[0]
            self._facts[fact] = number
        return number

    def settle(self, book: Notebook, keys: Collection[str]) -> None:
        """See :class:`~site_plugins.build.ports.Ledger`."""
        self._write()
        database = self._database
        if not self._are_same(keys):
            begin(database)
            for key in sorted(self._all_units().keys() - set(keys)):
                unit = self._units.pop(key)
                self._forget_reads(unit)
                database.execute("DELETE FROM page_unit WHERE id = ?", (unit,))
            database.execute("DELETE FROM page_units")
            database.execute("INSERT INTO page_units VALUES (?)", (digest_of(*keys),))
        known = dict(database.execute("SELECT name, digest FROM page_shelf"))
        changed = [
            (book.shelves[shelf].fact(what), number)
            for number, (shelf, what) in self._changed(book).items()
            if shelf in book.shelves
        ]
        fresh = [
            (number, shelf, what, book.shelves[shelf].fact(what))
            for number, (shelf, what) in self._new_facts.items()
        ]
        used = {shelf for shelf, _ in self._new_facts.values()} | known.keys()
        shelves = {name: book.shelves[name].digest() for name in used if name in book.shelves}
        if not (changed or fresh or self._loose or shelves != known):
            return
        begin(database)
        database.executemany("UPDATE page_fact SET digest = ? WHERE id = ?", changed)
        database.executemany("INSERT INTO page_fact VALUES (?, ?, ?, ?)", fresh)
        self._new_facts.clear()
        database.executemany(
            "DELETE FROM page_shelf WHERE name = ?",
            [(name,) for name in sorted(known.keys() - shelves.keys())],
        )
        database.executemany(
            "REPLACE INTO page_shelf VALUES (?, ?)",
            sorted(item for item in shelves.items() if known.get(item[0]) != item[1]),
        )
        # A fact that nobody reads any longer may name what is not public any more.
        database.executemany(
            "DELETE FROM page_fact WHERE id = ?1 "
            "AND NOT EXISTS (SELECT 1 FROM page_read WHERE fact = ?1)",
            [(number,) for number in sorted(self._loose)],
        )
        self._loose.clear()
        self._facts = None


class TreeLedger(FactLedger):
    """The ledger of a site folder (see build.ports.Tree).

    Args:
        cache: ``.cache/jianyan``.
        folder: the site folder; each has a ledger of its own.
        key: digest of all but content/ that pages depend on.
        tell: hears of damage, in Chinese.
    """

    def __init__(self, cache: Path, folder: str, key: str, tell: Callable[[str], None]) -> None:
        file = CacheFile(_file(cache, folder), _SCHEMA, key, tell)
        self._outputs, self._stamps = _outputs(), _stamps()
        read_sections(file, self._outputs, self._stamps)
        super().__init__(file)
        self.folders: dict[str, int] = dict(self._database.execute("SELECT * FROM folder"))
        """See :class:`~site_plugins.tools.site_folder.Memory`."""

    @property
    def stamps(self) -> Mapping[str, Stamp]:
        """See :class:`~site_plugins.tools.site_folder.Memory`."""
        return self._stamps.rows

    def note(
        self, stamps: Mapping[str, Stamp], gone: Collection[str], folders: Mapping[str, int | None]
    ) -> None:
        """See :class:`~site_plugins.tools.site_folder.Memory`."""
        database = self._database
        self._stamps.write(database, {"": stamps}, gone)
        changed = {path: t for path, t in folders.items() if self.folders.get(path) != t}
        if changed:
            begin(database)
        for path, time in changed.items():
            if time is not None:
                database.execute("REPLACE INTO folder VALUES (?, ?)", (path, time))
                self.folders[path] = time
            else:
                database.execute("DELETE FROM folder WHERE path = ?", (path,))
                del self.folders[path]

    def outputs(self) -> Mapping[str, Output]:
        """See :class:`~site_plugins.build.ports.Tree`."""
        return self._outputs.rows

    def remember(self, fresh: Mapping[str, Output], gone: Collection[str]) -> None:
        """See :class:`~site_plugins.build.ports.Tree`."""
        self._outputs.write(self._database, {"": fresh}, gone)
        self._file.commit()

    def attic(self, name: str) -> bytes:
        """See :class:`~site_plugins.build.ports.Tree`."""
        row = self._database.execute("SELECT content FROM attic WHERE name = ?", (name,)).fetchone()
        return bytes(row[0]) if row is not None else b""

    def store(self, name: str, content: bytes) -> None:
        """See :class:`~site_plugins.build.ports.Tree`."""
        begin(self._database)
        self._database.execute("REPLACE INTO attic VALUES (?, ?)", (name, content))

    def start_anew(self) -> None:
        """Remember nothing of this build: the next one makes all files anew."""
        self._file.start_anew(damaged=False)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def _outputs() -> Sections[Output]:
    return Sections("output", msgspec.msgpack.encode, decoder_of(Output))


def _stamps() -> Sections[Stamp]:
    return Sections("stamp", msgspec.msgpack.encode, decoder_of(Stamp))


class LastMade(Struct, frozen=True):
    """When last a page was made: its file, its unit, why, and what it was made from."""

    path: str
    unit: str
    reason: str
    facts: tuple[Fact, ...]


def last_made(cache: Path, folder: str, paths: Sequence[str]) -> LastMade | None:
    """Of the first of some files that the last build published; nothing is changed.

    Returns:
        None where no build is remembered, or none of the files is of its tree.
    """
    file = _file(cache, folder)
    if not file.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as database:
            for path in paths:
                output = _outputs().find(database, path)
                if output is not None:
                    return _last_made(database, path, output.unit)
    except (sqlite3.DatabaseError, ValueError):
        return None
    return None


def _last_made(database: sqlite3.Connection, path: str, unit: str) -> LastMade:
    query = "SELECT id, reason FROM page_unit WHERE key = ?"
    number, reason = database.execute(query, (unit,)).fetchone() or (0, "")
    rows = database.execute(
        "SELECT shelf, what FROM page_fact JOIN page_read ON fact = id WHERE unit = ? "
        "ORDER BY shelf, what",
        (number,),
    )
    return LastMade(path, unit, reason, tuple(rows))


def _file(cache: Path, folder: str) -> Path:
    name = sha256(folder.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return cache / "trees" / f"{name}.sqlite3"


class CheckLedger(FactLedger):
    """The ledger of checks."""

    def __init__(self, cache: Path, key: str, tell: Callable[[str], None]) -> None:
        super().__init__(CacheFile(cache / "checks.sqlite3", _CHECKS, key, tell))

    def commit(self) -> None:
        """Keep what was noted."""
        self._file.commit()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
