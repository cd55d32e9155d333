"""Kills a build at a moment that can be found again: when it touches files for the nth time.

``python -m scripts.sameness.killing N build …`` is ``jianyan build …`` killed at moment N.
"""

import itertools
import os
import signal
import sqlite3
import sys

_TOUCHES = frozenset({"open", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "shutil.rmtree"})


def die_at(moment: int) -> None:
    """Let this process be killed when it opens, renames, makes or removes a file, or sends a
    statement to a database, for the ``moment``-th time. This cannot be taken back."""
    passed = itertools.count(1)

    def pass_by(*_: object) -> None:
        if next(passed) == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if event in _TOUCHES:
            pass_by()
        elif event == "sqlite3.connect/handle":
            database = arguments[0]
            assert isinstance(database, sqlite3.Connection)
            database.set_trace_callback(pass_by)

    sys.addaudithook(hear)


if __name__ == "__main__":
    from site_plugins.cli import main

    die_at(int(sys.argv[1]))
    sys.exit(main(sys.argv[2:]))
