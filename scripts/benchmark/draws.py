"""Draws from a seeded source that stay the same on every version of Python.

Only ``random()`` itself is promised to give the same numbers for ever, so nothing else of
:class:`random.Random` is used.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

Draw = Callable[[], float]
"""Gives a number from 0 up to, not including, 1."""

T = TypeVar("T")


def number(draw: Draw, least: int, most: int) -> int:
    """A whole number from least to most, both included."""
    return least + int(draw() * (most - least + 1))


def pick(draw: Draw, items: Sequence[T]) -> T:
    """Any item, each as likely."""
    return items[int(draw() * len(items))]


def pick_early(draw: Draw, items: Sequence[T]) -> T:
    """Any item, the early ones far more often: frequency falls about as one over the rank."""
    return items[int((len(items) + 1) ** draw()) - 1]


def pick_several(draw: Draw, items: Sequence[T], count: int) -> list[T]:
    """Different items, in the order drawn."""
    left = list(items)
    return [left.pop(int(draw() * len(left))) for _ in range(min(count, len(left)))]
