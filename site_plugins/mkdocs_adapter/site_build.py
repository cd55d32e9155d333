"""One build within MkDocs: settings from its configuration, its folders, its events."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError, PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from site_plugins.build.pipeline import Refused, TwoOutputs
from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings
from site_plugins.mkdocs_adapter.page_events import PageEvents
from site_plugins.mkdocs_adapter.telling import Telling
from site_plugins.reading.settings import UnreadableSettings, load_configuration, read_settings
from site_plugins.tools.clock import read_clock
from site_plugins.tools.site_folder import ForeignFolder
from site_plugins.wiring import build_site, converter

NOW = "JIANYAN_NOW"


class SiteBuild:
    """The build between MkDocs' first and last event."""

    def __init__(self, config: MkDocsConfig, *, is_serving: bool) -> None:
        self._config = config
        self._is_serving = is_serving
        self.settings, self._problems = _settings(config)
        self.environment: jinja2.Environment | None = None
        self.nav: Navigation | None = None
        self._files = Files([])
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

    def finish(self) -> None:
        """Build the site and bring it into the site folder."""
        config, telling = self._config, Telling(self.settings)
        events = PageEvents(config, self._files, self.nav, converter(self.settings).convert)
        try:
            now = read_clock(os.environ.get(NOW), self.settings.clock)
        except ValueError as error:
            raise PluginError(f"时间“{error}”不成立，请写成 2023-10-20T09:00:00+08:00") from None
        telling.problems(self._problems)
        if any(p.is_error for p in self._problems):
            # Nothing can be left out of the settings, so this holds without --strict too.
            raise PluginError(telling.refusal())
        try:
            outcome, changes = build_site(
                self.settings,
                now,
                strict=bool(config.strict),
                owned=self._is_serving or _is_own_folder(self.settings),
                tell=lambda prepared: telling.problems(prepared.problems),
                environment=self.environment,
                convert=events.convert if events.wanted else None,
                post=events.finish if events.wanted else None,
                extra=self._other_files,
            )
        except Refused:
            raise PluginError(telling.refusal()) from None
        except TwoOutputs as error:
            raise PluginError(
                f"文件 {error} 有两个来源：本系统之外，内容目录或别的插件也写这个文件，"
                "网站没有更新。"
                "请给内容目录里的文件改名，或停用那个插件"
            ) from None
        except OSError as error:
            raise PluginError(
                f"不能读写 {error.filename}：{error.strerror}。网站没有更新完，改正后再生成一次"
            ) from None
        except ForeignFolder as error:
            raise PluginError(
                f"文件夹 {error} 里有不是本系统生成的文件，为免误删，没有写入。"
                "请换一个空文件夹，或自行清空它"
            ) from None
        # Whoever asks MkDocs from now on (``mkdocs gh-deploy``) means the finished site.
        config.site_dir = self.settings.output
        telling.done(outcome, changes)

    def _other_files(self) -> Sequence[Artifact]:
        """What other plugins have written into MkDocs' folder."""
        found = []
        folder = Path(self._host_folder.name)
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                name = path.relative_to(folder).as_posix()
                found.append(Artifact(name, path.read_bytes()))
        return found


def _is_own_folder(settings: Settings) -> bool:
    """Whether the output is the folder that mkdocs.yml names, as MkDocs users expect to be
    emptied."""
    try:
        default, _ = read_settings(load_configuration(settings.config))
    except UnreadableSettings:
        return False
    return os.path.realpath(default.output) == os.path.realpath(settings.output)


def _settings(config: MkDocsConfig) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings of mkdocs.yml, with what MkDocs and other plugins have made of them."""
    path = config.config_file_path
    if not path or not os.path.isfile(path):
        raise ConfigurationError("建言需要一个 mkdocs.yml 文件")
    try:
        settings, problems = read_settings(load_configuration(path), config.site_dir)
    except UnreadableSettings as error:
        raise ConfigurationError(error.problems[0].text) from None
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
    )


def _configs(given: Any) -> dict[str, dict[str, Any]]:
    return {name: dict(config or {}) for name, config in given.items()}
