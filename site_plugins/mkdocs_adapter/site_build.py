"""One build within MkDocs: settings from its configuration, its folders, its events."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError, PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from msgspec.structs import replace

from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings
from site_plugins.mkdocs_adapter.build_options import is_compact, jobs_told
from site_plugins.mkdocs_adapter.other_plugins import OtherPlugins
from site_plugins.mkdocs_adapter.page_events import PageEvents
from site_plugins.reading.settings import (
    Configuration,
    UnreadableSettings,
    load_configuration,
    read_settings,
)
from site_plugins.tools.clock import NoTime, read_clock
from site_plugins.tools.fingerprints import is_packaged, program_digest
from site_plugins.tools.host_memory import HostMemory
from site_plugins.tools.markdown_converter import LazyConverter
from site_plugins.tools.progress import progress_for
from site_plugins.tools.telling import BuildFailed, Telling
from site_plugins.wiring import SiteBuilder

PREVIEW = "preview"
"""Folder of the cache that ``serve`` shows."""


class SiteBuild:
    """The build between MkDocs' first and last event.

    Its steps stand where MkDocs would take them, so that plugins of other makers hear of pages in
    the order they know: texts are converted after ``on_nav``, pages rendered after ``on_env``, and
    what all of them have written is added after their ``on_post_build``.
    """

    def __init__(self, config: MkDocsConfig, *, is_serving: bool) -> None:
        self._config = config
        self._served = config.site_dir if is_serving else ""
        configuration = _configuration(config)
        self.settings, self._problems, is_own = _settings(config, configuration)
        if is_serving:
            # A folder that lasts: the next preview of the site need not begin from nothing.
            preview = os.path.join(self.settings.cache, PREVIEW)
            self.settings = replace(self.settings, output=preview)
        self.sources = _sources(config, configuration)
        self._memory = HostMemory(self.settings, configuration.values, program_digest())
        is_quiet = not logging.getLogger("mkdocs.plugins.jianyan").isEnabledFor(logging.INFO)
        self._telling = Telling(self.settings, is_quiet=is_quiet)
        self._others = OtherPlugins.of(config, self.settings)
        self._builder = SiteBuilder(
            self.settings,
            owned=is_serving or is_own,
            say=self._telling.say,
            jobs=jobs_told(),
            compact=is_compact(),
            progress=progress_for(is_quiet=is_quiet),
            is_alone=self._others.are_none,
            all_because=self._others.all_because,
            plugins=self._others.facts,
        )
        self._files = Files([])
        self._events: PageEvents | None = None
        # MkDocs empties its site folder; it gets one of its own to empty.
        self._host_folder = TemporaryDirectory(prefix="jianyan-", ignore_cleanup_errors=True)
        config.site_dir = self._host_folder.name
        # The core makes all pages, among them what MkDocs would make of theme templates.
        config.theme.static_templates = set()
        config.nav = None

    def take(self, files: Files) -> Files:
        """Keep MkDocs' files for other plugins' events; MkDocs itself is left with none."""
        self._files = files
        return Files([])

    def prepare(self, nav: Navigation) -> None:
        """Read, convert and check the texts, with the page events of other plugins."""
        config, telling = self._config, self._telling
        events = PageEvents(config, self._files, nav, LazyConverter(self.settings).convert)
        self._events = events if events.wanted else None
        try:
            now = read_clock(None, self.settings.clock)
        except NoTime as error:
            raise PluginError(str(error)) from None
        telling.problems(self._problems)
        if any(p.is_error for p in self._problems):
            # Nothing can be left out of the settings, so this holds without --strict too.
            raise PluginError(telling.refusal())
        with self._explained():
            self._builder.prepare(
                now,
                strict=bool(config.strict),
                tell=telling.problems,
                convert=self._events.convert if self._events else None,
            )

    def render(self, environment: jinja2.Environment) -> None:
        """Render the pages with what other plugins have added to the template environment."""
        with self._explained():
            given = environment if self._others.has_environment else None
            self._builder.render(given, self._events.finish if self._events else None)

    def publish(self) -> None:
        """Bring the site, with what other plugins have written, into the site folder."""
        with self._explained():
            outcome, changes = self._builder.publish(self._other_files())
        if self._served:
            self._keep_error_page()
        # Whoever asks MkDocs from now on (``mkdocs gh-deploy``) means the finished site.
        self._config.site_dir = self.settings.output
        self._telling.done(outcome, changes)

    def remember(self) -> None:
        """Note what MkDocs made of mkdocs.yml, which it must have been told nothing beside: what
        an option such as ``mkdocs build -t`` says holds for one build."""
        if self._others.are_none:
            with self._explained():
                self._memory.keep(self.settings)

    def _keep_error_page(self) -> None:
        """MkDocs' server looks for 404.html in the folder that it has made itself."""
        page = Path(self.settings.output) / "404.html"
        if page.is_file():
            Path(self._served).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(page, Path(self._served) / "404.html")

    def close(self) -> None:
        """Let go of the site: the build is over, or something has stopped it."""
        self._builder.close()
        # At once: a process of ``jianyan build`` ends without tidying up.
        self._host_folder.cleanup()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """What stops a build, as an error of the host."""
        try:
            with self._telling.explained():
                yield
        except BuildFailed as error:
            raise PluginError(str(error)) from None

    def _other_files(self) -> Sequence[Artifact]:
        """What other plugins have written into MkDocs' folder."""
        found = []
        folder = Path(self._host_folder.name)
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                name = path.relative_to(folder).as_posix()
                found.append(Artifact(name, path.read_bytes()))
        return found


def _configuration(config: MkDocsConfig) -> Configuration:
    """mkdocs.yml as the core reads it."""
    path = config.config_file_path
    if not path or not os.path.isfile(path):
        raise ConfigurationError("建言需要一个 mkdocs.yml 文件")
    try:
        return load_configuration(path)
    except UnreadableSettings as error:
        raise ConfigurationError(error.problems[0].text) from None


def _sources(config: MkDocsConfig, configuration: Configuration) -> tuple[str, ...]:
    """Files and folders that a person edits, beside content/ and mkdocs.yml: theme folders that
    were not installed, configuration that mkdocs.yml inherits."""
    folders = [folder for folder in config.theme.dirs if not is_packaged(Path(folder))]
    return (*folders, *configuration.inherited)


def _settings(
    config: MkDocsConfig, configuration: Configuration
) -> tuple[Settings, tuple[Problem, ...], bool]:
    """The settings of mkdocs.yml, with what MkDocs and other plugins have made of them.

    The last says whether the output is the folder that mkdocs.yml names, which MkDocs users
    expect to be emptied.
    """
    settings, problems = read_settings(configuration, config.site_dir)
    named, _ = read_settings(configuration)
    is_own = os.path.realpath(named.output) == os.path.realpath(settings.output)
    content = os.path.abspath(config.docs_dir)
    capabilities = settings.capabilities
    if config.site_url and "jianyan/feeds" in config.plugins:
        capabilities |= {"feeds"}
    return (
        replace(
            settings,
            name=config.site_name,
            url=config.site_url or "",
            description=config.site_description or settings.description,
            content=content,
            content_name=os.path.relpath(content, settings.root).replace(os.sep, "/") + "/",
            extensions=tuple(config.markdown_extensions),
            extension_configs=_configs(config.mdx_configs),
            theme_folders=tuple(config.theme.dirs),
            capabilities=capabilities,
        ),
        problems,
        is_own,
    )


def _configs(given: Any) -> dict[str, dict[str, Any]]:
    return {name: dict(config or {}) for name, config in given.items()}
