"""``scripts/bench index N``: an index of N articles, and what its client costs and finds."""

import json
import subprocess
from collections.abc import Mapping

from scripts.benchmark.machine import describe_machine
from scripts.setup.console import SetupFault, say
from scripts.setup.places import ROOT, SITE_ENVIRONMENT


def run_search_benchmark(articles: int, runs: int) -> Mapping[str, object]:
    """Measure search over ``articles`` articles; the queries are the same in every run.

    Args:
        articles: how many.
        runs: is not used: bytes and answers do not vary.

    Raises:
        SetupFault: the measurement failed.
    """
    say(f"正在为 {articles} 篇文章建立搜索索引并查询……")
    python = str(SITE_ENVIRONMENT / "bin" / "python")
    command = [python, "-m", "scripts.benchmark.search_measure", str(articles)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        raise SetupFault(
            f"没有量成（状态 {done.returncode}，原因见上面几行）",
            "先运行 scripts/serve --setup-only；搜索的测量还要有 node",
        )
    answer: dict[str, object] = json.loads(done.stdout)
    return {"bench": "index", **answer, "machine": describe_machine()}
