"""What a whole process costs: CPU, wall time and the memory of all its children together."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLE_SECONDS = 0.05
RESTS = 20
"""How many times as long as a sample took the next is waited for: of a large process it takes long,
and meanwhile the process may have to wait."""

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost.

    Attributes:
        status: its exit status.
        cpu_seconds: user and system time of the process and all its children.
        wall_seconds: time from start to end.
        peak_memory_mb: highest sum of the proportional set sizes of the process and its
            children seen at any moment, in MB of 1,000,000 bytes; where the system does not
            tell those (it is no Linux), the largest resident size of any one process.
    """

    status: int
    cpu_seconds: float
    wall_seconds: float
    peak_memory_mb: float


def measure(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
) -> Cost:
    """Run a command to its end, its output on stderr, and measure it.

    ``environment`` is added to that of this process.
    """
    start = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr.fileno(),
    )
    watch = _MemoryWatch(process.pid)
    watch.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    watch.stop()
    process.returncode = os.waitstatus_to_exitcode(status)
    # Linux counts ru_maxrss in KiB, macOS in bytes.
    largest = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Cost(
        status=process.returncode,
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        wall_seconds=wall,
        peak_memory_mb=(watch.peak or largest) / 1_000_000,
    )


class _MemoryWatch(threading.Thread):
    """Samples the memory of a process and its children until told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._pid = pid
        self._ended = threading.Event()

    def run(self) -> None:
        pause = SAMPLE_SECONDS
        while not self._ended.wait(pause):
            start = time.monotonic()
            self.peak = max(self.peak, sum(map(_proportional_bytes, _family(self._pid))))
            pause = max(SAMPLE_SECONDS, RESTS * (time.monotonic() - start))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _family(pid: int) -> Iterable[int]:
    """The process and all that descend from it, as far as they still run."""
    yield pid
    for listing in (_PROC / str(pid) / "task").glob("*/children"):
        try:
            children = listing.read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _proportional_bytes(pid: int) -> int:
    """Memory of a process, what it shares counted by its share; 0 when it has ended."""
    try:
        rollup = (_PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    for line in rollup.splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0
