"""Bulk lines and the index's settings for Elasticsearch, OpenSearch and their kin."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from site_plugins.domain.folding import changed_characters
from site_plugins.outputs.search.documents import SearchDocument
from site_plugins.outputs.search.export.grams import grams

SEARCHED = ("title", "headlines", "texts", "attachments")
"""The parts that are searched, each in a field ``search_<part>`` of ready words."""


def bulk_lines(documents: Iterable[SearchDocument]) -> Iterator[str]:
    """Two lines of JSON for each document, as the bulk interface reads them."""
    for document in documents:
        yield _line({"index": {"_id": document.address}})
        yield _line(_source(document))


def mapping() -> str:
    """Settings and mapping of the index, JSON: create the index with them.

    Fields ``search_…`` hold ready words. A query is folded and cut by the analyzer ``jianyan``,
    so that it may be asked as it was typed, as a phrase.
    """
    fold = [f"{_escaped(one)} => {_escaped(other)}" for one, other in changed_characters()]
    searched = {"type": "text", "analyzer": "whitespace", "search_analyzer": "jianyan"}
    kept = {"type": "keyword", "index": False, "doc_values": False}
    keyword = {"type": "keyword"}
    properties: dict[str, Any] = {"kind": keyword, "column": keyword, "periodical": keyword}
    properties.update(dict.fromkeys(("address", *SEARCHED, "people"), kept))
    properties.update({f"search_{part}": searched for part in SEARCHED})
    properties["date"] = {"type": "date", "format": "yyyy-MM-dd"}
    properties["year"] = {"type": "integer"}
    analysis = {
        "char_filter": {"jianyan_fold": {"type": "mapping", "mappings": fold}},
        "tokenizer": {"jianyan_pairs": {"type": "ngram", "min_gram": 2, "max_gram": 2}},
        "analyzer": {
            "jianyan": {
                "type": "custom",
                "char_filter": ["jianyan_fold"],
                "tokenizer": "jianyan_pairs",
            }
        },
    }
    told = {
        "settings": {"analysis": analysis},
        "mappings": {
            "dynamic": False,
            "_source": {"excludes": [f"search_{part}" for part in SEARCHED]},
            "properties": properties,
        },
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _source(document: SearchDocument) -> dict[str, object]:
    parts = parts_of(document)
    return {
        "address": document.address,
        "title": document.title,
        "headlines": document.headlines,
        "date": document.date or None,
        "kind": document.kind,
        "column": document.column,
        "year": document.year,
        "periodical": document.periodical,
        "texts": document.texts,
        "people": document.people,
        "attachments": document.attachments,
        **{f"search_{part}": grams(blocks) for part, blocks in parts.items()},
    }


def parts_of(document: SearchDocument) -> dict[str, tuple[str, ...]]:
    """The blocks of each part that is searched, by the names of SEARCHED."""
    return {
        "title": (document.title,),
        "headlines": document.headlines,
        "texts": document.texts,
        "attachments": document.attachments,
    }


def _escaped(text: str) -> str:
    units = text.encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
