"""One build of a site at a time: staging folder and journal in its cache are for one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
    import time

    def _hold(file: IO[bytes]) -> None:
        while True:
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                time.sleep(0.1)
            else:
                return
else:
    import fcntl

    def _hold(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)


@contextmanager
def one_build_at_a_time(cache: str) -> Iterator[None]:
    """Wait until no other build of the site runs, and keep others waiting until the block ends.

    The system lets go when the process ends, however it ends.
    """
    folder = Path(cache)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("ab") as file:
        _hold(file)
        yield
