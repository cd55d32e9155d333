"""The resolved site: what is public at a time, and how it joins."""

from __future__ import annotations

from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_plugins.domain.model.records import Standing
from site_plugins.domain.site import Site
from site_plugins.reading.content import Content
from site_plugins.reading.resolve import resolve
from tests.site_in_memory import NOW, Files, at, column, content_of, plain_ids, record, site_of

ISSUE = "---\ntitle: 第{number}期\nissue:\n  year: 2023\n  number: {number}\n{more}---\n"


def _issue(number: int, **keys: str) -> str:
    keys = {"published": f"2023-0{number}-01", **keys}
    more = "".join(f"  {name}: {value}\n" for name, value in keys.items())
    return ISSUE.format(number=number, more=more)


def _text(title: str, **keys: str) -> str:
    more = "".join(f"{name}: {value}\n" for name, value in keys.items())
    return f"---\ntitle: {title}\ndate: 2023-01-01\n{more}---\n正文\n"


NEWS: Files = {"news/index.md": column("要闻")}
MAGAZINE: Files = {
    "magazine/index.md": "---\ntitle: 杂志\nperiodical: {order: 2}\n---\n",
    "magazine/2023-01/index.md": _issue(1, contents="[{section: 卷首, articles: [b, a.md]}]"),
    "magazine/2023-01/a.md": _text("甲"),
    "magazine/2023-01/b.md": _text("乙"),
    "magazine/2023-01/c.md": _text("丙"),
}


def test_what_is_public_at_a_time() -> None:
    files = {
        **NEWS,
        "news/a.md": record("甲"),
        "news/b.md": record("乙", status="draft"),
        "news/c.md": record("丙", publish_at="2023-10-21"),
        "news/d.md": record("丁", expire_at="2023-10-21"),
        "news/e.md": record("戊", status="withdrawn"),
    }
    now = site_of(files)
    assert set(now.records) == {"news/a.md", "news/d.md"}
    assert set(now.notices) == {"news/e.md"}
    assert now.hidden == {"news/b.md", "news/c.md"}
    later = site_of(files, at("2023-10-21T00:00"))
    assert set(later.records) == {"news/a.md", "news/c.md"}
    assert {p: s for p, (_, s) in later.notices.items()} == {
        "news/d.md": Standing.EXPIRED,
        "news/e.md": Standing.WITHDRAWN,
    }


def test_notices_have_an_address_and_stand_in_no_list() -> None:
    site = site_of({**NEWS, "news/e.md": record("戊", status="withdrawn", tags="[标签]")})
    assert site.addresses["news/e.md"] == "news/e/"
    assert site.columns["news"].all == ()
    assert not site.tags


def test_faulty_files_are_left_out_of_everything() -> None:
    files: Files = {**NEWS, **MAGAZINE, "news/a.md": record("甲", tags="[标签]")}
    site = site_of(files, faulty=frozenset({"news/a.md", "magazine/2023-01/index.md"}))
    assert not site.records
    assert not site.tags
    assert site.periodicals[0].issues == ()
    assert {"news/a.md", "magazine/2023-01/index.md"}.isdisjoint(site.addresses)


def test_a_column_that_is_left_out_leaves_its_records_to_the_one_above() -> None:
    files: Files = {
        **NEWS,
        "news/sub/index.md": column("下级"),
        "news/sub/a.md": record("甲"),
    }
    site = site_of(files, faulty=frozenset({"news/sub/index.md"}))
    assert [r.title for r in site.columns["news"].own] == ["甲"]


def test_columns_stand_in_their_order() -> None:
    files: Files = {
        "b/index.md": column("乙", order=1),
        "a/index.md": column("甲", order=2),
        "d/index.md": column("丁"),
        "c/index.md": column("丙"),
    }
    assert [node.path for node in site_of(files).top] == ["b", "a", "c", "d"]


