"""The site folder becomes exactly the new tree, from whatever it was and wherever it was killed."""

from __future__ import annotations

import errno
import json
import os
import pickle
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_plugins.domain.artifacts import Artifact
from site_plugins.tools.site_folder import Changes, ForeignFolder, SiteFolder

Tree = Mapping[str, bytes]

FIRST: Tree = {
    "index.html": b"home",
    "news/index.html": b"news",
    "news/a/index.html": b"a",
    "build.json": b'{"generator": "Jianyan 0"}',
}
SECOND: Tree = {
    "index.html": b"home",
    "news/index.html": b"news 2",
    "b/index.html": b"b",
    "build.json": b'{"generator": "Jianyan 0"}',
}


class Killed(BaseException):
    """Stands for a process that is killed."""


def _folder(root: Path, *, owned: bool = True) -> SiteFolder:
    return SiteFolder(str(root / "site"), str(root / "cache"), owned=owned)


def _publish(root: Path, tree: Tree, *, owned: bool = True) -> Changes:
    folder = _folder(root, owned=owned).open()
    for path, content in tree.items():
        folder.put(Artifact(path, content))
    folder.commit()
    return folder.changes


def _tree(site: Path) -> dict[str, bytes | str]:
    """Every file and link, and every empty folder."""
    found: dict[str, bytes | str] = {}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_symlink():
            found[name] = "link"
        elif path.is_file():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[name] = "empty folder"
    return found


@contextmanager
def _killed_at(step: int) -> Iterator[Callable[[], int]]:
    """Within, the process is killed before its ``step``-th change of the disk's names."""
    names = ("replace", "unlink", "rmdir", "mkdir")
    real: dict[str, Any] = {name: getattr(os, name) for name in names}
    count = 0

    def counting(name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **more: Any) -> Any:
            nonlocal count
            count += 1
            if count == step:
                raise Killed
            return real[name](*arguments, **more)

        return call

    try:
        for name in names:
            setattr(os, name, counting(name))
        yield lambda: count
    finally:
        for name in names:
            setattr(os, name, real[name])


def test_a_build_into_nothing(tmp_path: Path) -> None:
    changes = _publish(tmp_path, FIRST)
    assert _tree(tmp_path / "site") == FIRST
    assert (changes.written, changes.removed, changes.unchanged) == (sorted(FIRST), [], 0)
    assert os.listdir(tmp_path / "cache") == []


def test_what_is_the_same_is_not_touched(tmp_path: Path) -> None:
    _publish(tmp_path, FIRST)
    site = tmp_path / "site"
    os.utime(site / "index.html", (1, 1))
    changes = _publish(tmp_path, SECOND)
    assert _tree(site) == SECOND
    assert changes.written == ["b/index.html", "news/index.html"]
    assert changes.removed == ["news/a/index.html"]
    assert changes.unchanged == 2
    assert (site / "index.html").stat().st_mtime == 1
    again = _publish(tmp_path, SECOND)
    assert (again.written, again.removed, again.unchanged) == ([], [], 4)


def _damaged(site: Path) -> None:
    (site / "index.html").write_bytes(b"HOME")
    (site / "news/index.html").unlink()
    (site / "news/index.html").mkdir()
    (site / "news/index.html/x").write_bytes(b"x")
    (site / "extra/deep").mkdir(parents=True)
    (site / "extra/deep/file").write_bytes(b"x")
    (site / "empty/empty").mkdir(parents=True)
    (site / "b").write_bytes(b"a file where a folder must be")
    (site / "link").symlink_to("/etc")
    os.close(os.open(os.fsencode(site) + b"/\xb8\xbd\xbc\xfe", os.O_CREAT))


def test_a_folder_touched_by_hand_is_repaired(tmp_path: Path) -> None:
    _publish(tmp_path, FIRST)
    _damaged(tmp_path / "site")
    changes = _publish(tmp_path, SECOND)
    assert _tree(tmp_path / "site") == SECOND
    json.dumps(changes.removed).encode()


