"""content/: every Markdown file becomes a column, a periodical, an issue or a record."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_plugins.domain.model.holders import IssueHolder
from site_plugins.domain.model.records import Member, Page, PeriodicalArticle, Plan
from site_plugins.reading.content import read_content
from site_plugins.reading.markdown_file import Surroundings, read_file
from site_plugins.reading.sources import FileAtHand
from tests.site_in_memory import Files, column, content_of, record, settings, sources, told_of

MIXED = column("混合", "article, notice")
NEWS: Files = {"news/index.md": column("要闻")}
MAGAZINE: Files = {
    "magazine/index.md": "---\ntitle: 杂志\nperiodical: {frequency: 季刊}\n---\n",
    "magazine/2023-01/index.md": "---\ntitle: 2023年第1期\n"
    "issue: {year: 2023, number: 1, published: 2023-03-01}\n---\n",
    "magazine/2023-01/01-preface.md": "---\ntitle: 卷首语\ndate: 2023-03-01\n---\n正文\n",
}
EXAMPLE = """---
kicker: 双月协商聚焦民生
title: 示例市政协召开双月协商座谈会
subtitle: 为老旧小区改造建言
date: 2022-03-18 09:30
source: 示例市政协办公室
author: 记者 某甲
tags: [双月协商, 老旧小区]
implements: [plans/2022#2-2]
image: 0318.jpg
image_alt: 会场全景
attachments:
  - file: agenda.pdf
    name: 会议议程
---
正文……
"""


def test_the_contracts_example_is_read_whole() -> None:
    path = "news/2022/0318-bimonthly.md"
    content = content_of({**NEWS, path: EXAMPLE})
    assert content.problems == []
    made = content.records[path]
    assert (made.kind, made.where.column, made.where.address) == (
        "article",
        "news",
        "news/2022/0318-bimonthly/",
    )
    assert (made.kicker, made.subtitle) == ("双月协商聚焦民生", "为老旧小区改造建言")
    assert made.date is not None
    assert made.date.iso == "2022-03-18T09:30:00+08:00"
    assert made.tags == ("双月协商", "老旧小区")
    assert made.implements == ("plans/2022#2-2",)
    assert [(a.file, a.name) for a in made.attachments] == [("agenda.pdf", "会议议程")]
    assert made.where.body_line == 16
    assert made.where.line("attachments[0]") == 13


@pytest.mark.parametrize(
    ("files", "path", "kind"),
    [
        ({**NEWS, "news/a.md": record("甲")}, "news/a.md", "article"),
        ({**NEWS, "news/2022/03/a.md": record("甲")}, "news/2022/03/a.md", "article"),
        ({**NEWS, "news/about.md": "---\nkind: page\n---\n# 说明\n"}, "news/about.md", "page"),
        ({"about/index.md": "# 概况\n"}, "about/index.md", "page"),
        ({"about/contact.md": "# 联系\n"}, "about/contact.md", "page"),
        ({"a.md": record("甲", kind="notice")}, "a.md", "notice"),
        ({**NEWS, "news/2022/index.md": "# 综述\n"}, "news/2022/index.md", "page"),
        (
            {
                "plans/index.md": column("计划", "plan"),
                "plans/2022/index.md": record("2022年工作要点", year=2022),
            },
            "plans/2022/index.md",
            "plan",
        ),
        (
            {
                "m/index.md": MIXED,
                "m/a.md": record("甲", kind="notice"),
            },
            "m/a.md",
            "notice",
        ),
        (MAGAZINE, "magazine/2023-01/01-preface.md", "periodical-article"),
        ({**MAGAZINE, "magazine/how.md": "# 投稿须知\n"}, "magazine/how.md", "page"),
        (
            {
                **NEWS,
                "news/sub/index.md": column("下级", "notice"),
                "news/sub/a.md": record("甲"),
            },
            "news/sub/a.md",
            "notice",
        ),
    ],
)
def test_what_a_record_is(files: Files, path: str, kind: str) -> None:
    content = content_of(files)
    assert content.problems == []
    assert content.records[path].kind == kind


def test_an_index_is_what_its_keys_say() -> None:
    content = content_of({**NEWS, **MAGAZINE})
    assert list(content.columns) == ["news"]
    assert list(content.periodicals) == ["magazine"]
    assert content.issues["magazine/2023-01"].issue.number == 1
    assert isinstance(content.holder_of("magazine/2023-01/x.md"), IssueHolder)
    assert content.holder_of("about.md") is None


def test_a_page_takes_its_first_heading_and_keeps_its_lines() -> None:
    assert _title_and_body("\n# 关于本站 #\n\n正文\n") == ("关于本站", "\n\n\n正文\n")
    assert _title_and_body("---\ntitle: 概况\n---\n# 关于\n") == ("概况", "# 关于\n")


def _title_and_body(written: str) -> tuple[str, str]:
    (source,) = sources({"about.md": written})
    reading = read_file(source, Surroundings(), settings())
    assert isinstance(reading.made, Page)
    return reading.made.title, reading.body


def test_a_page_may_have_mkdocs_keys() -> None:
    assert told_of({"about.md": "---\nhide: [toc]\nsearch: {boost: 2}\n---\n# 关于\n"}) == []


@pytest.mark.parametrize("written", ["name: 某甲", "name: 某甲\ntitle:", 'name: 某甲\ntitle: ""'])
def test_a_member_is_titled_by_name(written: str) -> None:
    files = {"members/index.md": column("委员", "member"), "members/a.md": f"---\n{written}\n---\n"}
    content = content_of(files)
    assert content.problems == []
    member = content.records["members/a.md"]
    assert isinstance(member, Member)
    assert (member.title, member.name) == ("某甲", "某甲")


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({**NEWS, "news/a.md": "---\ntitle: 甲\n---\n"}, ["1 JY011", "1 JY011"]),
        ({**NEWS, "news/a.md": record("甲", date="")}, ["3 JY011"]),
        ({**NEWS, "news/a.md": record("甲", date="昨天")}, ["3 JY014"]),
        ({**NEWS, "news/a.md": record("甲", kind="notice")}, ["5 JY019"]),
        ({**NEWS, "news/a.md": record("甲", kind="periodical-article")}, ["5 JY012"]),
        ({**NEWS, "news/a.md": record("甲", kind="[a]")}, ["5 JY012"]),
        ({"m/index.md": MIXED, "m/a.md": record("甲")}, ["1 JY018"]),
        ({**NEWS, "news/a.md": record("题" * 201)}, ["2 JY015"]),
        ({**NEWS, "news/a.md": record("甲", badge="七个字的徽标啊")}, ["5 JY015"]),
        ({"about.md": "正文\n"}, ["1 JY047"]),
        ({**NEWS, "news/a.md": "title: 甲\n---\n正文\n"}, ["1 JY047"]),
        ({**NEWS, "news/a.md": ""}, ["1 JY047"]),
        ({"index.md": column("首页")}, ["3 JY010"]),
        ({"members/index.md": column("委员", "member"), "members/a.md": "---\n---\n"}, ["1 JY011"]),
    ],
)
def test_faults_of_a_record(files: Files, told: list[str]) -> None:
    assert [one.partition(":")[2] for one in told_of(files)] == told


def test_the_limits_of_size() -> None:
    files: Files = {"a.md": "# 一\n" + "字" * 50, "b.pdf": b"x" * 90, "c.pdf": b"x" * 80}
    told = told_of(files, markdown_limit=100, file_limit=80)
    assert sorted(told) == ["content/a.md:1 JY006", "content/b.pdf:1 JY007"]
    assert list(content_of(files, file_limit=80).files) == ["c.pdf"]


def test_a_link_out_of_the_tree_is_never_read() -> None:
    def read() -> bytes:
        raise AssertionError("it was read")

    outside = [
        FileAtHand("a.md", 0, read, outside=True),
        FileAtHand("b.pdf", 0, read, outside=True),
    ]
    content = read_content(outside, settings())
    assert [p.code for p in content.problems] == ["JY008", "JY008"]
    assert not content.files


def test_what_lies_below_a_broken_column_waits_for_it() -> None:
    files: Files = {
        "news/index.md": "---\ntitle: [\n---\n",
        "news/a.md": record("甲"),
        "news/2022/b.md": record("乙"),
        "news/sub/index.md": column("下级"),
        "news/sub/c.md": record("丙"),
    }
    content = content_of(files)
    assert [p.path for p in content.problems] == ["content/news/index.md"]
    assert list(content.records) == ["news/sub/c.md"]
    assert content.unread == {"news/index.md", "news/a.md", "news/2022/b.md"}


WHOLE: Files = {
    **NEWS,
    **MAGAZINE,
    "plans/index.md": column("计划", "plan"),
    "plans/2022/index.md": record("2022年工作要点", year=2022),
    "news/a.md": record("甲"),
    "news/b.md": record("乙", colour="red"),
    "news/c.pdf": b"%PDF",
    "about.md": "# 关于\n",
}


@given(st.permutations(sorted(WHOLE)))
def test_reading_does_not_depend_on_the_order_of_files(paths: list[str]) -> None:
    shuffled = read_content(sources({path: WHOLE[path] for path in paths}), settings())
    straight = content_of(WHOLE)
    assert shuffled == straight
    assert list(shuffled.records) == list(straight.records)


@given(st.dictionaries(st.sampled_from(sorted(WHOLE)), st.binary(max_size=80), max_size=3))
def test_any_bytes_in_any_file_are_read_or_told(damaged: dict[str, bytes]) -> None:
    files = {**WHOLE, **damaged}
    content = content_of(files)
    last = {
        f"content/{path}": (w if isinstance(w, bytes) else w.encode()).count(b"\n")
        + (w if isinstance(w, bytes) else w.encode()).count(b"\r")
        + 1
        for path, w in files.items()
    }
    assert all(1 <= found.line <= last[found.path] for found in content.problems)
    told = {found.path for found in content.problems if found.is_error}
    made = {
        *content.records,
        *(h.where.path for h in content.columns.values()),
        *(h.where.path for h in content.periodicals.values()),
        *(h.where.path for h in content.issues.values()),
    }
    for path in files:
        if path.endswith(".md") and path not in made:
            above = [
                index.removesuffix("index.md") for index in told if index.endswith("/index.md")
            ]
            assert f"content/{path}" in told or f"content/{path}".startswith(tuple(above))


def test_kinds_have_their_classes() -> None:
    content = content_of(WHOLE)
    assert isinstance(content.records["plans/2022/index.md"], Plan)
    article = content.records["magazine/2023-01/01-preface.md"]
    assert isinstance(article, PeriodicalArticle)
    assert article.where.column == ""
