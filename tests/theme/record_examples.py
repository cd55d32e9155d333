"""Example pages of records: home, articles, pages, plans, periodicals, issues."""

from __future__ import annotations

from msgspec.structs import replace

from site_plugins.domain.plan_comparison import Stretch
from site_plugins.outputs.pages.views.comparisons import (
    ComparedPartView,
    ComparedView,
    ComparisonView,
    PairView,
)
from site_plugins.outputs.pages.views.home import HomeView
from site_plugins.outputs.pages.views.lists import TopicView
from site_plugins.outputs.pages.views.periodicals import PeriodicalView

from . import sample_text
from .event_examples import days
from .page_views import empty_home, full_home, full_text, text, wall
from .preview import Example
from .sample_records import issue, plan
from .sample_views import (
    ATTACHMENTS,
    CRUMBS,
    box,
    entries,
    entry,
    image,
    link,
    small_site,
)

LONG_TITLE = "关于进一步加强老旧小区公共空间改造过程中居民意见征集、方案公示与养护工作的调研报告"


def home_pages() -> dict[str, Example]:
    """The first page: full, sparse, empty."""
    return {
        "home": Example(
            "home", replace(full_home(), days=days(), calendar_url="calendar/"), "", ""
        ),
        "home-plain": Example(
            "home",
            HomeView(
                headline=entry(
                    1,
                    picture=False,
                    title="四十二处“楼门口议事角”挂牌，有事下楼就能说，说了就有人记",
                ),
                seconds=entries(2, 5),
                pictures=entries(3, picture=True),
                news=None,
                notices=box("公告", 9, 2),
                boxes=(box("要闻", 1, 1),),
                topic=TopicView(
                    title="专题",
                    intro="",
                    body_html="",
                    banner=None,
                    period="",
                    entries=(),
                    groups=(),
                ),
                topic_url="t/",
                plan=plan(14),
                plan_url="plans/2022/",
                covers=(issue(readable=False),),
                services=(),
                body_html="",
            ),
            "",
            "",
        ),
        "home-one": Example("home", replace(empty_home(), notices=box("公告", 9, 5)), "", ""),
        "home-empty": Example("home", empty_home(), "", "", small_site()),
    }


def article_pages() -> dict[str, Example]:
    """Articles from full to empty."""
    return {
        "article": Example("article", full_text(), "老桥怎么修", crumbs=CRUMBS),
        "article-short": Example(
            "article",
            text(image=image(4), older=link("社区食堂续办：账怎么算才长久")),
            "老桥怎么修",
            crumbs=CRUMBS,
        ),
        "article-empty": Example(
            "article",
            text(
                title="社区书房延时开放满百日，夜读人次增长四成",
                date=None,
                facts=(),
                body_html="",
            ),
            "老桥怎么修",
            site=small_site(),
        ),
        "article-long": Example(
            "article",
            text(
                title=LONG_TITLE,
                kicker=LONG_TITLE,
                subtitle=LONG_TITLE,
                abstract=sample_text.PLAIN[:120],
                keywords=("老旧小区", "公共空间"),
                references=("某甲：《示例市桥梁志》，示例出版社，1999年。",),
                issue=link("《示例政协》2022年第6期", "magazine/2022-06/"),
            ),
            LONG_TITLE,
            crumbs=CRUMBS,
        ),
    }


def ordinary_pages() -> dict[str, Example]:
    """Ordinary pages."""
    return {
        "page": Example(
            "page",
            text(
                title="本会概况",
                facts=(),
                attachments=ATTACHMENTS,
                contents=(link("会议", "#a"), link("机构", "#b")),
            ),
            "本会概况",
            "about/",
        ),
        "page-empty": Example(
            "page",
            text(title="本会概况", facts=(), date=None, body_html=""),
            "本会概况",
            site=small_site(),
        ),
    }


