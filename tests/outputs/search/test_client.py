"""The browser's client, asked from Node, against a plain scan of the folded texts."""

from __future__ import annotations

import functools
import gzip
import json
import random
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from site_plugins.domain.folding import fold, fold_with_places
from site_plugins.outputs.search import common_pairs, compression, few
from site_plugins.outputs.search.documents import SearchDocument, SearchLabels
from site_plugins.outputs.search.index import build_index
from site_plugins.outputs.search.update import update_index

from .conftest import Client

WORDS = """
政协 委员 提案 协商 市政协 老旧小区 改造 双月协商 座谈会 示例市 请你来协商 养老服务
调研组 文史资料 石拱桥
臺灣 歷史 Annual Report 2022 年 ℃ ㎡ 12345 一 的 了 和 在 Ｗｅｂ é 𠮷 😀 C++ ○
""".split()
MARKS = ["，", "。", "、", " ", "《", "》", "“", "”", "\u3000", "（", "-", ""]


def sample(count: int, seed: int = 4) -> list[SearchDocument]:
    """Documents of ordinary words in any order; a few are long."""
    draw = random.Random(seed)

    def text(longest: int) -> str:
        chosen = draw.choices(WORDS, k=draw.randint(1, longest))
        return "".join(word + draw.choice(MARKS) for word in chosen)

    return [
        SearchDocument(
            address=f"/{column or 'home'}/{number}/",
            title=text(6),
            headlines=tuple(text(4) for _ in range(draw.choice([0, 0, 1, 2]))),
            date=draw.choice(["", "2021-05-06", "2022-01-02", "2022-01-03", "2023-11-30"]),
            kind=draw.choice(["article", "notice", "plan"]),
            column=column,
            year=draw.choice([None, 2021, 2022, 2023]),
            periodical=draw.choice(["", "", "magazine"]),
            texts=tuple(text(40) for _ in range(draw.choice([0, 1, 3, 6, 90]))),
        )
        for number in range(count)
        for column in [draw.choice(["", "news", "news/meetings", "newsletter", "notices"])]
    ]


@functools.cache
def runs(document: SearchDocument) -> tuple[str, list[str], list[str]]:
    """Folded title, headlines and texts."""
    return (
        fold(document.title),
        [fold(each) for each in document.headlines],
        [fold(each) for each in document.texts],
    )


def holds(document: SearchDocument, word: str) -> bool:
    title, headlines, texts = runs(document)
    folded = fold(word)
    return any(folded in run for run in (title, *headlines, *texts))


def scan(documents: Sequence[SearchDocument], *words: str) -> set[str]:
    """Addresses of the documents that hold every word: the truth."""
    return {one.address for one in documents if all(holds(one, word) for word in words)}


def addresses(answer: dict[str, Any]) -> list[str]:
    return [result["url"] for result in answer["results"]]


def all_of(client: Client, words: str, **options: object) -> list[str]:
    """All addresses found; the total must agree."""
    answer = client.query(words, limit="all", **options)
    assert answer["exact"]
    if answer["approximate"]:
        assert answer["total"] == 0
        return []
    assert answer["total"] == len(answer["results"])
    assert len(set(addresses(answer))) == answer["total"]
    return addresses(answer)


def some_substrings(documents: Sequence[SearchDocument], count: int) -> list[str]:
    """Folded substrings of two and more characters of titles, headlines and texts."""
    draw = random.Random(6)
    every = [run for one in documents for part in runs(one) for run in part or [""]]
    every += [fold(one.title) for one in documents]
    chosen: list[str] = []
    while len(chosen) < count:
        run = draw.choice(every)
        length = draw.choice([2, 2, 3, 4, 5, 7, 11, 23, 60])
        if len(run) >= 2:
            start = draw.randrange(max(1, len(run) - length + 1))
            chosen.append(run[start : start + length])
    return [each for each in chosen if len(each) >= 2]


@pytest.fixture(scope="module")
def documents() -> list[SearchDocument]:
    return sample(120)


