"""Plan pages: every part and clause with its permanent address and what was done for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.converted import ConvertedText
from site_plugins.domain.edition import root_of
from site_plugins.domain.model.parts import Target
from site_plugins.domain.model.records import Plan
from site_plugins.domain.plan import ClauseHtml, PartHtml
from site_plugins.domain.site import Evidence, newest_first
from site_plugins.outputs.pages.entries import Entries, link_to
from site_plugins.outputs.pages.facts import facts_of
from site_plugins.outputs.pages.frame import Frame
from site_plugins.outputs.pages.labels import article_json_ld, content_labels
from site_plugins.outputs.pages.plan_comparison import compared, comparison_link
from site_plugins.outputs.pages.views import (
    FactView,
    PlanClauseView,
    PlanItemView,
    PlanPartView,
    PlanView,
)

_SHORT = 8  # characters of a title on a slip
_BREAK = re.compile(r"[，、：；,:;。 ]")
_NOTHING = Evidence({})


@dataclass(slots=True)
class PlanPages:
    """Makes plan pages."""

    frame: Frame
    entries: Entries

    def page(self, plan: Plan) -> Artifact:
        """The page of a plan."""
        settings = self.frame.edition.settings
        summary = self.entries.summary(plan, 120)
        page = self.frame.view(
            plan.where.address,
            plan.title,
            description=summary,
            breadcrumbs=self.frame.trail(plan.where.column),
            menu=self.frame.menu_of(plan.where.column or plan.where.address),
            labels=content_labels(settings, plan, self.frame.edition.site.column_of(plan)),
            json_ld=article_json_ld(settings, plan, summary, ""),
        )
        return self.frame.page("plan", self.view(plan, plan.where.address), page)

    def view(self, plan: Plan, address: str) -> PlanView:
        """A plan as the page at ``address`` shows it."""
        site = self.frame.edition.site
        html = self.frame.edition.plans[plan.where.path]
        evidence = site.evidence.get(plan.id, _NOTHING)
        root = root_of(address)
        parts = tuple(self._part(plan, part, evidence, root) for part in html.parts)
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
            evidence_count=sum(len(c.evidence) for part in parts for c in part.clauses),
            other_plans=tuple(link_to(other) for other in site.plans if other is not plan),
            comparisons=tuple(
                comparison_link(a, b) for a, b in compared(site.plans) if plan in (a, b)
            ),
        )

    def _html(self, html: str, root: str) -> str:
        return self.frame.edition.html(ConvertedText(html), root)

    def _part(self, plan: Plan, part: PartHtml, evidence: Evidence, root: str) -> PlanPartView:
        return PlanPartView(
            id=part.id,
            number=part.number,
            mark=part.number.strip("、.．（）() ") or part.id,
            title=part.title,
            short=_short(part.title),
            heading_html=self._html(part.heading_html, root),
            intro_html=self._html(part.intro_html, root),
            clauses=tuple(self._clause(plan, c, evidence, root) for c in part.clauses),
        )

    def _clause(
        self, plan: Plan, clause: ClauseHtml, evidence: Evidence, root: str
    ) -> PlanClauseView:
        """A clause with what was promised and done for it or for one of its items."""
        ids = (clause.id, *(item.id for item in clause.items))
        done = {record.where.path: record for i in ids for record in evidence.of(i)}
        return PlanClauseView(
            id=clause.id,
            number=clause.number,
            title=clause.title.rstrip("。：:"),
            html=self._html(clause.html, root),
            items=tuple(
                PlanItemView(id=item.id, html=self._html(item.html, root)) for item in clause.items
            ),
            targets=tuple(_target(t) for t in plan.targets if t.clause in ids),
            evidence=self.entries.all(reversed(newest_first(done.values()))),
        )


def _short(title: str) -> str:
    """A title up to its first mark, for the narrow slip."""
    first = _BREAK.split(title.strip())[0]
    return first if len(first) <= _SHORT else first[:_SHORT]


def _target(target: Target) -> str:
    count = f" {target.count} {target.unit or ''}".rstrip() if target.count is not None else ""
    by = f"，{target.by.label}前" if target.by is not None else ""
    return f"{target.what}{count}{by}"
