"""``scripts/bench build N``: a cold build of N articles as a whole process."""

import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from scripts.benchmark.corpus import NOW, prepare_corpus
from scripts.benchmark.machine import describe_machine
from scripts.benchmark.measure import Cost, measure
from scripts.setup.console import SetupFault, say
from scripts.setup.places import ROOT, SITE_ENVIRONMENT

BENCH_CACHE = ROOT / ".cache" / "bench"
"""Where the benchmarks' sites are made and kept."""


def run_build_benchmark(articles: int, runs: int) -> Mapping[str, object]:
    """Build a site of ``articles`` articles ``runs`` times from nothing.

    Returns:
        the answer that goes to stdout; every number is the median of the runs.

    Raises:
        SetupFault: a build failed.
    """
    folder = BENCH_CACHE / f"corpus-{articles}"
    say(f"正在准备 {articles} 篇文章……")
    config = prepare_corpus(folder, articles)
    _compile_package()
    costs = [_build_cold(folder, config, f"第 {run}／{runs} 次") for run in range(1, runs + 1)]
    sizes = [path.stat().st_size for path in (folder / "site").rglob("*") if path.is_file()]
    return {
        "bench": "build",
        "articles": articles,
        "runs": runs,
        "cpu_seconds": _median(cost.cpu_seconds for cost in costs),
        "wall_seconds": _median(cost.wall_seconds for cost in costs),
        "peak_memory_mb": _median(cost.peak_memory_mb for cost in costs),
        "files": len(sizes),
        "bytes": sum(sizes),
        "machine": describe_machine(),
    }


def _build_cold(folder: Path, config: Path, which: str) -> Cost:
    site = folder / "site"
    for leftover in (site, folder / ".cache"):
        shutil.rmtree(leftover, ignore_errors=True)
    command = [str(SITE_ENVIRONMENT / "bin" / "jianyan"), "build", "--strict", "--now", NOW]
    cost = measure([*command, "-f", str(config), "-d", str(site)], folder)
    if cost.status != 0:
        raise SetupFault(
            f"生成没有成功（状态 {cost.status}，原因见上面几行）",
            "先让 scripts/test 通过，再量速度",
        )
    say(f"{which}：CPU {cost.cpu_seconds:.2f} 秒，用时 {cost.wall_seconds:.2f} 秒")
    return cost


def _compile_package() -> None:
    """Compile the package's modules, as an installation does: that is no part of a build."""
    package = str(ROOT / "site_plugins")
    subprocess.run([sys.executable, "-m", "compileall", "-q", package], check=False)


def _median(values: Iterable[float]) -> float:
    return round(statistics.median(values), 2)
