"""How far a build is: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Never

from site_plugins.build.ports import NoProgress, Progress

if TYPE_CHECKING:
    from tqdm import tqdm

_PATIENCE = 0.5  # seconds before a bar appears
_SECONDS = 5.0  # between two lines


def progress_for(*, is_quiet: bool) -> Progress:
    """What suits the place where stderr leads."""
    if is_quiet:
        return NoProgress()
    return Bar() if sys.stderr.isatty() else Lines()


class Lines:
    """Plain lines for logs: nothing of what is done at once, else one every few seconds."""

    def __init__(self) -> None:
        self._name = ""
        self._total = self._done = 0
        self._last = time.monotonic()

    def stage(self, name: str, total: int) -> None:
        """See :class:`~site_plugins.build.ports.Progress`."""
        self._name, self._total, self._done = name, total, 0
        self._last = time.monotonic()

    def step(self, count: int = 1) -> None:
        """See :class:`~site_plugins.build.ports.Progress`."""
        self._done += count
        if time.monotonic() - self._last > _SECONDS:
            self._last = time.monotonic()
            print(f"{self._name}：{self._done}／{self._total}", file=sys.stderr)


class Bar:
    """A bar with stage, count and the time that is left."""

    def __init__(self) -> None:
        self._bar: tqdm[Never] | None = None
        self._name = ""
        self._total = self._done = 0
        self._began = time.monotonic()

    def stage(self, name: str, total: int) -> None:
        """See :class:`~site_plugins.build.ports.Progress`."""
        self._close()
        self._name, self._total, self._done = name, total, 0
        self._began = time.monotonic()

    def step(self, count: int = 1) -> None:
        """See :class:`~site_plugins.build.ports.Progress`."""
        self._done += count
        if self._bar is not None:
            self._bar.update(count)
        elif self._done < self._total and time.monotonic() - self._began > _PATIENCE:
            self._show()
        if self._done >= self._total:
            self._close()

    def _show(self) -> None:
        # Loaded here: most builds are over before a bar is needed.
        from tqdm import tqdm

        tqdm.monitor_interval = 0
        self._bar = tqdm(
            total=self._total,
            initial=self._done,
            desc=self._name,
            bar_format="{desc} {bar:24} {n_fmt}／{total_fmt}，还要 {remaining}",
            leave=False,
            file=sys.stderr,
        )

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
