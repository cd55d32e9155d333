"""示例河 from above: fields, wards and bridges laid along the bends."""

from __future__ import annotations

import math
import random
from itertools import pairwise

from scripts.pictures.canvas import Canvas
from scripts.pictures.geometry import (
    Line,
    Point,
    along,
    blob,
    lerp,
    level,
    oval,
    resample,
    ribbon,
    rotate,
    shift,
    smooth,
)
from scripts.pictures.palette import DAI, RGB, TEA, WHITE, mix

HALF = 66.0
CROSSINGS = (318.0, 862.0, 1310.0)
GROUND = mix(DAI[2], TEA[2], 0.25)
FIELDS: tuple[RGB, ...] = (DAI[1], TEA[1], TEA[2], DAI[2], DAI[3], TEA[0], mix(TEA[2], TEA[3], 0.6),
                           DAI[1], mix(DAI[3], DAI[4], 0.5))  # fmt: skip


def draw() -> Canvas:
    """Parcels bend with the river; a dotted line marks the path planned along it."""
    canvas = Canvas(paint=GROUND)
    source = random.Random(20)
    for side in (-1, 1):
        rows = [0.0, 0.13, 0.27, 0.42, 0.58, 0.76, 1.0]
        for near, far in pairwise(rows):
            _strip(canvas, source, side, near, far)
    _roads(canvas)
    _river(canvas)
    for x in CROSSINGS:
        _bridge(canvas, x, 28)
    _greenway(canvas)
    _boats(canvas)
    return canvas


def _course(x: float) -> float:
    return 450 - 150 * math.sin(x / 262 - 0.6) - 46 * math.sin(x / 119 + 1.1)


def _level(x: float, side: int, depth: float) -> float:
    """The level at `depth` (0 at the bank, 1 beyond the edge) on one side of the river."""
    bank = _course(x) + side * (HALF + 26)
    edge = 960.0 if side > 0 else -60.0
    return lerp(bank, edge, depth)


def _strip(canvas: Canvas, source: random.Random, side: int, near: float, far: float) -> None:
    x, lean = -160.0, 60.0 * side
    while x < 1700:
        width = lerp(58, 150, source.random())
        gap = 0.012
        outline: Line = []
        for depth in (near + gap, far - gap):
            xs = [x + lean * depth, x + width - 8 + lean * depth]
            line = [(px, _level(px, side, depth)) for px in
                    (lerp(xs[0], xs[1], i / 8) for i in range(9))]  # fmt: skip
            outline += line if depth < (near + far) / 2 else list(reversed(line))
        _parcel(canvas, source, outline, near)
        x += width


def _parcel(canvas: Canvas, source: random.Random, outline: Line, near: float) -> None:
    paint = FIELDS[int(source.random() * len(FIELDS))]
    canvas.fill(outline, paint)
    kind = source.random()
    xs, ys = [p[0] for p in outline], [p[1] for p in outline]
    box = (min(xs), min(ys), max(xs), max(ys))
    with canvas.clip(outline):
        if kind < 0.30:
            _furrows(canvas, box, mix(paint, DAI[5], 0.34), source.random() < 0.5)
        elif kind < 0.50:
            _orchard(canvas, box, source)
        elif kind < 0.80 and near > 0.05:
            _houses(canvas, box, source)
        elif kind > 0.94:
            middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
            pond = blob(int(box[0]) + 400, *middle, 36, 24, 0.2)
            canvas.fill(pond, DAI[5])
            canvas.stroke(pond, 3, WHITE, 0.7, closed=True)


def _furrows(
    canvas: Canvas, box: tuple[float, float, float, float], paint: RGB, across: bool
) -> None:
    for i in range(32):
        if across:
            y = box[1] + i * 10.0 - _course(box[0]) * 0.6
            bend = along(lambda x: _course(x) * 0.6, box[0], box[2], 12)
            canvas.stroke(shift(bend, 0, y), 1.5, paint, 0.8)
        else:
            x = box[0] - 40 + i * 10.0
            canvas.stroke([(x, box[1]), (x + 22, box[3])], 1.5, paint, 0.8)


def _orchard(canvas: Canvas, box: tuple[float, float, float, float], source: random.Random) -> None:
    tea = source.random() < 0.25
    y = box[1] + 10
    while y < box[3]:
        x = box[0] + 10 + (9 if round((y - box[1]) / 18) % 2 else 0)
        while x < box[2]:
            canvas.fill(oval(x + 1.6, y + 1.8, 6.4), DAI[7], 0.3)
            canvas.fill(oval(x, y, 6.2), TEA[4] if tea else DAI[5])
            x += 18
        y += 18


def _houses(canvas: Canvas, box: tuple[float, float, float, float], source: random.Random) -> None:
    y = box[1] + 14
    while y < box[3] - 6:
        x = box[0] + 12
        while x < box[2] - 8:
            wide, tall = lerp(16, 32, source.random()), 15.0
            roof = (DAI[6], DAI[7], DAI[6], TEA[5])[int(source.random() * 4)]
            turn = (source.random() - 0.5) * 8
            spot = (x + wide / 2, y + tall / 2)
            corner = [(x, y), (x + wide, y), (x + wide, y + tall), (x, y + tall)]
            canvas.fill(rotate([(a + 3, b + 4) for a, b in corner], spot, turn), DAI[8], 0.22)
            canvas.fill(rotate(corner, spot, turn), mix(roof, WHITE, 0.18))
            half = [
                (x, y + tall / 2),
                (x + wide, y + tall / 2),
                (x + wide, y + tall),
                (x, y + tall),
            ]
            canvas.fill(rotate(half, spot, turn), roof)
            x += wide + lerp(7, 15, source.random())
        y += 28