@pytest.fixture
def opened(client: Client, documents: list[SearchDocument]) -> Client:
    client.open(documents)
    return client


def test_any_substring_is_found_and_nothing_else(
    client: Client, documents: list[SearchDocument]
) -> None:
    client.open(documents)
    substrings = some_substrings(documents, 120)
    assert max(map(len, substrings)) > 40
    for word in substrings:
        assert set(all_of(client, word)) == scan(documents, word), word
    draw = random.Random(1)
    for _ in range(30):
        word = "".join(draw.choices(fold("".join(WORDS)), k=draw.randint(1, 4)))
        assert set(all_of(client, word)) == scan(documents, word), word


LETTERS = st.text(st.sampled_from("政协委员 ，aＡé𠮷😀"), max_size=25)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    documents=st.lists(
        st.builds(
            SearchDocument,
            address=st.just("/"),
            title=LETTERS,
            headlines=st.lists(LETTERS, max_size=2).map(tuple),
            texts=st.lists(LETTERS, max_size=4).map(tuple),
        ),
        max_size=6,
    ),
    words=st.lists(LETTERS, min_size=1, max_size=6),
    least=st.sampled_from([1, 3, 1000]),
)
def test_any_query_of_any_documents(
    client: Client, documents: list[SearchDocument], words: list[str], least: int
) -> None:
    documents = [replace(one, address=f"/{n}/") for n, one in enumerate(documents)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(common_pairs, "LEAST_PASSAGES", least)
        patch.setattr(few, "LARGEST_SLOT", 10 * least)
        client.open(documents)
    for word in words:
        expected = scan(documents, word) if fold(word) else set()
        assert set(all_of(client, f'"{word}"')) == expected


def test_titles_come_first(opened: Client, documents: list[SearchDocument]) -> None:
    by_address = {one.address: one for one in documents}

    def place(address: str, word: str) -> tuple[int, int]:
        document = by_address[address]
        title, headlines, _ = runs(document)
        if title == word:
            rank = 0
        elif word in title:
            rank = 1
        else:
            rank = 2 if any(word in run for run in headlines) else 3
        return rank, -int(document.date.replace("-", "") or 0)

    for word in ["政协", "协商", "市政协", fold(documents[3].title)]:
        places = [place(address, word) for address in all_of(opened, word)]
        assert places == sorted(places)
        assert places
    assert places[0][0] == 0


def test_sorting_by_date(opened: Client, documents: list[SearchDocument]) -> None:
    newest = [result["date"] for result in opened.query("政协", limit=500, sort="date")["results"]]
    oldest = [
        result["date"] for result in opened.query("政协", limit=500, sort="oldest")["results"]
    ]
    assert newest == sorted(newest, reverse=True)
    assert newest[-1] == "" == oldest[-1]
    assert [date for date in oldest if date] == sorted(date for date in oldest if date)


@pytest.mark.parametrize(
    ("options", "passes"),
    [
        ({"kind": "notice"}, lambda one: one.kind == "notice"),
        ({"column": "news"}, lambda one: one.column in {"news", "news/meetings"}),
        ({"column": "/news/meetings/"}, lambda one: one.column == "news/meetings"),
        ({"year": 2022}, lambda one: one.year == 2022),
        ({"year": "2022"}, lambda one: one.year == 2022),
        ({"periodical": "magazine"}, lambda one: one.periodical == "magazine"),
        ({"kind": "plan", "year": 2021}, lambda one: (one.kind, one.year) == ("plan", 2021)),
        ({"kind": "", "column": "", "year": ""}, lambda one: True),
        ({"column": "new"}, lambda one: False),
    ],
)
def test_filters(
    opened: Client,
    documents: list[SearchDocument],
    options: dict[str, object],
    passes: Callable[[SearchDocument], bool],
) -> None:
    expected = scan([one for one in documents if passes(one)], "协商")
    assert set(all_of(opened, "协商", **options)) == expected


def test_facets_count_what_a_filter_would_find(
    opened: Client, documents: list[SearchDocument]
) -> None:
    answer = opened.query("协商", kind="notice", limit=0)
    assert answer["results"] == []
    for name, facet in answer["facets"].items():
        options = {"kind": "notice"}
        for value in facet:
            assert (
                value["count"] == opened.query("协商", **{**options, name: value["value"]})["total"]
            )
    assert {value["value"] for value in answer["facets"]["kind"]} == {"article", "notice", "plan"}


def test_pages_of_results(opened: Client) -> None:
    every = all_of(opened, "政协")
    assert len(every) > 25
    assert addresses(opened.query("政协")) == every[:10]
    assert addresses(opened.query("政协", limit=7, offset=14)) == every[14:21]
    assert addresses(opened.query("政协", limit=10, offset=len(every) - 2)) == every[-2:]
    assert opened.query("政协", limit=10, offset=10_000)["results"] == []
    assert opened.query("政协", limit=10_000)["total"] == len(every)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("市政協", "市政协"),
        ("台湾历史", "臺灣歷史"),
        ("ＡＮＮＵＡＬ", "annual"),
        ("web", "Ｗｅｂ"),
        ("老旧，小区", "老旧小区"),
        ("“老旧 小区”", "老旧小区"),
        ('"老旧 小区"', "老旧小区"),
        ("《老旧小区》", "老旧小区"),
        ("1２3", "１2３"),
        ("m2", "㎡"),
    ],
)
def test_variants_find_the_same(
    opened: Client, documents: list[SearchDocument], typed: str, same: str
) -> None:
    assert set(all_of(opened, typed)) == set(all_of(opened, same)) == scan(documents, same)


