"""Invented place names: the long tail that real texts have and word lists have not."""

import functools
import itertools
import random

from scripts.benchmark.draws import Draw, pick, pick_early
from scripts.benchmark.vocabulary import CLAUSES, ENDINGS, OBJECTS, TOPICS

_PLACES = 30_000
_NOVELTY = 0.35
"""Share of names that are drawn without regard to how common they are."""


@functools.cache
def common_characters() -> str:
    """The 3,755 characters of the first level of GB 2312, in its order."""
    rows = range(0xB0, 0xD8)
    cells = range(0xA1, 0xFF)
    characters = (bytes((row, cell)).decode("gb2312", "ignore") for row in rows for cell in cells)
    return "".join(characters)


@functools.cache
def _places() -> tuple[str, ...]:
    draw = random.Random("places").random
    characters = common_characters()
    return tuple(
        pick(draw, characters) + pick(draw, characters) + pick(draw, ENDINGS)
        for _ in range(_PLACES)
    )


def place(draw: Draw) -> str:
    """An invented place or firm; a few come often, most hardly ever."""
    return pick(draw, _places()) if draw() < _NOVELTY else pick_early(draw, _places())


@functools.cache
def _everyday_characters() -> str:
    """The characters of the word lists, each once, in the order they first come."""
    subjects = itertools.chain.from_iterable(TOPICS.values())
    every = [*TOPICS, *subjects, *OBJECTS, *CLAUSES]
    return "".join(dict.fromkeys("".join(every)))


def coinage(draw: Draw) -> str:
    """A two-character word that no list has, of everyday characters mostly.

    Stands for the open vocabulary of real texts: their character pairs never come to an end.
    """
    rare = draw() < 0.2
    return pick(draw, _everyday_characters()) + pick(
        draw, common_characters() if rare else _everyday_characters()
    )