def test_empty_folders_go_even_if_nothing_else_changes(tmp_path: Path) -> None:
    _publish(tmp_path, FIRST)
    (tmp_path / "site/empty/empty").mkdir(parents=True)
    _publish(tmp_path, FIRST)
    assert _tree(tmp_path / "site") == FIRST


def test_a_link_in_the_folder_is_never_followed(tmp_path: Path) -> None:
    _publish(tmp_path, FIRST)
    site, outside = tmp_path / "site", tmp_path / "outside"
    (site / "news").rename(outside)
    (site / "news").symlink_to(outside)
    (site / "index.html").unlink()
    (site / "index.html").symlink_to(outside / "index.html")
    before = _tree(outside)
    _publish(tmp_path, FIRST)
    assert _tree(site) == FIRST
    assert not (site / "news").is_symlink()
    assert _tree(outside) == before


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "www")
    _publish(tmp_path, FIRST)
    _publish(tmp_path, SECOND)
    assert (tmp_path / "site").is_symlink()
    assert _tree(tmp_path / "www") == SECOND


def test_what_is_hidden_at_the_top_stays(tmp_path: Path) -> None:
    (tmp_path / "site/.git").mkdir(parents=True)
    (tmp_path / "site/.git/HEAD").write_bytes(b"ref")
    (tmp_path / "site/.htaccess").write_bytes(b"x")
    _publish(tmp_path, FIRST)
    hidden = {".git/HEAD": b"ref", ".htaccess": b"x"}
    assert _tree(tmp_path / "site") == {**FIRST, **hidden}


@pytest.mark.parametrize(
    "there",
    [
        {"thesis.doc": b"x"},
        {"build.json": b'{"scripts": {}}'},
        {"build.json": b'{"generator": "webpack"}'},
        {"build.json": b"[]"},
        {"build.json": b"\xff"},
    ],
)
def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, there: Tree) -> None:
    site = tmp_path / "site"
    site.mkdir()
    for path, content in there.items():
        (site / path).write_bytes(content)
    with pytest.raises(ForeignFolder):
        _publish(tmp_path, FIRST, owned=False)
    assert _tree(site) == there
    _publish(tmp_path, FIRST, owned=True)
    assert _tree(site) == FIRST


def test_a_file_in_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "site").write_bytes(b"thesis")
    with pytest.raises(ForeignFolder):
        _publish(tmp_path, FIRST, owned=False)
    assert (tmp_path / "site").read_bytes() == b"thesis"


def test_a_former_build_and_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    _publish(tmp_path, FIRST, owned=False)
    _publish(tmp_path, SECOND, owned=False)
    assert _tree(tmp_path / "site") == SECOND


@pytest.mark.parametrize(
    "journal",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b"null",
        b'{"folder": 1, "staging": "s", "removed": [], "written": []}',
        b'{"folder": "x", "staging": "s", "removed": [1], "written": []}',
        b"\xff",
    ],
)
def test_a_damaged_journal_does_not_stop_a_build(tmp_path: Path, journal: bytes) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache/journal.json").write_bytes(journal)
    _publish(tmp_path, FIRST)
    assert _tree(tmp_path / "site") == FIRST


@pytest.mark.parametrize("staging", ["s", "..", ".", "", "s/t", "link"])
def test_a_journal_leads_nowhere_else(tmp_path: Path, staging: str) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(b"x")
    others = tmp_path / "others"
    others.mkdir()
    (others / "letter").write_bytes(b"x")
    cache = tmp_path / "cache"
    (cache / "staging").mkdir(parents=True)
    (cache / "staging/link").symlink_to(others)
    plan = {
        "folder": str(tmp_path / "site"),
        "staging": staging,
        "removed": ["../precious", str(precious)],
        "written": ["../precious", "letter", "journal.json"],
    }
    (cache / "journal.json").write_text(json.dumps(plan))
    _folder(tmp_path).open()
    assert not (tmp_path / "site/letter").exists()
    assert not (tmp_path / "site/journal.json").exists()
    _publish(tmp_path, FIRST)
    assert precious.read_bytes() == b"x"
    assert _tree(others) == {"letter": b"x"}


