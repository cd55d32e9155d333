"""What ``jianyan plan targets`` says: proposals with the words that they were read from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from site_plugins.domain.model.parts import Target
from site_plugins.reading.plans.targets import Proposal, Reading, TargetReading


def target_values(target: Target) -> dict[str, Any]:
    """A target as front matter says it."""
    return {
        "clause": target.clause,
        "what": target.what,
        "count": target.count,
        "unit": target.unit,
        "at_least": target.at_least,
        "by": target.by.iso if target.by is not None else None,
    }


def targets_answer(title: str, year: int | None, read: TargetReading) -> dict[str, Any]:
    """The JSON answer: ``targets`` in the order of the text, and what the text leaves ``open``.

    ``number`` is what ``--accept`` takes; ``state`` is ``new`` or ``present``.
    """
    return {
        "title": title,
        "year": year,
        "targets": [
            {
                "number": number,
                "state": "new" if proposal.is_new else "present",
                **target_values(proposal.target),
                "clause_title": proposal.title,
                **_place(proposal.read),
                "day_words": proposal.day,
                "frequency_words": proposal.times,
            }
            for number, proposal in enumerate(read.proposals, 1)
        ],
        "open": [
            {"clause": left.clause, "clause_title": left.title, **_place(left.read)}
            for left in read.open
        ],
    }


def _place(read: Reading) -> dict[str, Any]:
    return {"words": read.words, "line": read.line, "column": read.column}


def targets_outline(read: TargetReading) -> str:
    """The same for reading: two lines a proposal; ends with a line end unless it is empty."""
    lines = []
    for number, proposal in enumerate(read.proposals, 1):
        state = "" if proposal.is_new else "（已有）"
        told = f"{proposal.target.clause}  {target_words(proposal.target)}{state}"
        lines += [f"{number:>3}  {told}", f"     {_where(proposal.read)}{_notes(proposal)}"]
    if read.open:
        lines += ["", "原文没有写定，读不出数的："]
        lines += [f"     {left.clause}  {_where(left.read)}" for left in read.open]
    return "".join(line + "\n" for line in lines)


def target_words(target: Target) -> str:
    """``双月协商座谈会 不少于 4 次，2022-12-31 前``."""
    told = target.what
    if target.count is not None:
        floor = "不少于 " if target.at_least else ""
        told += f" {floor}{target.count} {target.unit or ''}".rstrip()
    return told + (f"，{target.by.iso} 前" if target.by is not None else "")


def _where(read: Reading) -> str:
    return f"第 {read.line} 行第 {read.column} 字：{read.words}"


def _notes(proposal: Proposal) -> str:
    notes = list(_reasons(proposal))
    return f"（{'；'.join(notes)}）" if notes else ""


def _reasons(proposal: Proposal) -> Iterator[str]:
    if proposal.times:
        yield f"按“{proposal.times}”折成全年的数"
    if proposal.day and proposal.day not in proposal.read.words:
        yield f"期限据“{proposal.day}”"
    if not proposal.day and proposal.target.by is not None:
        yield "原文没有写期限，按年底"
