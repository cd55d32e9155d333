"""Plan pages: every part and clause with its permanent address and what was done for it."""

from __future__ import annotations

import re

from msgspec import Struct

from site_plugins.domain.edition import root_of, url_of
from site_plugins.domain.generated import board_address, compared_plans
from site_plugins.domain.model.records import Plan
from site_plugins.domain.plan import ClauseHtml, PartHtml
from site_plugins.domain.progress import ClauseProgress, PlanProgress
from site_plugins.outputs.pages.entries import Entries, link_to
from site_plugins.outputs.pages.facts import facts_of
from site_plugins.outputs.pages.frame import Frame, PageDraft
from site_plugins.outputs.pages.labels import article_json_ld, content_labels, labels_around
from site_plugins.outputs.pages.plan_comparison import comparison_link
from site_plugins.outputs.pages.standing import standing_view, state_view, tally_view
from site_plugins.outputs.pages.views.parts import FactView
from site_plugins.outputs.pages.views.plans import (
    PlanClauseView,
    PlanItemView,
    PlanPartView,
    PlanView,
)

_SHORT = 8  # characters of a title on a slip
_BREAK = re.compile(r"[，、：；,:;。 ]")


class PlanPages(Struct):
    """Makes plan pages."""

    frame: Frame
    entries: Entries

    def page(self, plan_id: str) -> PageDraft:
        """The page of a plan."""
        plan = next(p for p in self.frame.edition.site.plans if p.id == plan_id)
        settings = self.frame.edition.settings
        summary = self.entries.summary(plan, 120)
        column = self.frame.edition.site.column_of(plan)
        page = self.frame.view(
            plan.where.address,
            plan.title,
            description=summary,
            breadcrumbs=self.frame.trail(plan.where.column),
            menu=self.frame.menu_of(plan.where.column or plan.where.address),
            labels=content_labels(labels_around(settings, column), plan),
            json_ld=article_json_ld(settings, plan, summary, ""),
        )
        return self.frame.page("plan", self.view(plan, plan.where.address), page)

    def view(self, plan: Plan, address: str) -> PlanView:
        """A plan as the page at ``address`` shows it."""
        site = self.frame.edition.site
        html = self.frame.edition.plan_html(plan)
        progress = self.frame.edition.progress[plan.id]
        root = root_of(address)
        parts = tuple(self._part(part, progress, root) for part in html.parts)
        facts = facts_of(plan)
        if plan.date is not None:
            facts = (FactView(label="发布", value=plan.date.label), *facts)
        return PlanView(
            title=plan.title,
            year=plan.year,
            facts=facts,
            preamble_html=self._html(html.preamble_html, root),
            parts=parts,
            closing_html=self._html(html.closing_html, root),
            attachments=self.entries.attachments(plan, plan.attachments),
            clause_count=sum(len(part.clauses) for part in parts),
            evidence_count=progress.evidence_count,
            other_plans=tuple(link_to(other) for other in site.plans if other is not plan),
            tally=tally_view(progress.counts),
            board_url=url_of(board_address(plan.id)),
            comparisons=tuple(
                comparison_link(a, b) for a, b in compared_plans(site.plans) if plan in (a, b)
            ),
        )

    def _html(self, html: str, root: str) -> str:
        return self.frame.edition.linked(html, root)

    def _part(self, part: PartHtml, progress: PlanProgress, root: str) -> PlanPartView:
        followed = [progress.clause(clause.id) for clause in part.clauses]
        return PlanPartView(
            id=part.id,
            number=part.number,
            mark=part.number.strip("、.．（）() ") or part.id,
            title=part.title,
            short=_short(part.title),
            heading_html=self._html(part.heading_html, root),
            intro_html=self._html(part.intro_html, root),
            clauses=tuple(
                self._clause(clause, own, root)
                for clause, own in zip(part.clauses, followed, strict=True)
            ),
            states=tuple(state_view(own.state) for own in followed if own is not None),
        )

    def _clause(
        self, clause: ClauseHtml, progress: ClauseProgress | None, root: str
    ) -> PlanClauseView:
        """A clause with what was promised and done for it or for one of its items."""
        return PlanClauseView(
            id=clause.id,
            number=clause.number,
            title=clause.title.rstrip("。：:"),
            html=self._html(clause.html, root),
            items=tuple(
                PlanItemView(id=item.id, html=self._html(item.html, root)) for item in clause.items
            ),
            standing=standing_view(progress, self.entries) if progress is not None else None,
            evidence=self.entries.all(progress.done if progress is not None else ()),
        )


def _short(title: str) -> str:
    """A title up to its first mark, for the narrow slip."""
    first = _BREAK.split(title.strip())[0]
    return first if len(first) <= _SHORT else first[:_SHORT]
