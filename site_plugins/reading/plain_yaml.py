"""The YAML that most front matter is written in, read without a parser.

A key and its value on each line, the value a word, a sentence or a list of words in brackets: of
such a text it is known what YAML makes of it. :func:`plain_mapping` gives that in a fraction of the
time, and None for any text with a sign in it that may mean more. tests/reading/test_plain_yaml.py
searches for texts that YAML reads otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

# White space other than the blank, and what YAML does not allow or takes for a line end.
_STRANGE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
# No sign of YAML.
_FIRST = r"[^\s!-\-:-@\[-`{-~]"
_LINE = re.compile(
    rf"([a-z][a-z_0-9]{{0,60}}): (?:({_FIRST}(?:[^:#]|:(?=\S))*)"
    rf"|\[({_FIRST}[^:#?&*!|>'\"%@`{{}}\[\]]*)\])"
)
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL"), None),
}
_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")
_DIGITS = re.compile(r"[0-9]+")


class _Beyond(Exception):
    """There is more to this text than is known here."""


def plain_mapping(text: str, first_line: int) -> tuple[dict[str, Any], dict[str, int]] | None:
    """The values of a text and the lines of its keys, as
    :func:`~site_plugins.reading.front_matter.load` gives them; None where only YAML knows."""
    if _STRANGE.search(text):
        return None
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), first_line):
        if not line:
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            return None
        key, value, words = found.groups()
        if key in values or key in _WORDS:
            return None
        lines[key] = number
        try:
            if value is not None:
                values[key] = _value(value)
            else:
                many = values[key] = list(_many(words))
                lines.update((f"{key}[{index}]", number) for index in range(len(many)))
        except _Beyond:
            return None
    return (values, lines) if values else None


def _many(words: str) -> Iterator[Any]:
    for word in words.split(","):
        yield _value(word.removeprefix(" "), _WORD)


_WORD = re.compile(rf"{_FIRST}.*")
_SENTENCE = re.compile(r".*\S")


def _value(written: str, form: re.Pattern[str] = _SENTENCE) -> Any:
    """A text, number, truth or nothing.

    Raises:
        _Beyond: it is something else, or cannot be told.
    """
    if not form.fullmatch(written) or written[-1].isspace():
        raise _Beyond
    if written in _WORDS:
        return _WORDS[written]
    if _DIGITS.fullmatch(written):
        if not _NUMBER.fullmatch(written):
            raise _Beyond
        return int(written)
    return written
