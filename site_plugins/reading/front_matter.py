"""Splits a Markdown file into front matter and text, and reads the front matter with its lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from site_plugins.domain.catalogue import problem
from site_plugins.domain.problems import Problem

_FENCE = re.compile(r"---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """``values`` as YAML gives them, ``lines`` of the keys (``issue.year``, ``contents[0]``),
    ``text`` the Markdown behind it and the line on which that begins."""

    values: Mapping[str, Any]
    lines: Mapping[str, int]
    text: str
    text_line: int


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
        line = content.count(b"\n", 0, error.start) + 1
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
    if not text.startswith("---") or text[3:4] not in ("\n", " ", "\t", ""):
        return FrontMatter({}, {}, text, 1)
    found = _FENCE.match(text)
    if found is None:
        if text.partition("\n")[0].strip() != "---":
            return FrontMatter({}, {}, text, 1)
        raise Unreadable(problem("JY004", path, 1))
    values, lines = load(found[1] + "\n", path, first_line=2)
    return FrontMatter(values, lines, text[found.end() :], text.count("\n", 0, found.end()) + 1)


def load(text: str, path: str, first_line: int) -> tuple[dict[str, Any], dict[str, int]]:
    """The mapping that a YAML text holds, and the line of every key.

    Raises:
        Unreadable: the text is not YAML, not a mapping, or says a key twice.
    """
    try:
        loader = PlainLoader(text)
        node = loader.get_single_node()
        if node is None:
            return {}, {}
        if not isinstance(node, yaml.MappingNode):
            raise Unreadable(problem("JY005", path, first_line + node.start_mark.line))
        lines = _lines(node, path, first_line)
        values = loader.construct_document(node)
    except yaml.YAMLError as error:
        raise Unreadable(_yaml_problem(error, path, first_line)) from None
    except (ValueError, TypeError, RecursionError) as error:
        raise Unreadable(problem("JY003", path, first_line, reason=str(error))) from None
    return {str(key): value for key, value in values.items()}, lines


def _lines(node: yaml.MappingNode, path: str, first: int, prefix: str = "") -> dict[str, int]:
    """Lines of the keys of a mapping, two levels deep and through lists of mappings."""
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        name = prefix + str(key_node.value)
        line = first + key_node.start_mark.line
        if name in lines and key_node.value != "<<":
            raise Unreadable(problem("JY016", path, line, key=key_node.value, first=lines[name]))
        lines[name] = line
        if prefix.count(".") >= 3:
            continue
        if isinstance(value_node, yaml.MappingNode):
            lines.update(_lines(value_node, path, first, name + "."))
        elif isinstance(value_node, yaml.SequenceNode):
            for index, item in enumerate(value_node.value):
                lines[f"{name}[{index}]"] = first + item.start_mark.line
                if isinstance(item, yaml.MappingNode):
                    lines.update(_lines(item, path, first, f"{name}[{index}]."))
    return lines


def _yaml_problem(error: yaml.YAMLError, path: str, first_line: int) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = first_line + (mark.line if mark is not None else 0)
    return problem("JY003", path, line, reason=_reason(str(getattr(error, "problem", "") or error)))


_REASONS = (
    ("mapping values are not allowed", "这里不该有冒号（值里有英文冒号时请加引号）"),
    ("could not find expected ':'", "键后面缺少英文冒号"),
    ("found character '\\t'", "缩进用了制表符，请改用空格"),
    ("cannot start any token", "有不能用在开头的字符（请给整个值加引号）"),
    ("did not find expected key", "缩进或引号不对"),
    ("expected <block end>", "缩进不对"),
    ("did not find expected ',' or", "方括号或花括号没有写完整"),
    ("unexpected end of stream", "引号没有写完整"),
    ("undefined alias", "星号 * 开头的值请加引号"),
    ("found undefined tag", "叹号 ! 开头的值请加引号"),
    ("could not determine a constructor", "叹号 ! 开头的值请加引号"),
    ("special characters are not allowed", "含有不可见的控制字符"),
    ("control characters are not allowed", "含有不可见的控制字符"),
)


def _reason(told: str) -> str:
    return next((reason for start, reason in _REASONS if start in told), "格式不对")
