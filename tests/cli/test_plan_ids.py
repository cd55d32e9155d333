"""``jianyan plan ids``: what it prints and what it writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_plugins.cli import main

HEAD = "\ufeff---\r\ntitle: 要点 # 一字不改\r\nyear:   2022\r\n---\r\n"
TEXT = "一、学习\r\n（一）理论学习。甲\r\n（二）读书活动。乙\r\n"
IDS = (
    'ids:\r\n  - {id: "1", number: 一、, title: 学习}\r\n'
    '  - {id: "1-1", number: （一）, title: 理论学习}\r\n'
    '  - {id: "1-2", number: （二）, title: 读书活动}\r\n'
)


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "plan.md"
    file.write_bytes((HEAD + TEXT).encode("utf-8"))
    return file


def _written(plan: Path) -> str:
    return plan.read_bytes().decode("utf-8")


def test_nothing_is_written_without_write(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "ids", "plan.md"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "1       一、学习",
        "1-1       （一）理论学习",
        "1-2       （二）读书活动",
    ]
    assert "没有写入" in err
    assert _written(plan) == HEAD + TEXT


def test_writing_keeps_every_other_byte(plan: Path) -> None:
    assert main(["plan", "ids", "plan.md", "--write"]) == 0
    assert _written(plan) == HEAD.replace("\r\n---\r\n", "\r\n" + IDS + "---\r\n") + TEXT
    before = plan.stat()
    assert main(["plan", "ids", "plan.md", "--write"]) == 0
    assert plan.stat() == before


def test_ids_stay_when_clauses_are_put_in_and_taken_out(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["plan", "ids", "plan.md", "--write"])
    text = "一、学习\r\n（一）新事。丁\r\n（二）理论学习。甲\r\n"
    plan.write_bytes(_written(plan).replace(TEXT, text).encode("utf-8"))
    capsys.readouterr()
    assert main(["plan", "ids", "plan.md", "--write"]) == 0
    out, err = capsys.readouterr()
    assert [line.split()[0] for line in out.splitlines()] == ["1", "1-3", "1-1"]
    assert "序号改了：（一） → （二）" in out
    assert 'was: ["1-2"]' in err
    # The vanished id stays in the list until an editor says what took its place.
    assert '- {id: "1-2", number: （二）, title: 读书活动}' in _written(plan)
    assert main(["plan", "show", "plan.md"]) == 0
    assert "1-3" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("一、没有文首\n", "文首信息"),
        ("---\ntitle: a\nids: [{id: 1, nubmer: 一、}]\n---\n一、甲\n", "JY010"),
        ("---\ntitle: a\nids: 好\n---\n一、甲\n", "JY013"),
    ],
)
def test_what_cannot_be_written_is_refused(
    plan: Path, content: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    plan.write_text(content, "utf-8")
    assert main(["plan", "ids", "plan.md", "--write"]) == 1
    assert told in capsys.readouterr().err
    assert _written(plan) == content
