"""What an answer tells of its documents: each with an excerpt, and the values of the filters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from site_plugins.outputs.search.codec import units
from site_plugins.outputs.search.reader.candidates import (
    FILTERS,
    Candidate,
    passes,
    shown_passage,
    values_of,
)
from site_plugins.outputs.search.reader.excerpts import excerpt_of, hits_in, whole


@dataclass(frozen=True, slots=True)
class Results:
    """Tells of documents; ``labels``: filter → value → its name for people."""

    labels: Mapping[str, Mapping[str, str]]

    def result(self, hit: Candidate, words: Sequence[str]) -> dict[str, Any]:
        """A document with its excerpt; ``words`` are marked in it."""
        segment, facts = hit.segment, hit.segment.facts
        kind, column, periodical, year = hit.run
        address, title, headlines, blocks = segment.row(shown_passage(hit))[:4]
        text, marks = excerpt_of([*headlines, *blocks], words)
        day = facts.days[hit.number]
        return {
            "url": address,
            "title": title,
            "date": date.fromordinal(day).isoformat() if day else "",
            "column": column,
            "kind": kind,
            "excerpt": whole(text),
            "year": year or None,
            "periodical": periodical,
            "labels": {
                "kind": self._label("kind", kind),
                "column": self._label("column", column),
                "periodical": self._label("periodical", periodical),
            },
            "marks": {
                "title": [[each.start, each.end] for each in hits_in(units(title), words)],
                "excerpt": marks,
            },
        }

    def facets(
        self, hits: Sequence[Candidate], filters: Mapping[str, str]
    ) -> dict[str, list[dict[str, Any]]]:
        """For each filter the values that occur, counted as if that filter were not set."""
        facets = {}
        for name in FILTERS:
            counts: defaultdict[str, int] = defaultdict(int)
            for hit in hits:
                if passes(hit.run, filters, name):
                    for value in values_of(hit.run, name):
                        counts[value] += 1
            order = sorted(
                counts.items(),
                key=lambda item: -int(item[0]) if name == "year" else (-item[1], item[0]),
            )
            facets[name] = [
                {"value": value, "label": self._label(name, value), "count": count}
                for value, count in order
            ]
        return facets

    def _label(self, name: str, value: str) -> str:
        return self.labels.get(name, {}).get(value, value)
