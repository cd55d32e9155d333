"""What the text of a plan is: its clauses, its faults, its HTML in parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from site_plugins.checks.plan_ids import check_fixed_ids
from site_plugins.checks.plans import check_plan
from site_plugins.domain.converted import ConvertedText
from site_plugins.domain.model.records import Plan
from site_plugins.domain.plan import WHOLE, PlanHtml, PlanText
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings
from site_plugins.reading.plans.fixed import parse_fixed_plan
from site_plugins.reading.plans.marks import without_marks
from site_plugins.reading.plans.markup import mark_up
from site_plugins.reading.plans.pieces import split_html
from site_plugins.reading.plans.text import ParsedPlan


class ReadPlan(Struct, frozen=True):
    """The text of a plan: ``body`` as written, ``parsed``, and the ``problems`` with it.

    ``clauses`` are its clauses in a few words, by id; ``path`` is the content file.
    """

    path: str
    body: str
    parsed: ParsedPlan
    clauses: Mapping[str, str]
    problems: tuple[Problem, ...]

    @property
    def text(self) -> PlanText:
        """The plan itself."""
        return self.parsed.plan

    def converted(self, convert: Callable[[str, str], ConvertedText]) -> ConvertedText:
        """The text converted by ``convert``, with an anchor at each clause.

        Raises:
            ConversionError: the text is nested too deeply.
        """
        parsed = self.parsed
        text = convert(mark_up(self.body, parsed), self.path)
        # Clauses are anchors too; their marks are not words.
        ids = text.ids | {entry.id for entry in parsed.plan.entries() if entry.id != WHOLE}
        ids |= {old for those in parsed.former.values() for old in those}
        blocks = tuple(filter(None, map(without_marks, text.blocks)))
        return replace(text, ids=ids, blocks=blocks, characters=sum(map(len, blocks)))


def read_plan(body: str, plan: Plan, settings: Settings) -> ReadPlan:
    """Read and check the text of a plan."""
    parsed = parse_fixed_plan(body, plan.where.body_line, plan.ids)
    problems = chain(
        check_plan(parsed, body, plan.where, settings), check_fixed_ids(parsed, plan, settings)
    )
    return ReadPlan(plan.where.path, body, parsed, _clause_words(parsed), tuple(problems))


def plan_html(body: str, plan: Plan, html: str) -> PlanHtml:
    """The HTML of a plan in parts; it is parsed again, for plans are few and seldom shown anew."""
    return split_html(html, parse_fixed_plan(body, plan.where.body_line, plan.ids))


def _clause_words(parsed: ParsedPlan) -> dict[str, str]:
    """Every clause's and item's id with its number and title."""
    words = {}
    for part in parsed.plan.parts:
        head = part.number.strip("、.．")
        for clause in part.clauses:
            title = (clause.title or clause.text[:20]).rstrip("。：:")
            words[clause.id] = f"{head}{clause.number}{title}"
            for item in clause.items:
                words[item.id] = f"{words[clause.id]} {item.number}{item.title.rstrip('。：:')}"
    former = ((old, new) for new, those in parsed.former.items() for old in those)
    words |= {old: words[new] for old, new in former if new in words}
    return words
