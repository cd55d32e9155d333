"""The files of texts: what a result shows, a few passages a file.

A file is JSON, a list of passages in the order of their numbers: ``[address, title, headlines,
blocks]``, headlines only with a document's first passage, and with that, if there are any, a
fifth item: the people that are found by pinyin. A passage that was withdrawn is ``null``. Its
bytes are GBK, which is two bytes for a Chinese character and one part in six shorter after
compression than UTF-8; what GBK has not is escaped as JSON does it (``\\u2e80``).
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from site_plugins.outputs.search.compression import compressed, expanded
from site_plugins.outputs.search.documents import SearchDocument
from site_plugins.outputs.search.terms import DocumentTerms

GROUP_LENGTH = 3000
"""Characters of a file of texts, on the average: an excerpt costs one such file …"""

MANY_PASSAGES, SHORT_GROUP = 40_000, 1500
"""… and from so many passages on, where postings are long, so few: every file more is looked at in
every build."""

LARGEST_GROUP = 8
"""Passages in a file of texts at most."""


def group_size(characters: int, passages: int) -> int:
    """How many passages a file holds."""
    length = GROUP_LENGTH if passages < MANY_PASSAGES else SHORT_GROUP
    return max(1, min(LARGEST_GROUP, round(length * passages / max(1, characters))))


def passages_of(document: SearchDocument, terms: DocumentTerms) -> Iterator[bytes]:
    """The passages of a document as a file has them."""
    start = 0
    blocks = document.blocks
    for passage in terms.passages:
        end = start + len(passage)
        row: list[object] = [document.address, document.title, (), blocks[start:end]]
        if start == 0:
            row[2] = document.headlines
            row += [document.people] if document.people else []
        yield _bytes(row)
        start = end


def text_files(passages: Iterable[bytes | None], group: int) -> Iterator[bytes]:
    """The files of these passages, ready to be published."""
    waiting: list[bytes] = []
    for passage in passages:
        waiting.append(b"null" if passage is None else passage)
        if len(waiting) == group:
            yield text_file(waiting)
            waiting = []
    if waiting:
        yield text_file(waiting)


def text_file(passages: Sequence[bytes]) -> bytes:
    """One file."""
    return compressed(b"[%s]" % b",".join(passages))


def read_texts(file: bytes) -> list[Any]:
    """The passages of a file.

    Raises:
        ValueError: the file is damaged.
    """
    rows = json.loads(expanded(file).decode("gbk"))
    if not isinstance(rows, list):
        raise ValueError("not a file of texts")
    return rows


def withdrawn_from(file: bytes, rows: Iterable[int]) -> bytes:
    """A file from which the passages of some rows are withdrawn.

    Raises:
        ValueError: the file is damaged.
        IndexError: it has no such row.
    """
    passages = read_texts(file)
    for row in rows:
        passages[row] = None
    return text_file([b"null" if passage is None else _bytes(passage) for passage in passages])


def _bytes(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("gbk", "jianyan-json")


def _escaped(fault: UnicodeError) -> tuple[str, int]:
    """What GBK cannot write, as JSON escapes it; a lone surrogate becomes a question mark."""
    assert isinstance(fault, UnicodeEncodeError)
    text = fault.object[fault.start : fault.end]
    units = text.encode("utf-16-be", "replace")
    pairs = zip(units[::2], units[1::2], strict=True)
    return "".join(f"\\u{high:02x}{low:02x}" for high, low in pairs), fault.end


codecs.register_error("jianyan-json", _escaped)
