"""Column pages: the column's own page, further pages, year archives."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from site_plugins.domain.edition import root_of, url_of
from site_plugins.domain.generated import archive_address, has_feed, page_address
from site_plugins.domain.site import ColumnNode
from site_plugins.outputs.pages.entries import Entries, by_month
from site_plugins.outputs.pages.frame import Frame, PageDraft, feed_link
from site_plugins.outputs.pages.labels import column_labels
from site_plugins.outputs.pages.views.lists import ColumnView, PagerView
from site_plugins.outputs.pages.views.parts import FeedLink, LinkView


class ColumnPages(Struct):
    """Makes every page of a column."""

    frame: Frame
    entries: Entries

    def newest(self, folder: str) -> PageDraft:
        """The column's own page, with its newest records.

        Just after a page has filled, the newest page alone would hold one entry: readers always
        get a whole page here. 置顶 counts only on this page.
        """
        edition = self.frame.edition
        node = edition.site.columns[folder]
        address = node.column.where.address
        recent = node.all[: edition.settings.per_page]
        pinned = [r for r in node.all if r.pinned]
        shown = (*pinned, *(r for r in recent if not r.pinned), *node.others)
        pages = edition.pages(node).count
        view = ColumnView(
            title=node.column.title,
            intro=node.column.intro or "",
            body_html=edition.html(node.column, root_of(address)),
            layout=node.column.column.layout,
            entries=self.entries.all(shown),
            subcolumns=self._subcolumns(node, counted=True),
            years=self._years(node, None),
            pager=pager(node.column.where.address, pages, pages) if pages > 1 else None,
            feeds=self._feeds(node),
            empty="" if shown else "本栏目暂无内容，新稿件发布后会出现在这里。",
            total=len(node.all) + len(node.others),
        )
        trail = self.frame.trail(_above(node.path))
        return self._finish(node, address, node.column.title, view, trail)

    def page(self, folder: str, number: int) -> PageDraft:
        """A further page. Once full it never changes: nothing on it counts what is newer."""
        edition = self.frame.edition
        node = edition.site.columns[folder]
        pages = edition.pages(node)
        view = ColumnView(
            title=node.column.title,
            intro=node.column.intro or "",
            layout=node.column.column.layout,
            entries=self.entries.all(pages.page(number)),
            subcolumns=self._subcolumns(node, counted=False),
            years=self._years(node, 0),
            pager=pager(node.column.where.address, pages.count, number),
            feeds=self._feeds(node),
        )
        title = f"{node.column.title}（第{number}页）"
        trail = self.frame.trail(_above(node.path))
        return self._finish(node, page_address(node.path, number), title, view, trail)

    def archive(self, folder: str, year: int) -> PageDraft:
        """The archive of a year."""
        edition = self.frame.edition
        node = edition.site.columns[folder]
        entries = self.entries.all(edition.pages(node).year(year))
        view = ColumnView(
            title=f"{node.column.title}：{year}年",
            layout=node.column.column.layout,
            entries=entries,
            groups=by_month(entries),
            subcolumns=self._subcolumns(node, counted=False),
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
    ) -> PageDraft:
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

    def _subcolumns(self, node: ColumnNode, *, counted: bool) -> tuple[LinkView, ...]:
        """The whole of the top column and its sub-columns; the current one marked."""
        top = self.frame.edition.site.trail(node.path)[0]
        if not top.children:
            return ()
        return tuple(
            LinkView(
                title=f"全部{one.column.title}" if one is top else one.column.title,
                url=url_of(one.column.where.address),
                current=one.path == node.path,
                count=_count(one) if counted else None,
            )
            for one in top.walk()
        )

    def _years(self, node: ColumnNode, current: int | None) -> tuple[LinkView, ...]:
        """The year archives, with counts on the column's own page alone (``current`` None)."""
        pages = self.frame.edition.pages(node)
        counts = pages.years if current is None else dict.fromkeys(pages.years_alone)
        return tuple(
            LinkView(
                title=f"{year}年",
                url=url_of(archive_address(node.path, year)),
                current=year == current,
                count=counts[year],
            )
            for year in counts
        )


def _count(node: ColumnNode) -> int:
    return len(node.all) + sum(len(below.others) for below in node.walk())


def _above(path: str) -> str:
    return path.rpartition("/")[0]


def pager(own: str, total: int, number: int) -> PagerView:
    """The pager of page ``number`` (counted from the oldest) of ``total``.

    ``own`` is the address of the list itself, where the newest page stands.
    """

    def url(page: int) -> str:
        return url_of(own if page == total else page_address(own.rstrip("/"), page))

    items: list[LinkView | None] = []
    for page in _shown(total, number):
        if page is None:
            items.append(None)
        else:
            label = "最新" if page == total else str(page)
            items.append(LinkView(title=label, url=url(page), current=page == number))
    return PagerView(
        number=number,
        total=total if number == total else None,
        newer=url(number + 1) if number < total else None,
        older=url(number - 1) if number > 1 else None,
        items=tuple(items),
    )


def _shown(total: int, number: int) -> Iterator[int | None]:
    """Page numbers from the newest down: both ends, the neighbours, None for what is left out.

    Away from the newest pages they do not depend on how many there are.
    """
    wanted = {total, 1, *range(max(1, number - 1), min(total, number + 1) + 1)}
    if number >= total - 2:
        wanted |= {total - 1, total - 2, total - 3}
    if number <= 3:
        wanted |= {2, 3, 4}
    before = total + 1
    for page in sorted((page for page in wanted if 1 <= page <= total), reverse=True):
        if before - page > 1:
            yield None
        yield page
        before = page
