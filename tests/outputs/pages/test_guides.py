"""Pages that lead to others, plans and topics, and what is the same on every page."""

from __future__ import annotations

from typing import Any

import pytest

from site_plugins.domain.settings import Office
from site_plugins.outputs.pages import Assets, render_pages
from site_plugins.outputs.pages.frame import site_view
from site_plugins.outputs.pages.views.guides import FeedsView, SitemapView, TagsView
from site_plugins.outputs.pages.views.lists import TopicView
from site_plugins.outputs.pages.views.plans import PlanView
from tests.site_in_memory import Files, Shown, column, edition_of, pages_of, record

PLAN = (
    "为做好工作，制定本要点。\n\n一、加强理论学习，筑牢基础\n\n（一）理论武装。坚持[学习](../../news/a.md)。\n\n"
    "1. 第一项。\n\n（二）联系群众。走访。\n"
)
FILES: Files = {
    "news/index.md": column("要闻", order=2),
    "news/a.md": record(
        "甲", "2022-05-01", tags="[公园]", implements="[plans/2022#1-1, plans/2022#1-1-1]"
    ),
    "news/b.md": record("乙", "2022-04-01", tags="[公园, 民生]", implements="plans/2022#1-1-1"),
    "plans/index.md": column("计划", "plan", order=3),
    "plans/2022/index.md": record(
        "2022年工作要点",
        "2022-02-20",
        year=2022,
        text=PLAN,
        targets='[{clause: "1-1-1", what: 学习, count: 4, unit: 次, by: 2022-12-31}, '
        '{clause: "1-2", what: 走访}]',
    ),
    "topics/index.md": column("专题", "topic", menu="false"),
    "topics/park.md": "---\ntitle: 口袋公园\nstart: 2022-03-01\ngathers_tags: [公园]\n---\n导语\n",
    "m/index.md": column("委员", "member", order=4),
    "m/a.md": "---\nname: 某甲\n---\n",
    "z/index.md": "---\ntitle: 杂志\nperiodical: {order: 1}\n---\n",
    "z/2023-01/index.md": "---\ntitle: 一期\nissue: {year: 2023, number: 1, "
    "published: 2023-01-01}\n---\n",
    "about.md": "# 关于本站\n",
    "accessibility.md": "---\nmenu: false\n---\n# 无障碍\n",
}
EDITION = edition_of(FILES)
PAGES: dict[str, Shown] = pages_of(EDITION)


def test_a_plan_with_evidence_and_targets_of_clauses_and_their_items() -> None:
    page = PAGES["plans/2022/"]
    view = page.view
    assert isinstance(view, PlanView)
    (part,) = view.parts
    assert (part.id, part.number, part.mark, part.short) == ("1", "一、", "一", "加强理论学习")
    first, second = part.clauses
    assert (first.id, first.title, [i.id for i in first.items]) == ("1-1", "理论武装", ["1-1-1"])
    assert [e.title for e in first.evidence] == ["乙", "甲"]
    assert first.standing is not None
    assert second.standing is not None
    (learning,) = first.standing.targets
    assert (learning.what, learning.reached) == ("学习 4 次", "已有2次")
    assert (learning.by, learning.state.label) == ("2022年12月31日前", "逾期")
    assert learning.cells == (True, True, False, False)
    (visits,) = second.standing.targets
    assert (visits.what, visits.reached, second.evidence) == ("走访", "尚无佐证", ())
    assert (view.clause_count, view.evidence_count) == (2, 2)
    assert 'href="../../news/a/"' in first.html
    assert view.preamble_html == "<p>为做好工作，制定本要点。</p>"
    assert [(f.label, f.value) for f in view.facts][:2] == [
        ("发布", "2022年2月20日"),
        ("来源", "示例市政协办公室"),
    ]
    assert [link.title for link in page.page.breadcrumbs] == ["计划"]


def test_a_topic_groups_what_it_gathers_by_column() -> None:
    page = PAGES["topics/park/"]
    view = page.view
    assert isinstance(view, TopicView)
    assert [(g, [e.title for e in entries]) for g, entries in view.groups] == [
        ("要闻", ["甲", "乙"])
    ]
    assert (view.period, view.body_html) == ("2022年3月起", "<p>导语</p>")
    assert [f.url for f in page.page.feeds] == ["feed.xml", "topics/park/feed.xml"]
    assert page.page.menu == "-"


def test_tags_by_their_number_of_texts() -> None:
    view = PAGES["tags/"].view
    assert isinstance(view, TagsView)
    assert [(t.title, t.count) for t in view.tags] == [("公园", 2), ("民生", 1)]
    for tag in view.tags:
        page = PAGES[tag.url]
        assert page.layout == "tag"
        assert len(page.view.entries) == tag.count
        assert page.page.title == f"标签：{tag.title}"


