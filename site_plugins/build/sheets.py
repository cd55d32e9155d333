"""What is known of one Markdown file: its front matter, its converted text, its faults.

A sheet depends on the file's bytes and path, on its surroundings and on settings, and on nothing
else of the site: it may be made anywhere and remembered until one of these changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic, Protocol, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from site_plugins.checks.plan_ids import check_fixed_ids
from site_plugins.checks.plans import check_plan
from site_plugins.domain.catalogue import problem
from site_plugins.domain.converted import ConversionError, ConvertedText, TextFacts
from site_plugins.domain.model.holders import Holder
from site_plugins.domain.model.records import Plan, Record
from site_plugins.domain.named_files import files_of
from site_plugins.domain.noting import digest_of
from site_plugins.domain.plan import WHOLE, PlanText
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings
from site_plugins.reading.content import Reading, Source, Surroundings, read_file
from site_plugins.reading.plans.fixed import parse_fixed_plan
from site_plugins.reading.plans.marks import without_marks
from site_plugins.reading.plans.markup import mark_up
from site_plugins.reading.plans.text import ParsedPlan

Owner = Holder | Record


class ConvertText(Protocol):
    """Converts the Markdown of a content file."""

    def __call__(self, markdown: str, path: str) -> ConvertedText:
        """The converted text.

        Raises:
            ConversionError: the text is nested too deeply.
        """


_Made = TypeVar("_Made", covariant=True)


class SheetOf(Struct, Generic[_Made], frozen=True, kw_only=True):
    """What the rest of the site knows of a file at all times.

    ``made``, ``problems``, ``unread`` and ``breaks`` are those of
    :class:`~site_plugins.reading.content.Reading`, the problems with those of the text.
    ``told`` and ``text`` are digests of front matter and converted text, ``text`` empty where
    there is none. ``names`` are the content paths that the file names; ``clauses`` a plan's
    clauses in a few words, by id, ``plan`` the plan itself.
    """

    made: _Made | None = None
    problems: tuple[Problem, ...] = ()
    unread: bool = False
    breaks: bool = False
    told: str = ""
    text: str = ""
    names: tuple[str, ...] = ()
    clauses: Mapping[str, str] = field(default_factory=dict)
    plan: PlanText | None = None


Sheet = SheetOf[Owner]
"""A sheet of whatever kind."""


class FullSheet(Struct, frozen=True):
    """A sheet with its text: what others know of the text, and the text itself."""

    sheet: Sheet
    facts: TextFacts | None = None
    text: ConvertedText | None = None


def make_sheet(
    source: Source, around: Surroundings, settings: Settings, convert: ConvertText
) -> FullSheet:
    """Read a file and convert its text."""
    reading = read_file(source, around, settings)
    return with_text(reading, settings, convert)


def with_text(reading: Reading, settings: Settings, convert: ConvertText) -> FullSheet:
    """The sheet of what was read, with its text."""
    made = reading.made
    if made is None:
        return FullSheet(
            SheetOf(problems=reading.problems, unread=reading.unread, breaks=reading.breaks)
        )
    problems = list(reading.problems)
    plan: ParsedPlan | None = None
    clauses: Mapping[str, str] = {}
    if isinstance(made, Plan):
        plan = parse_fixed_plan(reading.body, made.where.body_line, made.ids)
        clauses = clause_words(plan)
        problems += check_plan(plan, reading.body, made.where, settings)
        problems += check_fixed_ids(plan, made, settings)
    text = None
    if reading.body.strip():
        try:
            text = _converted(reading.body, made, plan, convert)
        except ConversionError as error:
            told = settings.content_name + made.where.path
            problems.append(problem("JY056", told, made.where.body_line, reason=str(error)))
            text = ConvertedText("")
    facts = text.facts if text is not None else None
    sheet: Sheet = SheetOf(
        made=made,
        problems=tuple(problems),
        unread=reading.unread,
        breaks=reading.breaks,
        told=digest_of(repr(made)),
        text=(facts.digest or "empty") if facts is not None else "",
        names=tuple(_names(made, facts)),
        clauses=clauses,
        plan=plan.plan if plan is not None else None,
    )
    return FullSheet(sheet, facts, text)


def _converted(
    body: str, made: Owner, plan: ParsedPlan | None, convert: ConvertText
) -> ConvertedText:
    path = made.where.path
    if plan is None:
        return convert(body, path)
    text = convert(mark_up(body, plan), path)
    # Clauses are anchors too; their marks are not words.
    ids = text.ids | {entry.id for entry in plan.plan.entries() if entry.id != WHOLE}
    ids |= {old for those in plan.former.values() for old in those}
    blocks = tuple(filter(None, map(without_marks, text.blocks)))
    return replace(text, ids=ids, blocks=blocks, characters=sum(map(len, blocks)))


def _names(made: Owner, facts: TextFacts | None) -> Iterator[str]:
    named = dict.fromkeys(files_of(made))
    for link in facts.links if facts is not None else ():
        if link.target.kind == "internal":
            named[link.target.path] = None
    yield from named


def clause_words(parsed: ParsedPlan) -> dict[str, str]:
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
