"""The report of a build, which comes after the site."""

from __future__ import annotations

import json
from pathlib import Path

from site_plugins.build.pipeline import Outcome
from site_plugins.tools.build_report import write_report
from site_plugins.tools.site_folder import Changes
from tests.tools.narrow_disk import no_file_beyond


def test_a_report_that_cannot_be_written_is_told_and_the_last_one_stays(tmp_path: Path) -> None:
    told: list[str] = []
    write_report(str(tmp_path), Outcome(records=1), Changes(), told.append)
    assert told == []
    with no_file_beyond(50):
        write_report(str(tmp_path), Outcome(records=2), Changes(), told.append)
    file = tmp_path / "report.json"
    assert told == [f"网站已经更新，只是报告 {file} 写不了：文件太大"]
    assert json.loads(file.read_text("utf-8"))["records"] == 1
