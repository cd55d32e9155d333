"""Which attachments' texts are found under a record's address."""

from __future__ import annotations

from collections.abc import Iterator

from site_plugins.domain.directory import Found
from site_plugins.domain.edition import Edition
from site_plugins.domain.model.holders import Holder
from site_plugins.domain.model.records import Record
from site_plugins.domain.named_files import files_of


def attachment_blocks(edition: Edition, owner: Holder | Record) -> tuple[str, ...]:
    """The texts of all files that an owner's front matter or text names, each file once."""
    paths = dict.fromkeys((*files_of(owner), *_linked(edition, owner)))
    return tuple(block for path in paths for block in edition.attachments.get(path, ()))


def _linked(edition: Edition, owner: Holder | Record) -> Iterator[str]:
    for link in edition.text_of(owner).links:
        if link.target.kind == "internal":
            located = edition.locate(link.target.path)
            if located.found is Found.FILE:
                yield located.path
