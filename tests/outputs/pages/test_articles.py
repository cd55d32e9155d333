"""Pages of single records: neighbours, related texts, facts, files, what is withdrawn."""

from __future__ import annotations

from typing import Any

import pytest

from site_plugins.domain.noting import shelf_of
from site_plugins.outputs.pages import page_units
from site_plugins.outputs.pages.views.texts import TextView, WithdrawnView
from tests.site_in_memory import Files, Shown, column, edition_of, page_files, pages_of, record

NEWS: Files = {"news/index.md": column("要闻")}


def _pages(files: Files, **more: Any) -> dict[str, Shown]:
    return pages_of(edition_of({**NEWS, **files}, **more))


def _view(page: Shown) -> TextView:
    assert isinstance(page.view, TextView)
    return page.view


def _neighbours(page: Shown) -> tuple[str | None, str | None]:
    view = _view(page)
    older = view.older.title if view.older else None
    return older, view.newer.title if view.newer else None


def test_neighbours_are_those_of_the_column_itself() -> None:
    pages = _pages(
        {
            "news/sub/index.md": column("会议"),
            "news/a.md": record("甲", "2022-01-01"),
            "news/sub/b.md": record("乙", "2022-02-01"),
            "news/c.md": record("丙", "2022-03-01"),
            "news/sub/d.md": record("丁", "2022-04-01"),
            "news/e.md": record("戊", "2022-05-01", status="withdrawn"),
        }
    )
    assert _neighbours(pages["news/a/"]) == (None, "丙")
    assert _neighbours(pages["news/c/"]) == ("甲", None)
    assert _neighbours(pages["news/sub/b/"]) == (None, "丁")
    older = _view(pages["news/c/"]).older
    assert older is not None
    assert older.url == "news/a/"


def test_neighbours_in_an_issue_follow_its_contents() -> None:
    pages = _pages(
        {
            "z/index.md": "---\ntitle: 杂志\nperiodical: {order: 1}\n---\n",
            "z/2023-01/index.md": "---\ntitle: 第1期\nissue: {year: 2023, number: 1, "
            "published: 2023-01-01, contents: [{section: 卷首, articles: [b, a]}]}\n---\n",
            "z/2023-01/a.md": "---\ntitle: 甲\ndate: 2023-01-02\nabstract: 提要\n---\n",
            "z/2023-01/b.md": "---\ntitle: 乙\ndate: 2023-01-01\n"
            "authors: [{name: 某甲, affiliation: 某馆}, {name: 某乙}]\n---\n",
        }
    )
    assert _neighbours(pages["z/2023-01/b/"]) == (None, "甲")
    assert _neighbours(pages["z/2023-01/a/"]) == ("乙", None)
    page = pages["z/2023-01/b/"]
    assert [(link.title, link.url) for link in page.page.breadcrumbs] == [
        ("杂志", "z/"),
        ("第1期", "z/2023-01/"),
    ]
    assert [(f.label, f.value) for f in _view(page).facts] == [("作者", "某甲（某馆）、某乙")]
    assert _view(pages["z/2023-01/a/"]).abstract == "提要"
    assert page.page.menu == "z/"


def test_related_by_most_tags_then_newest_without_the_neighbours() -> None:
    files = {
        "news/0.md": record("本文", "2022-06-01", tags="[公园, 民生, 老旧小区]"),
        "news/1.md": record("上一篇", "2022-05-01", tags="[公园, 民生]"),
        "news/2.md": record("两个标签", "2021-01-01", tags="[公园, 民生]"),
        "news/3.md": record("一个新", "2022-04-01", tags="[公园]"),
        "news/4.md": record("一个旧", "2020-04-01", tags="[民生]"),
        "news/5.md": record("无关", "2022-04-01", tags="[其他]"),
        "news/6.md": record("草稿", "2022-04-01", tags="[公园]", status="draft"),
        "news/7.md": record("三个标签", "2019-04-01", tags="[公园, 民生, 老旧小区]"),
    }
    view = _view(_pages(files)["news/0/"])
    assert [e.title for e in view.related] == ["三个标签", "两个标签", "一个新", "一个旧"]
    assert _view(_pages(files)["news/5/"]).related == ()


def test_at_most_five_are_related() -> None:
    files = {f"news/{n:02}.md": record(str(n), tags="[公园]") for n in range(60)}
    assert len(_view(_pages(files)["news/30/"]).related) == 5


def test_of_a_related_text_no_more_is_looked_at_than_is_shown() -> None:
    files = {
        f"news/{n}.md": record(f"第{n}篇", f"2022-03-0{n}", tags="[公园]") for n in range(1, 6)
    }
    edition = edition_of({**NEWS, **files})
    units = dict(page_units(edition)[1])
    with edition.book.noting() as facts:
        page = units["record news/1.md"]()
    assert isinstance(page.view, TextView)
    assert [(link.title, link.note) for link in page.view.related] == [
        ("第3篇", "2022年3月3日"),
        ("第4篇", "2022年3月4日"),
        ("第5篇", "2022年3月5日"),
    ]
    looks = {(shelf_of(shelf), what) for shelf, what in facts}
    assert ("records", "=news/5.md") in looks
    assert ("texts", "news/1.md") in looks
    assert ("texts", "news/5.md") not in looks


