"""The labelled facts at the head of a record, by kind: 来源, 作者, 文号, 主办单位 …"""

from __future__ import annotations

from collections.abc import Iterator

from site_plugins.domain.model.records import (
    Notice,
    Page,
    PeriodicalArticle,
    Plan,
    Proposal,
    Record,
)
from site_plugins.domain.model.values import (
    Choice,
    Day,
    Flag,
    Integer,
    Key,
    Picture,
    Text,
    Words,
    keys_of,
)
from site_plugins.domain.moments import Moment
from site_plugins.outputs.pages.views.parts import FactView

# Shown elsewhere on the page or of no use to readers.
_ELSEWHERE = frozenset(keys_of(Record)) | {"order", "menu", "description", "abstract", "keywords"}


def facts_of(record: Record) -> tuple[FactView, ...]:
    """The facts in the order in which they are shown."""
    return tuple(FactView(label=label, value=value) for label, value in _pairs(record) if value)


def _pairs(record: Record) -> Iterator[tuple[str, str]]:
    yield "来源", record.source or ""
    if isinstance(record, PeriodicalArticle) and record.authors:
        yield "作者", "、".join(_author(a.name, a.affiliation) for a in record.authors)
    else:
        yield "作者", record.author or ""
    yield "责任编辑", record.editor or ""
    if isinstance(record, PeriodicalArticle):
        yield "栏目", record.section or ""
        yield "页码", f"第{record.pages}页" if record.pages else ""
        yield "年代", record.era or ""
    elif isinstance(record, Notice):
        yield "文号", record.number or ""
        yield "截止日期", record.deadline.label if record.deadline else ""
    elif isinstance(record, Plan):
        yield "制定", record.body or ""
        yield "通过", record.adopted or ""
    elif not isinstance(record, Page):
        yield from _declared(record)


def _author(name: str, affiliation: str | None) -> str:
    return f"{name}（{affiliation}）" if affiliation else name


def _declared(record: Record) -> Iterator[tuple[str, str]]:
    """Every declared key of the record's own kind that is a plain value."""
    if isinstance(record, Proposal):
        yield "办理状态", "" if record.status == "published" else record.status
    for key in _shown_keys(type(record)):
        value = getattr(record, key.field)
        yield key.label, "、".join(value) if isinstance(key.value, Words) else _shown(value)
    if isinstance(record, Proposal) and record.reply is not None:
        yield "答复文号", record.reply.number or ""
        yield "答复单位", record.reply.unit or ""
        yield "答复日期", record.reply.date.label if record.reply.date else ""
        yield "办理结果", record.reply.result or ""


_SHOWN: dict[type, tuple[Key, ...]] = {}


def _shown_keys(kind: type) -> tuple[Key, ...]:
    shown = _SHOWN.get(kind)
    if shown is None:
        shown = _SHOWN[kind] = tuple(
            key
            for key in keys_of(kind).values()
            if key.name not in _ELSEWHERE
            and isinstance(key.value, Text | Choice | Integer | Day | Words)
            and not isinstance(key.value, Flag | Picture)
        )
    return shown


def _shown(value: object) -> str:
    if isinstance(value, Moment):
        return f"{value.label} {value.at:%H:%M}" if value.has_time else value.label
    return "" if value is None else str(value)
