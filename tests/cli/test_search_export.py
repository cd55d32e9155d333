"""``jianyan search export``: what is written, what is printed, what is refused."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from site_plugins.cli import main
from tests.site_in_memory import column, record


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("JIANYAN_NOW", raising=False)
    (tmp_path / "content/news").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: 示例市政协\ndocs_dir: content\nplugins: [jianyan/site, jianyan/search]\n",
        "utf-8",
    )
    for name, text in {"index": column("要闻"), "a": record("老舊小區"), "b": "---\n"}.items():
        (tmp_path / f"content/news/{name}.md").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_sqlite(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "export", "--format", "sqlite", "-o", "out/s.db"]) == 0
    told = capsys.readouterr()
    assert told.out == "out/s.db\n"
    assert "已导出 2 篇" in told.err
    assert "1 篇因有错误没有导出" in told.err
    with closing(sqlite3.connect("out/s.db")) as database:
        rows = database.execute(
            "SELECT address, documents.title FROM search JOIN documents"
            """ ON documents.id = search.rowid WHERE search MATCH '"老旧 旧小 小区"'"""
        ).fetchall()
    assert rows == [("/news/a/", "老舊小區")]


def test_ndjson(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "export", "--format", "ndjson", "-o", "s.ndjson"]) == 0
    assert capsys.readouterr().out == "s.ndjson\ns.mapping.json\n"
    lines = Path("s.ndjson").read_text("utf-8").splitlines()
    assert [json.loads(line)["index"]["_id"] for line in lines[::2]] == ["/news/", "/news/a/"]
    assert json.loads(lines[3])["search_title"].startswith("老旧 旧小")
    assert "mappings" in json.loads(Path("s.mapping.json").read_text("utf-8"))


def test_a_folder_is_no_file(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "export", "--format", "sqlite", "-o", "content"]) == 2
    assert "是文件夹" in capsys.readouterr().err


def test_where_nothing_can_be_written(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "export", "--format", "ndjson", "-o", "mkdocs.yml/s.ndjson"]) == 1
    assert "写不了" in capsys.readouterr().err
