"""Rows of a cache that every build reads all of, and of which it changes few."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Generic, TypeVar
from zlib import crc32

import msgspec

from site_plugins.tools.cache_file import CacheFile, begin

SECTIONS = 1024

_Row = TypeVar("_Row")

Pack = Callable[[Mapping[str, _Row]], bytes]
Unpack = Callable[[str, bytes], dict[str, _Row]]


def schema_of(table: str) -> str:
    """SQL that makes the table."""
    return (
        f"CREATE TABLE {table} (section INT, kind TEXT, rows BLOB, PRIMARY KEY (section, kind)) "
        "WITHOUT ROWID;"
    )


def decoder_of(row: Any) -> Unpack[Any]:
    """Makes bytes of MessagePack rows of one type."""
    decode = msgspec.msgpack.Decoder(dict[str, row]).decode
    return lambda kind, content: decode(content)


class Sections(Generic[_Row]):
    """Rows by their keys, packed many at once: to read them so takes a fraction of a table's time.

    A key's section is told by its checksum, so that a change writes a thousandth of them anew. Rows
    may be of several kinds, which are packed apart.

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

    def read(self, database: sqlite3.Connection) -> None:
        """Read all rows."""
        self.rows = {}
        for _, kind, content in database.execute(f"SELECT * FROM {self._table}"):
            self.rows.update(self._unpack(kind, content))

    def find(self, database: sqlite3.Connection, key: str) -> _Row | None:
        """One row, from a database of which nothing else is read; None where there is none."""
        for kind, content in self._section(database, _section_of(key)):
            row = self._unpack(kind, content).get(key)
            if row is not None:
                return row
        return None

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
        added: dict[tuple[int, str], dict[str, _Row]] = defaultdict(dict)
        for kind, rows in fresh.items():
            for key, row in rows.items():
                added[_section_of(key), kind][key] = row
            self.rows.update(rows)
        for key in gone:
            self.rows.pop(key, None)
        leaving = {*gone, *(key for rows in fresh.values() for key in rows)}
        # Rows are kept once in memory: of the few sections that change, those of the others there
        # are read again.
        there = {
            (number, kind): self._unpack(kind, content)
            for number in sorted(set(map(_section_of, leaving)))
            for kind, content in self._section(database, number)
        }
        for place in sorted(there.keys() | added.keys()):
            before = there.get(place, {})
            after = {key: row for key, row in before.items() if key not in leaving}
            after |= added.get(place, {})
            if after == before:
                continue
            begin(database)
            if after:
                packed = self._pack(after)
                statement = f"REPLACE INTO {self._table} VALUES (?, ?, ?)"
                database.execute(statement, (*place, packed))
            else:
                database.execute(f"DELETE FROM {self._table} WHERE section = ? AND kind = ?", place)

    def _section(self, database: sqlite3.Connection, number: int) -> Iterator[tuple[str, bytes]]:
        statement = f"SELECT kind, rows FROM {self._table} WHERE section = ?"
        yield from database.execute(statement, (number,)).fetchall()


def read_sections(file: CacheFile, *tables: Sections[Any]) -> None:
    """Read the tables of a file, which begins anew where one of them is damaged."""
    try:
        for table in tables:
            table.read(file.database)
    except ValueError:
        file.start_anew(damaged=True)
        for table in tables:
            table.read(file.database)


def _section_of(key: str) -> int:
    return crc32(key.encode("utf-8", "surrogatepass")) % SECTIONS
