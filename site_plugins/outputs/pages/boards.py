"""The board of a plan: parts and clauses at a glance, what was done lately, what is due; and the
same for other sites to embed."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from site_plugins.domain.edition import url_of
from site_plugins.domain.generated import (
    DATA_PACKAGE,
    FEED_FILES,
    board_address,
    data_address,
    embedded_address,
    feed_address,
    plan_calendar_address,
)
from site_plugins.domain.model.records import Plan
from site_plugins.domain.progress import (
    ClauseProgress,
    Deed,
    Due,
    PartProgress,
    PlanProgress,
    State,
)
from site_plugins.outputs.pages.charts import months_chart, states_chart
from site_plugins.outputs.pages.entries import Entries, date_view, link_to
from site_plugins.outputs.pages.frame import THEME_SCRIPT, Frame, PageDraft, feed_link
from site_plugins.outputs.pages.labels import site_labels
from site_plugins.outputs.pages.standing import state_view, tally_view, target_view
from site_plugins.outputs.pages.views.boards import (
    BoardPartView,
    BoardView,
    DeedView,
    DueView,
    RowView,
)
from site_plugins.outputs.pages.views.frame import PageView
from site_plugins.outputs.pages.views.parts import LinkView, StateView

_TABLES = (("clauses", "各条进展"), ("targets", "目标"), ("evidence", "佐证"))
_FORMATS = dict(zip(FEED_FILES, ("RSS", "Atom", "JSON"), strict=True))


class BoardPages(Struct):
    """Makes the board of a plan and its embeddable form."""

    frame: Frame
    entries: Entries

    def board(self, plan_id: str) -> PageDraft:
        """The board of a plan."""
        plan = self._plan(plan_id)
        view = self.view(plan)
        return self.frame.page("board", view, self._page(plan, view))

    def embedded(self, plan_id: str) -> PageDraft:
        """The board for other sites to embed."""
        plan = self._plan(plan_id)
        view = self.view(plan)
        page = self._page(plan, view, embedded_address(plan.id))
        return self.frame.page("embed", view, replace(page, robots="noindex"))

    def _plan(self, plan_id: str) -> Plan:
        return next(p for p in self.frame.edition.site.plans if p.id == plan_id)

    def _page(self, plan: Plan, view: BoardView, address: str = "") -> PageView:
        settings = self.frame.edition.settings
        feeds = feed_link(view.title, plan.id) if settings.has("feeds") else ()
        return self.frame.view(
            address or board_address(plan.id),
            view.title,
            description=f"《{plan.title}》{view.clause_count}条做到哪一步，逐条可查",
            breadcrumbs=(*self.frame.trail(plan.where.column), link_to(plan)),
            menu=self.frame.menu_of(plan.where.column or plan.where.address),
            labels=site_labels(settings),
            feeds=feeds,
            scripts=() if address else (THEME_SCRIPT + "board.js",),
        )

    def view(self, plan: Plan) -> BoardView:
        """A plan as its board shows it."""
        edition = self.frame.edition
        progress = edition.progress[plan.id]
        most = max((count for part in progress.parts for count in part.by_month), default=0)
        rows = {clause.id: self._row(plan, clause) for clause in progress.clauses()}
        newest = max(
            (r.moment for c in progress.clauses() for r in c.done if r.moment is not None),
            default=None,
        )
        return BoardView(
            title=f"{plan.year}年计划进展",
            plan=link_to(plan),
            year=plan.year,
            clause_count=len(rows),
            evidence_count=progress.evidence_count,
            newest=date_view(newest),
            tally=tally_view(progress.counts),
            filters=tuple(_by_state(progress, rows)),
            parts=tuple(self._part(plan, part, rows, most) for part in progress.parts),
            month=f"{progress.month[0]}年{progress.month[1]}月" if progress.month else "",
            is_over=progress.is_over,
            recent=tuple(self._deed(plan, deed) for deed in progress.recent),
            due=tuple(self._due(plan, due) for due in progress.due),
            planned=tuple(self._deed(plan, deed) for deed in progress.planned),
            url=url_of(board_address(plan.id)),
            embed_url=edition.settings.absolute(url_of(embedded_address(plan.id)))
            or url_of(embedded_address(plan.id)),
            files=tuple(_files(plan)),
            schema_url=DATA_PACKAGE,
            feeds=self._feeds(plan),
            calendar_url=url_of(plan_calendar_address(plan.id))
            if edition.agenda.of_plan(plan.id)
            else "",
            others=tuple(
                LinkView(title=f"{other.year}年", url=url_of(board_address(other.id)))
                for other in edition.site.plans
                if other is not plan
            ),
        )

    def _feeds(self, plan: Plan) -> tuple[LinkView, ...]:
        if not self.frame.edition.settings.has("feeds"):
            return ()
        return tuple(
            LinkView(title=name, url=url_of(feed_address(plan.id, file)))
            for file, name in _FORMATS.items()
        )

    def _part(
        self, plan: Plan, part: PartProgress, rows: dict[str, RowView], most: int
    ) -> BoardPartView:
        return BoardPartView(
            id=part.id,
            title=f"{part.number}{part.title}" or plan.title,
            url=f"{url_of(plan.where.address)}#{part.id}",
            tally=tally_view(part.counts),
            states=states_chart(part),
            months=months_chart(part, most),
            rows=tuple(rows[clause.id] for clause in part.clauses),
        )

    def _row(self, plan: Plan, clause: ClauseProgress) -> RowView:
        newest = clause.done[-1].moment if clause.done else None
        return RowView(
            id=clause.id,
            title=f"{clause.number}{clause.title}",
            url=_clause_url(plan, clause.id),
            state=state_view(clause.state),
            targets=tuple(map(target_view, clause.targets)),
            evidence=len(clause.done),
            newest=date_view(newest),
        )

    def _deed(self, plan: Plan, deed: Deed) -> DeedView:
        words = self.frame.edition.clauses[plan.id]
        return DeedView(
            entry=self.entries.of(deed.record),
            clauses=tuple(
                LinkView(title=words[clause], url=_clause_url(plan, clause))
                for clause in deed.clauses
            ),
        )

    def _due(self, plan: Plan, due: Due) -> DueView:
        return DueView(
            title=self.frame.edition.clauses[plan.id][due.clause.id],
            url=_clause_url(plan, due.clause.id),
            target=target_view(due.target),
        )


def _by_state(
    progress: PlanProgress, rows: dict[str, RowView]
) -> Iterator[tuple[StateView, tuple[RowView, ...]]]:
    for state in State:
        those = tuple(rows[c.id] for c in progress.clauses() if c.state is state)
        if those:
            yield state_view(state, len(those)), those


def _files(plan: Plan) -> Iterator[tuple[str, tuple[LinkView, ...]]]:
    for table, title in _TABLES:
        formats = ("CSV", f"{table}.csv"), ("JSON", f"{table}.json")
        links = (LinkView(title=n, url=url_of(data_address(plan.id, f))) for n, f in formats)
        yield title, tuple(links)


def _clause_url(plan: Plan, clause: str) -> str:
    return f"{url_of(plan.where.address)}#{clause}"
