"""``scripts/bench edit N``: what a build costs after an edit of a site of N articles."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.benchmark.building import (
    JOBS,
    build_with_jianyan,
    build_with_mkdocs,
    files_written,
    forget_builds,
    median_costs,
    ready_corpus,
)
from scripts.benchmark.edits import (
    article_path,
    borrowed,
    changed,
    edited_title,
    middle,
    new_article,
    with_body_edit,
    with_title,
)
from scripts.benchmark.machine import describe_machine
from scripts.benchmark.measure import Cost
from scripts.setup.console import say

SETTLE_SECONDS = 2.5
"""Files younger than two seconds are hashed again: what nobody touched is older than that."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One kind of edit.

    Attributes:
        name: its key in the answer.
        change: from the site's folder, the number of articles and of the run to the file
            that is written and its contents; None where nothing is changed.
        build: how the site is built after it.
    """

    name: str
    change: Callable[[Path, int, int], tuple[str, str]] | None
    build: Callable[[Path], Cost]


def _body(folder: Path, total: int, run: int) -> tuple[str, str]:
    path = article_path(middle(total), total)
    return path, with_body_edit((folder / path).read_text(encoding="utf-8"), run)


def _title_of(index: int, folder: Path, total: int, run: int) -> tuple[str, str]:
    path = article_path(index, total)
    return path, with_title((folder / path).read_text(encoding="utf-8"), edited_title(run))


def _middle_title(folder: Path, total: int, run: int) -> tuple[str, str]:
    return _title_of(middle(total), folder, total, run)


def _newest_title(folder: Path, total: int, run: int) -> tuple[str, str]:
    return _title_of(total - 1, folder, total, run)


def _new(folder: Path, total: int, run: int) -> tuple[str, str]:
    return new_article(total, run)


EDITS = (
    Edit("nothing", None, build_with_jianyan),
    Edit("body", _body, build_with_jianyan),
    Edit("title_middle", _middle_title, build_with_jianyan),
    Edit("title_newest", _newest_title, build_with_jianyan),
    Edit("new_article", _new, build_with_jianyan),
    Edit("mkdocs_body", _body, build_with_mkdocs),
)
"""In the order in which they are measured; the host comes last, what it remembers is its own."""


def run_edit_benchmark(articles: int, runs: int) -> Mapping[str, object]:
    """Build a site once from nothing, then again after each kind of edit.

    Returns:
        the answer that goes to stdout; every number is the median of the runs.

    Raises:
        SetupFault: a build failed.
    """
    folder = ready_corpus(articles)
    forget_builds(folder)
    with borrowed(folder):
        cold = build_with_jianyan(folder)
        say(f"从头生成：CPU {cold.cpu_seconds:.2f} 秒")
        measured = {edit.name: _measure(edit, folder, articles, runs) for edit in EDITS}
    return {
        "bench": "edit",
        "articles": articles,
        "runs": runs,
        "jobs": JOBS,
        "cold": median_costs([cold]),
        "edits": measured,
        "machine": describe_machine(),
    }


def _measure(edit: Edit, folder: Path, total: int, runs: int) -> Mapping[str, object]:
    """The cost of one kind of edit: each run begins with a site that is up to date."""
    costs, written = [], []
    # Not measured: it takes up what was put back, and lets the host remember what is its own.
    time.sleep(SETTLE_SECONDS)
    edit.build(folder)
    for run in range(1, runs + 1):
        time.sleep(SETTLE_SECONDS)
        if edit.change is None:
            costs.append(edit.build(folder))
            written.append(files_written(folder))
        else:
            path, text = edit.change(folder, total, run)
            with changed(folder / path, text):
                costs.append(edit.build(folder))
                written.append(files_written(folder))
            edit.build(folder)
        say(f"{edit.name} 第 {run}／{runs} 次：CPU {costs[-1].cpu_seconds:.2f} 秒")
    return {**median_costs(costs), "files_written": max(written)}
