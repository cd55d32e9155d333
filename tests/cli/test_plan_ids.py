"""``jianyan plan ids``: what it prints and what it writes."""

from __future__ import annotations

import subprocess
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


def test_what_git_knows_as_published_keeps_its_ids(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [
        "-c",
        "user.name=甲",
        "-c",
        "user.email=a@zx.example.com",
        "-c",
        "commit.gpgsign=false",
    ]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "1"]):
        subprocess.run(["git", *names, *arguments], check=True)
    changed = "一、学习\r\n（一）新事。丁\r\n（二）理论学习。甲\r\n"
    plan.write_bytes((HEAD + changed).encode("utf-8"))
    assert main(["plan", "ids", "plan.md"]) == 0
    out, err = capsys.readouterr()
    assert [line.split()[0] for line in out.splitlines()] == ["1", "1-3", "1-1"]
    assert "编号 1-2（“读书活动”）公布过" in err
    assert 'was: ["1-2"]' in err
    assert "先运行 jianyan plan ids 文件 --write" in err
    assert main(["plan", "ids", "plan.md", "--write"]) == 0
    written = _written(plan)
    took_over = written.replace("title: 理论学习}", 'title: 理论学习, was: ["1-2"]}')
    plan.write_bytes(took_over.encode("utf-8"))
    capsys.readouterr()
    assert main(["plan", "ids", "plan.md", "--write"]) == 0
    assert "JY" not in capsys.readouterr().err
    assert _written(plan) == took_over


def test_check_tells_published_ids_that_moved_or_vanished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [
        "-c",
        "user.name=甲",
        "-c",
        "user.email=a@zx.example.com",
        "-c",
        "commit.gpgsign=false",
    ]
    head = "---\ntitle: 要点\nkind: plan\nyear: 2022\ndate: 2022-02-20\nsource: 办公室\n---\n"
    files = {
        "mkdocs.yml": "site_name: 示例市政协\nplugins: [jianyan/site]\ndocs_dir: content\n",
        "content/plans/index.md": "---\ntitle: 计划\ncolumn: {holds: [plan]}\n---\n",
        "content/plans/2022/index.md": head + "一、学习\n（一）理论学习。甲\n（二）读书活动。乙\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "1"]):
        subprocess.run(["git", *names, *arguments], check=True)
    assert main(["check"]) == 0
    assert capsys.readouterr().out == ""
    text = head + "一、学习\n（一）读书活动。乙\n（三）新事。丙\n"
    (tmp_path / "content/plans/2022/index.md").write_text(text, "utf-8")
    assert main(["check"]) == 0
    codes = [line[-6:-1] for line in capsys.readouterr().out.splitlines()]
    assert codes == ["JY084", "JY051"]
