"""What is of the wrong kind in the cache is told and removed; nothing outside is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_plugins.tools.cache_folder import NoCacheFolder, cache_of_one_build

FILES = (
    "content.sqlite3",
    "texts.sqlite3",
    "texts.sqlite3-journal",
    "checks.sqlite3",
    "checks.sum",
    "content.new",
    "host.json",
    "journal.json",
    "report.json",
    "trees/a.sqlite3",
    "trees/a.seal",
    "trees/a.outline",
    "trees/a.sum",
)
FOLDERS = ("fonts", "preview", "staging", "templates", "trees")


def _put_right(cache: Path) -> list[str]:
    told: list[str] = []
    with cache_of_one_build(str(cache), told.append):
        pass
    return told


def _names(cache: Path) -> list[str]:
    return sorted(path.relative_to(cache).as_posix() for path in cache.rglob("*"))


@pytest.mark.parametrize("name", [*FILES, "lock"])
def test_a_folder_in_place_of_a_file_goes(tmp_path: Path, name: str) -> None:
    (tmp_path / name / "deep").mkdir(parents=True)
    (tmp_path / name / "deep/x").write_bytes(b"x")
    (told,) = _put_right(tmp_path)
    assert f" {Path(name).name} 不是文件，已移去" in told
    assert not (tmp_path / name).is_dir()
    assert _put_right(tmp_path) == []


@pytest.mark.parametrize("name", FOLDERS)
def test_a_file_in_place_of_a_folder_goes(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    (told,) = _put_right(tmp_path)
    assert f" {name} 不是文件夹，已移去" in told
    assert _names(tmp_path) == ["lock"]


@pytest.mark.parametrize("name", [*FILES, "staging", "trees"])
def test_a_link_goes_and_what_it_leads_to_stays(tmp_path: Path, name: str) -> None:
    outside, cache = tmp_path / "outside", tmp_path / "cache"
    (outside / "a.sqlite3").mkdir(parents=True)
    (outside / "letter").write_bytes(b"x")
    (cache / name).parent.mkdir(parents=True)
    (cache / name).symlink_to(outside if "." not in name else outside / "letter")
    assert len(_put_right(cache)) == 1
    assert not (cache / name).is_symlink()
    assert _names(outside) == ["a.sqlite3", "letter"]


def test_what_is_right_stays_and_so_do_folders_elsewhere(tmp_path: Path) -> None:
    cache, outside = tmp_path / "cache", tmp_path / "outside"
    outside.mkdir()
    for name in FILES:
        (cache / name).parent.mkdir(parents=True, exist_ok=True)
        (cache / name).write_bytes(b"x")
    (cache / "staging/report.json").mkdir(parents=True)
    for name in ("fonts", "preview", "templates"):
        (cache / name).symlink_to(outside)
    # Nobody's.
    (cache / "notes").write_bytes(b"x")
    (cache / "old").mkdir()
    before = _names(cache)
    assert _put_right(cache) == []
    assert _names(cache) == sorted([*before, "lock"])


@pytest.mark.parametrize("name", [".cache", ".cache/jianyan"])
@pytest.mark.parametrize("kind", ["file", "link to nothing"])
def test_what_stands_in_place_of_the_cache_itself_is_named_and_left(
    tmp_path: Path, name: str, kind: str
) -> None:
    place = tmp_path / name
    place.parent.mkdir(exist_ok=True)
    if kind == "file":
        place.write_bytes(b"x")
    else:
        place.symlink_to("nowhere")
    with pytest.raises(NoCacheFolder) as refused:
        _put_right(tmp_path / ".cache/jianyan")
    assert str(refused.value) == str(place)
    assert place.is_symlink() or place.read_bytes() == b"x"
