"""``scripts/bench search N``: quality, bytes and times of search, in Chromium over HTTP.

Up to :data:`WHOLE` articles the site is built as it is for readers, and what stands on its pages
is the measure. Of more articles only the index is made, from the same articles and by the same
function as in a build, and laid below the search page of a small site: page, client and server
are the same, and an index of the same form is fetched. The articles' texts are the measure then.
"""

import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from scripts.benchmark.corpus import NOW, prepare_corpus
from scripts.benchmark.machine import describe_machine
from scripts.benchmark.measure import measure
from scripts.benchmark.search_pagefind import (
    LARGEST,
    addresses,
    index_with_pagefind,
    pagefind_program,
)
from scripts.benchmark.search_pages import (
    GzipSize,
    PageText,
    articles_with_index,
    folder_bytes,
    read_pages,
    stands_on_page,
    text_gzip_size,
)
from scripts.benchmark.search_queries import Asked, draw_queries
from scripts.benchmark.search_server import BLANK, serve
from scripts.benchmark.storage import BENCH_CACHE
from scripts.setup.console import SetupFault, say
from scripts.setup.node_packages import prepare_node_packages
from scripts.setup.places import ROOT, SITE_ENVIRONMENT
from scripts.setup.system_packages import PROGRAMS, find_program

_LISTED = 200
"""Hits that are compared one by one; where more are expected, their number is compared."""

WHOLE = 20_000
"""Articles up to which a whole site of them is built."""

_SMALL = 200
"""Articles of the site whose search page serves a larger index."""

_TIMED = ("two", "four", "phrase", "title")
_PAIRS = 5
"""Pairs of a first and a next query that are timed of each class."""

_DRIVER = ROOT / "scripts" / "benchmark" / "search_driver.mjs"


@dataclass(frozen=True, slots=True)
class _Measured:
    """What the pages say about the queries.

    Attributes:
        queries: all of them.
        expected: the addresses expected of each.
        stands: whether folded words stand at an address, anywhere on the page.
    """

    queries: Sequence[Asked]
    expected: Sequence[frozenset[str]]
    stands: Callable[[str, Sequence[str]], bool]


def run_chromium_search_benchmark(articles: int, runs: int) -> Mapping[str, object]:
    """Build a site, ask Jianyan's search and, on small sites, Pagefind.

    Args:
        articles: how many.
        runs: how often each pair of queries is timed.

    Returns:
        the answer that goes to stdout.

    Raises:
        SetupFault: Chromium or Node is missing, or a build fails.
    """
    chromium = _chromium()
    built = min(articles, _SMALL if articles > WHOLE else WHOLE)
    folder = BENCH_CACHE / f"corpus-{built}"
    site = folder / "site"
    say(f"正在准备并生成 {built} 篇文章的网站……")
    config = prepare_corpus(folder, built)
    command = [str(SITE_ENVIRONMENT / "bin" / "jianyan"), "build", "--strict", "--now", NOW]
    if measure([*command, "-f", str(config), "-d", str(site)], folder).status != 0:
        raise SetupFault("生成没有成功（原因见上面几行）", "先让 scripts/test 通过，再量搜索")
    search = site / "search"
    roots: dict[str, Path] = {}
    if built < articles:
        say(f"正在为 {articles} 篇文章建立搜索索引……")
        search = BENCH_CACHE / f"index-{articles}"
        pages = articles_with_index(articles, search)
        by_url = {page.url: page for page in pages}
        roots = {
            f"/search/{each.name}{'/' * each.is_dir()}": each for each in sorted(search.iterdir())
        }
    else:
        pages = read_pages(site)
    say("正在逐页核对要找的字在哪些页上……")
    queries = draw_queries(pages)
    measured = _Measured(
        queries,
        [_standing(pages, asked) for asked in queries],
        (lambda url, words: by_url[url].holds(words)) if roots else partial(stands_on_page, site),
    )
    text_gzip = text_gzip_size(pages)
    answer: dict[str, object] = {
        "bench": "search",
        "articles": len(pages),
        "built_pages_of": built,
        "runs": runs,
        "network": "每个请求延迟 100 毫秒，10 Mbit/s，HTTP/1.1",
        "text_gzip_bytes": text_gzip.together,
        "text_gzip_bytes_one_by_one": text_gzip.one_by_one,
    }
    program = pagefind_program() if articles <= LARGEST else None
    other = folder / "pagefind"
    cost = None
    if program is not None:
        say("正在用 Pagefind 索引同样的网页……")
        cost = index_with_pagefind(program, site, other)
        if cost.status != 0:
            raise SetupFault("Pagefind 没有索引成功（原因见上面）", "检查 node_modules/pagefind")
    say(f"正在用 Chromium 问 {len(queries)} 个问题……")
    with serve(roots | {"/pagefind/": other, "/": site}) as base:
        told = _drive(chromium, base, measured, runs, with_pagefind=program is not None)
    size = folder_bytes(search, frozenset({".bin"}))
    answer["jianyan"] = _report(told["jianyan"], measured, size, text_gzip)
    if cost is not None:
        names = addresses(other)
        for one in told["pagefind"]["quality"]:
            one["found"] = [{"url": names.get(i, ""), "title": ""} for i in one["ids"]] or []
        _name_titles(told["pagefind"]["quality"], pages)
        size = folder_bytes(other)
        answer["pagefind"] = {
            "build_cpu_seconds": round(cost.cpu_seconds, 2),
            "build_peak_memory_mb": round(cost.peak_memory_mb),
            **_report(told["pagefind"], measured, size, text_gzip),
        }
    return answer | {"machine": describe_machine()}


