"""What ``jianyan plan show`` says: the JSON answer and the outline for reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from site_plugins.domain.plan import Clause, Item, Part, PlanText

_EXCERPT = 24


def plan_answer(title: str, year: int | None, plan: PlanText) -> dict[str, Any]:
    """The plan as ``plan show --json`` prints it; joined, its texts are the source's characters."""
    return {
        "title": title,
        "year": year,
        "preamble": plan.preamble,
        "parts": [
            {
                **_entry(part),
                "clauses": [
                    {**_entry(clause), "items": [_entry(item) for item in clause.items]}
                    for clause in part.clauses
                ],
            }
            for part in plan.parts
        ],
        "closing": plan.closing,
    }


def _entry(entry: Part | Clause | Item) -> dict[str, Any]:
    return {
        "id": entry.id,
        "number": entry.number,
        "title": entry.title,
        "text": entry.text,
    }


def plan_outline(title: str, year: int | None, plan: PlanText) -> str:
    """The plan's outline for reading: a line each with id, number, title and how many items.

    Ids stand in a column; clauses are set in below their part. Ends with a line end.
    """
    parts = [part for part in plan.parts if not part.is_whole]
    clauses = list(plan.clauses())
    items = sum(len(clause.items) for clause in clauses)
    counts = [f"{len(parts)} 个部分"] if parts else []
    counts.append(f"{len(clauses)} 条")
    if items:
        counts.append(f"{items} 项")
    head = title if year is None or str(year) in title else f"{title}（{year}年）"
    lines = [head, "，".join(counts)]
    width = max([len(part.id) for part in parts] + [len(clause.id) for clause in clauses] + [0])
    for part in plan.parts:
        if not part.is_whole:
            lines += ["", f"{part.id:<{width}}  {_words(part)}"]
        lines += _clause_lines(part.clauses, width)
    return "\n".join(lines) + "\n"


def _clause_lines(clauses: Sequence[Clause], width: int) -> list[str]:
    return [
        f"{clause.id:<{width}}    {_words(clause)}"
        + (f"　{len(clause.items)} 项" if clause.items else "")
        for clause in clauses
    ]


def _words(entry: Part | Clause) -> str:
    words = entry.title.rstrip("。：") or " ".join(entry.text.split())
    if not entry.title and len(words) > _EXCERPT:
        words = words[:_EXCERPT] + "…"
    return f"{entry.number}{words}"
