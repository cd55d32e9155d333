"""A long list in pages and years: each is looked at without the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from site_plugins.domain.list_pages import ListPages
from site_plugins.domain.model.records import Record
from site_plugins.domain.noting import Fact, Notebook
from site_plugins.domain.shelves import Row
from site_plugins.domain.site import newest_first
from tests.site_in_memory import article

DATES = st.sampled_from(["2021-05-01", "2022-01-01", "2022-12-31", "2023-02-03", None])
# Path → (date, wording of the front matter).
LISTS = st.dictionaries(
    st.sampled_from([f"news/{n}.md" for n in range(9)]),
    st.tuples(DATES, st.integers(0, 1)),
    max_size=9,
)
Written = dict[str, tuple[str | None, int]]


def _list(written: Written, per_page: int) -> tuple[Notebook, ListPages, list[Record]]:
    records: list[Record] = list(newest_first(article(p, date) for p, (date, _) in written.items()))
    told = {path: f"{date} {wording} {path}" for path, (date, wording) in written.items()}
    book = Notebook()
    shelf = Row(book, "all:news", records, lambda: [told[r.where.path] for r in records])
    return book, ListPages(book, shelf, records, told, per_page), records


def _seen(written: Written) -> Callable[[Sequence[Record]], Any]:
    """What is seen of records: their paths and their front matter."""
    return lambda records: [(r.where.path, written[r.where.path]) for r in records]


LOOKS = st.one_of(
    st.integers(1, 5).map(lambda n: lambda pages, seen: seen(pages.page(n))),
    st.sampled_from([2021, 2022, 2023, 2024]).map(
        lambda year: lambda pages, seen: seen(pages.year(year))
    ),
    st.sampled_from(
        [
            lambda pages, seen: pages.count,
            lambda pages, seen: dict(pages.years),
            lambda pages, seen: tuple(pages.years_alone),
        ]
    ),
)


def _digests(facts: set[Fact], book: Notebook) -> dict[Fact, str]:
    return {(name, what): book.shelves[name].fact(what) for name, what in facts}


@given(LISTS, LISTS, st.integers(1, 4), LOOKS)
def test_facts_change_when_and_only_when_the_answer_does(
    before: Written, after: Written, per_page: int, look: Callable[[ListPages, Any], Any]
) -> None:
    book, pages, _ = _list(before, per_page)
    later_book, later, _ = _list(after, per_page)
    with book.noting() as facts:
        answer = look(pages, _seen(before))
    is_same = look(later, _seen(after)) == answer
    assert (_digests(facts, book) == _digests(facts, later_book)) == is_same
    if not is_same:
        names = {name for name, _ in facts}
        assert any(
            book.shelves[name].digest() != later_book.shelves[name].digest() for name in names
        )


@given(LISTS, st.integers(1, 4))
def test_pages_and_years_are_the_list(written: Written, per_page: int) -> None:
    _, pages, records = _list(written, per_page)
    by_page = [r for n in range(pages.count, 0, -1) for r in pages.page(n)]
    assert by_page == records
    dated = [r for r in records if r.moment is not None]
    assert [r for year in pages.years_alone for r in pages.year(year)] == dated
    assert sum(pages.years.values()) == len(dated)
    assert list(pages.years) == list(pages.years_alone)
    assert {year: len(pages.year(year)) for year in pages.years} == dict(pages.years)


@given(LISTS, st.integers(1, 3))
def test_a_newer_text_changes_no_full_page(written: Written, per_page: int) -> None:
    book, pages, records = _list(written, per_page)
    newer = {**written, "news/new.md": ("2024-01-01", 0)}
    later_book, _, _ = _list(newer, per_page)
    full = len(records) // per_page
    with book.noting() as facts:
        for number in range(1, full + 1):
            pages.page(number)
    assert _digests(facts, book) == _digests(facts, later_book)
