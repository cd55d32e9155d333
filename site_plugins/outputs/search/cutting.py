"""Takes documents out of the bytes of shards, without reading more of them than is needed.

A text has a thousand terms in nearly as many shards, so this is what withdrawing costs. The
format is that of :mod:`site_plugins.outputs.search.codec`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from site_plugins.outputs.search.codec import (
    CODES,
    OFFSETS,
    PAIR,
    UNITS,
    Listed,
    Posting,
    listed,
    number_bytes,
)
from site_plugins.outputs.search.codec import read_posting as read_whole

_NUMBER = re.compile(b"[\x80-\xff]*[\x00-\x7f]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cut:
    """A document to be taken out: its number, and its passages."""

    document: int
    passages: range


def without(shard: bytes, lost: Mapping[str, Iterable[Cut]]) -> bytes:
    """A shard some of whose terms do not stand in some documents any more.

    Raises:
        LookupError: the bytes are not a shard.
    """
    written = []
    at = 0
    while kind := shard[at]:
        (count, at) = _number(shard, at + 1)
        length = UNITS[kind]
        letters = shard[at : at + 2 * length * count]
        at += len(letters)
        tokens = [match[0] for match in islice(_NUMBER.finditer(shard, at), count)]
        at += sum(map(len, tokens))
        sizes = [_value(token) for token in tokens]
        rows = {_row(letters, term): cuts for term, cuts in lost.items() if len(term) == length}
        rows.pop(-1, None)
        postings, removed, start = [], set(), at
        for row, packed in enumerate(sizes):
            end = at + (packed >> 2)
            if row in rows:
                left = Listed(kind, bool(packed & 2), bool(packed & 1), shard[at:end])
                for cut in rows[row]:
                    left = _cut(left, cut)
                postings += [shard[start:at], left.data]
                tokens[row] = number_bytes((4 * len(left.data) + 2 * left.mapped + left.headed,))
                start = end
                if not left.data:
                    removed.add(row)
            at = end
        postings.append(shard[start:at])
        if len(removed) < count:
            width = 2 * length
            kept = [row for row in range(count) if row not in removed] if removed else None
            if kept is not None:
                letters = b"".join(letters[row * width : (row + 1) * width] for row in kept)
                tokens = [tokens[row] for row in kept]
            written += [number_bytes((kind, len(tokens))), letters, *tokens, *postings]
    return b"".join((*written, b"\0"))


def _row(letters: bytes, term: str) -> int:
    """Which of the terms it is, -1 for none."""
    wanted = term.encode("utf-16-le", "surrogatepass")
    at = letters.find(wanted)
    while at >= 0 and at % len(wanted):
        at = letters.find(wanted, at + 1)
    return at // len(wanted) if at >= 0 else -1


def _cut(posting: Listed, cut: Cut) -> Listed:
    """A posting without a document."""
    kind, mapped, headed, data = posting
    head = b""
    at = 0
    if headed:
        is_there, at = _look_at_head(data, cut.document)
        head = data[:at]
        if is_there:
            whole = read_whole(Listed(kind, False, True, head))
            left = Posting(
                [each for each in whole.titles if each[0] != cut.document],
                [each for each in whole.headlines if each[0] != cut.document],
            )
            head = listed(left, kind).data
    if mapped:
        tail = _without_bits(data[at:], cut.passages)
    else:
        tail = _without_passages(data, at, kind == PAIR, cut.passages)
    return Listed(kind, mapped, bool(head), head + tail)


def _look_at_head(data: bytes, document: int) -> tuple[bool, int]:
    """Whether a document stands in the part of titles and headlines, and where that ends.

    Mostly it does not: of a document that was edited before nobody knows which of its terms the
    base still has. Of a term that many titles have this is most of the work.
    """
    titles, at = _number(data, 0)
    headlines, at = _number(data, at)
    found = False
    for count in (titles, headlines):
        there = -1
        for _ in range(count):
            value = data[at]
            at += 1
            if value > 127:
                value, at = _number(data, at - 1)
            if not value & 1:
                there += (value >> 1) + 1
                found = found or there == document
                while data[at] > 127:
                    at += 1
                at += 1
    return found, at


def _without_bits(data: bytes, passages: range) -> bytes:
    """A map without some passages."""
    left = bytearray(data)
    for passage in passages:
        if passage >> 3 < len(left):
            left[passage >> 3] &= ~(1 << (passage & 7))
    return bytes(left.rstrip(b"\0"))


def _without_passages(data: bytes, at: int, placed: bool, passages: range) -> bytes:
    """The part of a posting from ``at`` on, without some passages that follow each other."""
    factor = CODES if placed else 1
    first, size = at, len(data)
    last = passage = -1
    kept_until = -1
    while at < size:
        start = at
        value = data[at]
        at += 1
        if value > 127:
            value, at = _number(data, start)
        passage += value // factor + 1
        number_end = at
        code = value % factor
        if placed and code == OFFSETS:
            at += 1
        if passage < passages.start:
            last = passage
        elif passage in passages:
            kept_until = start if kept_until < 0 else kept_until
        elif kept_until < 0:
            break
        else:
            joined = number_bytes((factor * (passage - last - 1) + code,))
            return data[first:kept_until] + joined + data[number_end:]
    return data[first:kept_until] if kept_until >= 0 else data[first:]


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A varint, and where it ends."""
    value = shift = 0
    while (byte := data[at]) > 127:
        value |= (byte & 127) << shift
        shift += 7
        at += 1
    return value | byte << shift, at + 1


def _value(token: bytes) -> int:
    return token[0] if len(token) == 1 else _number(token, 0)[0]
