"""``jianyan plan report``: from the site's folder to a new file."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_plugins.cli import main
from tests.site_in_memory import Files, column, record

FILES: Files = {
    "mkdocs.yml": "site_name: 示例市政协\ndocs_dir: content\nplugins: [jianyan/site]\n",
    "content/plans/index.md": column("计划", "plan"),
    "content/plans/2023/index.md": record("要点", year=2023, text="一、甲\n\n（一）乙。丙。\n"),
    "content/plans/2022/index.md": record("旧要点", year=2022, status="draft", text="一、甲\n"),
    "content/news/index.md": column("要闻"),
    "content/news/2023/a.md": record("丁", "2023-05-01", implements="plans/2023#1-1"),
}
PLAN = "content/plans/2023/index.md"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JIANYAN_NOW", "2023-10-20T09:00:00+08:00")
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(str(text), "utf-8")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    return tmp_path


def test_the_draft_builds_where_it_was_written(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", "report", f"../{PLAN}"]) == 0
    printed = capsys.readouterr().out
    assert "[丁](/news/2023/a.md)" in printed
    report = site / "content/news/2023/report.md"
    assert main(["plan", "report", f"../{PLAN}", "-o", str(report)]) == 0
    assert report.read_text("utf-8") == printed
    assert capsys.readouterr().out == ""
    report.write_text(printed.replace("status: draft\n", ""), "utf-8")
    assert main(["check", "-f", str(site / "mkdocs.yml")]) == 0
    assert capsys.readouterr().out == ""


def test_another_clock_counts_less(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "report", f"../{PLAN}", "--now", "2023-04-01"]) == 0
    out = capsys.readouterr().out
    assert "date: 2023-04-01" in out
    assert "0条有佐证材料" in out


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("nowhere.md", "读不到"),
        ("../content/plans/2022/index.md", "不是公开的年度计划"),
        ("../content/news/2023/a.md", "不是公开的年度计划"),
        ("../mkdocs.yml", "不在内容目录"),
    ],
)
def test_what_is_no_public_plan_is_refused(
    site: Path, file: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", "report", file]) == 1
    out, err = capsys.readouterr()
    assert (out, told in err) == ("", True)


def test_nothing_is_overwritten(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "report", f"../{PLAN}", "-o", f"../{PLAN}"]) == 1
    assert "不覆盖" in capsys.readouterr().err
    assert (site / PLAN).read_text("utf-8") == FILES[PLAN]
