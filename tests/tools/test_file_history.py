"""Earlier versions of a file in Git."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from site_plugins.reading.plans.history import published_ids
from site_plugins.tools.file_history import committed_versions


def _git(folder: Path, *arguments: str) -> None:
    names = [
        "-c",
        "user.name=甲",
        "-c",
        "user.email=a@zx.example.com",
        "-c",
        "commit.gpgsign=false",
    ]
    subprocess.run(["git", "-C", str(folder), *names, *arguments], check=True, capture_output=True)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "计划" / "index.md"
    file.parent.mkdir()
    _git(tmp_path, "init", "-q")
    file.write_text(
        "---\nstatus: draft\n---\n一、草稿\n（一）甲。\n（二）乙。\n（三）丙。\n", "utf-8"
    )
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "-qm", "1")
    file.write_text("---\ntitle: 计划\n---\n一、学习\n（一）甲。\n（二）乙。\n", "utf-8")
    _git(tmp_path, "commit", "-qam", "2")
    moved = file.with_name("2022.md")
    _git(tmp_path, "mv", str(file), str(moved))
    text = (
        '---\ntitle: 计划\nids: [{id: "1-2", title: 乙, was: ["1-9"]}]\n---\n一、学习\n（一）乙。\n'
    )
    _git(tmp_path, "commit", "-qm", "3")
    moved.write_text(text, "utf-8")
    _git(tmp_path, "commit", "-qam", "4")
    moved.write_text("未提交", "utf-8")
    return moved


def test_versions_come_newest_first_under_every_name(plan: Path) -> None:
    versions = committed_versions(str(plan))
    assert [version.decode("utf-8").splitlines()[1] for version in versions] == [
        "title: 计划",
        "title: 计划",
        "title: 计划",
        "status: draft",
    ]


def test_published_ids_are_those_of_every_version_but_drafts(plan: Path) -> None:
    ids = published_ids(committed_versions(str(plan)))
    assert [entry.id for entry in ids.last] == ["1", "1-2"]
    assert {entry.id: entry.title for entry in ids.all} == {
        "1": "学习",
        "1-2": "乙",
        "1-9": "乙",
        "1-1": "甲",
    }


def test_no_repository_and_no_file_have_no_versions(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("甲", "utf-8")
    assert committed_versions(str(tmp_path / "a.md")) == ()
    assert committed_versions(str(tmp_path / "nowhere" / "b.md")) == ()


def test_without_git_there_are_no_versions(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(plan.parent))
    assert committed_versions(str(plan)) == ()
