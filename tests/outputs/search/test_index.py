"""The index's files: complete, deterministic, and of the format that is documented."""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_plugins.outputs.search import grams, shards
from site_plugins.outputs.search.documents import SearchDocument, SearchLabels
from site_plugins.outputs.search.index import build_index
from site_plugins.outputs.search.postings import varints
from site_plugins.outputs.search.terms import PASSAGE_LENGTH, document_terms

LABELS = SearchLabels(kinds={"notice": "公告", "article": "文章"}, columns={"news": "要闻"})


def sample(count: int, seed: int = 1) -> list[SearchDocument]:
    """Documents of few characters, so that much repeats."""
    draw = random.Random(seed)

    def text(longest: int) -> str:
        return "".join(draw.choices("政协委员市建言a，𠮷", k=draw.randint(0, longest)))

    return [
        SearchDocument(
            address=f"/news/{number}/",
            title=text(9),
            headlines=tuple(text(5) for _ in range(draw.randint(0, 2))),
            date=draw.choice(["", "2021-05-06", "2022-01-02", "2022-01-03"]),
            kind=draw.choice(["article", "notice"]),
            column=draw.choice(["", "news", "news/meetings"]),
            year=draw.choice([None, 2021, 2022]),
            texts=tuple(text(30) for _ in range(draw.randint(0, 5))),
        )
        for number in range(count)
    ]


def read_numbers(data: bytes) -> Iterator[int]:
    """The varints of some bytes."""
    value = shift = 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield value
            value = shift = 0


