"""Takes documents out of the bytes of shards, without reading more of them than is needed.

A text has a thousand terms in nearly as many shards, so this is what withdrawing costs: what is
said of other terms and other documents is passed over and copied by functions in C. The format
is that of :mod:`site_plugins.outputs.search.codec`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import compress

from site_plugins.outputs.search.codec import (
    CODES,
    OFFSETS,
    PLACED,
    UNITS,
    Listed,
    number_bytes,
)

_GOING_ON = bytes(range(128, 256))
"""The bytes of varints but the last of each."""

_GOES_ON = bytes(byte > 127 for byte in range(256))
_LOW = bytes(byte & 127 for byte in range(256))
_QUARTER = bytes((byte & 127) >> 2 for byte in range(256))
"""Of each byte whether its varint goes on, what it says, and a quarter of that."""


def _every_second(first: int) -> bytes:
    """The pattern of 64 bytes, odd or even like the first."""
    return b"[%s]" % b"".join(b"\\x%02x" % byte for byte in range(first, first + 128, 2))


_VARINT = rb"[\x80-\xff]*[\x00-\x7f]"
_PLACE = b"(?:%s)" % b"|".join(
    (
        _every_second(0) + _VARINT,
        _every_second(1),
        _every_second(128) + _VARINT + _VARINT,
        _every_second(129) + _VARINT,
    )
)
"""A place in titles or headlines: an even number and another, or an odd one."""

_POWERS = 7
_PLACES = tuple(re.compile(b"%s{%d}" % (_PLACE, 1 << power)) for power in range(_POWERS))
"""One place, two, four …: a pattern passes over them three times as fast as a loop."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A document to be taken out: its number, and its passages."""

    document: int
    passages: range


@dataclass(frozen=True, slots=True)
class _Row:
    """A term of a shard.

    Attributes:
        number: of terms of its kind that come before.
        size: where it is said how long the posting is, and where that ends.
        packed: what is said there.
        before: bytes of postings that come before.
    """

    number: int
    size: tuple[int, int]
    packed: int
    before: int


def without(shard: bytes, lost: Mapping[str, Iterable[Cut]]) -> bytes:
    """A shard some of whose terms do not stand in some documents any more.

    Raises:
        LookupError: the bytes are not a shard.
    """
    wanted = {term.encode("utf-16-le", "surrogatepass"): cuts for term, cuts in lost.items()}
    written: list[bytes] = []
    at = copied = 0
    while shard[at]:
        changed, end = _part_without(shard, at, wanted)
        if changed is not None:
            written += (shard[copied:at], changed)
            copied = end
        at = end
    return b"".join((*written, shard[copied : at + 1]))


def _part_without(
    shard: bytes, at: int, wanted: Mapping[bytes, Iterable[Cut]]
) -> tuple[bytes | None, int]:
    """The terms of one kind, None if they stay as they are; and where they end."""
    kind = shard[at]
    count, letters = _number(shard, at + 1)
    width = 2 * UNITS[kind]
    sizes = letters + width * count
    found = {
        number: cuts
        for term, cuts in wanted.items()
        if len(term) == width and (number := _number_of(term, shard, letters, sizes)) >= 0
    }
    rows, postings, end = _rows(shard, sizes, count, sorted(found))
    if not rows:
        return None, end
    terms_left: list[bytes] = []
    sizes_left: list[bytes] = []
    postings_left: list[bytes] = []
    term_at, size_at, posting_at = letters, sizes, postings
    for row in rows:
        start = postings + row.before
        stop = start + (row.packed >> 2)
        left = Listed(kind, bool(row.packed & 2), bool(row.packed & 1), shard[start:stop])
        for cut in found[row.number]:
            left = _cut(left, cut)
        sizes_left.append(shard[size_at : row.size[0]])
        postings_left.append(shard[posting_at:start])
        if left.data:
            sizes_left.append(number_bytes((4 * len(left.data) + 2 * left.mapped + left.headed,)))
            postings_left.append(left.data)
        else:
            term = letters + width * row.number
            terms_left.append(shard[term_at:term])
            term_at = term + width
            count -= 1
        size_at, posting_at = row.size[1], stop
    if not count:
        return b"", end
    terms_left.append(shard[term_at:sizes])
    sizes_left.append(shard[size_at:postings])
    postings_left.append(shard[posting_at:end])
    head = number_bytes((kind, count))
    return b"".join((head, *terms_left, *sizes_left, *postings_left)), end


def _number_of(term: bytes, shard: bytes, start: int, end: int) -> int:
    """Which of the terms between two places it is, -1 for none."""
    at = shard.find(term, start, end)
    while at >= 0 and (at - start) % len(term):
        at = shard.find(term, at + 1, end)
    return (at - start) // len(term) if at >= 0 else -1


def _rows(shard: bytes, at: int, count: int, numbers: Iterable[int]) -> tuple[list[_Row], int, int]:
    """Some of the terms whose sizes begin at a place; where all postings begin and end."""
    rows: list[_Row] = []
    passed = before = 0
    for number in numbers:
        start, length = _past_sizes(shard, at, number - passed)
        packed, at = _number(shard, start)
        before += length
        rows.append(_Row(number, (start, at), packed, before))
        before += packed >> 2
        passed = number + 1
    postings, length = _past_sizes(shard, at, count - passed)
    return rows, postings, postings + before + length


