"""sitemap.xml with true dates, robots.txt, the table of old addresses with a query."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from html import escape as escape_html

from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.digests import digest_of
from site_plugins.domain.edition import Edition, url_of
from site_plugins.domain.generated import (
    CALENDAR,
    archive_address,
    board_address,
    calendar_year_address,
    compared_plans,
    comparison_address,
    years_of,
)
from site_plugins.domain.model.records import Record
from site_plugins.domain.redirects import aliased, has_query
from site_plugins.domain.settings import Settings
from site_plugins.domain.shelves import Question
from site_plugins.domain.site import Evidence, Site, spans_of_years

escape = partial(escape_html, quote=False)

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PER_FILE = 50_000  # the protocol's limit


class SitemapUnit:
    """sitemap.xml; none where the site has no address. Above 50,000 pages it becomes an index.

    It lists addresses and dates alone, and is made anew only where these have changed.
    """

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._look: Question[str] = Question(
            edition.book,
            "sitemap",
            answer=lambda what: "",
            fact=lambda what: self._look.digest(),
            digest=lambda: edition.lasting_digest("sitemap", self._digest),
        )

    def _digest(self) -> str:
        return digest_of(*(f"{address} {date}" for address, date in self._entries))

    @cached_property
    def _entries(self) -> list[tuple[str, str]]:
        """Address and date of each page."""
        return sorted(dict(_pages(self._edition.plain)).items())

    def __call__(self) -> Iterator[Artifact]:
        """The files."""
        self._look("")
        if self._edition.settings.url:
            yield from _sitemap(self._edition.settings, self._entries)


def _sitemap(settings: Settings, entries: Sequence[tuple[str, str]]) -> Iterator[Artifact]:
    parts = [entries[i : i + _PER_FILE] for i in range(0, len(entries), _PER_FILE)]
    if len(parts) <= 1:
        yield Artifact("sitemap.xml", _urlset(settings, entries))
        return
    rows = []
    for number, part in enumerate(parts, 1):
        name = f"sitemap-{number}.xml"
        yield Artifact(name, _urlset(settings, part))
        rows.append(f"<sitemap><loc>{escape(settings.absolute(name))}</loc></sitemap>\n")
    index = f'<sitemapindex xmlns="{_NAMESPACE}">\n{"".join(rows)}</sitemapindex>\n'
    yield Artifact("sitemap.xml", (_HEAD + index).encode("utf-8"))


def _urlset(settings: Settings, entries: Sequence[tuple[str, str]]) -> bytes:
    root = escape(settings.absolute(""))
    # Nothing is left in an address that XML would take for a sign.
    rows = [
        f"<url><loc>{root}{url_of(address)}</loc><lastmod>{date}</lastmod></url>\n"
        if date
        else f"<url><loc>{root}{url_of(address)}</loc></url>\n"
        for address, date in entries
    ]
    return f'{_HEAD}<urlset xmlns="{_NAMESPACE}">\n{"".join(rows)}</urlset>\n'.encode()


def _pages(site: Site) -> Iterator[tuple[str, str]]:
    """Address and date of last change of every page that search engines should know."""
    updated = site.updated.day.isoformat() if site.updated else ""
    yield "", updated
    for record in site.records.values():
        if address := record.where.address:
            yield address, _date(record)
    for plan in site.plans:
        named = site.evidence.get(plan.id, Evidence({})).by_clause.values()
        newest_deed = max((_date(r) for those in named for r in those), default=_date(plan))
        yield board_address(plan.id), newest_deed
    for later, earlier in compared_plans(site.plans):
        yield comparison_address(later.id, earlier.id), _date(later)
    for year in years_of(site.events):
        yield calendar_year_address(year), ""
        yield CALENDAR, ""
    for node in site.columns.values():
        records = node.all
        yield node.column.where.address, _date(records[0]) if records else ""
        for year, span in spans_of_years(records).items():
            yield archive_address(node.path, year), _date(records[span.start])
    for periodical in site.periodicals:
        issues = periodical.issues
        newest_issue = issues[0].holder.issue.published if issues else None
        yield periodical.path + "/", newest_issue.day.isoformat() if newest_issue else ""
        for issue in issues:
            published = issue.holder.issue.published
            yield issue.path + "/", published.day.isoformat() if published else ""


def _date(record: Record) -> str:
    # An event's day may lie ahead; then the day on which it was announced counts.
    moment = record.published or record.moment
    return moment.at.date().isoformat() if moment is not None else ""


def robots(edition: Edition) -> Artifact:
    """robots.txt: everything may be read, the sitemap is named."""
    lines = ["User-agent: *", "Allow: /"]
    if edition.settings.url:
        lines += ["", f"Sitemap: {edition.settings.absolute('sitemap.xml')}"]
    return Artifact("robots.txt", ("\n".join(lines) + "\n").encode("utf-8"))


def redirects(edition: Edition) -> Artifact | None:
    """redirects.json: old addresses with a query, which only a web server can lead on."""
    table = {
        alias: edition.settings.base + url_of(owner.where.address)
        for owner in aliased(edition.site)
        for alias in owner.aliases
        if has_query(alias)
    }
    if not table:
        return None
    text = json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True)
    return Artifact("redirects.json", (text + "\n").encode("utf-8"))
