"""What is searched of a record beside its title and text: its facts, people, places, files."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from site_plugins.domain.model.records import Member, PeriodicalArticle, Proposal, Record
from site_plugins.domain.model.values import Choice, Choices, Many, Nested, Text, Words, keys_of

_NOT_SHOWN = frozenset(keys_of(Record)) | {"reason", "order", "pages"}
"""Keys of kinds that are of no use to those who search, and those handled by name."""


def texts_beside(record: Record, records: Mapping[str, Record]) -> tuple[str, ...]:
    """Texts that belong to a record, one for each fact; none empty.

    Args:
        record: a public record.
        records: every public record by content path, for the names of members and bodies.
    """
    found = [
        record.summary or "",
        record.author or "",
        record.editor or "",
        record.source or "",
        *record.tags,
        *record.places,
        *_titles((*record.members, *record.bodies), records),
        *(each.name or posixpath.basename(each.file) for each in record.attachments),
        *_declared(record),
    ]
    return tuple(text for text in (each.strip() for each in found) if text)


def people_beside(record: Record, records: Mapping[str, Record]) -> tuple[str, ...]:
    """Names of people that a record names, each once."""
    written_by = "、".join(filter(None, (record.author, record.editor)))
    found = [*written_by.split("、"), *_titles(record.members, records)]
    if isinstance(record, PeriodicalArticle):
        found += [*(author.name for author in record.authors), *record.people]
    elif isinstance(record, Proposal):
        found += [*record.proposers, *record.joint]
    elif isinstance(record, Member):
        found.append(record.name or "")
    return tuple(dict.fromkeys(name for name in (each.strip() for each in found) if name))


def _titles(ids: tuple[str, ...], records: Mapping[str, Record]) -> Iterator[str]:
    for each in ids:
        named = records.get(f"{each}.md")
        if named is not None:
            yield named.title


def _declared(holder: object) -> Iterator[str]:
    """The plain texts among the keys that a kind declares beyond those of all records."""
    for key in keys_of(type(holder)).values():
        if key.name in _NOT_SHOWN and isinstance(holder, Record):
            continue
        value = getattr(holder, key.field)
        inner = key.value.of if isinstance(key.value, Many) else key.value
        every = value if isinstance(value, tuple) else (value,)
        for one in every:
            if one is None:
                continue
            if isinstance(inner, Text | Choice | Choices | Words):
                yield from str(one).splitlines()
            elif isinstance(inner, Nested):
                yield from _declared(one)
