"""Addresses of generated pages (COMMANDS.md, "Addresses"); no record may lie there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from site_plugins.domain.model.records import Plan, Record
from site_plugins.domain.settings import Settings
from site_plugins.domain.site import ColumnNode, Site, spans_of_years

FEEDS = "feeds/"
SEARCH = "search/"
SITEMAP = "sitemap/"
TAGS = "tags/"
CALENDAR = "calendar/"
DATA = "data/"
DATA_PACKAGE = "data/datapackage.json"
PLAN_TABLES = ("clauses", "targets", "evidence")
FEED_FILES = ("feed.xml", "atom.xml", "feed.json")

ROOT_FILES = frozenset({"404.html", "build.json", "redirects.json", "robots.txt", "sitemap.xml"})

# Whole folders of pages made from lists; in the others only files of the site's own names are.
_RESERVED_FOLDERS = frozenset({"calendar", "feeds", "search", "sitemap", "tags"})
_RESERVED_TOP = frozenset({*_RESERVED_FOLDERS, "data", "assets"})
_RESERVED_IN_PLANS = re.compile(r"plans/[^/]+/(?:progress/(?:embed/)?|compare/[^/]+/)")
_RESERVED_BELOW = re.compile(r"/(?:page/\d+|archive/\d{4})/")


def page_address(folder: str, number: int) -> str:
    """A further page of a column or tag; pages are counted from the oldest."""
    return f"{folder}/page/{number}/"


def archive_address(column: str, year: int) -> str:
    """A year archive of a column."""
    return f"{column}/archive/{year}/"


def comparison_address(plan: str, other: str) -> str:
    """The page that shows two plans, by their ids, side by side."""
    same_folder = plan.rpartition("/")[0] == other.rpartition("/")[0]
    name = other.rpartition("/")[2] if same_folder else other.replace("/", "-")
    return f"{plan}/compare/{name}/"


def compared_plans(plans: Sequence[Plan]) -> Iterator[tuple[Plan, Plan]]:
    """Every two plans of different years, the later one first; ``plans`` are newest first."""
    for index, later in enumerate(plans):
        yield from ((later, earlier) for earlier in plans[index + 1 :] if earlier.year < later.year)


def tag_address(tag_id: str) -> str:
    """The page of a tag."""
    return f"tags/{tag_id}/"


def feed_address(folder: str, file: str = "feed.xml") -> str:
    """A feed below a column, topic or periodical; the site's own for an empty folder."""
    return f"{folder}/{file}" if folder else file


def board_address(plan: str) -> str:
    """The board of a plan: how far each clause has come."""
    return f"{plan}/progress/"


def embedded_address(plan: str) -> str:
    """The board without masthead and footer, for other sites' pages."""
    return f"{plan}/progress/embed/"


def plan_calendar_address(plan: str) -> str:
    """The iCalendar file with the events that implement a plan."""
    return f"{plan}/calendar.ics"


def calendar_year_address(year: int) -> str:
    """The calendar of a year."""
    return f"calendar/{year}/"


def calendar_file(form_id: str) -> str:
    """The iCalendar file of a form; the whole calendar is ``calendar/all.ics``."""
    return f"calendar/forms/{form_id}.ics"


CALENDAR_FILE = "calendar/all.ics"


def data_address(plan: str, file: str) -> str:
    """A file of open data about a plan."""
    return f"data/{plan}/{file}"


def is_reserved(address: str) -> bool:
    """Whether an address belongs to generated pages."""
    top = address.partition("/")[0]
    return (
        top in _RESERVED_TOP
        or top in ROOT_FILES
        or bool(_RESERVED_BELOW.search("/" + address))
        or _RESERVED_IN_PLANS.fullmatch(address) is not None
        or not set(FEED_FILES).isdisjoint(address.split("/"))
    )


def is_reserved_file(path: str) -> bool:
    """Whether a file of content/ that is no text lies where the site writes a file of its own."""
    top, name = path.partition("/")[0], path.rpartition("/")[2]
    return (
        path in ROOT_FILES
        or name in (*FEED_FILES, "calendar.ics", "index.html")
        or top in _RESERVED_FOLDERS
        or path.startswith(("assets/site.", "assets/scripts.", DATA_PACKAGE, "data/plans/"))
    )


def page_count(records: int, per_page: int) -> int:
    """How many pages a list of so many records has."""
    return -(-records // per_page)


def page_of(records: Sequence[Record], number: int, per_page: int) -> Sequence[Record]:
    """Page ``number`` of a list, both newest first; page 1 holds the oldest.

    A full page never changes: records are counted from the oldest, and the last, possibly short
    page holds the newest.
    """
    end = len(records) - (number - 1) * per_page
    return records[max(0, end - per_page) : end]


def page_number(records: int, index: int, per_page: int) -> int:
    """The page of :func:`page_of` that shows the record at ``index`` of so many."""
    return (records - 1 - index) // per_page + 1


def years_of(records: Sequence[Record]) -> dict[int, int]:
    """The years of records that are newest first, with how many each has."""
    return {year: span.stop - span.start for year, span in spans_of_years(records).items()}


def generated_addresses(site: Site, settings: Settings) -> Iterator[str]:
    """Every address a link may name beside those of content files."""
    yield from (SITEMAP, "sitemap.xml", "404.html", "robots.txt")
    for plan in site.plans:
        yield from (board_address(plan.id), embedded_address(plan.id))
        for table in PLAN_TABLES:
            yield from (data_address(plan.id, f"{table}.{ending}") for ending in ("csv", "json"))
        others = (other for other in site.plans if other.year != plan.year)
        yield from (comparison_address(plan.id, other.id) for other in others)
    if site.plans:
        yield DATA_PACKAGE
    yield from _calendar_addresses(site)
    if site.tags:
        yield TAGS
    for tag in site.tags.values():
        yield tag_address(tag.id)
        count = page_count(len(tag.records), settings.per_page)
        yield from (page_address(f"tags/{tag.id}", number) for number in range(1, count))
    if settings.has("search"):
        yield SEARCH
    for node in site.columns.values():
        yield from _column_addresses(node, settings)
    if settings.has("feeds"):
        yield FEEDS
        for folder in feed_folders(site):
            yield from (feed_address(folder, file) for file in FEED_FILES)


def _calendar_addresses(site: Site) -> Iterator[str]:
    """Pages and files of the calendar; those of a form are named by its pinyin, which no text
    need know."""
    years = years_of(site.events)
    if years:
        yield from (CALENDAR, CALENDAR_FILE)
        yield from (calendar_year_address(year) for year in years)
    for plan in site.plans:
        head = plan.id + "#"
        if any(name.startswith(head) for event in site.events for name in event.implements):
            yield plan_calendar_address(plan.id)


def _column_addresses(node: ColumnNode, settings: Settings) -> Iterator[str]:
    count = page_count(len(node.all), settings.per_page)
    yield from (page_address(node.path, number) for number in range(1, count))
    yield from (archive_address(node.path, year) for year in years_of(node.all))


def has_feed(node: ColumnNode) -> bool:
    """Whether a column has a feed: not where its editor wants none or nothing can be in it."""
    return node.column.column.feed and bool(node.all or node.column.column.holds)


def feed_folders(site: Site) -> Iterator[str]:
    """The folders that have feeds: the site's own (empty), columns, topics, periodicals."""
    yield ""
    for node in (below for top in site.top for below in top.walk()):
        if has_feed(node):
            yield node.path
    yield from sorted(node.topic.id for node in site.topics)
    yield from (p.path for p in site.periodicals if p.holder.periodical.feed)
    yield from (plan.id for plan in site.plans)
