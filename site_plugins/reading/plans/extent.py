"""Where a plan's parts begin and where its closing begins, and what headings without a number are.

The closing is what no clause continues into. It begins at the earliest of

* a line that says 附件, 附表, 附录 (附：), unless the numbers go on behind it;
* a line across (``---``) behind the last part and the last （一） clause;
* the signature and date that end the text or stand right before one of these, with 特此通知
  before them and （此件公开发布）, 抄送 behind;
* footnote, link and abbreviation definitions at the end of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from site_plugins.domain.plan import Rank
from site_plugins.reading.plans.lines import Nature, SourceLine
from site_plugins.reading.plans.numbers import Style

_ATTACHED = re.compile(
    r"[*_]{0,3}(?:附[件表录]\s*[一二三四五六七八九十\d]{0,3}\s*(?:[：:、．.\s*_]|$)|附\s*[：:])"
)
_DATE = re.compile(
    r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
    r"|[一二][〇○零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_BEHIND_DATE = re.compile(r"[（(][^（()）]{1,30}[）)]|(?:抄送|抄报|分送|主送)\s*[：:].*|.*印发")
_BEFORE_SIGNATURE = re.compile(r"特此(?:通知|通报|报告|函告|公告)[。.]?")
_SENTENCE = re.compile(r"[。；，：！？、,;:!?]")
_SIGNATURE_LENGTH = 30
_SIGNATURE_LINES = 3


class Extent(Struct, frozen=True, kw_only=True):
    """``start`` and ``closing`` are line indexes: of the first opening, of the closing's first.

    A text without any opening has ``start`` behind its last line. ``has_parts`` is False where no
    part is printed. ``headings`` ranks the headings without a number that stand for an opening.
    """

    start: int
    closing: int
    has_parts: bool
    headings: Mapping[int, Rank]


def find_extent(lines: Sequence[SourceLine]) -> Extent:
    """The extent of the plan within its lines."""
    end = _attachments(lines)
    headings = _rank_headings(lines[:end])
    openings = [line for line in lines[:end] if _opens(line) or line.index in headings]
    if not openings:
        return Extent(start=len(lines), closing=len(lines), has_parts=False, headings={})
    parts = [
        line for line in openings if headings.get(line.index) == "part" or _style(line) is Style.HAN
    ]
    start = _first(parts or openings)
    openings = [line for line in openings if line.index >= start]
    end = _rule(lines, openings, headings, end)
    end = _trailing(lines, openings, end)
    kept = {index: rank for index, rank in headings.items() if start <= index < end}
    return Extent(start=start, closing=end, has_parts=bool(parts), headings=kept)


def _first(openings: Sequence[SourceLine]) -> int:
    """The index of the first opening; headings before a printed first number are no openings."""
    numbered = next((line for line in openings if line.marker is not None), openings[0])
    is_first = numbered.marker is not None and numbered.marker.value == 1
    return numbered.index if is_first else openings[0].index


def _style(line: SourceLine) -> Style | None:
    return line.marker.style if line.marker else None


def _opens(line: SourceLine) -> bool:
    return line.marker is not None and not line.nested


def _attachments(lines: Sequence[SourceLine]) -> int:
    """The index of the line that begins the attachments, else behind the last line."""
    following = _next_numbers(lines)
    last: dict[Style, int] = {}
    numbered = False
    for line in lines:
        if line.marker is not None:
            numbered = True
            if line.marker.value is not None:
                last[line.marker.style] = line.marker.value
        elif numbered and line.nature is Nature.PLAIN and _ATTACHED.match(line.body):
            style, value = following[line.index] or (Style.HAN, None)
            if value is None or style not in last or value != last[style] + 1:
                return line.index
    return len(lines)


def _next_numbers(lines: Sequence[SourceLine]) -> list[tuple[Style, int | None] | None]:
    """For each line the next 一、 or （一） behind it."""
    following: list[tuple[Style, int | None] | None] = [None] * len(lines)
    ahead = None
    for line in reversed(lines):
        following[line.index] = ahead
        if line.marker and line.marker.style in (Style.HAN, Style.HAN_BRACKET):
            ahead = (line.marker.style, line.marker.value)
    return following


def _rank_headings(lines: Sequence[SourceLine]) -> dict[int, Rank]:
    """The rank of each heading that carries no number.

    It has the rank of the numbered headings of its level. Where a text prints no part (no
    clause) at all, the highest heading level used twice stands for parts (the level below
    for clauses).
    """
    styles = {_style(line) for line in lines if _opens(line)}
    ranks: dict[Style, Rank] = {Style.HAN: "part", Style.HAN_BRACKET: "clause"}
    ranks[Style.ARABIC] = "item" if Style.HAN_BRACKET in styles else "clause"
    by_level: dict[int, Rank] = {}
    for line in lines:
        if line.level and line.marker and line.marker.style in ranks:
            by_level.setdefault(line.level, ranks[line.marker.style])
    bare = [line for line in lines if line.level and line.body and line.marker is None]
    counts = Counter(line.level for line in bare)
    if Style.HAN not in styles and "part" not in by_level.values():
        level = min((n for n in counts if counts[n] > 1 and n not in by_level), default=None)
        if level is not None and all(level < n for n in by_level):
            by_level[level] = "part"
    top = next((n for n, rank in by_level.items() if rank == "part"), None)
    if top is not None and styles <= {Style.HAN}:
        level = min((n for n in counts if n > top and n not in by_level), default=None)
        if level is not None:
            by_level[level] = "clause"
    return {line.index: by_level[line.level] for line in bare if line.level in by_level}


def _rule(
    lines: Sequence[SourceLine],
    openings: Sequence[SourceLine],
    headings: Mapping[int, Rank],
    end: int,
) -> int:
    """The first line across behind which no part and no clause of the plan's habit follows."""
    high = [
        line.index
        for line in openings
        if line.index in headings or _style(line) in (Style.HAN, Style.HAN_BRACKET)
    ]
    after = high[-1] if high else openings[-1].index
    rules = (line.index for line in lines[after:end] if line.nature is Nature.RULE)
    return next(rules, end)