def test_people_stand_by_order_then_by_name() -> None:
    orders = {"z": "0", "y": "1", "b": "", "a": ""}
    members = {f"m/{n}.md": f"---\ntitle: {n}\norder: {o}\n---\n" for n, o in orders.items()}
    node = site_of({"m/index.md": column("委员", "member"), **members}).columns["m"]
    assert [r.title for r in node.others] == ["z", "y", "a", "b"]
    assert node.all == ()


def test_an_issue_has_its_articles_in_the_order_of_its_contents() -> None:
    (periodical,) = site_of(MAGAZINE).periodicals
    (issue,) = periodical.issues
    assert [(s, [a.title for a in articles]) for s, articles in issue.sections] == [
        ("卷首", ["乙", "甲"]),
        ("", ["丙"]),
    ]
    assert [a.title for a in issue.articles] == ["乙", "甲", "丙"]
    assert site_of(MAGAZINE).issue_of["magazine/2023-01/a.md"] == issue


def test_issues_newest_first_and_periodicals_by_order() -> None:
    files = {
        **MAGAZINE,
        "magazine/2023-02/index.md": _issue(2),
        "journal/index.md": "---\ntitle: 文史\nperiodical: {order: 1}\n---\n",
    }
    site = site_of(files)
    assert [p.path for p in site.periodicals] == ["journal", "magazine"]
    assert [i.path for i in site.periodicals[1].issues] == ["magazine/2023-02", "magazine/2023-01"]


@pytest.mark.parametrize(
    ("keys", "contents", "readable"),
    [
        ({}, ["甲"], True),
        ({"visibility": "summary"}, ["甲"], False),
        ({"visibility": "hidden"}, None, False),
        ({"status": "draft"}, None, False),
        ({"publish_at": "2023-12-01"}, None, False),
        ({"status": "withdrawn"}, None, False),
    ],
)
def test_an_article_is_no_more_public_than_its_issue(
    keys: dict[str, str], contents: list[str] | None, readable: bool
) -> None:
    files: Files = {
        "magazine/index.md": MAGAZINE["magazine/index.md"],
        "magazine/2023-01/index.md": _issue(1, **keys),
        "magazine/2023-01/a.md": _text("甲", tags="[标签]"),
        "magazine/2023-01/b.md": _text("草稿", status="draft"),
        "magazine/2023-01/c.md": _text("撤稿", status="withdrawn"),
        "magazine/2023-01/d.md": _text("有错"),
    }
    site = site_of(files, faulty=frozenset({"magazine/2023-01/d.md"}))
    issues = site.periodicals[0].issues
    shown = [a.title for a in issues[0].articles] if issues else None
    assert shown == contents
    assert ("magazine/2023-01/a.md" in site.records) is readable
    assert ("magazine/2023-01/c.md" in site.notices) is readable
    assert bool(site.tags) is readable
    assert "magazine/2023-01/b.md" in site.hidden


def test_an_issue_without_its_periodical_is_not_public() -> None:
    files = {path: text for path, text in MAGAZINE.items() if path != "magazine/index.md"}
    site = site_of({**files, "magazine/2023-01/d.md": _text("撤稿", status="withdrawn")})
    assert not site.records
    assert not site.notices
    assert not site.addresses


def test_a_topic_gathers_by_tag_and_by_id() -> None:
    files = {
        **NEWS,
        "topics/index.md": column("专题", "topic"),
        "topics/old.md": "---\ntitle: 旧专题\nstart: 2021-01-01\n---\n",
        "topics/park.md": "---\ntitle: 公园\nstart: 2022-01-01\ngathers_tags: [公园]\n"
        "gathers: [news/b, news/c, topics/park]\ntags: [公园]\n---\n",
        "topics/undated.md": "---\ntitle: 不限时\n---\n",
        "news/a.md": record("甲", "2022-02-01", tags="[公园]"),
        "news/b.md": record("乙", "2022-03-01"),
        "news/c.md": record("丙", status="draft"),
    }
    topics = site_of(files).topics
    assert [node.topic.title for node in topics] == ["公园", "旧专题", "不限时"]
    assert [r.title for r in topics[0].records] == ["乙", "甲"]