def _roads(canvas: Canvas) -> None:
    for line in (
        along(lambda x: _level(x, -1, 0.42), -20, 1620, 10),
        along(lambda x: _level(x, 1, 0.42), -20, 1620, 10),
    ):
        canvas.stroke(line, 15, WHITE)
        for x, y in resample(line, 26):
            canvas.stroke([(x - 4, y), (x + 4, y)], 1.2, DAI[3])
    for x in CROSSINGS:
        for side in (-1, 1):
            start = _bridge_end(x, side)
            lane = [start] + [(x + 60.0 * side * d, _level(x + 60.0 * side * d, side, d))
                              for d in (0.42, 0.6, 0.8, 1.0)]  # fmt: skip
            canvas.stroke(smooth(lane, 10), 15, WHITE)


def _bridge_end(x: float, side: int) -> Point:
    """Where a bridge, set square to the stream, meets its bank."""
    spot = (x, _course(x))
    return rotate([(x, spot[1] + side * (HALF + 30))], spot, _slope(x))[0]


def _river(canvas: Canvas) -> None:
    course = along(_course, -30, 1630, 8)
    for width, paint in ((2 * HALF + 46, DAI[4]), (2 * HALF + 34, mix(DAI[3], DAI[2], 0.4)),
                         (2 * HALF + 6, DAI[7]), (2 * HALF, DAI[6])):  # fmt: skip
        canvas.fill(ribbon(course, level(width)), paint)
    canvas.fill(ribbon(course, lambda _: HALF * 1.15), mix(DAI[6], DAI[5], 0.45), 0.6)
    source = random.Random(3)
    for _ in range(90):
        x = source.random() * 1600
        off = (source.random() - 0.5) * 1.6 * HALF
        line = along(_course, x, x + lerp(16, 60, source.random()), 6)
        canvas.stroke(shift(line, 0, off), 1.4, WHITE, 0.4)
    _sandbar(canvas)


def _sandbar(canvas: Canvas) -> None:
    x = 1080.0
    turn = math.degrees(math.atan2(_course(x + 20) - _course(x - 20), 40))
    spot = (x, _course(x) - 8)
    canvas.fill(rotate(blob(3, *spot, 74, 19, 0.14), spot, turn), TEA[3])
    canvas.fill(rotate(blob(4, *spot, 60, 12, 0.18), spot, turn), DAI[4])
    for i in range(-3, 4):
        tree = rotate([(x + i * 15, spot[1])], spot, turn)[0]
        canvas.fill(oval(*tree, 6.5), DAI[7])
        canvas.fill(oval(tree[0] - 1.6, tree[1] - 1.6, 3), DAI[5])


def _slope(x: float) -> float:
    return math.degrees(math.atan2(_course(x + 10) - _course(x - 10), 20))


def _bridge(canvas: Canvas, x: float, wide: float) -> None:
    spot: Point = (x, _course(x))
    turn, half = _slope(x), HALF + 34

    def plank(left: float, width: float, dx: float = 0.0, dy: float = 0.0) -> Line:
        box = [(x + left, spot[1] - half), (x + left + width, spot[1] - half),
               (x + left + width, spot[1] + half), (x + left, spot[1] + half)]  # fmt: skip
        return [(a + dx, b + dy) for a, b in rotate(box, spot, turn)]

    canvas.fill(plank(-wide / 2, wide, 9, 10), DAI[9], 0.35)
    canvas.fill(plank(-wide / 2, wide), WHITE)
    for edge in (-wide / 2, wide / 2 - 4):
        canvas.fill(plank(edge, 4), TEA[6])
    canvas.fill(plank(-1.0, 2), DAI[3])


def _greenway(canvas: Canvas) -> None:
    line = along(lambda x: _course(x) + HALF + 19, -20, 1620, 6)
    dots = resample(line, 8)
    for a, b in zip(dots[::2], dots[1::2], strict=False):
        canvas.stroke([a, b], 5, TEA[7])
    for x in (150, 520, 1010, 1180, 1490):
        y = _course(x) + HALF + 19
        canvas.fill(oval(x, y, 13), WHITE)
        canvas.fill(oval(x, y, 9), TEA[5])
        canvas.fill(oval(x, y, 3.6), WHITE)


def _boats(canvas: Canvas) -> None:
    hull = [(-26, 0), (-14, -7), (14, -7), (28, 0), (14, 7), (-14, 7)]
    for x, off, back in ((560, 18, False), (700, -22, True), (1450, 10, False), (130, -14, True)):
        spot = (float(x), _course(x) + off)
        turn = _slope(x) + (180 if back else 0)
        shape = rotate([(spot[0] + a, spot[1] + b) for a, b in hull], spot, turn)
        wake = rotate(
            [
                (spot[0] - 26, spot[1] - 2),
                (spot[0] - 92, spot[1] - 14),
                (spot[0] - 92, spot[1] + 14),
                (spot[0] - 26, spot[1] + 2),
            ],
            spot,
            turn,
        )
        canvas.fill(wake, WHITE, 0.25)
        canvas.fill(shape, TEA[2])
        deck = rotate(
            [
                (spot[0] - 10, spot[1] - 4),
                (spot[0] + 8, spot[1] - 4),
                (spot[0] + 8, spot[1] + 4),
                (spot[0] - 10, spot[1] + 4),
            ],
            spot,
            turn,
        )
        canvas.fill(deck, TEA[6])
