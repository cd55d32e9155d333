"""Markdown extensions by their names."""

from __future__ import annotations

DEFAULT_EXTENSIONS: tuple[str, ...] = (
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
)
"""What a new site's mkdocs.yml lists under ``markdown_extensions``."""

USUAL_EXTENSIONS = frozenset((*DEFAULT_EXTENSIONS, "fenced_code"))
"""Extensions that add nothing to the texts that ``plain_markdown.py`` converts, but for two:
``toc`` adds the ids of headings, ``tables`` tables."""


def short_name(name: str) -> str:
    """MkDocs and Python-Markdown call their own extensions by two names."""
    return name.removeprefix("markdown.extensions.")
