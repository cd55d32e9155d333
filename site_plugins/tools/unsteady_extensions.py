"""Markdown extensions whose outcome may depend on more than the text and the settings."""

from __future__ import annotations

from collections.abc import Iterator

from site_plugins.domain.settings import Settings
from site_plugins.tools.markdown_converter import short_name

_STEADY = frozenset(
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs "
    "legacy_em md_in_html meta nl2br sane_lists smarty tables toc wikilinks".split()
)
# Known to read other files: snippets includes them, b64 and pathconverter look for pictures.
_UNSTEADY = frozenset({"pymdownx.snippets", "pymdownx.b64", "pymdownx.pathconverter"})


def unsteady_extensions(settings: Settings) -> Iterator[str]:
    """Names of those in use, but for what mkdocs.yml lists as ``pure``."""
    for written in settings.extensions:
        name = short_name(written)
        known = name in _STEADY or (name.startswith("pymdownx.") and name not in _UNSTEADY)
        if not known and written not in settings.pure and name not in settings.pure:
            yield written
