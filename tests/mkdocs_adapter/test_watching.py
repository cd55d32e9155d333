"""What ``serve`` hears of, from the system itself."""

from __future__ import annotations

import shutil
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from mkdocs.livereload import LiveReloadServer

from site_plugins.mkdocs_adapter.watching import watch_natively

pytestmark = pytest.mark.host


class _Heard:
    """Whether a server has heard of a change since it was last asked."""

    def __init__(self, server: LiveReloadServer) -> None:
        self._server = server

    def within(self, seconds: float) -> bool:
        server, until = self._server, time.monotonic() + seconds
        while time.monotonic() < until:
            with server._rebuild_cond:
                if server._want_rebuild:
                    server._want_rebuild = False
                    return True
            time.sleep(0.02)
        return False

    def all(self) -> None:
        """Wait until there is nothing more to hear."""
        assert self.within(10)
        while self.within(0.8):
            pass


@contextmanager
def _listening(content: Path, *written: Path) -> Iterator[_Heard]:
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(content))
    server.watch(str(content))
    watch_natively(server, [str(folder) for folder in written])
    server.observer.start()
    try:
        yield _Heard(server)
    finally:
        server.observer.stop()
        server.observer.join()
        server.server_close()


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A folder with a folder of two files, one of them deeper."""
    folder = tmp_path / "content"
    for name in ("proposals/2023/a.md", "proposals/index.md", "index.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("正文", encoding="utf-8")
    return folder


def test_a_folder_that_goes_and_comes_back_is_heard_of(tmp_path: Path, content: Path) -> None:
    here, elsewhere = content / "proposals", tmp_path / "elsewhere"
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        with _listening(content) as heard:
            here.rename(elsewhere)
            heard.all()
            elsewhere.rename(here)
            heard.all()
            (here / "2023/a.md").write_text("改过", encoding="utf-8")
            heard.all()
            here.rename(content / "motions")
            heard.all()
            shutil.rmtree(content / "motions")
            heard.all()
    assert [str(warning.message) for warning in warned] == []


def test_what_a_build_does_begins_none(content: Path) -> None:
    cache = content / ".cache/jianyan"
    cache.mkdir(parents=True)
    with _listening(content, cache) as heard:
        (cache / "preview").mkdir()
        (cache / "preview/index.html").write_text("甲", encoding="utf-8")
        (cache / "preview").rename(cache / "old")
        shutil.rmtree(cache / "old")
        for file in content.rglob("*.md"):
            file.read_text(encoding="utf-8")
        assert not heard.within(1.5)
        (content / "index.md").write_text("改过", encoding="utf-8")
        assert heard.within(10)
