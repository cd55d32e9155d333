"""The command line of ``scripts/bench``: which benchmark, how large, how often."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from scripts.benchmark.build_benchmark import run_build_benchmark
from scripts.benchmark.edit_benchmark import run_edit_benchmark
from scripts.benchmark.peers_benchmark import run_peers_benchmark
from scripts.benchmark.search_benchmark import run_search_benchmark
from scripts.benchmark.search_in_chromium import run_chromium_search_benchmark
from scripts.benchmark.storage import clear_aside
from scripts.setup.console import SetupFault, report, say


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One benchmark.

    Attributes:
        run: takes the number of articles and of runs, returns the answer.
        purpose: what it measures, in Chinese.
        runs: how often it runs where the command line does not say.
    """

    run: Callable[[int, int], Mapping[str, object]]
    purpose: str
    runs: int = 1


BENCHMARKS = {
    "build": Benchmark(run_build_benchmark, "从头生成 N 篇文章的网站所用的时间和内存"),
    "edit": Benchmark(run_edit_benchmark, "改动一处以后再生成，什么也没改时也量", 3),
    "peers": Benchmark(run_peers_benchmark, "同样的 N 篇文章，与 Hugo、Pelican 比较"),
    "index": Benchmark(run_search_benchmark, "只做 N 篇文章的搜索索引：多大，一次查询多少字节"),
    "search": Benchmark(
        run_chromium_search_benchmark,
        "在 N 篇文章的网站上搜索：找得全不全、准不准，流量、时间和内存",
    ),
}
"""Name on the command line to benchmark; a further one is a further entry."""


def usage() -> str:
    """How the command is used, in Chinese."""
    lines = [f"  {name:<8} {benchmark.purpose}" for name, benchmark in BENCHMARKS.items()]
    return (
        "用法：scripts/bench 项目 N [--runs 次数]\n\n"
        "结果以 JSON 印在标准输出；多次运行取中位数，默认一次（edit 三次）。\n\n" + "\n".join(lines)
    )


def main(arguments: Sequence[str]) -> int:
    """Run the command; return its exit status: 0 done, 1 failed, 2 wrong use."""
    if set(arguments) & {"-h", "--help"}:
        print(usage())
        return 0
    wanted = _read(arguments)
    if wanted is None:
        say(usage())
        return 2
    name, articles, runs = wanted
    try:
        answer = BENCHMARKS[name].run(articles, runs)
    except SetupFault as fault:
        report(fault)
        return 1
    except KeyboardInterrupt:
        say("已停止")
        return 130
    finally:
        clear_aside()
    print(json.dumps(answer, ensure_ascii=False, indent=2))
    return 0


def _read(arguments: Sequence[str]) -> tuple[str, int, int] | None:
    """Return benchmark, articles and runs, or None when the command line says something else."""
    left = [part for argument in arguments for part in argument.split("=", 1)]
    runs = ""
    if "--runs" in left:
        at = left.index("--runs")
        runs = "".join(left[at + 1 : at + 2]) or "0"
        del left[at : at + 2]
    if len(left) != 2 or left[0] not in BENCHMARKS:
        return None
    runs = runs or str(BENCHMARKS[left[0]].runs)
    counts = [text for text in (left[1], runs) if text.isascii() and text.isdigit() and int(text)]
    return (left[0], int(left[1]), int(runs)) if len(counts) == 2 else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
