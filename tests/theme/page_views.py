"""Example views of whole pages: article, column, home, periodical."""

from __future__ import annotations

from msgspec.structs import replace

from site_plugins.outputs.pages.views.home import HomeView
from site_plugins.outputs.pages.views.lists import ColumnView, PagerView
from site_plugins.outputs.pages.views.parts import FactView
from site_plugins.outputs.pages.views.periodicals import PeriodicalView
from site_plugins.outputs.pages.views.texts import TextView

from . import sample_text
from .sample_records import cover, issue, plan, topic
from .sample_views import ATTACHMENTS, FEEDS, box, date, entries, entry, link


def text(**more: object) -> TextView:
    """A short article; ``more`` replaces fields."""
    values: dict[str, object] = {
        "kind": "article",
        "kind_label": "文章",
        "title": "老桥怎么修，先听桥边人说",
        "date": date(),
        "facts": (FactView(label="来源", value="示例市政协办公室"),),
        "body_html": sample_text.plain_html(),
    }
    return TextView(**{**values, **more})  # type: ignore[arg-type]


def full_text() -> TextView:
    """An article with everything that an article page can show."""
    return text(
        kicker="2022年第三次双月协商座谈会在迎澜桥头召开",
        subtitle="七座石拱桥修缮养护议出九条意见，五条当场答复",
        facts=(
            FactView(label="来源", value="示例日报", url="https://example.org/"),
            FactView(label="作者", value="记者某甲"),
            FactView(label="责任编辑", value="某乙"),
        ),
        body_html=sample_text.rich_html(),
        characters=1640,
        editor="某乙",
        badge="重磅",
        ai_generated=True,
        contents=(
            link("定原则：能补不换，能慢不急", "#a"),
            link("保通行：半幅施工，早晚让行", "#b"),
        ),
        original=FactView(label="原文", value="示例日报：老桥怎么修", url="https://example.org/"),
        attachments=ATTACHMENTS,
        tags=tuple(
            link(name, "tags/a/") for name in ("双月协商", "老旧小区", "文物保护", "民生", "城南")
        ),
        clauses=(link("2022年工作要点二（二）双月协商关注焦点", "plans/2022/#2-2"),),
        related=tuple(
            replace(link(row.title, row.url), note=row.date.label if row.date else "")
            for row in entries(4, 1)
        ),
        older=link("茶山步道二期听意见：少砍一棵树，多留一座亭"),
        newer=link("砚池公园拆掉围栏一年，灯光与座椅将再调一轮"),
    )


def column(**more: object) -> ColumnView:
    """A column's page; ``more`` replaces fields."""
    return ColumnView(**{"title": "协商议政", **more})  # type: ignore[arg-type]


def full_column(layout: str = "list", **more: object) -> ColumnView:
    """A column with sub-columns, years, pages and feeds."""
    rows = (
        entry(0, pinned=True, badge="图解", kicker="双月协商聚焦民生", attachments=3),
        *entries(3, 1, picture=True),
        *entries(8, 4),
    )
    pages = tuple(link(str(n), f"news/page/{n}/", current=n == 1) for n in (1, 2, 3))
    values: dict[str, object] = {
        "layout": layout,
        "intro": "会前谁来听、会上怎么议、会后落到哪里，这里按时间逐篇收录。",
        "feeds": FEEDS,
        "total": 356,
        "entries": rows if layout != "gallery" else entries(8, picture=True),
        "subcolumns": (
            link("全部要闻", count=1286),
            link("重要会议", count=204),
            link("协商议政", count=356, current=True),
            link("委员履职", count=312),
        ),
        "years": tuple(
            link(f"{y}年", f"news/archive/{y}/", count=40 + y % 7) for y in range(2023, 2018, -1)
        ),
        "pager": PagerView(
            number=1,
            total=18,
            newer=None,
            older="news/page/17/",
            items=(*pages, None, link("18", "news/page/1/")),
        ),
    }
    return column(**{**values, **more})


def full_home() -> HomeView:
    """The first page with every section."""
    return HomeView(
        headline=entry(
            0,
            kicker="2022年第三次双月协商座谈会",
            subtitle="七座石拱桥修缮养护议出九条意见",
        ),
        seconds=entries(2, 7),
        pictures=entries(4, 1, picture=True),
        news=box("要闻", 1, 6),
        notices=box("公告", 9, 6),
        boxes=(
            box("委员履职", 4, picture=True),
            box("基层协商", 6, picture=True),
            box("区县政协", 3, picture=True),
            box("调查研究", 8),
            box("社情民意", 2),
            box("文史资料", 10, 0),
        ),
        topic=topic(),
        topic_url="topics/old-town/",
        plan=plan(),
        plan_url="plans/2022/",
        covers=(issue(), issue(style="journal", name="示例文史")),
        body_html='<p>本站为示例站点。第一次来，可以先读<a href="about/">关于本站</a>。</p>',
        services=tuple(
            link(name, "service/", note=note)
            for name, note in (
                ("反映社情民意", "写几句话，也可来访"),
                ("报名旁听", "近期两场可报名"),
                ("查提案答复", "按编号、单位、关键词"),
                ("借阅文史书刊", "文史馆二楼，凭证件"),
                ("订阅更新", "一个地址，自动收到"),
            )
        ),
    )


def empty_home() -> HomeView:
    """The first page of a site that has published nothing."""
    return HomeView(
        headline=None,
        seconds=(),
        pictures=(),
        news=None,
        notices=None,
        boxes=(),
        topic=None,
        topic_url="",
        plan=None,
        plan_url="",
        covers=(),
        body_html="",
    )


def wall(style: str, name: str) -> PeriodicalView:
    """A periodical with two years of covers."""
    years = tuple(
        (
            year,
            tuple(
                cover(
                    n,
                    style=style,
                    name=name,
                    year=year,
                    picture=n == 3 and style == "magazine",
                )
                for n in range(6, 0, -1)
            ),
        )
        for year in ("2023", "2022", "2021")
    )
    return PeriodicalView(
        title=f"《{name}》",
        intro="记今年的事，也存旧时的人与物。全部各期可在线阅读。",
        body_html="<p>欢迎来稿。</p>",
        facts=(
            FactView(label="刊期", value="双月刊"),
            FactView(label="创刊", value="2002年"),
        ),
        newest=issue(style=style, name=name),
        years=years,
        style=style,
        feeds=FEEDS,
    )
