"""Points and lines: curves, ridges and outlines, in picture units, the origin at the top left."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

Point = tuple[float, float]
Line = list[Point]

TABLE = 256


@lru_cache(maxsize=512)
def _table(seed: int) -> tuple[float, ...]:
    source = random.Random(seed)
    return tuple(source.random() * 2.0 - 1.0 for _ in range(TABLE))


def noise(seed: int, x: float) -> float:
    """Smooth value noise between -1 and 1, the same for the same seed and x."""
    table = _table(seed)
    cell = math.floor(x)
    t = x - cell
    t = t * t * (3.0 - 2.0 * t)
    return table[cell % TABLE] * (1.0 - t) + table[(cell + 1) % TABLE] * t


def fractal(seed: int, x: float, octaves: int = 4, gain: float = 0.5) -> float:
    """Several octaves of noise, each twice as fine and `gain` times as strong; about -1 to 1."""
    total, strength, weight = 0.0, 1.0, 0.0
    for octave in range(octaves):
        total += noise(seed + 101 * octave, x * 2**octave) * strength
        weight += strength
        strength *= gain
    return total / weight


def lerp(a: float, b: float, t: float) -> float:
    """The number t of the way from a to b."""
    return a + (b - a) * t


def along(function: Callable[[float], float], x0: float, x1: float, step: float = 6.0) -> Line:
    """The graph of a function of x from x0 to x1."""
    count = max(2, math.ceil((x1 - x0) / step))
    xs = [lerp(x0, x1, i / count) for i in range(count + 1)]
    return [(x, function(x)) for x in xs]


def ridge(
    seed: int,
    y: float,
    height: float,
    length: float = 420.0,
    *,
    rough: float = 0.5,
    sharp: float = 0.0,
    x0: float = -20.0,
    x1: float = 1620.0,
) -> Line:
    """The crest of a range of hills.

    `height` is the most it rises above y, `length` the width of a hill, `rough` the strength of
    the finer shapes, `sharp` (0 to 1) how far round hills become peaks.
    """

    def crest(x: float) -> float:
        swell = max(0.0, 0.5 + 0.85 * fractal(seed, x / length, 5, rough))
        # Ridged noise has creases where plain noise crosses zero: they become the peaks.
        crease = 1.0 - abs(fractal(seed + 11, x / length * 1.35, 4, rough)) * 1.9
        return y - height * swell * lerp(1.0, 0.35 + 0.75 * max(0.0, crease), sharp)

    return along(crest, x0, x1)


def below(line: Sequence[Point], bottom: float) -> Line:
    """The area between a line that runs from left to right and a level below it."""
    return [*line, (line[-1][0], bottom), (line[0][0], bottom)]


def between(upper: Sequence[Point], lower: Sequence[Point]) -> Line:
    """The area between two lines that both run from left to right."""
    return [*upper, *reversed(lower)]


def smooth(points: Sequence[Point], per: int = 14, *, closed: bool = False) -> Line:
    """A Catmull-Rom curve through the points, `per` steps to each span."""
    if closed:
        nodes = [points[-1], *points, points[0], points[1]]
    else:
        nodes = [points[0], *points, points[-1]]
    curve: Line = []
    for i in range(1, len(nodes) - 2):
        a, b, c, d = nodes[i - 1 : i + 3]
        curve.extend(_span(a, b, c, d, k / per) for k in range(per))
    if not closed:
        curve.append(points[-1])
    return curve


def _span(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    def axis(i: int) -> float:
        return 0.5 * (
            2 * b[i]
            + (c[i] - a[i]) * t
            + (2 * a[i] - 5 * b[i] + 4 * c[i] - d[i]) * t * t
            + (3 * b[i] - a[i] - 3 * c[i] + d[i]) * t**3
        )

    return axis(0), axis(1)


def bow(start: Point, control: Point, end: Point, count: int = 24) -> Line:
    """A quadratic curve."""
    line: Line = []
    for i in range(count + 1):
        t = i / count
        s = 1.0 - t
        line.append(
            (
                s * s * start[0] + 2 * s * t * control[0] + t * t * end[0],
                s * s * start[1] + 2 * s * t * control[1] + t * t * end[1],
            )
        )
    return line


def rect(x: float, y: float, width: float, height: float) -> Line:
    """A rectangle by its upper left corner and size."""
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def arc(cx: float, cy: float, rx: float, ry: float, a0: float, a1: float, count: int = 40) -> Line:
    """Part of an ellipse from angle a0 to a1 in degrees, clockwise from the right."""
    line: Line = []
    for i in range(count + 1):
        angle = math.radians(lerp(a0, a1, i / count))
        line.append((cx + rx * math.cos(angle), cy + ry * math.sin(angle)))
    return line


def oval(cx: float, cy: float, rx: float, ry: float | None = None, turn: float = 0.0) -> Line:
    """An ellipse, turned by `turn` degrees."""
    outline = arc(cx, cy, rx, rx if ry is None else ry, 0, 360, 72)[:-1]
    return rotate(outline, (cx, cy), turn) if turn else outline


def blob(
    seed: int, cx: float, cy: float, rx: float, ry: float, wobble: float = 0.12, lobes: float = 3
) -> Line:
    """A soft closed outline, such as the crown of a tree; `lobes` is how often its edge swells."""
    outline: Line = []
    for i in range(90):
        angle = math.tau * i / 90
        # Noise on a circle joins without a seam.
        swell = fractal(seed, 40 + lobes * math.cos(angle), 2, 0.34) + fractal(
            seed + 7, 40 + lobes * math.sin(angle), 2, 0.34
        )
        r = 1.0 + wobble * swell
        outline.append((cx + rx * r * math.cos(angle), cy + ry * r * math.sin(angle)))
    return outline


def rotate(points: Iterable[Point], centre: Point, degrees: float) -> Line:
    """The points turned clockwise about a centre."""
    angle = math.radians(degrees)
    c, s = math.cos(angle), math.sin(angle)
    cx, cy = centre
    return [(cx + (x - cx) * c - (y - cy) * s, cy + (x - cx) * s + (y - cy) * c) for x, y in points]


def shift(points: Iterable[Point], dx: float, dy: float) -> Line:
    """The points moved by (dx, dy)."""
    return [(x + dx, y + dy) for x, y in points]


def place(
    points: Iterable[Point], x: float, y: float, size: float = 1.0, *, flip: bool = False
) -> Line:
    """A shape drawn about the origin, set down at (x, y); `flip` mirrors it left to right."""
    sign = -size if flip else size
    return [(x + px * sign, y + py * size) for px, py in points]


def ribbon(line: Sequence[Point], width: Callable[[float], float]) -> Line:
    """The outline of a brush stroke along a line; `width` gives its width for 0 (start) to 1."""
    left: Line = []
    right: Line = []
    last = len(line) - 1
    for i, (x, y) in enumerate(line):
        ax, ay = line[max(0, i - 1)]
        bx, by = line[min(last, i + 1)]
        length = math.hypot(bx - ax, by - ay) or 1.0
        nx, ny = -(by - ay) / length, (bx - ax) / length
        half = width(i / last) / 2.0
        left.append((x + nx * half, y + ny * half))
        right.append((x - nx * half, y - ny * half))
    return [*left, *reversed(right)]


def lens(width: float, power: float, least: float = 0.0) -> Callable[[float], float]:
    """The widths of a stroke that swells to its middle; a higher power keeps it broad longer."""
    return lambda t: width * (1 - abs(2 * t - 1) ** power) + least


def point(width: float) -> Callable[[float], float]:
    """The widths of a stroke that ends in a point."""
    return lambda t: width * (1 - t) ** 0.8 + 0.4


def level(width: float) -> Callable[[float], float]:
    """The widths of a stroke of even breadth."""
    return lambda _: width


def resample(line: Sequence[Point], gap: float) -> Line:
    """Points along a line at equal distances of `gap`, the first at its start."""
    placed: Line = [line[0]]
    need = gap
    for (ax, ay), (bx, by) in pairwise(line):
        length = math.hypot(bx - ax, by - ay)
        done = 0.0
        while length - done >= need:
            done += need
            placed.append((lerp(ax, bx, done / length), lerp(ay, by, done / length)))
            need = gap
        need -= length - done
    return placed
