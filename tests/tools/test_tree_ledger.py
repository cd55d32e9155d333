"""The ledger: a unit is stale when, and only when, a fact that it read has changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_plugins.build.tree_files import Output
from site_plugins.domain.noting import Fact, Notebook
from site_plugins.domain.shelves import Table
from site_plugins.tools.cache_file import DAMAGE, LOST, NEW, OTHER_KEY
from site_plugins.tools.fact_ledger import CheckLedger
from site_plugins.tools.stamps import packed
from site_plugins.tools.tree_ledger import TreeLedger, last_made

Values = Mapping[str, Mapping[str, str]]


def _book(values: Values) -> Notebook:
    """A shelf for each of some tables: shelf → key → value."""
    book = Notebook()
    for shelf, items in values.items():
        Table(book, shelf, items, lambda key, items=items: items[key])  # type: ignore[misc]
    return book


@contextmanager
def _ledger(
    cache: Path, folder: str = "site", key: str = "key", told: list[str] | None = None
) -> Iterator[TreeLedger]:
    with closing(TreeLedger(cache, folder, key, (told if told is not None else []).append)) as made:
        yield made


def _build(
    cache: Path, values: Values, units: Mapping[str, set[Fact]], key: str = "key"
) -> dict[str, tuple[Fact, ...]]:
    """One build: what is stale is made and recorded; gives what was stale, and why."""
    book = _book(values)
    with _ledger(cache, key=key) as ledger:
        stale = ledger.stale(book, units.keys())
        for unit in stale:
            ledger.record(unit, units[unit], f"result of {unit}".encode(), f"reason of {unit}")
        ledger.settle(book, units.keys())
        ledger.remember()
    return stale


def _written(cache: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(cache.rglob("*")) if path.is_file())


FIRST: Values = {"records": {"a": "1", "b": "1"}, "places": {"x": "1"}}
UNITS: dict[str, set[Fact]] = {
    "page a": {("records", "=a"), ("places", "=x")},
    "page b": {("records", "=b")},
    "list": {("records", "*")},
    "none": set(),
}


def test_what_is_new_is_stale_without_a_reason(tmp_path: Path) -> None:
    assert _build(tmp_path, FIRST, UNITS) == dict.fromkeys(UNITS, ())
    assert _build(tmp_path, FIRST, UNITS) == {}
    more = {**UNITS, "page c": {("places", "=x")}}
    assert _build(tmp_path, FIRST, more) == {"page c": ()}


@pytest.mark.parametrize(
    ("values", "stale"),
    [
        (
            {"records": {"a": "2", "b": "1"}, "places": {"x": "1"}},
            {"page a": (("records", "=a"),), "list": (("records", "*"),)},
        ),
        (
            {"records": {"a": "1", "b": "1", "c": "1"}, "places": {"x": "1"}},
            {"list": (("records", "*"),)},
        ),
        (
            {"records": {"a": "1"}, "places": {"x": "1"}},
            {"page b": (("records", "=b"),), "list": (("records", "*"),)},
        ),
        ({"records": FIRST["records"]}, {"page a": (("places", "=x"),)}),
        ({"records": FIRST["records"], "places": {}}, {"page a": (("places", "=x"),)}),
        ({**FIRST, "other": {"x": "1"}}, {}),
    ],
)
def test_what_read_something_that_changed_is_stale(
    tmp_path: Path, values: Values, stale: dict[str, tuple[Fact, ...]]
) -> None:
    _build(tmp_path, FIRST, UNITS)
    assert _build(tmp_path, values, {**UNITS, "page a": {("records", "=a")}}) == stale
    assert _build(tmp_path, values, {**UNITS, "page a": {("records", "=a")}}) == {}


def test_what_changed_and_changed_back_between_two_builds_is_not_stale(tmp_path: Path) -> None:
    _build(tmp_path, FIRST, UNITS)
    changed = {**FIRST, "places": {"x": "2"}}
    assert _build(tmp_path, changed, UNITS).keys() == {"page a"}
    assert _build(tmp_path, FIRST, UNITS).keys() == {"page a"}
    assert _build(tmp_path, FIRST, UNITS) == {}


def test_results_and_reasons_are_kept(tmp_path: Path) -> None:
    _build(tmp_path, FIRST, UNITS)
    with _ledger(tmp_path) as ledger:
        assert not ledger.is_empty
        assert ledger.results()["page a"] == b"result of page a"
        assert ledger.reason("page a") == "reason of page a"
        assert ("page c" in ledger.results(), ledger.reason("page c")) == (False, None)


def test_units_that_vanish_are_forgotten_with_what_they_read(tmp_path: Path) -> None:
    values = {**FIRST, "records": {**FIRST["records"], "secret-name": "1"}}
    secret = {"page secret-name": {("records", "=secret-name"), ("places", "=x")}}
    _build(tmp_path, values, {**UNITS, **secret})
    assert b"secret-name" in _written(tmp_path)
    _build(tmp_path, FIRST, UNITS)
    assert b"secret-name" not in _written(tmp_path)
    assert _build(tmp_path, values, {**UNITS, **secret})["page secret-name"] == ()


def test_a_fact_that_nobody_reads_any_longer_is_removed(tmp_path: Path) -> None:
    values = {**FIRST, "places": {"x": "1", "secret-name": "page"}}
    reads = {**UNITS, "page a": {("records", "=a"), ("places", "=secret-name")}}
    _build(tmp_path, values, reads)
    assert b"secret-name" in _written(tmp_path)
    # The page is edited and no longer links there; the place is hidden.
    edited = {"records": {"a": "2", "b": "1"}, "places": {"x": "1"}}
    _build(tmp_path, edited, UNITS)
    assert b"secret-name" not in _written(tmp_path)


def test_a_fact_that_another_unit_reads_stays(tmp_path: Path) -> None:
    units = {"one": {("places", "=x")}, "two": {("places", "=x")}}
    _build(tmp_path, FIRST, units)
    _build(tmp_path, FIRST, {"two": {("places", "=x")}})
    assert _build(tmp_path, {**FIRST, "places": {"x": "2"}}, {"two": set()}).keys() == {"two"}


def test_what_was_not_settled_is_made_again(tmp_path: Path) -> None:
    """A build was killed after it had recorded a unit."""
    _build(tmp_path, FIRST, UNITS)
    changed = {**FIRST, "places": {"x": "2"}}
    with _ledger(tmp_path) as ledger:
        assert ledger.stale(_book(changed), UNITS.keys()).keys() == {"page a"}
        ledger.record("page a", UNITS["page a"], b"half")
    with _ledger(tmp_path) as ledger:
        assert ledger.results()["page a"] == b"result of page a"
        assert ledger.stale(_book(changed), UNITS.keys()).keys() == {"page a"}


NAMES = ["a", "b", "c"]
VALUES = st.dictionaries(
    st.sampled_from(["one", "two"]),
    st.dictionaries(st.sampled_from(NAMES), st.sampled_from("12"), max_size=3),
    max_size=2,
)
FACTS = st.sets(
    st.tuples(st.sampled_from(["one", "two"]), st.sampled_from([*(f"={n}" for n in NAMES), "*"])),
    max_size=4,
)
PLANS = st.dictionaries(st.sampled_from(["p", "q", "r"]), FACTS, max_size=3)


def _answers(values: Values, facts: set[Fact]) -> dict[Fact, str]:
    shelves = _book(values).shelves
    return {(shelf, what): shelves[shelf].fact(what) for shelf, what in facts}


@settings(max_examples=100)
@given(st.lists(st.tuples(VALUES, PLANS), min_size=2, max_size=5))
def test_a_unit_is_stale_when_and_only_when_what_it_read_has_changed(
    tmp_path_factory: pytest.TempPathFactory, builds: list[tuple[Values, dict[str, set[Fact]]]]
) -> None:
    cache = tmp_path_factory.mktemp("cache")
    # What each unit was made from when it was last made: the facts with their answers.
    made: dict[str, dict[Fact, str]] = {}
    for values, plan in builds:
        there = {unit: {f for f in facts if f[0] in values} for unit, facts in plan.items()}
        stale = _build(cache, values, there)
        shelves = _book(values).shelves
        for unit in there:
            was = made.get(unit)
            expected = (
                ()
                if was is None
                else tuple(
                    sorted(
                        fact
                        for fact, answer in was.items()
                        if fact[0] not in shelves or shelves[fact[0]].fact(fact[1]) != answer
                    )
                )
            )
            if was is None or expected:
                assert tuple(sorted(stale[unit])) == expected
                made[unit] = _answers(values, there[unit])
            else:
                assert unit not in stale
        made = {unit: made[unit] for unit in there}


# --- the files of a tree


def _remember(cache: Path, outputs: Mapping[str, Output], folder: str = "site") -> None:
    with _ledger(cache, folder) as ledger:
        ledger.files.change(outputs, set(ledger.files.paths()) - outputs.keys())
        ledger.files.stamp({path: _stamp(path) for path in outputs})
        ledger.note_folders({"": 5, "news": 6})
        ledger.remember()


def _stamp(path: str) -> bytes:
    return packed([(len(path), 1, 1, 1)])


def _files(ledger: TreeLedger) -> dict[str, tuple[Output | None, bytes]]:
    """Each file and its stamp."""
    stamped = (pair for section in ledger.files.sections() for pair in section.stamped())
    return {path: (ledger.files.get(path), stamp) for path, stamp in stamped}


def _stamped(outputs: Mapping[str, Output]) -> dict[str, tuple[Output | None, bytes]]:
    return {path: (output, _stamp(path)) for path, output in outputs.items()}


OUTPUTS = {
    "index.html": Output("home", "1" * 64),
    "news/index.html": Output("column news", "2" * 64),
}


def test_the_files_of_the_tree_are_remembered_with_their_stamps(tmp_path: Path) -> None:
    _remember(tmp_path, OUTPUTS)
    with _ledger(tmp_path) as ledger:
        assert _files(ledger) == _stamped(OUTPUTS)
        assert ledger.folders == {"": 5, "news": 6}
    fewer = {"index.html": Output("home", "3" * 64)}
    _remember(tmp_path, fewer)
    with _ledger(tmp_path) as ledger:
        assert _files(ledger) == _stamped(fewer)
        ledger.note_folders({"news": None, "other": None})
        ledger.remember()
    with _ledger(tmp_path) as ledger:
        assert ledger.folders == {"": 5}
    assert b"news/index.html" not in _written(tmp_path)


def test_a_file_that_was_found_as_it_was_made_has_the_stamp_that_it_has_now(tmp_path: Path) -> None:
    _remember(tmp_path, OUTPUTS)
    now = packed([(1, 2, 3, 4)])
    with _ledger(tmp_path) as ledger:
        ledger.files.stamp({"index.html": now})
        ledger.remember()
    with _ledger(tmp_path) as ledger:
        home = (OUTPUTS["index.html"], now)
        assert _files(ledger) == _stamped(OUTPUTS) | {"index.html": home}


def test_what_is_not_kept_is_as_it_was(tmp_path: Path) -> None:
    """A build was killed while it published."""
    _remember(tmp_path, OUTPUTS)
    with _ledger(tmp_path) as ledger:
        ledger.files.change({"index.html": Output("home", "3" * 64)}, ["news/index.html"])
        ledger.note_folders({"news": 7})
    with _ledger(tmp_path) as ledger:
        assert _files(ledger) == _stamped(OUTPUTS)
        assert ledger.folders == {"": 5, "news": 6}


@pytest.mark.parametrize("table", ["file_section", "folder"])
def test_rows_that_are_no_rows_are_damage(tmp_path: Path, table: str) -> None:
    _remember(tmp_path, OUTPUTS)
    (file,) = (tmp_path / "trees").glob("*.sqlite3")
    column = "content" if table == "file_section" else "rows"
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(f"UPDATE {table} SET {column} = x'c1'")
    file.with_suffix(".sum").unlink()
    told: list[str] = []
    with _ledger(tmp_path, told=told) as ledger:
        assert (_files(ledger), dict(ledger.folders), ledger.is_empty) == ({}, {}, True)
    assert told == [DAMAGE.format(name=file.name)]


def test_each_site_folder_has_a_ledger_of_its_own(tmp_path: Path) -> None:
    _remember(tmp_path, OUTPUTS)
    _remember(tmp_path, {}, "preview")
    with _ledger(tmp_path) as one, _ledger(tmp_path, "preview") as other:
        assert (_files(one), _files(other)) == (_stamped(OUTPUTS), {})


def test_an_attic_keeps_bytes_by_name(tmp_path: Path) -> None:
    with _ledger(tmp_path) as ledger:
        ledger.store("index", b"\x00bytes")
        ledger.remember()
    with _ledger(tmp_path) as ledger:
        assert (ledger.attic("index"), ledger.attic("other")) == (b"\x00bytes", b"")


def test_why_everything_is_new(tmp_path: Path) -> None:
    with _ledger(tmp_path) as ledger:
        assert (ledger.is_empty, ledger.new_because) == (True, NEW)
    _build(tmp_path, FIRST, UNITS)
    with _ledger(tmp_path, key="other") as ledger:
        assert (ledger.is_empty, ledger.new_because) == (True, OTHER_KEY)
    _build(tmp_path, FIRST, UNITS, key="other")
    (file,) = (tmp_path / "trees").glob("*.sqlite3")
    content = bytearray(file.read_bytes())
    content[5000] ^= 0xFF
    file.write_bytes(content)
    told: list[str] = []
    with _ledger(tmp_path, key="other", told=told) as ledger:
        assert (ledger.is_empty, ledger.new_because) == (True, LOST)
    assert told == [DAMAGE.format(name=file.name)]


def test_when_a_page_was_made_can_be_asked_without_a_build(tmp_path: Path) -> None:
    assert last_made(tmp_path, "site", ["index.html"]) is None
    _build(tmp_path, FIRST, UNITS)
    _remember(tmp_path, {"a/index.html": Output("page a", "d" * 64)})
    before = _written(tmp_path)
    found = last_made(tmp_path, "site", ["none.html", "a/index.html"])
    assert found is not None
    assert (found.path, found.unit, found.reason) == ("a/index.html", "page a", "reason of page a")
    assert found.facts == (("places", "=x"), ("records", "=a"))
    assert last_made(tmp_path, "site", ["none.html"]) is None
    assert _written(tmp_path) == before


def test_checks_have_a_ledger_of_their_own(tmp_path: Path) -> None:
    told: list[str] = []
    for expected in ({"a": ()}, {}):
        with closing(CheckLedger(tmp_path, "key", told.append)) as ledger:
            stale = ledger.stale(_book(FIRST), ["a"])
            assert stale == expected
            if stale:
                ledger.record("a", {("places", "=x")}, b"problems")
            assert ledger.results() == {"a": b"problems"}
            ledger.settle(_book(FIRST), ["a"])
            ledger.commit()
