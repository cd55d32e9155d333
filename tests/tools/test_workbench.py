"""Work in other processes: the same bytes as here, in order; who dies is told with his file."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from site_plugins.build.packing import PackedSheet
from site_plugins.build.ports import SheetTask
from site_plugins.domain.settings import Settings
from site_plugins.outputs.pages import Assets, page_units
from site_plugins.reading.markdown_file import Surroundings
from site_plugins.tools.theme_folder import packaged_theme
from site_plugins.tools.tray import Tray
from site_plugins.tools.without_cache import SheetsInMemory
from site_plugins.tools.workbench import FEW, Workbench, WorkerDied
from tests.site_in_memory import Files, column, convert, prepared_of, record
from tests.site_in_memory import settings as site_settings

AROUND = Surroundings(holder="column", folder="news", title="要闻", holds=("article",))
MANY = FEW + 60
THEME = [str(packaged_theme())]


def _tasks(count: int, words: Mapping[int, str] | None = None) -> list[SheetTask]:
    tasks = []
    for n in range(count):
        text = f"## 标题\n\n正文{n}，见[前一篇]({n - 1:04}.md)。\n\n{(words or {}).get(n, '')}\n"
        content = record(f"稿{n}", text=text).encode("utf-8")
        tasks.append(SheetTask(f"news/{n:04}.md", content, AROUND, len(content)))
    return tasks


def _sheets(
    tasks: list[SheetTask], jobs: int, settings: Settings | None = None, **more: Any
) -> list[PackedSheet]:
    with closing(Workbench(settings or site_settings(), (), jobs=jobs, **more)) as bench:
        return list(bench.sheets(iter(tasks)))


@pytest.mark.parametrize("count", [0, 3, FEW, FEW + 1, MANY])
@pytest.mark.parametrize("jobs", [2, 3])
def test_sheets_are_the_same_whoever_makes_them(jobs: int, count: int) -> None:
    tasks = _tasks(count, {1: "<script>alert(1)</script>", 2: "---\n[x](javascript:y)"})
    assert _sheets(tasks, jobs) == _sheets(tasks, 1)


def test_sheets_are_the_same_where_processes_begin_anew() -> None:
    """With another thread there is no fork."""
    tasks = _tasks(MANY)
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert _sheets(tasks, 2) == _sheets(tasks, 1)
    finally:
        done.set()
        other.join()


def test_batches_go_to_any_executor() -> None:
    tasks = _tasks(MANY)
    with ThreadPoolExecutor(1) as executor:
        assert _sheets(tasks, 1, executor=executor) == _sheets(tasks, 1)
        # It is not ours to shut down.
        assert executor.submit(lambda: 1).result() == 1


def test_a_given_converter_is_used_in_this_process_alone() -> None:
    seen: list[int] = []

    def given(markdown: str, path: str) -> Any:
        seen.append(os.getpid())
        return convert(markdown, path)

    with closing(Workbench(site_settings(), (), jobs=3)) as bench:
        bench.use_converter(given)
        assert len(list(bench.sheets(_tasks(MANY)))) == MANY
    assert seen == [os.getpid()] * MANY


FILES: Files = {
    "news/index.md": column("要闻"),
    "about.md": "# 关于\n\n[甲](news/0001.md)\n",
    **{
        f"news/{n:04}.md": record(
            f"稿{n}", f"2022-0{n % 9 + 1}-18", tags="[园]", text=f"见[前]({n - 1:04}.md)。"
        )
        for n in range(MANY)
    },
}


@pytest.fixture(scope="module")
def pages_here() -> dict[str, bytes]:
    return _pages(1)


def _pages(
    jobs: int,
    change: Callable[[Workbench], None] = lambda bench: None,
    staging: Path | None = None,
    **more: Any,
) -> dict[str, bytes]:
    prepared = prepared_of(FILES)
    edition = prepared.edition
    site_view, units = page_units(edition)
    drafts = (draft() for _, draft in units)
    store = SheetsInMemory()
    with closing(Workbench(site_settings(), THEME, jobs=jobs, **more)) as bench:
        for task in _tasks(MANY):
            store.keep(task.path, "", 0, next(iter(bench.sheets([task]))))
        change(bench)
        assets = Assets("assets/a.css", "assets/a.js")
        if staging is None:
            pages = bench.pages(site_view, assets, drafts, store)
            return {page.path: page.content for page in pages}
        staging.mkdir()
        tray = Tray(str(staging / "none"), str(staging), is_tree=True)
        laid = list(bench.laid_pages(site_view, assets, drafts, store, tray))
        return {each.path: (staging / each.path).read_bytes() for each in laid}


@pytest.mark.parametrize("jobs", [2, 3])
def test_pages_are_the_same_whoever_makes_them(
    pages_here: dict[str, bytes], jobs: int, tmp_path: Path
) -> None:
    assert len(pages_here) > MANY
    assert "正文7" in pages_here["news/0007/index.html"].decode()
    assert _pages(jobs) == pages_here
    for _ in range(2):
        # Once compiled templates are written, once they are read.
        assert _pages(jobs, templates=str(tmp_path)) == pages_here


@pytest.mark.parametrize("jobs", [1, 2])
def test_pages_are_laid_where_they_are_made(
    pages_here: dict[str, bytes], jobs: int, tmp_path: Path
) -> None:
    assert _pages(jobs, staging=tmp_path / "staging") == pages_here


def test_a_given_renderer_is_used_in_this_process_alone() -> None:
    seen: list[int] = []

    def render(template: str, context: Mapping[str, Any]) -> str:
        seen.append(os.getpid())
        return template

    pages = _pages(3, lambda bench: bench.use_renderer(render))
    assert pages["404.html"] == b"layouts/404.html"
    assert set(seen) == {os.getpid()}


# --- processes that die


class Deadly(Extension):
    """A Markdown extension that kills its process at some words, as a fault in C code may."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.register(_Kill(md), "kill", 100)


