"""The index's files: complete, deterministic, and of the format that is documented."""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Set
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from site_plugins.outputs.search import codec, common_pairs, joining, many, many_pairs, segment
from site_plugins.outputs.search import few as few_module
from site_plugins.outputs.search import pieces as pieces_module
from site_plugins.outputs.search.codec import (
    ANYWHERE,
    COMMON_TRIPLE,
    PAIR,
    SHARD_SIZE,
    SINGLE,
    SLOTS,
    SMALL_SEGMENT,
    TRIPLE,
    Posting,
    kind_of,
    listed,
    number_bytes,
    numbers,
    read_posting,
    read_shard,
    shard_bytes,
    shard_count,
    shard_of,
    slot_of,
    term_hash,
    units,
)
from site_plugins.outputs.search.common_pairs import pairs_of, sampled_passages
from site_plugins.outputs.search.documents import SearchDocument
from site_plugins.outputs.search.few import (
    every_term,
    few_shards,
    headline_places,
    text_terms,
    title_places,
)
from site_plugins.outputs.search.index import build_index
from site_plugins.outputs.search.terms import (
    PASSAGE_LENGTH,
    DocumentTerms,
    document_terms,
    packed,
)
from site_plugins.outputs.search.texts import read_texts
from site_plugins.outputs.search.title_keys import is_private
from site_plugins.outputs.search.varints import varints

from .sample_documents import LABELS, sample


def expected(documents: list[SearchDocument], common: Set[str]) -> dict[str, Posting]:
    """Every term with its places, read from the documents one by one."""
    places: defaultdict[str, Posting] = defaultdict(Posting)
    passages = 0
    for number, document in enumerate(documents):
        terms = document_terms(document)
        title = units(terms.title)
        for at, term in pieces(title, common):
            ends = at + len(term) == len(title)
            places[term].titles.append((number, 2 * at + ends))
        start = 0
        for headline in map(units, terms.headlines):
            for at, term in pieces(headline, common):
                if len(term) > 1 or not is_private(term):
                    places[term].headlines.append((number, start + at))
            start += len(headline) + 1
        for blocks in terms.passages:
            start, bits = 0, defaultdict[str, int](int)
            for block in map(units, blocks):
                for at, term in pieces(block, common):
                    is_placed = len(term) == 3 or (len(term) == 2 and term not in common)
                    bits[term] |= 1 << (start + at) % 14 if is_placed else ANYWHERE
                start += len(block) + 1
            for term, each in bits.items():
                told = each if bin(each).count("1") < 3 else ANYWHERE
                places[term].passages.append((passages, told))
            passages += 1
    for term, posting in places.items():
        if len(term) == 3 and len(posting.passages) > codec.MOST_PLACED:
            posting.passages = [(passage, ANYWHERE) for passage, _ in posting.passages]
    return places


def pieces(text: str, common: Set[str]) -> list[tuple[int, str]]:
    """Every string of one and two units and those of three with a common pair; where it begins."""
    found = [(at, text[at : at + size]) for size in (1, 2, 3) for at in range(len(text) - size + 1)]
    return [
        (at, term)
        for at, term in found
        if len(term) < 3 or term[:2] in common or term[1:] in common
    ]


def unpacked(files: dict[str, bytes], folder: str) -> list[bytes]:
    return [gzip.decompress(files[path]) for path in sorted(files) if f"/{folder}/" in path]


def catalogue_of(files: dict[str, bytes]) -> Any:
    return json.loads(gzip.decompress(files["catalogue.bin"]))


