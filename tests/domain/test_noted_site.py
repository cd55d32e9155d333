"""A site on shelves: whatever is seen of it is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from site_plugins.domain.digests import digest_of
from site_plugins.domain.model.holders import Holder
from site_plugins.domain.model.records import Record
from site_plugins.domain.noted_site import noted_site
from site_plugins.domain.noting import Notebook
from site_plugins.domain.site import ColumnNode, Issue, Site
from site_plugins.reading.resolve import resolve
from tests.changing_site import POOL, WHOLE, edits
from tests.site_in_memory import NOW, Files, content_of, plain_ids, site_of


def _site(files: Files, now: datetime) -> tuple[Site, Mapping[str, str]]:
    """The resolved site, and the digest of every front matter."""
    content = content_of(files)
    told = {owner.where.path: digest_of(repr(owner)) for owner in content.owners()}
    return resolve(content, now, plain_ids, frozenset()), told


def _owners(owners: Iterable[Holder | Record]) -> list[str]:
    """All that front matter says of them."""
    return [repr(owner) for owner in owners]


def _columns(nodes: Iterable[ColumnNode]) -> list[str]:
    return _owners(node.column for node in nodes)


def _issue(issue: Issue | None) -> Any:
    if issue is None:
        return None
    sections = [(title, _owners(articles)) for title, articles in issue.sections]
    return repr(issue.holder), sections, _owners(issue.articles), issue.is_readable


def _column(folder: str, look: Callable[[ColumnNode], Any]) -> Callable[[Site], Any]:
    def answer(site: Site) -> Any:
        node = site.columns.get(folder)
        return None if node is None else look(node)

    return answer


def _walk(site: Site) -> Any:
    return [_columns(top.walk()) for top in site.top]


def _issues(site: Site) -> Any:
    return [[_issue(issue) for issue in periodical.issues] for periodical in site.periodicals]


def _record(path: str) -> Callable[[Site], Any]:
    def answer(site: Site) -> Any:
        record = site.records.get(path)
        if record is None:
            return path in site.notices, site.addresses.get(path)
        node = site.column_of(record)
        trail = _columns(site.trail(record.where.column))
        column = node.column.title if node is not None else None
        return repr(record), column, trail, _issue(site.issue_of.get(path))

    return answer


PATHS = st.sampled_from(sorted(POOL))
FOLDERS = st.sampled_from(["news", "news/sub", "plans", "m", "t", "none"])
LOOKS: st.SearchStrategy[Callable[[Site], Any]] = st.one_of(
    PATHS.map(_record),
    PATHS.map(lambda path: lambda site: site.addresses.get(path)),
    PATHS.map(lambda path: lambda site: repr(site.notices.get(path))),
    FOLDERS.flatmap(
        lambda folder: st.sampled_from(
            [
                _column(folder, lambda node: repr(node.column)),
                _column(folder, lambda node: _columns(node.children)),
                _column(folder, lambda node: _columns(node.walk())),
                _column(folder, lambda node: _owners(node.all[:2])),
                _column(folder, lambda node: len(node.all)),
                _column(folder, lambda node: _owners(node.own)),
                _column(folder, lambda node: _owners(node.others)),
                _column(folder, lambda node: bool(node.all)),
            ]
        )
    ),
    st.sampled_from(["园", "水", "无"]).flatmap(
        lambda name: st.sampled_from(
            [
                lambda site: name in site.tags and site.tags[name].id,
                lambda site: name in site.tags and len(site.tags[name].records),
                lambda site: name in site.tags and _owners(site.tags[name].records[:2]),
            ]
        )
    ),
    st.sampled_from(
        [
            _walk,
            _issues,
            lambda site: list(site.records),
            lambda site: _owners(site.listed[:3]),
            lambda site: len(site.listed),
            lambda site: _owners(site.pages),
            lambda site: _owners(site.plans),
            lambda site: list(site.tags),
            lambda site: [(repr(t.topic), _owners(t.records)) for t in site.topics],
            lambda site: [(plan, list(e.by_clause)) for plan, e in site.evidence.items()],
            lambda site: [_owners(e.of("1-1")) for e in site.evidence.values()],
        ]
    ),
)


@settings(max_examples=150)
@given(edits(), st.lists(LOOKS, min_size=1, max_size=8))
def test_whoever_saw_something_else_now_read_a_fact_that_changed(
    states: list[tuple[Files, datetime]], looks: list[Callable[[Site], Any]]
) -> None:
    (before, told), (after, told_after) = _site(*states[0]), _site(*states[-1])
    book, later_book = Notebook(), Notebook()
    site, later = noted_site(before, book, told), noted_site(after, later_book, told_after)
    for look in looks:
        with book.noting() as facts:
            answer = look(site)
        assert answer == look(before)
        if look(later) != answer:
            assert any(
                name not in later_book.shelves
                or book.shelves[name].fact(what) != later_book.shelves[name].fact(what)
                for name, what in facts
            )


@given(edits())
def test_while_a_shelf_has_one_digest_none_of_its_facts_changes(
    states: list[tuple[Files, datetime]],
) -> None:
    (before, told), (after, told_after) = _site(*states[0]), _site(*states[-1])
    book, later_book = Notebook(), Notebook()
    site = noted_site(before, book, told)
    noted_site(after, later_book, told_after)
    with book.noting() as facts:
        _walk(site)
        _issues(site)
        for path in POOL:
            _record(path)(site)
        for node in site.columns.values():
            _owners((*node.all[:2], *node.own, *node.others))
    for name, what in facts:
        later = later_book.shelves.get(name)
        if later is not None and later.digest() == book.shelves[name].digest():
            assert later.fact(what) == book.shelves[name].fact(what)


def test_a_site_on_shelves_is_the_same_site() -> None:
    plain = site_of(WHOLE)
    site = noted_site(plain, Notebook(), {})
    assert dict(site.records) == dict(plain.records)
    assert _walk(site) == _walk(plain)
    assert _issues(site) == _issues(plain)
    assert {n: t.id for n, t in site.tags.items()} == {n: t.id for n, t in plain.tags.items()}
    # One node, wherever it is found.
    news = site.columns["news"]
    assert news is site.top[[n.path for n in site.top].index("news")]
    assert site.columns["news/sub"] is news.children[0]
    assert site.updated == plain.updated


def test_shelves_have_names_of_their_own() -> None:
    book = Notebook()
    placed: list[str] = []
    place = book.place

    class Counting(Notebook):
        def place(self, shelf: Any) -> None:
            placed.append(shelf.name)
            place(shelf)

    noted_site(site_of(WHOLE, NOW), Counting(), {})
    assert len(placed) == len(set(placed))
