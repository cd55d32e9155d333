"""How ``serve`` hears of changes.

MkDocs looks at every file once a second, which for a large site takes longer than the build. The
system itself can tell; where it cannot (a network drive), MkDocs' way stays.
"""

from __future__ import annotations

import os
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
)
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

POLL = "JIANYAN_POLL"
"""Set to ``1``, every file is looked at in turn: for drives whose changes the system misses."""


class _Changes(Observer):  # type: ignore[misc, valid-type]
    """Hears of changes alone: a build reads files, and must not be begun by that."""

    def schedule(self, event_handler: Any, path: str, **options: Any) -> Any:
        """See watchdog's own."""
        options["event_filter"] = [
            FileCreatedEvent,
            FileDeletedEvent,
            FileModifiedEvent,
            FileMovedEvent,
        ]
        return super().schedule(event_handler, path, **options)


def watch_natively(server: LiveReloadServer) -> None:
    """Put the system's observer in the place of the server's own, with what that watches."""
    old: Any = server.observer
    if os.environ.get(POLL) == "1" or not isinstance(old, PollingObserver):
        return
    new: Any = _Changes()
    if isinstance(new, PollingObserver):
        return
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
