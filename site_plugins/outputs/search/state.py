"""What an update must know of the last one, as bytes that the caller keeps."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

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
        data = {
            "format": FORMAT,
            "labels": self.labels,
            "catalogue": self.catalogue,
            "base": self.base,
            "base_digests": self.base_digests,
            "delta": list(self.delta.items()),
            "segments": self.segments,
        }
        return json.dumps(data, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def read_state(data: bytes) -> IndexState:
    """What :meth:`IndexState.to_bytes` wrote.

    Raises:
        LookupError, TypeError, ValueError: the bytes are no state of this format.
    """
    values: Any = json.loads(data)
    if values["format"] != FORMAT:
        raise ValueError("another format")
    base: list[str] = values["base"]
    digests: list[str] = values["base_digests"]
    if len(base) != len(digests):
        raise ValueError("addresses and digests do not match")
    delta: dict[str, str] = dict(values["delta"])
    segments = [(path, shards, texts) for path, shards, texts in values["segments"]]
    return IndexState(values["labels"], values["catalogue"], base, digests, delta, segments)


def documents_of(data: bytes) -> dict[str, str] | None:
    """Address and digest of every document of a state; None where the bytes are none."""
    try:
        return read_state(data).documents() if data else None
    except (LookupError, TypeError, ValueError):
        return None


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
