"""Changes one list in a file's front matter and keeps every other byte.

Items are written on a line each, as flow mappings; what is there already stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from msgspec import Struct

from site_plugins.reading.front_matter import PlainLoader

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_FENCE = re.compile(r"---[ \t]*[\r\n]*")
_FILLED = re.compile(r"\s*[^#\s]")
_PLAIN = re.compile(r"(?=[\w〔（《“])[\w〔〕（）《》“”、，。：；·－—％%+./]+(?: [\w（）《》“”]+)*")
_LIKE_A_VALUE = re.compile(
    r"[-+.\d:_eExXoO]*|true|false|null|yes|no|on|off|y|n|~|\d{4}-\d{1,2}-\d{1,2}.*", re.IGNORECASE
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_EMPTY = re.compile(
    r"([^\s:#]+[ \t]*:)[ \t]*(?:~|null|Null|NULL)?((?:[ \t]+#[^\r\n]*)?[ \t]*[\r\n]*)"
)
_INDENT = "  "


class NotEditable(Exception):
    """The front matter is missing or written in a way that cannot be added to."""


def flow_mapping(values: Mapping[str, Any]) -> str:
    """``{clause: "2-2", what: 双月协商座谈会, count: 4}``; None and empty values are left out."""
    told = (f"{name}: {scalar(v)}" for name, v in values.items() if not _is_empty(v))
    return "{" + ", ".join(told) + "}"


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value in ("", [], ())


def scalar(value: Any) -> str:
    """A value as YAML reads it again within a flow mapping or alone; in quotes where it must."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(scalar, value)) + "]"
    text = str(value)
    if _DATE.fullmatch(text) or (_PLAIN.fullmatch(text) and not _LIKE_A_VALUE.fullmatch(text)):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def with_items_added(text: str, key: str, items: Sequence[Mapping[str, Any]]) -> str:
    """The file with items at the end of a list, which is begun where there is none.

    Raises:
        NotEditable: there is no front matter, or the key holds something else than a list.
    """
    if not items:
        return text
    page = _Page.of(text)
    return page.added(key, [flow_mapping(item) for item in items])


def with_list(text: str, key: str, items: Sequence[Mapping[str, Any]]) -> str:
    """The file with a list that has just these items; those that were there keep their lines.

    Raises:
        NotEditable: there is no front matter.
    """
    return _Page.of(text).replaced(key, items)


