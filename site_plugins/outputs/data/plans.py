"""The tables about a plan: clauses, targets, evidence."""

from __future__ import annotations

from collections.abc import Iterator

from site_plugins.domain.edition import Edition, url_of
from site_plugins.domain.model.kinds import KINDS
from site_plugins.domain.model.records import Plan, Record
from site_plugins.domain.progress import ClauseProgress, PlanProgress, State, TargetProgress
from site_plugins.outputs.data.tables import Column, Table, Value

_STATES = {state.value: state.label for state in State}
_PHASES = {"done": "已有", "planned": "已安排，还没有举行，不计数"}

_PLAN = Column(name="plan", title="计划", description="计划在本站的路径", required=True)
_YEAR = Column(name="year", title="年度", description="计划年度", type="integer", required=True)
_CLAUSE = Column(
    name="clause",
    title="条款编号",
    description="长久不变；条款的网址是计划的网址加 # 和编号",
    required=True,
)
_STATE = Column(
    name="state",
    title="进展",
    description="由目标、佐证和期限算出",
    required=True,
    words=_STATES,
)
_STATE_LABEL = Column(
    name="state_label", title="进展（中文）", description="进展的中文名称", required=True
)
_URL = Column(name="url", title="网址", description="在本站的网址", required=True)

_CLAUSE_COLUMNS = (
    _PLAN,
    _YEAR,
    Column(name="part", title="部分编号", description="条款所在的部分", required=True),
    Column(name="part_title", title="部分", description="部分的标题，照原文"),
    _CLAUSE,
    Column(name="number", title="原文序号", description="条款在原文中印的序号"),
    Column(name="title", title="条款", description="条款的标题；没有标题的，取开头几个字"),
    _STATE,
    _STATE_LABEL,
    Column(
        name="targets",
        title="目标数",
        description="条款有几个目标",
        type="integer",
        required=True,
    ),
    Column(
        name="targets_done",
        title="已达到的目标数",
        description="其中达到了几个",
        type="integer",
        required=True,
    ),
    Column(
        name="evidence",
        title="佐证件数",
        description="日期已到的佐证；一件佐证可以属于几条",
        type="integer",
        required=True,
    ),
    Column(
        name="planned",
        title="已安排件数",
        description="还没有举行的活动",
        type="integer",
        required=True,
    ),
    Column(name="first_evidence", title="最早佐证日期", description="没有佐证时为空", type="date"),
    Column(name="last_evidence", title="最近佐证日期", description="没有佐证时为空", type="date"),
    Column(name="editor_date", title="编辑说明日期", description="最近一次编辑说明", type="date"),
    Column(
        name="editor_state",
        title="编辑所说进展",
        description="最近一次编辑说明所写的进展；不影响 state",
    ),
    Column(
        name="editor_note", title="编辑说明", description="最近一次编辑说明的原话；不影响 state"
    ),
    _URL,
)

_TARGET_COLUMNS = (
    _PLAN,
    _YEAR,
    _CLAUSE,
    Column(
        name="number",
        title="序号",
        description="目标在条款中的次序，从 1 起",
        type="integer",
        required=True,
    ),
    Column(name="what", title="目标", description="目标的内容", required=True),
    Column(
        name="goal",
        title="目标数量",
        description="没有写数量的为空，有一件佐证就算达到",
        type="integer",
    ),
    Column(name="unit", title="单位", description="数量的单位"),
    Column(
        name="by",
        title="期限",
        description="最后一天；没有写的是年底",
        type="date",
        required=True,
    ),
    Column(
        name="reached",
        title="已达到数量",
        description="计入的佐证，同一次活动的几篇算一件；百分比为编辑填报",
        type="integer",
        required=True,
    ),
    _STATE,
    _STATE_LABEL,
    Column(name="reached_on", title="达到日期", description="还没有达到的为空", type="date"),
    Column(
        name="late",
        title="迟于期限",
        description="过了期限才达到",
        type="boolean",
        required=True,
    ),
    Column(
        name="reported",
        title="编辑填报",
        description="数量是否由编辑填报",
        type="boolean",
        required=True,
    ),
    _URL,
)