@pytest.mark.parametrize("few", [0, 1000])
@pytest.mark.parametrize("least", [10, 1000])
def test_every_term_is_listed_where_it_stands(
    few: int, least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segment, "FEW", few)
    monkeypatch.setattr(common_pairs, "LEAST_PASSAGES", least)
    monkeypatch.setattr(codec, "MOST_PLACED", 4)
    documents = sample(60)
    files = dict(build_index(documents, LABELS))
    ordered = [
        next(one for one in documents if one.address == record[0])
        for record in in_catalogue_order(files, documents)
    ]
    common = pairs_of(catalogue_of(files)["segments"][0]["common"])
    assert bool(common) == (least < 60)
    found: dict[str, Posting] = {}
    maps: set[tuple[int, bool]] = set()
    about = catalogue_of(files)["segments"][0]
    own = tuple(accumulate(about["own"]))
    for number, shard in enumerate(unpacked(files, "terms")):
        for term, each in read_shard(shard).items():
            assert term not in found
            assert shard_of(term, about["shards"], own) == number
            found[term] = read_posting(each)
            assert each.kind == kind_of(term, len(found[term].passages), common)
            assert each.headed == bool(found[term].titles or found[term].headlines)
            maps.add((each.kind, each.mapped))
    assert found == expected(ordered, common)
    assert (PAIR, True) not in maps
    assert (TRIPLE, True) not in maps
    triples = {(TRIPLE, False), (COMMON_TRIPLE, False), (COMMON_TRIPLE, True)}
    assert {(SINGLE, True), *(triples if common else {})} <= maps


def test_pairs_are_common_that_stand_in_many_passages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common_pairs, "LEAST_PASSAGES", 10)
    texts = ["政协委员", "政协𠮷", "政协。委员", "协商"] * 10 + ["政协委言"] * 5 + ["空"] * 60
    documents = [
        SearchDocument(f"/{at:03}/", "政协", texts=(text,)) for at, text in enumerate(texts)
    ]
    for few in (0, 1000):
        monkeypatch.setattr(segment, "FEW", few)
        about = catalogue_of(dict(build_index(documents, LABELS)))["segments"][0]
        # 政协 35 of 105, 委员 20; 协委 15; 协商 10, which are less than a tenth.
        assert about["common"] == ["", "政协", "协委委员"]


def test_few_passages_have_no_common_pairs_and_of_many_some_are_looked_at() -> None:
    assert sampled_passages(999) == ()
    assert list(sampled_passages(1000)) == list(range(1000))
    assert list(sampled_passages(5000))[:3] == [0, 2, 5]
    assert len(sampled_passages(1_000_000)) == 2000
    assert max(sampled_passages(1_000_000)) < 1_000_000


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.builds(
            SearchDocument,
            address=st.just("/"),
            title=st.text(st.sampled_from("政协，aＡ𠮷长\ue001"), max_size=9),
            headlines=st.lists(st.text(st.sampled_from("政协𠮷"), max_size=4)).map(tuple),
            texts=st.lists(st.text(st.sampled_from("政协委𠮷"), max_size=9)).map(tuple),
        ),
        max_size=6,
    ),
    st.frozensets(st.text(st.sampled_from("政协委a长"), min_size=2, max_size=2)),
    st.sampled_from([1, 7, 1000]),
    st.sampled_from([9, 40, 4000]),
    st.sampled_from([0, 1, 2, 2000]),
    st.sampled_from([2, 3, 9]),
)
def test_arrays_and_plain_python_write_the_same_shards(
    documents: list[SearchDocument],
    common: frozenset[str],
    portion: int,
    least: int,
    placed: int,
    merged: int,
) -> None:
    terms = list(map(document_terms, documents))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(many, "_PORTION", portion)
        patch.setattr(many, "_MERGED", merged)
        patch.setattr(many, "_MERGED_AGAIN", merged)
        patch.setattr(many, "LARGEST_SLOT", least)
        patch.setattr(codec, "MOST_PLACED", placed)
        patch.setattr(few_module, "LARGEST_SLOT", least)
        own, shards = many.many_shards(map(packed, terms), common)
        assert (own, list(shards)) == few_shards(terms, common)


def test_the_bytes_of_postings_are_those_that_are_documented() -> None:
    everywhere = [(at, ANYWHERE) for at in range(10)]
    assert listed(Posting(passages=everywhere), SINGLE) == (SINGLE, True, False, b"\xff\x03")
    far = Posting(passages=[(0, ANYWHERE), (20, ANYWHERE)])
    assert listed(far, COMMON_TRIPLE) == (COMMON_TRIPLE, False, False, bytes([0, 19]))
    assert listed(far, TRIPLE) == (TRIPLE, False, False, number_bytes((15, 19 * 16 + 15)))
    pair = Posting([(0, 5)], [(1, 2)], [(0, 1 << 3), (2, 0b11), (3, ANYWHERE)])
    head = bytes([1, 1, 0, 5, 2, 2])
    assert listed(pair, PAIR) == (PAIR, False, True, head + bytes([3, 16 + 14, 0, 15]))
    shard = shard_bytes(
        {"ab": listed(pair, PAIR), "a": listed(Posting(passages=everywhere), SINGLE)}
    )
    sizes = bytes([4 * 2 + 2]), bytes([4 * 10 + 1])
    single = bytes([SINGLE, 1]) + b"a\0" + sizes[0] + b"\xff\x03"
    placed = bytes([PAIR, 1]) + b"a\0b\0" + sizes[1] + head + bytes([3, 30, 0, 15])
    assert shard == single + placed + b"\0"


