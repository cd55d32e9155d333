"""Compares a tree with one built from nothing: bytes, and below search/ answers."""

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from scripts.sameness.changing import Changing
from scripts.sameness.phrases import leak
from site_plugins.outputs.search.reader.answers import IndexReader
from site_plugins.outputs.search.reader.query import Query

_OF_THE_PAST = ("JY080", "JY084")
"""Problems that tell of what was published before: a build from nothing knows of none."""

_HOW_FAR = frozenset({"positions", "next"})
"""Parts of an answer that say how far reading came, not what was found."""

_INDEX = re.compile(r"search/.*\.bin")
_KINDS = ("article", "notice", "consultation", "member", "column", "issue")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


def difference(site: Changing, tree: Path, clean: Path, *, with_index: bool) -> str | None:
    """What is not as a build from nothing has it; None where all is the same.

    Args:
        site: as both were built from.
        tree: the folder of the tree that was brought up to date.
        clean: that of the tree built from nothing.
        with_index: whether the bytes of the search index count too, not its answers alone.
    """
    after, wanted = read_tree(tree), read_tree(clean)
    return (
        first_difference(after, wanted, with_index=with_index)
        or leak(after, wanted, site)
        or different_problem(site.folder, clean.parent)
        or different_answer(tree, clean, site.draw)
    )


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


def different_problem(after: Path, clean: Path) -> str | None:
    """The first problem that only one of two sites' last builds has told."""
    problems, wanted = (_problems(site) for site in (after, clean))
    for code in sorted(problems ^ wanted):
        return f"{'增量多说' if code in problems else '增量没有说'}：{code}"
    return None


def _problems(site: Path) -> frozenset[str]:
    report = json.loads((site / ".cache/jianyan/report.json").read_text(encoding="utf-8"))
    told = (problem for problem in report["problems"] if problem["code"] not in _OF_THE_PAST)
    return frozenset(json.dumps(problem, ensure_ascii=False) for problem in told)


def different_answer(after: Path, clean: Path, draw: random.Random) -> str | None:
    """The first query that the two indexes answer differently; None where there is none."""
    if not (clean / "search" / "catalogue.bin").exists():
        return None
    indexes = [_open(site / "search") for site in (after, clean)]
    for query in _queries(clean, draw):
        answers = [index.answer(query) for index in indexes]
        found = None
        if all(answer["exact"] and not answer["approximate"] for answer in answers):
            found = _different_part(*_as_far_as_both(answers))
        if not all(_is_whole(answer, query) for answer in answers):
            # How much fits one query may differ with the files it costs: all must be the same.
            answers = [index.answer(replace(query, limit=None)) for index in indexes]
        found = found or _different_part(*answers)
        if found is not None:
            return f"搜索“{query.words}”（{query}）的 {found}"
    return None


def _different_part(one: Mapping[str, Any], other: Mapping[str, Any]) -> str | None:
    for part in sorted((one.keys() | other.keys()) - _HOW_FAR):
        if one.get(part) != other.get(part):
            return f"{part}：增量 {one.get(part)}，从头 {other.get(part)}"
    return None


def _as_far_as_both(answers: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """Certain answers with as many results: one query may show fewer, but no others."""
    fewest = min(len(answer["results"]) for answer in answers)
    return [{**answer, "results": answer["results"][:fewest]} for answer in answers]


def _is_whole(answer: Mapping[str, Any], query: Query) -> bool:
    """Whether an answer is certain and neither texts nor similar documents are left unread.

    What one query shows may differ with the segments, for it costs a bounded number of files.
    """
    cut = answer["next"] is not None and len(answer["results"]) < (query.limit or 0)
    return bool(answer["exact"]) and not answer["approximate"] and not cut


def _open(folder: Path) -> IndexReader:
    return IndexReader(lambda path: (folder / path).read_bytes())


def _queries(site: Path, draw: random.Random) -> Iterator[Query]:
    """Pieces of pages, of one character and more, some with a filter, some that nothing has."""
    pages = sorted(site.rglob("index.html"))
    for _ in range(25):
        text = draw.choice(pages).read_text(encoding="utf-8")
        runs = _HAN.findall(text) or ["政协"]
        run = draw.choice(runs)
        length = draw.choice((1, 2, 2, 3, 4, 6, 8))
        start = draw.randrange(max(1, len(run) - length))
        words = run[start : start + length]
        more = draw.random()
        if more < 0.2:
            words += " " + draw.choice(runs)[:2]
        elif more < 0.3:
            words += " -" + draw.choice(runs)[:2]
        elif more < 0.4:
            # One character is wrong: only near words are found.
            words = words[:1] + "龘" + words[2:]
        yield Query(
            words,
            limit=draw.choice((5, 10, None)),
            sort=draw.choice(("relevance", "relevance", "date", "oldest")),
            filters=_filter(draw),
        )
    for words in ("不会有的词语组合", "shui", "zx", "暗语"):
        yield Query(words)


def _filter(draw: random.Random) -> dict[str, str]:
    if draw.random() < 0.7:
        return {}
    key, values = draw.choice(
        (
            ("column", ("news", "talks", "notices", "notices/rules")),
            ("kind", _KINDS),
            ("year", ("2023", "2024", "2016")),
            ("periodical", ("paper",)),
        )
    )
    return {key: draw.choice(values)}
