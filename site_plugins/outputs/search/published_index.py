"""Reads documents back from the published index, and takes them out of its files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from site_plugins.outputs.search.catalogue import SegmentFacts
from site_plugins.outputs.search.codec import numbered_path, shard_of
from site_plugins.outputs.search.compression import compressed_like, expanded
from site_plugins.outputs.search.cutting import Cut, without
from site_plugins.outputs.search.documents import SearchDocument
from site_plugins.outputs.search.texts import read_texts, withdrawn_from


class DamagedIndex(Exception):
    """What was published or noted of the index is missing, damaged or of another format."""


@contextmanager
def reading() -> Iterator[None]:
    """Turns what reading damaged bytes raises into :class:`DamagedIndex`."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError) as fault:
        raise DamagedIndex(str(fault)) from fault


class PublishedSegment:
    """A segment whose files can be read.

    Every method raises LookupError, TypeError or ValueError if a file is missing or damaged.
    """

    def __init__(self, facts: SegmentFacts, published: Callable[[str], bytes | None]) -> None:
        self.facts = facts
        self._starts = facts.starts
        self._published = published
        self._texts: tuple[int, list[Any]] = (-1, [])

    def document(self, number: int) -> SearchDocument:
        """A document as far as the index knows it; attachments stand among its texts."""
        facts = self.facts
        kind, column, periodical, year = facts.runs[number]
        rows = [self._row(at) for at in self._rows(number)]
        address, title, headlines, _, *people = rows[0]
        day = facts.days[number]
        return SearchDocument(
            address=address,
            title=title,
            headlines=tuple(headlines),
            date=date.fromordinal(day).isoformat() if day else "",
            kind=kind,
            column=column,
            year=year or None,
            periodical=periodical,
            texts=tuple(block for row in rows for block in row[3]),
            people=tuple(people[0]) if people else (),
        )

    def without_texts(self, documents: Iterable[int]) -> Iterator[tuple[str, bytes]]:
        """The files of texts that change when the texts of documents are taken out."""
        group = self.facts.group
        rows: defaultdict[int, list[int]] = defaultdict(list)
        for number in documents:
            for at in self._rows(number):
                rows[at // group].append(at % group)
        for file, withdrawn in sorted(rows.items()):
            path = self._path("texts", file)
            yield path, withdrawn_from(self._file(path), withdrawn)

    def without_terms(self, terms: Mapping[int, Iterable[str]]) -> Iterator[tuple[str, bytes]]:
        """The shards that change when documents (by number) lose terms that they have."""
        shards: defaultdict[int, defaultdict[str, list[Cut]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for number, every in terms.items():
            cut = Cut(number, self._rows(number))
            for term in every:
                shards[shard_of(term, self.facts.shards, self.facts.own)][term].append(cut)
        for shard, lost in sorted(shards.items()):
            path = self._path("terms", shard)
            file = self._file(path)
            before = expanded(file)
            content = without(before, lost)
            if content != before:
                yield path, compressed_like(file, content)

    def _rows(self, number: int) -> range:
        """The passages of a document."""
        return range(self._starts[number], self._starts[number + 1])

    def _row(self, at: int) -> list[Any]:
        """A passage as the file has it."""
        file, row = divmod(at, self.facts.group)
        if self._texts[0] != file:
            self._texts = file, read_texts(self._file(self._path("texts", file)))
        found = self._texts[1][row]
        if not isinstance(found, list):
            raise LookupError("a text is missing")
        return found

    def _path(self, folder: str, number: int) -> str:
        return numbered_path(self.facts.path, folder, number)

    def _file(self, path: str) -> bytes:
        content = self._published(path)
        if content is None:
            raise LookupError(path)
        return content
