"""The outline of a site: from it the very site comes back, its records read when looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from hypothesis import given, settings

from site_plugins.build.outline import pack_outline, unpack_outline
from site_plugins.build.outlined_site import OutlinedSite
from site_plugins.build.preparation import prepare
from site_plugins.build.sheets import Sheet, SheetOf
from site_plugins.domain.model.records import Record
from site_plugins.domain.site import Site
from tests.changing_site import WHOLE, edits
from tests.site_in_memory import NOW, Files, workshop
from tests.site_in_memory import settings as site_settings


def _paths(records: Sequence[Record]) -> list[str]:
    return [record.where.path for record in records]


def _told(site: Site) -> Mapping[str, object]:
    """All that a site holds, records by their paths."""
    return {
        "updated": site.updated,
        "columns": {
            path: (
                node.column,
                [child.path for child in node.children],
                *map(_paths, (node.own, node.all, node.others)),
            )
            for path, node in site.columns.items()
        },
        "order of columns": list(site.columns),
        "top": [node.path for node in site.top],
        "records": dict(site.records),
        "order of records": list(site.records),
        "notices": dict(site.notices),
        "hidden": site.hidden,
        "faulty": site.faulty,
        "rows": [
            _paths(row) for row in (site.pages, site.plans, site.events, site.listed, site.renamed)
        ],
        "reports": {event: _paths(those) for event, those in site.reports.items()},
        "topics": [(node.topic, _paths(node.records)) for node in site.topics],
        "periodicals": [
            (
                periodical.holder,
                [
                    (
                        issue.holder,
                        [(title, _paths(those)) for title, those in issue.sections],
                        _paths(issue.articles),
                    )
                    for issue in periodical.issues
                ],
            )
            for periodical in site.periodicals
        ],
        "issue of": {path: issue.path for path, issue in site.issue_of.items()},
        "tags": {name: (tag.id, _paths(tag.records)) for name, tag in site.tags.items()},
        "evidence": {
            plan: {clause: _paths(those) for clause, those in each.by_clause.items()}
            for plan, each in site.evidence.items()
        },
        "addresses": list(site.addresses.items()),
    }


def _back(files: Files, now: datetime) -> tuple[Site, Site, list[str]]:
    """A site, the one that its outline gives, and the sheets that were read for that so far."""
    tools = workshop(files)
    prepared = prepare(site_settings(), now, tools)
    site = prepared.edition.plain
    every = {r.where.path: r for r in site.records.values()}
    every |= {path: record for path, (record, _) in site.notices.items()}
    made: dict[str, object] = {**every}
    made |= {node.column.where.path: node.column for node in site.columns.values()}
    for periodical in site.periodicals:
        made[periodical.holder.where.path] = periodical.holder
        for issue in periodical.issues:
            made[issue.holder.where.path] = issue.holder
            made |= {article.where.path: article for article in issue.articles}
    read: list[str] = []

    def sheet(path: str) -> Sheet:
        read.append(path)
        return SheetOf(made=made[path])  # type: ignore[arg-type]

    outline = unpack_outline(pack_outline(prepared.outline()))
    assert outline is not None
    return site, OutlinedSite(outline, list(files), sheet).site(), read


@settings(max_examples=60)
@given(edits())
def test_the_site_comes_back(states: list[tuple[Files, datetime]]) -> None:
    for files, now in states:
        site, back, _ = _back(files, now)
        assert _told(back) == _told(site)


def test_articles_are_not_read_before_they_are_looked_at() -> None:
    _, back, read = _back(WHOLE, NOW)
    assert not any(path.startswith("news/more/") for path in read)
    assert back.records["news/more/1.md"].title == "稿1"
    assert "news/more/1.md" in read
    assert "news/more/2.md" not in read


def test_bytes_that_are_no_outline_are_none() -> None:
    assert unpack_outline(b"") is None
    assert unpack_outline(b"\x00") is None
    assert (
        unpack_outline(pack_outline(prepare(site_settings(), NOW, workshop(WHOLE)).outline())[1:])
        is None
    )


def test_no_name_of_what_is_not_public_stands_in_it() -> None:
    secret = "---\ntitle: 密\ndate: 2022-01-01\nsource: 某\nstatus: draft\n---\n秘。\n"
    files = {**WHOLE, "news/secret-name.md": secret, "hidden-folder/other-name.md": secret}
    packed = pack_outline(prepare(site_settings(), NOW, workshop(files)).outline())
    for name in ("secret-name", "hidden-folder", "other-name", "密"):
        assert name.encode() not in packed
