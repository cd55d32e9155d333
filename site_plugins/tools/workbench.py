"""Does the heavy work of a build: here, or in batches in other processes.

Other processes are reached through the standard Executor interface. A batch carries all that its
work needs: bytes of files, drafts of pages, texts; never the site.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakSet

from msgspec.structs import replace

from site_plugins.build.packing import (
    PackedSheet,
    pack_draft,
    unpack_draft,
)
from site_plugins.build.ports import Laid, SheetStore, SheetTask, Tray
from site_plugins.build.sheets import ConvertText
from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.settings import Settings
from site_plugins.outputs.pages import Assets, PageDraft, PageMaker, Renderer, SiteView
from site_plugins.tools.desk import (
    STOPPING,
    Desk,
    lay_pages,
    make_pages,
    make_sheets,
    packed_sheet,
    settle_in,
)
from site_plugins.tools.markdown_converter import MarkdownConverter, converter_of
from site_plugins.tools.spool import Spool
from site_plugins.tools.theme_folder import Theme

if TYPE_CHECKING:
    import tempfile
    from concurrent.futures import Executor, Future

BATCH = 50
"""Files of a batch."""

FEW = 150
"""So many files are done here sooner than other processes have begun."""

_In = TypeVar("_In")
_Sent = TypeVar("_Sent")
_Out = TypeVar("_Out")


class WorkerDied(Exception):
    """A process died while it worked on a file; the exception's text says which, and how."""