def test_words_are_joined_by_and(opened: Client, documents: list[SearchDocument]) -> None:
    expected = scan(documents, "石拱桥", "文史资料", "年")
    assert expected
    assert set(all_of(opened, "石拱桥 文史资料\u3000年")) == expected


def test_excluded_words(opened: Client, documents: list[SearchDocument]) -> None:
    expected = scan(documents, "政协") - scan(documents, "石拱桥")
    assert expected
    assert set(all_of(opened, "政协 -石拱桥")) == expected
    assert set(all_of(opened, "－石拱桥 政协 - —")) == expected
    # Nothing else is asked for: then a minus is punctuation.
    assert set(all_of(opened, "-石拱桥")) == scan(documents, "石拱桥")


@pytest.mark.parametrize("words", ["", "   ", "，。！", "——", "-", '"', "“”", "\u200b", '"" -""'])
def test_nothing_asked_nothing_found(opened: Client, words: str) -> None:
    assert opened.query(words)["total"] == 0


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "%00",
        "\\",
        "'; drop",
        "😀",
        "𠮷",
        "constructor",
        "__proto__",
        "C++",
        '5"',
        "a" * 3000,
        "政协" * 900,
        "政 " * 80,
    ],
)
def test_weird_queries(opened: Client, documents: list[SearchDocument], words: str) -> None:
    asked = [word for word in words.split() if fold(word)]
    expected = scan(documents, *asked) if asked else set()
    assert set(all_of(opened, words)) == expected


def test_results(opened: Client, documents: list[SearchDocument]) -> None:
    by_address = {one.address: one for one in documents}
    for word in ["老旧小区", "臺灣歷史", "annual", "𠮷"]:
        for result in opened.query(word, limit=100)["results"]:
            document = by_address[result["url"]]
            assert (result["title"], result["date"]) == (document.title, document.date)
            assert (result["column"], result["kind"]) == (document.column, document.kind)
            assert (result["year"], result["periodical"]) == (document.year, document.periodical)
            shown = fold(result["title"]) + "\n" + fold(result["excerpt"])
            assert fold(word) in shown
            if any(fold(word) in run for run in [*runs(document)[1], *runs(document)[2]]):
                assert fold(word) in fold(result["excerpt"])
            for name in ("title", "excerpt"):
                units = result[name].encode("utf-16-le")
                for start, end in result["marks"][name]:
                    marked = units[2 * start : 2 * end].decode("utf-16-le")
                    assert fold(word) in fold(marked)
            assert len(result["marks"]["title"]) <= fold(result["title"]).count(fold(word))
            assert len(result["excerpt"]) < 140


