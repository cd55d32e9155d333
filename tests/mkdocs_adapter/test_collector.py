"""The collector of cyclic garbage stands still during a build and goes on after it."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from site_plugins.mkdocs_adapter import collector


class _Ring:
    """Holds itself, so that only the collector frees it."""

    def __init__(self) -> None:
        self.other = self


@pytest.fixture(autouse=True)
def enabled() -> Iterator[None]:
    yield
    gc.enable()


def test_nothing_is_collected_during_a_build() -> None:
    collector.pause()
    assert not gc.isenabled()


@pytest.mark.parametrize("process_lasts", [False, True])
def test_what_a_build_leaves_can_be_collected_later(process_lasts: bool) -> None:
    collector.pause()
    ring = weakref.ref(_Ring())
    collector.resume(process_lasts=process_lasts)
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    gc.collect()
    assert ring() is None


def test_what_was_made_is_not_looked_through_at_once_where_the_process_ends() -> None:
    collector.pause()
    kept = [[number] for number in range(10_000)]
    collector.resume(process_lasts=False)
    assert gc.get_count()[0] < len(kept)


def test_a_collector_that_was_not_paused_is_left_alone() -> None:
    gc.collect()
    young = [[] for _ in range(50)]  # type: ignore[var-annotated]
    before = gc.get_count()[0]
    collector.resume(process_lasts=False)
    assert gc.isenabled()
    assert gc.get_count()[0] >= before > 0
    assert len(young) == 50
