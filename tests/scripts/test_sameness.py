"""scripts/equivalence: the edits do what they say, and no difference is overlooked."""

from __future__ import annotations

import gzip
import json
import random
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from scripts.sameness.changing import Changing, put, read, says, write
from scripts.sameness.changing_site import docx, write_site
from scripts.sameness.command import main
from scripts.sameness.comparing import different_problem, first_difference
from scripts.sameness.edits import EDITS, one_edit
from scripts.sameness.phrases import leak, phrases_of, secrets_of

_TIMES = 12
"""So often draws each kind of edit every kind of change that it knows."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it is written, for copies."""
    folder = tmp_path_factory.mktemp("changing") / "site"
    write_site(folder, 3)
    return folder


@pytest.fixture
def site(tmp_path: Path, written: Path) -> Changing:
    """A copy of it, with a small cache and a small tree."""
    folder = tmp_path / "site"
    shutil.copytree(written, folder)
    for name in ("site/news/a/index.html", "site/index.html", ".cache/jianyan/a", "x"):
        write(folder / name, "正文" * 9)
    return Changing(folder, random.Random(1))


def _state(site: Changing) -> object:
    files = sorted(p for p in site.folder.rglob("*") if p.is_file() or p.is_symlink())
    folders = sorted(p for p in site.packages.iterdir())
    return (
        {str(p): p.readlink() if p.is_symlink() else p.read_bytes() for p in files},
        [str(p) for p in folders],
        site.now,
    )


@pytest.mark.parametrize("name", sorted(EDITS))
def test_every_kind_of_edit_changes_something(site: Changing, name: str) -> None:
    before, is_changed = _state(site), False
    for _ in range(_TIMES):
        assert one_edit(site, name)
        is_changed = is_changed or _state(site) != before
    assert is_changed


def test_the_same_draws_make_the_same_edits(tmp_path: Path, written: Path) -> None:
    told = []
    for _ in range(2):
        shutil.rmtree(tmp_path / "site", ignore_errors=True)
        shutil.copytree(written, tmp_path / "site")
        site = Changing(tmp_path / "site", random.Random(7))
        told.append([one_edit(site, name) for name in sorted(EDITS) for _ in range(3)])
    assert told[0] == told[1]


def test_a_picture_is_replaced_by_one_of_the_same_size_and_time(site: Changing) -> None:
    path = site.content / "pictures" / "plain.png"
    stats, contents = set(), set()
    for _ in range(5):
        one_edit(site, "picture")
        stats.add((path.stat().st_size, path.stat().st_mtime_ns))
        contents.add(path.read_bytes())
    assert len(contents) > 1
    assert len(stats) == 1


def test_keys_are_written_and_taken_out_with_what_is_below_them(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    write(path, "---\ntitle: 甲\nreply:\n  unit: 乙\ndate: 2023-01-01\n---\n正文。\n")
    put(path, "reply", None)
    assert read(path) == "---\ntitle: 甲\ndate: 2023-01-01\n---\n正文。\n"
    put(path, "title", "乙")
    assert (says(path, "title"), says(path, "reply")) == ("乙", None)


# --- What comparing finds -----------------------------------------------------------------------


def test_every_difference_is_told() -> None:
    tree = {"a.html": b"a", "search/base/00.bin": b"b"}
    assert first_difference(tree, dict(tree), with_index=True) is None
    for other in ({**tree, "a.html": b"b"}, {**tree, "c": b""}, {"search/base/00.bin": b"b"}):
        assert first_difference(tree, other, with_index=False) is not None
        assert first_difference(other, tree, with_index=False) is not None
    cut = {"a.html": b"a", "search/base/00.bin": b"other"}
    assert first_difference(tree, cut, with_index=False) is None
    assert first_difference(tree, cut, with_index=True) is not None


def test_a_problem_that_only_one_build_tells_is_told(tmp_path: Path) -> None:
    def reported(name: str, *codes: str) -> Path:
        problems = [{"code": code, "path": "content/a.md"} for code in codes]
        report = json.dumps({"problems": problems})
        write(tmp_path / name / ".cache" / "jianyan" / "report.json", report)
        return tmp_path / name

    one, other = reported("one", "JY040"), reported("other")
    assert different_problem(one, one) is None
    assert different_problem(one, other) is not None
    assert different_problem(other, one) is not None
    # A build from nothing cannot know what was published before.
    assert different_problem(reported("third", "JY040", "JY084"), one) is None


@pytest.mark.parametrize("code", ["utf-8", "gbk"])
def test_a_phrase_that_only_the_old_tree_has_is_found_in_packed_files(
    site: Changing, code: str
) -> None:
    tree = {"search/delta/texts/00.bin": gzip.compress("补记暗语123456。".encode(code))}
    assert leak(tree, tree, site) is None
    found = leak(tree, {"search/delta/texts/00.bin": gzip.compress(b"")}, site)
    assert found is not None
    assert "暗语123456" in found


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("status", "draft"),
        ("status", "withdrawn"),
        ("publish_at", "2024-01-01 09:01"),
        ("expire_at", "2024-01-01 09:00"),
    ],
)
def test_a_phrase_of_a_text_that_is_not_public_is_told(
    site: Changing, key: str, value: str
) -> None:
    path = site.content / "notices" / "2023" / "0107-holiday.md"
    write(path, read(path) + "\n补记暗语123456。\n")
    assert "暗语123456" in phrases_of(site)
    tree = {"index.html": "暗语123456".encode()}
    assert leak(tree, tree, site) is None
    put(path, key, value)
    assert leak(tree, tree, site) is not None
    put(path, key, None)
    assert leak(tree, tree, site) is None


def test_what_two_texts_say_is_a_secret_only_where_neither_is_public(site: Changing) -> None:
    one, other = site.content / "about.md", site.content / "people" / "a.md"
    for path in (one, other):
        write(path, read(path) + "\n暗语123456。\n")
    put(other, "status", "draft")
    assert "暗语123456" not in secrets_of(site)
    one.unlink()
    assert secrets_of(site)["暗语123456"] == "content/people/a.md"
    put(other, "status", None)
    put(other, "publish_at", f"{site.now + timedelta(hours=1):%Y-%m-%d %H:%M}")
    assert "暗语123456" in secrets_of(site)


def test_phrases_of_documents_count(site: Changing) -> None:
    (site.content / "a.docx").write_bytes(docx("暗语654321"))
    assert "暗语654321" in phrases_of(site)


@pytest.mark.parametrize(
    "arguments", [[], ["5"], ["0", "3"], ["5", "x"], ["5", "3", "--seed"], ["5", "3", "4"]]
)
def test_wrong_use_is_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "用法" in capsys.readouterr().err
