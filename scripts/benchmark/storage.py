"""Where benchmarks keep what they make, and how they part with it.

For minutes after many files were deleted a file system may make new ones slowly: ext4 without a
journal looks at every inode that was freed in the last five minutes before it uses another, which
doubles the CPU time of a build of 20,000 files. So that no build pays for what was there before
it in the same run, nothing is deleted before all is measured; between two runs of a benchmark
of many files wait five minutes.
"""

import shutil
from contextlib import suppress
from itertools import count
from pathlib import Path

from scripts.setup.places import ROOT

BENCH_CACHE = ROOT / ".cache" / "bench"
"""Where the benchmarks' sites are made and kept."""


def put_aside(path: Path) -> None:
    """Take a file or folder away, if it is there; it is deleted by :func:`clear_aside`."""
    aside = BENCH_CACHE / "aside"
    aside.mkdir(parents=True, exist_ok=True)
    free = next(place for place in (aside / str(n) for n in count()) if not place.exists())
    with suppress(FileNotFoundError):
        path.rename(free)


def clear_aside() -> None:
    """Delete what was put aside."""
    shutil.rmtree(BENCH_CACHE / "aside", ignore_errors=True)
