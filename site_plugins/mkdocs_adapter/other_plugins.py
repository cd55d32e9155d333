"""Plugins of other makers: what of them decides how pages look, and whether they may be skipped."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from hashlib import blake2b
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from msgspec import Struct

from site_plugins.domain.settings import Settings
from site_plugins.reading.settings import PREFIX
from site_plugins.tools.fingerprints import Unknowable, loose_modules_digest, told

PAGE_EVENTS = ("pre_page", "page_markdown", "page_content", "post_page")


class OtherPlugins(Struct, frozen=True):
    """What mkdocs.yml lists beside Jianyan's own.

    ``facts``: names, versions and options, as a text. ``all_because``: why every page must be made
    anew, empty where nothing asks for it. ``has_environment``: one of them changes the template
    environment, which only this process has. ``are_none``: there is nothing of other makers.
    """

    facts: str
    all_because: str
    has_environment: bool
    are_none: bool

    @classmethod
    def of(cls, config: MkDocsConfig, settings: Settings) -> OtherPlugins:
        """The other plugins of a configuration."""
        # A mapping of names and modules, whatever its declared type says.
        listed = cast("dict[str, ModuleType]", config.hooks or {})
        hooks = [(name, _digest(hook)) for name, hook in listed.items()]
        # MkDocs lists hooks among the plugins, as modules without options.
        names = [
            name
            for name, plugin in config.plugins.items()
            if not name.startswith(PREFIX) and isinstance(plugin, BasePlugin)
        ]
        if not names and not hooks:
            return cls("", "", has_environment=False, are_none=True)
        on_pages = _listening(config, (*PAGE_EVENTS, "env"))
        gathering = [name for name in on_pages if name not in settings.pure]
        because = ""
        if gathering:
            because = (
                f"插件 {'、'.join(gathering)} 会处理页面，可能汇集各页的内容，全部稿件重新生成；"
                "确知它只看当前页的，可写进 jianyan/site 的 pure"
            )
        try:
            # What belongs to no installed package has no version: helpers of hooks, a plugin
            # that is still being written.
            loose = loose_modules_digest()
            facts = told([[_facts(config, name) for name in names], hooks, loose])
        except Unknowable as error:
            facts = ""
            because = because or f"插件的设置里有无法比较的内容（{error}），全部重新生成"
        return cls(facts, because, bool(_listening(config, ("env",))), are_none=False)


@functools.cache
def _digest(hook: ModuleType) -> str:
    """The digest of a hook's file: what it does may have changed with it.

    Asked once for a module: while it serves, MkDocs goes on with what it has loaded.
    """
    return blake2b(Path(str(hook.__file__)).read_bytes(), digest_size=20).hexdigest()


def _facts(config: MkDocsConfig, name: str) -> list[Any]:
    """A plugin's name, the version of the package it comes from, its options."""
    found = entry_points(group="mkdocs.plugins", name=name.partition(" ")[0])
    versions = sorted(e.dist.version for e in found if e.dist is not None)
    options = dict(config.plugins[name].config.items())
    return [name, versions, options]


def _listening(config: MkDocsConfig, events: Sequence[str]) -> list[str]:
    """Names of those that answer one of some events; a hook by its file."""
    found: dict[str, None] = {}
    names = {id(plugin): name for name, plugin in config.plugins.items()}
    for event in events:
        for method in config.plugins.events[event]:
            plugin = getattr(method, "__self__", None)
            name = names.get(id(plugin), getattr(method, "__module__", "hooks"))
            if not name.startswith(PREFIX):
                found[name] = None
    return list(found)