def _left_half_done(root: Path) -> None:
    """A site whose second build was killed in the middle of its commit."""
    _publish(root, FIRST)
    with _killed_at(9), pytest.raises(Killed):
        _publish(root, SECOND)
    assert (root / "cache/journal.json").exists()
    assert _tree(root / "site") not in (FIRST, SECOND)


def test_a_copy_of_a_half_done_site_never_touches_the_original(tmp_path: Path) -> None:
    original, copy = tmp_path / "original", tmp_path / "copy"
    original.mkdir()
    _left_half_done(original)
    before = _tree(original / "site")
    shutil.copytree(original, copy)
    _publish(copy, FIRST)
    assert (_tree(copy / "site"), _tree(original / "site")) == (FIRST, before)
    assert os.listdir(copy / "cache") == []
    _folder(original).open()
    assert _tree(original / "site") == SECOND


def test_a_moved_site_that_was_half_done_is_made_whole(tmp_path: Path) -> None:
    there, moved = tmp_path / "there", tmp_path / "moved"
    there.mkdir()
    _left_half_done(there)
    there.rename(moved)
    _publish(moved, SECOND)
    assert _tree(moved / "site") == SECOND
    assert not there.exists()


@pytest.mark.parametrize("disk", ["the same", "another"])
def test_a_folder_left_half_done_is_repaired_by_its_own_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disk: str
) -> None:
    """Builds of other folders may come between; it is known as a build whenever it was left."""
    if disk == "another":
        _on_another_disk(monkeypatch)
    for step in range(1, 200):
        root = tmp_path / str(step)
        # Behind a link the tree is not moved as a whole.
        (root / "www").mkdir(parents=True)
        (root / "site").symlink_to(root / "www")
        with _killed_at(step) as count:
            try:
                _publish(root, FIRST, owned=False)
            except Killed:
                pass
            else:
                assert count() < step
                break
        left = _tree(root / "www")
        other = SiteFolder(str(root / "other"), str(root / "cache"), owned=False).open()
        other.put(Artifact("index.html", b"other"))
        other.commit()
        assert _tree(root / "other") == {"index.html": b"other"}
        assert _tree(root / "www") == left
        assert os.listdir(root / "cache") == []
        _publish(root, SECOND, owned=False)
        assert _tree(root / "www") == SECOND
    else:
        raise AssertionError("the build has no end")


def test_a_folder_of_somebody_else_is_left_alone_whatever_the_journal_says(tmp_path: Path) -> None:
    _left_half_done(tmp_path)
    site = tmp_path / "site"
    shutil.rmtree(site)
    site.mkdir()
    (site / "index.html").write_bytes(b"thesis")
    with pytest.raises(ForeignFolder):
        _publish(tmp_path, FIRST, owned=False)
    assert _tree(site) == {"index.html": b"thesis"}


def _on_another_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.replace

    def replace(source: Any, target: Any) -> None:
        if "staging" in str(source):
            raise OSError(errno.EXDEV, "another disk")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)


def test_another_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _on_another_disk(monkeypatch)
    _publish(tmp_path, FIRST)
    _publish(tmp_path, SECOND)
    assert _tree(tmp_path / "site") == SECOND


def test_a_build_that_breaks_off_while_it_renders_changes_nothing(tmp_path: Path) -> None:
    _publish(tmp_path, FIRST)
    folder = _folder(tmp_path).open()
    folder.put(Artifact("index.html", b"half"))
    assert _tree(tmp_path / "site") == FIRST
    _publish(tmp_path, SECOND)
    assert _tree(tmp_path / "site") == SECOND