_EVIDENCE_COLUMNS = (
    _PLAN,
    _YEAR,
    _CLAUSE,
    Column(name="record", title="稿件", description="稿件在本站的路径", required=True),
    Column(
        name="phase",
        title="已有或已安排",
        description="活动还没有举行的是 planned",
        required=True,
        words=_PHASES,
    ),
    Column(name="date", title="日期", description="稿件日期，活动为开始的日期", type="date"),
    Column(
        name="kind",
        title="类型",
        description="稿件的类型",
        required=True,
        words={name: kind.label for name, kind in KINDS.items()},
    ),
    Column(name="title", title="标题", description="稿件的标题", required=True),
    Column(name="event", title="所记活动", description="报道的是哪一次活动，没有写的为空"),
    _URL,
)


def plan_tables(edition: Edition, plan: Plan) -> Iterator[Table]:
    """The three tables of a plan."""
    progress = edition.progress[plan.id]
    about: dict[str, Value] = {"plan": plan.id, "year": plan.year}
    base = edition.settings.absolute("") or "/"
    name = plan.id.replace("/", "-").lower()
    page = base + url_of(plan.where.address)
    yield Table(
        name=f"{name}-clauses",
        path=f"{plan.id}/clauses",
        title=f"{plan.year}年计划各条进展",
        description=f"《{plan.title}》每条一行，按原文次序",
        columns=_CLAUSE_COLUMNS,
        key=("plan", "clause"),
        rows=[about | row for row in _clauses(progress, page)],
    )
    yield Table(
        name=f"{name}-targets",
        path=f"{plan.id}/targets",
        title=f"{plan.year}年计划目标",
        description=f"《{plan.title}》每个目标一行",
        columns=_TARGET_COLUMNS,
        key=("plan", "clause", "number"),
        rows=[
            about | _target(clause, number, target, page)
            for clause in progress.clauses()
            for number, target in enumerate(clause.targets, 1)
        ],
    )
    yield Table(
        name=f"{name}-evidence",
        path=f"{plan.id}/evidence",
        title=f"{plan.year}年计划佐证",
        description=f"《{plan.title}》每条的每件佐证一行，先旧后新",
        columns=_EVIDENCE_COLUMNS,
        key=("plan", "clause", "record"),
        rows=[
            about | _evidence(clause, record, phase, base)
            for clause in progress.clauses()
            for phase, records in (("done", clause.done), ("planned", clause.planned))
            for record in records
        ],
    )


def _clauses(progress: PlanProgress, page: str) -> Iterator[dict[str, Value]]:
    for part in progress.parts:
        for clause in part.clauses:
            days = [r.moment.day for r in clause.done if r.moment is not None]
            word = clause.words[-1] if clause.words else None
            yield {
                "part": part.id,
                "part_title": f"{part.number}{part.title}",
                "clause": clause.id,
                "number": clause.number,
                "title": clause.title,
                "state": clause.state.value,
                "state_label": clause.state.label,
                "targets": len(clause.targets),
                "targets_done": sum(t.state is State.DONE for t in clause.targets),
                "evidence": len(clause.done),
                "planned": len(clause.planned),
                "first_evidence": min(days, default=None),
                "last_evidence": max(days, default=None),
                "editor_date": word.date.day if word is not None and word.date else None,
                "editor_state": word.state if word is not None else None,
                "editor_note": word.note if word is not None else None,
                "url": f"{page}#{clause.id}",
            }


def _target(
    clause: ClauseProgress, number: int, progress: TargetProgress, page: str
) -> dict[str, Value]:
    target = progress.target
    return {
        "clause": clause.id,
        "number": number,
        "what": target.what,
        "goal": target.count,
        "unit": target.unit,
        "by": progress.by,
        "reached": progress.reached,
        "state": progress.state.value,
        "state_label": progress.state.label,
        "reached_on": progress.reached_on,
        "late": progress.is_late,
        "reported": progress.reported is not None,
        "url": f"{page}#{target.clause}",
    }


def _evidence(clause: ClauseProgress, record: Record, phase: str, base: str) -> dict[str, Value]:
    return {
        "clause": clause.id,
        "record": record.id,
        "phase": phase,
        "date": record.moment.day if record.moment is not None else None,
        "kind": record.kind,
        "title": record.title,
        "event": record.event,
        "url": base + url_of(record.where.address),
    }
