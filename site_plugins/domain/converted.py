"""A text after conversion: its HTML and what the rest of the site wants to know about it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from site_plugins.domain.digests import digest_of
from site_plugins.domain.links import Target

LinkRole = Literal["link", "image", "media"]

HEADING_LENGTH = 30
"""Up to so many characters a block may be a heading, a caption or a cell."""


class ConversionError(Exception):
    """A text that cannot be converted; the message says why, in Chinese."""


class Heading(Struct, frozen=True, array_like=True):
    """A heading of the text: level 2 to 6, its anchor (may be empty), its words as plain text."""

    level: int
    id: str
    title: str


class TextLink(Struct, frozen=True, array_like=True):
    """A link, picture or recording of the text: as the author wrote it, and where it leads."""

    role: LinkRole
    raw: str
    target: Target


LEAD = 400
"""Characters of the beginning of a text that are kept at hand, for summaries."""


class TextFacts(Struct, frozen=True, array_like=True):
    """What other pages and the checks want to know of a text, without the text itself.

    ``lead`` are its first blocks, enough for any summary; ``digest`` tells one text from another.
    The others are those of :class:`ConvertedText`.
    """

    digest: str = ""
    headings: tuple[Heading, ...] = ()
    ids: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    links: tuple[TextLink, ...] = ()
    removed: tuple[str, ...] = ()
    characters: int = 0


class ConvertedText(Struct, frozen=True):
    """The outcome of converting one text; the same for the same Markdown, path and settings.

    ``html`` has passed the allow-list; its internal links are tokens (:mod:`~.links`).
    ``ids`` are all anchors in it. ``blocks`` are the plain texts of its paragraphs, headings,
    items and cells in order, for search and summaries. ``removed`` names what the allow-list took
    out, in words for a message (``<script>``, ``onclick``, ``javascript:``), sorted, each once.
    ``characters`` counts the characters a reader sees, without white space.
    """

    html: str
    headings: tuple[Heading, ...] = ()
    ids: frozenset[str] = frozenset()
    blocks: tuple[str, ...] = ()
    links: tuple[TextLink, ...] = ()
    removed: tuple[str, ...] = ()
    characters: int = 0

    @property
    def facts(self) -> TextFacts:
        """What is known of the text without its HTML."""
        # A plan's clauses are anchors that do not stand in its HTML yet.
        parts = (self.html, *sorted(self.ids), *self.blocks)
        digest = digest_of(*parts) if self.html or self.blocks else ""
        return TextFacts(
            digest=digest,
            headings=self.headings,
            ids=tuple(sorted(self.ids)),
            lead=_lead(self.blocks),
            links=self.links,
            removed=self.removed,
            characters=self.characters,
        )


def _lead(blocks: tuple[str, ...]) -> tuple[str, ...]:
    """The blocks that the first sentences stand in; headings between them may be many."""
    prose = 0
    for count, block in enumerate(blocks, 1):
        prose += len(block) if len(block) > HEADING_LENGTH else 0
        if prose > LEAD:
            return blocks[:count]
    return blocks
