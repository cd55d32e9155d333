"""Gathers paragraphs: what most documents are made of."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field


class Markup(Struct, frozen=True):
    """What a format's elements mean; names are ``{namespace}local``.

    Attributes:
        paragraphs: each is a block; one within another is a block of its own.
        texts: where characters are the text's; empty: anywhere within a paragraph.
        signs: empty elements that stand for characters, such as a tab.
        skipped: elements whose contents are not shown, or shown twice.
    """

    paragraphs: frozenset[str]
    texts: frozenset[str] = frozenset()
    signs: Mapping[str, str] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()


class Paragraphs:
    """The gatherer (see packages.Gatherer) of a format."""

    def __init__(self, markup: Markup) -> None:
        self._markup = markup
        self._open: list[list[str]] = []
        self._done: list[str] = []
        self._skipping = 0
        self._texts = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        markup = self._markup
        if self._skipping or name in markup.skipped:
            self._skipping += 1
        elif name in markup.paragraphs:
            self._open.append([])
        elif name in markup.texts:
            self._texts += 1
        elif name in markup.signs and self._open:
            self._open[-1].append(markup.signs[name])

    def end(self, name: str) -> None:
        """An element ends."""
        markup = self._markup
        if self._skipping:
            self._skipping -= 1
        elif name in markup.paragraphs:
            self._done.append("".join(self._open.pop()))
        elif name in markup.texts:
            self._texts -= 1

    def data(self, text: str) -> None:
        """Characters within an element."""
        if self._open and not self._skipping and (self._texts or not self._markup.texts):
            self._open[-1].append(text)

    def taken(self) -> list[str]:
        """The paragraphs completed since the last call."""
        done, self._done = self._done, []
        return done
