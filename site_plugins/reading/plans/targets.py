"""Targets that a plan's text promises: numbers with units, frequencies, days.

Nothing here decides: each proposal names the words it was read from and their place, and an editor
accepts it. A number counts as promised where, in the same stretch between two commas,

* a verb of doing stands before it (召开4次…, 征集提案200件), or
* words such as 不少于 or 每季度 stand with it, or
* the stretch ends with it (集体学习12次), or it is a percentage.

A day counts where a stretch names one and what is to be done by then (6月底前迁入新址).
What is left open (X次, 若干项) is told and not proposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from site_plugins.domain.likeness import text_likeness
from site_plugins.domain.model.parts import Target
from site_plugins.domain.moments import Moment, moment_of
from site_plugins.domain.plan_ids import entry_title
from site_plugins.reading.plans.deadlines import Deadline, find_deadlines
from site_plugins.reading.plans.lines import Nature
from site_plugins.reading.plans.promises import LONGEST, noun_of, read_number
from site_plugins.reading.plans.quantities import find_frequency, find_open, find_quantities
from site_plugins.reading.plans.text import ParsedPlan
from site_plugins.reading.plans.verbs import BARE_VERBS, VERB

_STRETCH = re.compile(r"[^，。；！？：,;!?\n]+")
_SENTENCE = re.compile(r"[^。；！？;!?\n]+")
_FLOOR = re.compile(r"至少|不少于|不低于")
_BARE = re.compile(
    rf"(?:基本|全面|全部)?(?:建成|到位|结束|落实|办结|做完|印发|出台|启动|{'|'.join(sorted(BARE_VERBS))})"
)
_SAME_WHAT = 0.6


class Reading(Struct, frozen=True, kw_only=True):
    """Where in the file something was read: the words, the line and the column of their first
    character, both from 1."""

    words: str
    line: int
    column: int


class Proposal(Struct, frozen=True, kw_only=True):
    """A target as the text promises it; ``day`` are the words that its day was read from (empty:
    the end of the plan's year), ``times`` those of a frequency (每季度).

    ``is_new`` is False where the plan already has it.
    """

    target: Target
    title: str
    read: Reading
    day: str = ""
    times: str = ""
    is_new: bool = True


class Open(Struct, frozen=True, kw_only=True):
    """A number that the text leaves open, in the clause of that id."""

    clause: str
    title: str
    read: Reading


class TargetReading(Struct, frozen=True, kw_only=True):
    """Everything that was read, in the order of the text."""

    proposals: tuple[Proposal, ...]
    open: tuple[Open, ...]


def read_targets(
    parsed: ParsedPlan, year: int | None, present: Sequence[Target], first_line: int
) -> TargetReading:
    """Proposes targets for a plan's clauses and items.

    Args:
        year: the plan's year, for days; without it no day is read.
        present: the targets that the plan has already.
        first_line: the number of the text's first line in its file.
    """
    told: list[Proposal] = []
    left_open: list[Open] = []
    for line in _lines(parsed, first_line):
        for proposal in line.proposals(year):
            if not any(_is_same(proposal.target, other.target) for other in told):
                is_new = not any(_is_same(proposal.target, other) for other in present)
                told.append(replace(proposal, is_new=is_new))
        left_open += line.left_open()
    return TargetReading(proposals=tuple(told), open=tuple(left_open))


def _is_same(one: Target, other: Target) -> bool:
    """Whether two targets promise the same: an editor may have changed number or words."""
    if one.clause != other.clause:
        return False
    if one.what == other.what or text_likeness(one.what, other.what) >= _SAME_WHAT:
        return True
    # One of the two only names the thing more closely.
    contained = one.what in other.what or other.what in one.what
    return (one.count, one.unit) == (other.count, other.unit) and contained


class _Line(Struct, frozen=True):
    """A line of a clause: its words from ``start`` on, behind number and title marks."""

    clause: str
    title: str
    raw: str
    start: int
    line: int

    def proposals(self, year: int | None) -> Iterator[Proposal]:
        for sentence in _SENTENCE.finditer(self.raw, self.start):
            days = find_deadlines(sentence[0], year) if year is not None else ()
            numbered: list[int] = []  # where the stretches with a number begin
            for stretch in _STRETCH.finditer(sentence[0]):
                at = sentence.start() + stretch.start()
                found = list(self._numbers(stretch[0], at, _day_of(days, stretch), year))
                numbered += [stretch.start()] * bool(found)
                yield from found
            yield from self._days(sentence, days, numbered)

    def left_open(self) -> Iterator[Open]:
        for words, at in find_open(self.raw[self.start :]):
            stretch = re.compile(r"[^，。；！？：,;!?]*").match(self.raw, self.start + at)
            shown = stretch[0][:LONGEST] if stretch else words
            yield Open(clause=self.clause, title=self.title, read=self._read(shown, at))

    def _read(self, words: str, at: int) -> Reading:
        return Reading(words=words, line=self.line, column=self.start + at + 1)

    def _numbers(
        self, stretch: str, at: int, day: Deadline | None, year: int | None
    ) -> Iterator[Proposal]:
        numbers = list(find_quantities(stretch))
        for index, number in enumerate(numbers):
            left = numbers[index - 1].end if index else 0
            right = numbers[index + 1].start if index + 1 < len(numbers) else len(stretch)
            read = read_number(stretch, number, left, right)
            if read is None:
                continue
            what, start, end = read
            times = find_frequency(stretch, number.start)
            count = number.count * (times.times if times is not None and number.unit != "%" else 1)
            by = day.day if day is not None else date(year, 12, 31) if year is not None else None
            start = min(start, times.start) if times is not None else start
            floor = _FLOOR.search(stretch, 0, number.start) is not None
            target = Target(
                clause=self.clause,
                what=what or self.title,
                count=count,
                unit=number.unit,
                by=_moment(by),
                at_least=number.at_least or floor,
            )
            if day is not None and 0 <= stretch.find(day.words) < start:
                start = stretch.find(day.words)
            words = stretch[start:end].strip()
            start += len(stretch[start:end]) - len(stretch[start:end].lstrip())
            yield Proposal(
                target=target,
                title=self.title,
                read=Reading(words=words, line=self.line, column=at + start + 1),
                day=day.words if day is not None else "",
                times=times.words if times is not None else "",
            )

    def _days(
        self, sentence: re.Match[str], days: Sequence[Deadline], numbered: Sequence[int]
    ) -> Iterator[Proposal]:
        """What a sentence promises by a day without a number."""
        text = sentence[0]
        for day in days:
            if not day.is_firm or not _is_promise(text, day):
                continue
            rest = _STRETCH.match(text, day.end) or _STRETCH.search(text, day.end)
            if rest is None or rest.start() > day.end + 1 or _begin(text, rest) in numbered:
                continue
            phrase = rest[0]
            what = noun_of(phrase)
            if not what or not VERB.search(what):
                continue
            what = f"{self.title}：{what}" if _BARE.fullmatch(what) else what
            start = sentence.start() + day.start
            yield Proposal(
                target=Target(clause=self.clause, what=what[:LONGEST], by=_moment(day.day)),
                title=self.title,
                read=Reading(
                    words=text[day.start : rest.end()].strip(), line=self.line, column=start + 1
                ),
                day=day.words,
            )


def _begin(sentence: str, within: re.Match[str]) -> int:
    """Where the stretch begins that holds a place."""
    stretches = _STRETCH.finditer(sentence)
    return next(s.start() for s in stretches if s.start() <= within.start() < s.end())


def _moment(day: date | None) -> Moment | None:
    return None if day is None else moment_of(day.isoformat())


def _is_promise(text: str, day: Deadline) -> bool:
    """底前, 年内, 上半年 and quarters promise; a bare 3月 only says when."""
    return re.search(r"前|内|底|末|半年|季度", day.words) is not None


def _day_of(days: Sequence[Deadline], stretch: re.Match[str]) -> Deadline | None:
    """The day that holds for a stretch of its sentence: its own, else the last one before it."""
    within = [d for d in days if stretch.start() <= d.start < stretch.end()]
    before = [d for d in days if d.end <= stretch.start()]
    return within[-1] if within else before[-1] if before else None


def _lines(parsed: ParsedPlan, first_line: int) -> Iterator[_Line]:
    """The lines of every clause and item, number and marks of their openings passed over."""
    titles = {e.id: entry_title(e) for e in parsed.plan.entries()}
    openings = {opening.index: opening for opening in parsed.openings}
    current = ""
    for line in parsed.lines[: parsed.closing]:
        opening = openings.get(line.index)
        start = 0
        if opening is not None:
            current = opening.id if opening.rank != "part" else ""
        if line.marker is not None:
            start = _after(line.raw, line.marker.printed)
        if current and line.nature in (Nature.PLAIN, Nature.MARKUP):
            yield _Line(current, titles[current], line.raw, start, line.index + first_line)


def _after(raw: str, number: str) -> int:
    """The place behind a number whose white space was left out."""
    at = 0
    for char in number:
        at = raw.index(char, at) + 1
    return at
