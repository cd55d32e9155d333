"""Reads the texts of the attachments that are published, for search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from site_plugins.build.ports import ReadAttachment
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings


def read_attachment_texts(
    settings: Settings, files: Iterable[str], read: ReadAttachment | None
) -> tuple[Mapping[str, tuple[str, ...]], tuple[Problem, ...]]:
    """The blocks of each file that has any, by content path, and what editors should know.

    Nothing is read where search or its attachments are switched off, or without a reader.
    """
    if read is None or not (settings.has("search") and settings.search_attachments):
        return {}, ()
    texts: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for path in files:
        text = read(path)
        if text.blocks:
            texts[path] = text.blocks
        told = text.problem(settings.content_name + path)
        if told is not None:
            problems.append(told)
    return texts, tuple(problems)
