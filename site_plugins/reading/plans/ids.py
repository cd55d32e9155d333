"""The ids of a plan's numbers, and the slips that real plans contain.

A number that is missing or was already used among its siblings takes the next one after its
predecessor's that no sibling prints, so that every printed number keeps its id.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from site_plugins.domain.plan import Rank

SlipKind = Literal["duplicate_number", "missing_number", "skipped_number", "backward_number"]


class Numbered(Struct, frozen=True, kw_only=True):
    """A part, clause or item before it has an id: what its line prints."""

    rank: Rank
    value: int | None
    printed: str
    title: str
    line: int


class PlanSlip(Struct, frozen=True, kw_only=True):
    """A slip in the numbers of a plan.

    * ``duplicate_number``: ``printed`` was used before, at ``first_line``;
    * ``missing_number``: the line prints none; ``printed`` is empty (or the empty brackets);
    * ``skipped_number``: the numbers ``expected`` … before ``printed`` are left out;
    * ``backward_number``: ``printed`` is lower than what stands before it.

    ``id`` is the id given, ``parent`` that of what the number stands in (empty for a part),
    ``expected`` the number that would have been in order, ``line`` the line in the file.
    """

    kind: SlipKind
    rank: Rank
    line: int
    printed: str
    title: str
    id: str
    parent: str
    expected: int
    first_line: int | None = None


def assign_numbers(
    siblings: Sequence[Numbered], parent: str, goes_on: int = 1
) -> tuple[list[str], list[PlanSlip]]:
    """The ids of ``siblings`` in their order, unique among them, and the slips they contain.

    ``parent`` is the id before the hyphen; empty for the parts of a plan. ``goes_on`` is the number
    that would be in order beside 1: the clauses of a part may go on where the part before ended.
    """
    printed = {sibling.value for sibling in siblings}
    first_use: dict[int, int] = {}
    ids: list[str] = []
    slips: list[PlanSlip] = []
    given = 0
    expected = 1
    also = goes_on  # after a number printed twice, the one that follows it is in order as well
    for sibling in siblings:
        value = sibling.value
        kind = _slip(value, (expected, also), first_use)
        if value is not None and value not in first_use:
            given = value
        else:
            given = _next_free(given, printed, first_use)
        ids.append(f"{parent}-{given}" if parent else str(given))
        if kind is not None:
            slips.append(
                PlanSlip(
                    kind=kind,
                    rank=sibling.rank,
                    line=sibling.line,
                    printed=sibling.printed,
                    title=sibling.title,
                    id=ids[-1],
                    parent=parent,
                    expected=expected,
                    first_line=None if value is None else first_use.get(value),
                )
            )
        first_use.setdefault(given, sibling.line)
        in_place = value is None or kind == "duplicate_number"
        also = expected + 1 if value is None else value + 1
        expected = expected + 1 if in_place else also
    return ids, slips


def _slip(value: int | None, in_order: tuple[int, int], used: dict[int, int]) -> SlipKind | None:
    if value is None:
        return "missing_number"
    if value in used:
        return "duplicate_number"
    if value in in_order:
        return None
    return "skipped_number" if value > in_order[0] else "backward_number"


def _next_free(predecessor: int, printed: set[int | None], used: dict[int, int]) -> int:
    number = predecessor + 1
    while number in printed or number in used:
        number += 1
    return number
