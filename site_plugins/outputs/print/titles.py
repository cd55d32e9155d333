"""A title broken into lines where its sense allows, of lengths that look well centred.

GB/T 9704-2012, 7.3.1: a broken title keeps its words whole, its lines are balanced.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

from site_plugins.outputs.print.atoms import Atom
from site_plugins.outputs.print.lines import Line, may_part, width_of

_MOST_LINES = 5

# Behind these words, and before those, a title's parts meet. Names of bodies, years, and what
# sort of document it is; no dictionary could be complete, and a miss costs a plainer break.
_BEHIND = re.compile(r"(?:委员会|办公室|政协|人大|政府|党组|常委会|[》”）])$")
_BEFORE = re.compile(
    r"(?:关于|印发|贯彻|20\d\d|[一二三四五六七八九十]+届|第[一二三四五六七八九十\d]"
    r"|(?:年度)?(?:工作|协商|监督|调研)(?:要点|计划|报告|方案|总结|意见)|实施|[《“（])"
)
_HOLDS_ON = re.compile(r"(?:关于|印发|转发|贯彻|落实|做好|加强|推进|[和与及、])$")
_GOOD, _PLAIN, _BAD = 0.0, 3.0, 6.0
_UNEVEN = 0.3  # for each character that the longest line has more than the shortest


def title_lines(title: Sequence[Atom], measure: float) -> tuple[Line, ...]:
    """The lines of a title, at most ``measure`` cells wide each; where the editor broke the line,
    it is broken there alone."""
    given = _given(title)
    if len(given) > 1:
        return tuple(line for part in given for line in _break(part, measure))
    return _break(given[0], measure) if given else ()


def _given(title: Sequence[Atom]) -> list[list[Atom]]:
    parts: list[list[Atom]] = [[]]
    for atom in title:
        if atom.ends_line:
            parts.append([])
        else:
            parts[-1].append(atom)
    return [part for part in parts if part]


def _break(title: Sequence[Atom], measure: float) -> tuple[Line, ...]:
    if width_of(title) <= measure:
        return (Line(tuple(title), 0),)
    places = [at for at in range(1, len(title)) if may_part(title[at - 1], title[at])]
    for count in range(2, _MOST_LINES + 1):
        if width_of(title) > count * measure:
            continue
        cuts = min(
            (cuts for cuts in combinations(places, count - 1) if _fits(title, cuts, measure)),
            key=lambda cuts: _cost(title, cuts),
            default=None,
        )
        if cuts is not None:
            return tuple(Line(tuple(line), 0) for line in _cut(title, cuts))
    return _greedy(title, measure)


def _cut(title: Sequence[Atom], cuts: Sequence[int]) -> list[Sequence[Atom]]:
    ends = (0, *cuts, len(title))
    return [title[a:b] for a, b in pairwise(ends)]


def _fits(title: Sequence[Atom], cuts: Sequence[int], measure: float) -> bool:
    return all(width_of(line) <= measure for line in _cut(title, cuts))


def _cost(title: Sequence[Atom], cuts: Sequence[int]) -> float:
    """Unevenness of the lines, and how much each break hurts the sense."""
    widths = [width_of(line) for line in _cut(title, cuts)]
    return _UNEVEN * (max(widths) - min(widths)) + sum(_hurt(title, cut) for cut in cuts)


def _hurt(title: Sequence[Atom], cut: int) -> float:
    before = "".join(atom.text for atom in title[:cut])
    after = "".join(atom.text for atom in title[cut:])
    if _HOLDS_ON.search(before):
        return _BAD
    if _BEFORE.match(after) or _BEHIND.search(before):
        return _GOOD
    # Nothing is known of the words here; 的 and 年 belong to what stands before them.
    return _BAD if after[0] in "的年月日和与及届次" else _PLAIN


def _greedy(title: Sequence[Atom], measure: float) -> tuple[Line, ...]:
    lines: list[list[Atom]] = [[]]
    for atom in title:
        if lines[-1] and width_of(lines[-1]) + atom.width > measure:
            lines.append([])
        lines[-1].append(atom)
    return tuple(Line(tuple(line), 0) for line in lines)
