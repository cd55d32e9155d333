"""The calendar: what lies ahead, and every year month by month."""

from __future__ import annotations

import calendar
from collections.abc import Sequence

from msgspec import Struct

from site_plugins.domain.agenda import Entry, Phase
from site_plugins.domain.edition import url_of
from site_plugins.domain.generated import (
    CALENDAR,
    CALENDAR_FILE,
    calendar_file,
    calendar_year_address,
    plan_calendar_address,
)
from site_plugins.outputs.pages.days import day_views
from site_plugins.outputs.pages.frame import Frame, PageDraft
from site_plugins.outputs.pages.labels import site_labels
from site_plugins.outputs.pages.views.events import CalendarView, CellView, MonthView
from site_plugins.outputs.pages.views.parts import LinkView

_WEEK = calendar.Calendar(calendar.MONDAY)


class CalendarPages(Struct):
    """Makes the pages of the calendar."""

    frame: Frame

    def calendar(self) -> PageDraft:
        """The calendar's own page: what lies ahead, and the newest year of what is over."""
        agenda = self.frame.edition.agenda
        over = agenda.in_phase(Phase.OVER)
        newest = over[-1].start.day.year if over else None
        recent = [entry for entry in over if entry.start.day.year == newest]
        view = CalendarView(
            title="活动日历",
            text="协商和监督活动：什么时候、在哪里、议什么。点开一场，看谁来了、说了什么、采纳了什么。",
            on=day_views(agenda.in_phase(Phase.ON)),
            ahead=day_views(agenda.in_phase(Phase.AHEAD)),
            shows_ahead=True,
            months=tuple(reversed(_months(recent, newest_first=True))),
            years=self._years(None),
            files=self._files(),
        )
        return self._page(CALENDAR, view)

    def year(self, year: int) -> PageDraft:
        """The calendar of a year."""
        entries = self.frame.edition.agenda.of_year(year)
        view = CalendarView(
            title=f"{year}年活动日历",
            text=f"全年{len(entries)}场。",
            on=(),
            ahead=(),
            shows_ahead=False,
            months=tuple(_months(entries)),
            years=self._years(year),
            files=self._files(),
        )
        return self._page(calendar_year_address(year), view)

    def _page(self, address: str, view: CalendarView) -> PageDraft:
        trail = () if address == CALENDAR else (LinkView(title="活动日历", url=CALENDAR),)
        page = self.frame.view(
            address,
            view.title,
            description=view.text,
            breadcrumbs=trail,
            menu="-",
            labels=site_labels(self.frame.edition.settings),
        )
        return self.frame.page("calendar", view, page)

    def _years(self, current: int | None) -> tuple[LinkView, ...]:
        agenda = self.frame.edition.agenda
        return tuple(
            LinkView(
                title=f"{year}年",
                url=calendar_year_address(year),
                count=len(agenda.of_year(year)),
                current=year == current,
            )
            for year in agenda.years
        )

    def _files(self) -> tuple[LinkView, ...]:
        agenda = self.frame.edition.agenda
        links = [LinkView(title="全部活动", url=CALENDAR_FILE, count=len(agenda.entries))]
        for form, form_id in (agenda.forms or {}).items():
            count = len(agenda.of_form(form))
            links.append(LinkView(title=form, url=calendar_file(form_id), count=count))
        for plan in self.frame.edition.site.plans:
            own = agenda.of_plan(plan.id)
            if own:
                url = url_of(plan_calendar_address(plan.id))
                title = f"落实{plan.year}年计划的活动"
                links.append(LinkView(title=title, url=url, count=len(own)))
        return tuple(links)


def _months(entries: Sequence[Entry], *, newest_first: bool = False) -> list[MonthView]:
    """Months with events, first one first; the events of each in the order asked for."""
    by_month: dict[tuple[int, int], list[Entry]] = {}
    for entry in entries:
        by_month.setdefault((entry.start.day.year, entry.start.day.month), []).append(entry)
    months = []
    for (year, month), those in by_month.items():
        shown = list(reversed(those)) if newest_first else those
        months.append(
            MonthView(
                id=f"m-{year}-{month:02}",
                title=f"{year}年{month}月",
                weeks=_weeks(year, month, those),
                days=day_views(shown),
            )
        )
    return months


def _weeks(
    year: int, month: int, entries: Sequence[Entry]
) -> tuple[tuple[CellView | None, ...], ...]:
    by_day: dict[int, list[Entry]] = {}
    for entry in entries:
        by_day.setdefault(entry.start.day.day, []).append(entry)

    def cell(day: int) -> CellView | None:
        if day == 0:
            return None
        those = by_day.get(day)
        if not those:
            return CellView(day=str(day))
        return CellView(
            day=str(day),
            url=url_of(those[0].record.where.address),
            label=f"{month}月{day}日，{len(those)}场：{those[0].record.title}",
        )

    weeks = _WEEK.monthdayscalendar(year, month)
    return tuple(tuple(cell(day) for day in week) for week in weeks)
