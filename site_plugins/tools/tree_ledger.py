"""The ledger of one site folder: what each unit was made from, and the files that are there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from site_plugins.build.ports import Output
from site_plugins.domain.noting import Fact
from site_plugins.tools.cache_file import CacheFile, begin
from site_plugins.tools.fact_ledger import FACTS, FactLedger
from site_plugins.tools.sections import Sections, decoder_of, read_sections, schema_of
from site_plugins.tools.stamps import Stamp

_SCHEMA = f"""
{FACTS}
{schema_of("output")}
CREATE TABLE folder (path TEXT PRIMARY KEY, mtime INT) WITHOUT ROWID;
CREATE TABLE attic (name TEXT PRIMARY KEY, content BLOB) WITHOUT ROWID;
"""


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
        self._outputs = _outputs()
        read_sections(file, self._outputs)
        super().__init__(file)
        known = self._outputs.rows.items()
        self.stamps: dict[str, Stamp] = {path: o.stamp for path, o in known if o.stamp}
        """See :class:`~site_plugins.tools.site_folder.Memory`."""
        self.folders: dict[str, int] = dict(self._database.execute("SELECT * FROM folder"))
        """See :class:`~site_plugins.tools.site_folder.Memory`."""
        self._restamped: set[str] = set()

    def note(
        self, stamps: Mapping[str, Stamp], gone: Collection[str], folders: Mapping[str, int | None]
    ) -> None:
        """See :class:`~site_plugins.tools.site_folder.Memory`."""
        database = self._database
        self.stamps.update(stamps)
        self._restamped.update(stamps)
        for path in gone:
            self.stamps.pop(path, None)
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
        known = self._outputs.rows
        changed = {path: known[path] for path in self._restamped if path in known}
        changed.update(fresh)
        rows = {p: o._replace(stamp=self.stamps.get(p)) for p, o in sorted(changed.items())}
        self._outputs.write(self._database, {"": rows}, gone)
        self._restamped.clear()
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
