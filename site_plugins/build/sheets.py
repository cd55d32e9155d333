"""What is known of one Markdown file: its front matter, its converted text, its faults.

A sheet depends on the file's bytes and path, on its surroundings and on settings, and on nothing
else of the site: it may be made anywhere and remembered until one of these changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from msgspec import Struct, field, msgpack

from site_plugins.domain.catalogue import problem
from site_plugins.domain.converted import ConversionError, ConvertedText, TextFacts
from site_plugins.domain.model.holders import Holder
from site_plugins.domain.model.records import Plan, Record
from site_plugins.domain.named_files import files_of
from site_plugins.domain.plan import PlanText
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings
from site_plugins.reading.markdown_file import Reading, Surroundings, read_file
from site_plugins.reading.sources import Source

if TYPE_CHECKING:
    from site_plugins.build.plan_texts import ReadPlan

Owner = Holder | Record


class ConvertText(Protocol):
    """Converts the Markdown of a content file."""

    def __call__(self, markdown: str, path: str) -> ConvertedText:
        """The converted text.

        Raises:
            ConversionError: the text is nested too deeply.
        """


_Made = TypeVar("_Made", covariant=True)


class SheetOf(Struct, Generic[_Made], frozen=True, array_like=True, kw_only=True):
    """What the rest of the site knows of a file at all times.

    ``made``, ``problems``, ``unread`` and ``breaks`` are those of
    :class:`~site_plugins.reading.markdown_file.Reading`, the problems with those of the text.
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
    plan = _read_plan(reading.body, made, settings) if isinstance(made, Plan) else None
    problems = [*reading.problems, *(plan.problems if plan is not None else ())]
    text = None
    if reading.body.strip():
        path = made.where.path
        try:
            text = plan.converted(convert) if plan is not None else convert(reading.body, path)
        except ConversionError as error:
            told = settings.content_name + path
            problems.append(problem("JY056", told, made.where.body_line, reason=str(error)))
            text = ConvertedText("")
    facts = text.facts if text is not None else None
    sheet: Sheet = SheetOf(
        made=made,
        problems=tuple(problems),
        unread=reading.unread,
        breaks=reading.breaks,
        told=_digest(made),
        text=(facts.digest or "empty") if facts is not None else "",
        names=tuple(_names(made, facts)),
        clauses=plan.clauses if plan is not None else {},
        plan=plan.text if plan is not None else None,
    )
    return FullSheet(sheet, facts, text)


def _read_plan(body: str, plan: Plan, settings: Settings) -> ReadPlan:
    # Loaded here: most edits touch no plan, and it takes as long as many texts.
    from site_plugins.build.plan_texts import read_plan

    return read_plan(body, plan, settings)


def _digest(made: Owner) -> str:
    written = type(made).__name__.encode("ascii") + msgpack.encode(made)
    return blake2b(written, digest_size=10).hexdigest()


def _names(made: Owner, facts: TextFacts | None) -> Iterator[str]:
    named = dict.fromkeys(files_of(made))
    for link in facts.links if facts is not None else ():
        if link.target.kind == "internal":
            named[link.target.path] = None
    yield from named
