"""Example views, full and minimal; every name and event in them is invented."""

from __future__ import annotations

from site_plugins.outputs.pages.views.frame import SiteView
from site_plugins.outputs.pages.views.home import BoxView
from site_plugins.outputs.pages.views.parts import (
    AttachmentView,
    DateView,
    EntryView,
    FactView,
    FeedLink,
    ImageView,
    LinkView,
)

TITLES = (
    "老桥怎么修，先听桥边人说",
    "砚池公园拆掉围栏一年，灯光与座椅将再调一轮",
    "四十二处“楼门口议事角”挂牌，有事下楼就能说",
    "茶山步道二期听意见：少砍一棵树，多留一座亭",
    "社区书房延时开放满百日",
    "加装电梯难在哪里？委员在楼道里开了三次会",
    "城南旧书坊名录编成，收录店号一百一十六家",
    "河岸留多宽，孩子和钓鱼的人都有话说",
    "社区食堂续办：账怎么算才长久",
    "关于征集2023年度协商议题线索的公告",
    "课后阅读角的书，由谁来选",
    "雨季积水点分级提示的办法，九月起在三个街道试行",
)
COLUMNS = ("协商议政", "委员履职", "基层协商", "文史资料")
SUMMARY = (
    "示例河上现存七座石拱桥，最老的已走了三百余年。委员、工匠和沿河居民在桥头茶馆围坐三桌，"
    "就修缮原则、通行安排和日常养护议出九条意见，办理部门当场答复其中五条。"
)


def date(month: int = 3, day: int = 18, year: int = 2022, clock: str = " 09:30") -> DateView:
    """A date in all its forms."""
    iso = f"{year}-{month:02}-{day:02}"
    return DateView(
        iso=iso,
        label=f"{year}年{month}月{day}日",
        short=iso[5:],
        stamp=iso + clock,
        year=str(year),
        month=f"{year}年{month}月",
        day=str(day),
        month_number=str(month),
    )


def image(number: int = 1) -> ImageView:
    """One of the preview's landscapes."""
    return ImageView(url=f"pictures/{number}.svg", alt="插图：河与远山", width=800, height=450)


def entry(number: int = 0, *, picture: bool = True, **more: object) -> EntryView:
    """The numbered entry; ``more`` replaces fields."""
    values: dict[str, object] = {
        "title": TITLES[number % len(TITLES)],
        "url": f"news/2022/{number:04}/",
        "kind": "article",
        "date": date(11 - number % 10, 28 - number % 27),
        "summary": SUMMARY,
        "column": COLUMNS[number % len(COLUMNS)],
        "column_url": "news/",
        "source": "示例市政协办公室",
        "image": image(number % 8 + 1) if picture else None,
    }
    return EntryView(**{**values, **more})  # type: ignore[arg-type]


def entries(count: int, start: int = 0, *, picture: bool = False) -> tuple[EntryView, ...]:
    """Entries in a row; with pictures where wanted."""
    return tuple(entry(start + number, picture=picture) for number in range(count))


def link(title: str, url: str = "news/", **more: object) -> LinkView:
    """A link; ``more`` gives count, note, current, children."""
    return LinkView(title=title, url=url, **more)  # type: ignore[arg-type]


MENU = ("首页", "要闻", "公告", "计划", "协商", "提案", "委员", "刊物", "文史", "关于")
FEEDS = (FeedLink(title="要闻", url="news/feed.xml"),)
ATTACHMENTS = (
    AttachmentView(
        url="news/a.pdf",
        name="七座石拱桥现状调研报告",
        type="PDF",
        extension="pdf",
        size="2.4 MB",
    ),
    AttachmentView(
        url="news/b.docx",
        name="协商座谈会纪要（九条意见与答复，含办理部门当场答复的五条）",
        type="Word",
        extension="docx",
        size="310 KB",
    ),
    AttachmentView(
        url="news/c.xlsx",
        name="七座桥分时段通行人次",
        type="表格",
        extension="xlsx",
        size="12 KB",
    ),
)


def site(menu: tuple[str, ...] = MENU) -> SiteView:
    """The fictional office's site with everything switched on."""
    addresses = (
        "",
        "news/",
        "notices/",
        "plans/",
        "consult/",
        "proposals/",
        "members/",
        "magazine/",
        "journal/",
        "about/",
    )
    top = tuple(
        link(title, addresses[at] if at < len(addresses) else f"more-{at}/")
        for at, title in enumerate(menu)
    )
    return SiteView(
        name="示例市政协",
        full_name="中国人民政治协商会议示例市委员会",
        description="示例市政协的公开网站",
        menu=top,
        columns=top[1:],
        pages=(
            link("本会概况", "about/"),
            link("联系我们", "about/contact/"),
            link("关于本站", "about/website/"),
        ),
        periodicals=(
            link("《示例政协》", "magazine/"),
            link("《示例文史》", "journal/"),
        ),
        contact=(
            FactView(label="地址", value="示例市梧桐路18号"),
            FactView(label="来访接待", value="工作日9:00—11:30，14:00—17:00"),
            FactView(label="电话", value="0000-1234567"),
        ),
        records=(
            FactView(label="主办单位", value="示例市政协办公室"),
            FactView(label="网站标识码", value="0000000000"),
        ),
        notice="本站为示例，机构、人物与内容均属虚构。",
        updated=date(10, 20, 2023),
        has_search=True,
        has_feeds=True,
        has_tags=True,
        accessibility_url="about/accessibility/",
        generator="jianyan",
    )


def small_site() -> SiteView:
    """A site with nothing but a name."""
    return SiteView(
        name="示例市政协",
        full_name="示例市政协",
        description="",
        menu=(link("首页", ""),),
        columns=(),
        pages=(),
        periodicals=(),
        contact=(),
        records=(),
        notice="",
        updated=None,
        has_search=False,
        has_feeds=False,
        has_tags=False,
        accessibility_url="",
        generator="jianyan",
    )


def box(title: str, start: int, count: int = 4, *, picture: bool = False) -> BoxView:
    """A column on the home page."""
    items = entries(count, start)
    first = (entry(start, picture=picture),) if count else ()
    return BoxView(title=title, url="consult/", entries=first + items[1:])


CRUMBS = (link("要闻", "news/"), link("协商议政", "news/consult/"))
MANY = (
    "首页",
    "要闻动态",
    "通知公告",
    "年度计划",
    "协商议政",
    "提案工作",
    "委员风采",
    "专门委员会",
    "区县政协",
    "民主监督",
    "社情民意",
    "《示例政协》",
    "《示例文史》",
    "学习园地",
    "关于",
)
