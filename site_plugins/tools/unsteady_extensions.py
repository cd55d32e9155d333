"""Markdown extensions whose outcome may depend on more than the text and the settings."""

from __future__ import annotations

from collections.abc import Iterator

from site_plugins.domain.settings import Settings
from site_plugins.tools.extension_names import short_name
from site_plugins.tools.fingerprints import source_digest

_STEADY = frozenset(
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs "
    "legacy_em md_in_html meta nl2br sane_lists smarty tables toc wikilinks".split()
)
# Known to read other files: snippets includes them, b64 and pathconverter look for pictures.
_UNSTEADY = frozenset({"pymdownx.snippets", "pymdownx.b64", "pymdownx.pathconverter"})


def unsteady_extensions(settings: Settings) -> Iterator[str]:
    """Names of those in use, but for what mkdocs.yml lists as ``pure``."""
    for written in _unknown(settings):
        if written not in settings.pure and short_name(written) not in settings.pure:
            yield written


def pure_extensions(settings: Settings) -> Iterator[tuple[str, str]]:
    """Those that mkdocs.yml lists as ``pure``, each with a digest of the modules it comes from:
    what a site has written itself is of no version."""
    unsteady = frozenset(unsteady_extensions(settings))
    for written in _unknown(settings):
        if written not in unsteady:
            yield written, source_digest(_module_of(written))


def _unknown(settings: Settings) -> Iterator[str]:
    """Names of those in use of which it is not known here that they look at nothing else."""
    for written in settings.extensions:
        name = short_name(written)
        known = name in _STEADY or (name.startswith("pymdownx.") and name not in _UNSTEADY)
        if not known:
            yield written


def _module_of(written: str) -> str:
    """The module that Python-Markdown takes an extension from."""
    # Loaded here: most sites have none such.
    from importlib.metadata import entry_points

    found = entry_points(group="markdown.extensions", name=written)
    name = next(iter(found)).value if found else written
    return name.partition(":")[0]