def _past_sizes(shard: bytes, at: int, count: int) -> tuple[int, int]:
    """Where so many sizes end, and how many bytes of postings they stand for.

    Raises:
        IndexError: there are not so many.
    """
    end = at + count
    sizes = shard[at:end]
    while short := count - len(sizes.translate(None, _GOING_ON)):
        end += short
        sizes = shard[at:end]
        if end > len(shard):
            raise IndexError("sizes are missing")
    length = sum(sizes.translate(_QUARTER))
    # What follows the first byte of each varint are varints again, 128 times as much.
    factor = 128 >> 2
    later = _later(sizes) if len(sizes) > count else b""
    length -= sum(later.translate(_QUARTER))
    while later:
        latest = _later(later)
        length += factor * (sum(later.translate(_LOW)) - sum(latest.translate(_LOW)))
        later = latest
        factor <<= 7
    return end, length


def _later(varints: bytes) -> bytes:
    """The bytes of varints but the first of each."""
    return bytes(compress(varints[1:], varints.translate(_GOES_ON)))


def _cut(posting: Listed, cut: Cut) -> Listed:
    """A posting without a document."""
    kind, mapped, headed, data = posting
    head, at = _head_without(data, cut.document) if headed else (b"", 0)
    if mapped:
        tail = _without_bits(data[at:], cut.passages)
    else:
        tail = _without_passages(data, at, kind in PLACED, cut.passages)
    return Listed(kind, mapped, bool(head), head + tail)


def _head_without(data: bytes, document: int) -> tuple[bytes, int]:
    """The part of titles and headlines without a document, and where it ended.

    Mostly the document does not stand there: of one that was edited before nobody knows which of
    its terms the base still has.
    """
    titles, at = _number(data, 0)
    headlines, start = _number(data, at)
    in_titles, titles_left, middle = _places_without(data, start, titles, document)
    in_headlines, headlines_left, end = _places_without(data, middle, headlines, document)
    if titles_left == titles and headlines_left == headlines:
        return data[:end], end
    if not titles_left and not headlines_left:
        return b"", end
    return number_bytes((titles_left, headlines_left)) + in_titles + in_headlines, end


def _places_without(data: bytes, at: int, count: int, document: int) -> tuple[bytes, int, int]:
    """So many places without those in a document, how many are left, and where all ended."""
    start = place = at
    last = there = -1
    rest = count
    while rest:
        place = at
        value = data[at]
        at += 1
        if value > 127:
            # Two bytes without a call: most of the work is here.
            value += (data[at] - 1) << 7
            at += 1
            if value > 0x3FFF:
                value, at = _number(data, place)
        if not value & 1:
            there = last + (value >> 1) + 1
            if there >= document:
                break
            last = there
            while data[at] > 127:
                at += 1
            at += 1
        rest -= 1
    if not rest or there > document:
        end = _past_places(data, place, rest) if rest else at
        return data[start:end], count, end
    passed = count - rest
    at = _past_places(data, place, 1)
    rest -= 1
    while rest and data[at] & 1:
        at = _past_places(data, at, 1)
        rest -= 1
    if not rest:
        return data[start:place], passed, at
    # Between the last document before and the next one after it lie more now.
    value, offset = _number(data, at)
    joined = number_bytes((2 * (there - last + (value >> 1)),))
    end = _past_places(data, at, rest)
    return data[start:place] + joined + data[offset:end], passed + rest, end


def _past_places(data: bytes, at: int, count: int) -> int:
    """Where so many places end.

    Raises:
        IndexError: there are not so many.
    """
    power = _POWERS - 1
    while count:
        while count < 1 << power:
            power -= 1
        found = _PLACES[power].match(data, at)
        if found is None:
            raise IndexError("places are missing")
        at = found.end()
        count -= 1 << power
    return at


def _without_bits(data: bytes, passages: range) -> bytes:
    """A map without some passages."""
    left = bytearray(data)
    for passage in passages:
        if passage >> 3 < len(left):
            left[passage >> 3] &= ~(1 << (passage & 7))
    return bytes(left.rstrip(b"\0"))


def _without_passages(data: bytes, at: int, placed: bool, passages: range) -> bytes:
    """The part of a posting from ``at`` on, without some passages that follow each other."""
    first, size, begin = at, len(data), passages.start
    factor = CODES if placed else 1
    last = -1
    while at < size:
        start = at
        value = data[at]
        at += 1
        if value > 127:
            value, at = _number(data, start)
        if placed and value % CODES == OFFSETS:
            at += 1
        passage = last + value // factor + 1
        if passage >= begin:
            break
        last = passage
    else:
        return data[first:]
    at, passage = start, last
    while at < size:
        value, at = _number(data, at)
        code = value % factor
        passage += value // factor + 1
        if passage >= passages.stop:
            joined = number_bytes((factor * (passage - last - 1) + code,))
            return data[first:start] + joined + data[at:]
        if placed and code == OFFSETS:
            at += 1
    return data[first:start]


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A varint, and where it ends."""
    value = shift = 0
    while (byte := data[at]) > 127:
        value |= (byte & 127) << shift
        shift += 7
        at += 1
    return value | byte << shift, at + 1