def _chromium() -> Path:
    wanted = next(program for program in PROGRAMS if program.variable == "JIANYAN_CHROMIUM")
    found = find_program(wanted)
    if found is None:
        raise SetupFault("没有 Chromium，不能量搜索", "请安装 Chromium，或设 JIANYAN_CHROMIUM")
    if not prepare_node_packages():
        raise SetupFault("没有 Node，不能量搜索", "安装 Node 20 或更新版本")
    return found


def _standing(pages: Sequence[PageText], asked: Asked) -> frozenset[str]:
    if not asked.folded:
        return frozenset()
    return frozenset(page.url for page in pages if page.holds(asked.folded))


def _drive(
    chromium: Path, base: str, measured: _Measured, runs: int, *, with_pagefind: bool
) -> dict[str, Any]:
    """Ask everything in Chromium; the answers of the engines by name."""
    node = shutil.which("node")
    assert node is not None, "prepare_node_packages has seen it"
    by_kind: dict[str, list[Asked]] = {}
    for asked in measured.queries:
        by_kind.setdefault(asked.kind, []).append(asked)
    pairs = []
    for kind in _TIMED:
        own = by_kind.get(kind, [])[: 2 * _PAIRS]
        pairs += [
            {"kind": kind, "first": one.words, "next": two.words}
            for one, two in zip(own[::2], own[1::2], strict=False)
        ]
    timed = pairs * runs
    order = {
        "chromium": str(chromium),
        "base": base,
        "blank": BLANK,
        "pagefind": with_pagefind,
        "quality": [
            {"words": asked.words, "limit": 10 if asked.title else _LISTED}
            for asked in measured.queries
        ],
        "timed": timed,
    }
    done = subprocess.run(
        [node, str(_DRIVER)],
        input=json.dumps(order),
        stdout=subprocess.PIPE,
        stderr=sys.stderr.fileno(),
        text=True,
        cwd=ROOT,
        check=False,
    )
    if done.returncode != 0:
        raise SetupFault("Chromium 没有问完（原因见上面几行）", "看看磁盘和内存是否够用，再试一次")
    answers: dict[str, Any] = json.loads(done.stdout)
    for answer in answers.values():
        for one, pair in zip(answer["timed"], timed, strict=True):
            one["kind"] = pair["kind"]
    return answers


def _name_titles(answers: Sequence[dict[str, Any]], pages: Sequence[PageText]) -> None:
    titles = {page.url: page.title for page in pages}
    for answer in answers:
        for found in answer["found"]:
            found["title"] = titles.get(found["url"], "")


