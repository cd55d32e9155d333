"""What is known of one Markdown file: its front matter, its converted text, its faults.

A sheet depends on the file's bytes and path, on its surroundings and on settings, and on nothing
else of the site: it may be made anywhere and remembered until one of these changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from msgspec import Struct, field, msgpack
from msgspec.structs import replace

from site_plugins.domain.catalogue import problem
from site_plugins.domain.converted import ConversionError, ConvertedText, TextFacts
from site_plugins.domain.model.holders import Holder
from site_plugins.domain.model.records import (
    Body,
    Consultation,
    Member,
    Plan,
    Record,
    Supervision,
    Topic,
)
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
    there is none. ``fixed`` is a digest of all but mere words (see :func:`with_text`), 0 where its
    words may concern other texts. ``names`` are the content paths that the file names; ``clauses``
    a plan's clauses in a few words, by id, ``plan`` the plan itself.
    """

    made: _Made | None = None
    problems: tuple[Problem, ...] = ()
    unread: bool = False
    breaks: bool = False
    told: str = ""
    text: str = ""
    fixed: int = 0
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
    """The sheet of what was read, with its text.

    Mere words are the titles, the summary and who wrote a text, and what it says between its links
    and anchors. Nothing that a text is to others hangs on them: not where it stands, nor what may
    link to it, nor what is wrong elsewhere. What is shown of them elsewhere is noted like any look.
    """
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
    names = tuple(_names(made, facts))
    sheet: Sheet = SheetOf(
        made=made,
        problems=tuple(problems),
        unread=reading.unread,
        breaks=reading.breaks,
        told=_digest(made),
        text=(facts.digest or "empty") if facts is not None else "",
        fixed=_fixed(made, facts, names) if isinstance(made, Record) and not problems else 0,
        names=names,
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


_WORDS: Mapping[str, str | None] = {
    "title": "",
    "kicker": None,
    "subtitle": None,
    "source": None,
    "source_url": None,
    "author": None,
    "editor": None,
    "summary": None,
}
"""Keys of a record that are mere words, and what stands for them where they do not count."""

_NAMED = (Plan, Topic, Member, Body, Consultation, Supervision)
"""Kinds whose words other texts, or their places, are made from."""


def _fixed(made: Record, facts: TextFacts | None, names: tuple[str, ...]) -> int:
    """All of a text but mere words, in 56 bits; 0 where words may concern other texts."""
    where = made.where
    if isinstance(made, _NAMED) or made.aliases or made.implements or made.event:
        # Pages of old addresses show the title, a plan's progress names its evidence.
        return 0
    if where.path.endswith("index.md"):
        return 0
    plain = replace(made, where=replace(where, lines={}, body_line=1), **_WORDS)
    ids, links, removed = (facts.ids, facts.links, facts.removed) if facts else ((), (), ())
    told = (type(made).__name__, plain, names, facts is None, ids, links, removed)
    return int.from_bytes(blake2b(msgpack.encode(told), digest_size=7).digest(), "big") or 1


def _names(made: Owner, facts: TextFacts | None) -> Iterator[str]:
    named = dict.fromkeys(files_of(made))
    for link in facts.links if facts is not None else ():
        if link.target.kind == "internal":
            named[link.target.path] = None
    yield from named
