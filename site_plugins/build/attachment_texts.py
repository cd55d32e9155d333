"""What hinders reading the texts of attachments, for search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_plugins.build.ports import Attachments
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings


def attachments_are_searched(settings: Settings) -> bool:
    """Whether the texts of attachments are read at all."""
    return settings.has("search") and settings.search_attachments


def attachment_problems(
    settings: Settings, files: Mapping[str, str], attachments: Attachments
) -> Iterator[Problem]:
    """What editors should know of published files; ``files``: content path → digest."""
    if attachments_are_searched(settings):
        for path, digest in files.items():
            told = attachments.hindrance(path, digest).problem(settings.content_name + path)
            if told is not None:
                yield told
