"""The site folder as the last build left it: only what has changed is looked at or touched."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_plugins.build.tree_files import Output
from site_plugins.domain.artifacts import Artifact
from site_plugins.tools.site_folder import Changes, NoMemory, SiteFolder

Tree = Mapping[str, bytes]
FIRST: Tree = {
    "index.html": b"home",
    "news/index.html": b"news",
    "news/a/index.html": b"a",
    "news/b/index.html": b"b",
    "assets/a.css": b"body",
    "build.json": b'{"generator": "Jianyan 0"}',
}


def _build(
    root: Path, tree: Tree, memory: NoMemory, made: set[str] | None = None
) -> tuple[Changes, set[str]]:
    """A build that makes ``made`` (None: all that is not as it was left) and keeps the rest.

    Gives what changed, and what was found damaged.
    """
    folder = SiteFolder(str(root / "site"), str(root / "cache"), owned=True, memory=memory).open()
    damaged, files = folder.damaged(), memory.files
    kept = set(files.paths()) & tree.keys() - damaged - (made or set())
    gone = set(files.paths()) - tree.keys()
    for path in tree.keys() - kept:
        folder.put(Artifact(path, tree[path]))
    files.change(
        {path: Output("unit", sha256(tree[path]).hexdigest()) for path in tree.keys() - kept}, gone
    )
    folder.commit(gone, len(kept))
    assert not (root / "cache/staging").exists()
    assert not (root / "cache/journal.json").exists()
    return folder.changes, damaged & tree.keys()


def _files(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def _others(site: Path) -> list[str]:
    """Links and empty folders."""
    return [
        path.relative_to(site).as_posix()
        for path in sorted(site.rglob("*"))
        if path.is_symlink() or (path.is_dir() and not any(path.iterdir()))
    ]


@pytest.fixture
def built(tmp_path: Path) -> NoMemory:
    memory = NoMemory()
    changes, damaged = _build(tmp_path, FIRST, memory)
    assert (changes.written, changes.removed, damaged) == (sorted(FIRST), [], set())
    return memory


def _times(site: Path) -> dict[str, int]:
    return {p.relative_to(site).as_posix(): p.stat().st_mtime_ns for p in site.rglob("*")}


def test_the_whole_tree_is_moved_where_there_is_none(tmp_path: Path, built: NoMemory) -> None:
    assert _files(tmp_path / "site") == FIRST
    assert list(built.files.paths()) == sorted(FIRST)
    assert built.folders.keys() == {"", "news", "news/a", "news/b", "assets"}


def test_an_empty_folder_is_replaced_and_a_hidden_file_is_kept(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    _build(tmp_path, FIRST, NoMemory())
    assert _files(tmp_path / "site") == FIRST
    (tmp_path / "other/site").mkdir(parents=True)
    (tmp_path / "other/site/.htaccess").write_bytes(b"deny")
    _build(tmp_path / "other", FIRST, NoMemory())
    assert _files(tmp_path / "other/site") == {**FIRST, ".htaccess": b"deny"}


def test_nothing_is_touched_where_nothing_changed(tmp_path: Path, built: NoMemory) -> None:
    before, stamps = _times(tmp_path / "site"), built.files.stamps()
    changes, damaged = _build(tmp_path, FIRST, built)
    assert (changes.written, changes.removed, changes.unchanged) == ([], [], len(FIRST))
    assert damaged == set()
    assert _times(tmp_path / "site") == before
    assert built.files.stamps() == stamps


def test_what_is_made_with_the_same_bytes_keeps_its_time(tmp_path: Path, built: NoMemory) -> None:
    before = _times(tmp_path / "site")
    changes, _ = _build(tmp_path, FIRST, built, made=set(FIRST))
    assert (changes.written, changes.unchanged) == ([], len(FIRST))
    assert _times(tmp_path / "site") == before


def test_only_what_changed_is_written_and_gone_files_are_removed(
    tmp_path: Path, built: NoMemory
) -> None:
    before = _times(tmp_path / "site")
    tree = {**FIRST, "news/a/index.html": b"a 2", "new/index.html": b"new"}
    del tree["news/b/index.html"]
    changes, _ = _build(tmp_path, tree, built, made={"news/a/index.html"})
    assert changes.written == ["new/index.html", "news/a/index.html"]
    assert changes.removed == ["news/b/index.html"]
    assert _files(tmp_path / "site") == tree
    assert not (tmp_path / "site/news/b").exists()
    after = _times(tmp_path / "site")
    same = ("index.html", "news/index.html", "assets/a.css", "assets")
    assert all(after[path] == before[path] for path in same)
    again, damaged = _build(tmp_path, tree, built)
    assert (again.written, again.removed, damaged) == ([], [], set())


def _in_place(path: Path) -> None:
    """Other bytes of one length, and the old time."""
    then = path.stat()
    path.write_bytes(b"x" * then.st_size)
    os.utime(path, ns=(then.st_atime_ns, then.st_mtime_ns))


def _copied(path: Path) -> None:
    shutil.copy2(path, path.with_suffix(".copy"))
    os.replace(path.with_suffix(".copy"), path)


def _link(path: Path) -> None:
    target = path.parent.parent / "target"
    target.write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(target)


def _folder(path: Path) -> None:
    path.unlink()
    (path / "below").mkdir(parents=True)
    (path / "below/file.html").write_bytes(b"x")


DAMAGES: list[Callable[[Path], object]] = [
    lambda path: path.unlink(),
    lambda path: path.write_bytes(b""),
    lambda path: path.write_bytes(b"longer than it was"),
    lambda path: os.utime(path, ns=(1, 1)),
    _in_place,
    _copied,
    _link,
    _folder,
]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("path", ["news/a/index.html", "index.html"])
def test_any_damage_to_a_file_is_found_and_mended(
    tmp_path: Path, built: NoMemory, damage: Callable[[Path], object], path: str
) -> None:
    damage(tmp_path / "site" / path)
    _, damaged = _build(tmp_path, FIRST, built)
    assert damaged == {path}
    assert {p: c for p, c in _files(tmp_path / "site").items() if p != "target"} == FIRST
    assert [p for p in _others(tmp_path / "site") if p != "target"] == []
    _, again = _build(tmp_path, FIRST, built)
    assert again == set()


ALIENS: dict[str, Callable[[Path], object]] = {
    "a file at the top": lambda site: (site / "alien.html").write_bytes(b"x"),
    "a file among others": lambda site: (site / "news/a/alien.html").write_bytes(b"x"),
    "a folder": lambda site: shutil.copytree(site / "news", site / "assets/news"),
    "an empty folder": lambda site: (site / "news/empty/below").mkdir(parents=True),
    "a link to a file": lambda site: (site / "news/link.html").symlink_to("/etc/hostname"),
    "a link to a folder": lambda site: (site / "news/link").symlink_to("/etc"),
    "a link to nothing": lambda site: (site / "link").symlink_to("nowhere"),
    "what a killed copy left": lambda site: (
        (site / "news/.index.html.new").write_bytes(b"") and None
    ),
}


@pytest.mark.parametrize("alien", ALIENS)
def test_what_others_have_put_there_is_removed(tmp_path: Path, built: NoMemory, alien: str) -> None:
    # Not within one tick of the clock after the build.
    time.sleep(0.02)
    ALIENS[alien](tmp_path / "site")
    _build(tmp_path, FIRST, built)
    assert _files(tmp_path / "site") == FIRST
    assert _others(tmp_path / "site") == []


def test_a_folder_that_was_moved_away_for_a_link_is_put_back(
    tmp_path: Path, built: NoMemory
) -> None:
    news = tmp_path / "site/news"
    news.rename(tmp_path / "moved")
    news.symlink_to(tmp_path / "moved")
    (tmp_path / "moved/own.txt").write_bytes(b"a person's")
    (tmp_path / "moved/own").mkdir()
    before = _files(tmp_path / "moved")
    _build(tmp_path, FIRST, built)
    assert _files(tmp_path / "moved") == before
    assert (tmp_path / "moved/own").is_dir()
    assert not news.is_symlink()
    assert _files(tmp_path / "site") == FIRST


def test_what_lies_behind_a_link_stays_when_its_pages_go(tmp_path: Path, built: NoMemory) -> None:
    news = tmp_path / "site/news"
    news.rename(tmp_path / "moved")
    news.symlink_to(tmp_path / "moved")
    (tmp_path / "moved/own").mkdir()
    before = _files(tmp_path / "moved")
    rest = {path: content for path, content in FIRST.items() if not path.startswith("news/")}
    _build(tmp_path, rest, built)
    assert _files(tmp_path / "moved") == before
    assert (tmp_path / "moved/own").is_dir()
    assert not os.path.lexists(news)
    assert _files(tmp_path / "site") == rest


def test_a_site_folder_that_is_gone_is_made_whole(tmp_path: Path, built: NoMemory) -> None:
    shutil.rmtree(tmp_path / "site")
    changes, damaged = _build(tmp_path, FIRST, built)
    assert (damaged, changes.written) == (set(FIRST), sorted(FIRST))
    assert _files(tmp_path / "site") == FIRST


def test_a_folder_that_goes_takes_empty_ones_along(tmp_path: Path, built: NoMemory) -> None:
    (tmp_path / "site/assets/empty").mkdir()
    _build(tmp_path, {p: c for p, c in FIRST.items() if p != "assets/a.css"}, built)
    assert _others(tmp_path / "site") == []


def test_what_is_published_can_be_read(tmp_path: Path, built: NoMemory) -> None:
    folder = SiteFolder(str(tmp_path / "site"), str(tmp_path / "cache"), owned=True, memory=built)
    assert folder.published("index.html") == b"home"
    assert folder.published("none.html") is None
    assert folder.published("news") is None


PATHS = [
    "a", "b", "a1/a", "a1/b", "a1/b1/a", "c/index.html", "c/d/index.html", "c/d/e/index.html",
]  # fmt: skip
TREES = st.dictionaries(st.sampled_from(PATHS), st.sampled_from([b"1", b"2", b"33"]), max_size=8)
HANDS = st.lists(
    st.tuples(st.sampled_from(["write", "remove", "folder", "tree"]), st.sampled_from(PATHS)),
    max_size=3,
)


def _by_hand(site: Path, what: str, path: str) -> None:
    target = site / path
    if what == "remove" and target.is_file():
        target.unlink()
    elif what == "tree":
        shutil.rmtree(target.parent if target.parent != site else target, ignore_errors=True)
    elif not target.exists() and not any(p.is_file() for p in target.parents):
        target.parent.mkdir(parents=True, exist_ok=True)
        if what == "folder":
            target.mkdir()
        else:
            target.write_bytes(b"by hand")
    elif what == "write" and target.is_file():
        target.write_bytes(b"by hand")


@settings(max_examples=80)
@given(st.lists(st.tuples(TREES, HANDS), min_size=2, max_size=4))
def test_after_any_builds_and_hands_the_folder_is_the_tree(
    tmp_path_factory: pytest.TempPathFactory,
    builds: list[tuple[Tree, list[tuple[str, str]]]],
) -> None:
    root = tmp_path_factory.mktemp("root")
    memory = NoMemory()
    for tree, hands in builds:
        _build(root, tree, memory, made={p for p, c in tree.items() if _was(root, p) != c})
        assert _files(root / "site") == tree
        assert list(memory.files.paths()) == sorted(tree)
        time.sleep(0.005)
        for what, path in hands:
            _by_hand(root / "site", what, path)


def _was(root: Path, path: str) -> bytes | None:
    """A file before a build: a unit whose output is another is made."""
    file = root / "site" / path
    return file.read_bytes() if file.is_file() else None
