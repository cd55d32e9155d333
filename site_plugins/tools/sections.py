"""Rows of a cache that every build reads all of, and of which it changes few."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Generic, TypeVar

import msgspec

from site_plugins.tools.cache_file import CacheFile, begin

SECTION = 64
"""Rows of a section as it is written; one that grew to twice as many is parted."""

_LOWEST = ""
"""What the section is called that begins before every key."""

_Row = TypeVar("_Row")

Pack = Callable[[Mapping[str, _Row]], bytes]
Unpack = Callable[[str, bytes], dict[str, _Row]]


def schema_of(table: str) -> str:
    """SQL that makes the table."""
    return (
        f"CREATE TABLE {table} (kind TEXT, first TEXT, rows BLOB, PRIMARY KEY (kind, first)) "
        "WITHOUT ROWID;"
    )


def decoder_of(row: Any) -> Unpack[Any]:
    """Makes bytes of MessagePack rows of one type."""
    decode = msgspec.msgpack.Decoder(dict[str, row]).decode
    return lambda kind, content: decode(content)


class Sections(Generic[_Row]):
    """Rows by their keys, packed many at once: to read them so takes a fraction of a table's time.

    The rows of a kind are cut into sections in the order of their keys: a change writes a few of
    them anew, and what is gone through in that order lies together in memory, which for a large
    site takes a third less time.

    Args:
        table: its name.
        pack: makes rows bytes.
        unpack: makes bytes of a kind the rows that they were; what it raises is not caught.
    """

    def __init__(self, table: str, pack: Pack[_Row], unpack: Unpack[_Row]) -> None:
        self._table = table
        self._pack = pack
        self._unpack = unpack
        self.rows: dict[str, _Row] = {}
        """All rows that were read, and those written since."""
        self._places: Mapping[str, Sequence[str]] | None = None
        self._at_hand: set[tuple[str, str]] = set()

    def read(self, database: sqlite3.Connection) -> None:
        """Read all rows."""
        self.rows = {}
        for kind, content in database.execute(
            f"SELECT kind, rows FROM {self._table} ORDER BY kind, first"
        ):
            self.rows.update(self._unpack(kind, content))

    def at(self, database: sqlite3.Connection, key: str) -> _Row | None:
        """One row of those that are asked for one after another; None where there is none.

        What lies beside it stays at hand.
        """
        if self._places is None:
            # Most are of the kind with most sections.
            found = self._firsts(database).items()
            self._places = dict(sorted(found, key=lambda item: -len(item[1])))
        for kind, firsts in self._places.items():
            if key in self.rows:
                break
            place = (kind, _section_of(firsts, key))
            if place not in self._at_hand:
                self._at_hand.add(place)
                self.rows.update(self._section(database, *place))
        return self.rows.get(key)

    def write(
        self,
        database: sqlite3.Connection,
        fresh: Mapping[str, Mapping[str, _Row]],
        gone: Collection[str] = (),
    ) -> None:
        """Put rows, each in place of any of its key, and take others away.

        Args:
            database: the cache, which is told of the end of the transaction by others.
            fresh: kind → key → row.
            gone: keys.
        """
        for rows in fresh.values():
            self.rows.update(rows)
        for key in gone:
            self.rows.pop(key, None)
        leaving = {*gone, *(key for rows in fresh.values() for key in rows)}
        if not leaving:
            return
        firsts = self._firsts(database)
        # A row may have been of another kind: it is sought in all of them.
        touched: dict[tuple[str, str], dict[str, _Row]] = defaultdict(dict)
        for kind in firsts:
            for key in leaving:
                touched.setdefault((kind, _section_of(firsts[kind], key)), {})
        for kind, rows in fresh.items():
            known = firsts.get(kind, [_LOWEST])
            for key, row in rows.items():
                touched[kind, _section_of(known, key)][key] = row
        for (kind, first), added in sorted(touched.items()):
            before = self._section(database, kind, first)
            after = {key: row for key, row in before.items() if key not in leaving} | added
            if after != before:
                begin(database)
                self._replace(database, kind, first, after, is_only=len(firsts.get(kind, "")) < 2)

    def _replace(
        self,
        database: sqlite3.Connection,
        kind: str,
        first: str,
        rows: Mapping[str, _Row],
        *,
        is_only: bool,
    ) -> None:
        """Write a section anew, in several if it has grown.

        Each is called by its first key, but the lowest, which takes whatever comes before it: that
        stays while there are others.
        """
        place = f"FROM {self._table} WHERE kind = ? AND first = ?"
        database.execute(f"DELETE {place}", (kind, first))
        keys = sorted(rows)
        size = SECTION if len(keys) >= 2 * SECTION else 2 * SECTION
        parts = [keys[at : at + size] for at in range(0, len(keys), size)]
        if not parts and first == _LOWEST and not is_only:
            parts = [[]]
        for number, part in enumerate(parts):
            name = part[0] if number or first != _LOWEST else _LOWEST
            packed = self._pack({key: rows[key] for key in part})
            database.execute(f"INSERT INTO {self._table} VALUES (?, ?, ?)", (kind, name, packed))

    def _firsts(self, database: sqlite3.Connection) -> dict[str, list[str]]:
        """What the sections of each kind are called, in order."""
        found: dict[str, list[str]] = defaultdict(list)
        for kind, first in database.execute(f"SELECT kind, first FROM {self._table}"):
            found[kind].append(first)
        return {kind: sorted(firsts) for kind, firsts in found.items()}

    def _section(self, database: sqlite3.Connection, kind: str, first: str) -> dict[str, _Row]:
        query = f"SELECT rows FROM {self._table} WHERE kind = ? AND first = ?"
        row = database.execute(query, (kind, first)).fetchone()
        return self._unpack(kind, row[0]) if row is not None else {}


def _section_of(firsts: Sequence[str], key: str) -> str:
    """What the section of a key is called, of those of a kind."""
    return firsts[bisect_right(firsts, key) - 1]


def read_sections(file: CacheFile, *tables: Sections[Any]) -> None:
    """Read the tables of a file, which begins anew where one of them is damaged."""
    try:
        for table in tables:
            table.read(file.database)
    except ValueError:
        file.start_anew(damaged=True)
        for table in tables:
            table.read(file.database)
