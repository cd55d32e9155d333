"""Options of ``jianyan build`` that MkDocs has no place for: they travel in the environment."""

from __future__ import annotations

import os

JOBS = "JIANYAN_JOBS"
"""How many processes a build may use."""

COMPACT = "JIANYAN_COMPACT"
"""Whether the search index is made anew as a whole: ``1``."""


def jobs_told() -> int | None:
    """What :data:`JOBS` says; None where it says nothing usable."""
    told = os.environ.get(JOBS, "")
    return int(told) if told.isascii() and told.isdigit() and int(told) > 0 else None


def is_compact() -> bool:
    """What :data:`COMPACT` says."""
    return os.environ.get(COMPACT) == "1"
