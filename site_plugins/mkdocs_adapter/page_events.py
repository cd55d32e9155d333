"""Fires MkDocs' page events of other makers' plugins for every text that the core renders."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from msgspec.structs import replace

from site_plugins.build.sheets import ConvertText
from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.converted import ConvertedText
from site_plugins.mkdocs_adapter.other_plugins import PAGE_EVENTS
from site_plugins.reading.plain_text import text_blocks


class PageEvents:
    """Page events around the conversion of a text and the finished page."""

    def __init__(
        self, config: MkDocsConfig, files: Files, nav: Navigation | None, convert: ConvertText
    ) -> None:
        self._config = config
        self._files = files
        self._nav = nav
        self._convert = convert
        self._pages: dict[str, Page] = {}

    @property
    def wanted(self) -> bool:
        """Whether any plugin listens to page events; ours do not."""
        return any(self._config.plugins.events[event] for event in PAGE_EVENTS)

    def convert(self, markdown: str, path: str) -> ConvertedText:
        """Convert a text between the events page_markdown and page_content."""
        config, files, plugins = self._config, self._files, self._config.plugins
        page = self._page(path)
        page.markdown = markdown
        page = plugins.on_pre_page(page, config=config, files=files)
        page.markdown = plugins.on_page_markdown(markdown, page=page, config=config, files=files)
        text = self._convert(page.markdown or "", path)
        page.content = text.html
        html = plugins.on_page_content(text.html, page=page, config=config, files=files)
        page.content = html
        if html == text.html:
            return text
        return replace(text, html=html, blocks=text_blocks(html))

    def finish(self, artifact: Artifact, path: str | None) -> Artifact:
        """Fire post_page for the finished page of the text ``path``; pages of lists have none."""
        if path is None:
            return artifact
        page = self._pages.get(path) or self._page(path)
        output = self._config.plugins.on_post_page(
            artifact.content.decode("utf-8"), page=page, config=self._config
        )
        return replace(artifact, content=(output or "").encode("utf-8"))

    def _page(self, path: str) -> Page:
        file: Any = self._files.get_file_from_path(path)
        if file is None:
            file = File(path, self._config.docs_dir, self._config.site_dir, True)
        page = Page(None, file, self._config)
        self._pages[path] = page
        return page