class _Kill(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        for line in lines:
            if line.startswith("DIE BY SIGNAL"):
                os.kill(os.getpid(), signal.SIGKILL)
            if line.startswith("DIE BY REQUEST"):
                os.kill(os.getpid(), signal.SIGTERM)
            if line.startswith("DIE BY EXIT"):
                os._exit(3)
        return lines


DEADLY = site_settings(extensions=(f"{__name__}:Deadly",))


@pytest.mark.parametrize(
    ("words", "ending"), [("DIE BY SIGNAL", "被信号 9 终止"), ("DIE BY EXIT", "状态 3")]
)
@pytest.mark.parametrize("at", [0, 77, MANY - 1])
def test_a_process_that_dies_is_told_with_the_file_it_held(
    words: str, ending: str, at: int
) -> None:
    tasks = _tasks(MANY, {at: words})
    with pytest.raises(WorkerDied) as told:
        _sheets(tasks, 2, DEADLY)
    assert str(told.value) == f"content/news/{at:04}.md（{ending}）"


def test_a_process_that_somebody_ends_is_told_among_those_that_end_with_it() -> None:
    with pytest.raises(WorkerDied) as told:
        _sheets(_tasks(MANY, {77: "DIE BY REQUEST"}), 2, DEADLY)
    assert "content/news/0077.md（被信号 15 终止）" in str(told.value)


def test_work_that_nobody_waits_for_is_ended() -> None:
    bench = Workbench(site_settings(), (), jobs=2)
    bench.aside(time.sleep, 600)
    started = time.monotonic()
    bench.close()
    assert time.monotonic() - started < 60


def test_a_process_that_dies_where_processes_begin_anew_is_told_too() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        with pytest.raises(WorkerDied) as told:
            _sheets(_tasks(MANY, {120: "DIE BY SIGNAL"}), 2, DEADLY)
    finally:
        done.set()
        other.join()
    assert str(told.value) == "content/news/0120.md（被信号 9 终止）"


def test_after_a_death_nothing_is_left_behind() -> None:
    bench = Workbench(DEADLY, (), jobs=2)
    with pytest.raises(WorkerDied):
        list(bench.sheets(_tasks(MANY, {5: "DIE BY SIGNAL"})))
    notes = bench._notes
    assert notes is not None
    bench.close()
    assert not Path(notes.name).exists()


def _answer(task: int) -> tuple[int, int]:
    return os.getpid(), task + 1


def _die(task: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return task


def test_work_aside_is_done_elsewhere_and_here_with_one_job() -> None:
    with closing(Workbench(site_settings(), (), jobs=1)) as bench:
        assert bench.aside(_answer, 1)() == (os.getpid(), 2)
    with closing(Workbench(site_settings(), (), jobs=2)) as bench:
        process, answer = bench.aside(_answer, 1)()
        assert answer == 2
        assert process != os.getpid()


def test_a_death_aside_is_told() -> None:
    with closing(Workbench(site_settings(), (), jobs=2)) as bench:
        wait = bench.aside(_die, 1)
        with pytest.raises(WorkerDied):
            wait()


def _lazy(count: int, taken: list[int]) -> Iterator[SheetTask]:
    for n, task in enumerate(_tasks(count)):
        taken.append(n)
        yield task


def test_not_all_of_a_large_site_is_read_at_once() -> None:
    taken: list[int] = []
    with closing(Workbench(site_settings(), (), jobs=2)) as bench:
        sheets = bench.sheets(_lazy(1200, taken))
        next(sheets)
        assert len(taken) < 600
        assert len(list(sheets)) == 1199
