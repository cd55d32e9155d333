"""Value types of front-matter keys, and ``key()``, which declares a key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """A text on one line or more; numbers are read as they are written."""

    longest: int = 0  # characters; 0: no limit
    lines: bool = False  # whether line breaks are kept


@dataclass(frozen=True, slots=True)
class Words:
    """A list of words; a comma text (，、,) is accepted."""


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number from ``least``."""

    least: int = 0


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""


@dataclass(frozen=True, slots=True)
class Day:
    """A date, with a time of day where ``time`` allows it."""

    time: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some words; ``open`` accepts the city's own words beside them."""

    of: tuple[str, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """A list of words out of some."""

    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file, relative to the record's folder or (with /) to content/."""

    automatic: bool = False  # accepts "auto"


@dataclass(frozen=True, slots=True)
class Document:
    """A file to download; its type must be on the settings' list."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address on another host, http or https."""


@dataclass(frozen=True, slots=True)
class OldAddress:
    """An old address of this site: a path, or a path with a query."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The id of another record: its path without ``.md``; ``kinds`` limits what it may be."""

    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseReference:
    """A clause of a plan: ``plans/2022#2-2``."""


@dataclass(frozen=True, slots=True)
class Nested:
    """A mapping with declared keys; ``of`` is a dataclass made with :func:`key`."""

    of: type


@dataclass(frozen=True, slots=True)
class Many:
    """A list of such values; a single value is accepted as a list of one."""

    of: Value


Value = (
    Text
    | Words
    | Integer
    | Flag
    | Day
    | Choice
    | Choices
    | Picture
    | Document
    | Address
    | OldAddress
    | Reference
    | ClauseReference
    | Nested
    | Many
)


@dataclass(frozen=True, slots=True)
class Key:
    """A declared key: what it is called, what it holds, whether it must be there."""

    name: str
    field: str
    label: str
    value: Value
    required: bool
    help: str


def key(
    label: str, value: Value, *, required: bool = False, default: Any = MISSING, help: str = ""
) -> Any:
    """Declare a dataclass field as a front-matter key.

    Lists default to an empty tuple, flags to False, everything else to None; a required key has
    no default because a record without it is never made.
    """
    metadata: Mapping[str, Any] = MappingProxyType(
        {"label": label, "value": value, "required": required, "help": help}
    )
    if required:
        return field(metadata=metadata)
    if default is MISSING:
        default = _empty(value)
    return field(default=default, metadata=metadata)


def _empty(value: Value) -> Any:
    if isinstance(value, Words | Many | Choices):
        return ()
    if isinstance(value, Flag):
        return False
    return None


_DECLARED: dict[type, Mapping[str, Key]] = {}


def keys_of(kind: type) -> Mapping[str, Key]:
    """The declared keys of a dataclass, by the word editors write, in the order of declaration.

    A field whose word is taken in Python ends in an underscore: ``class_`` is written ``class``.
    """
    found = _DECLARED.get(kind)
    if found is None:
        declared = (_key(f) for f in fields(kind) if "value" in f.metadata)
        found = _DECLARED[kind] = MappingProxyType({k.name: k for k in declared})
    return found


def _key(declared: Field[Any]) -> Key:
    told = declared.metadata
    return Key(
        declared.name.rstrip("_"),
        declared.name,
        told["label"],
        told["value"],
        told["required"],
        told["help"],
    )
