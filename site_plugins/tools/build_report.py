"""Writes .cache/jianyan/report.json: what the build did. It never goes into the site."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from pathlib import Path

from site_plugins.build.pipeline import Outcome
from site_plugins.tools.site_folder import Changes


def write_report(cache: str, outcome: Outcome, changes: Changes) -> None:
    """The report of a build; ``reasons`` gives for each reason the files that were made for it."""
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
        "reasons": dict(sorted(made.items())),
        "problems": [problem.facts for problem in outcome.problems],
    }
    file = Path(cache) / "report.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    os.replace(fresh, file)