def test_facts_are_parted_in_an_excerpt_and_sentences_are_not(client: Client) -> None:
    texts = ("会议听取了汇报。", "关于养老服务", "市政协办公室", "", "张弓长")
    client.open([SearchDocument("/x/", "题", headlines=("副题",), texts=texts)])
    (result,) = client.query("养老服务")["results"]
    expected = "副题 · 会议听取了汇报。 关于养老服务 · 市政协办公室 · 张弓长"
    assert result["excerpt"] == expected
    client.open([SearchDocument("/x/", "题", texts=("很" * 60, "市政协办公室", "张弓长" * 40))])
    (result,) = client.query("办公室")["results"]
    assert result["excerpt"].startswith("……市政协办公室 · 张弓长")


def test_an_excerpt_shows_several_words(client: Client) -> None:
    filler = "无关的话。" * 60
    text = f"甲词在前。{filler}这里甲词和乙词在一起。{filler}"
    client.open([SearchDocument(address="/x/", title="题", texts=(filler, text, filler))])
    (result,) = client.query("甲词 乙词")["results"]
    assert result["excerpt"].startswith("……这里甲词和乙词在一起。")
    assert [result["excerpt"][a:b] for a, b in result["marks"]["excerpt"]] == ["甲词", "乙词"]
    assert result["excerpt"].endswith("……")


def test_the_end_of_a_block_parts(client: Client) -> None:
    client.open(
        [SearchDocument(address="/x/", title="政", headlines=("协", "委"), texts=("员", "会"))]
    )
    assert client.query("政协")["total"] == 0
    assert client.query("委员")["total"] == 0
    assert client.query("员会")["total"] == 0
    assert client.query("会")["total"] == 1


def test_labels(client: Client) -> None:
    labels = SearchLabels(kinds={"article": "文章"}, columns={"news": "要闻"})
    document = SearchDocument("/x/", "题目", kind="article", column="news/x", periodical="magazine")
    reply = client.open([document], labels)
    assert reply["overview"]["total"] == 1
    assert reply["overview"]["facets"]["column"] == [
        {"value": "news", "label": "要闻", "count": 1},
        {"value": "news/x", "label": "news/x", "count": 1},
    ]
    (result,) = client.query("题目")["results"]
    assert result["labels"] == {"kind": "文章", "column": "news/x", "periodical": "magazine"}


def test_few_requests_at_a_time(opened: Client) -> None:
    reply = opened.ask(query="政协", options={"limit": "all"})
    assert reply["answer"]["total"] > 30
    assert reply["fetched"] > 12
    assert reply["most"] == 12
    # Everything is at hand now.
    assert opened.ask(query="政协", options={"limit": "all"})["fetched"] == 0


def test_a_first_query_is_cheap(client: Client) -> None:
    draw = random.Random(2)
    letters = [chr(code) for code in range(0x4E00, 0x5400) if fold(chr(code)) == chr(code)]
    many = [
        SearchDocument(
            f"/{n}/", "题目", date="2022-01-01", texts=("".join(draw.choices(letters, k=900)),)
        )
        for n in range(600)
    ]
    opening = client.open(many)
    word = many[300].texts[0][100:102]
    reply = client.ask(query=word, options={})
    assert reply["answer"]["total"] >= 1
    assert opening["fetched"] == 1
    # One shard, and a file of texts for each result at most.
    assert reply["fetched"] <= 1 + min(10, reply["answer"]["total"])
    assert opening["bytes"] + reply["bytes"] < 80_000