class _Page(Struct, frozen=True):
    """The lines of a file with their ends; front matter is between ``first`` and ``fence``."""

    lines: list[str]
    first: int
    fence: int
    nodes: Mapping[str, tuple[yaml.Node, yaml.Node]]

    @classmethod
    def of(cls, text: str) -> _Page:
        lines = _LINE.findall(text)
        start = next((i for i, line in enumerate(lines) if line.lstrip("\ufeff").strip()), 0)
        if not lines or not _FENCE.fullmatch(lines[start].lstrip("\ufeff")):
            raise NotEditable("文件开头没有文首信息（两行 --- 之间的部分）")
        rest = range(start + 1, len(lines))
        fence = next((i for i in rest if _FENCE.fullmatch(lines[i])), None)
        if fence is None:
            raise NotEditable("文首信息没有结束，请补上第二行 ---")
        inner = "".join(line.rstrip("\r\n") + "\n" for line in lines[start + 1 : fence])
        try:
            node = PlainLoader(inner).get_single_node()
        except yaml.YAMLError as error:
            raise NotEditable("文首信息读不懂，请先用 jianyan check 找出错处") from error
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        nodes = {k.value: (k, v) for k, v in pairs}
        return cls(lines, start + 1, fence, nodes)

    @property
    def _end(self) -> str:
        line = self.lines[self.first - 1]
        return line[len(line.rstrip("\r\n")) :] or "\n"

    def _block(self, items: Sequence[str], indent: str) -> list[str]:
        return [f"{indent}- {item}{self._end}" for item in items]

    def added(self, key: str, items: Sequence[str]) -> str:
        if key not in self.nodes:
            return self._begun(key, items)
        key_node, value = self.nodes[key]
        at = self.first + key_node.start_mark.line
        if isinstance(value, yaml.ScalarNode) and value.tag.endswith(":null"):
            head = _EMPTY.fullmatch(self.lines[at])
            if head is None:
                raise NotEditable(f"{key} 后面写的不是列表")
            return self._joined(at, at + 1, [head[1] + head[2], *self._block(items, _INDENT)])
        if not isinstance(value, yaml.SequenceNode):
            raise NotEditable(f"{key} 后面写的不是列表")
        if value.flow_style:
            return self._into_flow(value, items)
        last = self._last_filled(key)
        indent = _INDENT
        if value.value:
            first = self.lines[self.first + value.start_mark.line]
            indent = first[: len(first) - len(first.lstrip(" "))]
        return self._joined(last + 1, last + 1, self._block(items, indent))

    def _into_flow(self, value: yaml.SequenceNode, items: Sequence[str]) -> str:
        line = self.first + value.end_mark.line
        column = value.end_mark.column - 1
        told = ", ".join(items)
        written = self.lines[line]
        before = written[:column]
        if value.value:
            above = "".join(self.lines[self.first : line]) + before
            told = told if above.rstrip().endswith(",") else ", " + told
        return self._joined(line, line + 1, [before + told + written[column:]])

    def replaced(self, key: str, items: Sequence[Mapping[str, Any]]) -> str:
        if key not in self.nodes:
            return self._begun(key, [flow_mapping(item) for item in items])
        key_node, value = self.nodes[key]
        at = self.first + key_node.start_mark.line
        last = self._last_filled(key)
        is_block = isinstance(value, yaml.SequenceNode) and not value.flow_style
        head = self.lines[at] if is_block else f"{key}:{self._end}"
        indent, written = self._written(value, last)
        lines = []
        for item in items:
            said, chunk = written.get(str(item.get("id")), ("", []))
            line = f"{indent}- {flow_mapping(item)}{self._end}"
            comments = [c for c in chunk if not _FILLED.match(c)]
            lines += chunk if said == _plain(item) else [line, *comments]
        return self._joined(at, last + 1, [head, *lines])

    def _written(self, value: yaml.Node, last: int) -> tuple[str, dict[str, tuple[str, list[str]]]]:
        """How far items are set in; by its id what each item says, and its lines."""
        if not isinstance(value, yaml.SequenceNode) or value.flow_style or not value.value:
            return _INDENT, {}
        starts = [self.first + item.start_mark.line for item in value.value]
        first = self.lines[starts[0]]
        written = {}
        for node, start, end in zip(value.value, starts, [*starts[1:], last + 1], strict=True):
            item = PlainLoader("").construct_document(node)
            name = str(item.get("id")) if isinstance(item, Mapping) else ""
            written[name] = (_plain(item), self.lines[start:end])
        return first[: len(first) - len(first.lstrip(" "))], written

    def _begun(self, key: str, items: Sequence[str]) -> str:
        block = [f"{key}:{self._end}", *self._block(items, _INDENT)]
        return self._joined(self.fence, self.fence, block)

    def _last_filled(self, key: str) -> int:
        """The last line of a key's value that says something; comments behind it are the next's."""
        at = self.first + self.nodes[key][0].start_mark.line
        starts = [self.first + k.start_mark.line for k, _ in self.nodes.values()]
        end = min([start for start in starts if start > at] + [self.fence])
        return max(i for i in range(at, end) if i == at or _FILLED.match(self.lines[i]))

    def _joined(self, start: int, end: int, between: Sequence[str]) -> str:
        return "".join([*self.lines[:start], *between, *self.lines[end:]])


def _plain(item: Any) -> str:
    """An item by what it says, whatever way it is typed."""
    if not isinstance(item, Mapping):
        return repr(item)
    told = {k: _words(v) for k, v in item.items() if not _is_empty(v)}
    return repr(sorted(told.items()))


def _words(value: Any) -> Any:
    return [str(v) for v in value] if isinstance(value, list | tuple) else str(value)
