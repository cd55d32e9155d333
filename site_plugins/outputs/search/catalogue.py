"""The catalogue: what the client must know before its first query, and the documents' order.

Documents are numbered by kind, column, periodical, year, date and address. All that share the
first four form a run, so that a filter is a few ranges of numbers and costs no download.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, groupby
from typing import Any

from site_plugins.domain import folding, readings
from site_plugins.outputs.search.compression import compressed, expanded
from site_plugins.outputs.search.documents import SearchDocument, SearchLabels

FORMAT = 8
"""Number of the file format; the client refuses any other."""

FILE = "catalogue.bin"
"""Its path below ``search/``."""

Run = tuple[str, str, str, int]
"""Kind, column, periodical and year, 0 for none."""


@dataclass(frozen=True, slots=True)
class Place:
    """What decides a document's number: documents are in the order of this.

    Attributes:
        run: kind, column, periodical and year.
        day: see :func:`day_number`.
        address: of the document.
    """

    run: Run
    day: int
    address: str

    @property
    def key(self) -> tuple[Run, int, str]:
        """For sorting."""
        return self.run, self.day, self.address


def place_of(document: SearchDocument) -> Place:
    """The place of a document among all.

    Raises:
        ValueError: the date is neither empty nor of the form ``2022-03-18``.
    """
    run = (document.kind, document.column, document.periodical, document.year or 0)
    return Place(run, day_number(document), document.address)


def day_number(document: SearchDocument) -> int:
    """Days since 31 December of the year 0, 0 without a date.

    Raises:
        ValueError: the date is not of the form ``2022-03-18``.
    """
    return date.fromisoformat(document.date).toordinal() if document.date else 0


@dataclass(frozen=True, slots=True)
class SegmentFacts:
    """What the catalogue says of a segment, a set of documents complete in itself.

    Attributes:
        path: its folder.
        version: digest of its files when they were first written; part of every address the
            client asks for, so that a browser's cache never mixes two of them.
        shards: how many, beside those of single slots.
        own: the slots of terms that have a shard of their own, ascending
            (:func:`~site_plugins.outputs.search.codec.shard_of`).
        group: passages in a file of texts.
        runs: the run of each document.
        days: of each document.
        passages: how many passages each document has.
        dead: documents that are not to be found any more, ascending.
        before: for each document of a segment beside the base: the number of the base's
            document that comes next in the order of all.
        common: the common pairs one behind the other, in classes of which the commonest is the
            first; of the base, and true of all segments. Which terms there are, and which of
            a word are looked up, depends on them.
    """

    path: str
    version: str
    shards: int
    group: int
    runs: tuple[Run, ...]
    days: tuple[int, ...]
    passages: tuple[int, ...]
    dead: tuple[int, ...] = ()
    before: tuple[int, ...] = ()
    common: tuple[str, ...] = ()
    own: tuple[int, ...] = ()

    @property
    def starts(self) -> list[int]:
        """The first passage of each document, and the number of passages."""
        return list(accumulate(self.passages, initial=0))

    @property
    def shard_files(self) -> int:
        """How many shards there are in all."""
        return self.shards + len(self.own)

    @property
    def text_files(self) -> int:
        """How many files of texts there are."""
        return -(-sum(self.passages) // self.group)

    def data(self) -> dict[str, object]:
        """As the catalogue's JSON has it; nothing in it tells of dead documents but their number.

        A dead document has the day of the one before in its run, and a run of none but dead
        documents has lost its names.
        """
        dead = frozenset(self.dead)
        runs: list[list[object]] = []
        steps: list[int] = []
        for run, each in groupby(range(len(self.runs)), key=self.runs.__getitem__):
            numbers = list(each)
            live = dead.isdisjoint(numbers) or not dead.issuperset(numbers)
            runs.append([*(run if live else ("", "", "", 0)), len(numbers)])
            day = 0
            for number in numbers:
                steps.append(0 if number in dead else self.days[number] - day)
                day += steps[-1]
        long = [(at, count) for at, count in enumerate(self.passages) if count > 1]
        return {
            "path": self.path,
            "version": self.version,
            "documents": len(self.days),
            "passages": sum(self.passages),
            "shards": self.shards,
            "own": _steps(self.own),
            "group": self.group,
            "runs": runs,
            "days": steps,
            "long": [_steps(at for at, _ in long), [count for _, count in long]],
            "dead": _steps(self.dead),
            "before": list(self.before),
            "common": list(self.common),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> SegmentFacts:
        """What :meth:`data` wrote.

        Raises:
            LookupError, TypeError, ValueError: the data is damaged.
        """
        runs: list[Run] = []
        days: list[int] = []
        for kind, column, periodical, year, count in data["runs"]:
            runs += [(kind, column, periodical, year)] * count
            days += accumulate(data["days"][len(days) : len(days) + count])
        passages = [1] * data["documents"]
        for at, count in zip(accumulate(data["long"][0]), data["long"][1], strict=True):
            passages[at] = count
        return cls(
            path=data["path"],
            version=data["version"],
            shards=data["shards"],
            own=tuple(accumulate(data["own"])),
            group=data["group"],
            runs=tuple(runs),
            days=tuple(days),
            passages=tuple(passages),
            dead=tuple(accumulate(data["dead"])),
            before=tuple(data["before"]),
            common=tuple(data["common"]),
        )


def catalogue_file(labels: SearchLabels, segments: Sequence[SegmentFacts]) -> bytes:
    """The catalogue; folding table and syllables travel in it, so that they fit the index."""
    data = {
        "format": FORMAT,
        "folding": folding.TABLE,
        "syllables": " ".join(readings.SYLLABLES),
        "labels": {
            "kind": dict(sorted(labels.kinds.items())),
            "column": dict(sorted(labels.columns.items())),
            "periodical": dict(sorted(labels.periodicals.items())),
        },
        "segments": [segment.data() for segment in segments],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return compressed(text.encode("utf-8", "replace"))


def read_catalogue(file: bytes) -> list[SegmentFacts]:
    """The segments of a catalogue.

    Raises:
        LookupError, TypeError, ValueError: the file is damaged or of another format.
    """
    data = json.loads(expanded(file))
    if data["format"] != FORMAT:
        raise ValueError("another format")
    return [SegmentFacts.from_data(segment) for segment in data["segments"]]


def read_labels(file: bytes) -> dict[str, dict[str, str]]:
    """The labels of a catalogue by filter and value; raises like :func:`read_catalogue`."""
    labels: dict[str, dict[str, str]] = json.loads(expanded(file))["labels"]
    return labels


def _steps(numbers: Iterable[int]) -> list[int]:
    """Ascending numbers as distances, the first from 0."""
    steps, last = [], 0
    for number in numbers:
        steps.append(number - last)
        last = number
    return steps
