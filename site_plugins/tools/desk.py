"""The heavy work itself, as another process does it for the workbench.

A process sets up a desk once and goes on with it for every batch that names the same.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from site_plugins.build.packing import PackedSheet, pack_sheet, unpack_draft
from site_plugins.build.ports import Laid, SheetTask, Tray
from site_plugins.build.sheets import ConvertText, make_sheet
from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.settings import Settings
from site_plugins.outputs.pages import Assets, PageMaker, SiteView
from site_plugins.reading.sources import FileAtHand
from site_plugins.tools.markdown_converter import MarkdownConverter, converter_of
from site_plugins.tools.theme_folder import Theme

STOPPING = frozenset({signal.SIGINT, signal.SIGTERM})
"""Signals by which somebody stops a build."""

_OBJECTS = 20_000
"""New objects of a process after which it looks for garbage."""


class Desk(Struct, frozen=True):
    """What a process needs to know for its work; the same desk is set up only once.

    ``notes`` is a folder where each process notes the file that it holds, so that it can be told
    should it die.
    """

    settings: Settings
    theme: tuple[str, ...] = ()
    site: SiteView | None = None
    assets: Assets | None = None
    notes: str = ""
    templates: str = ""
    tray: Tray | None = None


def settle_in() -> None:
    """Make a process ready: it ends with the build that began it, and with nothing else.

    It looks for garbage seldom, and never among what was there before the work: templates leave
    much of it when they are compiled, and nothing else does.
    """
    # At a terminal everybody hears of Ctrl+C; the build tells its processes itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
    threading.Thread(target=_end_with_the_build, daemon=True).start()
    gc.freeze()
    gc.set_threshold(_OBJECTS, 10, 10)
    gc.enable()


def _end_with_the_build() -> None:
    """End when the build is gone, even killed: the lock is held while any of its processes is."""
    # Loaded before the process was begun; a build that begins none need not load it.
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    build = parent_process()
    if build is not None:
        wait([build.sentinel])
        os._exit(1)


class _Place(Struct):
    """The desk as set up in a process."""

    desk: Desk
    note: Any = None
    convert: MarkdownConverter | None = None
    maker: PageMaker | None = None

    def hold(self, path: str) -> None:
        """Note the file that is worked on."""
        if self.note is not None:
            written = path.encode("utf-8", "surrogateescape")
            os.pwrite(self.note, written.ljust(512)[: max(512, len(written))], 0)


_places: dict[bytes, _Place] = {}


def _place(written: bytes) -> _Place:
    place = _places.get(written)
    if place is None:
        import pickle

        if len(_places) > 3:
            _places.clear()
        desk: Desk = pickle.loads(written)  # From our own process, never from a file.
        place = _places[written] = _Place(desk)
        if desk.notes:
            path = Path(desk.notes) / str(os.getpid())
            place.note = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    return place


def make_sheets(written: bytes, tasks: list[SheetTask]) -> list[PackedSheet]:
    """The sheets of some files; ``written`` is the pickled desk, here and below."""
    place = _place(written)
    if place.convert is None:
        place.convert = converter_of(place.desk.settings)
    settings, made = place.desk.settings, []
    for task in tasks:
        place.hold(settings.content_name + task.path)
        made.append(packed_sheet(task, settings, place.convert.convert))
    place.hold("")
    return made


def packed_sheet(task: SheetTask, settings: Settings, convert: ConvertText) -> PackedSheet:
    """The sheet of a file, as bytes."""
    source = FileAtHand(task.path, task.size, lambda: task.content, task.outside)
    return pack_sheet(make_sheet(source, task.around, settings, convert))


def make_pages(written: bytes, jobs: list[tuple[bytes, bytes]]) -> list[Artifact]:
    """The pages of some packed drafts, each with the HTML of its text."""
    return list(_made_pages(_place(written), jobs))


def lay_pages(written: bytes, jobs: list[tuple[bytes, bytes]]) -> list[Laid]:
    """The same, laid on the desk's tray."""
    place = _place(written)
    assert place.desk.tray is not None
    return list(map(place.desk.tray.lay, _made_pages(place, jobs)))


def _made_pages(place: _Place, jobs: list[tuple[bytes, bytes]]) -> Iterator[Artifact]:
    if place.maker is None:
        desk = place.desk
        assert desk.site is not None
        assert desk.assets is not None
        theme = Theme(desk.theme, templates=desk.templates)
        place.maker = PageMaker(theme.render, desk.site, desk.assets)
    for packed, html in jobs:
        draft = unpack_draft(packed)
        place.hold(draft.path)
        yield place.maker.make(draft, html.decode("utf-8"))
    place.hold("")
