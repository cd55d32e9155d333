"""Builds of the benchmark's site as whole processes, shared by the benchmarks."""

import json
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from scripts.benchmark.corpus import NOW, prepare_corpus
from scripts.benchmark.machine import describe_machine
from scripts.benchmark.measure import Cost, measure
from scripts.benchmark.storage import BENCH_CACHE, put_aside
from scripts.setup.console import SetupFault, say
from scripts.setup.places import ROOT, SITE_ENVIRONMENT

JOBS = int(describe_machine()["cores"])
"""Processes that ``jianyan build`` may use: told to it, so that the answer can say it."""


def corpus_folder(articles: int) -> Path:
    """The folder of the site of so many articles."""
    return BENCH_CACHE / f"corpus-{articles}"


def ready_corpus(articles: int) -> Path:
    """The folder of the site of so many articles, made, and all ready to build it."""
    folder = corpus_folder(articles)
    say(f"正在准备 {articles} 篇文章……")
    prepare_corpus(folder, articles)
    compile_package()
    return folder


def compile_package() -> None:
    """Compile the package's modules, as an installation does: that is no part of a build."""
    package = str(ROOT / "site_plugins")
    subprocess.run([sys.executable, "-m", "compileall", "-q", package], check=False)


def forget_builds(folder: Path) -> None:
    """Take the built site and everything remembered of it away, so that the next build is cold."""
    for leftover in (folder / "site", folder / ".cache"):
        put_aside(leftover)


def build_with_jianyan(folder: Path) -> Cost:
    """``jianyan build`` of the site in a folder.

    Raises:
        SetupFault: the build failed.
    """
    command = [str(SITE_ENVIRONMENT / "bin" / "jianyan"), "build", "--strict", "--now", NOW]
    return measure_build(
        [*command, "--jobs", str(JOBS), "-f", "mkdocs.yml", "-d", str(folder / "site")], folder
    )


def build_with_mkdocs(folder: Path) -> Cost:
    """``mkdocs build`` of the site in a folder.

    Raises:
        SetupFault: the build failed.
    """
    command = [str(SITE_ENVIRONMENT / "bin" / "mkdocs"), "build", "--strict", "-f", "mkdocs.yml"]
    told = {"JIANYAN_NOW": NOW, "JIANYAN_JOBS": str(JOBS)}
    return measure_build([*command, "-d", str(folder / "site")], folder, told)


def measure_build(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
) -> Cost:
    """Measure any build.

    Raises:
        SetupFault: the build failed.
    """
    cost = measure(command, folder, environment)
    if cost.status != 0:
        raise SetupFault(
            f"生成没有成功（状态 {cost.status}，原因见上面几行）",
            "先让 scripts/test 通过，再量速度",
        )
    return cost


def files_written(folder: Path) -> int:
    """How many files the last build of a folder wrote, as its report says."""
    report = folder / ".cache" / "jianyan" / "report.json"
    return len(json.loads(report.read_text(encoding="utf-8"))["written"])


def size_of(site: Path) -> dict[str, int]:
    """Number and bytes of a built site's files."""
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
    return {"files": len(sizes), "bytes": sum(sizes)}


def median_costs(costs: Sequence[Cost]) -> dict[str, float]:
    """The median of each number; and of CPU, which decides, also the most."""
    return {
        "cpu_seconds": round(statistics.median(cost.cpu_seconds for cost in costs), 3),
        "cpu_seconds_most": round(max(cost.cpu_seconds for cost in costs), 3),
        "wall_seconds": round(statistics.median(cost.wall_seconds for cost in costs), 3),
        "peak_memory_mb": round(statistics.median(cost.peak_memory_mb for cost in costs), 1),
    }
