"""What the templates see: view models, one small frozen dataclass per thing shown.

Templates compute nothing. An address in a view is relative to the site's root and has no leading
slash (``news/2022/0318-x/``, the home page is the empty string); a template writes it behind the
page's ``root`` (``../../../``): ``href="{{ page.root }}{{ link.url }}"``. A field ending in
``_html`` holds finished, allow-listed HTML; every other field is plain text that Jinja escapes.
A date is a :class:`DateView`.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DateView:
    """A date in the forms that pages use; ``time`` is empty where the source gives none."""

    iso: str  # 2022-03-18 or 2022-03-18T09:30:00+08:00, for <time datetime>
    label: str  # 2022年3月18日
    short: str  # 03-18
    stamp: str  # 2022-03-18 09:30 or 2022-03-18
    year: str  # 2022
    month: str  # 2022年3月
    day: str  # 18
    month_number: str  # 3


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A link with its text; ``count`` and ``note`` where a list shows them."""

    title: str
    url: str
    current: bool = False
    count: int | None = None
    note: str = ""
    children: tuple[LinkView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A feed for autodiscovery and for the page that explains subscribing."""

    title: str
    url: str
    mime: str = "application/rss+xml"
    format: str = "RSS"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageView:
    """A picture with its text alternative; width and height in pixels, 0 where unknown."""

    url: str
    alt: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentView:
    """A file to download: type as readers know it (PDF, Word, 表格 …) and size in words."""

    url: str
    name: str
    type: str  # "PDF"
    extension: str  # "pdf"
    size: str  # "36 KB"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """A labelled value in the head of a record: 来源 示例市政协办公室."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """A record in a list: a row of a column page, a card, a headline on the home page."""

    title: str
    url: str
    kind: str  # article, notice …
    date: DateView | None = None
    kicker: str = ""
    subtitle: str = ""
    summary: str = ""
    column: str = ""
    column_url: str = ""
    source: str = ""
    image: ImageView | None = None
    badge: str = ""
    pinned: bool = False
    note: str = ""  # number of a notice, pages of a periodical article …
    attachments: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PagerView:
    """Pages of a list; ``items`` has the numbers to show, None for a gap (…).

    Pages are counted from the oldest; the column's own address shows the newest entries.
    """

    number: int  # counted from the oldest
    total: int | None  # how many there are; only on the list's own page, which is the newest
    newer: str | None
    older: str | None
    items: tuple[LinkView | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnView:
    """column.html (a column's page, a further page, a year archive) and tag.html."""

    title: str
    intro: str = ""
    body_html: str = ""
    layout: str = "list"  # list cards gallery video people timeline table page
    entries: tuple[EntryView, ...] = ()
    groups: tuple[tuple[str, tuple[EntryView, ...]], ...] = ()  # by month, newest first: archives
    subcolumns: tuple[LinkView, ...] = ()  # siblings or children, with counts; current marked
    years: tuple[LinkView, ...] = ()  # year archives with counts; current marked
    pager: PagerView | None = None
    feeds: tuple[FeedLink, ...] = ()
    empty: str = ""  # sentence for an empty column
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    """article.html: article, notice, periodical article, ordinary page, any other record."""

    kind: str
    kind_label: str
    title: str
    kicker: str = ""
    subtitle: str = ""
    date: DateView | None = None
    facts: tuple[FactView, ...] = ()  # 来源, 作者, 责任编辑, 文号, 截止日期 … in order
    body_html: str = ""
    contents: tuple[LinkView, ...] = ()  # headings of the text, url "#id", only for long texts
    image: ImageView | None = None  # cover picture, only where the text does not show it itself
    original: FactView | None = None  # reprint: 原文 with the address of the original
    attachments: tuple[AttachmentView, ...] = ()
    tags: tuple[LinkView, ...] = ()
    clauses: tuple[LinkView, ...] = ()  # clauses of a plan that this text implements
    related: tuple[EntryView, ...] = ()
    older: LinkView | None = None  # 上一篇 within the column (or in the issue's order)
    newer: LinkView | None = None  # 下一篇
    badge: str = ""
    characters: int = 0  # length of the text
    ai_generated: bool = False
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    issue: LinkView | None = None  # the issue a periodical article stands in
    editor: str = ""  # 责任编辑, repeated at the end of the text


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnView:
    """withdrawn.html: the notice that stays at a withdrawn or expired record's address."""

    title: str
    date: DateView | None
    reason: str
    expired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StateView:
    """A state in one word: a square of its own shape stands before it."""

    key: str  # done, underway, overdue, not-started, unmeasured; ahead, on, over for events
    label: str
    count: int | None = None  # how many are in it, where a tally shows that


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """An event in a list or calendar."""

    title: str
    url: str
    iso: str  # 2022-06-16T14:30:00+08:00, for <time datetime>
    day: str  # 16
    month: str  # 6月
    weekday: str  # 周四
    hours: str  # 14:30—17:00, "" where only the day is known
    form: str  # 双月协商座谈会
    place: str
    topic: str
    phase: StateView


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetView:
    """A target of a clause and how far it is reached."""

    what: str  # 双月协商座谈会 4 次
    reached: str  # 已有3次
    by: str  # 2022年12月31日前
    state: StateView
    note: str = ""  # 2023年1月5日办成，迟于期限
    cells: tuple[bool, ...] = ()  # a square for each of the goal's units, empty where too many


@dataclass(frozen=True, slots=True, kw_only=True)
class WordView:
    """What an editor says of a clause."""

    date: DateView
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingView:
    """How far a clause has come."""

    state: StateView
    targets: tuple[TargetView, ...] = ()
    words: tuple[WordView, ...] = ()
    planned: tuple[EntryView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItemView:
    """An item of a clause; ``id`` is the element's id."""

    id: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanClauseView:
    """A clause with its permanent address ``#id`` and the records that name it."""

    id: str
    number: str
    title: str
    html: str
    items: tuple[PlanItemView, ...] = ()
    standing: StandingView | None = None
    evidence: tuple[EntryView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPartView:
    """A part of a plan: its heading, the text before its first clause, its clauses."""

    id: str
    number: str  # 一、
    mark: str  # 一, for the slip
    title: str
    short: str  # title up to its first comma, for the slip (<= 8 characters)
    heading_html: str  # inline HTML: the template puts the <h2> around it
    intro_html: str  # block HTML
    clauses: tuple[PlanClauseView, ...]
    states: tuple[StateView, ...] = ()  # of its clauses, in their order


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """plan.html."""

    title: str
    year: int
    facts: tuple[FactView, ...]
    preamble_html: str
    parts: tuple[PlanPartView, ...]
    closing_html: str
    attachments: tuple[AttachmentView, ...]
    clause_count: int
    evidence_count: int
    other_plans: tuple[LinkView, ...]
    tally: tuple[StateView, ...] = ()  # states with counts that add up to clause_count
    board_url: str = ""
    comparisons: tuple[LinkView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverView:
    """An issue on the wall: a picture, or a cover drawn by the style sheet from these words."""

    url: str  # the issue's page
    title: str  # 2023年第1期
    name: str  # name of the periodical, printed on the cover
    number: str  # 第1期
    year: str
    theme: str
    style: str  # magazine | journal
    image: ImageView | None
    published: DateView | None
    total_number: str  # 总第12期, "" where unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A section of an issue's contents."""

    title: str
    articles: tuple[EntryView, ...]  # note = page number


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueView:
    """issue.html."""

    cover: CoverView
    title: str
    facts: tuple[FactView, ...]
    sections: tuple[SectionView, ...]
    body_html: str
    colophon: tuple[str, ...]  # lines
    attachments: tuple[AttachmentView, ...]
    older: LinkView | None
    newer: LinkView | None
    readable: bool  # False: only the contents are public
    periodical: LinkView | None = None  # the wall of covers; shown on the home page


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodicalView:
    """periodical.html: the wall of covers, by year, newest first."""

    title: str
    intro: str
    body_html: str
    facts: tuple[FactView, ...]
    newest: IssueView | None
    years: tuple[tuple[str, tuple[CoverView, ...]], ...]
    style: str
    feeds: tuple[FeedLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicView:
    """topic.html: entries gathered by tag or named one by one, newest first."""

    title: str
    intro: str
    body_html: str
    banner: ImageView | None
    period: str  # 2022年3月至2023年9月
    entries: tuple[EntryView, ...]
    groups: tuple[tuple[str, tuple[EntryView, ...]], ...]  # by column
    feeds: tuple[FeedLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxView:
    """A column on the home page with its newest entries."""

    title: str
    url: str
    entries: tuple[EntryView, ...]
    layout: str = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """home.html."""

    headline: EntryView | None  # with picture where there is one
    seconds: tuple[EntryView, ...]  # two secondary headlines
    pictures: tuple[EntryView, ...]  # picture news, each with an image
    news: BoxView | None  # newest of the first column of articles
    notices: BoxView | None
    boxes: tuple[BoxView, ...]  # further columns
    topic: TopicView | None
    topic_url: str
    plan: PlanView | None  # newest plan, for the slips
    plan_url: str
    covers: tuple[IssueView, ...]  # newest issue of each periodical
    body_html: str
    services: tuple[LinkView, ...] = ()  # up to five entries (note = hint)
    days: tuple[DayView, ...] = ()  # the next events, after the newest past ones
    calendar_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TagsView:
    """tags.html: every tag with its count."""

    tags: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedGroupView:
    """A group on the page that explains subscribing: the site, columns, topics, periodicals."""

    title: str
    feeds: tuple[tuple[str, tuple[FeedLink, ...]], ...]  # (name of the channel, its formats)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsView:
    """feeds.html."""

    groups: tuple[FeedGroupView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapView:
    """sitemap.html: the sitemap for people."""

    columns: tuple[LinkView, ...]  # with children and counts
    pages: tuple[LinkView, ...]
    periodicals: tuple[LinkView, ...]  # children = issues
    plans: tuple[LinkView, ...]
    topics: tuple[LinkView, ...]
    archives: tuple[tuple[str, tuple[LinkView, ...]], ...] = field(default=())  # column → years
    tools: tuple[LinkView, ...] = field(default=())  # 搜索, 订阅, 标签
