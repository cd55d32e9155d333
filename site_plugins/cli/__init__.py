"""The command ``jianyan``: what editors and operators type."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from types import FrameType


def run() -> None:
    """Run the command of this process and end it.

    What a large build has in memory is kept to its end: it need neither be looked through for
    what nobody holds any longer, nor be taken apart piece by piece before the process ends.
    """
    gc.disable()
    signal.signal(signal.SIGTERM, _terminate)
    status = main()
    # It ends anyway: Ctrl+C in a terminal may be followed by the end that another program wants.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            status = status or 1
    os._exit(status)


class _Terminated(KeyboardInterrupt):
    """Somebody ends the process: what was begun is left tidy, as after Ctrl+C."""


def _terminate(number: int, frame: FrameType | None) -> None:
    raise _Terminated


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; exit status 0 done, 1 refused or faulty, 2 wrong use."""
    _fill_in_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that lacks a character of some title still gets the rest.
            stream.reconfigure(errors="backslashreplace")
    try:
        # Whoever stops the command while it still is loaded need not see where that was.
        from site_plugins.cli.arguments import parse

        arguments = parse(sys.argv[1:] if argv is None else argv)
        module, _, function = arguments.run.partition(":")
        command = getattr(import_module(f"site_plugins.cli.{module}"), function)
        status: int = command(arguments)
    except _Terminated:
        return 128 + signal.SIGTERM
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:
        # The reader of our answer has gone (``| head``); there is nobody left to tell.
        sys.stderr.close()
        return 1
    return status


def _fill_in_closed_streams() -> None:
    """Put the null device in the place of a standard stream that is closed (``2>&-``).

    Else what is meant for one would go to another, and the next file that is opened would take its
    number: whatever a library writes there would get into that file.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # Gets the number: it is the lowest that is free. Programs that we run need it too.
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
