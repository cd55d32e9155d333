"""Reads HTML for tests. The results of lxml's xpath have no useful types, so these are Any."""

from __future__ import annotations

from typing import Any

from lxml import html

Page = Any


def page_of(content: bytes) -> Page:
    """A whole page."""
    return html.document_fromstring(content.decode("utf-8"))


def fragment_of(text: str) -> Page:
    """A piece of HTML, in a ``<div>``."""
    return html.fromstring(f"<div>{text}</div>")