@given(st.text(max_size=3).map(units), st.sampled_from([1, 2, 64]), st.data())
def test_a_slot_is_part_of_one_shard_or_has_its_own(
    term: str, shards: int, data: st.DataObject
) -> None:
    slot = slot_of(term, shards)
    assert slot < SLOTS * shards
    others = st.sets(st.integers(0, SLOTS * shards - 1).filter(lambda one: one != slot), max_size=9)
    own = sorted(data.draw(others))
    assert shard_of(term, shards, own) == term_hash(term) % shards == slot % shards
    own = sorted([*own, slot])
    assert shard_of(term, shards, own) == shards + own.index(slot)


def in_catalogue_order(
    files: dict[str, bytes], documents: list[SearchDocument]
) -> list[tuple[str, str]]:
    """Addresses and dates in the order of the documents' numbers, from the rule."""
    runs = [tuple(run[:4]) for run in catalogue_of(files)["segments"][0]["runs"]]
    assert runs == sorted(runs)
    key = [
        ((one.kind, one.column, one.periodical, one.year or 0), one.date, one.address)
        for one in documents
    ]
    return [(address, date) for _, date, address in sorted(key)]


def test_bytes_do_not_depend_on_the_order_of_documents() -> None:
    documents = sample(80)
    shuffled = list(documents)
    random.Random(3).shuffle(shuffled)
    assert shuffled != documents
    assert list(build_index(documents, LABELS)) == list(build_index(shuffled, LABELS))


