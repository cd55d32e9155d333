"""The ledger of one site folder: what each unit was made from, and the files that are there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from site_plugins.build.tree_files import FileSection, Output, TreeFiles
from site_plugins.domain.noting import Fact
from site_plugins.tools.cache_file import CacheFile, begin
from site_plugins.tools.fact_ledger import FACTS, FactLedger
from site_plugins.tools.sections import Sections, decoder_of, schema_of

_SCHEMA = f"""
{FACTS}
CREATE TABLE file_section (first TEXT PRIMARY KEY, content BLOB) WITHOUT ROWID;
{schema_of("folder")}
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
        self.files, self._folders = _read(file)
        """See :class:`~site_plugins.build.ports.Tree`."""
        super().__init__(file)

    @property
    def folders(self) -> Mapping[str, int]:
        """See :class:`~site_plugins.tools.site_folder.Memory`."""
        return self._folders.rows

    def note_folders(self, folders: Mapping[str, int | None]) -> None:
        """See :class:`~site_plugins.tools.site_folder.Memory`."""
        there = {path: time for path, time in folders.items() if time is not None}
        self._folders.write(self._database, {"": there}, folders.keys() - there.keys())

    def remember(self) -> None:
        """See :class:`~site_plugins.build.ports.Tree`."""
        files, database = self.files, self._database
        if files.touched:
            begin(database)
        for first in sorted(files.touched):
            section = files.section(first)
            if section is None:
                database.execute("DELETE FROM file_section WHERE first = ?", (first,))
            else:
                row = (first, _encode(section))
                database.execute("REPLACE INTO file_section VALUES (?, ?)", row)
        files.touched.clear()
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


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(FileSection).decode


def _read(file: CacheFile) -> tuple[TreeFiles, Sections[int]]:
    """The files and folders that are remembered; none, and the ledger begins anew, where they are
    damaged."""
    folders = Sections[int]("folder", msgspec.msgpack.encode, decoder_of(int))
    try:
        folders.read(file.database)
        rows = file.database.execute("SELECT first, content FROM file_section")
        return TreeFiles({first: _decode(content) for first, content in rows}), folders
    except ValueError:
        file.start_anew(damaged=True)
        folders.read(file.database)
        return TreeFiles(), folders


def _find(database: sqlite3.Connection, path: str) -> Output | None:
    """One file, from a database of which nothing else is read; None where there is none."""
    query = "SELECT content FROM file_section WHERE first <= ? ORDER BY first DESC LIMIT 1"
    row = database.execute(query, (path,)).fetchone()
    return TreeFiles({"": _decode(row[0])}).get(path) if row is not None else None


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
                output = _find(database, path)
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
