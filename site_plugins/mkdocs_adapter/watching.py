"""How ``serve`` hears of changes.

MkDocs looks at every file once a second, which for a large site takes longer than the build. The
system itself can tell; where it cannot (a network drive), MkDocs' way stays.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

POLL = "JIANYAN_POLL"
"""Set to ``1``, every file is looked at in turn: for drives whose changes the system misses."""

_OF_FOLDERS: dict[type[FileSystemEvent], type[FileSystemEvent]] = {
    DirCreatedEvent: FileCreatedEvent,
    DirDeletedEvent: FileDeletedEvent,
    DirMovedEvent: FileMovedEvent,
}
"""What MkDocs, which hears of files alone, is told of a folder."""


class _Listener(FileSystemEventHandler):
    """Hands events on to MkDocs' handler: also those of folders, none of what a build writes.

    Of a folder that is moved away the system tells nothing but the folder.
    """

    def __init__(self, handler: FileSystemEventHandler, written: Sequence[str]) -> None:
        self._handler = handler
        self._written = tuple(os.path.join(os.path.abspath(folder), "") for folder in written)

    def dispatch(self, event: FileSystemEvent) -> None:
        """See watchdog's own."""
        paths = [os.fsdecode(path) for path in (event.src_path, event.dest_path) if path]
        if all(os.path.join(path, "").startswith(self._written) for path in paths):
            return
        kind = _OF_FOLDERS.get(type(event), type(event))
        self._handler.dispatch(kind(event.src_path, event.dest_path))


class _Changes(Observer):  # type: ignore[misc, valid-type]
    """Hears of changes alone: a build reads files, and must not be begun by that."""

    def __init__(self, written: Sequence[str]) -> None:
        super().__init__()
        self._written = written

    def schedule(self, event_handler: Any, path: str, **options: Any) -> Any:
        """See watchdog's own."""
        options["event_filter"] = [
            *_OF_FOLDERS,
            FileCreatedEvent,
            FileDeletedEvent,
            FileModifiedEvent,
            FileMovedEvent,
        ]
        return super().schedule(_Listener(event_handler, self._written), path, **options)


def watch_natively(server: LiveReloadServer, written: Sequence[str]) -> None:
    """Put the system's observer in the place of the server's own, with what that watches.

    ``written`` are the folders that a build writes: their changes begin none.
    """
    old: Any = server.observer
    if os.environ.get(POLL) == "1" or not isinstance(old, PollingObserver):
        return
    new: Any = _Changes(written)
    if isinstance(new, PollingObserver):
        return
    # The system goes on watching a folder that was moved away, so that watchdog, when the folder
    # comes back, finds it watched. It puts the same in its place and warns of that.
    warnings.filterwarnings("ignore", r"Callback with id .* already exists", RuntimeWarning)
    watched = dict(server._watched_paths)
    references = dict(server._watch_refs)
    server.observer = new
    server._watched_paths.clear()
    server._watch_refs.clear()
    try:
        for path, count in watched.items():
            for _ in range(count):
                server.watch(path)
    except OSError:
        # The system has run out of watches.
        server.observer = old
        server._watched_paths, server._watch_refs = watched, references
