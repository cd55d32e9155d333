"""A problem: where it is, what is wrong, what to do; severities and their consequences."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from msgspec import Struct


class Severity(IntEnum):
    """How grave a problem is.

    An error fails a strict build and otherwise leaves the faulty record out; a warning and an
    information never fail a build.
    """

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The English word of the JSON answer."""
        return self.name.lower()

    @property
    def label(self) -> str:
        """The Chinese word shown to editors."""
        return {1: "提示", 2: "警告", 3: "错误"}[int(self)]


class Problem(Struct, frozen=True, array_like=True):
    """One problem; ``path`` is relative to mkdocs.yml, ``line`` counts from 1."""

    path: str
    line: int
    code: str
    severity: Severity
    message: str
    remedy: str

    @property
    def text(self) -> str:
        """``content/news/x.md:4: 毛病。怎么办 [JY012]``."""
        return f"{self.path}:{self.line}: {self.message}。{self.remedy} [{self.code}]"

    @property
    def facts(self) -> dict[str, str | int]:
        """The problem as programs read it: the JSON answer, the report."""
        return {
            "code": self.code,
            "severity": self.severity.word,
            "path": self.path,
            "line": self.line,
            "message": self.message,
            "remedy": self.remedy,
        }

    @property
    def is_error(self) -> bool:
        """Whether the problem fails a strict build."""
        return self.severity is Severity.ERROR


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems once each, by path, line and code."""
    return tuple(sorted(set(problems), key=lambda p: (p.path, p.line, p.code, p.message)))