def test_evidence_of_a_plan_oldest_first_and_once() -> None:
    files = {
        **NEWS,
        "news/a.md": record("甲", "2022-05-01", implements="[plans/2022#2-2, plans/2022#2-2]"),
        "news/b.md": record("乙", "2022-03-01", implements="plans/2022#2-2"),
        "news/c.md": record("丙", implements="plans/2022#2-2", status="draft"),
    }
    evidence = site_of(files).evidence["plans/2022"]
    assert [r.title for r in evidence.of("2-2")] == ["乙", "甲"]
    assert evidence.of("9-9") == ()


def test_plans_newest_first_and_pages_by_order() -> None:
    files = {
        "plans/index.md": column("计划", "plan"),
        **{f"plans/{y}/index.md": record("计划", f"{y}-02-01", year=y) for y in (2021, 2023, 2022)},
        "index.md": "# 首页\n",
        "b.md": "---\norder: 1\n---\n# 乙\n",
        "a.md": "# 甲\n",
    }
    site = site_of(files)
    assert [plan.year for plan in site.plans] == [2023, 2022, 2021]
    assert [page.title for page in site.pages] == ["乙", "甲", "首页"]


T = TypeVar("T")
WHOLE: Files = {
    **NEWS,
    **MAGAZINE,
    "news/sub/index.md": column("下级"),
    "news/a.md": record("甲", tags="[公园, 民生]"),
    "news/b.md": record("乙", tags="[民生]"),
    "news/sub/c.md": record("丙", status="withdrawn"),
    "topics/index.md": column("专题", "topic"),
    "topics/x.md": "---\ntitle: 专题\ngathers_tags: [民生]\n---\n",
    "about.md": "# 关于\n",
}


@given(st.permutations(sorted(WHOLE)))
def test_the_site_does_not_depend_on_the_order_of_anything(paths: list[str]) -> None:
    straight = content_of(WHOLE)
    shuffled = Content(
        columns=_reordered(straight.columns, paths),
        periodicals=_reordered(straight.periodicals, paths),
        issues=_reordered(straight.issues, paths),
        records=_reordered(straight.records, paths),
    )
    assert _facts(_resolved(shuffled)) == _facts(_resolved(straight))


def _reordered(there: dict[str, T], paths: list[str]) -> dict[str, T]:
    def rank(key: str) -> int:
        return paths.index(key if key in paths else f"{key}/index.md")

    return {key: there[key] for key in sorted(there, key=rank)}


def _resolved(content: Content) -> Site:
    return resolve(content, NOW, plain_ids, frozenset())


def _facts(site: Site) -> object:
    return (
        [(node.path, node.own, node.all, node.others) for node in site.top],
        {path: node.path for path, node in site.columns.items()},
        [(tag.name, tag.id, tag.records) for tag in site.tags.values()],
        site.topics,
        site.periodicals,
        site.pages,
        site.listed,
        site.addresses,
        site.records,
        site.hidden,
    )


@given(st.dictionaries(st.sampled_from(sorted(WHOLE)), st.just(None)))
def test_everything_read_is_public_noticed_hidden_or_faulty(faulty: dict[str, None]) -> None:
    content = content_of(WHOLE)
    site = resolve(content, NOW, plain_ids, frozenset(faulty))
    parts = [set(site.records), set(site.notices), set(site.hidden)]
    assert set().union(*parts) == content.records.keys() - faulty.keys()
    assert sum(map(len, parts)) == len(set().union(*parts))
    assert set(site.records) | set(site.notices) <= site.addresses.keys()
    assert len(set(site.addresses.values())) == len(site.addresses)
