"""What a table is: columns with their meaning, and rows of plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Type = Literal["string", "integer", "date", "boolean", "any"]
Value = str | int | bool | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its key, its Chinese name, what stands in it (Frictionless Table Schema).

    ``words`` explains the values where only some are possible; ``required`` says that no cell is
    empty.
    """

    name: str
    title: str
    description: str
    type: Type = "string"
    required: bool = False
    words: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; ``path`` is where its files lie below ``data/``, without their ending; ``key`` are
    the columns that tell its rows apart."""

    name: str
    path: str
    title: str
    description: str
    columns: Sequence[Column]
    key: Sequence[str]
    rows: Sequence[Mapping[str, Value]]
