"""``jianyan plan targets``: what it prints and what it writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from site_plugins.cli import main

PLAN = """---
title: 要点
year: 2022
targets:
  - {clause: "1-1", what: 座谈会, count: 5, unit: 次}   # 编辑改过
---
一、协商
（一）座谈。召开4次座谈会。
（二）讲座。举办2场讲座。
（三）监督。监督不少于3次，发言X人。
"""


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "plan.md"
    file.write_text(PLAN, "utf-8")
    return file


def test_proposals_are_printed_with_their_words(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", "targets", "plan.md"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[0] == "  1  1-1  座谈会 4 次，2022-12-31 前（已有）"
    assert "第 8 行第 7 字：召开4次座谈会（原文没有写期限，按年底）" in out
    assert "1-3  监督 不少于 3 次" in out
    assert "没有写入" in err
    assert plan.read_text("utf-8") == PLAN
    assert main(["plan", "targets", "plan.md", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [(t["number"], t["state"], t["clause"]) for t in answer["targets"]] == [
        (1, "present", "1-1"),
        (2, "new", "1-2"),
        (3, "new", "1-3"),
    ]
    assert answer["open"][0]["words"] == "X人"


def test_writing_adds_what_is_new_once(plan: Path) -> None:
    assert main(["plan", "targets", "plan.md", "--write"]) == 0
    added = (
        '  - {clause: "1-2", what: 讲座, count: 2, unit: 场, by: 2022-12-31}\n'
        '  - {clause: "1-3", what: 监督, count: 3, unit: 次, at_least: true, by: 2022-12-31}\n'
    )
    written = PLAN.replace("# 编辑改过\n", "# 编辑改过\n" + added)
    assert plan.read_text("utf-8") == written
    assert main(["plan", "targets", "plan.md", "--write"]) == 0
    assert plan.read_text("utf-8") == written


def test_only_what_is_accepted_is_written(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "targets", "plan.md", "--write", "--accept", "1，3"]) == 0
    assert plan.read_text("utf-8").count("clause:") == 2
    assert 'clause: "1-3"' in plan.read_text("utf-8")
    assert main(["plan", "targets", "plan.md", "--write", "--accept", "9"]) == 2
    assert "“9”不是所列的序号" in capsys.readouterr().err
