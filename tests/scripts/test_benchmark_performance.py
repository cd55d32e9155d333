"""docs/performance.md and its chart say what the JSON files beside them say."""

import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from scripts.benchmark import performance_page
from scripts.benchmark.performance_chart import draw_chart, panels
from scripts.benchmark.performance_page import DOCS, read_answers, with_tables
from scripts.benchmark.performance_tables import all_tables, bars_table, edit_tables

ANSWERS = read_answers(DOCS / "performance")
MACHINE = {
    "processor": "P",
    "cores": 2,
    "memory_gb": 8.0,
    "system": "Linux x86_64",
    "python": "3.11.7",
}


def build(articles: int, cpu: float) -> dict[str, Any]:
    return {
        "bench": "build",
        "articles": articles,
        "runs": 1,
        "jobs": 2,
        "cpu_seconds": cpu,
        "wall_seconds": cpu / 2,
        "peak_memory_mb": 500.0,
        "wall_to_cpu": 0.5,
        "cpu_ms_per_article": cpu / articles * 1000,
        "files": 9,
        "machine": MACHINE,
    }


def edit(articles: int, cpu: float) -> dict[str, Any]:
    cost = {
        "cpu_seconds": cpu,
        "cpu_seconds_most": cpu,
        "wall_seconds": cpu,
        "peak_memory_mb": 90.0,
        "files_written": 6,
    }
    names = ("nothing", "body", "title_middle", "title_newest", "new_article", "mkdocs_body")
    edits = {name: dict(cost) for name in names}
    return {"bench": "edit", "articles": articles, "runs": 3, "edits": edits, "machine": MACHINE}


def test_there_are_measurements() -> None:
    assert {"build", "edit", "peers"} <= {one["bench"] for one in ANSWERS}


def test_page_and_chart_are_those_of_the_measurements() -> None:
    page = (DOCS / "performance.md").read_text(encoding="utf-8")
    assert with_tables(page, ANSWERS) == page
    chart = (DOCS / "images" / "performance.svg").read_text(encoding="utf-8")
    assert draw_chart(ANSWERS) == chart


def test_a_changed_measurement_makes_page_and_chart_stale(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docs = tmp_path / "docs"
    (docs / "images").mkdir(parents=True)
    shutil.copytree(DOCS / "performance", docs / "performance")
    shutil.copy(DOCS / "performance.md", docs)
    shutil.copy(DOCS / "images" / "performance.svg", docs / "images")
    assert performance_page.main(["--check"], docs) == 0
    file = next((docs / "performance").glob("build-*.json"))
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"cpu_seconds": ', '"cpu_seconds": 1'), encoding="utf-8")
    assert performance_page.main(["--check"], docs) == 1
    assert capsys.readouterr().out.split() == ["performance.md", "images/performance.svg"]
    assert performance_page.main([], docs) == 0
    assert performance_page.main(["--check"], docs) == 0


def test_a_page_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="measured"):
        with_tables("# Performance\n", ANSWERS)


def test_bars_are_met_or_missed() -> None:
    rows = bars_table([build(10_000, 28.0), build(100_000, 300.0), edit(10_000, 0.5)]).split("\n")
    assert "| 10,000 from nothing, CPU | ≤ 27.00 s | 28.00 s | **missed** |" in rows
    assert "| CPU per article, 100,000 ÷ 10,000 | ≤ 1.20 | 1.07 | met |" in rows
    assert "| 10,000, the dearest edit of body or title, CPU | ≤ 1.00 s | 0.50 s | met |" in rows


def test_what_was_not_measured_is_not_judged() -> None:
    assert bars_table([build(2_000, 5.0), edit(2_000, 0.4)]) == ""
    assert "## Bars" not in all_tables([build(2_000, 5.0)])


def test_the_dearest_edit_decides() -> None:
    one = edit(10_000, 0.5)
    one["edits"]["title_newest"]["cpu_seconds"] = 1.3
    assert "| 1.30 s | **missed** |" in bars_table([one])


def test_tables_come_in_the_order_of_size() -> None:
    text = all_tables([build(100_000, 300.0), build(10_000, 27.0)])
    assert text.index("| 10,000 |") < text.index("| 100,000 |")
    assert edit_tables([edit(10_000, 0.5)]).count("\n| ") == 2 + 6


def test_chart_is_xml_with_a_bar_for_each_number() -> None:
    root = ET.fromstring(draw_chart(ANSWERS))
    bars = sum(len(panel.bars) for panel in panels(ANSWERS))
    assert len(root.findall("{http://www.w3.org/2000/svg}rect")) == bars + 1


def test_the_longest_bar_of_a_panel_is_the_dearest() -> None:
    (panel,) = panels([build(1_000, 3.0), build(2_000, 6.0)])
    assert [bar.seconds for bar in panel.bars] == [3.0, 6.0]
