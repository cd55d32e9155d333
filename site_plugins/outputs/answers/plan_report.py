"""The draft of a plan's year-end report: the plan clause by clause, with the evidence linked.

The draft is Markdown for an editor to go on from, and builds as it is: links begin at the content
folder's root, so that it may be saved anywhere below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from site_plugins.domain.following import follow, is_percentage
from site_plugins.domain.model.parts import Target
from site_plugins.domain.model.records import Plan, Record
from site_plugins.domain.plan import Clause, Part, PlanText
from site_plugins.domain.plan_ids import entry_title
from site_plugins.domain.progress import PlanProgress
from site_plugins.domain.site import Evidence, newest_first
from site_plugins.reading.front_matter_edit import scalar

_SPECIAL = re.compile(r"([\\`*_\[\]>])")
_LIST_NUMBER = re.compile(r"^(\d+)\.(?=\s)")
_NOTES = re.compile(r"!?\[([^\]]*)\]\([^()]*\)|\[\^[^\]]*\]|\*\*|__|`")


@dataclass(frozen=True, slots=True)
class _Done:
    """What was done for a clause: records whose day has come, and those still ahead."""

    done: tuple[Record, ...]
    ahead: tuple[Record, ...]


def plan_report(plan: Plan, text: PlanText, evidence: Evidence, now: datetime) -> str:
    """The Markdown draft of the report on a plan at ``now``.

    ``text`` is the plan with its present ids. Targets are counted as on the plan's board;
    percentages are left to the editor.
    """
    progress = follow(plan, text, evidence, now)
    return "\n".join(_Report(plan, text, evidence, now, progress).lines()) + "\n"


@dataclass(frozen=True, slots=True)
class _Report:
    plan: Plan
    text: PlanText
    evidence: Evidence
    now: datetime
    progress: PlanProgress

    def lines(self) -> Iterator[str]:
        yield from self._front_matter()
        yield ""
        yield self._summary()
        for part in self.text.parts:
            if not part.is_whole:
                yield from ("", f"## {_escaped(part.number + entry_title(part))}")
            for clause in part.clauses:
                yield ""
                yield from self._clause(clause, part)

    def _front_matter(self) -> Iterator[str]:
        yield "---"
        yield "# 草稿。核对、改好以后，把 status 一行删去就会发布"
        yield f"title: {scalar(self._title())}"
        yield "kind: article"
        yield f"date: {self.now:%Y-%m-%d}"
        yield f"source: {scalar(self.plan.source or '')}"
        yield f"summary: {scalar(self._summary())}"
        yield "tags: [工作要点, 落实情况]"
        yield "status: draft"
        yield "---"

    def _title(self) -> str:
        return f"{self.plan.title}落实情况报告"

    def _summary(self) -> str:
        clauses = list(self.text.clauses())
        done = [self._done(clause).done for clause in clauses]
        records = {record.id for those in done for record in those}
        day = f"{self.now.year}年{self.now.month}月{self.now.day}日"
        told = f"《{self.plan.title}》共{len(clauses)}条。截至{day}，"
        told += f"{sum(map(bool, done))}条有佐证材料，共{len(records)}件"
        counted = [t for t in self.plan.targets if not is_percentage(t)]
        if counted:
            reached = sum(self._reached(t) >= _goal(t) for t in counted)
            told += f"；可以计数的目标{len(counted)}个，达到{reached}个"
        return told + "。"

    def _clause(self, clause: Clause, part: Part) -> Iterator[str]:
        level = "##" if part.is_whole else "###"
        title = clause.number + (entry_title(clause) if clause.title else "")
        yield f"{level} {_escaped(title)}"
        yield ""
        address = f"{_address(self.plan)}#{clause.id}"
        quoted = [_plain(line) for line in clause.text.split("\n")]
        quoted += [_plain(i.number + i.title + i.text.replace("\n", "")) for i in clause.items]
        for promised in filter(None, quoted):
            yield from (f"> {_escaped(promised)}", ">")
        yield f"> [原文]({address})"
        ids = (clause.id, *(item.id for item in clause.items))
        targets = [target for target in self.plan.targets if target.clause in ids]
        if targets:
            yield ""
            yield from (f"- {self._target(target)}" for target in targets)
        found = self._done(clause)
        yield ""
        if found.done:
            yield f"佐证材料{len(found.done)}件："
            yield ""
            yield from _list(found.done)
        else:
            yield "没有佐证材料，请核实后补写这一条的落实情况。"
        if found.ahead:
            yield from ("", "已经排定：", "")
            yield from _list(found.ahead)

    def _done(self, clause: Clause) -> _Done:
        ids = (clause.id, *(item.id for item in clause.items))
        every = {r.where.path: r for i in ids for r in self.evidence.of(i)}
        records = tuple(reversed(newest_first(every.values())))
        come = [r for r in records if r.moment is None or r.moment.at <= self.now]
        return _Done(tuple(come), tuple(r for r in records if r not in come))

    def _reached(self, target: Target) -> int:
        """As the board counts it: the report and the pages never differ."""
        every = (own for clause in self.progress.clauses() for own in clause.targets)
        return next((own.reached for own in every if own.target is target), 0)

    def _target(self, target: Target) -> str:
        by = f"，{target.by.label}前" if target.by is not None else ""
        reached = self._reached(target)
        missing = _goal(target) - reached
        if is_percentage(target):
            told = "请填写实际数字"
        elif missing <= 0:
            told = f"佐证材料{reached}件，达到目标"
        elif reached:
            told = f"佐证材料{reached}件，还差{missing}{target.unit or '件'}，请说明"
        else:
            told = "没有佐证材料，请说明"
        return f"目标：{_escaped(_promise(target))}{by}。{told}。"


def _goal(target: Target) -> int:
    return max(target.count if target.count is not None else 1, 1)


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