def read_shard(shard: bytes) -> Iterator[tuple[str, bool, bytes]]:
    """Each term, whether it stands in a title or headline, and its posting."""
    at = 0

    def number() -> int:
        nonlocal at
        end = at + next(i for i, byte in enumerate(shard[at:], 1) if byte < 128)
        value = next(read_numbers(shard[at:end]))
        at = end
        return value

    while length := number():
        count, size = number(), number()
        letters = shard[at : at + size].decode()
        at += size
        sizes = [number() for _ in range(count)]
        for row, packed in enumerate(sizes):
            yield (
                letters[row * length : (row + 1) * length],
                packed % 2 == 1,
                shard[at : at + packed // 2],
            )
            at += packed // 2
    assert at == len(shard)


def places_of(posting: bytes, headed: bool, common: bool) -> list[set[tuple[int, int]]]:
    """Owner and offset of a term in titles, headlines and texts; offset 0 of a common one."""
    numbers = read_numbers(posting)
    counts = [next(numbers), next(numbers)] if headed else [0, 0]
    fields: list[set[tuple[int, int]]] = []
    for field in range(3):
        found: set[tuple[int, int]] = set()
        owner, offset = -1, 0
        while field == 2 or len(found) < counts[field]:
            step = next(numbers, None)
            if step is None:
                break
            if field == 2 and common:
                owner += step + 1
            elif step % 2:
                offset += (step + 1) // 2
            else:
                owner, offset = owner + step // 2 + 1, next(numbers)
            found.add((owner, offset))
        fields.append(found)
    return fields


def expected(documents: list[SearchDocument], length: int) -> dict[str, list[set[tuple[int, int]]]]:
    """Every string of a length with its places, read from the documents one by one."""
    places: dict[str, list[set[tuple[int, int]]]] = defaultdict(lambda: [set(), set(), set()])
    passages = 0
    for number, document in enumerate(documents):
        terms = document_terms(document)
        runs = [(0, number, [terms.title]), (1, number, list(terms.headlines))]
        runs += [(2, passages + at, list(each)) for at, each in enumerate(terms.passages)]
        passages += len(terms.passages)
        for field, owner, blocks in runs:
            start = 0
            for block in blocks:
                for at in range(len(block) - length + 1):
                    offset = start + at
                    if field == 0:
                        offset = 2 * offset + (at + length == len(block))
                    places[block[at : at + length]][field].add((owner, offset))
                start += len(block) + 1
    return places


def unpacked(files: dict[str, bytes], folder: str) -> list[bytes]:
    return [gzip.decompress(files[path]) for path in sorted(files) if f"/{folder}/" in path]


def catalogue_of(files: dict[str, bytes]) -> Any:
    return json.loads(gzip.decompress(files["catalogue.bin"]))


@pytest.mark.parametrize("fewest", [4, 4000])
def test_every_pair_is_listed_where_it_stands(fewest: int) -> None:
    documents = sample(60)
    files = dict(build_index(documents, LABELS, fewest_for_common=fewest))
    ordered = [
        next(one for one in documents if one.address == record[0])
        for record in in_catalogue_order(files, documents)
    ]
    common = {
        terms[at : at + length]
        for length, terms in catalogue_of(files)["segments"][0]["common"]
        for at in range(0, len(terms), length)
    }
    assert bool(common) == (fewest == 4)
    listed: dict[int, dict[str, list[set[tuple[int, int]]]]] = defaultdict(dict)
    for shard in unpacked(files, "terms"):
        for term, headed, posting in read_shard(shard):
            bare = len(term) == 1 or term in common
            assert term not in listed[len(term)]
            listed[len(term)][term] = places_of(posting, headed, bare)
    for length, terms in listed.items():
        truth = expected(ordered, length)
        for term, (titles, headlines, texts) in terms.items():
            bare = length == 1 or term in common
            owners = {(owner, 0) for owner, _ in truth[term][2]}
            assert titles == truth[term][0]
            assert headlines == truth[term][1]
            assert texts == (owners if bare else truth[term][2])
        if length < 3:
            assert terms.keys() == truth.keys()
        else:
            assert all(term[1:] in common or term[:-1] in common for term in terms)
            assert {t for t in truth if t[1:] in common or t[:-1] in common} == terms.keys()


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
    whole = list(build_index(documents, LABELS, fewest_for_common=5))
    monkeypatch.setattr(grams, "_SORTED_AT_ONCE", 40)
    monkeypatch.setattr(grams, "_WRITTEN_AT_ONCE", 7)
    monkeypatch.setattr(shards, "_TOGETHER", 3)
    assert list(build_index(documents, LABELS, fewest_for_common=5)) == whole


def test_files() -> None:
    documents = [replace(one, texts=(one.address * 200,)) for one in sample(700)]
    files = list(build_index(documents, LABELS))
    paths = [path for path, _ in files]
    assert len(set(paths)) == len(paths)
    assert paths[-1] == "catalogue.bin"
    about = catalogue_of(dict(files))["segments"][0]
    assert {"base/texts/00/00.bin", "base/texts/01/00.bin", "base/terms/00/00.bin"} <= set(paths)
    assert sum("/terms/" in path for path in paths) == about["shards"]
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
    assert len(sizes) > 32
    assert len(sizes) & (len(sizes) - 1) == 0
    assert max(sizes) < 2 * shards.SHARD_SIZE


def test_an_edit_leaves_most_files_alone() -> None:
    documents = varied(400)
    before = dict(build_index(documents, LABELS))
    edited = [replace(documents[7], title="题鼎"), *documents[:7], *documents[8:]]
    after = dict(build_index(edited, LABELS))
    changed = {path for path in before if before[path] != after[path]}
    assert before.keys() == after.keys()
    assert sum("/texts/" in path for path in changed) == 1
    # 题 with its end of title, 鼎 and 题鼎.
    assert 1 <= sum("/terms/" in path for path in changed) <= 3


def test_the_texts_are_the_original_ones_and_the_newest_first() -> None:
    long = tuple(f"第{number}段，" + "协商" * 200 for number in range(20))
    documents = [
        SearchDocument(
            address="/old/", title="旧《題》", date="2020-01-01", texts=("一", "", "二")
        ),
        SearchDocument("/none/", "无", texts=("三",)),
        SearchDocument(
            address="/new/", title="新", headlines=("引",), date="2023-01-01", texts=long
        ),
    ]
    files = dict(build_index(documents, LABELS))
    records = [record for content in unpacked(files, "texts") for record in json.loads(content)]
    new = [record for record in records if record[0] == "/new/"]
    assert [record[0] for record in records] == ["/new/"] * len(new) + ["/old/", "/none/"]
    assert records[-2] == ["/old/", "旧《題》", [], ["一", "", "二"]]
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
    assert list(read_numbers(data.tobytes())) == values
    assert [b - a for a, b in pairwise([0, *ends.tolist()])] == [
        max(1, -(-value.bit_length() // 7)) for value in values
    ]