def _report(
    told: Mapping[str, Any], measured: _Measured, size: int, text_gzip: GzipSize
) -> dict[str, object]:
    """Quality by class, costs and sizes of one engine."""
    quality: dict[str, dict[str, object]] = {}
    for kind in dict.fromkeys(asked.kind for asked in measured.queries):
        rows = [
            row
            for row in zip(measured.queries, measured.expected, told["quality"], strict=True)
            if row[0].kind == kind
        ]
        judge = {"title": _known_items, "typo": _known_items}.get(kind, _recall)
        quality[kind] = judge(rows, measured.stands)
    return {
        "quality": quality,
        "cost": _costs(told["timed"]),
        "heap_mb": _highest(one["heap_mb"] for one in told["timed"]),
        "renderer_mb": _highest(one["renderer_mb"] for one in told["timed"]),
        "index_bytes": size,
        "index_to_text_gzip": round(size / text_gzip.together, 2),
        "index_to_text_gzip_one_by_one": round(size / text_gzip.one_by_one, 2),
    }


_Stands = Callable[[str, Sequence[str]], bool]
_Row = tuple[Asked, frozenset[str], Mapping[str, Any]]


def _recall(rows: Iterable[_Row], stands: _Stands) -> dict[str, object]:
    """How much of what stands on the pages is found, and how much of what is found stands there."""
    recalls, precisions, by_number, missed = [], [], 0, []
    for asked, expected, answer in rows:
        found = [one["url"] for one in answer["found"]]
        if len(expected) > _LISTED or answer["total"] > _LISTED:
            by_number += 1
            recalls.append(min(1.0, answer["total"] / len(expected)))
        else:
            recalls.append(len(expected.intersection(found)) / len(expected))
        if recalls[-1] < 1:
            missed.append(asked.words)
        sound = sum(url in expected or stands(url, asked.folded) for url in found[:_LISTED])
        precisions.append(sound / len(found) if found else 1.0)
    return {
        "queries": len(recalls),
        "recall": _mean(recalls),
        "precision": _mean(precisions),
        "compared_by_number": by_number,
        "incomplete": missed[:5],
    }


def _known_items(rows: Iterable[_Row], stands: _Stands) -> dict[str, object]:
    """Mean reciprocal rank of the title among the first ten, and how often it is among them."""
    ranks = []
    for asked, _, answer in rows:
        titles = [one["title"] for one in answer["found"][:10]]
        ranks.append(titles.index(asked.title) + 1 if asked.title in titles else 0)
    return {
        "queries": len(ranks),
        "mrr": _mean([1 / rank if rank else 0.0 for rank in ranks]),
        "hit_at_10": _mean([float(rank > 0) for rank in ranks]),
    }


def _costs(timed: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    """Median and largest figures of the first query (engine included) and of the next."""
    costs: dict[str, object] = {"engine_bytes": _highest(one["engine"]["bytes"] for one in timed)}
    costs["engine_requests"] = _highest(one["engine"]["requests"] for one in timed)
    costs["ready_seconds"] = _spread([one["ready_seconds"] for one in timed])
    for kind in _TIMED:
        own = [one for one in timed if one["kind"] == kind]
        if not own:
            continue
        costs[kind] = {
            "first_bytes": _spread([one["engine"]["bytes"] + one["first"]["bytes"] for one in own]),
            "first_requests": _spread([one["first"]["requests"] for one in own]),
            "first_rounds": _spread([one["first"]["rounds"] for one in own]),
            "first_seconds": _spread([one["first"]["seconds"] for one in own]),
            "next_bytes": _spread([one["next"]["bytes"] for one in own]),
            "next_requests": _spread([one["next"]["requests"] for one in own]),
            "next_rounds": _spread([one["next"]["rounds"] for one in own]),
            "next_seconds": _spread([one["next"]["seconds"] for one in own]),
        }
    return costs


def _spread(values: Sequence[float]) -> dict[str, float]:
    return {"median": round(statistics.median(values), 2), "most": round(max(values), 2)}


def _highest(values: Iterable[float]) -> float:
    return round(max(values), 1)


def _mean(values: Sequence[float]) -> float:
    return round(statistics.fmean(values), 4) if values else 0.0
