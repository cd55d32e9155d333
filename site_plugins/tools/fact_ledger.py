"""A ledger of units: the facts that each was made from, and so which an edit touches."""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

from site_plugins.domain.digests import digest_of
from site_plugins.domain.noting import Fact, Notebook, Shelf
from site_plugins.tools.cache_file import NEW, CacheFile, begin

_READ_OF = "CREATE INDEX page_read_of ON page_read (unit)"
FACTS = f"""
CREATE TABLE page_shelf (name TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID;
CREATE TABLE page_fact (id INTEGER PRIMARY KEY, shelf TEXT, what TEXT, digest TEXT,
    UNIQUE (shelf, what));
CREATE TABLE page_unit (id INTEGER PRIMARY KEY, key TEXT UNIQUE, result BLOB, reason TEXT);
CREATE TABLE page_order (digest TEXT);
CREATE TABLE page_read (fact INT, unit INT, PRIMARY KEY (fact, unit)) WITHOUT ROWID;
{_READ_OF};
"""
"""SQL that makes the tables."""

_FACTS_OF = "SELECT id, what, digest FROM page_fact"
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
        row = self._database.execute("SELECT digest FROM page_order").fetchone()
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
            touched = shelf.touched if shelf is not None else None
            if touched is not None:
                rows = self._facts_at(name, touched)
            elif shelf is not None and known[name] == shelf.digest():
                continue
            else:
                rows = database.execute(f"{_FACTS_OF} WHERE shelf = ?", (name,))
            for number, what, digest in rows:
                if shelf is None or shelf.fact(what) != digest:
                    yield number, (name, what)

    def _facts_at(self, shelf: str, looks: Collection[str]) -> Iterator[tuple[int, str, str]]:
        """The facts of some looks at a shelf that are remembered."""
        query = f"{_FACTS_OF} WHERE shelf = ? AND what = ?"
        for what in sorted(looks):
            yield from self._database.execute(query, (shelf, what))

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
            database.execute(_READ_OF)
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
            database.execute("DELETE FROM page_order")
            database.execute("INSERT INTO page_order VALUES (?)", (digest_of(*keys),))
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
        there = [shelf for name in used if (shelf := book.shelves.get(name)) is not None]
        shelves = {
            shelf.name: known[shelf.name]
            if shelf.name in known and _is_still(shelf)
            else shelf.digest()
            for shelf in there
        }
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


def _is_still(shelf: Shelf) -> bool:
    """Whether no look at a shelf has another answer than in the last build."""
    touched = shelf.touched
    return touched is not None and not touched


class CheckLedger(FactLedger):
    """The ledger of checks."""

    def __init__(self, cache: Path, key: str, tell: Callable[[str], None]) -> None:
        super().__init__(CacheFile(cache / "checks.sqlite3", FACTS, key, tell))

    def commit(self) -> None:
        """Keep what was noted."""
        self._file.commit()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
