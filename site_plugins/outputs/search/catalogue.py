"""The catalogue: what the client must know before its first query, and the documents' order.

Documents are numbered by kind, column, periodical, year, date and address. All that share the
first four form a run, so that a filter is a few ranges of numbers and costs no download.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from site_plugins.domain import folding
from site_plugins.outputs.search.documents import SearchDocument, SearchLabels

FORMAT = 1
"""Number of the file format; the client refuses any other."""


def in_order(documents: Iterable[SearchDocument]) -> list[SearchDocument]:
    """Documents in the order of their numbers, whatever order they come in."""
    return sorted(documents, key=lambda one: (_run(one), one.date, one.address, one.title))


def day_number(document: SearchDocument) -> int:
    """Days since 31 December of the year 0, 0 without a date.

    Raises:
        ValueError: the date is not of the form ``2022-03-18``.
    """
    return date.fromisoformat(document.date).toordinal() if document.date else 0


def segment(
    name: str,
    documents: Sequence[SearchDocument],
    passages: Sequence[int],
    common: Mapping[int, str],
    numbers: dict[str, int],
) -> dict[str, object]:
    """What the catalogue says of one segment.

    Args:
        name: its folder.
        documents: in the order of their numbers.
        passages: how many passages each document has.
        common: common terms of each length, one behind the other.
        numbers: ``shards`` and ``group``.
    """
    runs = [(run, sum(1 for _ in each)) for run, each in groupby(documents, key=_run)]
    steps: list[int] = []
    for _, each in groupby(documents, key=_run):
        days = [day_number(one) for one in each]
        steps += [day - before for day, before in zip(days, [0, *days], strict=False)]
    return {
        "path": name,
        "documents": len(documents),
        "passages": sum(passages),
        **numbers,
        "runs": [[*run, count] for run, count in runs],
        "days": steps,
        "long": [[at, count] for at, count in enumerate(passages) if count > 1],
        "common": [[length, common[length]] for length in sorted(common)],
    }


def catalogue(labels: SearchLabels, segments: Sequence[dict[str, object]]) -> dict[str, object]:
    """The whole catalogue; the folding table travels in it, so that it always fits the index."""
    return {
        "format": FORMAT,
        "folding": folding.TABLE,
        "labels": {
            "kind": dict(sorted(labels.kinds.items())),
            "column": dict(sorted(labels.columns.items())),
            "periodical": dict(sorted(labels.periodicals.items())),
        },
        "segments": segments,
    }


def _run(document: SearchDocument) -> tuple[str, str, str, int]:
    return (document.kind, document.column, document.periodical, document.year or 0)
