"""What all tests share."""

from __future__ import annotations

import pytest
from hypothesis import settings

# Time is measured by scripts/bench; a busy machine must not fail a test of laws.
settings.register_profile("without deadline", deadline=None)
settings.load_profile("without deadline")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests in browsers come last: other tests that run aside have ended by then, and a browser
    wants both processors."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
