"""The exported database is asked as docs/search-server.md says, and compared with a scan."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from site_plugins.domain.folding import fold
from site_plugins.outputs.search.documents import SearchDocument, SearchLabels
from site_plugins.outputs.search.export.grams import match_expression
from site_plugins.tools.search_database import write_search_database
from tests.docs.pages import DOCS, fences, read

LETTERS = "双月協商老旧小区改造$+<=>^`|~Ａb2,。 “”é𠀀'"
LABELS = SearchLabels(kinds={"article": "文章"}, columns={"news": "要闻"})


def documents() -> list[SearchDocument]:
    draw = random.Random(7)

    def text(most: int) -> str:
        return "".join(draw.choices(LETTERS, k=draw.randint(0, most)))

    return [
        SearchDocument(
            address=f"/news/{number:03}/",
            title=text(8) + "题",
            headlines=(text(6),),
            date=f"2022-01-{number % 28 + 1:02}",
            kind="article",
            column="news",
            year=2022,
            texts=tuple(text(30) for _ in range(3)),
            attachments=(text(10),),
        )
        for number in range(120)
    ]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("export") / "search.db"
    assert write_search_database(path, documents(), LABELS) == 120
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as opened:
        yield opened


def addresses(database: sqlite3.Connection, expression: str) -> list[str]:
    rows = database.execute(
        "SELECT address FROM search JOIN documents ON documents.id = search.rowid"
        " WHERE search MATCH ? ORDER BY bm25(search, 10, 4, 1, 1), date DESC",
        (expression,),
    )
    return [address for (address,) in rows]


def test_every_run_of_characters_is_found_and_nothing_else(database: sqlite3.Connection) -> None:
    draw = random.Random(8)
    every = documents()
    asked = 0
    for document in every:
        blocks = [document.title, *document.headlines, *document.texts, *document.attachments]
        block = draw.choice(blocks)
        start = draw.randint(0, len(block))
        words = block[start : start + draw.randint(1, 20)]
        expression = match_expression([words])
        if not expression:
            continue
        asked += 1
        standing = {
            one.address
            for one in every
            for part in (one.title, *one.headlines, *one.texts, *one.attachments)
            if fold(words) in fold(part)
        }
        assert set(addresses(database, expression)) == standing, words
    assert asked > 80


def test_without_words(database: sqlite3.Connection) -> None:
    both = set(addresses(database, match_expression(["双"], ["月"])))
    assert both == set(addresses(database, match_expression(["双"]))) - set(
        addresses(database, match_expression(["月"]))
    )
    assert both


def test_the_folding_table_folds_as_the_site_does(database: sqlite3.Connection) -> None:
    table = dict(database.execute("SELECT character, folded FROM folding"))
    text = "雙月協商，２０２２年 ㎡ ＡＢＣ“乾”"
    assert "".join(table.get(one, one) for one in text) == fold(text)


def test_labels_and_texts(database: sqlite3.Connection) -> None:
    labels = database.execute("SELECT label FROM labels WHERE filter = 'kind'").fetchall()
    assert labels == [("文章",)]
    title, texts = database.execute(
        "SELECT title, texts FROM documents WHERE address = '/news/003/'"
    ).fetchone()
    assert title == documents()[3].title
    assert texts == "\n".join(documents()[3].texts)


def test_the_manuals_queries_work(database: sqlite3.Connection) -> None:
    page = read(DOCS / "search-server.md")
    queries = fences(page, "sql")
    assert len(queries) == 3
    answers = [database.execute(query).fetchall() for query in queries]
    assert answers[2] == [("要闻", len(addresses(database, match_expression(["协商"]))))]
    (code,) = fences(page, "python")
    names: dict[str, Any] = {}
    exec(code, names)
    for word in ("雙月，協商", "月", "Ａb2", "ｶﾞｲﾄﾞ", "ｶﾞ", "e\u0301tude"):
        assert names["phrase"](database, word) == match_expression([word])


def test_the_bytes_depend_on_the_documents_alone(tmp_path: Path) -> None:
    one, other = tmp_path / "one.db", tmp_path / "below" / "other.db"
    write_search_database(one, documents(), LABELS)
    other.parent.mkdir()
    other.write_bytes(b"something else")
    write_search_database(other, reversed(documents()), LABELS)
    assert one.read_bytes() == other.read_bytes()
    assert [path.name for path in other.parent.iterdir()] == ["other.db"]
