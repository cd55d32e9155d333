"""Value types of front-matter keys, and ``key()``, which declares a key."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct, StructMeta


class Text(Struct, frozen=True):
    """A text on one line or more; numbers are read as they are written."""

    longest: int = 0  # characters; 0: no limit
    lines: bool = False  # whether line breaks are kept


class Words(Struct, frozen=True):
    """A list of words; a comma text (，、,) is accepted."""


class Integer(Struct, frozen=True):
    """A whole number from ``least``."""

    least: int = 0


class Flag(Struct, frozen=True):
    """true or false."""


class Day(Struct, frozen=True):
    """A date, with a time of day where ``time`` allows it."""

    time: bool = False


class Choice(Struct, frozen=True):
    """One of some words; ``open`` accepts the city's own words beside them."""

    of: tuple[str, ...]
    open: bool = False


class Choices(Struct, frozen=True):
    """A list of words out of some."""

    of: tuple[str, ...]


class Picture(Struct, frozen=True):
    """A picture file, relative to the record's folder or (with /) to content/."""

    automatic: bool = False  # accepts "auto"


class Document(Struct, frozen=True):
    """A file to download; its type must be on the settings' list."""


class Address(Struct, frozen=True):
    """An address on another host, http or https."""


class OldAddress(Struct, frozen=True):
    """An old address of this site: a path, or a path with a query."""


class Reference(Struct, frozen=True):
    """The id of another record: its path without ``.md``; ``kinds`` limits what it may be."""

    kinds: tuple[str, ...] = ()


class ClauseReference(Struct, frozen=True):
    """A clause of a plan: ``plans/2022#2-2``."""


class Nested(Struct, frozen=True):
    """A mapping with declared keys; ``of`` is a :class:`Declared` class."""

    of: type


class Many(Struct, frozen=True):
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


class Key(Struct, frozen=True):
    """A declared key: what it is called, what it holds, whether it must be there."""

    name: str
    field: str
    label: str
    value: Value
    required: bool
    help: str


class _Declaration(Struct, frozen=True):
    """What stands behind a key in the body of a class until the class is made."""

    label: str
    value: Value
    required: bool
    default: Any
    help: str


def key(
    label: str, value: Value, *, required: bool = False, default: Any = None, help: str = ""
) -> Any:
    """Declare a field of a :class:`Declared` class as a front-matter key.

    Lists default to an empty tuple, flags to False, everything else to None; a required key has
    no default because a record without it is never made.
    """
    return _Declaration(label, value, required, _empty(value) if default is None else default, help)


def _empty(value: Value) -> Any:
    if isinstance(value, Words | Many | Choices):
        return ()
    if isinstance(value, Flag):
        return False
    return None


_DECLARED: dict[type, dict[str, Key]] = {}


class _Declaring(StructMeta):
    """Makes classes whose fields may be keys."""

    def __new__(
        mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: Any
    ) -> Any:
        own: dict[str, Key] = {}
        for field, declared in list(namespace.items()):
            if not isinstance(declared, _Declaration):
                continue
            word = field.rstrip("_")
            own[word] = Key(
                word, field, declared.label, declared.value, declared.required, declared.help
            )
            if declared.required:
                del namespace[field]
            else:
                namespace[field] = declared.default
        made = super().__new__(mcls, name, bases, namespace, **options)
        inherited = (_DECLARED[base] for base in bases if base in _DECLARED)
        _DECLARED[made] = {word: k for keys in (*inherited, own) for word, k in keys.items()}
        return made


class Declared(Struct, metaclass=_Declaring, frozen=True, array_like=True, kw_only=True):
    """A frozen class some of whose fields are front-matter keys (see :func:`key`)."""


def keys_of(kind: type) -> Mapping[str, Key]:
    """The declared keys of a class, by the word editors write, in the order of declaration.

    A field whose word is taken in Python ends in an underscore: ``class_`` is written ``class``.
    """
    return MappingProxyType(_DECLARED[kind])
