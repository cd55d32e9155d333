"""The home page: what it chooses from the site."""

from __future__ import annotations

from typing import Any

from site_plugins.outputs.pages.views.home import HomeView
from tests.site_in_memory import Files, column, edition_of, pages_of, record

PICTURE = {"image": "/x.png", "image_alt": "图"}
BASE: Files = {
    "x.png": b"PNG",
    "y.png": b"PNG",
    "news/index.md": column("要闻", order=1),
    "work/index.md": column("履职", order=2),
    "notices/index.md": column("公告", "notice", order=3),
}


def _home(files: Files, **more: Any) -> HomeView:
    view = pages_of(edition_of({**BASE, **files}, **more))[""].view
    assert isinstance(view, HomeView)
    return view


def _titles(view: HomeView) -> tuple[str | None, list[str], list[str]]:
    return (
        view.headline.title if view.headline else None,
        [e.title for e in view.seconds],
        [e.title for e in view.pictures],
    )


def test_the_headline_is_the_newest_of_the_news_column() -> None:
    view = _home(
        {
            "news/a.md": record("甲", "2022-01-01"),
            "news/b.md": record("乙", "2022-02-01"),
            "work/c.md": record("丙", "2022-03-01"),
            "work/d.md": record("丁", "2022-01-15"),
            "notices/e.md": record("公告", "2022-04-01"),
        }
    )
    assert _titles(view) == ("乙", ["丙", "丁"], [])
    assert view.news is not None
    assert [e.title for e in view.news.entries] == ["甲"]
    assert view.notices is not None
    assert [e.title for e in view.notices.entries] == ["公告"]


def test_a_picture_makes_a_headline_and_a_pin_makes_it_first() -> None:
    files = {
        "news/a.md": record("有图", "2022-01-01", **PICTURE),
        "news/b.md": record("无图", "2022-02-01"),
    }
    assert _titles(_home(files))[0] == "有图"
    pinned = {**files, "news/c.md": record("置顶", "2021-01-01", pinned="true")}
    assert _titles(_home(pinned))[0] == "置顶"
    elsewhere = {**files, "work/c.md": record("他栏置顶", "2023-01-01", pinned="true")}
    assert _titles(_home(elsewhere))[0] == "有图"


def test_picture_news_show_each_picture_once() -> None:
    files = {
        "news/0.md": record("头条", "2022-09-01"),
        "news/1.md": record("次条一", "2022-08-01"),
        "news/2.md": record("次条二", "2022-07-01"),
        "news/3.md": record("新图", "2022-01-03", image="../y.png", image_alt="图"),
        "news/4.md": record("旧图", "2022-01-02", image="/y.png", image_alt="图"),
        "work/5.md": record("另一图", "2022-01-01", **PICTURE),
    }
    headline, _, pictures = _titles(_home(files))
    assert headline == "新图"
    assert pictures == ["另一图"]


def test_boxes_stand_where_their_columns_wish() -> None:
    files: Files = {
        "a/index.md": column("甲栏", home="{position: 2, items: 1}"),
        "a/1.md": record("甲一", "2022-01-01"),
        "a/2.md": record("甲二", "2022-01-02"),
        "b/index.md": column("乙栏", home="{position: 1}"),
        "b/1.md": record("乙一"),
        "c/index.md": column("丙栏"),
        "c/1.md": record("丙一"),
        "news/1.md": record("闻"),
        "notices/1.md": record("告"),
        "empty/index.md": column("空栏", home="{position: 1}"),
    }
    boxes = _home(files).boxes
    assert [(b.title, [e.title for e in b.entries]) for b in boxes] == [
        ("乙栏", ["乙一"]),
        ("甲栏", ["甲二"]),
    ]


def test_without_wishes_the_first_columns_with_texts_are_shown() -> None:
    files = {"news/1.md": record("闻"), "work/1.md": record("职"), "notices/1.md": record("告")}
    assert [b.title for b in _home(files).boxes] == ["履职"]


def test_everything_else_of_the_home_page() -> None:
    files: Files = {
        "index.md": "# 欢迎\n\n[要闻](news/index.md)\n",
        "plans/index.md": column("计划", "plan"),
        "plans/2021/index.md": record(
            "2021", "2021-02-01", year=2021, text="一、甲\n\n（一）乙。\n"
        ),
        "plans/2022/index.md": record(
            "2022", "2022-02-01", year=2022, text="一、甲\n\n（一）乙。\n"
        ),
        "topics/index.md": column("专题", "topic"),
        "topics/a.md": "---\ntitle: 公园\nstart: 2022-03-01\nend: 2022-09-01\n"
        "gathers_tags: [公园]\n---\n",
        "news/a.md": record("甲", tags="[公园]"),
        "z/index.md": "---\ntitle: 杂志\nperiodical: {order: 1}\n---\n",
        "z/2023-01/index.md": "---\ntitle: 一期\nissue: {year: 2023, number: 1, "
        "published: 2023-01-01}\n---\n",
        "z/2023-02/index.md": "---\ntitle: 二期\nissue: {year: 2023, number: 2, "
        "published: 2023-02-01}\n---\n",
    }
    view = _home(files, services=(("查计划", "plans/2022/", "逐条可查"),))
    assert view.body_html == '<p><a href="./news/">要闻</a></p>'
    assert view.plan is not None
    assert (view.plan.year, view.plan_url) == (2022, "plans/2022/")
    assert [p.title for p in view.plan.other_plans] == ["2021"]
    assert view.topic is not None
    assert (view.topic.title, view.topic.period, view.topic_url) == (
        "公园",
        "2022年3月至2022年9月",
        "topics/a/",
    )
    assert [e.title for e in view.topic.entries] == ["甲"]
    assert [i.title for i in view.covers] == ["二期"]
    assert view.covers[0].periodical is not None
    assert view.covers[0].periodical.url == "z/"
    assert [(s.title, s.url, s.note) for s in view.services] == [
        ("查计划", "plans/2022/", "逐条可查")
    ]


def test_an_empty_site_has_a_home_page() -> None:
    view = pages_of(edition_of({}))[""].view
    assert isinstance(view, HomeView)
    assert (view.headline, view.news, view.plan, view.boxes, view.covers) == (
        None,
        None,
        None,
        (),
        (),
    )
