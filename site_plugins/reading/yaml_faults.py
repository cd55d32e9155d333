"""Says in an editor's words what is wrong with YAML, and on which line.

The parser notices a fault where it can read no further, often lines below the slip: a colon typed
as ：makes a text of the key, and only the next key's colon is one too many.
"""

from __future__ import annotations

import re

import yaml
from msgspec import Struct


class Slip(Struct, frozen=True):
    """What is wrong and what to do, as the problem JY003 says it."""

    reason: str
    advice: str


UNKNOWN = Slip("格式不对", "请检查这一行的缩进、冒号后的空格和引号")
TOO_DEEP = Slip("层次太多", "请减少缩进的层次")

_KEY = r"[ \t]*(?:- +)?[A-Za-z_][\w-]*"
_WIDE_COLON = re.compile(rf"{_KEY}[ \t]*：")
_NO_SPACE = re.compile(rf"{_KEY}:(?![ \t]|//|$)")
_AFTER_QUOTE = re.compile(r""".*?:[ \t]+(?:"[^"]*"|'[^']*')[ \t]*[^ \t#]""")
_AFTER_BRACKET = re.compile(r".*?:[ \t]+([\[{])[^\[\]{}]*[\]}][ \t]*[^ \t#]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

_WIDE = Slip("键后面用了中文冒号", "请改用英文冒号，冒号后空一格")
_CLOSE = Slip("冒号后面没有空格", "请在冒号后空一格")
_TAB = Slip("缩进用了制表符", "请改用空格")
_QUOTE = Slip("引号没有写完整", "请补上后一个引号，或把值里的英文引号改为中文引号")
_BRACKET = Slip("方括号或花括号没有写完整", "请补上后一个括号")
_INDENT = Slip("缩进不对", "请把同一层的键对齐，用空格缩进")
_TAIL = Slip("英文引号之后还有文字", "请把值里的英文引号改为中文引号")
_COLON = Slip("值里有英文冒号", "请改用中文冒号，或给整个值加一对英文引号")
_NO_COLON = Slip("这一行不是“键: 值”的形式", "请补上键和英文冒号，或并入上一行")
_INVISIBLE = Slip("含有不可见的控制字符", "请重新键入这一行")


def _opening(sign: str) -> Slip:
    return Slip(f"值不能以“{sign}”开头", "请给整个值加一对英文引号")


def explain(error: yaml.YAMLError, text: str) -> tuple[int, Slip]:
    """The line of ``text`` on which the slip is, from 0, and what is wrong there."""
    if isinstance(error, yaml.reader.ReaderError):
        found = _CONTROL.search(text)
        return (text.count("\n", 0, found.start()) if found else 0), _INVISIBLE
    if not isinstance(error, yaml.MarkedYAMLError):
        return 0, UNKNOWN
    lines = text.split("\n")
    mark = error.problem_mark or error.context_mark
    last = min(mark.line, len(lines) - 1) if mark is not None else 0
    slip = _colon_slip(lines[: last + 1])
    if slip is not None:
        return slip
    begun = error.context_mark.line if error.context_mark is not None else last
    context, problem = error.context or "", error.problem or ""
    if lines[last].lstrip(" ").startswith("\t"):
        return last, _TAB
    if "quoted scalar" in context:
        return begun, _QUOTE
    if "flow" in context:
        return begun, _BRACKET
    if "expected ':'" in problem:
        return begun, _NO_COLON
    column = (error.context_mark or mark).column if "scanning" in context and mark else None
    return last, _of_line(lines[last], problem, mark.column if mark is not None else 0, column)


def _colon_slip(lines: list[str]) -> tuple[int, Slip] | None:
    for number, line in enumerate(lines):
        if _WIDE_COLON.match(line):
            return number, _WIDE
        if _NO_SPACE.match(line):
            return number, _CLOSE
    return None


def _of_line(line: str, problem: str, column: int, begun: int | None) -> Slip:
    """What is wrong with the line at ``column``; ``begun``: where a scan began that failed."""
    place = begun if begun is not None else column
    first = line[place : place + 1]
    if (first and first in "*&!@`%|>?") or "entries are not allowed" in problem or "tag" in problem:
        return _opening(first)
    bracket = _AFTER_BRACKET.match(line)
    if bracket:
        return _opening(bracket[1])
    if _AFTER_QUOTE.match(line):
        return _TAIL
    if "mapping values" in problem and ": " in line[:column]:
        return _COLON
    return _INDENT if "expected" in problem or "mapping values" in problem else UNKNOWN
