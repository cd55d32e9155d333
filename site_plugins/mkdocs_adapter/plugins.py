"""The plugins that mkdocs.yml lists.

Each says that the site has a capability and holds its options; only ``jianyan/site`` answers
MkDocs events, and does so by calling stages of the build. The options are read and checked by the
core (:mod:`site_plugins.reading.settings`), so that ``jianyan check`` tells the same faults.
"""

from __future__ import annotations

import os
from typing import Any

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from site_plugins.mkdocs_adapter import collector
from site_plugins.mkdocs_adapter.rebuilding import patient
from site_plugins.mkdocs_adapter.site_build import SiteBuild
from site_plugins.mkdocs_adapter.watching import watch_natively

LAST = -100


class _Unchecked(Config):
    """Options that the core checks; MkDocs only carries them."""


class OptionHolder(BasePlugin[_Unchecked]):
    """A capability with its options."""

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[list[Any], list[Any]]:
        """Accept any options; the core tells what is wrong with them."""
        super().load_config({}, config_file_path)
        return [], []


class PlansPlugin(OptionHolder):
    """``jianyan/plans``: annual plans with addresses for their clauses."""


class PeriodicalsPlugin(OptionHolder):
    """``jianyan/periodicals``: magazines and journals."""


class FeedsPlugin(OptionHolder):
    """``jianyan/feeds``: RSS, Atom and JSON feeds."""


class SearchPlugin(OptionHolder):
    """``jianyan/search``: the search index and page."""


class SitePlugin(OptionHolder):
    """``jianyan/site``: the whole site; every event of MkDocs arrives here."""

    def __init__(self) -> None:
        super().__init__()
        self._build: SiteBuild | None = None
        self._is_serving = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Note the command. (Having this handler, the plugin lives through rebuilds of serve.)"""
        self._is_serving = command == "serve"

    @event_priority(LAST)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the settings and keep MkDocs away from the site folder."""
        self._close()
        collector.pause()
        self._build = SiteBuild(config, is_serving=self._is_serving)
        return config

    @event_priority(LAST)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take the texts out of MkDocs' hands: the core reads and renders them."""
        assert self._build is not None
        return self._build.take(files)

    @event_priority(LAST)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Convert the texts: MkDocs would do so now."""
        assert self._build is not None
        self._build.prepare(nav)
        return nav

    @event_priority(LAST)
    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Render the pages: MkDocs would do so now."""
        assert self._build is not None
        self._build.render(env)
        return env

    @event_priority(LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Publish; other plugins have written their files by now."""
        assert self._build is not None
        self._build.publish()
        self._close()

    @event_priority(LAST)
    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Show the lasting preview, hear of changes from the system, and outlast faults."""
        assert self._build is not None
        server.root = self._build.settings.output
        watch_natively(server, (self._build.settings.cache,))
        self._watch_sources(server)

        def rebuild() -> None:
            builder()
            self._watch_sources(server)

        server.builder = patient(rebuild, config.config_file_path)
        return server

    def _watch_sources(self, server: LiveReloadServer) -> None:
        """Watch what mkdocs.yml names now, which may be more than at the start."""
        assert self._build is not None
        for path in map(os.path.abspath, self._build.sources):
            if path not in server._watched_paths and os.path.exists(path):
                server.watch(path)

    def on_build_error(self, *, error: Exception) -> None:
        """Let go of what a failed build holds: ``serve`` goes on and tries again."""
        self._close()

    def remember(self) -> None:
        """Spare later builds of ``jianyan build`` MkDocs, after one that it has begun."""
        assert self._build is not None
        self._build.remember()

    def on_shutdown(self) -> None:
        """Let go of what a build holds that was broken off, which is no error to MkDocs."""
        self._close()

    def _close(self) -> None:
        if self._build is not None:
            self._build.close()
        collector.resume(process_lasts=self._is_serving)
