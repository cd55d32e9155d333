"""Pages that show two plans side by side: ``/plans/2023/compare/2022/``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from site_plugins.domain.edition import url_of
from site_plugins.domain.generated import compared_plans, comparison_address
from site_plugins.domain.model.records import Plan
from site_plugins.domain.plan_comparison import (
    ComparedClause,
    Fate,
    Pair,
    Section,
    Stretch,
    compare_plans,
    differences,
)
from site_plugins.outputs.pages.entries import link_to
from site_plugins.outputs.pages.frame import Frame, PageDraft
from site_plugins.outputs.pages.labels import site_labels
from site_plugins.outputs.pages.views.comparisons import (
    ComparedPartView,
    ComparedView,
    ComparisonView,
    PairView,
)
from site_plugins.outputs.pages.views.parts import LinkView

_LABELS = {Fate.CONTINUED: "延续", Fate.NEW: "新增", Fate.DROPPED: "不再列入"}
_TENTHS = "零一二三四五六七八九"


class PlanComparisonPages(Struct):
    """Makes a page for every two plans, the later one first in its address."""

    frame: Frame

    def page(self, later_id: str, earlier_id: str) -> PageDraft:
        """The page of two plans, by their ids."""
        plans = {plan.id: plan for plan in self.frame.edition.site.plans}
        later, earlier = plans[later_id], plans[earlier_id]
        view = self.view(later, earlier)
        page = self.frame.view(
            comparison_address(later.id, earlier.id),
            view.title,
            description=f"{view.later.title}与{view.earlier.title}逐条对照：" + _told(view.counts),
            breadcrumbs=(*self.frame.trail(later.where.column), link_to(later)),
            menu=self.frame.menu_of(later.where.column or later.where.address),
            labels=site_labels(self.frame.edition.settings),
        )
        return self.frame.page("plan-comparison", view, page)

    def view(self, later: Plan, earlier: Plan) -> ComparisonView:
        """What the page shows."""
        found = compare_plans(
            self.frame.edition.plan_texts[later.id], self.frame.edition.plan_texts[earlier.id]
        )
        names = _names(later, earlier)
        site = self.frame.edition.site
        return ComparisonView(
            title=f"{names[0]}与{names[1]}对照",
            later=link_to(later),
            earlier=link_to(earlier),
            later_year=names[0],
            earlier_year=names[1],
            counts=tuple((fate.value, _LABELS[fate], found.count(fate)) for fate in Fate),
            parts=tuple(_part(s, later, earlier, names) for s in found.sections),
            others=tuple(
                comparison_link(a, b)
                for a, b in compared_plans(site.plans)
                if later in (a, b) and (a, b) != (later, earlier)
            ),
        )


def comparison_link(later: Plan, earlier: Plan) -> LinkView:
    """A link to the page of two plans."""
    names = _names(later, earlier)
    url = url_of(comparison_address(later.id, earlier.id))
    return LinkView(title=f"{names[0]}与{names[1]}对照", url=url)


def _names(later: Plan, earlier: Plan) -> tuple[str, str]:
    return f"{later.year}年", f"{earlier.year}年"


def _told(counts: Sequence[tuple[str, str, int]]) -> str:
    return "，".join(f"{label} {count} 条" for _, label, count in counts)


def _part(section: Section, later: Plan, earlier: Plan, names: tuple[str, str]) -> ComparedPartView:
    renamed = section.earlier if section.earlier != section.later else ""
    return ComparedPartView(
        title=section.later or section.earlier,
        earlier=renamed if section.later else "",
        pairs=tuple(_pair(pair, section, later, earlier, names) for pair in section.pairs),
    )


def _pair(
    pair: Pair, section: Section, later: Plan, earlier: Plan, names: tuple[str, str]
) -> PairView:
    new, old = pair.later, pair.earlier
    texts = ["\n".join(c.paragraphs) if c is not None else "" for c in (new, old)]
    shown = differences(*texts)
    rewritten = new is not None and old is not None and not any(s.is_same for s in shown[0])
    if rewritten or new is None or old is None:
        # Where nothing is the same, marking everything would tell nothing.
        shown = ((Stretch(texts[0], True),), (Stretch(texts[1], True),))
    return PairView(
        fate=pair.fate.value,
        label=_LABELS[pair.fate],
        note="".join(_notes(pair, section, rewritten=rewritten)),
        later=_side(new, shown[0], later, names[0]),
        earlier=_side(old, shown[1], earlier, names[1]),
    )


def _notes(pair: Pair, section: Section, *, rewritten: bool) -> Iterator[str]:
    if pair.later is None or pair.earlier is None:
        return
    tenths = round(pair.alike * 10)
    if rewritten and pair.later.title:
        yield "标题相近，正文另写"
    else:
        yield "文字相同" if pair.alike == 1 else f"文字约{_TENTHS[max(1, min(tenths, 9))]}成相近"
    if pair.earlier.part != section.earlier:
        yield f"，原在“{pair.earlier.part}”"


def _side(
    clause: ComparedClause | None, shown: Sequence[Stretch], plan: Plan, name: str
) -> ComparedView | None:
    if clause is None:
        return None
    return ComparedView(
        number=clause.number,
        title=clause.title,
        url=f"{url_of(plan.where.address)}#{clause.id}",
        mark=f"{name} §{clause.id}",
        paragraphs=tuple(filter(None, _paragraphs(shown))),
    )


def _paragraphs(stretches: Sequence[Stretch]) -> Iterator[tuple[Stretch, ...]]:
    """The stretches of a text cut where its paragraphs end."""
    paragraph: list[Stretch] = []
    for stretch in stretches:
        first, *more = stretch.text.split("\n")
        if first:
            paragraph.append(Stretch(first, stretch.is_same))
        for text in more:
            yield tuple(paragraph)
            paragraph = [Stretch(text, stretch.is_same)] if text else []
    yield tuple(paragraph)
