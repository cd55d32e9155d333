"""What an update must know of the last one, as bytes that the caller keeps."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
from msgspec import Struct

from site_plugins.outputs.search.catalogue import FORMAT, SegmentFacts
from site_plugins.outputs.search.codec import numbered_path
from site_plugins.outputs.search.documents import SearchLabels

_FOLDERS = ("terms", "texts")


@dataclass(slots=True)
class IndexState:
    """The index as it was last written.

    Attributes:
        labels: digest of the labels.
        catalogue: digest of the file of the catalogue.
        base: address of each document of the base; empty where it is dead and not public.
        base_digests: the caller's digest of each document of the base, empty where it is dead.
        delta: address and digest of each document of the delta, in the order of their numbers.
        segments: path, shards and files of texts of each segment.
    """

    labels: str
    catalogue: str
    base: list[str]
    base_digests: list[str]
    delta: dict[str, str] = field(default_factory=dict)
    segments: list[tuple[str, int, int]] = field(default_factory=list)

    def documents(self) -> dict[str, str]:
        """Address and digest of every document that is found."""
        pairs = zip(self.base, self.base_digests, strict=True)
        return {address: digest for address, digest in pairs if digest} | self.delta

    def paths_without(self, others: IndexState) -> Iterator[str]:
        """The paths of its files that others have not; both have a catalogue."""
        there = {path: (shards, texts) for path, shards, texts in others.segments}
        for path, *counts in self.segments:
            for folder, count, other in zip(_FOLDERS, counts, there.get(path, (0, 0)), strict=True):
                yield from (numbered_path(path, folder, number) for number in range(other, count))

    def to_bytes(self) -> bytes:
        """The state as JSON; the same state gives the same bytes."""
        return _encode(_Written(FORMAT, self))


class _Written(Struct):
    """A state as it is written."""

    format: int
    state: IndexState


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(_Written).decode


def read_state(data: bytes) -> IndexState:
    """What :meth:`IndexState.to_bytes` wrote.

    Raises:
        ValueError: the bytes are no state of this format.
    """
    written = _decode(data)
    if written.format != FORMAT:
        raise ValueError("another format")
    if len(written.state.base) != len(written.state.base_digests):
        raise ValueError("addresses and digests do not match")
    return written.state


def new_state(
    labels: SearchLabels,
    catalogue: bytes,
    base: Sequence[str],
    documents: Mapping[str, str],
    facts: SegmentFacts,
) -> IndexState:
    """The state after a build from nothing, ``base`` the addresses in their order."""
    return IndexState(
        segments=[segment_files(facts)],
        labels=labels_digest(labels),
        catalogue=file_digest(catalogue),
        base=list(base),
        base_digests=[documents[address] for address in base],
    )


def segment_files(facts: SegmentFacts) -> tuple[str, int, int]:
    """What the state notes of a segment's files."""
    return facts.path, facts.shard_files, facts.text_files


def labels_digest(labels: SearchLabels) -> str:
    """A digest of all labels."""
    every = [sorted(each.items()) for each in (labels.kinds, labels.columns, labels.periodicals)]
    return file_digest(json.dumps(every).encode("ascii"))


def file_digest(content: bytes) -> str:
    """A digest of a file."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()
