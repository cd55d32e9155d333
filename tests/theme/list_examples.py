"""Example pages of lists and guides: columns, tags, topics, feeds, sitemap, search."""

from __future__ import annotations

from site_plugins.outputs.pages.views.guides import FeedGroupView, FeedsView, SitemapView, TagsView
from site_plugins.outputs.pages.views.lists import TopicView
from site_plugins.outputs.pages.views.parts import FeedLink
from site_plugins.outputs.pages.views.texts import WithdrawnView

from . import sample_text
from .page_views import column, full_column
from .preview import THEME, Example
from .sample_records import topic
from .sample_views import (
    CRUMBS,
    FEEDS,
    MANY,
    date,
    entries,
    entry,
    link,
    site,
    small_site,
)

MONTHS = (("2022年11月", entries(3, picture=True)), ("2022年10月", entries(2, 5)))


def column_pages() -> dict[str, Example]:
    """Column pages in several states; the menu of a large office."""
    return {
        "column": Example("column", full_column(), "协商议政", crumbs=CRUMBS[:1]),
        "column-menu": Example("column", full_column(pager=None), "协商议政", site=site(MANY)),
        "column-empty": Example("column", column(), "协商议政", site=small_site()),
        "column-archive": Example(
            "column",
            full_column(
                entries=(),
                groups=MONTHS,
                pager=None,
                years=tuple(
                    link(f"{y}年", f"news/archive/{y}/", count=9) for y in range(2023, 2011, -1)
                ),
            ),
            "要闻2022年",
        ),
        "column-page": Example(
            "column",
            column(layout="page", body_html=sample_text.plain_html()),
            site=site(MANY[:12]),
        ),
        "column-undated": Example("column", column(entries=(entry(3, date=None),)), "委员风采"),
    }


def tag_pages() -> dict[str, Example]:
    """A tag and all tags."""
    return {
        "tag": Example(
            "tag",
            full_column(title="老旧小区", subcolumns=(), years=(), total=32),
            "标签：老旧小区",
        ),
        "tags": Example(
            "tags",
            TagsView(
                tags=tuple(
                    link(t[:5], f"tags/{n}/", count=n + 1)
                    for n, t in enumerate(sample_text.PLAIN.split("，")[:30])
                )
            ),
            "标签",
        ),
        "tags-empty": Example("tags", TagsView(tags=()), "标签"),
    }


def topic_pages() -> dict[str, Example]:
    """Topics."""
    return {
        "topic": Example("topic", topic(), "老城更新"),
        "topic-empty": Example(
            "topic",
            TopicView(
                title="老城更新",
                intro="",
                body_html="",
                banner=None,
                period="",
                entries=(),
                groups=(),
            ),
            "老城更新",
            site=small_site(),
        ),
    }


def guide_pages() -> dict[str, Example]:
    """Pages that help to find one's way."""
    return {
        "withdrawn": Example(
            "withdrawn",
            WithdrawnView(
                title="社区书房延时开放满百日",
                date=date(),
                reason="内容有误，更正后另行发布。",
                expired=False,
            ),
            "已撤回",
            crumbs=CRUMBS,
        ),
        "expired": Example(
            "withdrawn",
            WithdrawnView(title="社区书房延时开放满百日", date=None, reason="", expired=True),
            "已过期",
            site=small_site(),
        ),
        "feeds": Example(
            "feeds",
            FeedsView(
                groups=(
                    FeedGroupView(title="全站", feeds=(("全部更新", FEEDS),)),
                    FeedGroupView(
                        title="栏目",
                        feeds=(
                            (
                                "要闻",
                                (
                                    *FEEDS,
                                    FeedLink(title="要闻", url="news/atom.xml", format="Atom"),
                                ),
                            ),
                            ("公告", FEEDS),
                        ),
                    ),
                )
            ),
            "订阅",
        ),
        "feeds-empty": Example("feeds", FeedsView(groups=()), "订阅", site=small_site()),
        "sitemap": Example(
            "sitemap",
            SitemapView(
                columns=tuple(
                    link(
                        n,
                        count=31,
                        children=(link("重要会议", count=4), link("委员履职")),
                    )
                    for n in MANY[1:9]
                ),
                pages=(link("本会概况"),),
                periodicals=(link("《示例政协》", children=(link("2022年第6期"),)),),
                plans=(link("2022年工作要点"),),
                topics=(link("老城更新"),),
                archives=(("要闻", (link("2022年", count=3),)),),
                tools=(link("搜索"),),
            ),
            "网站地图",
        ),
        "sitemap-empty": Example(
            "sitemap",
            SitemapView(columns=(), pages=(), periodicals=(), plans=(), topics=()),
            "网站地图",
            site=small_site(),
        ),
        "404": Example("404", None, "没有找到", robots="noindex"),
        "redirect": Example(
            "redirect", link("老桥怎么修，先听桥边人说"), "网址已更换", robots="noindex"
        ),
    }


def layout_pages() -> dict[str, Example]:
    """A column in each of its layouts."""
    pages = {}
    for layout in ("cards", "gallery", "video", "people", "timeline", "table"):
        feeds = () if layout in ("cards", "gallery") else FEEDS
        view = full_column(layout, subcolumns=(), years=(), feeds=feeds)
        pages[f"column-{layout}"] = Example("column", view, "委员履职")
    return pages


def search_pages() -> dict[str, Example]:
    """The search page, where its component is there."""
    if not (THEME / "components/search-page/search-page.html").exists():
        return {}
    return {"search": Example("search", None, "搜索", "search/", robots="noindex")}
