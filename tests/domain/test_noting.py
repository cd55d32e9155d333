"""Facts change when, and only when, the answers would."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_plugins.domain.digests import digest_of
from site_plugins.domain.noting import WHOLE, Fact, Notebook, Shelf, shelf_of
from site_plugins.domain.shelves import Question, Row, Table

ITEMS = st.lists(st.integers(0, 3), max_size=6)
BOUNDS = st.one_of(st.none(), st.integers(-7, 7))
Look = Callable[[Any], Any]


def _index(at: int) -> Look:
    return lambda row: row[at]


def _slice(start: int | None, stop: int | None, step: int | None = None) -> Look:
    return lambda row: tuple(row[start:stop:step])


# Looks that are noted to the point: their facts must not change without the answer.
NEAT_OF_ROWS = st.one_of(
    st.integers(-7, 7).map(_index),
    st.tuples(st.one_of(st.none(), st.integers(0, 7)), st.integers(0, 7)).map(lambda t: _slice(*t)),
    st.sampled_from([len, bool, tuple, list]),
)
LOOKS_AT_ROWS = st.one_of(
    NEAT_OF_ROWS,
    st.tuples(BOUNDS, BOUNDS, st.sampled_from([None, 1, 2, -1])).map(lambda t: _slice(*t)),
    st.integers(0, 3).flatmap(
        lambda n: st.sampled_from(
            [lambda row: n in row, lambda row: row.index(n), lambda row: row.count(n)]
        )
    ),
    st.just(lambda row: tuple(reversed(row))),
)


def _answer(look: Look, shelf: Any) -> Any:
    try:
        return look(shelf)
    except (LookupError, ValueError) as error:
        return type(error)


def _facts(look: Look, shelf: Shelf, book: Notebook) -> tuple[Any, set[Fact]]:
    with book.noting() as facts:
        answer = _answer(look, shelf)
    assert all(name == shelf.name for name, _ in facts)
    return answer, facts


def _digests(facts: set[Fact], shelf: Shelf) -> dict[str, str]:
    return {what: shelf.fact(what) for _, what in facts}


def _row(items: Sequence[int]) -> tuple[Notebook, Row[int]]:
    book = Notebook()
    return book, Row(book, "row", items, lambda: [f"<{n}>" for n in items])


@given(ITEMS, ITEMS, LOOKS_AT_ROWS)
def test_another_answer_of_a_row_is_another_fact(
    before: list[int], after: list[int], look: Look
) -> None:
    (book, row), (_, later) = _row(before), _row(after)
    answer, facts = _facts(look, row, book)
    if _answer(look, later) != answer:
        assert _digests(facts, later) != _digests(facts, row)
        assert later.digest() != row.digest()


@given(ITEMS, ITEMS, NEAT_OF_ROWS)
def test_the_same_answer_of_a_row_is_the_same_fact(
    before: list[int], after: list[int], look: Look
) -> None:
    (book, row), (_, later) = _row(before), _row(after)
    answer, facts = _facts(look, row, book)
    if _answer(look, later) == answer:
        assert _digests(facts, later) == _digests(facts, row)


@given(ITEMS, LOOKS_AT_ROWS)
def test_a_row_answers_as_the_list_it_holds(items: list[int], look: Look) -> None:
    _, row = _row(items)
    assert _answer(look, row) == _answer(look, items)


TABLES = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3), max_size=4)
KEYS = st.sampled_from("abcde")
LOOKS_AT_TABLES = st.one_of(
    KEYS.flatmap(
        lambda key: st.sampled_from(
            [lambda table: table[key], lambda table: table.get(key), lambda table: key in table]
        )
    ),
    st.sampled_from(
        [
            len,
            bool,
            list,
            lambda table: list(table.items()),
            lambda table: list(table.values()),
            lambda table: list(table.keys()),
            dict,
        ]
    ),
)


def _table(items: Mapping[str, int]) -> tuple[Notebook, Table[int]]:
    book = Notebook()
    return book, Table(book, "table", items, lambda key: f"<{items[key]}>")


@given(TABLES, TABLES, LOOKS_AT_TABLES)
def test_another_answer_of_a_table_is_another_fact(
    before: dict[str, int], after: dict[str, int], look: Look
) -> None:
    (book, table), (_, later) = _table(before), _table(after)
    answer, facts = _facts(look, table, book)
    assert answer == _answer(look, before)
    if _answer(look, later) != answer:
        assert _digests(facts, later) != _digests(facts, table)
        assert later.digest() != table.digest()


@given(TABLES, TABLES, KEYS)
def test_a_key_is_a_fact_of_its_own(
    before: dict[str, int], after: dict[str, int], key: str
) -> None:
    (book, table), (_, later) = _table(before), _table(after)
    _, facts = _facts(lambda t: t.get(key), table, book)
    assert facts == {("table", "=" + key)}
    is_same = before.get(key) == after.get(key)
    assert (_digests(facts, later) == _digests(facts, table)) == is_same


def test_a_key_that_is_looked_for_in_vain_is_noted() -> None:
    book, table = _table({"a": 1})
    with book.noting() as facts:
        assert "b" not in table
        with pytest.raises(KeyError):
            table["c"]
    assert facts == {("table", "=b"), ("table", "=c")}


@given(TABLES, TABLES, KEYS)
def test_a_question_has_the_facts_its_answers_have(
    before: dict[str, int], after: dict[str, int], what: str
) -> None:
    def question(items: Mapping[str, int]) -> tuple[Notebook, Question[int]]:
        book = Notebook()
        made = Question(
            book,
            "question",
            answer=lambda key: items.get(key, -1),
            fact=lambda key: str(items.get(key, -1)),
            digest=lambda: digest_of(*map(str, sorted(items.items()))),
        )
        return book, made

    (book, asked), (_, later) = question(before), question(after)
    answer, facts = _facts(lambda q: q(what), asked, book)
    assert facts == {("question", what)}
    assert answer == before.get(what, -1)
    is_same = later(what) == answer
    assert (_digests(facts, later) == _digests(facts, asked)) == is_same
    if later.digest() == asked.digest():
        assert is_same


def test_the_digest_of_a_shelf_is_asked_once() -> None:
    asked: list[None] = []
    question: Question[str] = Question(
        Notebook(),
        "q",
        answer=str,
        fact=str,
        digest=lambda: asked.append(None) or "d",  # type: ignore[func-returns-value]
    )
    assert question.digest() == question.digest() == "d"
    assert len(asked) == 1


def test_looks_are_noted_in_the_block_and_in_those_around_it() -> None:
    book, row = _row([1, 2])
    with book.noting() as outer:
        assert row[0] == 1
        with book.noting() as inner:
            assert row[1] == 2
            assert len(row) == 2
        assert inner == {("row", "1"), ("row", "#")}
        assert row[0:1] == [1]
    assert outer == {("row", "0"), ("row", "1"), ("row", "#"), ("row", "0:1")}
    assert row[0] == 1
    assert len(outer) == 4


def test_a_block_that_fails_leaves_its_notes_to_the_one_around_it() -> None:
    book, row = _row([1])
    with book.noting() as outer:
        with suppress(RuntimeError), book.noting():
            assert row
            raise RuntimeError
        assert len(row) == 1
    assert outer == {("row", "?"), ("row", "#")}


def test_notes_of_something_remembered_are_added() -> None:
    book, row = _row([1])
    with book.noting() as made:
        assert row[0] == 1
    with book.noting() as facts:
        book.note_all(made)
        book.note("other", "x")
    assert facts == {("row", "0"), ("other", "x")}
    book.note_all(made)
    assert book.shelves == {"row": row}


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_texts_have_one_digest_only_if_they_are_the_same(one: list[str], other: list[str]) -> None:
    if not any("\x1f" in text for text in (*one, *other)) and [] not in (one, other):
        assert (digest_of(*one) == digest_of(*other)) == (one == other)
    assert len(digest_of(*one)) == 20


def test_a_shelf_is_equal_to_itself_alone() -> None:
    (_, row), (_, other) = _row([1]), _row([1])
    (_, table), (_, another) = _table({"a": 1}), _table({"a": 1})
    assert row == row
    assert row != other
    assert table == table
    assert table != another
    assert len({row, other}) == len({table, another}) == 2


def _sectioned(items: Mapping[str, int]) -> tuple[Notebook, Table[int], Question[int]]:
    book = Notebook()
    table = Table(book, "table", items, lambda key: f"<{items[key]}>", is_sectioned=True)
    question: Question[int] = Question(
        book,
        "question",
        answer=lambda key: items.get(key, -1),
        fact=lambda key: str(items.get(key, -1)),
        keys=lambda: items,
    )
    return book, table, question


@given(TABLES, TABLES, KEYS)
def test_a_section_changes_when_an_answer_in_it_does(
    before: dict[str, int], after: dict[str, int], key: str
) -> None:
    (book, table, question), (later, _, _) = _sectioned(before), _sectioned(after)
    with book.noting() as facts:
        assert table.get(key) == before.get(key)
        assert question(key) == before.get(key, -1)
    assert {shelf_of(name) for name, _ in facts} == {"table", "question"}
    is_same = before.get(key) == after.get(key)
    for name, what in facts:
        kept, now = book.shelves[name], later.shelves[name]
        assert (kept.fact(what) == now.fact(what)) == is_same
        if kept.digest() == now.digest():
            assert is_same


@given(TABLES, TABLES)
def test_a_look_at_all_of_a_sectioned_table_is_noted_on_the_whole(
    before: dict[str, int], after: dict[str, int]
) -> None:
    (book, table, _), (later, _, _) = _sectioned(before), _sectioned(after)
    with book.noting() as facts:
        assert dict(table.items()) == before
    assert facts == {("table", WHOLE)}
    is_same = list(before.items()) == list(after.items())
    assert (book.shelves["table"].digest() == later.shelves["table"].digest()) == is_same


def test_an_edit_leaves_all_sections_but_one_as_they_were() -> None:
    items = {f"news/{number}.md": number for number in range(1_000)}
    before, _, _ = _sectioned(items)
    after, _, _ = _sectioned({**items, "news/500.md": -5})
    changed = [
        name
        for name, shelf in before.shelves.items()
        if name != shelf_of(name) and shelf.digest() != after.shelves[name].digest()
    ]
    assert sorted(map(shelf_of, changed)) == ["question", "table"]


def test_a_question_in_sections_has_a_digest_of_all() -> None:
    (_, _, question), (_, _, later) = _sectioned({"a": 1}), _sectioned({"a": 2})
    assert question.digest() != later.digest()
