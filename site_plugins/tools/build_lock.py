"""One build of a site at a time: staging folder and journal in its cache are for one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

WAITING = "这个网站正由另一个进程生成，等它结束……"

if sys.platform == "win32":
    import msvcrt
    import time

    def _hold(file: IO[bytes], say: Callable[[str], None]) -> None:
        is_told = False
        while True:
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                if not is_told:
                    say(WAITING)
                is_told = True
                time.sleep(0.1)
            else:
                return
else:
    import fcntl

    def _hold(file: IO[bytes], say: Callable[[str], None]) -> None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(WAITING)
            fcntl.flock(file, fcntl.LOCK_EX)


@contextmanager
def one_build_at_a_time(cache: str, say: Callable[[str], None]) -> Iterator[None]:
    """Wait until no other build of the site runs, and keep others waiting until the block ends.

    Who has to wait is told why through ``say``.

    The system lets go when the process ends, however it ends.
    """
    folder = Path(cache)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("ab") as file:
        _hold(file, say)
        yield
