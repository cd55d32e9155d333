"""Compares a tree with one built from nothing: bytes, and below search/ answers."""

import gzip
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from site_plugins.outputs.search.reader.answers import IndexReader, Query

_INDEX = re.compile(r"search/.*\.bin")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file of a tree by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def first_difference(
    after: Mapping[str, bytes], clean: Mapping[str, bytes], *, with_index: bool
) -> str | None:
    """The first file that differs, and where; None where all are the same."""
    for path in sorted(after.keys() | clean.keys()):
        if not with_index and _INDEX.fullmatch(path):
            continue
        if path not in after:
            return f"{path}：增量生成没有这个文件"
        if path not in clean:
            return f"{path}：从头生成没有这个文件"
        if after[path] != clean[path]:
            return f"{path}：{_where(after[path], clean[path])}"
    return None


def _where(after: bytes, clean: bytes) -> str:
    at = next(
        (i for i, (a, b) in enumerate(zip(after, clean, strict=False)) if a != b),
        min(len(after), len(clean)),
    )
    start = max(0, at - 60)
    pieces = [one[start : at + 60].decode("utf-8", "replace") for one in (after, clean)]
    return f"第 {at} 字节起不同：增量“{pieces[0]}”，从头“{pieces[1]}”"


def different_answer(after: Path, clean: Path, draw: random.Random) -> str | None:
    """The first query that the two indexes answer differently; None where there is none."""
    indexes = [_open(site / "search") for site in (after, clean)]
    for query in _queries(clean, draw):
        answers = [index.answer(query) for index in indexes]
        if not all(answer["exact"] for answer in answers):
            # How much of what is uncertain fits one query may differ: all of it must be the same.
            answers = [index.answer(replace(query, limit=None)) for index in indexes]
        for part in ("total", "results", "suggestions"):
            one, other = (answer[part] for answer in answers)
            if one != other:
                return f"搜索“{query.words}”（{query}）的 {part}：增量 {one}，从头 {other}"
    return None


def _open(folder: Path) -> IndexReader:
    return IndexReader(lambda path: (folder / path).read_bytes())


def _queries(site: Path, draw: random.Random) -> Iterator[Query]:
    """Pieces of pages, of one character and more, some with a filter, some that nothing has."""
    pages = sorted(site.rglob("index.html"))
    for _ in range(25):
        text = draw.choice(pages).read_text(encoding="utf-8")
        runs = _HAN.findall(text)
        run = draw.choice(runs)
        length = draw.choice((1, 2, 2, 3, 4, 6, 8))
        start = draw.randrange(max(1, len(run) - length))
        words = run[start : start + length]
        if draw.random() < 0.2:
            words += " " + draw.choice(runs)[:2]
        filters = {"column": draw.choice(("news", "consult"))} if draw.random() < 0.2 else {}
        yield Query(
            words,
            limit=draw.choice((5, 10, None)),
            sort="date" if draw.random() < 0.2 else "relevance",
            filters=filters,
        )
    yield Query("不会有的词语组合")


def leaks(tree: Mapping[str, bytes], phrases: Mapping[str, str]) -> str | None:
    """The first phrase of a text that is not public which a published file holds all the same."""
    for path, content in tree.items():
        plain = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
        # The texts of the search index are GBK, all else is UTF-8.
        texts = [plain.decode(code, "replace") for code in ("utf-8", "gbk")]
        for phrase, source in phrases.items():
            if any(phrase in text or phrase[:-1] in text for text in texts):
                return f"{path} 里有“{phrase}”，它出自不公开的 {source}"
    return None
