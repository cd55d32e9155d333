"""The bytes of the index's files, written and read in plain Python.

Text is handled in *units*, the 16-bit numbers of UTF-16, as the browser does; a string of units
here is a ``str`` each of whose characters is one unit. A *term* is one unit, two, or three if one
of the pairs in them is *common* (:mod:`site_plugins.outputs.search.common_pairs`).

A *shard* holds for each kind of terms that occurs in it (:data:`UNITS`): the kind, the number of
terms, the terms' units one behind the other (two bytes each, lowest first) in ascending order, for
each term ``4 * bytes of its posting + 2 if it has a map + 1 if it stands in a title or headline``,
then the postings. A kind of 0 ends the shard.

A term's shard follows from the hash of its units (:func:`term_hash`): the hash modulo four times
the number of shards is its *slot*, modulo the number of shards its shard, of which four slots are
part. A slot with long postings has a shard of its own, behind the others and in the order of such
slots, which the catalogue lists (:func:`shard_of`): who asks for a term does not pay for a long
posting beside it.

A *posting* says where a term stands:

* if it stands in a title or a headline: the number of its occurrences in titles, and the number
  in headlines; then its occurrences in titles and those in headlines, each a number ``n``:

  - even: the next document, ``n / 2`` documents are skipped; the offset within the title, or
    within the headlines with one place between two, follows;
  - odd: the same document again, ``(n - 1) / 2`` offsets are skipped.

  Offsets in titles are doubled, plus one where the term ends the title.
* then the passages of texts it stands in: the number of passages skipped before each, or a *map* if
  that takes less than a byte for each: a bit for every passage from the first to the last it
  stands in, eight a byte, lowest first. For pairs and triples that are not common a number ``n``
  for each instead: ``n // 16`` passages are skipped;
  ``n % 16`` is the offset of the term in the passage, modulo 14, if the term stands at one such
  offset only. If it is 14, the term stands at two: ``j * (j - 1) / 2 + i`` of the offsets ``i < j``
  follows. If it is 15, it stands at more, and nothing is said of them. So terms that stand in one
  passage but not side by side are mostly told apart, in a fifth of the room of exact offsets.

The offsets of common pairs would be most of what a query costs. Instead every string of three units
with such a pair in it is a term, rarer than the pair. A triple that stands in more than
:data:`MOST_PLACED` passages is *common* too, and its posting has no offsets either.

All numbers are varints: seven bits a byte, lowest first, the eighth bit set on all but the last.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Places = list[tuple[int, int]]
"""Document and offset, ascending; offsets in titles as in the file."""

SHARD_SIZE = 7_000
"""Bytes of a shard before compression at most, on the average: every term that is looked up costs
one, and every one is a file."""

SMALL_SEGMENT = 2_000_000
"""Bytes of all terms below which shards have half of that, on a small site and in a delta: what is
asked beside the base shall cost little."""

SLOTS = 4
"""Slots of a shard."""

LARGEST_SLOT = 6_000
"""Bytes of a slot's terms, with what they take beside their postings, above which it has a shard
of its own."""

SINGLE, PAIR, TRIPLE, COMMON_PAIR, COMMON_TRIPLE = 1, 2, 3, 4, 5
"""Kinds of terms."""

UNITS = {SINGLE: 1, PAIR: 2, TRIPLE: 3, COMMON_PAIR: 2, COMMON_TRIPLE: 3}
"""Units of the terms of each kind, in the order of a shard."""

PLACED = frozenset((PAIR, TRIPLE))
"""The kinds whose postings tell offsets in passages."""

MOST_PLACED = 3000
"""Passages above which a triple is common: offsets of so many cost a query two or three kilobytes
more than a map or bare distances, of however large a site."""

OFFSETS = 14
"""Offsets in passages are known modulo this number."""

CODES = 16
"""What a number of a passage with offsets is parted by."""

ANYWHERE = (1 << OFFSETS) - 1
"""The bits of more than two offsets."""

TWO = tuple(1 << i | 1 << j for j in range(OFFSETS) for i in range(j))
"""The bits of two offsets by their number."""

_NUMBER_OF_TWO = {bits: number for number, bits in enumerate(TWO)}


@dataclass(slots=True)
class Posting:
    """Where a term stands.

    Attributes:
        titles, headlines: document and offset, ascending.
        passages: of texts, ascending, and for each of them the bits of :data:`OFFSETS` at which
            the term stands there, all bits for more than two and where the kind of term has none.
    """

    titles: Places = field(default_factory=list)
    headlines: Places = field(default_factory=list)
    passages: list[tuple[int, int]] = field(default_factory=list)


class Listed(NamedTuple):
    """A term's posting as the file has it.

    Attributes:
        kind: of the term.
        mapped: whether the passages are a map.
        headed: whether the term stands in a title or headline.
        data: the bytes.
    """

    kind: int
    mapped: bool
    headed: bool
    data: bytes


def units(text: str) -> str:
    """A text as a string of units."""
    if text.isascii() or max(text) <= "\uffff":
        return text
    data = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(low | high << 8) for low, high in zip(data[::2], data[1::2], strict=True))


def term_hash(term: str) -> int:
    """FNV-1a of the units, its upper half folded into its lower."""
    value = 0x811C9DC5
    for unit in term:
        value = (value ^ ord(unit)) * 0x01000193 & 0xFFFFFFFF
    return value ^ value >> 15


def bytes_beside(units_of_term: int) -> int:
    """Bytes of a term in a shard beside its posting, about."""
    return 2 + 2 * units_of_term


def shard_count(bytes_of_terms: int) -> int:
    """How many shards there are, a power of two.

    Args:
        bytes_of_terms: of all postings, with :func:`bytes_beside` for each term.
    """
    size = SHARD_SIZE // 2 if bytes_of_terms < SMALL_SEGMENT else SHARD_SIZE
    return 1 << max(0, (bytes_of_terms // size).bit_length())


def slot_of(term: str, shards: int) -> int:
    """The slot of a term among those of so many shards."""
    return term_hash(term) & (SLOTS * shards - 1)


def shard_of(term: str, shards: int, own: Sequence[int]) -> int:
    """The number of a term's shard.

    Args:
        term: in units.
        shards: how many there are beside those of slots.
        own: the slots that have a shard of their own, ascending.
    """
    slot = slot_of(term, shards)
    at = bisect_left(own, slot)
    return shards + at if at < len(own) and own[at] == slot else slot & (shards - 1)


def numbered_path(segment: str, folder: str, number: int) -> str:
    """The path below ``search/`` of a shard (folder ``terms``) or of texts (``texts``)."""
    return f"{segment}/{folder}/{number >> 8:02x}/{number & 255:02x}.bin"


def number_bytes(values: Iterable[int]) -> bytes:
    """Numbers as varints."""
    written = bytearray()
    for value in values:
        while value > 127:
            written.append(value & 127 | 128)
            value >>= 7
        written.append(value)
    return bytes(written)


def numbers(data: bytes, start: int, end: int) -> list[int]:
    """The varints between two places."""
    found: list[int] = []
    value = shift = 0
    for byte in data[start:end]:
        if byte < 128:
            found.append(value | byte << shift)
            value = shift = 0
        else:
            value |= (byte & 127) << shift
            shift += 7
    return found


def kind_of(term: str, passages: int, common: Container[str]) -> int:
    """The kind of a term that stands in so many passages, given the common pairs."""
    if len(term) == 2:
        return COMMON_PAIR if term in common else PAIR
    if len(term) == 3:
        return COMMON_TRIPLE if passages > MOST_PLACED else TRIPLE
    return SINGLE


def has_map(kind: int, count: int, last: int) -> bool:
    """Whether a posting of so many passages, of which this is the last, has a map."""
    return kind not in PLACED and (last >> 3) + 1 < count


def listed(posting: Posting, kind: int) -> Listed:
    """A posting as the file has it."""
    values = [*_gaps(posting.titles), *_gaps(posting.headlines)]
    headed = bool(values)
    if headed:
        values[:0] = len(posting.titles), len(posting.headlines)
    passages = posting.passages
    if passages and has_map(kind, len(passages), passages[-1][0]):
        return Listed(kind, True, headed, number_bytes(values) + _map(passages))
    last = -1
    for passage, bits in passages:
        gap, last = passage - last - 1, passage
        if kind not in PLACED:
            values.append(gap)
        elif bits == ANYWHERE:
            values.append(CODES * gap + OFFSETS + 1)
        elif bits & (bits - 1):
            values += [CODES * gap + OFFSETS, _NUMBER_OF_TWO[bits]]
        else:
            values.append(CODES * gap + bits.bit_length() - 1)
    return Listed(kind, False, headed, number_bytes(values))


def _map(passages: Sequence[tuple[int, int]]) -> bytes:
    written = bytearray((passages[-1][0] >> 3) + 1)
    for passage, _ in passages:
        written[passage >> 3] |= 1 << (passage & 7)
    return bytes(written)


def head_end(data: bytes) -> int:
    """Where the part of titles and headlines ends in a posting that has one."""
    titles, at = _number(data, 0)
    headlines, at = _number(data, at)
    for _ in range(titles + headlines):
        value, at = _number(data, at)
        if not value & 1:
            _, at = _number(data, at)
    return at


def read_posting(posting_of: Listed) -> Posting:
    """The posting that the bytes are."""
    kind, mapped, headed, data = posting_of
    posting = Posting()
    at = head_end(data) if headed else 0
    if headed:
        walk = iter(numbers(data, 0, at))
        titles, headlines = next(walk), next(walk)
        posting.titles = _places(walk, titles)
        posting.headlines = _places(walk, headlines)
    if mapped:
        posting.passages = [
            (8 * row + bit, ANYWHERE)
            for row, byte in enumerate(data[at:])
            for bit in range(8)
            if byte >> bit & 1
        ]
        return posting
    values = numbers(data, at, len(data))
    passage = -1
    if kind not in PLACED:
        for gap in values:
            passage += gap + 1
            posting.passages.append((passage, ANYWHERE))
        return posting
    walk = iter(values)
    for value in walk:
        gap, code = divmod(value, CODES)
        passage += gap + 1
        bits = 1 << code if code < OFFSETS else TWO[next(walk)] if code == OFFSETS else ANYWHERE
        posting.passages.append((passage, bits))
    return posting


def shard_bytes(postings: Mapping[str, Listed]) -> bytes:
    """A shard of these terms."""
    written = bytearray()
    for kind in UNITS:
        terms = sorted(term for term, row in postings.items() if row.kind == kind)
        if not terms:
            continue
        rows = [postings[term] for term in terms]
        written += number_bytes((kind, len(terms)))
        written += "".join(terms).encode("utf-16-le", "surrogatepass")
        written += number_bytes(4 * len(row.data) + 2 * row.mapped + row.headed for row in rows)
        written += b"".join(row.data for row in rows)
    written.append(0)
    return bytes(written)


def read_shard(data: bytes) -> dict[str, Listed]:
    """What :func:`shard_bytes` wrote.

    Raises:
        LookupError: the bytes are not a shard.
    """
    postings: dict[str, Listed] = {}
    at = 0
    while kind := data[at]:
        count, at = _number(data, at + 1)
        length = UNITS[kind]
        end = at + 2 * length * count
        found = units_of(data[at:end])
        sizes, at = _some_numbers(data, end, count)
        for row, packed in enumerate(sizes):
            start, at = at, at + (packed >> 2)
            term = found[row * length : (row + 1) * length]
            postings[term] = Listed(kind, bool(packed & 2), bool(packed & 1), data[start:at])
    return postings


def units_of(data: bytes) -> str:
    """The string of units that these bytes are."""
    text = data.decode("utf-16-le", "surrogatepass")
    return text if 2 * len(text) == len(data) else units(text)


def _number(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while (byte := data[at]) > 127:
        value |= (byte & 127) << shift
        shift += 7
        at += 1
    return value | byte << shift, at + 1


def _some_numbers(data: bytes, at: int, count: int) -> tuple[list[int], int]:
    found: list[int] = []
    while len(found) < count:
        byte = data[at]
        if byte < 128:
            found.append(byte)
            at += 1
        else:
            value, at = _number(data, at)
            found.append(value)
    return found, at


def _gaps(places: Sequence[tuple[int, int]]) -> Iterator[int]:
    owner, offset = -1, 0
    for next_owner, next_offset in places:
        if next_owner == owner:
            yield 2 * (next_offset - offset) - 1
        else:
            yield 2 * (next_owner - owner - 1)
            yield next_offset
        owner, offset = next_owner, next_offset


def _places(walk: Iterator[int], count: int) -> Places:
    found: Places = []
    owner, offset = -1, 0
    while len(found) < count:
        value = next(walk)
        if value & 1:
            offset += (value + 1) // 2
        else:
            owner, offset = owner + value // 2 + 1, next(walk)
        found.append((owner, offset))
    return found
