"""Splits a Markdown file into front matter and text, and reads the front matter with its lines."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from msgspec import Struct

from site_plugins.domain.catalogue import problem
from site_plugins.domain.problems import Problem
from site_plugins.reading.plain_yaml import plain_mapping
from site_plugins.reading.yaml_faults import TOO_DEEP, UNKNOWN, Slip, explain

_FENCE = re.compile(r"---[ \t]*\n(.*?)(?<=\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
# An empty line slips in above the front matter easily; a rule across has no key below it.
_BLANK_BEFORE = re.compile(r"(?:[ \t]*\n)+(?=---[ \t]*\n[A-Za-z_]\w*[ \t]*[:：])")
_FENCE_BEGINS = re.compile(r"---(?=[ \t\n]|\Z)")
# Front matter of more characters could be nested deeply enough to overrun the stack of the
# parser, which counts no levels; nobody means more than a few.
_SHORT = 4000
_DEEPEST = 50


class FrontMatter(Struct, frozen=True):
    """``values`` as YAML gives them, ``lines`` of the keys (``issue.year``, ``contents[0]``),
    ``text`` the Markdown behind it and the line on which that begins."""

    values: Mapping[str, Any]
    lines: Mapping[str, int]
    text: str
    text_line: int

    @property
    def is_absent(self) -> bool:
        """Whether the file has none, not even an empty one: its text begins with the file."""
        return self.text_line == 1


@dataclass(frozen=True, slots=True)
class Unreadable(Exception):
    """The file cannot be read; ``problem`` says why."""

    problem: Problem


class PlainLoader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """A safe loader that leaves dates, octal and sexagesimal numbers as the text written.

    ``number: 0012`` must not become 10, nor ``2022-02-30`` an exception without a line.
    """


PlainLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("merge", r"<<", "<"),
):
    PlainLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first)
    )
PlainLoader.yaml_implicit_resolvers.setdefault("", []).append(
    ("tag:yaml.org,2002:null", re.compile(r"^$"))
)


def decode(content: bytes, path: str) -> str:
    """The text of a file, with ``\\n`` line ends.

    Raises:
        Unreadable: the bytes are not UTF-8; GB18030 is recognised and named.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The place is counted without the byte order mark.
        mark = len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0
        line = content.count(b"\n", 0, error.start + mark) + 1
        code = "JY001" if _looks_like_gb18030(content) else "JY002"
        raise Unreadable(problem(code, path, line)) from None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _looks_like_gb18030(content: bytes) -> bool:
    """Whether the bytes decode as GB18030 to text that is mostly Chinese and ASCII."""
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return False
    beyond = [c for c in text if c > "\x7f"]
    usual = sum(
        "\u4e00" <= c <= "\u9fff" or "\u3000" <= c <= "\u303f" or c > "\uff00" for c in beyond
    )
    return usual * 2 >= len(beyond)


def split(text: str, path: str) -> FrontMatter:
    """The front matter and the text of a file.

    Raises:
        Unreadable: the front matter is not closed, not YAML or not a mapping.
    """
    early = _BLANK_BEFORE.match(text)
    start = early.end() if early is not None else 0
    skipped = text.count("\n", 0, start)
    if _FENCE_BEGINS.match(text, start) is None:
        return FrontMatter({}, {}, text, 1)
    found = _FENCE.match(text, start)
    if found is None:
        if text[start:].partition("\n")[0].strip() != "---":
            return FrontMatter({}, {}, text, 1)
        raise Unreadable(problem("JY004", path, skipped + 1))
    values, lines = load(found[1], path, first_line=skipped + 2)
    return FrontMatter(values, lines, text[found.end() :], text.count("\n", 0, found.end()) + 1)


def load(text: str, path: str, first_line: int) -> tuple[dict[str, Any], dict[str, int]]:
    """The mapping that a YAML text holds, and the line of every key.

    Raises:
        Unreadable: the text is not YAML, not a mapping, or says a key twice.
    """
    return plain_mapping(text, first_line) or _parsed(text, path, first_line)


def _parsed(text: str, path: str, first_line: int) -> tuple[dict[str, Any], dict[str, int]]:
    try:
        _refuse_depths(text, path, first_line)
        loader = PlainLoader(text)
        node = loader.get_single_node()
        if node is None:
            return {}, {}
        if not isinstance(node, yaml.MappingNode):
            raise Unreadable(problem("JY005", path, first_line + node.start_mark.line))
        lines = _Lines(path, first_line).of(node)
        values = loader.construct_document(node)
    except yaml.YAMLError as error:
        line, slip = explain(error, text)
        raise _not_yaml(slip, path, first_line + line) from None
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        # What PyYAML lets slip for a value that does not fit its tag (``!!int x``).
        raise _not_yaml(UNKNOWN, path, first_line) from None
    return {str(key): value for key, value in values.items()}, lines


def _not_yaml(slip: Slip, path: str, line: int) -> Unreadable:
    return Unreadable(problem("JY003", path, line, reason=slip.reason, advice=slip.advice))


def _refuse_depths(text: str, path: str, first_line: int) -> None:
    """Raise Unreadable for a text that is nested more deeply than anybody means."""
    if len(text) <= _SHORT:
        return
    depth = 0
    for event in yaml.parse(text, PlainLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            line = first_line + (event.start_mark.line if event.start_mark is not None else 0)
            raise _not_yaml(TOO_DEEP, path, line)


class _Lines:
    """Finds the lines of the keys of a mapping, two levels deep and through lists of mappings."""

    def __init__(self, path: str, first: int) -> None:
        self._path = path
        self._first = first
        # What is named again by ``*alias`` is looked at once: it may repeat itself without end.
        self._seen: set[int] = set()

    def of(self, node: yaml.MappingNode, prefix: str = "") -> dict[str, int]:
        """The line of every key below ``node``, by its whole name."""
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            name = prefix + str(key_node.value)
            line = self._first + key_node.start_mark.line
            if name in lines and key_node.value != "<<":
                facts = {"key": key_node.value, "first": lines[name]}
                raise Unreadable(problem("JY016", self._path, line, **facts))
            lines[name] = line
            if prefix.count(".") < 3 and id(value_node) not in self._seen:
                self._seen.add(id(value_node))
                lines.update(self._below(value_node, name))
        return lines

    def _below(self, node: yaml.Node, name: str) -> dict[str, int]:
        if isinstance(node, yaml.MappingNode):
            return self.of(node, name + ".")
        lines: dict[str, int] = {}
        if isinstance(node, yaml.SequenceNode):
            for index, item in enumerate(node.value):
                lines[f"{name}[{index}]"] = self._first + item.start_mark.line
                if isinstance(item, yaml.MappingNode) and id(item) not in self._seen:
                    self._seen.add(id(item))
                    lines.update(self.of(item, f"{name}[{index}]."))
        return lines
