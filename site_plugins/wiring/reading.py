"""Tools to read and check a site."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from site_plugins.build.ports import (
    Bench,
    NoProgress,
    Progress,
    SheetStore,
    Workshop,
)
from site_plugins.build.preparation import Prepared, prepare
from site_plugins.build.sheets import ConvertText
from site_plugins.domain.attachment_text import AttachmentText
from site_plugins.domain.model.parts import FixedId
from site_plugins.domain.named_files import type_of
from site_plugins.domain.settings import Settings
from site_plugins.reading.resolve import TagIds
from site_plugins.tools.content_cache import ContentCache
from site_plugins.tools.content_folder import ContentFolder
from site_plugins.tools.fingerprints import is_packaged
from site_plugins.tools.markdown_converter import LazyConverter
from site_plugins.tools.pictures import measure
from site_plugins.tools.tag_ids import spell, tag_ids
from site_plugins.tools.text_cache import ReadAttachments
from site_plugins.tools.theme_folder import packaged_theme
from site_plugins.tools.without_cache import NoLedger, SheetsInMemory
from site_plugins.tools.workbench import Workbench


def check_site(settings: Settings, now: datetime) -> Prepared:
    """Read and check everything; nothing is written.

    The plans' ids are compared with those that Git knows; a build asks its cache.
    """
    # Loaded here: a build needs neither.
    from site_plugins.reading.plans.history import published_ids
    from site_plugins.tools.file_history import committed_versions

    bench = Workbench(settings, (), jobs=1)
    folder = ContentFolder(settings.content)

    def published(path: str) -> Sequence[FixedId]:
        return published_ids(committed_versions(str(Path(settings.content) / path))).all

    shop = workshop(settings, folder, bench, SheetsInMemory())
    return prepare(settings, now, replace(shop, published_ids=published))


def workshop(
    settings: Settings,
    folder: ContentFolder,
    bench: Bench,
    store: SheetStore,
    *,
    cache: ContentCache | None = None,
    events: ConvertText | None = None,
    progress: Progress | None = None,
) -> Workshop:
    """Tools to read and check; what checks find is not remembered."""
    ids: TagIds = tag_ids
    if cache is not None:
        ids = partial(tag_ids, spelled=lambda name: cache.spelled(name, spell))

    def size(path: str) -> tuple[int, int]:
        try:
            return measure(folder.read(path))
        except OSError:
            return (0, 0)

    def measured(path: str, digest: str) -> tuple[int, int]:
        return size(path) if cache is None else cache.picture(digest, path, size)

    def attachment(path: str) -> AttachmentText:
        # Loaded here: most edits add no attachment, and it takes long.
        from site_plugins.tools import attachment_text

        if type_of(path) not in attachment_text.TYPES:
            return AttachmentText()
        return attachment_text.read_attachment(path, folder.read(path))

    return Workshop(
        sources=folder.sources,
        measure=measured,
        tag_ids=ids,
        read=folder.read,
        bench=bench,
        store=store,
        checks=NoLedger(),
        plain=LazyConverter(settings).convert,
        events=events,
        progress=progress or NoProgress(),
        attachments=ReadAttachments(attachment, cache.texts if cache is not None else None),
        published_ids=cache.published_ids if cache is not None else lambda path: (),
    )


def theme_folders(settings: Settings) -> Sequence[str]:
    """The settings' folders, and the theme that comes with Jianyan before mkdocs-material's."""
    own = str(packaged_theme())
    folders = [folder for folder in settings.theme_folders if folder != own]
    root = Path(settings.root)
    place = next((i for i, f in enumerate(folders) if _is_host_theme(Path(f), root)), len(folders))
    return (*folders[:place], own, *folders[place:])


def _is_host_theme(folder: Path, root: Path) -> bool:
    """Whether a folder is an installed theme and not the site's own custom_dir, which may have
    a file of settings too."""
    if is_packaged(folder) or not folder.is_dir():
        return True
    return (folder / "mkdocs_theme.yml").is_file() and not folder.is_relative_to(root)