def plan_pages() -> dict[str, Example]:
    """Plans of six, fourteen and no parts."""
    return {
        "plan": Example(
            "plan",
            plan(),
            "2022年工作要点",
            "plans/",
            crumbs=(link("年度计划", "plans/"),),
        ),
        "plan-many": Example("plan", plan(14), "2022年工作要点", "plans/"),
        "plan-empty": Example("plan", plan(0), "2022年工作要点", "plans/", small_site()),
    }


def comparison_pages() -> dict[str, Example]:
    """Two plans with something that goes on, is new and is dropped; and two without clauses."""

    def side(year: int, number: str, title: str) -> ComparedView:
        return ComparedView(
            number=number,
            title=title,
            url=f"plans/{year}/#2-2",
            mark=f"{year}年 §2-2",
            paragraphs=((Stretch("召开", True), Stretch("6", False), Stretch("次会议。", True)),),
        )

    old, new = side(2022, "（二）", "双月协商关注焦点"), side(2023, "（三）", "")
    pairs = (
        PairView(fate="continued", label="延续", note="文字约七成相近", earlier=old, later=new),
        PairView(fate="new", label="新增", note="", earlier=None, later=new),
        PairView(fate="dropped", label="不再列入", note="", earlier=old, later=None),
    )
    view = ComparisonView(
        title="2023年与2022年对照",
        later=link("示例市政协2023年工作要点", "plans/2023/"),
        earlier=link("示例市政协2022年工作要点", "plans/2022/"),
        later_year="2023年",
        earlier_year="2022年",
        counts=(("continued", "延续", 1), ("new", "新增", 1), ("dropped", "不再列入", 1)),
        parts=(
            ComparedPartView(title="二、聚焦协商主业", earlier="二、强化使命担当", pairs=pairs),
            ComparedPartView(title="", earlier="", pairs=pairs),
        ),
        others=(link("2023年与2021年对照", "plans/2023/compare/2021/"),),
    )
    empty = replace(view, parts=(), others=())
    return {
        "plan-comparison": Example("plan-comparison", view, view.title, "plans/"),
        "plan-comparison-empty": Example("plan-comparison", empty, view.title, "plans/"),
    }


def periodical_pages() -> dict[str, Example]:
    """Walls of covers, with names that fit a cover and names that hardly do."""
    return {
        "periodical": Example(
            "periodical", wall("magazine", "示例政协"), "《示例政协》", "magazine/"
        ),
        "periodical-journal": Example(
            "periodical", wall("journal", "示例文史"), "《示例文史》", "journal/"
        ),
        "periodical-latin": Example(
            "periodical",
            wall("journal", "示例文史2022"),
            "《示例文史2022》",
            "journal/",
        ),
        "periodical-cn5": Example(
            "periodical", wall("magazine", "示例市政协"), "《示例市政协》", "magazine/"
        ),
        "periodical-cn6": Example(
            "periodical",
            wall("magazine", "示例政协通讯"),
            "《示例政协通讯》",
            "magazine/",
        ),
        "periodical-cn8": Example(
            "periodical",
            wall("magazine", "示例市政协工作通讯"),
            "《示例市政协工作通讯》",
            "magazine/",
        ),
        "periodical-empty": Example(
            "periodical",
            PeriodicalView(
                title="《示例政协》",
                intro="",
                body_html="",
                facts=(),
                newest=None,
                years=(),
                style="magazine",
            ),
            site=small_site(),
        ),
    }


def issue_pages() -> dict[str, Example]:
    """Issues with all, with few, with closed contents."""
    return {
        "issue": Example(
            "issue",
            issue(),
            "2022年第6期",
            "magazine/",
            crumbs=(link("《示例政协》", "magazine/"),),
        ),
        "issue-thin": Example(
            "issue",
            replace(issue(), sections=issue().sections[:2], colophon=()),
            "2022年第6期",
            "magazine/",
        ),
        "issue-summary": Example(
            "issue",
            issue(style="journal", name="示例市文史资料", readable=False),
            "2022年第6期",
            "journal/",
        ),
    }
