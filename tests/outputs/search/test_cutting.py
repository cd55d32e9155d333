"""Documents are taken out of shards: what is left is what a shard without them would say."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_plugins.outputs.search.codec import (
    ANYWHERE,
    COMMON_PAIR,
    PAIR,
    PLACED,
    SINGLE,
    TRIPLE,
    TWO,
    UNITS,
    Listed,
    Places,
    Posting,
    listed,
    read_posting,
    read_shard,
    shard_bytes,
)
from site_plugins.outputs.search.cutting import Cut, without

PASSAGES = (3, 1, 1, 4, 1, 2, 1, 1, 500, 1, 40, 1)
"""How many passages each document has; of the numbers between some take two bytes."""

STARTS = [sum(PASSAGES[:number]) for number in range(len(PASSAGES) + 1)]
FURTHER = 20_000
"""Added to the numbers of the last documents, so that a gap takes three bytes."""

DOCUMENTS = [*range(9), 150, 151, FURTHER]


def cut(document: int) -> Cut:
    at = DOCUMENTS.index(document)
    return Cut(document, range(STARTS[at], STARTS[at + 1]))


@st.composite
def places(draw: st.DrawFn) -> Places:
    found: Places = []
    for document in sorted(draw(st.sets(st.sampled_from(DOCUMENTS), max_size=6))):
        offsets = draw(st.sets(st.integers(0, 40) | st.integers(0, 40_000), min_size=1, max_size=4))
        found += [(document, offset) for offset in sorted(offsets)]
    return found


@st.composite
def postings(draw: st.DrawFn, kind: int) -> Posting:
    numbers = draw(
        st.sets(st.integers(0, STARTS[-1] - 1), max_size=5)
        | st.sets(st.integers(0, 40), max_size=40)
        | st.just(set(range(STARTS[-1])))
    )
    bits = st.just(ANYWHERE)
    if kind in PLACED:
        bits = bits | st.integers(0, 13).map(lambda at: 1 << at) | st.sampled_from(TWO)
    passages = [(number, draw(bits)) for number in sorted(numbers)]
    posting = Posting(draw(places()), draw(places()), passages)
    return posting if posting != Posting() else Posting(passages=[(0, ANYWHERE)])


@st.composite
def shards(draw: st.DrawFn) -> dict[str, Listed]:
    """Terms of all kinds, among them some that are alike and some of two bytes that are."""
    shard: dict[str, Listed] = {}
    for kind, length in UNITS.items():
        units = st.text(st.sampled_from("aab\u6161\u6261政协"), min_size=length, max_size=length)
        for term in draw(st.sets(units, max_size=6)) - shard.keys():
            shard[term] = listed(draw(postings(kind)), kind)
    return shard


def posting_without(posting: Posting, cuts: list[Cut]) -> Posting:
    documents = {one.document for one in cuts}
    return Posting(
        [place for place in posting.titles if place[0] not in documents],
        [place for place in posting.headlines if place[0] not in documents],
        [one for one in posting.passages if not any(one[0] in each.passages for each in cuts)],
    )


@settings(max_examples=300, deadline=None)
@given(shards(), st.data())
def test_what_is_left_is_what_a_shard_without_the_documents_says(
    shard: dict[str, Listed], data: st.DataObject
) -> None:
    terms = st.sampled_from([*shard, "absent", "x", "ax"])
    some = st.lists(st.sampled_from(DOCUMENTS), min_size=1, max_size=3, unique=True)
    lost = {
        term: [cut(document) for document in documents]
        for term, documents in data.draw(st.dictionaries(terms, some, max_size=8)).items()
    }
    result = without(shard_bytes(shard), lost)
    left = read_shard(result)
    expected = {
        term: posting_without(read_posting(one), lost.get(term, [])) for term, one in shard.items()
    }
    assert {term: read_posting(one) for term, one in left.items()} == {
        term: posting for term, posting in expected.items() if posting != Posting()
    }
    assert shard_bytes(left) == result
    for term, one in left.items():
        assert one.mapped == shard[term].mapped
        if not one.mapped and term in lost and not listed(expected[term], one.kind).mapped:
            assert one == listed(expected[term], one.kind)
        if term not in lost:
            assert one == shard[term]


def shard_of_all() -> dict[str, Listed]:
    """A shard with everything that there is."""
    wide = [(number, ANYWHERE) for number in range(STARTS[-1])]
    many = [(document, offset) for document in DOCUMENTS for offset in (0, 1, 300)]
    return {
        "政": listed(Posting(many, many, wide), SINGLE),
        "协": listed(Posting(passages=[(3, ANYWHERE)]), SINGLE),
        "政协": listed(Posting(passages=[(3, 1), (4, TWO[7]), (300, ANYWHERE)]), PAIR),
        "协商": listed(Posting([(1, 0)]), PAIR),
        "的一": listed(Posting(headlines=[(2, 0), (FURTHER, 9)]), COMMON_PAIR),
        "一的一": listed(Posting(passages=wide[::60]), TRIPLE),
    }


def test_the_bytes_that_are_left() -> None:
    shard = {
        "协": listed(Posting([(1, 0), (2, 7), (2, 9), (5, 300)], [], [(3, ANYWHERE)]), SINGLE),
        "政": listed(Posting(passages=[(3, ANYWHERE), (4, ANYWHERE)]), SINGLE),
        "政协": listed(Posting(passages=[(3, 1)]), PAIR),
    }
    assert shard_bytes(shard).hex(" ") == (
        "01 02 4f 53 3f 65 2d 06 04 00 02 00 00 07 03 04 ac 02 03 18 02 01 3f 65 4f 53 04 30 00"
    )
    lost = {"协": [cut(2)], "政": [cut(2)], "政协": [cut(1)]}
    assert without(shard_bytes(shard), lost).hex(" ") == (
        "01 02 4f 53 3f 65 21 06 02 00 02 00 06 ac 02 03 08 00"
    )


def test_a_term_that_stands_nowhere_any_more_goes_and_its_kind_with_the_last() -> None:
    shard = shard_of_all()
    lost = {"协": [cut(1)], "协商": [cut(1)], "政协": [cut(2)], "的一": [cut(2), cut(FURTHER)]}
    left = read_shard(without(shard_bytes(shard), lost))
    assert list(left) == ["政", "政协", "一的一"]
    assert left["政"] == shard["政"]
    every: Mapping[str, list[Cut]] = {term: [*map(cut, DOCUMENTS)] for term in shard}
    assert without(shard_bytes(shard), every) == b"\0"


def test_nothing_is_found_between_terms() -> None:
    # The bytes of the second term stand in the first two as well, but not where a term begins.
    shard = {
        term: listed(Posting([(1, 0)]), SINGLE) for term in ("\u6162", "\u6263", "\u6362", "\u6261")
    }
    for term in ("\u6261", "\u6362"):
        left = read_shard(without(shard_bytes(shard), {term: [cut(1)]}))
        assert left.keys() == shard.keys() - {term}
    assert without(shard_bytes(shard), {"\u6362\u6261": [cut(1)]}) == shard_bytes(shard)


def test_many_places_and_sizes_of_three_bytes_are_passed_over() -> None:
    titles = [(document, offset) for document in range(900) for offset in (0, 2, 500)]
    headlines = [(document, document) for document in range(0, 60_000, 299)]
    other = listed(Posting(titles, headlines[:5]), SINGLE)
    shard = {
        "协": other,
        "政": listed(Posting(titles, headlines, [(4, ANYWHERE)]), SINGLE),
        "邗": listed(Posting(titles[:9]), SINGLE),
        "邘": other,
    }
    assert len(other.data) > 1 << 12
    for document in (0, 1, 299, 500, 899, 900, 59_800):
        left = without(shard_bytes(shard), {"政": [Cut(document, range(4, 5))]})
        expected = Posting(
            [place for place in titles if place[0] != document],
            [place for place in headlines if place[0] != document],
        )
        assert left == shard_bytes(shard | {"政": listed(expected, SINGLE)})


def test_a_shard_that_breaks_off_is_an_error() -> None:
    shard = shard_bytes(shard_of_all())
    for lost in ({}, {term: [cut(2)] for term in shard_of_all()}):
        for length in range(len(shard)):
            with pytest.raises(LookupError):
                without(shard[:length], lost)


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=60) | st.binary(max_size=12).map(lambda end: b"\1\2\x3f\x65\x4f\x53" + end)
)
def test_bytes_that_are_no_shard_are_an_error_or_stay_bytes(data: bytes) -> None:
    try:
        without(data, {"政": [cut(1)], "协": [cut(FURTHER)], "政协": [cut(3)]})
    except (LookupError, ValueError):
        return


def test_a_posting_that_breaks_off_is_an_error() -> None:
    # Three titles are announced, and there is one.
    shard = b"\1\1\x3f\x65" + bytes([4 * 4 + 1]) + b"\3\0\0\0" + b"\0"
    for document in (0, 1):
        with pytest.raises(LookupError):
            without(shard, {"政": [Cut(document, range(1))]})