def phrases(count: int) -> list[SearchDocument]:
    """Documents of a small vocabulary, so that what stands apart often seems to stand together."""
    draw = random.Random(11)
    stock = ["".join(chr(0x4E00 + draw.randrange(300)) for _ in range(4)) for _ in range(150)]
    return [
        SearchDocument(
            f"/{number}/",
            "".join(draw.choices(stock, k=3)),
            date=f"2022-01-{1 + number % 28:02}",
            texts=tuple("".join(draw.choices(stock, k=40)) for _ in range(5)),
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("changed", [0, 25])
def test_a_query_costs_twelve_files_at_most(client: Client, changed: int) -> None:
    documents = {one.address: one for one in phrases(300)}
    digests = dict.fromkeys(documents, "1")
    labels = SearchLabels()
    site = update_index(
        None,
        digests,
        lambda asked: [documents[address] for address in asked],
        labels,
        compact=False,
        published=lambda _: None,
    )
    files = dict(site.files)
    for address in list(documents)[:changed]:
        documents[address] = replace(documents[address], headlines=("改过",))
        digests[address] = "2"
    later = update_index(
        site.state,
        digests,
        lambda asked: [documents[address] for address in asked],
        labels,
        compact=False,
        published=files.get,
    )
    files |= dict(later.files)
    draw = random.Random(5)
    words = ["zhengxie", "laojiuxiaoqugaizao", "甲乙丙丁戊己庚辛", " ".join("一丁七万丈三上下不")]
    for length in (1, 2, 3, 4, 5, 8, 13, 20):
        for _ in range(4):
            text = draw.choice(draw.choice(list(documents.values())).texts)
            at = draw.randrange(len(text) - length)
            piece = text[at : at + length]
            middle = length // 2
            words += [piece, piece[:middle] + "鼎" + piece[middle + 1 :], f"{piece} {text[:4]}"]
    for each in words:
        client.open_files(files)
        reply = client.ask(query=each, options={})
        assert reply["fetched"] <= 12, each
        answer = reply["answer"]
        # What was not read is not lost: the next offset goes on there.
        seen = set(addresses(answer))
        while answer["next"] is not None:
            answer = client.query(each, offset=answer["next"])
            seen |= set(addresses(answer))
        assert seen >= scan(list(documents.values()), *each.split())


def test_shards_that_were_cut_are_read(
    client: Client, documents: list[SearchDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compression, "WORTHWHILE", 0)
    given = {one.address: one for one in documents}
    public = list(given)
    files: dict[str, bytes] = {}
    state = None
    for _ in range(2):
        update = update_index(
            state,
            dict.fromkeys(public, "1"),
            lambda asked: [given[address] for address in asked],
            SearchLabels(),
            compact=False,
            published=files.get,
        )
        files |= dict(update.files)
        state = update.state
        public = public[3:]
    assert update.reason == ""
    # Where the content of a gzip file begins with a 1, it is one block without compression.
    assert any(file[10] == 1 for path, file in files.items() if "/terms/" in path)
    client.open_files(files)
    for word in some_substrings(documents, 60):
        assert set(all_of(client, word)) == scan(documents[3:], word), word


def test_failures_are_told_in_chinese(client: Client, documents: list[SearchDocument]) -> None:
    files = dict(build_index(documents, SearchLabels()))
    client.open_files(files)
    client.server.files = {}
    assert (
        client.ask(query="政协", options={})["error"] == "搜索数据没有下载成功（404），请稍后再试。"
    )
    assert "没有下载成功" in client.ask(open=client.server.address)["error"]
    assert "检查网络" in client.ask(open="http://127.0.0.1:9/search/")["error"]
    broken = {path: content[:40] for path, content in files.items()}
    client.server.files = broken
    assert "不完整" in client.ask(query="政协", options={})["error"]
    # What failed is asked for again.
    client.server.files = files
    assert set(all_of(client, "政协")) == scan(documents, "政协")


HTML = b"<!doctype html><html><title>404</title><p>" + bytes(range(32, 127)) * 30
FOREIGN = {
    "a page": HTML,
    "a packed page": gzip.compress(HTML),
    "nothing": b"",
    "nothing, packed": gzip.compress(b""),
    "another JSON": b'{"a": 1}',
    "null": b"null",
    "a picture": bytes(range(128, 256)) * 40,
}
"""What comes with status 200 in place of a file: of a soft 404, a captive portal, a broken copy."""


@pytest.mark.parametrize("what", FOREIGN)
@pytest.mark.parametrize("folder", ["catalogue", "base/terms", "base/texts"])
def test_other_content_in_place_of_a_file_is_told(
    client: Client, documents: list[SearchDocument], folder: str, what: str
) -> None:
    files = dict(build_index(documents, SearchLabels()))
    given = {path: FOREIGN[what] if path.startswith(folder) else files[path] for path in files}
    assert ("error" in client.open_files(given)) == (folder == "catalogue")
    asked = client.ask(open=client.server.address) if folder == "catalogue" else None
    told = asked or client.ask(query="政协", options={})
    assert "搜索数据不完整" in told["error"] or "版本不一致" in told["error"]
    # What was wrong is not kept.
    client.server.files = files
    if folder == "catalogue":
        client.ask(open=client.server.address)
    for _ in files:  # some were under way when the first proved wrong
        if "error" not in client.ask(query="政协", options={}):
            break
    assert client.query("政协")["total"]


def test_a_shard_cut_off_is_told(client: Client, documents: list[SearchDocument]) -> None:
    files = dict(build_index(documents, SearchLabels()))
    for path in [path for path in files if "/terms/" in path]:
        files[path] = gzip.compress(gzip.decompress(files[path])[:-1])
    client.open_files(files)
    assert "搜索数据不完整" in client.ask(query="政协", options={})["error"]


def test_an_index_of_another_format_is_refused(client: Client) -> None:
    files = dict(build_index([], SearchLabels()))
    catalogue = json.loads(gzip.decompress(files["catalogue.bin"]))
    catalogue["format"] += 1
    files["catalogue.bin"] = gzip.compress(json.dumps(catalogue).encode())
    assert "版本不一致" in client.open_files(files)["error"]


def test_files_that_the_server_unpacks_are_read_too(
    client: Client, documents: list[SearchDocument]
) -> None:
    files = dict(build_index(documents, SearchLabels()))
    client.open_files({path: gzip.decompress(content) for path, content in files.items()})
    assert set(all_of(client, "政协")) == scan(documents, "政协")


def test_folding_is_the_same_in_python_and_javascript(client: Client) -> None:
    client.open([])
    codes = [code for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    # A letter between them keeps marks from joining their neighbours.
    texts = ["永".join(map(chr, codes[at : at + 4096])) for at in range(0, len(codes), 4096)]
    for text, folded in zip(texts, client.ask(fold=texts)["folded"], strict=True):
        assert folded == fold(text)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.text(
            st.one_of(
                st.characters(exclude_categories=["Cs"]),
                st.sampled_from("aeｱｶﾞﾟé\u0301\u0308\u3099が臺㎡，İﬁ\U000e0100𠮷"),
            )
        ),
        min_size=1,
    )
)
def test_places_are_the_same_in_python_and_javascript(client: Client, texts: list[str]) -> None:
    client.open([])
    assert client.ask(fold=texts)["folded"] == [fold(text) for text in texts]
    for text, placed in zip(texts, client.ask(places=texts)["placed"], strict=True):
        expected = fold_with_places(text)
        assert placed["folded"] == expected.text
        # JavaScript counts in units of UTF-16.
        widths = [len(each.encode("utf-16-le")) // 2 for each in text]
        units = [sum(widths[:at]) for at in range(len(widths) + 1)]
        spread = [len(each.encode("utf-16-le")) // 2 for each in expected.text]
        for name, places in (("starts", expected.starts), ("ends", expected.ends)):
            wide = [
                units[at] for at, count in zip(places, spread, strict=True) for _ in range(count)
            ]
            assert placed[name] == wide