def test_every_feed_is_explained() -> None:
    view = PAGES["feeds/"].view
    assert isinstance(view, FeedsView)
    assert [(g.title, [name for name, _ in g.feeds]) for g in view.groups] == [
        ("全站", ["示例市政协"]),
        ("栏目", ["要闻", "计划", "委员", "专题"]),
        ("专题", ["口袋公园"]),
        ("刊物", ["《杂志》"]),
        ("计划落实", ["2022年计划落实情况"]),
    ]
    _, formats = view.groups[0].feeds[0]
    assert [(f.format, f.url, f.mime) for f in formats] == [
        ("RSS", "feed.xml", "application/rss+xml"),
        ("Atom", "atom.xml", "application/atom+xml"),
        ("JSON", "feed.json", "application/feed+json"),
    ]


def test_the_sitemap_for_people_leads_everywhere() -> None:
    view = PAGES["sitemap/"].view
    assert isinstance(view, SitemapView)
    assert [(c.title, c.count) for c in view.columns] == [
        ("要闻", 2),
        ("计划", 1),
        ("委员", 1),
        ("专题", 1),
    ]
    assert [p.title for p in view.pages] == ["关于本站", "无障碍"]
    assert [(p.title, [i.title for i in p.children]) for p in view.periodicals] == [
        ("《杂志》", ["一期"])
    ]
    assert [p.url for p in view.plans] == ["plans/2022/"]
    assert [t.url for t in view.topics] == ["topics/park/"]
    assert [(title, [a.url for a in years]) for title, years in view.archives] == [
        ("要闻", ["news/archive/2022/"]),
        ("计划", ["plans/archive/2022/"]),
    ]
    assert [t.url for t in view.tools] == ["feeds/", "search/", "tags/"]


def test_every_link_of_the_site_leads_to_a_page() -> None:
    view = PAGES["sitemap/"].view
    links = [*view.columns, *view.pages, *view.plans, *view.topics, *view.tools]
    links += [link for _, years in view.archives for link in years]
    links += PAGES["news/"].view.years
    assert {link.url for link in links} <= PAGES.keys()


@pytest.mark.parametrize(
    ("more", "gone"),
    [
        ({"capabilities": frozenset({"site"})}, ["feeds/", "search/"]),
        ({"capabilities": frozenset({"site", "search"})}, ["feeds/"]),
    ],
)
def test_a_page_is_made_where_its_plugin_is(more: dict[str, Any], gone: list[str]) -> None:
    pages = pages_of(edition_of(FILES, **more))
    assert set(gone).isdisjoint(pages)
    assert {"feeds/", "search/"} - set(gone) <= pages.keys()


def test_the_page_for_what_is_not_there_links_from_the_base() -> None:
    for url, base in (("https://example.com/zx/", "/zx/"), ("https://example.com", "/"), ("", "/")):
        page = pages_of(edition_of(FILES, url=url))["404.html"].page
        assert (page.root, page.canonical, page.robots) == (base, "", "noindex")


def test_the_search_page_is_not_for_search_engines() -> None:
    assert PAGES["search/"].page.robots == "noindex"


def test_the_same_on_every_page() -> None:
    office = Office(organiser="示例市政协办公室", phone="0000-1", icp="示例备0号")
    edition = edition_of(FILES, office=office, description="要闻")
    view = site_view(edition.site, edition.settings)
    assert [(m.title, m.url) for m in view.menu] == [
        ("首页", ""),
        ("杂志", "z/"),
        ("要闻", "news/"),
        ("计划", "plans/"),
        ("委员", "m/"),
    ]
    assert [c.title for c in view.columns] == ["要闻", "计划", "委员", "专题"]
    assert [p.title for p in view.pages] == ["关于本站"]
    assert view.accessibility_url == "accessibility/"
    assert [(f.label, f.value) for f in view.contact] == [("电话", "0000-1")]
    assert [(f.label, f.value) for f in view.records] == [
        ("主办单位", "示例市政协办公室"),
        ("ICP备案", "示例备0号"),
    ]
    assert view.updated is not None
    assert view.updated.iso == "2022-05-01"


def test_header_and_footer_are_made_once_for_a_depth_and_menu_entry() -> None:
    made: list[tuple[str, str]] = []

    def render(template: str, context: Any) -> str:
        if template == "partials/header.html":
            current = [entry.url for entry in context["site"].menu if entry.current]
            made.append((context["root"], context["current"]))
            assert current == [url for url in [context["current"]] if url != "-"]
        return ""

    list(render_pages(EDITION, render, Assets("a.css", "a.js")))
    assert len(made) == len(set(made))
    assert ("./", "") in made
    assert ("../../", "news/") in made


def test_the_menu_entry_of_a_column_with_a_chinese_name() -> None:
    pages = pages_of(edition_of({"新闻/index.md": column("要闻"), "新闻/a.md": record("甲")}))
    assert pages["%E6%96%B0%E9%97%BB/a/"].page.menu == "%E6%96%B0%E9%97%BB/"
