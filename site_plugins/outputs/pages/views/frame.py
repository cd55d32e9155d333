"""What stands around every page."""

from __future__ import annotations

from msgspec import Struct

from site_plugins.outputs.pages.views.parts import DateView, FactView, FeedLink, LinkView


class SiteView(Struct, frozen=True, array_like=True, kw_only=True):
    """The same on every page of a build."""

    name: str
    full_name: str
    description: str
    menu: tuple[LinkView, ...]  # top columns; 首页 first, with url ""
    columns: tuple[LinkView, ...]  # all top columns (footer)
    pages: tuple[LinkView, ...]  # 概况, 联系我们, 关于本站 …
    periodicals: tuple[LinkView, ...]
    contact: tuple[FactView, ...]  # 地址, 电话, 来访接待 …
    records: tuple[FactView, ...]  # ICP备案, 公安备案, 网站标识码, 主办单位
    notice: str  # a line for the footer, such as "本站为示例，机构、人物与内容均属虚构。"
    updated: DateView | None  # 最近更新
    has_search: bool
    has_feeds: bool
    has_tags: bool
    accessibility_url: str  # page that explains accessibility, "" where the site has none
    generator: str


class PageView(Struct, frozen=True, array_like=True, kw_only=True):
    """What the frame of one page needs."""

    title: str  # "" on the home page: the frame then shows the site's name alone
    root: str  # "./", "../", "../../" …; on 404.html the site's base path such as "/"
    address: str  # "news/2022/0318-x/"
    canonical: str  # absolute address, "" where the site has no site_url
    description: str = ""
    breadcrumbs: tuple[LinkView, ...] = ()  # without 首页 and without the page itself
    menu: str = ""  # url of the current menu entry, "" = home
    feeds: tuple[FeedLink, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()  # <meta name content> pairs: ArticleTitle, PubDate …
    json_ld: str = ""  # finished JSON in which "</" is escaped
    image: str = ""  # absolute address of a share picture, "" where there is none
    robots: str = ""  # "noindex" on pages that search engines should leave out
    styles: tuple[str, ...] = ()  # style sheets, relative to the root
    scripts: tuple[str, ...] = ()  # module scripts, relative to the root
