"""The draft of a plan's year-end report: the plan clause by clause, with the evidence linked.

The draft is Markdown for an editor to go on from, and builds as it is: links begin at the content
folder's root, so that it may be saved anywhere below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from urllib.parse import quote

from msgspec import Struct

from site_plugins.domain.following import follow, is_percentage
from site_plugins.domain.model.parts import ProgressWord, Target
from site_plugins.domain.model.records import Plan, Record
from site_plugins.domain.moments import moment_of
from site_plugins.domain.plan import Clause, Part, PlanText
from site_plugins.domain.plan_ids import entry_title
from site_plugins.domain.progress import ClauseProgress, PlanProgress, TargetProgress
from site_plugins.domain.site import Evidence
from site_plugins.reading.front_matter_edit import scalar

_SPECIAL = re.compile(r"([\\`*_\[\]>])")
_LIST_NUMBER = re.compile(r"^(\d+)\.(?=\s)")
_NOTES = re.compile(r"!?\[([^\]]*)\]\([^()]*\)|\[\^[^\]]*\]|\*\*|__|`")


def plan_report(plan: Plan, text: PlanText, evidence: Evidence, now: datetime) -> str:
    """The Markdown draft of the report on a plan at ``now``.

    ``text`` is the plan with its present ids. States and numbers are those of the plan's board.
    """
    progress = follow(plan, text, evidence, now)
    return "\n".join(_Report(plan, text, progress, now).lines()) + "\n"


class _Report(Struct, frozen=True):
    plan: Plan
    text: PlanText
    progress: PlanProgress
    now: datetime

    def lines(self) -> Iterator[str]:
        yield from self._front_matter()
        yield ""
        yield self._summary()
        for part in self.text.parts:
            if not part.is_whole:
                yield from ("", f"## {_escaped(part.number + entry_title(part))}")
            for clause in part.clauses:
                yield from self._quoted(clause, part)
                own = self.progress.clause(clause.id)
                if own is not None:
                    yield from _done(own)

    def _front_matter(self) -> Iterator[str]:
        yield "---"
        yield "# 草稿。核对、改好以后，把 status 一行删去就会发布"
        yield f"title: {scalar(f'{self.plan.title}落实情况报告')}"
        yield "kind: article"
        yield f"date: {self.now:%Y-%m-%d}"
        yield f"source: {scalar(self.plan.source or '')}"
        yield f"summary: {scalar(self._summary())}"
        yield "tags: [工作要点, 落实情况]"
        yield "status: draft"
        yield "---"

    def _summary(self) -> str:
        clauses = list(self.progress.clauses())
        day = f"{self.now.year}年{self.now.month}月{self.now.day}日"
        counts = ((state.label, n) for state, n in self.progress.counts.items() if n)
        states = "、".join(f"{label}{count}条" for label, count in counts)
        return (
            f"《{self.plan.title}》共{len(clauses)}条。截至{day}，{states}；"
            f"{sum(bool(c.done) for c in clauses)}条有佐证材料，"
            f"共{self.progress.evidence_count}件。"
        )

    def _quoted(self, clause: Clause, part: Part) -> Iterator[str]:
        level = "##" if part.is_whole else "###"
        title = clause.number + (entry_title(clause) if clause.title else "")
        yield from ("", f"{level} {_escaped(title)}", "")
        quoted = [_plain(line) for line in clause.text.split("\n")]
        quoted += [_plain(i.number + i.title + i.text.replace("\n", "")) for i in clause.items]
        for promised in filter(None, quoted):
            yield from (f"> {_escaped(promised)}", ">")
        yield f"> [原文]({_address(self.plan)}#{clause.id})"


def _done(clause: ClauseProgress) -> Iterator[str]:
    """What was promised in numbers, what editors say, the evidence and what is still ahead."""
    yield from ("", f"**{clause.state.label}**")
    notes = [_target(target) for target in clause.targets]
    notes += [_word(word) for word in clause.words]
    if notes:
        yield ""
        yield from (f"- {note}" for note in notes)
    yield ""
    if clause.done:
        yield from (f"佐证材料{len(clause.done)}件：", "")
        yield from _list(clause.done)
    else:
        yield "没有佐证材料，请核实后补写这一条的落实情况。"
    if clause.planned:
        yield from ("", "已经排定：", "")
        yield from _list(clause.planned)


def _target(progress: TargetProgress) -> str:
    target, unit = progress.target, progress.target.unit or ""
    by = moment_of(progress.by)
    told = f"目标：{_escaped(_promise(target))}，{by.label if by is not None else ''}前。"
    if progress.reached_on is not None:
        late = f"{_day(progress.reached_on)}，迟于期限" if progress.is_late else ""
        reached = f"，计{progress.reached}{unit}" if target.count is not None else ""
        return f"{told}已完成{reached}{f'（{late}）' if late else ''}。"
    if is_percentage(target):
        if progress.reported is None:
            return f"{told}请填写实际数字。"
        return f"{told}编辑填报{progress.reached}{unit}，请核对。"
    if not progress.reached:
        return f"{told}没有佐证，请说明。"
    return (
        f"{told}计{progress.reached}{unit}，还差{progress.goal - progress.reached}{unit}，请说明。"
    )


def _word(word: ProgressWord) -> str:
    count = f"实际{word.count}" if word.count is not None else None
    said = "，".join(filter(None, (word.what, word.state, count, word.note)))
    return f"编辑说明（{word.date.label if word.date is not None else ''}）：{_escaped(said)}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _promise(target: Target) -> str:
    if target.count is None:
        return target.what
    floor = "不少于" if target.at_least else ""
    return f"{target.what}{floor}{target.count}{target.unit or ''}"


def _list(records: Sequence[Record]) -> Iterator[str]:
    for number, record in enumerate(records, 1):
        day = f"{record.moment.label}，" if record.moment is not None else ""
        yield f"{number}. {day}[{_escaped(record.title)}]({_address(record)})"


def _address(record: Record) -> str:
    """Where a link to a record leads, from the content folder's root."""
    return "/" + quote(record.where.path, safe="/-._~")


def _plain(text: str) -> str:
    return _NOTES.sub(r"\1", " ".join(text.split("\n"))).strip()


def _escaped(text: str) -> str:
    """A text that Markdown shows as it is written."""
    plain = _SPECIAL.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;"))
    if plain.startswith(("#", "+", "-")):
        return "\\" + plain
    return _LIST_NUMBER.sub(r"\1\\.", plain)
