"""Reads front-matter values by their declared types; tells every fault with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from msgspec import Struct, field

from site_plugins.domain.catalogue import problem
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
from site_plugins.domain.moments import moment_of
from site_plugins.domain.nearest import suggestion
from site_plugins.domain.problems import Problem
from site_plugins.reading.plain_text import without_control

_NOT_IN_ALIAS = re.compile(r"[\x00-\x1f\x7f\\\ufffd]")
_LONGEST = 200  # bytes of a name in a path; file systems take 255
_MOST_DIGITS = 18  # what fits into 64 bits
_DIGITS = re.compile(rf"[0-9]{{1,{_MOST_DIGITS}}}")
_COMMAS = re.compile(r"[，、,；;]")


class _Faulty(Exception):
    """A value was told to be faulty; its key has no value."""


class ValueReader(Struct):
    """Reads the values of one file and gathers its problems."""

    path: str
    lines: Mapping[str, int]
    problems: list[Problem] = field(default_factory=list)

    def tell(self, code: str, name: str, **facts: object) -> None:
        """Note a problem at the line of the key ``name``."""
        self.problems.append(problem(code, self.path, self._line(name), **facts))

    def _line(self, name: str) -> int:
        while name and name not in self.lines:
            # From a key to what it stands in; what is written on one line has no lines of its own.
            name = name[: max(name.rfind("."), name.rfind("["), 0)]
        return self.lines.get(name, 1)

    def mapping(
        self, kind: type, written: Mapping[str, Any], prefix: str = "", ignore: tuple[str, ...] = ()
    ) -> dict[str, Any] | None:
        """Keyword arguments for ``kind``, or None where a required key is missing or faulty."""
        declared = keys_of(kind)
        read: dict[str, Any] = {}
        complete = True
        for name, raw in written.items():
            if name in ignore:
                continue
            key = declared.get(name)
            if key is None:
                self.tell("JY010", prefix + name, key=name, near=suggestion(name, declared))
            elif not is_blank(raw):
                complete &= self._into(read, key, raw, prefix)
        for key in declared.values():
            if key.required and key.field not in read and is_blank(written.get(key.name)):
                self.tell("JY011", prefix + key.name, key=key.name, label=key.label)
                complete = False
        return read if complete else None

    def _into(self, read: dict[str, Any], key: Key, raw: Any, prefix: str) -> bool:
        try:
            read[key.field] = self._value(key.value, raw, prefix + key.name)
        except _Faulty:
            return not key.required
        return True

    def read(self, value: Value, raw: Any, name: str) -> Any:
        """One value by its type, None where it is faulty."""
        try:
            return self._value(value, raw, name)
        except _Faulty:
            return None

    def _value(self, value: Value, raw: Any, name: str) -> Any:
        return _READERS[type(value)](self, value, raw, name)

    def wrong(self, name: str, wanted: str, raw: Any) -> _Faulty:
        """Tell that a value is of the wrong sort."""
        self.tell("JY013", name, key=_last(name), wanted=wanted, value=shown(raw))
        return _Faulty()

    def text(self, value: Text, raw: Any, name: str) -> str:
        """A text; numbers count as texts."""
        if isinstance(raw, bool) or not isinstance(raw, str | int):
            raise self.wrong(name, "一段文字", raw)
        # YAML can write what no file may hold: "\\x01".
        told = without_control(str(raw))
        text = told.strip() if value.lines else " ".join(told.split())
        if value.longest and len(text) > value.longest:
            self.tell("JY015", name, key=_last(name), length=len(text), longest=value.longest)
            raise _Faulty
        return text

    def words(self, value: Words, raw: Any, name: str) -> tuple[str, ...]:
        """A list of words, or a text with commas."""
        if isinstance(raw, str):
            raw = _COMMAS.split(raw)
        if isinstance(raw, int) and not isinstance(raw, bool):
            raw = [raw]
        if not isinstance(raw, list):
            raise self.wrong(name, "词语列表", raw)
        words = [
            self.text(Text(), word, f"{name}[{i}]")
            for i, word in enumerate(raw)
            if not is_blank(word)
        ]
        return tuple(dict.fromkeys(words))

    def integer(self, value: Integer, raw: Any, name: str) -> int:
        """A whole number, also written as digits in quotes."""
        if isinstance(raw, str) and _DIGITS.fullmatch(raw.strip()):
            raw = int(raw)
        if isinstance(raw, bool) or not isinstance(raw, int):
            raise self.wrong(name, "整数", raw)
        if raw < value.least:
            raise self.wrong(name, f"不小于 {value.least} 的整数", raw)
        if raw >= 10**_MOST_DIGITS:
            raise self.wrong(name, f"不超过 {_MOST_DIGITS} 位的整数", raw)
        return raw

    def flag(self, value: Flag, raw: Any, name: str) -> bool:
        """true or false."""
        if not isinstance(raw, bool):
            raise self.wrong(name, " true 或 false", raw)
        return raw

    def day(self, value: Day, raw: Any, name: str) -> Any:
        """A date, with a time where the key allows it."""
        moment = moment_of(raw)
        if moment is None:
            self.tell("JY014", name, key=_last(name), value=shown(raw))
            raise _Faulty
        if moment.has_time and not value.time:
            raise self.wrong(name, "日期，不带钟点", raw)
        return moment

    def choice(self, value: Choice, raw: Any, name: str) -> str:
        """One of the declared words."""
        text = self.text(Text(), raw, name)
        if text not in value.of and not value.open:
            self._not_among(name, text, value.of)
        return text

    def choices(self, value: Choices, raw: Any, name: str) -> tuple[str, ...]:
        """Some of the declared words."""
        words = self.words(Words(), raw, name)
        for word in words:
            if word not in value.of:
                self._not_among(name, word, value.of)
        return words

    def _not_among(self, name: str, text: str, of: tuple[str, ...]) -> None:
        self.tell("JY012", name, key=_last(name), value=text, choices="、".join(of))
        raise _Faulty

    def name(self, value: Value, raw: Any, name: str) -> str:
        """A file name or the id of a record; checked against what there is later."""
        return self.text(Text(), raw, name)

    def address(self, value: Address, raw: Any, name: str) -> str:
        """An address on another host."""
        text = self.text(Text(), raw, name)
        try:
            parts = urlsplit(text)
            right = parts.scheme in ("http", "https") and bool(parts.hostname)
        except ValueError:
            right = False
        if not right or " " in text:
            raise self.wrong(name, "以 http:// 或 https:// 开头的网址", raw)
        return text

    def old_address(self, value: OldAddress, raw: Any, name: str) -> str:
        """A path on this site, perhaps with a query."""
        text = self.text(Text(), raw, name)
        path = unquote(text.partition("?")[0])
        # The page that leads on becomes a file of this name, so it must be a name of one file.
        names = path.rstrip("/").split("/")[1:]
        odd = any(name in ("", ".", "..") or len(name.encode()) > _LONGEST for name in names)
        odd = odd or _NOT_IN_ALIAS.search(path + unquote(str(raw))) is not None
        if not path.startswith("/") or odd or "#" in text:
            self.tell("JY033", name, alias=text)
            raise _Faulty
        return text

    def nested(self, value: Nested, raw: Any, name: str) -> Any:
        """A mapping with declared keys."""
        if not isinstance(raw, dict):
            names = "、".join(list(keys_of(value.of))[:4])
            raise self.wrong(name, f"“键: 值”的形式（键有 {names} 等）", raw)
        read = self.mapping(value.of, {str(k): v for k, v in raw.items()}, name + ".")
        if read is None:
            raise _Faulty
        return value.of(**read)

    def many(self, value: Many, raw: Any, name: str) -> tuple[Any, ...]:
        """A list of values, or one value alone."""
        items = raw if isinstance(raw, list) else [raw]
        read = []
        faulty = False
        for index, item in enumerate(items):
            if is_blank(item):
                continue
            try:
                read.append(self._value(value.of, item, f"{name}[{index}]"))
            except _Faulty:
                faulty = True
        if faulty:
            raise _Faulty
        return tuple(read)


_READERS: Mapping[type, Any] = {
    Text: ValueReader.text,
    Words: ValueReader.words,
    Integer: ValueReader.integer,
    Flag: ValueReader.flag,
    Day: ValueReader.day,
    Choice: ValueReader.choice,
    Choices: ValueReader.choices,
    Picture: ValueReader.name,
    Document: ValueReader.name,
    Reference: ValueReader.name,
    ClauseReference: ValueReader.name,
    Address: ValueReader.address,
    OldAddress: ValueReader.old_address,
    Nested: ValueReader.nested,
    Many: ValueReader.many,
}


def is_blank(raw: Any) -> bool:
    """Whether a key is there without a value: that is no value, not an empty text."""
    return raw is None or (isinstance(raw, str) and not without_control(raw).strip())


def _last(name: str) -> str:
    return name.rpartition(".")[2].partition("[")[0]


def shown(raw: Any) -> str:
    """A value as a message quotes it. What is not plain is only named: written out, a list that
    repeats itself could fill the memory."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, list | dict):
        return "一个列表" if isinstance(raw, list) else "几个键"
    text = " ".join(str(raw).split())
    return text if len(text) <= 40 else text[:39] + "…"
