"""Tea gardens: clipped rows that follow a slope."""

from __future__ import annotations

import math
from collections.abc import Callable

from scripts.pictures.canvas import Canvas, Wash
from scripts.pictures.geometry import Line, along, below, noise, ribbon
from scripts.pictures.palette import DAI, RGB, TEA, mix

Slope = Callable[[float], float]


def tea_fold(
    canvas: Canvas,
    slope: Slope,
    paints: tuple[RGB, RGB],
    rows: int,
    gap: float,
    seed: int,
    tilt: float = -0.006,
) -> None:
    """A hillside below the line `slope` with its rows, `gap` apart at the crest.

    `paints` are the ground and the bushes; each row is a string of rounded bushes with a lit
    upper side. `tilt` turns the lower rows a little, as the ground turns towards the viewer.
    """
    crest = along(slope, -20, canvas.width + 20, 10)
    bottom = float(canvas.height)
    top = min(y for _, y in crest)
    ground = Wash(paints[0], mix(paints[0], DAI[1], 0.5), min(top, 380), bottom)
    canvas.fill(below(crest, bottom), ground)
    light, dark = mix(paints[0], TEA[2], 0.28), paints[1]
    with canvas.clip(below(crest, bottom)):
        for row in range(rows):
            width = gap * (0.52 + row * 0.028)
            line = _row(canvas, slope, row, gap, tilt)
            canvas.fill(_hedge(line, width * 1.15, seed + row), dark)
            lifted = [(x, y - width * 0.24) for x, y in line]
            canvas.fill(_hedge(lifted, width * 0.5, seed + row), light, 0.55)


def _row(canvas: Canvas, slope: Slope, row: int, gap: float, tilt: float) -> Line:
    fall = gap * 0.75 + row * gap * (1 + row * 0.085)
    middle = canvas.width / 2
    # Lower rows flatten out: the eye looks down on them.
    flat = min(1.0, row * 0.012)
    level = slope(middle)

    def height(x: float) -> float:
        shape = slope(x) * (1 - flat) + level * flat
        return shape + fall + (x - middle) * tilt * row

    return along(height, -30, canvas.width + 30, gap * 0.45)


def _hedge(line: Line, width: float, seed: int) -> Line:
    bumps = len(line)

    def across(t: float) -> float:
        step = t * bumps
        return width * (0.82 + 0.26 * abs(math.sin(step * 0.9)) + 0.14 * noise(seed, step * 0.21))

    return ribbon(line, across)
