"""Files are laid for the publisher from any process, and those already published are told."""

import errno
import hashlib
import pickle
from pathlib import Path

import pytest

from site_plugins.build.ports import Laid
from site_plugins.domain.artifacts import Artifact
from site_plugins.tools.tray import Tray, staged_name
from tests.tools.narrow_disk import no_file_beyond


def _tray(tmp_path: Path, *, is_tree: bool = True) -> Tray:
    (tmp_path / "staging").mkdir()
    return Tray(str(tmp_path / "site"), str(tmp_path / "staging"), is_tree=is_tree)


def test_a_new_file_waits_below_staging(tmp_path: Path) -> None:
    tray = _tray(tmp_path)
    for path in ("news/2022/a/index.html", "news/2022/b/index.html", "index.html"):
        laid = tray.lay(Artifact(path, b"page"))
        assert laid == Laid(path, hashlib.sha256(b"page").hexdigest(), True)
        assert (tmp_path / "staging" / path).read_bytes() == b"page"


def test_files_that_wait_by_themselves_need_no_folders(tmp_path: Path) -> None:
    tray = _tray(tmp_path, is_tree=False)
    paths = ("news/2022/a/index.html", "news/2022/b/index.html", "index.html")
    for path in paths:
        assert tray.lay(Artifact(path, path.encode())) == Laid(
            path, hashlib.sha256(path.encode()).hexdigest(), True
        )
    waiting = list((tmp_path / "staging").iterdir())
    assert len(waiting) == len(paths)
    for path in paths:
        assert (tmp_path / "staging" / staged_name(path)).read_bytes() == path.encode()


def test_a_file_that_is_published_already_is_not_laid(tmp_path: Path) -> None:
    tray = _tray(tmp_path)
    published = tmp_path / "site" / "news" / "index.html"
    published.parent.mkdir(parents=True)
    published.write_bytes(b"page")
    assert not tray.lay(Artifact("news/index.html", b"page")).is_new
    assert not (tmp_path / "staging" / "news").exists()
    assert tray.lay(Artifact("news/index.html", b"text")).is_new


def test_what_lies_behind_a_link_is_not_published(tmp_path: Path) -> None:
    tray = _tray(tmp_path)
    (tmp_path / "elsewhere" / "deep").mkdir(parents=True)
    (tmp_path / "elsewhere" / "deep" / "index.html").write_bytes(b"page")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "news").symlink_to(tmp_path / "elsewhere")
    assert tray.lay(Artifact("news/deep/index.html", b"page")).is_new


@pytest.mark.parametrize("is_tree", [True, False])
def test_a_tray_can_be_sent(tmp_path: Path, is_tree: bool) -> None:
    sent: Tray = pickle.loads(pickle.dumps(_tray(tmp_path, is_tree=is_tree)))
    assert sent.lay(Artifact("a/index.html", b"page")).is_new
    waits = "a/index.html" if is_tree else staged_name("a/index.html")
    assert (tmp_path / "staging" / waits).read_bytes() == b"page"


def test_a_file_for_which_there_is_no_room_is_named(tmp_path: Path) -> None:
    tray = _tray(tmp_path)
    with no_file_beyond(1000), pytest.raises(OSError, match="large") as refused:
        tray.lay(Artifact("news/index.html", b"x" * 2000))
    # As it comes from another process.
    error = pickle.loads(pickle.dumps(refused.value))
    assert error.errno == errno.EFBIG
    assert error.filename == str(tmp_path / "staging/news/index.html")


def test_a_site_folder_is_looked_for_when_the_first_file_is_laid(tmp_path: Path) -> None:
    tray = _tray(tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_bytes(b"page")
    assert not tray.lay(Artifact("index.html", b"page")).is_new