def test_bytes_do_not_depend_on_how_the_work_is_parted(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = sample(80)
    monkeypatch.setattr(common_pairs, "LEAST_PASSAGES", 20)
    monkeypatch.setattr(codec, "MOST_PLACED", 3)
    whole = list(build_index(documents, LABELS))
    monkeypatch.setattr(many, "_PORTION", 40)
    monkeypatch.setattr(many, "_MERGED", 3)
    monkeypatch.setattr(many, "_TOGETHER", 3)
    monkeypatch.setattr(many_pairs, "_AT_ONCE", 7)
    monkeypatch.setattr(many, "_HEADS_AT_ONCE", 30)
    monkeypatch.setattr(many, "_SAMPLE", 2)
    monkeypatch.setattr(pieces_module, "_AT_ONCE", 100)
    monkeypatch.setattr(joining, "_JOINED_AT_ONCE", 20)
    assert list(build_index(documents, LABELS)) == whole


def test_files() -> None:
    documents = [replace(one, texts=(one.address * 200,) * 2) for one in sample(700)]
    files = list(build_index(documents, LABELS))
    paths = [path for path, _ in files]
    assert len(set(paths)) == len(paths)
    assert paths[-1] == "catalogue.bin"
    about = catalogue_of(dict(files))["segments"][0]
    assert {"base/texts/00/00.bin", "base/texts/01/00.bin", "base/terms/00/00.bin"} <= set(paths)
    assert sum("/terms/" in path for path in paths) == about["shards"] + len(about["own"])
    assert sum("/texts/" in path for path in paths) == -(-about["passages"] // about["group"])
    for _, content in files:
        # No time, no name, no system: the same bytes everywhere.
        assert content[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
        gzip.decompress(content)


def varied(count: int) -> list[SearchDocument]:
    """Documents in which little repeats: enough for many shards."""
    draw = random.Random(9)
    letters = [chr(0x4E00 + number) for number in range(3000)]
    return [
        SearchDocument(
            address=f"/{number}/", title="题", texts=("".join(draw.choices(letters, k=300)),)
        )
        for number in range(count)
    ]


def test_shards_stay_small_while_the_site_grows() -> None:
    sizes = [len(shard) for shard in unpacked(dict(build_index(varied(400), LABELS)), "terms")]
    assert len(sizes) > 16
    assert len(sizes) & (len(sizes) - 1) == 0
    assert max(sizes) < SHARD_SIZE


@given(st.integers(0, 1 << 28))
def test_terms_cost_half_as_much_in_a_small_segment(size: int) -> None:
    most = SHARD_SIZE if size >= SMALL_SEGMENT else SHARD_SIZE // 2
    assert size // shard_count(size) < most
    assert size < most or size // shard_count(size) >= most // 2 - 1


def test_an_edit_leaves_most_files_alone() -> None:
    documents = varied(400)
    before = dict(build_index(documents, LABELS))
    edited = [replace(documents[7], title="题鼎"), *documents[:7], *documents[8:]]
    after = dict(build_index(edited, LABELS))
    changed = {path for path in before if before[path] != after[path]}
    assert before.keys() == after.keys()
    assert sum("/texts/" in path for path in changed) == 1
    # 题 with its end of title, 鼎, 题鼎, the pairs of its readings, and the keys of both titles.
    assert 1 <= sum("/terms/" in path for path in changed) <= 7


def test_the_texts_are_the_original_ones() -> None:
    long = tuple(f"第{number}段，" + "协商" * 200 for number in range(20))
    documents = [
        SearchDocument(
            address="/old/", title="旧《題》", date="2020-01-01", texts=("一", "", "€㐀𠮷\u2e80é")
        ),
        SearchDocument("/none/", "无", texts=("三",), people=("某甲",), attachments=("附件",)),
        SearchDocument(
            address="/new/", title="新", headlines=("引",), date="2023-01-01", texts=long
        ),
    ]
    files = dict(build_index(documents, LABELS))
    paths = sorted(path for path in files if "/texts/" in path)
    records = [record for path in paths for record in read_texts(files[path])]
    new = [record for record in records if record[0] == "/new/"]
    assert [record[0] for record in records] == ["/none/", "/old/"] + ["/new/"] * len(new)
    assert records[0] == ["/none/", "无", [], ["三", "附件"], ["某甲"]]
    assert records[1] == ["/old/", "旧《題》", [], ["一", "", "€㐀𠮷\u2e80é"]]
    assert [record[2] for record in new] == [["引"]] + [[]] * (len(new) - 1)
    assert tuple(block for record in new for block in record[3]) == long
    assert all(sum(map(len, record[3])) <= PASSAGE_LENGTH for record in new)


def test_nothing_to_index() -> None:
    files = dict(build_index([], LABELS))
    assert set(files) == {"base/terms/00/00.bin", "catalogue.bin"}
    assert catalogue_of(files)["segments"][0]["documents"] == 0


def test_a_wrong_date_is_refused() -> None:
    with pytest.raises(ValueError, match=r"18\.3\.2022"):
        list(build_index([SearchDocument(address="/x/", title="题", date="18.3.2022")], LABELS))


@settings(max_examples=50)
@given(st.lists(st.integers(0, 2**31 - 1)))
def test_varints_are_read_back(values: list[int]) -> None:
    data, ends = varints(np.array(values, dtype=np.int64))
    assert numbers(data.tobytes(), 0, len(data)) == values
    assert [b - a for a, b in pairwise([0, *ends.tolist()])] == [
        max(1, -(-value.bit_length() // 7)) for value in values
    ]


@given(
    st.builds(
        DocumentTerms,
        st.text("政协委员\ue001", max_size=6),
        st.lists(st.text("政协委员\ue001𠮷", max_size=6), max_size=3).map(tuple),
        st.lists(st.lists(st.text("政协委员会𠮷", max_size=8), max_size=3).map(tuple)).map(tuple),
    ),
    st.sets(st.sampled_from(["政协", "协委", "员会"])),
)
def test_every_term_of_a_document_is_one_that_has_a_place(
    terms: DocumentTerms, common: set[str]
) -> None:
    placed = {*title_places(terms, common), *headline_places(terms, common)}
    placed.update(*(text_terms(blocks, common) for blocks in terms.passages))
    assert every_term(terms, common) == placed
