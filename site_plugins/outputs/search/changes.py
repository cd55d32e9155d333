"""Applies changes to a published index: new dead documents, a new delta, words taken out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from site_plugins.outputs.search.catalogue import (
    FILE,
    SegmentFacts,
    catalogue_file,
    read_catalogue,
)
from site_plugins.outputs.search.common_pairs import pairs_of
from site_plugins.outputs.search.documents import SearchDocument, SearchLabels
from site_plugins.outputs.search.few import every_term
from site_plugins.outputs.search.published_index import PublishedSegment, reading
from site_plugins.outputs.search.segment import SegmentWriter
from site_plugins.outputs.search.state import (
    IndexState,
    file_digest,
    labels_digest,
    segment_files,
)
from site_plugins.outputs.search.terms import DocumentTerms

Published = Callable[[str], bytes | None]
Opener = Callable[[Sequence[str]], Iterable[SearchDocument]]
TermsOf = Callable[[SearchDocument], DocumentTerms]

DELTA = "delta"

LARGEST_DELTA = 150
"""Documents of the delta above which the index is compacted: each edit writes all of it anew …"""

LARGEST_DELTA_SHARE = 0.005
"""… but no more than this share of the base, which compacting writes anew."""

LARGEST_DEAD_SHARE = 0.2
"""Dead documents of the base, as a share, above which the index is compacted …"""

FEWEST_DEAD = 20
"""… unless there are fewer than this."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from the last update.

    Attributes:
        gone: addresses that are no longer public.
        came: address and digest of what is new or changed.
        labels: whether the labels differ.
    """

    gone: tuple[str, ...]
    came: Mapping[str, str]
    labels: bool

    def __bool__(self) -> bool:
        return bool(self.gone or self.came or self.labels)


def changes_since(old: IndexState, documents: Mapping[str, str], labels: SearchLabels) -> Changes:
    """Compare the documents of the last update with those of now, address to digest."""
    known = old.documents()
    return Changes(
        gone=tuple(address for address in known if address not in documents),
        came={
            address: digest for address, digest in documents.items() if known.get(address) != digest
        },
        labels=labels_digest(labels) != old.labels,
    )


def reason_to_compact(old: IndexState, changes: Changes) -> str:
    """Why the whole index is to be written anew, in Chinese; empty if it is not."""
    touched = {*changes.gone, *changes.came}
    delta = len(old.delta.keys() - touched) + len(changes.came)
    pairs = zip(old.base, old.base_digests, strict=True)
    dead = sum(not digest or address in touched for address, digest in pairs)
    most = max(LARGEST_DELTA, int(LARGEST_DELTA_SHARE * len(old.base)))
    if delta > most:
        return f"新增和改动超过{most}篇，合并索引"
    if dead > max(FEWEST_DEAD, LARGEST_DEAD_SHARE * len(old.base)):
        return f"改动和撤下的超过{LARGEST_DEAD_SHARE:.0%}，合并索引"
    return ""


def apply_changes(
    old: IndexState,
    changes: Changes,
    open_documents: Opener,
    labels: SearchLabels,
    published: Published,
    terms_of: TermsOf,
) -> tuple[dict[str, bytes], IndexState]:
    """The files that change, the catalogue last, and the new state.

    Raises:
        DamagedIndex: the published files cannot be read.
        ValueError: a document's date is neither empty nor of the form ``2022-03-18``, or a
            document is missing among those that were opened.
    """
    with reading():
        base, delta = _segments(old, published)
    opened = {document.address: document for document in open_documents(tuple(changes.came))}
    missing = sorted(changes.came.keys() - opened.keys())
    if missing:
        raise ValueError(f"documents were not given: {', '.join(missing[:5])}")
    with reading():
        files = dict(_purged(old, changes, base, delta, opened, terms_of))
        unchanged = [
            delta.document(number)
            for number, address in enumerate(old.delta)
            if delta is not None and address not in changes.came and address not in changes.gone
        ]
    writer = SegmentWriter(DELTA, terms_of, base.facts.common)
    for document in (*unchanged, *opened.values()):
        writer.add(document)
    new = _new_state(old, changes)
    dead = tuple(at for at, digest in enumerate(new.base_digests) if not digest)
    segments = [replace(base.facts, dead=dead)]
    if unchanged or opened:
        files |= {path: file for path, file in writer.files() if published(path) != file}
        new.delta = {
            address: changes.came.get(address) or old.delta[address] for address in writer.addresses
        }
        segments.append(replace(writer.facts, before=_before(segments[0], new, writer), common=()))
    files[FILE] = catalogue_file(labels, segments)
    new.catalogue = file_digest(files[FILE])
    new.labels = labels_digest(labels)
    new.segments = list(map(segment_files, segments))
    return files, new


def check_catalogue(old: IndexState, published: Published) -> bytes:
    """The published catalogue, which tells whether the published index is that of the state.

    Raises:
        LookupError: it is missing or another.
    """
    content = published(FILE)
    if content is None or file_digest(content) != old.catalogue:
        raise LookupError(FILE)
    return content


def _segments(
    old: IndexState, published: Published
) -> tuple[PublishedSegment, PublishedSegment | None]:
    content = check_catalogue(old, published)
    base, *others = (PublishedSegment(each, published) for each in read_catalogue(content))
    return base, others[0] if others else None


def _purged(
    old: IndexState,
    changes: Changes,
    base: PublishedSegment,
    delta: PublishedSegment | None,
    opened: Mapping[str, SearchDocument],
    terms_of: TermsOf,
) -> Iterator[tuple[str, bytes]]:
    """The base's files that change since texts and terms leave it."""
    touched = frozenset(changes.gone).union(changes.came)
    numbers = {address: number for number, address in enumerate(old.base) if address in touched}
    in_delta = {address: number for number, address in enumerate(old.delta)}
    common = pairs_of(base.facts.common)
    texts: list[int] = []
    lost: dict[int, set[str]] = {}
    for address in (*changes.gone, *changes.came):
        number = numbers.get(address)
        if number is None:
            continue
        live = bool(old.base_digests[number])
        if live:
            last = base.document(number)
            texts.append(number)
        elif address in in_delta and delta is not None:
            last = delta.document(in_delta[address])
        else:
            continue
        lost[number] = every_term(terms_of(last), common)
        if address in opened:
            lost[number] -= every_term(terms_of(opened[address]), common)
    yield from base.without_texts(texts)
    yield from base.without_terms(lost)


def _new_state(old: IndexState, changes: Changes) -> IndexState:
    """The old state with the changed documents of the base dead, the delta still empty."""
    base, digests = list(old.base), list(old.base_digests)
    gone = frozenset(changes.gone)
    for number, address in enumerate(base):
        if address in gone:
            base[number] = digests[number] = ""
        elif address in changes.came:
            digests[number] = ""
    return IndexState(old.labels, old.catalogue, base, digests)


def _before(base: SegmentFacts, state: IndexState, delta: SegmentWriter) -> tuple[int, ...]:
    """For each document of the delta the number of the base's document that follows it."""
    live = [number for number, digest in enumerate(state.base_digests) if digest]
    places = zip(delta.facts.runs, delta.facts.days, delta.addresses, strict=True)
    found = (
        bisect_left(live, place, key=lambda at: (base.runs[at], base.days[at], state.base[at]))
        for place in places
    )
    return tuple(live[at] if at < len(live) else len(base.days) for at in found)
