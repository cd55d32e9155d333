"""Writes .cache/jianyan/report.json: what the build did. It never goes into the site."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from site_plugins.build.pipeline import Outcome
from site_plugins.tools.site_folder import Changes
from site_plugins.tools.system_words import system_words


def write_report(
    cache: str, outcome: Outcome, changes: Changes, tell: Callable[[str], None]
) -> None:
    """The report of a build; ``reasons`` gives for each reason the files that were made for it.

    The site is published by now: a report that cannot be written is told in Chinese, no more.
    """
    made: dict[str, list[str]] = defaultdict(list)
    for path, unit in sorted(outcome.made.items()):
        if reason := outcome.reasons.get(unit):
            made[reason].append(path)
    report = {
        "records": outcome.records,
        "files": outcome.files,
        "left_out": outcome.left_out,
        "seconds": {stage: round(spent, 3) for stage, spent in outcome.seconds.items()},
        "cache": {
            stage: {"hits": hits, "of": total} for stage, (hits, total) in outcome.hits.items()
        },
        "written": changes.written,
        "removed": changes.removed,
        "unchanged": changes.unchanged,
        "all_because": outcome.all_because,
        "only_words": outcome.only_words,
        "reasons": dict(sorted(made.items())),
        "problems": [problem.facts for problem in outcome.problems],
    }
    file = Path(cache) / "report.json"
    fresh = file.with_suffix(".new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        os.replace(fresh, file)
    except OSError as error:
        tell(f"网站已经更新，只是报告 {file} 写不了：{system_words(error)}")
