"""Column pages: the column's own page, further pages, year archives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.edition import root_of, url_of
from site_plugins.domain.generated import (
    archive_address,
    has_feed,
    page_address,
    pages_of,
    years_of,
)
from site_plugins.domain.model.records import Record
from site_plugins.domain.site import ColumnNode
from site_plugins.outputs.pages.entries import Entries, by_month
from site_plugins.outputs.pages.frame import Frame, feed_link
from site_plugins.outputs.pages.labels import column_labels
from site_plugins.outputs.pages.views import ColumnView, FeedLink, LinkView, PagerView

_SHOWN_PAGES = 7


@dataclass(slots=True)
class ColumnPages:
    """Makes every page of a column."""

    frame: Frame
    entries: Entries

    def of(self, node: ColumnNode) -> Iterator[Artifact]:
        """The column's own page, its further pages and its archives."""
        pages = pages_of(node.all, self.frame.edition.settings.per_page)
        newest = len(pages)
        yield self._page(node, pages, newest)
        for number in range(1, newest):
            yield self._page(node, pages, number)
        for year in years_of(node.all):
            yield self._archive(node, year)

    def _page(self, node: ColumnNode, pages: Sequence[Sequence[Record]], number: int) -> Artifact:
        newest = len(pages)
        own = number == newest
        edition = self.frame.edition
        address = node.column.where.address if own else page_address(node.path, number)
        records = list(pages[number - 1]) if pages else []
        if own:
            # Just after a page has filled, the newest page alone would hold one entry: readers
            # always get a whole page here. 置顶 counts only on this page.
            records = list(node.all[: edition.settings.per_page])
            pinned = [r for r in node.all if r.pinned]
            records = pinned + [r for r in records if not r.pinned]
        shown = (*records, *(node.others if own else ()))
        view = ColumnView(
            title=node.column.title,
            intro=node.column.intro or "",
            body_html=edition.html(edition.text_of(node.column), root_of(address)) if own else "",
            layout=node.column.column.layout,
            entries=self.entries.all(shown),
            subcolumns=self._subcolumns(node),
            years=self._years(node, None),
            pager=_pager(node, newest, number) if newest > 1 else None,
            feeds=self._feeds(node),
            empty="" if shown else "本栏目暂无内容，新稿件发布后会出现在这里。",
            total=len(node.all) + len(node.others),
        )
        title = node.column.title if own else f"{node.column.title}（第{newest - number + 1}页）"
        return self._finish(node, address, title, view, self.frame.trail(_above(node.path)))

    def _archive(self, node: ColumnNode, year: int) -> Artifact:
        records = [r for r in node.all if r.moment is not None and r.moment.day.year == year]
        entries = self.entries.all(records)
        view = ColumnView(
            title=f"{node.column.title}：{year}年",
            layout=node.column.column.layout,
            entries=entries,
            groups=by_month(entries),
            subcolumns=self._subcolumns(node),
            years=self._years(node, year),
            feeds=self._feeds(node),
            total=len(entries),
        )
        address = archive_address(node.path, year)
        return self._finish(node, address, view.title, view, self.frame.trail(node.path))

    def _finish(
        self,
        node: ColumnNode,
        address: str,
        title: str,
        view: ColumnView,
        trail: tuple[LinkView, ...],
    ) -> Artifact:
        page = self.frame.view(
            address,
            title,
            description=node.column.intro or "",
            breadcrumbs=trail,
            menu=self.frame.menu_of(node.path),
            feeds=self._feeds(node),
            labels=column_labels(self.frame.edition.settings, node.column),
        )
        return self.frame.page("column", view, page)

    def _feeds(self, node: ColumnNode) -> tuple[FeedLink, ...]:
        has = self.frame.edition.settings.has("feeds") and has_feed(node)
        return feed_link(node.column.title, node.path) if has else ()

    def _subcolumns(self, node: ColumnNode) -> tuple[LinkView, ...]:
        """The whole of the top column and its sub-columns, with counts; the current one marked."""
        top = self.frame.edition.site.trail(node.path)[0]
        if not top.children:
            return ()
        return tuple(
            LinkView(
                title=f"全部{one.column.title}" if one is top else one.column.title,
                url=url_of(one.column.where.address),
                current=one.path == node.path,
                count=len(one.all) + sum(len(node.others) for node in one.walk()),
            )
            for one in top.walk()
        )

    def _years(self, node: ColumnNode, current: int | None) -> tuple[LinkView, ...]:
        counts: dict[int, int] = {}
        for record in node.all:
            if record.moment is not None:
                counts[record.moment.day.year] = counts.get(record.moment.day.year, 0) + 1
        return tuple(
            LinkView(
                title=f"{year}年",
                url=url_of(archive_address(node.path, year)),
                current=year == current,
                count=counts[year],
            )
            for year in sorted(counts, reverse=True)
        )


def _above(path: str) -> str:
    return path.rpartition("/")[0]


def _pager(node: ColumnNode, total: int, number: int) -> PagerView:
    """The pager of page ``number`` (counted from the oldest) of ``total``."""

    def url(page: int) -> str:
        own = node.column.where.address
        return url_of(own if page == total else page_address(node.path, page))

    items: list[LinkView | None] = []
    for page in _shown(total, number):
        if page is None:
            items.append(None)
        else:
            # Readers count from the newest: what they see first is page 1.
            label = str(total - page + 1)
            items.append(LinkView(title=label, url=url(page), current=page == number))
    return PagerView(
        number=total - number + 1,
        total=total,
        newer=url(number + 1) if number < total else None,
        older=url(number - 1) if number > 1 else None,
        items=tuple(items),
    )


def _shown(total: int, number: int) -> Iterator[int | None]:
    """Page numbers from the newest down: both ends, the neighbours, None for what is left out."""
    if total <= _SHOWN_PAGES:
        yield from range(total, 0, -1)
        return
    wanted = {total, 1, *range(max(1, number - 1), min(total, number + 1) + 1)}
    if number >= total - 2:
        wanted |= {total - 1, total - 2, total - 3}
    if number <= 3:
        wanted |= {2, 3, 4}
    before = total + 1
    for page in sorted(wanted, reverse=True):
        if before - page > 1:
            yield None
        yield page
        before = page
