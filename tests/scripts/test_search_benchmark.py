"""scripts/bench search: what is asked, and what counts as found."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from scripts.benchmark.search_documents import search_document
from scripts.benchmark.search_in_chromium import _known_items, _recall, _standing
from scripts.benchmark.search_pages import (
    articles_with_index,
    read_pages,
    stands_on_page,
    text_gzip_size,
)
from scripts.benchmark.search_queries import Asked, draw_queries
from site_plugins.domain.folding import fold
from site_plugins.outputs.search.reader.answers import IndexReader
from site_plugins.outputs.search.reader.query import Query

PAGE = """<main><article><h1 class="headline__title keep">{title}</h1>
<p>来源：某报</p><div class="prose"><p>{text}</p>
<p>第二段，２０２２年。</p></div><div class="article__tags">标签</div></article></main>"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    texts = {
        "a": ("老旧小区改造座谈", "委员们走了十一个小区，边走边记。"),
        "b": ("石桥", "看桥的人。" * 9),
    }
    for name, (title, text) in texts.items():
        file = tmp_path / f"news/2022/{name}/index.html"
        file.parent.mkdir(parents=True)
        file.write_text(PAGE.format(title=title, text=text), encoding="utf-8")
    (tmp_path / "news/index.html").write_text("<h1>要闻</h1>", encoding="utf-8")
    return tmp_path


def test_pages_are_read_without_what_stands_beside(site: Path) -> None:
    first, second = read_pages(site)
    assert (first.url, first.title) == ("/news/2022/a/", "老旧小区改造座谈")
    assert first.blocks == ("委员们走了十一个小区，边走边记。", "第二段，２０２２年。")
    assert first.holds(["小区边走"])
    assert not first.holds(["座谈委员"]), "nothing stands across the end of a block"
    assert not second.holds(["某报"])
    assert stands_on_page(site, second.url, ["某报"])
    size = text_gzip_size([first, second])
    assert 0 < size.together < size.one_by_one < 1000


def test_queries_stand_where_they_were_drawn(site: Path) -> None:
    pages = read_pages(site)
    asked = draw_queries(pages, 4)
    assert asked == draw_queries(pages, 4)
    kinds = {one.kind for one in asked}
    assert {"one", "two", "four", "phrase", "two_words", "full_width", "title", "typo"} <= kinds
    for one in asked:
        if one.title:
            assert one.title in {page.title for page in pages}
        else:
            assert _standing(pages, one)
            assert "".join(map(fold, one.words.split())) == "".join(one.folded)


def test_what_is_missed_lowers_recall_and_what_is_wrong_precision(site: Path) -> None:
    asked = Asked("two", "小区", ("小区",))
    answer = {"total": 2, "found": [{"url": "/news/2022/b/"}, {"url": "/x/"}]}
    judged = _recall(
        [(asked, frozenset({"/news/2022/a/", "/news/2022/b/"}), answer)],
        partial(stands_on_page, site),
    )
    assert judged["recall"] == 0.5
    assert judged["precision"] == 0.5
    assert judged["incomplete"] == ["小区"]


def test_known_items(site: Path) -> None:
    asked = Asked("title", "石桥", (), "石桥")
    found = [{"title": "石桥边"}, {"title": "石桥"}]
    none: frozenset[str] = frozenset()
    rows: list[tuple[Asked, frozenset[str], Mapping[str, Any]]] = [
        (asked, none, {"found": found}),
        (asked, none, {"found": []}),
    ]
    assert _known_items(rows, partial(stands_on_page, site)) == {
        "queries": 2,
        "mrr": 0.25,
        "hit_at_10": 0.5,
    }


def test_many_articles_are_indexed_without_their_pages(tmp_path: Path) -> None:
    pages = articles_with_index(60, tmp_path / "index")
    assert sorted(path.name for path in (tmp_path / "index").iterdir()) == ["base", "catalogue.bin"]
    assert {page.url for page in pages} == {search_document(at, 60).address for at in range(60)}
    index = IndexReader(lambda path: (tmp_path / "index" / path).read_bytes())
    for page in pages[::9]:
        word = fold(page.blocks[0])[:9]
        found = index.answer(Query(word, limit=None))["results"]
        assert {one["url"] for one in found} == {each.url for each in pages if each.holds([word])}
