"""The reader in Python answers as the browser's client does; and what both promise of answers."""

from __future__ import annotations

import dataclasses
import gzip
import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from site_plugins.outputs.search import common_pairs, few, many
from site_plugins.outputs.search.documents import SearchDocument, SearchLabels, document_digest
from site_plugins.outputs.search.index import build_index
from site_plugins.outputs.search.reader.answers import IndexReader
from site_plugins.outputs.search.reader.approximate import BITS, MOST, guesses_of, in_turn, nearly
from site_plugins.outputs.search.reader.query import Query
from site_plugins.outputs.search.reader.words import (
    Part,
    chosen_parts,
    commonness,
    covers,
    near_parts,
    parse,
    readings_of,
    spaced,
)
from site_plugins.outputs.search.update import IndexUpdate, update_index

from .conftest import Client
from .test_client import WORDS, phrases, sample, scan, some_substrings

LABELS = SearchLabels(kinds={"article": "文章"}, columns={"news": "要闻"})


@pytest.fixture(scope="module", params=[20, 1000])
def files(request: pytest.FixtureRequest) -> Iterator[dict[str, bytes]]:
    """An index with a delta and dead documents, with common pairs and large slots and without."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(common_pairs, "LEAST_PASSAGES", request.param)
        for module in (few, many):
            patch.setattr(module, "LARGEST_SLOT", 10 * request.param)
        yield updated_files()


def updated_files() -> dict[str, bytes]:
    """An index with a delta and dead documents."""
    documents = {one.address: one for one in sample(120)}
    first = update_index(
        None,
        {address: document_digest(one) for address, one in documents.items()},
        lambda addresses: [documents[address] for address in addresses],
        LABELS,
        compact=False,
        published=lambda _: None,
    )
    files = dict(first.files)
    state = first.state
    for address in list(documents)[::9]:
        documents[address] = replace(documents[address], title=documents[address].title + "石拱桥")
    for address in list(documents)[1::20]:
        del documents[address]
    documents |= {one.address: replace(one, people=("张弓长",)) for one in sample(9, seed=77)}
    second = update_index(
        state,
        {address: document_digest(one) for address, one in documents.items()},
        lambda addresses: [documents[address] for address in addresses],
        LABELS,
        compact=False,
        published=files.get,
    )
    new = dict(second.files)
    assert not second.reason
    assert any(path.startswith("delta/") for path in new)
    assert second.replaced is not None
    return {path: file for path, file in files.items() if path not in second.replaced} | new


def queries() -> list[str]:
    draw = random.Random(8)
    found = some_substrings(sample(120), 120)
    found += [" ".join(draw.sample(WORDS, draw.choice([1, 2, 3]))) for _ in range(40)]
    found += [f"{draw.choice(WORDS)} -{draw.choice(WORDS)}" for _ in range(20)]
    found += ['"老旧 小区"', "－石拱桥 政协 - —", "，。", "", "政", "𠮷", "0", "a b c"]
    found += [
        "zhengxie",
        "zx",
        "wenshiziliao",
        "zgc",
        "zheng xie",
        "zhèng xié 提案",
        "wen shi ziliao",
        "zhang gong chang -提案",
        "zhanggongchang",
        "weiyuan 提案",
        "xian",
        "qq",
    ]
    for word in some_substrings(sample(120), 60):
        at = draw.randrange(len(word))
        found.append(word[:at] + draw.choice(["", "鼎", "的们"]) + word[at + 1 :])
    return found


def test_python_and_javascript_give_the_same_answers(
    client: Client, files: dict[str, bytes]
) -> None:
    client.open_files(files)
    index = IndexReader(files.__getitem__)
    draw = random.Random(2)
    kinds: set[tuple[bool, ...]] = set()
    for words in queries():
        limit = draw.choice([10, 3, None, 0])
        offset = draw.choice([0, 0, 0, 2])
        sort = draw.choice(["relevance", "relevance", "date", "oldest"])
        filters = draw.choice(
            [{}, {}, {"kind": "notice"}, {"column": "news/", "year": "2022"}, {"periodical": "x"}]
        )
        here = index.answer(Query(words, limit, offset, sort, filters))
        there = client.query(
            words, limit="all" if limit is None else limit, offset=offset, sort=sort, **filters
        )
        assert here == there, words
        flags = ("exact", "approximate", "pinyin")
        kinds.add((bool(here["total"]), *(bool(here[flag]) for flag in flags)))
    assert len(kinds) >= 5


@pytest.mark.parametrize("least", [20, 1000])
def test_they_do_with_one_segment_too(
    client: Client, monkeypatch: pytest.MonkeyPatch, least: int
) -> None:
    # Where there is one, more is looked up of a long word.
    monkeypatch.setattr(common_pairs, "LEAST_PASSAGES", least)
    documents = phrases(300)
    files = dict(build_index(documents, LABELS))
    client.open_files(files)
    index = IndexReader(files.__getitem__)
    draw = random.Random(4)
    differing = 0
    for length in (6, 11, 12, 13, 20, 40):
        for _ in range(6):
            text = draw.choice(draw.choice(documents).texts)
            at = draw.randrange(len(text) - length)
            piece = text[at : at + length]
            wrong = draw.randrange(length)
            for words in (piece, f"{piece[:wrong]}鼎{piece[wrong + 1 :]}", f"{piece} -甲"):
                for limit in (10, None):
                    asked = Query(words, limit)
                    here = index.answer(asked)
                    there = client.query(words, limit="all" if limit is None else limit)
                    assert here == there, words
                    differing += here["total"] != index.answer(Query(words, 10))["total"]
    assert differing


def series(count: int) -> list[SearchDocument]:
    """Titles that differ from one to the next in a character or two, each time in another place."""
    name = "示例市政协第十届委员会常务委员会关于县乡河道治理民主监督情况的报告"
    assert len(name) > count
    return [
        SearchDocument(f"/{at}/", f"{name[:at]}某{name[at + 1 :]}", date=f"2022-01-{at:02}")
        for at in range(1, count)
    ]


@pytest.mark.parametrize("changed", [0, 4])
def test_a_title_is_found_at_once_among_others_of_its_series(client: Client, changed: int) -> None:
    documents = {one.address: one for one in series(31)}
    digests = dict.fromkeys(documents, "1")

    def opened(addresses: Sequence[str]) -> list[SearchDocument]:
        return [documents[address] for address in addresses]

    def updated(state: bytes | None) -> IndexUpdate:
        return update_index(state, digests, opened, LABELS, compact=False, published=published.get)

    published: dict[str, bytes] = {}
    first = updated(None)
    published |= dict(first.files)
    # Edited ones stand in the delta, and the title of one is asked for that another had before.
    for address in list(documents)[:changed]:
        title = documents[address].title.removesuffix("的报告") + "的通报"
        documents[address] = replace(documents[address], title=title)
        digests[address] = "2"
    published |= dict(updated(first.state).files)
    client.open_files(published)
    index = IndexReader(published.__getitem__)
    for one in documents.values():
        reply = client.ask(query=one.title, options={})
        assert reply["fetched"] <= 12
        assert reply["answer"] == index.answer(Query(one.title))
        assert reply["answer"]["results"][0]["title"] == one.title
        client.open_files(published)


def test_what_only_begins_titles_is_found_in_all_of_them(client: Client) -> None:
    documents = series(31)
    word = documents[-1].title[:18]
    client.open(documents)
    expected = [one.address for one in reversed(documents) if word in one.title]
    assert len(expected) > 10
    answer = client.query(word, limit="all")
    assert [result["url"] for result in answer["results"]] == expected


def test_the_character_that_two_terms_leave_open_may_be_the_mistake(client: Client) -> None:
    files = dict(build_index([*titled(*["通知"] * 30), *villages(30)], SearchLabels()))
    client.open_files(files)
    answer = IndexReader(files.__getitem__).answer(Query("村生7污水"))
    assert answer == client.query("村生7污水")
    # The two pairs beside it stand in thirty texts, all of which hold another character there.
    assert (answer["exact"], answer["near"], answer["total"]) == (True, True, 0)
    assert as_results(answer)[0]["url"].startswith("/village/")


def villages(count: int) -> list[SearchDocument]:
    return [
        SearchDocument(f"/village/{at:02}/", "简讯", texts=(f"{at}个村的农村生活污水治理。",))
        for at in range(count)
    ]


def test_beside_an_exclusion_a_long_word_is_read_in_the_same_order(client: Client) -> None:
    # With an exclusion one term of the word is looked up, and it stands more often in the newer.
    word = "不要一套软件北榆产业"
    files = dict(
        build_index(
            [
                SearchDocument(
                    f"/{at}/", "题", date=f"2022-01-{at:02}", texts=(word + "产业" * at,)
                )
                for at in range(1, 6)
            ],
            LABELS,
        )
    )
    client.open_files(files)
    index = IndexReader(files.__getitem__)
    for words in (f"{word} -信", f"{word} -题", f"-信息 {word[1:]}"):
        for limit in (1, 3):
            assert index.answer(Query(words, limit)) == client.query(words, limit=limit)


def test_of_a_long_word_the_newest_come_first_where_nearly_all_hold_it(client: Client) -> None:
    word = "示例市政协办公室"
    # In the newest the pairs stand at several offsets, which says little for it.
    texts = [f"{word}通知{at}" for at in range(12)] + [
        f"{word}甲示例乙政协丙公室丁示例市政协戊办公"
    ]
    documents = [
        SearchDocument(f"/{at}/", "题", date=f"2022-01-{at + 1:02}", texts=(text,))
        for at, text in enumerate(texts)
    ]
    files = dict(build_index(documents, LABELS))
    client.open_files(files)
    index = IndexReader(files.__getitem__)
    every = [result["url"] for result in index.answer(Query(word, limit=None))["results"]]
    assert every == [f"/{at}/" for at in reversed(range(13))]
    paged: list[str] = []
    offset: int | None = 0
    while offset is not None:
        answer = index.answer(Query(word, 3, offset))
        assert answer == client.query(word, limit=3, offset=offset)
        paged += [result["url"] for result in answer["results"]]
        offset = answer["next"]
    assert paged == every


def test_the_same_characters_part_words(client: Client) -> None:
    files = dict(build_index(titled("甲乙", "甲丙乙"), LABELS))
    client.open_files(files)
    index = IndexReader(files.__getitem__)
    blanks = [chr(code) for code in range(0x10000) if re.match(r"\s", chr(code))]
    for blank in (*blanks, "\ufeff", "\u200b", "\x00"):
        words = f"甲{blank}乙"
        assert index.answer(Query(words)) == client.query(words), ascii(blank)


def test_the_overview_counts_what_is_alive(client: Client, files: dict[str, bytes]) -> None:
    overview = client.open_files(files)["overview"]
    segments = IndexReader(files.__getitem__).segments
    alive = [len(segment.facts.days) - len(segment.dead) for segment in segments]
    assert all(segment.dead or segment.facts.before for segment in segments)
    assert overview["total"] == sum(alive)
    assert sum(each["count"] for each in overview["facets"]["kind"]) == overview["total"]


def answered(documents: list[SearchDocument], words: str) -> dict[str, object]:
    files = dict(build_index(documents, LABELS))
    return IndexReader(files.__getitem__).answer(Query(words, limit=None))


def found(documents: list[SearchDocument], words: str) -> list[str]:
    results = answered(documents, words)["results"]
    assert isinstance(results, list)
    return [result["title"] for result in results]


def titled(*titles: str) -> list[SearchDocument]:
    return [SearchDocument(f"/{at}/", title) for at, title in enumerate(titles)]


@pytest.mark.parametrize(
    ("letters", "title"),
    [
        ("zhengxie", "市政协召开会议"),
        ("ZhengXie", "市政协召开会议"),
        ("zx", "市政协召开会议"),
        ("zhaokaihuiyi", "市政协召开会议"),
        ("chongqing", "重庆印象"),
        ("changjiang", "长江两岸"),
        ("xian", "西安来客"),
        ("lvse", "綠色出行"),
        ("zhengxie 会议", "市政协召开会议"),
        ("zheng xie", "市政协召开会议"),
        ("Zheng Xie hui yi 召开", "市政协会议召开"),
        ("zhengxie huiyi", "市政协召开会议"),
        ("tai wan", "台湾来客"),
        ("zhèngxié", "市政协召开会议"),
        ("zhèng xie\u0301", "市政协召开会议"),
        ("lǜsè", "绿色出行"),
    ],
)
def test_pinyin_finds_words_of_titles(letters: str, title: str) -> None:
    documents = titled(title, "无关的一篇")
    answer = answered(documents, letters)
    assert answer["pinyin"]
    assert answer["total"] == 1
    assert found(documents, letters) == [title]


def test_pinyin_finds_names_of_people() -> None:
    documents = [SearchDocument("/x/", "回忆录", people=("诸葛亮",)), *titled("无关")]
    for letters in ("zhugeliang", "zgl", "zhuge"):
        assert found(documents, letters) == ["回忆录"]


def test_letters_in_titles_are_not_taken_for_pinyin() -> None:
    documents = titled("打开zx文件", "市政协")
    answer = answered(documents, "zx")
    assert not answer["pinyin"]
    assert found(documents, "zx") == ["打开zx文件"]


@pytest.mark.parametrize(
    ("letters", "texts"),
    [("zx", "info@zx.example.com"), ("zhengxie", "www.zhengxie.example"), ("zx 会议", "会议 zx")],
)
def test_pinyin_stands_before_letters_in_texts(client: Client, letters: str, texts: str) -> None:
    documents = [
        SearchDocument(f"/{at}/", f"说明{at}", date="2022-01-02", texts=(texts,))
        for at in range(25)
    ]
    documents += titled("市政协会议", "无关")
    files = dict(build_index(documents, LABELS))
    client.open_files(files)
    index = IndexReader(files.__getitem__)
    shown: list[str] = []
    offset: int | None = 0
    while offset is not None:
        reply = client.ask(query=letters, options={"offset": offset})
        answer = index.answer(Query(letters, offset=offset))
        assert answer == reply["answer"]
        assert reply["fetched"] <= 12
        assert answer["pinyin"]
        assert answer["total"] == 26
        shown += [result["title"] for result in answer["results"]]
        offset = answer["next"]
    assert shown[0] == "市政协会议"
    assert sorted(shown) == sorted([one.title for one in documents[:26]])


def test_syllables_that_stand_apart_are_one_reading() -> None:
    syllables = ["an", "huan", "xi", "xian"]
    assert spaced(["xi", "an", "城", "xian", "huan"], syllables) == [[0, 1], [2], [3, 4]]
    assert spaced(["xian", "xixi", "xyz", "an"], syllables) == [[0], [1], [2], [3]]
    assert found(titled("一谢再征", "会政再议协"), "zheng xie") == []


def test_no_fragment_of_letters_is_suggested() -> None:
    documents = titled("Having a train", "改造方案")
    assert answered(documents, "sing rainy")["suggestions"] == []
    assert answered(documents, "in 方丈")["suggestions"] == ["in"]


def test_letters_have_several_readings() -> None:
    syllables = ["an", "xi", "xian"]
    assert list(readings_of("xian", syllables)) == [["\ue001\ue000"], ["\ue817\ue808\ue800\ue80d"]]
    assert list(readings_of("西安", syllables)) == []


@pytest.mark.parametrize("place", range(8))
@pytest.mark.parametrize(("mistake", "instead"), [("", 1), ("鼎", 1), ("鼎", 0)])
def test_a_mistyped_character_finds_the_title_all_the_same(
    place: int, mistake: str, instead: int
) -> None:
    title = "老旧小区改造方案"
    documents = titled(title, *(f"小区{number}的改造" for number in range(30)), "方案")
    typed = title[:place] + mistake + title[place + instead :]
    answer = answered(documents, typed)
    if not answer["total"]:
        assert answer["approximate"]
    assert found(documents, typed)[0] == title


def test_a_mistyped_character_finds_the_text_all_the_same() -> None:
    documents = [
        SearchDocument(f"/{at}/", "题", texts=(f"小区{at}，改造方案。老旧的房子",))
        for at in range(30)
    ]
    documents.append(SearchDocument("/x/", "找到", texts=("关于老旧小区改造方案的说明",)))
    for typed in ("老旧小区改照方案", "老旧小改造方案", "老旧小小区改造方案"):
        assert answered(documents, typed)["approximate"]
        assert found(documents, typed)[0] == "找到"


def test_what_comes_near_is_marked_and_hides_what_does_not() -> None:
    # 老旧小 and 改造 stand at offsets that are as far apart modulo 14.
    apart = "老旧小" + "甲乙丙丁戊己庚辛壬癸子丑寅卯" + "区改造"
    documents = [
        SearchDocument("/x/", "找到", texts=("关于老旧小区改造方案的说明",)),
        *(SearchDocument(f"/{at}/", "题", texts=(apart,)) for at in range(9)),
    ]
    answer = answered(documents, "老旧小曲改造")
    assert answer["near"]
    (result,) = as_results(answer)
    ((start, end),) = result["marks"]["excerpt"]
    assert result["excerpt"][start:end] == "老旧小区改造"
    answer = answered(documents[1:], "老旧小曲改造")
    assert answer["approximate"]
    assert not answer["near"]


def as_results(answer: dict[str, object]) -> list[dict[str, Any]]:
    results = answer["results"]
    assert isinstance(results, list)
    return results


def test_similar_documents_stand_behind_mistaken_candidates(client: Client) -> None:
    # 协商 and 民主 stand at offsets that are equal modulo 14, yet not side by side.
    apart = "协商甲乙" + "丙丁戊己庚辛壬癸子丑寅卯辰巳" + "民主乙丙"
    documents = [
        SearchDocument("/a/", "一", texts=(apart,)),
        SearchDocument("/b/", "二", texts=("基层协商甲民主",)),
    ]
    files = dict(build_index(documents, LABELS))
    client.open_files(files)
    index = IndexReader(files.__getitem__)
    query = Query("协商甲乙民主")
    first = index.answer(query)
    behind = index.answer(dataclasses.replace(query, offset=1))
    assert first["approximate"]
    assert [first, behind] == [client.query(query.words, offset=offset) for offset in (0, 1)]
    assert index.found(query)["results"][0]["url"] == "/b/"


def test_going_on_finds_what_comes_near_like_the_client(client: Client) -> None:
    documents = phrases(300)
    files = dict(build_index(documents, SearchLabels()))
    client.open_files(files)
    index = IndexReader(files.__getitem__)
    draw = random.Random(3)
    went_on = asked_on = hits = 0
    for length in (4, 5, 6, 8) * 5:
        text = draw.choice(draw.choice(documents).texts)
        at = draw.randrange(len(text) - length)
        place = draw.randrange(length)
        typed = text[at : at + place] + "鼎" + text[at + place + 1 : at + length]
        query = Query(typed)
        offset: int | None = 0
        while offset is not None:
            answer = index.answer(dataclasses.replace(query, offset=offset))
            assert answer == client.query(typed, offset=offset)
            went_on += offset > 0
            offset = answer["next"]
        found = index.found(query)
        assert found["near"] == any(
            edits_in(documents, one["url"], typed) for one in found["results"]
        )
        shown = {result["url"] for result in found["results"]}
        assert len(shown) == len(found["results"])
        if found["near"] and found["next"] is not None:
            # What comes near is enough; where asked, there is more behind it.
            further = index.found(dataclasses.replace(query, offset=found["next"]))
            if further["near"]:
                assert shown.isdisjoint(one["url"] for one in further["results"])
                asked_on += 1
        hits += bool(shown & scan(documents, text[at : at + length]))
    assert went_on
    assert asked_on
    assert hits >= 15


def edits_in(documents: list[SearchDocument], url: str, typed: str) -> bool:
    (document,) = (one for one in documents if one.address == url)
    return bool(nearly(typed, [document.title, *document.texts]))


def test_what_is_only_similar_does_not_count() -> None:
    answer = answered(titled("老旧小区改造方案"), "老旧小区改照方案")
    assert (answer["total"], answer["exact"]) == (0, True)
    assert answer["suggestions"] == ["老旧", "方案"]


def test_nothing_found_suggests_the_parts_that_occur() -> None:
    answer = answered(titled("老旧小区", "养老服务"), "老旧养老龙凤")
    assert answer["total"] == 0
    assert answer["suggestions"] == ["老旧", "养老"]
    assert answered(titled("老旧小区", "养老服务"), "小区 服务")["suggestions"] == ["小区", "服务"]


@pytest.mark.parametrize("sign", ["｜", " | ", "丨", "～", "★", "→", "·", "●"])
def test_signs_used_as_punctuation_never_hinder(sign: str) -> None:
    assert found(titled(f"委员风采{sign}某甲的一天"), "委员风采某甲")
    assert found(titled("委员风采某甲的一天"), f"风采{sign}某甲")


def test_words_in_the_same_places_of_a_passage_are_told_apart() -> None:
    filler = "".join(chr(0x4E00 + at) for at in range(300))
    documents = [
        SearchDocument("/a/", "一", texts=(f"协商{filler}民主",)),
        SearchDocument("/b/", "二", texts=(f"{filler}协商民主",)),
    ]
    answer = answered(documents, "协商民主")
    assert answer["total"] == 1
    assert found(documents, "协商民主") == ["二"]


def test_a_mistaken_candidate_is_not_shown_and_not_excluded_by() -> None:
    # 政协 and 协商 stand at offsets that are equal modulo 14, yet not side by side.
    apart = "政协" + "甲乙丙丁戊己庚辛壬癸子丑寅" + "协商"
    documents = [SearchDocument("/a/", "甲", texts=(apart,)), *titled("乙")]
    assert answered(documents, "政协商")["total"] == 0
    assert found(documents, "甲乙 -政协商") == ["甲"]


def terms(word: str, parts: list[Part]) -> list[str]:
    return [part.of(word) for part in parts]


def chosen(word: str, common: dict[str, int]) -> list[str]:
    return terms(word, chosen_parts(word, common))


PHRASE = "".join(chr(0x4E00 + at) for at in range(30))


def test_the_terms_of_a_word_are_looked_up_the_rarest_first() -> None:
    assert chosen("政", {}) == ["政"]
    assert chosen("政协", {"政协": 1}) == ["政协"]
    assert chosen("政协委", {}) == ["协委", "政协"]
    assert chosen("政协委员", {}) == ["委员", "政协", "协委"]
    assert chosen_parts(PHRASE, {})[:3] == [(28, 2), (0, 2), (14, 2)]
    assert commonness(["甲乙", "丙丁戊己"]) == {"甲乙": 2, "丙丁": 1, "戊己": 1}


def test_instead_of_a_common_pair_the_triples_with_it_are_looked_up() -> None:
    assert chosen("政协委", {"政协": 1}) == ["政协委"]
    assert chosen("政协委员", {"政协": 1}) == ["政协委", "委员"]
    assert chosen("政协委员", {"协委": 1}) == ["协委员", "政协委"]
    assert chosen("政协委员", {"政协": 1, "协委": 1, "委员": 1}) == ["协委员", "政协委"]
    assert chosen("政协委员", {"政协": 1, "协委": 1, "委员": 2}) == ["协委员", "政协委"]
    assert chosen("政协委员", {"政协": 1, "协委": 2, "委员": 2}) == ["政协委", "协委员"]
    # From the third on the longer one comes first, which reaches from one phrase into the next.
    assert chosen("政协委员会议", {"员会": 1})[1:] == ["政协", "委员会", "协委"]
    # Then units that none before covers count for more than commonness.
    common = {"院共": 3, "共涉": 3, "涉及": 3, "医院": 2}
    assert chosen("医院共涉及村卫生", common) == ["涉及村", "卫生", "医院共", "村卫"]
    # Among the first and the last the rarer one comes first, else the one that covers more.
    common = {PHRASE[28:30]: 3, PHRASE[27:29]: 3, PHRASE[26:28]: 2}
    assert chosen_parts(PHRASE, common)[:2] == [(25, 3), (0, 2)]


def test_a_word_that_is_a_single_term_is_certain_to_stand_where_that_stands() -> None:
    assert covers([Part(0, 3)], "政协委")
    assert covers([Part(0, 2), Part(1, 3)], "政协委员")
    assert not covers([Part(0, 2), Part(3, 2)], "政协委员会")


def near_terms(
    word: str, known: list[Part], absent: list[Part], common: dict[str, int], most: int
) -> list[str]:
    weights = {part: 0 if part in absent else 1 for part in known}
    return terms(word, near_parts(word, weights, common, most))


def test_a_rare_term_tells_more_of_a_mistyped_word() -> None:
    word, known = "政协委员会议", [Part(0, 2), Part(4, 2)]
    assert near_terms(word, known, [], {}, 2) == ["委员", "协委"]
    assert near_terms(word, known, [], {"协委": 3}, 2) == ["委员", "协委员"]


def test_the_mistake_is_rather_looked_for_in_a_rare_term() -> None:
    word, first, last = "政协委员会议", Part(0, 2), Part(4, 2)
    assert terms(word, near_parts(word, {first: 1, last: 9}, {}, 2)) == ["委员", "员会"]
    assert terms(word, near_parts(word, {first: 9, last: 1}, {}, 2)) == ["委员", "协委"]


def test_the_mistake_is_looked_for_in_the_terms_that_stand_nowhere() -> None:
    word, known = "政协委员会议", [Part(0, 2), Part(4, 2)]
    assert near_terms(word, known, [Part(4, 2)], {}, 3) == ["委员", "员会"]
    assert near_terms(word, known, [Part(0, 2)], {}, 3) == ["委员", "协委"]
    # Terms without a unit in common cannot both be spoiled by a single mistake.
    assert near_terms(word, known, known, {}, 1) == ["委员"]


def test_a_single_character_is_not_looked_up_beside_four_other_terms() -> None:
    word = "政协委员会议"
    last = near_terms(word, [Part(0, 2), Part(4, 2)], [Part(4, 2)], {}, 9)
    assert last == ["委员", "员会"]
    assert near_terms(word, [Part(0, 2), Part(2, 2)], [], {}, 9) == ["会议", "协委", "员会"]


def test_whatever_character_is_mistaken_terms_without_it_are_looked_up() -> None:
    known = chosen_parts("政协委员", {})[:2]
    assert near_terms("政协委员", known, [], {}, 6) == ["协委", "政"]
    common = {"政协": 1, "协委": 1, "委员": 1}
    known = chosen_parts("政协委员", common)
    assert near_terms("政协委员", known, [], common, 6) == ["政协", "委员"]
    known = chosen_parts("政协委员会议", dict.fromkeys(["政协", "协委", "委员", "员会", "会议"], 1))
    known = known[:2]
    assert terms("政协委员会议", known) == ["员会议", "政协委"]
    assert near_terms("政协委员会议", known, [], {}, 0) == []
    assert near_terms("政协委", [Part(0, 2), Part(1, 2)], [], {}, 6) == []


mistakes = st.tuples(st.integers(0, 9), st.sampled_from(["", "鼎", "的们"]), st.booleans())


@given(
    st.text("政协委员会提案（.*\\", min_size=4, max_size=9), mistakes, st.text("政协委", max_size=3)
)
def test_a_stretch_is_found_that_one_mistake_makes_the_word_of(
    right: str, mistake: tuple[int, str, bool], around: str
) -> None:
    place, instead, keeps = mistake
    at = place % len(right)
    typed = right[:at] + instead[:1] + right[at + (not keeps) :]
    assume(len(typed) >= 4)
    stretch = nearly(typed, ["", around + right + around])
    assert stretch
    assert stretch in around + right + around
    assert edits(stretch, typed) <= 1


def edits(one: str, other: str) -> int:
    """The distance of Levenshtein."""
    row = list(range(len(other) + 1))
    for at, unit in enumerate(one, 1):
        before, row = row, [at]
        for place, each in enumerate(other, 1):
            row.append(min(row[-1] + 1, before[place] + 1, before[place - 1] + (unit != each)))
    return row[-1]


@given(st.text("政协委员", min_size=4, max_size=8), st.text("政协委员", max_size=12))
def test_no_stretch_is_near_where_none_is(word: str, text: str) -> None:
    stretches = [
        text[start : start + size]
        for size in range(len(word) - 1, len(word) + 2)
        for start in range(len(text) - size + 1)
    ]
    is_near = any(edits(stretch, word) <= 1 for stretch in stretches)
    assert bool(nearly(word, [text])) == is_near


def test_a_mistake_spoils_the_terms_with_it_or_those_across_it() -> None:
    pairs = [Part(0, 2), Part(1, 2), Part(2, 2)]
    assert guesses_of("政协委员", pairs) == [0b001, 0b011, 0b100, 0b101, 0b110]
    assert guesses_of("政协委员", [Part(0, 3), Part(1, 3)]) == [0b01, 0b10]
    assert guesses_of("政协委员", [Part(0, 3), Part(3, 2)]) == [0b01, 0b10, 0b11]


def test_a_query_is_parsed() -> None:
    asked = parse("“老旧 小区” -《提案》 －臺灣 - ＡＢ")
    assert [word.folded for word in asked.wanted] == ["老旧小区", "ab"]
    assert [word.folded for word in asked.unwanted] == ["提案", "台湾"]
    assert [word.typed for word in asked.wanted] == ["“老旧 小区”", "ＡＢ"]


def test_a_damaged_index_is_an_error(files: dict[str, bytes]) -> None:
    with pytest.raises((LookupError, ValueError)):
        IndexReader({"catalogue.bin": gzip.compress(b"{}")}.__getitem__)
    broken = {path: content[:-20] for path, content in files.items()}
    broken["catalogue.bin"] = files["catalogue.bin"]
    with pytest.raises(ValueError, match="gzip"):
        IndexReader(broken.__getitem__).answer(Query("政协"))


def test_going_on_step_by_step_loses_nothing_that_comes_near() -> None:
    documents = phrases(300)
    index = IndexReader(dict(build_index(documents, SearchLabels())).__getitem__)
    draw = random.Random(5)
    several = 0
    for length in (4, 5, 6, 8) * 25:
        text = draw.choice(draw.choice(documents).texts)
        at, place = draw.randrange(len(text) - length), draw.randrange(length)
        # What stands for the right character is common, so that texts seem to hold the words.
        typed = text[at : at + place] + draw.choice(text) + text[at + place + 1 : at + length]
        if scan(documents, typed):
            continue
        steps = [list(_steps(ask, Query(typed, limit=1))) for ask in (index.answer, index.found)]
        every, found = ([u for near, urls in each if near for u in urls] for each in steps)
        assert found == every
        assert all(len(urls) <= 1 for _, urls in steps[1])
        several += len(every) > 1
    assert several


def _steps(
    ask: Callable[[Query], dict[str, Any]], query: Query
) -> Iterator[tuple[bool, list[str]]]:
    """Whether each answer comes near, and the addresses that it lists, from one to the next."""
    offset: int | None = 0
    while offset is not None:
        answer = ask(dataclasses.replace(query, offset=offset))
        yield answer["near"], [one["url"] for one in answer["results"]]
        offset = answer["next"]


def test_what_only_seems_to_answer_does_not_hide_what_does() -> None:
    documents = phrases(300)
    files = dict(build_index(documents, SearchLabels()))
    index = IndexReader(files.__getitem__)
    draw = random.Random(8)
    hidden = 0
    for length in (4, 5, 6, 8) * 40:
        text = draw.choice(draw.choice(documents).texts)
        at = draw.randrange(len(text) - length)
        # The first result alone is read: it is mistaken more often than the first ten.
        query = Query(text[at : at + length], limit=1)
        hidden += index.answer(query)["approximate"]
        found = index.found(query)
        assert not found["approximate"]
        (result,) = found["results"]
        assert result["url"] in scan(documents, query.words)
    assert hidden
    nowhere = index.found(Query("天地玄黄宇宙洪荒", limit=1))
    assert nowhere["exact"]
    assert nowhere["next"] is None


def test_every_guess_has_its_turn() -> None:
    # Three documents of one guess, then one of another, then one that fits both.
    assert in_turn([0b01, 0b01, 0b01, 0b10]) == [0, 3, 1, 2]
    assert in_turn([0b01, 0b10, 0b11]) == [2, 0, 1]
    assert in_turn([]) == []


@given(st.lists(st.integers(1, (1 << BITS) - 1), max_size=MOST + 10))
def test_documents_take_turns_and_none_is_lost(fits: list[int]) -> None:
    listed = in_turn(fits)
    assert len(listed) == min(len(fits), MOST) == len(set(listed))
    for bits in set(fits):
        same = [at for at in listed if fits[at] == bits]
        assert same == [at for at, each in enumerate(fits) if each == bits][: len(same)]