class Workbench:
    """See :class:`~site_plugins.build.ports.Bench`.

    Args:
        settings: of the site.
        theme_folders: of the theme.
        jobs: how many processes at most; with 1 all is done here.
        render: a host's way to fill in templates, which only this process has.
        executor: where batches go instead of processes of this machine.
        templates: folder in which compiled templates are remembered.
    """

    def __init__(
        self,
        settings: Settings,
        theme_folders: Sequence[str],
        *,
        jobs: int,
        render: Renderer | None = None,
        executor: Executor | None = None,
        templates: str = "",
    ) -> None:
        self._settings = settings
        self._theme = tuple(theme_folders)
        self._jobs = jobs
        self._render = render
        self._executor = executor
        self._owns = executor is None
        self._templates = templates
        self._notes: tempfile.TemporaryDirectory[str] | None = None
        self._convert: MarkdownConverter | None = None
        self._given: ConvertText | None = None
        self._watched: dict[int, Any] = {}
        self._under_way: WeakSet[Future[Any]] = WeakSet()
        self._spools: list[Spool] = []

    def use_renderer(self, render: Renderer) -> None:
        """Fill in templates with this from now on, in this process."""
        self._render = render

    def use_converter(self, convert: ConvertText) -> None:
        """Convert texts with this from now on, in this process."""
        self._given = convert

    def sheets(self, tasks: Iterable[SheetTask]) -> Iterator[PackedSheet]:
        """See :class:`~site_plugins.build.ports.Bench`."""
        if self._given is not None:
            return (packed_sheet(task, self._settings, self._given) for task in tasks)
        desk = Desk(self._settings)
        return self._spread(desk, tasks, self._sheet, lambda task: task, make_sheets)

    def pages(
        self, site: SiteView, assets: Assets, drafts: Iterable[PageDraft], store: SheetStore
    ) -> Iterator[Artifact]:
        """See :class:`~site_plugins.build.ports.Bench`."""
        return self._pages(site, assets, drafts, store, lambda page: page, make_pages, None)

    def laid_pages(
        self,
        site: SiteView,
        assets: Assets,
        drafts: Iterable[PageDraft],
        store: SheetStore,
        tray: Tray,
    ) -> Iterator[Laid]:
        """See :class:`~site_plugins.build.ports.Bench`."""
        return self._pages(site, assets, drafts, store, tray.lay, lay_pages, tray)

    def _pages(
        self,
        site: SiteView,
        assets: Assets,
        drafts: Iterable[PageDraft],
        store: SheetStore,
        finish: Callable[[Artifact], _Out],
        work: Callable[[bytes, list[tuple[bytes, bytes]]], list[_Out]],
        tray: Tray | None,
    ) -> Iterator[_Out]:
        bare = Assets(assets.css, assets.js)

        def here(draft: PageDraft) -> _Out:
            html = _html(store, draft)
            # Packed here too: what other processes get must not look different by a jot.
            return finish(maker.make(unpack_draft(pack_draft(draft)), html.decode("utf-8")))

        def send(draft: PageDraft) -> tuple[bytes, bytes]:
            return pack_draft(draft), _html(store, draft)

        if self._render is not None:
            maker = PageMaker(self._render, site, bare)
            yield from map(here, drafts)
            return
        desk = Desk(self._settings, self._theme, site, bare, templates=self._templates, tray=tray)
        theme = Theme(self._theme, templates=self._templates)
        maker = PageMaker(theme.render, site, bare)
        yield from self._spread(desk, drafts, here, send, work)

    def spool(self, pieces: Iterable[bytes]) -> Iterable[bytes]:
        """See :class:`~site_plugins.build.ports.Bench`."""
        spool = Spool(str(self._folder() / f"spool-{len(self._spools)}"))
        spool.write(pieces)
        self._spools.append(spool)
        return spool

    def _folder(self) -> Path:
        """A folder for what this bench and its processes note; it goes when the bench closes."""
        if self._notes is None:
            # Loaded here as all that has to do with other processes: an edit needs none of it.
            import tempfile

            self._notes = tempfile.TemporaryDirectory(prefix="jianyan-")
        return Path(self._notes.name)

    def aside(self, work: Callable[[_In], _Out], task: _In) -> Callable[[], _Out]:
        """See :class:`~site_plugins.build.ports.Bench`."""
        if self._jobs == 1 and self._owns:
            return lambda: work(task)
        from concurrent.futures.process import BrokenProcessPool

        try:
            with _undisturbed():
                future = self._start().submit(work, task)
            self._under_way.add(future)
        except BrokenProcessPool:
            raise WorkerDied(self._last_words()) from None

        def wait() -> _Out:
            try:
                return future.result()
            except BrokenProcessPool:
                raise WorkerDied(self._last_words()) from None

        return wait

    def _sheet(self, task: SheetTask) -> PackedSheet:
        if self._convert is None:
            self._convert = converter_of(self._settings)
        return packed_sheet(task, self._settings, self._convert.convert)

    def close(self) -> None:
        """End the other processes, in the middle of their work where nobody waits for it."""
        if self._executor is not None and self._owns:
            if not all(future.done() for future in self._under_way):
                for process in self._watched.values():
                    process.terminate()
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None
        if self._notes is not None:
            self._notes.cleanup()
            self._notes = None

    def _spread(
        self,
        desk: Desk,
        things: Iterable[_In],
        here: Callable[[_In], _Out],
        send: Callable[[_In], _Sent],
        work: Callable[[bytes, list[_Sent]], list[_Out]],
    ) -> Iterator[_Out]:
        """The outcome for each thing, in their order; many are sent to other processes."""
        things = iter(things)
        few = list(islice(things, FEW)) if self._jobs > 1 or not self._owns else []
        more = list(islice(things, 1)) if few else []
        if not more:
            yield from map(here, chain(few, things))
            return
        import pickle
        from concurrent.futures.process import BrokenProcessPool

        waiting: deque[Future[list[_Out]]] = deque()
        try:
            executor = self._start()
            notes = self._notes.name if self._notes is not None else ""
            written = pickle.dumps(replace(desk, notes=notes))
            for batch in _batches(chain(few, more, things)):
                sent = list(map(send, batch))
                with _undisturbed():
                    waiting.append(executor.submit(work, written, sent))
                self._under_way.add(waiting[-1])
                # Where processes are begun one by one, more come with the work.
                self._watched.update(getattr(executor, "_processes", None) or {})
                if len(waiting) > 3 * self._jobs:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool:
            raise WorkerDied(self._last_words()) from None
        finally:
            for future in waiting:
                future.cancel()

    def _start(self) -> Executor:
        if self._executor is None:
            self._folder()
            # Loaded here: an edit needs no other process.
            from concurrent.futures import ProcessPoolExecutor

            self._executor = ProcessPoolExecutor(
                self._jobs, mp_context=_context(), initializer=settle_in
            )
        processes = getattr(self._executor, "_processes", None)
        if self._owns and processes is not None:
            with _undisturbed():
                begun = self._executor.submit(os.getpid)
            # Before it is waited for: a process may die at once.
            self._watched.update(processes)
            begun.result()
            self._watched.update(processes)
        return self._executor

    def _last_words(self) -> str:
        """Which file the process held that died first: the others were ended because of it."""
        assert self._notes is not None
        told: list[str] = []
        ended: list[str] = []
        for process in self._watched.values():
            process.join(2)
            # The pool's own thread may have been told of the end before.
            until = time.monotonic() + 2
            while process.exitcode is None and time.monotonic() < until:
                time.sleep(0.01)
            note = Path(self._notes.name) / str(process.pid)
            if process.exitcode in (0, None) or not note.is_file():
                continue
            held = note.read_text(encoding="utf-8", errors="replace").rstrip()
            # The pool has ended the others so; where all have ended so, somebody else began it.
            is_first = process.exitcode != -signal.SIGTERM
            line = f"{held or '一批稿件'}（{_ending(process.exitcode)}）"
            (told if is_first else ended).append(line)
        return "、".join(told or ended) or "一批稿件"


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let signals wait while a process may be begun: Python loses an interrupt that comes amid
    what it does at a fork. The new process hears signals once it has settled in."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _html(store: SheetStore, draft: PageDraft) -> bytes:
    return store.packed_html(draft.body.path) if draft.body is not None else b""


def _ending(code: int) -> str:
    return f"被信号 {-code} 终止" if code < 0 else f"状态 {code}"


def _batches(things: Iterator[_In]) -> Iterator[list[_In]]:
    while batch := list(islice(things, BATCH)):
        yield batch


def _context() -> Any:
    """Fork where it is safe, for it costs no second start of Python."""
    import multiprocessing

    is_safe = sys.platform.startswith("linux") and threading.active_count() == 1
    return multiprocessing.get_context("fork" if is_safe else "spawn")
