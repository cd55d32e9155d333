"""A text after conversion: its HTML and what the rest of the site wants to know about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from site_plugins.domain.links import Target

LinkRole = Literal["link", "image", "media"]


class ConversionError(Exception):
    """A text that cannot be converted; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text: level 2 to 6, its anchor (may be empty), its words as plain text."""

    level: int
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class TextLink:
    """A link, picture or recording of the text: as the author wrote it, and where it leads."""

    role: LinkRole
    raw: str
    target: Target


@dataclass(frozen=True, slots=True)
class ConvertedText:
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
