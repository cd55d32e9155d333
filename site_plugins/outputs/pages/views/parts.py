"""What views of many pages are made of: dates, links, pictures, facts, entries of lists."""

from __future__ import annotations

from msgspec import Struct


class DateView(Struct, frozen=True, array_like=True):
    """A date in the forms that pages use; ``time`` is empty where the source gives none."""

    iso: str  # 2022-03-18 or 2022-03-18T09:30:00+08:00, for <time datetime>
    label: str  # 2022年3月18日
    short: str  # 03-18
    stamp: str  # 2022-03-18 09:30 or 2022-03-18
    year: str  # 2022
    month: str  # 2022年3月
    day: str  # 18
    month_number: str  # 3


class LinkView(Struct, frozen=True, array_like=True, kw_only=True):
    """A link with its text; ``count`` and ``note`` where a list shows them."""

    title: str
    url: str
    current: bool = False
    count: int | None = None
    note: str = ""
    children: tuple[LinkView, ...] = ()


class FeedLink(Struct, frozen=True, array_like=True, kw_only=True):
    """A feed for autodiscovery and for the page that explains subscribing."""

    title: str
    url: str
    mime: str = "application/rss+xml"
    format: str = "RSS"


class ImageView(Struct, frozen=True, array_like=True, kw_only=True):
    """A picture with its text alternative; width and height in pixels, 0 where unknown."""

    url: str
    alt: str
    width: int = 0
    height: int = 0


class AttachmentView(Struct, frozen=True, array_like=True, kw_only=True):
    """A file to download: type as readers know it (PDF, Word, 表格 …) and size in words."""

    url: str
    name: str
    type: str  # "PDF"
    extension: str  # "pdf"
    size: str  # "36 KB"


class FactView(Struct, frozen=True, array_like=True, kw_only=True):
    """A labelled value in the head of a record: 来源 示例市政协办公室."""

    label: str
    value: str
    url: str = ""


class EntryView(Struct, frozen=True, array_like=True, kw_only=True):
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


class StateView(Struct, frozen=True, array_like=True, kw_only=True):
    """A state in one word: a square of its own shape stands before it."""

    key: str  # done, underway, overdue, not-started, unmeasured; ahead, on, over for events
    label: str
    count: int | None = None  # how many are in it, where a tally shows that
