"""Trees and leaves."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from scripts.pictures.canvas import Canvas, Wash
from scripts.pictures.geometry import (
    Line,
    Point,
    blob,
    lerp,
    noise,
    oval,
    place,
    resample,
    ribbon,
    rotate,
    smooth,
)
from scripts.pictures.palette import DAI, RGB, TEA, WHITE, mix


def tree(
    canvas: Canvas,
    x: float,
    y: float,
    size: float,
    seed: int,
    dark: RGB = DAI[7],
    light: RGB = DAI[6],
    trunk: RGB = DAI[9],
) -> None:
    """A broad-leaved tree about 230 units tall at size 1, standing on (x, y)."""
    bend = noise(seed, 3.3) * 12
    stem = smooth([(0, 4), (bend * 0.4, -60), (bend, -130)])
    canvas.fill(ribbon(place(stem, x, y, size), lambda t: size * lerp(15, 5, t)), trunk)
    for side in (-1, 1):
        limb = smooth([(bend * 0.5, -72), (side * 22, -104), (side * 40, -138)])
        canvas.fill(ribbon(place(limb, x, y, size), lambda t: size * lerp(7, 2, t)), trunk)
    source = random.Random(seed)
    clumps = [(-44, -128, 48), (44, -130, 50), (0, -168, 60), (-22, -146, 52), (26, -150, 52)]
    for number, (cx, cy, r) in enumerate(clumps):
        outline = blob(seed * 9 + number, bend + cx, cy, r, r * 0.82, 0.16, 2.6)
        canvas.fill(place(outline, x, y, size), dark)
    for number, (cx, cy, r) in enumerate(clumps):
        outline = blob(
            seed * 5 + number, bend + cx - r * 0.14, cy - r * 0.2, r * 0.72, r * 0.5, 0.2, 2.6
        )
        canvas.fill(place(outline, x, y, size), light, 0.8)
    _dapple(canvas, source, (x + bend * size, y - 150 * size), 84 * size, light, size)


def _dapple(
    canvas: Canvas, source: random.Random, centre: Point, spread: float, paint: RGB, size: float
) -> None:
    tone = mix(paint, WHITE, 0.3)
    for _ in range(46):
        angle, far = source.random() * math.tau, math.sqrt(source.random()) * spread * 0.86
        spot = (centre[0] + far * math.cos(angle), centre[1] + far * 0.72 * math.sin(angle))
        leaf = oval(*spot, 4.6 * size, 2.4 * size, source.random() * 180)
        canvas.fill(leaf, tone, 0.55)


def far_trees(
    canvas: Canvas,
    seed: int,
    span: tuple[float, float],
    y: float,
    size: tuple[float, float],
    paints: Sequence[RGB],
) -> None:
    """A belt of small rounded trees along a level."""
    source = random.Random(seed)
    x = span[0]
    while x < span[1]:
        r = lerp(size[0], size[1], source.random())
        paint = paints[int(source.random() * len(paints))]
        top = y - r * lerp(0.5, 1.1, source.random())
        outline = blob(seed + int(x), x, top, r, r * 0.95, 0.14, 2.2)
        canvas.fill(outline, Wash(paint, mix(paint, DAI[1], 0.3)))
        canvas.fill(blob(seed, x, y, r * 1.2, r * 0.6, 0.05), mix(paint, DAI[1], 0.15))
        x += r * lerp(0.8, 1.5, source.random())


def willow(
    canvas: Canvas,
    seed: int,
    branch: Sequence[Point],
    count: int,
    drop: tuple[float, float],
    paint: RGB,
    sway: float = 26.0,
) -> None:
    """Hanging strands with narrow leaves, strung along a branch."""
    source = random.Random(seed)
    canvas.fill(ribbon(branch, lambda t: lerp(9, 2.0, t)), paint)
    for number in range(count):
        share = (number + 0.2 + 0.6 * source.random()) / count
        bx, by = branch[min(len(branch) - 1, int(share * (len(branch) - 1)))]
        # Neighbours hang to like lengths, so the curtain has a soft lower edge.
        long = lerp(drop[0], drop[1], 0.5 + 0.5 * noise(seed, share * 5)) * lerp(
            0.72, 1.05, source.random()
        )
        drift = sway * (1 + 0.6 * noise(seed + 1, share * 4))
        strand = smooth(
            [(bx, by), (bx + drift, by + long * 0.34), (bx + drift * 1.1, by + long * 0.72),
             (bx + drift * 0.6, by + long)], 12,
        )  # fmt: skip
        canvas.stroke(strand, 1.5, paint)
        for step, spot in enumerate(resample(strand, 13)[2:]):
            size = lerp(25, 11, min(1.0, step * 13 / long))
            _leaf(canvas, spot, 1 if step % 2 else -1, size, paint)


def _leaf(canvas: Canvas, spot: Point, side: int, long: float, paint: RGB) -> None:
    shape = smooth([(0, 0), (2.5, long * 0.4), (0, long), (-2.5, long * 0.4)], 4, closed=True)
    canvas.fill(rotate(place(shape, *spot), spot, -side * 24.0), paint)


def pine(
    canvas: Canvas,
    x: float,
    y: float,
    size: float,
    *,
    flip: bool = False,
    dark: RGB = DAI[8],
    light: RGB = DAI[6],
) -> None:
    """A leaning pine with level clouds of needles, about 330 units tall at size 1."""
    stem = smooth([(0, 6), (14, -70), (-6, -150), (22, -230), (8, -300)], 12)
    canvas.fill(ribbon(place(stem, x, y, size, flip=flip), lambda t: size * lerp(24, 5, t)), dark)
    layers = [
        (96, -150, 92, 17), (-86, -186, 78, 16), (84, -232, 76, 16), (-52, -264, 70, 15),
        (36, -300, 66, 16), (4, -332, 44, 13),
    ]  # fmt: skip
    for cx, cy, rx, ry in layers:
        limb = smooth([(4, cy + 42), (cx * 0.5, cy + 16), (cx, cy + 6)])
        canvas.fill(
            ribbon(place(limb, x, y, size, flip=flip), lambda t: size * lerp(8, 3, t)), dark
        )
        for rise, reach, paint in ((0.0, 1.0, mix(dark, light, 0.3)), (0.32, 0.8, light)):
            cloud = _needles(cx - 6 * rise, cy - ry * rise, rx * reach, ry)
            canvas.fill(place(cloud, x, y, size, flip=flip), paint)


def _needles(cx: float, cy: float, rx: float, ry: float) -> Line:
    """A level cloud of needles: a scalloped upper edge over a nearly flat foot."""
    upper: Line = []
    for i in range(61):
        t = i / 60
        dome = math.sin(math.pi * t) ** 0.6
        scallop = 0.78 + 0.22 * abs(math.sin(t * math.pi * 5))
        upper.append((cx - rx + 2 * rx * t, cy - ry * 1.5 * dome * scallop))
    lower = [(cx + rx * math.cos(a * math.pi / 24), cy + ry * 0.5 * math.sin(a * math.pi / 24))
             for a in range(25)]  # fmt: skip
    return [*upper, *lower]


def bamboo(
    canvas: Canvas,
    seed: int,
    stems: Sequence[tuple[float, float, float]],
    top: float,
    paint: RGB,
    leaf: RGB,
    leaves: int = 14,
) -> None:
    """Jointed stems, each given by x, foot and width, rising to `top` with leaves in threes."""
    source = random.Random(seed)
    for x, foot, wide in stems:
        lean = (source.random() - 0.5) * 40
        joint = 62 * wide / 9
        y = foot
        while y > top:
            a, b = (foot - y) / (foot - top), (foot - y + joint) / (foot - top)
            stalk = [(x + lean * a * a, y), (x + lean * b * b, y - joint + 2.5)]
            canvas.stroke(stalk, wide, paint, round_ends=False)
            canvas.stroke(
                [(stalk[0][0] - wide * 0.6, y), (stalk[0][0] + wide * 0.6, y)], 2.2, paint
            )
            y -= joint
        for _ in range(leaves):
            share = lerp(0.3, 1.0, source.random())
            spot = (x + lean * share * share, lerp(foot, top, share))
            side = 1 if source.random() < 0.5 else -1
            _spray(canvas, source, spot, side, wide, leaf)


def _spray(
    canvas: Canvas, source: random.Random, spot: Point, side: int, wide: float, paint: RGB
) -> None:
    """A twig that leaves the stem upwards and ends in a hanging fan of leaves."""
    reach = wide * lerp(4.0, 8.0, source.random())
    tip = (spot[0] + side * reach, spot[1] - reach * 0.45)
    canvas.stroke([spot, tip], max(1.0, wide * 0.16), paint)
    for turn in (-4, 24, 50, 80):
        long = wide * lerp(5.0, 7.4, source.random())
        _blade(canvas, tip, side, turn + source.random() * 16, long, paint)
    _blade(canvas, ((spot[0] + tip[0]) / 2, (spot[1] + tip[1]) / 2), side, 62, wide * 5, paint)


def _blade(canvas: Canvas, spot: Point, side: int, turn: float, long: float, paint: RGB) -> None:
    shape = smooth(
        [(0, 0), (long * 0.35, -long * 0.065), (long, 0), (long * 0.35, long * 0.065)],
        6,
        closed=True,
    )
    canvas.fill(rotate(place(shape, *spot, flip=side < 0), spot, turn * side), paint)


def ginkgo_leaves(
    canvas: Canvas, seed: int, span: tuple[float, float, float, float], count: int
) -> None:
    """Fallen fan-shaped leaves in tea colours over x0, y0, x1, y1."""
    source = random.Random(seed)
    fan = [(0.0, 8.0), (-1.0, 2.0), (-8.5, -2.0), (-6.5, -6.0), (-1.5, -7.5), (0.0, -4.5),
           (1.5, -7.5), (6.5, -6.0), (8.5, -2.0), (1.0, 2.0)]  # fmt: skip
    for _ in range(count):
        near = source.random()
        x, y = lerp(span[0], span[2], source.random()), lerp(span[1], span[3], near)
        shape = rotate(place(fan, x, y, lerp(0.5, 1.15, near)), (x, y), source.random() * 360)
        canvas.fill(shape, TEA[4 + int(source.random() * 2)], 0.9)


def bush(canvas: Canvas, seed: int, x: float, y: float, rx: float, ry: float, paint: RGB) -> None:
    """A low shrub whose foot stands on y."""
    canvas.fill(blob(seed, x, y - ry * 0.7, rx, ry, 0.2, 3), Wash(mix(paint, WHITE, 0.12), paint))