def test_a_folder_that_goes_or_comes_while_a_build_goes_on(tmp_path: Path) -> None:
    _publish(tmp_path, {"build.json": FIRST["build.json"]})
    folder = _folder(tmp_path).open()
    for path, content in FIRST.items():
        folder.put(Artifact(path, content + b" "))
    shutil.rmtree(tmp_path / "site")
    folder.commit()
    assert _tree(tmp_path / "site") == {path: content + b" " for path, content in FIRST.items()}
    shutil.rmtree(tmp_path / "site")
    folder = _folder(tmp_path).open()
    for path, content in SECOND.items():
        folder.put(Artifact(path, content))
    _make(tmp_path / "site", {"news/index.html": "hand", "stray/a.html": "hand"})
    folder.commit()
    assert _tree(tmp_path / "site") == SECOND
    assert os.listdir(tmp_path / "cache") == []


def test_what_a_killed_build_goes_on_laying_never_gets_into_the_next(tmp_path: Path) -> None:
    killed = _folder(tmp_path).open()
    killed.put(Artifact("index.html", b"old"))
    # As a process has it that outlives the build.
    stray = pickle.loads(pickle.dumps(killed.tray))
    folder = _folder(tmp_path).open()
    for path in ("index.html", "news/index.html"):
        with suppress(OSError):
            stray.lay(Artifact(path, b"old"))
    for path, content in FIRST.items():
        folder.put(Artifact(path, content))
    with suppress(OSError):
        stray.lay(Artifact("index.html", b"old"))
    folder.commit()
    assert _tree(tmp_path / "site") == FIRST
    assert os.listdir(tmp_path / "cache") == []


def test_a_build_killed_anywhere_is_completed_by_the_next(tmp_path: Path) -> None:
    for step in range(1, 200):
        root = tmp_path / str(step)
        root.mkdir()
        _publish(root, FIRST)
        with _killed_at(step) as count:
            try:
                _publish(root, SECOND)
            except Killed:
                pass
            else:
                assert count() < step
                break
        killed = _tree(root / "site")
        if not (root / "cache/journal.json").exists():
            assert killed in (FIRST, SECOND)
        else:
            # Every file is an old or a new one, never half of one.
            files = {p: c for p, c in killed.items() if c != "empty folder"}
            assert all(content in (FIRST.get(p), SECOND.get(p)) for p, content in files.items())
            _folder(root).open()
            assert _tree(root / "site") == SECOND
        _publish(root, SECOND)
        assert _tree(root / "site") == SECOND
    else:
        raise AssertionError("the build has no end")


NAMES = st.sampled_from(["a", "b", "c.html"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)


def _is_possible(tree: Tree) -> bool:
    """Whether no file stands where a folder must be."""
    return not any(other.startswith(path + "/") for path in tree for other in tree)


TREES = st.dictionaries(PATHS, st.sampled_from([b"", b"1", b"22"]), max_size=5).filter(_is_possible)
KINDS = st.sampled_from(["file", "folder", "link", "link to a folder"])


def _make(site: Path, things: Mapping[str, str]) -> None:
    for name, kind in things.items():
        path = site / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if kind == "file":
                path.write_bytes(b"1")
            elif kind == "folder":
                path.mkdir()
            else:
                path.symlink_to("/etc" if kind == "link to a folder" else "nowhere")
        except OSError:
            pass  # something of another kind is there already


@settings(max_examples=60)
@given(TREES, st.dictionaries(PATHS, KINDS, max_size=4), st.integers(1, 30), TREES)
def test_any_folder_becomes_the_tree(
    before: Tree, things: dict[str, str], step: int, tree: Tree
) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        _publish(root, before)
        _make(root / "site", things)
        with _killed_at(step), suppress(Killed):
            _publish(root, tree)
        _publish(root, tree)
        assert _tree(root / "site") == tree
