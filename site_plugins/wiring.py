"""Chooses the tools of a build; the only place that does."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2

from site_plugins.build.pipeline import Build, Outcome
from site_plugins.build.ports import ConvertText, Workshop
from site_plugins.build.preparation import Prepared, prepare
from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.attachment_text import AttachmentText
from site_plugins.domain.named_files import type_of
from site_plugins.domain.settings import Settings
from site_plugins.tools import attachment_text
from site_plugins.tools.build_lock import one_build_at_a_time
from site_plugins.tools.content_folder import ContentFolder
from site_plugins.tools.markdown_converter import DEFAULT_EXTENSIONS, MarkdownConverter
from site_plugins.tools.pictures import Pictures
from site_plugins.tools.site_folder import Changes, SiteFolder
from site_plugins.tools.tag_ids import tag_ids
from site_plugins.tools.theme_folder import Theme, packaged_theme


def converter(settings: Settings) -> MarkdownConverter:
    """The site's Markdown converter: the usual extensions, and those of mkdocs.yml."""
    names = dict.fromkeys((*DEFAULT_EXTENSIONS, *map(_short, settings.extensions)))
    configs = {_short(name): config for name, config in settings.extension_configs.items()}
    return MarkdownConverter(tuple(names), configs)


def _short(name: str) -> str:
    """MkDocs and Python-Markdown call their own extensions by two names."""
    return name.removeprefix("markdown.extensions.")


def reading_workshop(settings: Settings) -> Workshop:
    """Tools to read and check, not to render."""
    folder = ContentFolder(settings.content)
    plain = converter(settings).convert

    def attachment(path: str) -> AttachmentText:
        if type_of(path) not in attachment_text.TYPES:
            return AttachmentText()
        return attachment_text.read_attachment(path, folder.read(path))

    return Workshop(
        sources=folder.sources,
        convert=plain,
        attachment=attachment,
        unseen=plain,
        measure=Pictures(settings.content).measure,
        tag_ids=tag_ids,
        read=folder.read,
    )


def check_site(settings: Settings, now: datetime) -> Prepared:
    """Read and check everything; nothing is written."""
    return prepare(settings, now, reading_workshop(settings))


def theme_folders(settings: Settings) -> Sequence[str]:
    """The settings' folders, and the theme that comes with Jianyan before mkdocs-material's."""
    own = str(packaged_theme())
    folders = [folder for folder in settings.theme_folders if folder != own]
    place = next((i for i, f in enumerate(folders) if _is_host_theme(f)), len(folders))
    return (*folders[:place], own, *folders[place:])


def _is_host_theme(folder: str) -> bool:
    """Whether a folder is an installed theme and not the site's own custom_dir."""
    return (Path(folder) / "mkdocs_theme.yml").is_file() or not (Path(folder).is_dir())


class SiteBuilder:
    """Builds a site into its folder, step by step; other builds of the site wait meanwhile.

    ``owned`` says whether whatever lies in the folder may go.
    """

    def __init__(self, settings: Settings, *, owned: bool) -> None:
        self._settings = settings
        self._workshop = reading_workshop(settings)
        self._build = Build()
        self._folder = SiteFolder(settings.output, settings.cache, owned=owned)
        self._open = ExitStack()

    def prepare(
        self,
        now: datetime,
        *,
        strict: bool,
        tell: Callable[[Prepared], None],
        convert: ConvertText | None = None,
    ) -> None:
        """Read and check; ``convert`` is the host's way to convert a public text.

        Raises:
            Refused: strict, and there is an error.
        """
        workshop = self._workshop
        if convert is not None:
            workshop = replace(workshop, convert=convert)
        self._build.prepare(self._settings, now, workshop, strict=strict, tell=tell)

    def render(
        self,
        environment: jinja2.Environment | None = None,
        post: Callable[[Artifact], Artifact] | None = None,
    ) -> None:
        """Make the new tree beside the site folder.

        Raises:
            ForeignFolder: the folder holds something else than a former build.
        """
        self._open.enter_context(one_build_at_a_time(self._settings.cache))
        theme = Theme(theme_folders(self._settings), environment)
        tools = replace(self._workshop, render=theme.render, theme=theme.files, post=post)
        self._build.render(tools, self._folder.open())

    def publish(self, extra: Sequence[Artifact] = ()) -> tuple[Outcome, Changes]:
        """Bring the new tree, with the files of others, into the site folder; write the report.

        Raises:
            TwoOutputs: a plugin of another maker writes a file of the site's own.
        """
        self._build.publish(extra)
        _report(self._settings, self._build.outcome, self._folder.changes)
        self.close()
        return self._build.outcome, self._folder.changes

    def close(self) -> None:
        """Let other builds go on; nothing happens where none waits."""
        self._open.close()


def _report(settings: Settings, outcome: Outcome, changes: Changes) -> None:
    """.cache/jianyan/report.json: what the build did. It never goes into the site."""
    report: Mapping[str, Any] = {
        "records": outcome.records,
        "files": outcome.files,
        "left_out": outcome.left_out,
        "seconds": {stage: round(spent, 3) for stage, spent in outcome.seconds.items()},
        "written": changes.written,
        "removed": changes.removed,
        "unchanged": changes.unchanged,
        "problems": [problem.facts for problem in outcome.problems],
    }
    file = Path(settings.cache) / "report.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
