"""Makes the Python-Markdown engine of a site from the names and settings of its extensions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from markdown.extensions import Extension
from markdown.extensions.toc import slugify_unicode

from site_plugins.tools.extension_names import DEFAULT_EXTENSIONS
from site_plugins.tools.markdown_extensions import HouseStyle, LeanMarkdown

DEFAULT_CONFIGS: Mapping[str, Mapping[str, Any]] = {
    "footnotes": {
        # The variation selector keeps phones from drawing the arrow as a coloured picture.
        "BACKLINK_TEXT": "&#8617;&#xFE0E;",
        "BACKLINK_TITLE": "返回正文中注释 %d 处",
    },
    "toc": {"slugify": slugify_unicode},
    "pymdownx.tabbed": {"alternate_style": True},
}
"""How extensions are set where the site's own settings say nothing."""


def engine_of(extensions: Sequence[str], configs: Mapping[str, Mapping[str, Any]]) -> LeanMarkdown:
    """An engine with these extensions.

    An unknown extension raises what Python-Markdown raises (ImportError, AttributeError …).
    """
    merged: dict[str, dict[str, Any]] = {}
    for name in extensions:
        defaults = DEFAULT_CONFIGS.get(name.removeprefix("markdown.extensions."), {})
        merged[name] = {**defaults, **(configs.get(name) or {})}
    made = [_extension(name, merged[name]) for name in extensions]
    engine = LeanMarkdown(extensions=[*made, HouseStyle()], extension_configs=merged)
    engine.settle()
    return engine


def _extension(name: str, config: Mapping[str, Any]) -> Extension | str:
    """An extension of which it is known where it is, made; the name of any other.

    To find an extension by its name, Python-Markdown goes through every installed package.
    """
    if name not in DEFAULT_EXTENSIONS:
        return name
    module = import_module(name if "." in name else f"markdown.extensions.{name}")
    made: Extension = module.makeExtension(**config)
    return made
