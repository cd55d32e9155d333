"""What a table is: columns with their meaning, and rows of plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

Type = Literal["string", "integer", "date", "boolean", "any"]
Value = str | int | bool | date | None


class Column(Struct, frozen=True, kw_only=True):
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


class Table(Struct, frozen=True, kw_only=True):
    """A table; ``path`` is where its files lie below ``data/``, without their ending; ``key`` are
    the columns that tell its rows apart."""

    name: str
    path: str
    title: str
    description: str
    columns: Sequence[Column]
    key: Sequence[str]
    rows: Sequence[Mapping[str, Value]]
