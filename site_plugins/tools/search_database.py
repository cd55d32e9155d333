"""Writes the searched documents into a SQLite database with full-text search (FTS5)."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from site_plugins import __version__
from site_plugins.domain.folding import changed_characters
from site_plugins.outputs.search.documents import SearchDocument, SearchLabels
from site_plugins.outputs.search.export.grams import grams
from site_plugins.outputs.search.export.lines import SEARCHED, parts_of

_SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE folding (
    character TEXT PRIMARY KEY, folded TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE labels (
    filter TEXT NOT NULL, value TEXT NOT NULL, label TEXT NOT NULL,
    PRIMARY KEY (filter, value)
) WITHOUT ROWID;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    address TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    headlines TEXT NOT NULL,
    date TEXT NOT NULL,
    kind TEXT NOT NULL,
    "column" TEXT NOT NULL,
    year INTEGER,
    periodical TEXT NOT NULL,
    texts TEXT NOT NULL,
    people TEXT NOT NULL,
    attachments TEXT NOT NULL
);
CREATE INDEX documents_date ON documents (date);
CREATE VIRTUAL TABLE search USING fts5 (
    title, headlines, texts, attachments,
    content = '', tokenize = "ascii tokenchars '$+<=>'"
);
"""
# The tokenizer "ascii" parts at blanks and keeps every other folded character, whatever the age
# of SQLite's own tables of Unicode; of ASCII's signs, folding leaves those of "tokenchars".


def write_search_database(
    path: Path, documents: Iterable[SearchDocument], labels: SearchLabels
) -> int:
    """Write the database beside ``path`` and then put it there; how many documents it has.

    The same documents and the same SQLite give the same bytes.

    Raises:
        OSError: the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    try:
        fresh.touch()
        count = _write(fresh, documents, labels)
        os.replace(fresh, path)
    except sqlite3.Error as error:
        raise OSError(str(error)) from error
    finally:
        fresh.unlink(missing_ok=True)
    return count


def _write(path: Path, documents: Iterable[SearchDocument], labels: SearchLabels) -> int:
    database = sqlite3.connect(path, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.executescript(_SCHEMA)
        database.execute("BEGIN")
        about = {"generator": f"Jianyan {__version__}", "format": "1"}
        database.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        database.executemany("INSERT INTO folding VALUES (?, ?)", changed_characters())
        for name, values in _labels(labels).items():
            rows = ((name, value, label) for value, label in sorted(values.items()))
            database.executemany("INSERT INTO labels VALUES (?, ?, ?)", rows)
        count = 0
        for document in sorted(documents, key=lambda one: one.address):
            count += 1
            _insert(database, count, document)
        database.execute("COMMIT")
        database.execute("INSERT INTO search (search) VALUES ('optimize')")
        database.execute("VACUUM")
    finally:
        database.close()
    return count


def _insert(database: sqlite3.Connection, number: int, document: SearchDocument) -> None:
    row = (
        number,
        document.address,
        document.title,
        "\n".join(document.headlines),
        document.date,
        document.kind,
        document.column,
        document.year,
        document.periodical,
        "\n".join(document.texts),
        "\n".join(document.people),
        "\n".join(document.attachments),
    )
    places = ", ".join("?" * len(row))
    database.execute(f"INSERT INTO documents VALUES ({places})", row)
    parts = parts_of(document)
    words = (number, *(grams(parts[part]) for part in SEARCHED))
    columns = ", ".join(SEARCHED)
    database.execute(f"INSERT INTO search (rowid, {columns}) VALUES (?, ?, ?, ?, ?)", words)


def _labels(labels: SearchLabels) -> Mapping[str, Mapping[str, str]]:
    return {"kind": labels.kinds, "column": labels.columns, "periodical": labels.periodicals}
