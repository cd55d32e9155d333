"""Rows that are read as a whole and written in parts."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_plugins.tools import sections
from site_plugins.tools.sections import Sections, decoder_of, schema_of

KEYS = st.sampled_from([f"news/{n}.md" for n in range(30)] + ["a", "z", "政"])
ROWS = st.dictionaries(KEYS, st.tuples(st.sampled_from(["", "a", "b"]), st.integers(0, 3)))


def _database() -> sqlite3.Connection:
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.executescript(schema_of("row"))
    return database


def _sections(database: sqlite3.Connection) -> Sections[int]:
    table = Sections[int]("row", msgspec.msgpack.encode, decoder_of(int))
    table.read(database)
    return table


def _by_kind(rows: Mapping[str, tuple[str, int]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for key, (kind, row) in rows.items():
        found.setdefault(kind, {})[key] = row
    return found


@given(st.lists(st.tuples(ROWS, st.sets(KEYS))))
def test_what_was_written_is_read_whatever_came_before(
    changes: list[tuple[dict[str, tuple[str, int]], set[str]]],
) -> None:
    """Short sections, so that they are parted and go."""
    database, wanted = _database(), dict[str, int]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sections, "SECTION", 2)
        for fresh, gone in changes:
            for key in gone:
                wanted.pop(key, None)
            wanted |= {key: row for key, (_, row) in fresh.items()}
            table = _sections(database)
            table.write(database, _by_kind(fresh), gone - fresh.keys())
            assert table.rows == wanted
            assert _sections(database).rows == wanted
            few = Sections[int]("row", msgspec.msgpack.encode, decoder_of(int))
            for key in (*gone, *fresh):
                assert few.at(database, key) == wanted.get(key)
            called = [first for (first,) in database.execute("SELECT first FROM row")]
            assert set(called) <= wanted.keys() | {""}, "what is gone leaves no name behind"


def test_a_row_may_become_one_of_another_kind() -> None:
    database = _database()
    table = _sections(database)
    table.write(database, {"a": {"x": 1}})
    table.write(database, {"b": {"x": 2}})
    assert _sections(database).rows == {"x": 2}
    assert database.execute("SELECT count(*) FROM row").fetchone() == (1,)


def test_what_has_not_changed_is_not_written() -> None:
    database = _database()
    _sections(database).write(database, {"": {"x": 1000, "y": 2000}})
    database.execute("COMMIT")
    again = _sections(database)
    again.write(database, {"": {"x": 1000}}, ["z"])
    assert not database.in_transaction
    again.write(database, {}, ["y"])
    assert database.in_transaction
    assert _sections(database).rows == {"x": 1000}


def test_one_row_is_read_with_those_beside_it_and_no_others() -> None:
    database = _database()
    rows = {f"{number:03}": number for number in range(4 * sections.SECTION)}
    _sections(database).write(database, {"": rows, "few": {"a": 7}})
    table = Sections[int]("row", msgspec.msgpack.encode, decoder_of(int))
    assert table.at(database, "000") == 0
    assert len(table.rows) <= 2 * sections.SECTION
    assert table.at(database, "a") == 7
    assert table.at(database, "none") is None
