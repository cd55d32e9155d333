"""The wall of a periodical and the pages of its issues."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from site_plugins.domain.edition import root_of, url_of
from site_plugins.domain.model.holders import PeriodicalHolder
from site_plugins.domain.model.records import PeriodicalArticle
from site_plugins.domain.named_files import AUTOMATIC, pictures_of
from site_plugins.domain.site import Issue, Periodical
from site_plugins.outputs.pages.entries import Entries, date_view
from site_plugins.outputs.pages.frame import Frame, PageDraft, feed_link
from site_plugins.outputs.pages.labels import site_labels
from site_plugins.outputs.pages.views.parts import FactView, FeedLink, ImageView, LinkView
from site_plugins.outputs.pages.views.periodicals import (
    CoverView,
    IssueView,
    PeriodicalView,
    SectionView,
)


class PeriodicalPages(Struct):
    """Makes the pages of periodicals."""

    frame: Frame
    entries: Entries

    def wall(self, path: str) -> PageDraft:
        """The wall of covers."""
        periodical = self._periodical(path)
        holder, keys = periodical.holder, periodical.holder.periodical
        address = holder.where.address
        edition = self.frame.edition
        years: dict[str, list[CoverView]] = {}
        for issue in periodical.issues:
            cover = self.cover(periodical, issue)
            years.setdefault(cover.year, []).append(cover)
        newest = periodical.issues[0] if periodical.issues else None
        view = PeriodicalView(
            title=f"《{holder.title}》",
            intro=keys.intro or "",
            body_html=edition.html(holder, root_of(address)),
            facts=_facts(holder),
            newest=self.issue(periodical, newest, address) if newest else None,
            years=tuple((year, tuple(covers)) for year, covers in years.items()),
            style=keys.style,
            feeds=self._feeds(periodical),
        )
        page = self.frame.view(
            address,
            holder.title,
            description=keys.intro or "",
            menu=self.frame.menu_of(periodical.path),
            feeds=self._feeds(periodical),
            labels=site_labels(edition.settings),
        )
        return self.frame.page("periodical", view, page)

    def issue_page(self, path: str) -> PageDraft:
        """The page of an issue, by its folder."""
        periodical = self._periodical(path.rpartition("/")[0])
        issues = list(periodical.issues)
        at = next(i for i, issue in enumerate(issues) if issue.path == path)
        issue = issues[at]
        newer = issues[at - 1] if at else None
        older = issues[at + 1] if at + 1 < len(issues) else None
        address = issue.holder.where.address
        view = replace(
            self.issue(periodical, issue, address),
            older=_link(older) if older else None,
            newer=_link(newer) if newer else None,
        )
        page = self.frame.view(
            address,
            f"《{periodical.holder.title}》{issue.holder.title}",
            description=issue.holder.issue.theme or "",
            breadcrumbs=(_link(periodical),),
            menu=self.frame.menu_of(periodical.path),
            feeds=self._feeds(periodical),
            labels=site_labels(self.frame.edition.settings),
        )
        return self.frame.page("issue", view, page)

    def _periodical(self, path: str) -> Periodical:
        return next(p for p in self.frame.edition.site.periodicals if p.path == path)

    def issue(self, periodical: Periodical, issue: Issue, address: str) -> IssueView:
        """An issue as the page at ``address`` shows it."""
        keys = issue.holder.issue
        edition = self.frame.edition
        facts = [
            ("出版日期", keys.published.label if keys.published else ""),
            ("期号", f"总第{keys.total_number}期" if keys.total_number else ""),
            ("本期主题", keys.theme or ""),
            ("文章", f"{len(issue.articles)}篇"),
        ]
        return IssueView(
            cover=self.cover(periodical, issue),
            title=issue.holder.title,
            facts=tuple(FactView(label=label, value=value) for label, value in facts if value),
            sections=tuple(self._section(issue, *section) for section in issue.sections),
            body_html=edition.html(issue.holder, root_of(address)),
            colophon=tuple(line for line in (keys.colophon or "").splitlines() if line.strip()),
            attachments=self.entries.attachments(issue.holder, keys.attachments),
            older=None,
            newer=None,
            readable=issue.is_readable,
            periodical=_link(periodical),
        )

    def _section(
        self, issue: Issue, title: str, articles: Sequence[PeriodicalArticle]
    ) -> SectionView:
        views = []
        for article in articles:
            entry = replace(self.entries.of(article), note=_first_page(article.pages))
            # The contents of an issue that is not readable lead nowhere and quote nothing.
            hidden = replace(entry, url="", summary="", image=None)
            views.append(entry if issue.is_readable else hidden)
        return SectionView(title=title, articles=tuple(views))

    def cover(self, periodical: Periodical, issue: Issue) -> CoverView:
        """The cover: the file the issue names, or words for a drawn one."""
        keys = issue.holder.issue
        return CoverView(
            url=url_of(issue.holder.where.address),
            title=issue.holder.title,
            name=periodical.holder.title,
            number=f"第{keys.number}期",
            year=str(keys.year),
            theme=keys.theme or "",
            style=periodical.holder.periodical.style,
            image=self._cover_picture(issue),
            published=date_view(keys.published),
            total_number=f"总第{keys.total_number}期" if keys.total_number else "",
        )

    def _cover_picture(self, issue: Issue) -> ImageView | None:
        cover = issue.holder.issue.cover
        if not cover or cover == AUTOMATIC:
            return None
        named = next(p for p in pictures_of(issue.holder) if p.key == "issue.cover")
        return self.entries.picture(issue.holder, named.file, named.alt)

    def _feeds(self, periodical: Periodical) -> tuple[FeedLink, ...]:
        keys = periodical.holder.periodical
        has = self.frame.edition.settings.has("feeds") and keys.feed
        return feed_link(periodical.holder.title, periodical.path) if has else ()


_REGISTRATION = {"cn": "国内统一连续出版物号", "internal": "内部资料准印证"}


def _facts(holder: PeriodicalHolder) -> tuple[FactView, ...]:
    keys = holder.periodical
    pairs = (
        ("编印", keys.organiser),
        (_REGISTRATION.get(keys.registration, "登记号"), keys.number),
        ("ISSN", keys.issn),
        ("CN", keys.cn),
        ("刊期", keys.frequency),
        ("创办", f"{keys.founded}年" if keys.founded else None),
    )
    return tuple(FactView(label=label, value=value) for label, value in pairs if value)


def _first_page(pages: str | None) -> str:
    return (pages or "").replace("–", "-").partition("-")[0].strip()


def _link(holder: Periodical | Issue) -> LinkView:
    return LinkView(title=holder.holder.title, url=url_of(holder.path + "/"))