def _trailing(lines: Sequence[SourceLine], openings: Sequence[SourceLine], end: int) -> int:
    """``end``, moved up over definitions and a signature with its date that stand before it."""
    last = max((line.index for line in openings if line.index < end), default=end)
    # Notes stand before or behind the signature.
    for _ in range(2):
        end = _signature(lines, last, _definitions(lines, last, end))
    return end


def _definitions(lines: Sequence[SourceLine], last: int, end: int) -> int:
    begins = end
    for line in reversed(lines[last + 1 : end]):
        if line.nature is Nature.DEFINITION:
            begins = line.index
        elif line.nature is Nature.PLAIN or line.nature is Nature.OPAQUE:
            break
    return begins


def _signature(lines: Sequence[SourceLine], last: int, end: int) -> int:
    filled = [line for line in lines[last + 1 : end][-12:] if line.nature is not Nature.BLANK]
    while filled and filled[-1].nature is Nature.PLAIN and _BEHIND_DATE.fullmatch(filled[-1].body):
        filled.pop()
    if not filled or not _DATE.fullmatch(filled[-1].body):
        return end
    begins = filled[-1].index
    before = filled[:-1]
    for line in reversed(before[-_SIGNATURE_LINES:]):
        short = line.nature is Nature.PLAIN and 0 < len(line.body) <= _SIGNATURE_LENGTH
        if not short or line.level or line.marker or _SENTENCE.search(line.body):
            break
        begins = line.index
        before = before[:-1]
    if before and _BEFORE_SIGNATURE.fullmatch(before[-1].body):
        begins = before[-1].index
    return begins
