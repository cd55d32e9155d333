"""What mkdocs.yml says about the site, typed and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct, field

ATTACHMENT_TYPES = (
    "pdf ofd doc docx xls xlsx ppt pptx wps et dps odt ods odp csv txt json zip rar 7z "
    "jpg jpeg png webp svg mp3 mp4 epub ics xml"
).split()

CAPABILITIES = ("site", "plans", "periodicals", "feeds", "search")


class Office(Struct, frozen=True, kw_only=True):
    """Who publishes the site; every entry may be empty."""

    full_name: str = ""
    organiser: str = ""
    address: str = ""
    phone: str = ""
    hours: str = ""
    icp: str = ""
    police: str = ""
    site_id_code: str = ""
    notice: str = ""


class Settings(Struct, frozen=True, kw_only=True):
    """Settings of one build.

    ``root`` is the folder of mkdocs.yml, ``content`` and ``output`` are absolute folders,
    ``content_name`` is how problems name the content folder (``content/``). ``styles`` and
    ``scripts`` are files of content/ that every page loads (``extra_css``, ``extra_javascript``).
    ``pure`` names plugins and Markdown extensions of other makers that look at nothing but the
    page they are given. ``red_head`` is what stands in red above a printed plan, empty for no red
    head. Sizes in bytes.
    """

    root: str
    config: str
    content: str
    content_name: str
    output: str
    cache: str
    name: str
    url: str = ""
    description: str = ""
    copyright: str = ""
    office: Office = field(default_factory=Office)
    clock: datetime | None = None
    services: tuple[tuple[str, str, str], ...] = ()
    per_page: int = 20
    feed_items: int = 20
    red_head: str = ""
    search_attachments: bool = True
    markdown_limit: int = 2_000_000
    file_limit: int = 20_000_000
    attachment_types: tuple[str, ...] = tuple(ATTACHMENT_TYPES)
    extensions: tuple[str, ...] = ()
    extension_configs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    theme_folders: tuple[str, ...] = ()
    pure: tuple[str, ...] = ()
    capabilities: frozenset[str] = frozenset(CAPABILITIES)

    def has(self, capability: str) -> bool:
        """Whether the plugin ``jianyan/<capability>`` is listed in mkdocs.yml."""
        return capability in self.capabilities

    @property
    def base(self) -> str:
        """The path below which the site stands on its host, with slashes: ``/`` or ``/zx/``."""
        path = urlsplit(self.url).path.strip("/")
        return f"/{path}/" if path else "/"

    def absolute(self, address: str) -> str:
        """The absolute form of an address, or an empty text where the site has no address."""
        return self.url.rstrip("/") + "/" + address if self.url else ""
