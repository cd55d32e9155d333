"""``scripts/bench build N``: a cold build of N articles as a whole process."""

from collections.abc import Mapping
from pathlib import Path

from scripts.benchmark.building import (
    JOBS,
    build_with_jianyan,
    forget_builds,
    median_costs,
    ready_corpus,
    size_of,
)
from scripts.benchmark.machine import describe_machine
from scripts.benchmark.measure import Cost
from scripts.setup.console import say


def run_build_benchmark(articles: int, runs: int) -> Mapping[str, object]:
    """Build a site of ``articles`` articles ``runs`` times from nothing.

    Returns:
        the answer that goes to stdout; every number is the median of the runs.

    Raises:
        SetupFault: a build failed.
    """
    folder = ready_corpus(articles)
    costs = [build_cold(folder, f"第 {run}／{runs} 次") for run in range(1, runs + 1)]
    cost = median_costs(costs)
    return {
        "bench": "build",
        "articles": articles,
        "runs": runs,
        "jobs": JOBS,
        **cost,
        "wall_to_cpu": round(cost["wall_seconds"] / cost["cpu_seconds"], 3),
        "cpu_ms_per_article": round(cost["cpu_seconds"] / articles * 1000, 3),
        **size_of(folder / "site"),
        "machine": describe_machine(),
    }


def build_cold(folder: Path, which: str) -> Cost:
    """Build a folder's site with nothing remembered, and say what it cost.

    Raises:
        SetupFault: the build failed.
    """
    forget_builds(folder)
    cost = build_with_jianyan(folder)
    say(f"{which}：CPU {cost.cpu_seconds:.2f} 秒，用时 {cost.wall_seconds:.2f} 秒")
    return cost
