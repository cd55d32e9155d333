"""Python's collector of cyclic garbage, kept out of the way of a build.

A build makes millions of objects and keeps nearly all of them to its end. To look through them
again and again meanwhile finds nothing and takes as long as half the build.
"""

from __future__ import annotations

import atexit
import gc


def pause() -> None:
    """Let garbage lie until :func:`resume`."""
    gc.disable()


def resume(*, process_lasts: bool) -> None:
    """Let the collector go on; nothing happens where it was not paused.

    Args:
        process_lasts: other builds follow in this process, which must not keep the former ones.
            Else what was made counts as old at once, and is not looked through before the end.
    """
    if gc.isenabled():
        return
    if not process_lasts:
        gc.freeze()
        gc.unfreeze()
        # Nor need it be taken apart piece by piece when the process ends.
        atexit.unregister(gc.freeze)
        atexit.register(gc.freeze)
    gc.enable()
