"""Tables of front-matter keys and plugin options, as the model declares them.

A table stands in a page between ``<!-- 表：name -->`` and ``<!-- 表完 -->``; what is between is
written by :func:`with_tables` and never by hand. Everything said here comes from the declarations
of :mod:`site_plugins.domain.model` and :mod:`site_plugins.reading.settings_model`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from msgspec import NODEFAULT
from msgspec.structs import fields

from site_plugins.domain.model import holders, parts
from site_plugins.domain.model.kinds import KINDS, Kind
from site_plugins.domain.model.records import Record
from site_plugins.domain.model.values import (
    Address,
    Choice,
    Choices,
    ClauseReference,
    Day,
    Document,
    Flag,
    Integer,
    Key,
    Many,
    Nested,
    OldAddress,
    Picture,
    Reference,
    Text,
    Value,
    Words,
    keys_of,
)
from site_plugins.reading.settings_model import (
    FeedsOptions,
    OfficeOptions,
    PlansOptions,
    SearchOptions,
    Service,
    SiteOptions,
)

TABLE = re.compile(r"(<!-- 表：(\S+) -->\n).*?(<!-- 表完 -->)", re.DOTALL)

_FEW = 6
"""How many keys of a group a cell names; larger groups have a table of their own."""

_NOTHING = "没有别的键。\n"
_HEAD = "| 键 | 含义 | 写什么 | 必填 |\n|---|---|---|---|\n"


class UnknownTable(Exception):
    """A page asks for a table that there is not."""


@dataclass(frozen=True, slots=True)
class Table:
    """The keys of a declared class; ``needs`` are required beyond the class's own."""

    of: type
    without: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()

    def rows(self) -> Iterator[str]:
        """One row for each key, in the order of declaration."""
        defaults = {field.name: field.default for field in fields(self.of)}
        for key in keys_of(self.of).values():
            if key.name not in self.without or key.name in self.needs:
                yield self._row(key, defaults[key.field])

    def _row(self, key: Key, default: object) -> str:
        wanted = _wanted(key.value)
        if _is_worth_saying(key, default):
            wanted += f"；缺省 `{str(default).lower() if isinstance(default, bool) else default}`"
        label = f"{key.label}：{key.help}" if key.help else key.label
        required = "是" if key.required or key.name in self.needs else ""
        return f"| `{key.name}` | {label} | {wanted} | {required} |\n"


def _is_worth_saying(key: Key, default: object) -> bool:
    if key.name == "kind" or default in (NODEFAULT, None, "", ()):
        return False
    return not (isinstance(key.value, Flag) and default is False)


def _own(kind: Kind) -> Table:
    """What a kind has beyond every record, and what it requires of it."""
    common = frozenset(keys_of(Record))
    own = frozenset(
        name
        for name, key in keys_of(kind.record).items()
        if name not in common or key != keys_of(Record)[name]
    )
    return Table(kind.record, without=common - own, needs=frozenset(kind.needs))


TABLES: Mapping[str, Table] = MappingProxyType(
    {
        "record": Table(Record),
        **{name: _own(kind) for name, kind in KINDS.items()},
        "column": Table(holders.Column),
        "column-keys": Table(holders.ColumnKeys),
        "home": Table(holders.HomeBox),
        "periodical": Table(holders.PeriodicalHolder),
        "periodical-keys": Table(holders.PeriodicalKeys),
        "issue": Table(holders.IssueHolder),
        "issue-keys": Table(holders.IssueKeys),
        "section": Table(parts.Section),
        "attachment": Table(parts.Attachment),
        "target": Table(parts.Target),
        "progress-word": Table(parts.ProgressWord),
        "fixed-id": Table(parts.FixedId),
        "speech": Table(parts.Speech),
        "feedback": Table(parts.Feedback),
        "reply": Table(parts.Reply),
        "author": Table(parts.Author),
        "site-options": Table(SiteOptions),
        "office-options": Table(OfficeOptions),
        "service": Table(Service),
        "feeds-options": Table(FeedsOptions),
        "plans-options": Table(PlansOptions),
        "search-options": Table(SearchOptions),
    }
)
"""Every table by the name that pages call it; a kind's table bears the kind's name."""


def with_tables(page: str) -> str:
    """The page with every table in it written anew.

    Raises:
        UnknownTable: a marker names no table.
    """

    def written(match: re.Match[str]) -> str:
        table = TABLES.get(match[2])
        if table is None:
            raise UnknownTable(match[2])
        rows = "".join(table.rows())
        return match[1] + (_HEAD + rows if rows else _NOTHING) + match[3]

    return TABLE.sub(written, page)


def _wanted(value: Value) -> str:
    """What an editor writes, in Chinese."""
    match value:
        case Text(longest=longest, lines=lines):
            return f"文字{f'，不超过 {longest} 字' if longest else ''}{'，可分行' if lines else ''}"
        case Words():
            return "词语列表，也可写成一行用逗号隔开"
        case Integer(least=least):
            return f"整数，不小于 {least}" if least else "整数"
        case Flag():
            return "`true` 或 `false`"
        case Day(time=time):
            return "日期，可带钟点" if time else "日期"
        case Choice(of=of, open=open_):
            return _choices(of) + ("，也可写别的" if open_ else " 之一")
        case Choices(of=of):
            return f"列表，取自 {_choices(of)}"
        case Picture(automatic=automatic):
            return f"图片的路径{'，或 `auto`' if automatic else ''}"
        case Document():
            return "文件的路径"
        case Many(of=of):
            return f"列表，每项是{_wanted(of)}"
        case _:
            return _address(value)


def _address(value: Value) -> str:
    match value:
        case Address():
            return "以 http:// 或 https:// 开头的网址"
        case OldAddress():
            return "以 / 开头的旧地址"
        case Reference(kinds=kinds):
            labels = "、".join(KINDS[kind].label for kind in kinds) or "稿件"
            return f"{labels}的编号"
        case ClauseReference():
            return "计划的条款，如 `plans/2022#2-2`"
        case Nested(of=of):
            keys = keys_of(of)
            return f"一组键：{_choices(tuple(keys))}" if len(keys) <= _FEW else "一组键，见下面的表"
    raise AssertionError(value)


def _choices(of: tuple[str, ...]) -> str:
    return "、".join(f"`{word}`" for word in of)
