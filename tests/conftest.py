"""What all tests share."""

from __future__ import annotations

from hypothesis import settings

# Time is measured by scripts/bench; a busy machine must not fail a test of laws.
settings.register_profile("without deadline", deadline=None)
settings.load_profile("without deadline")