def test_the_whole_of_a_text() -> None:
    files: Files = {
        "news/x.png": b"PNG",
        "news/report.PDF": b"x" * 2_400_000,
        "plans/index.md": column("计划", "plan"),
        "plans/2022/index.md": record("计划", year=2022, text="一、甲\n\n（一）乙。丙。\n"),
        "news/a.md": record(
            "题目",
            "2022-03-18 09:30",
            kicker="引题",
            subtitle="副题",
            author="记者 某甲",
            editor="某乙",
            tags="[公园]",
            badge="重磅",
            ai_generated="true",
            source_url="https://example.com/a",
            image="x.png",
            image_alt="图",
            attachments="[{file: report.PDF}, {file: x.png, name: 图样}]",
            implements="[plans/2022#1-1, plans/2022#1-1]",
        ),
    }
    page = _pages(files)["news/a/"]
    view = _view(page)
    assert (view.kicker, view.title, view.subtitle) == ("引题", "题目", "副题")
    assert (view.kind, view.kind_label, view.badge, view.ai_generated) == (
        "article",
        "文章",
        "重磅",
        True,
    )
    assert view.date is not None
    assert (view.date.iso, view.date.label, view.date.short) == (
        "2022-03-18T09:30:00+08:00",
        "2022年3月18日",
        "03-18",
    )
    assert [(f.label, f.value) for f in view.facts] == [
        ("来源", "示例市政协办公室"),
        ("作者", "记者 某甲"),
        ("责任编辑", "某乙"),
    ]
    assert view.image is not None
    assert (view.image.url, view.image.alt, view.image.width) == ("news/x.png", "图", 640)
    assert [(a.url, a.name, a.type, a.size) for a in view.attachments] == [
        ("news/report.PDF", "report.PDF", "PDF", "2.4 MB"),
        ("news/x.png", "图样", "图片", "1 KB"),
    ]
    assert view.original is not None
    assert view.original.url == "https://example.com/a"
    assert [(t.title, t.url) for t in view.tags] == [("公园", "tags/u516c56ed/")]
    assert [(c.title, c.url, c.note) for c in view.clauses] == [
        ("一（一）乙", "plans/2022/#1-1", "2022年")
    ]
    assert page.page.image == "https://zx.example.com/news/x.png"
    assert page.page.canonical == "https://zx.example.com/news/a/"
    assert (page.layout, page.page.root) == ("article", "../../")


def test_a_cover_that_the_text_shows_is_not_shown_twice() -> None:
    files: Files = {
        "news/x.png": b"PNG",
        "news/a.md": record("甲", text="![图](x.png)", image="x.png", image_alt="图"),
        "news/b.md": record("乙", text="[图](x.png)", image="x.png", image_alt="图"),
    }
    pages = _pages(files)
    assert _view(pages["news/a/"]).image is None
    assert _view(pages["news/b/"]).image is not None


def test_long_texts_have_their_headings() -> None:
    text = "\n\n".join(f"## 第{n}节 {{#s{n}}}\n\n" + "正文。" * 300 for n in range(3))
    pages = _pages({"news/a.md": record("长", text=text), "news/b.md": record("短")})
    contents = [(c.title, c.url) for c in _view(pages["news/a/"]).contents]
    assert contents == [("第0节", "#s0"), ("第1节", "#s1"), ("第2节", "#s2")]
    assert _view(pages["news/b/"]).contents == ()


def test_an_ordinary_page() -> None:
    pages = _pages(
        {"about/index.md": "# 概况\n", "about/contact.md": "# 联系\n\n[概况](index.md)\n"}
    )
    contact = pages["about/contact/"]
    assert (contact.layout, contact.page.json_ld) == ("page", "")
    assert [(link.title, link.url) for link in contact.page.breadcrumbs] == [("概况", "about/")]
    assert _view(contact).body_html == '<p><a href="../../about/">概况</a></p>'
    assert pages["about/"].page.breadcrumbs == ()


def test_a_page_in_a_column() -> None:
    pages = _pages({"news/how.md": "---\nkind: page\n---\n# 说明\n"})
    assert pages["news/how/"].layout == "page"
    assert [link.title for link in pages["news/how/"].page.breadcrumbs] == ["要闻"]


@pytest.mark.parametrize(
    ("keys", "reason", "expired"),
    [
        ({"status": "withdrawn", "withdrawn_reason": "内容有误"}, "内容有误", False),
        ({"status": "withdrawn"}, "", False),
        ({"expire_at": "2023-01-01"}, "", True),
    ],
)
def test_what_is_withdrawn_leaves_a_notice(
    keys: dict[str, str], reason: str, expired: bool
) -> None:
    text = "机密正文"
    page = _pages({"news/a.md": record("撤下的稿", text=text, summary="摘要", **keys)})["news/a/"]
    assert isinstance(page.view, WithdrawnView)
    assert (page.view.title, page.view.reason, page.view.expired) == ("撤下的稿", reason, expired)
    assert page.page.robots == "noindex"
    assert text not in str(page)
    assert "摘要" not in str(page)


@pytest.mark.parametrize(
    "keys", [{"status": "draft"}, {"publish_at": "2023-12-01"}, {"colour": "red"}]
)
def test_what_is_not_public_has_no_page(keys: dict[str, str]) -> None:
    assert "news/a/" not in _pages({"news/a.md": record("甲", **keys)})


def test_a_text_at_an_odd_address_lies_where_servers_look_for_it() -> None:
    edition = edition_of({**NEWS, "news/文 章.md": record("甲")})
    assert "news/文 章/index.html" in page_files(edition)
    assert "news/%E6%96%87%20%E7%AB%A0/" in pages_of(edition)


def test_old_addresses_lead_on() -> None:
    pages = _pages({"news/a.md": record("甲", aliases="[/old/1.html, /old/2]")})
    for address, root in (("old/1.html", "../"), ("old/2/", "../../")):
        page = pages[address]
        assert (page.layout, page.view.url, page.page.root) == ("redirect", "news/a/", root)
        assert page.page.canonical == "https://zx.example.com/news/a/"
        assert page.page.robots == "noindex"
