"""An orchard above the river at harvest time."""

from __future__ import annotations

import random

from scripts.pictures.buildings import stepped_gable, tiled_roof
from scripts.pictures.canvas import Canvas, Wash
from scripts.pictures.figures import basket, walker
from scripts.pictures.geometry import along, below, blob, fractal, lerp, oval, rect, ribbon, smooth
from scripts.pictures.land import birds, hills, sky, sun
from scripts.pictures.palette import DAI, RGB, TEA, WHITE, mix
from scripts.pictures.plants import far_trees, tree

FRUIT = mix(TEA[4], (226, 150, 62), 0.45)


def draw() -> Canvas:
    """Rows of round trees on curved terraces, a laden branch and baskets in front."""
    canvas = Canvas()
    sky(canvas, DAI[1], TEA[2], 460)
    sun(canvas, 1190, 150, 48)
    hills(canvas, 39, 360, 210, 500, 2.3, sharp=0.6, foot=TEA[1], drop=60)
    hills(canvas, 58, 400, 140, 420, 3.0, sharp=0.2, foot=TEA[1], drop=50)
    canvas.mist(398, 100, TEA[0], 0.75)
    _river(canvas)
    _village(canvas)
    for row in range(6):
        _terrace(canvas, row)
    _ladder_tree(canvas)
    _pickers(canvas)
    _branch(canvas)
    birds(canvas, [(560, 140, 36), (604, 122, 28), (528, 164, 24)], DAI[6])
    return canvas


def _river(canvas: Canvas) -> None:
    far_trees(canvas, 22, (-20, 1620), 430, (10, 24), (DAI[4], DAI[3]))
    canvas.fill(rect(0, 428, 1600, 60), Wash(DAI[2], DAI[3]))
    for i in range(20):
        x = (i * 277) % 1600
        canvas.stroke([(x, 436 + (i * 7) % 22), (x + 60 + (i * 31) % 70, 436 + (i * 7) % 22)], 1.6,
                      WHITE, 0.6)  # fmt: skip


def _village(canvas: Canvas) -> None:
    far_trees(canvas, 26, (960, 1420), 470, (14, 30), (DAI[5], DAI[4]))
    for x, y, wide in ((1010, 440, 86), (1190, 446, 96), (1296, 442, 80)):
        canvas.fill(rect(x, y, wide, 50), WHITE)
        tiled_roof(canvas, x, y, wide, 24, DAI[7])
        canvas.fill(rect(x + wide * 0.26, y + 16, 11, 14), DAI[6])
        canvas.fill(rect(x + wide * 0.6, y + 16, 11, 14), DAI[6])
    stepped_gable(canvas, 1108, 412, 74, 490)
    canvas.fill(rect(1126, 452, 10, 13), DAI[6])
    canvas.fill(rect(1152, 452, 10, 13), DAI[6])


def _edge(row: int, x: float) -> float:
    base = 478 + 24 * row + 13.5 * row * row
    swing = 12 + row * 8
    return base + swing * fractal(70 + row * 3, x / (560 + row * 60), 2) + (x - 800) * 0.012 * row


def _terrace(canvas: Canvas, row: int) -> None:
    line = along(lambda x: _edge(row, x), -20, 1620, 12)
    tone = mix(DAI[4], DAI[6], row / 5)
    canvas.fill(
        below(line, 900),
        Wash(mix(tone, TEA[3], 0.42), mix(tone, TEA[3], 0.2), None, line[0][1] + 150),
    )
    wall = [*line, *[(x, y + 6 + row * 3.2) for x, y in reversed(line)]]
    canvas.fill(wall, mix(TEA[3], DAI[4], 0.35))
    r = 13 + row * 7.5
    source = random.Random(row)
    x = -40.0 + (row % 2) * r * 1.5
    while x < 1660:
        if not (row == 5 and x > 340) and not (row == 4 and 1080 < x < 1300):
            _tree(canvas, x, _edge(row, x) + 2, r * lerp(0.88, 1.1, source.random()), row, round(x))
        x += r * lerp(2.5, 3.1, source.random())


def _tree(canvas: Canvas, x: float, y: float, r: float, row: int, seed: int) -> None:
    dark, light = mix(DAI[5], DAI[7], row / 5), mix(DAI[4], DAI[6], row / 5)
    canvas.fill(oval(x + r * 0.2, y, r * 0.95, r * 0.2), DAI[8], 0.25)
    canvas.fill(ribbon([(x, y), (x, y - r * 0.8)], lambda _: r * 0.2), mix(TEA[8], DAI[8], 0.4))
    canvas.fill(blob(seed + 500, x, y - r * 1.3, r, r * 0.9, 0.1, 2.4), dark)
    canvas.fill(
        blob(seed + 510, x - r * 0.12, y - r * 1.45, r * 0.78, r * 0.62, 0.14, 2.4), light, 0.85
    )
    source = random.Random(seed)
    for _ in range(9 + row * 2):
        fx, fy = (source.random() - 0.5) * 1.5 * r, (source.random() - 0.5) * 1.2 * r
        if fx * fx + fy * fy < 0.55 * r * r:
            canvas.fill(oval(x + fx, y - r * 1.3 + fy, max(2.0, r * 0.085)), FRUIT)


def _ladder_tree(canvas: Canvas) -> None:
    x, y = 1240.0, 846.0
    canvas.fill(oval(x + 20, y + 4, 150, 22), DAI[8], 0.3)
    tree(canvas, x, y, 1.52, 21, DAI[7], DAI[6], mix(TEA[8], DAI[8], 0.4))
    source = random.Random(8)
    for _ in range(44):
        fx, fy = lerp(-108, 108, source.random()), lerp(-86, 62, source.random())
        if (fx / 112) ** 2 + (fy / 84) ** 2 < 1:
            canvas.fill(oval(x + fx, y - 216 + fy, 8.5), FRUIT)
            canvas.fill(oval(x + fx - 2.5, y - 218.5 + fy, 2.4), WHITE, 0.5)
    for offset in (0.0, 40.0):
        canvas.stroke([(x + 96 + offset, y + 16), (x + 44 + offset * 0.7, y - 224)], 7, TEA[6])
    for i in range(8):
        t = (i + 0.6) / 8.4
        a, b = lerp(x + 96, x + 44, t), lerp(x + 136, x + 72, t)
        canvas.stroke([(a, y + 16 - 240 * t), (b, y + 16 - 240 * t)], 5, TEA[7])
    walker(canvas, x + 84, y - 112, 1.16, coat=TEA[2], hat=True, flip=True)


def _pickers(canvas: Canvas) -> None:
    for i, (bx, wide) in enumerate(((980, 100), (1082, 84), (1438, 106))):
        for k in range(7):
            canvas.fill(oval(bx - wide * 0.36 + k * wide * 0.12, 826 + (k % 2) * 5 + i, 14), FRUIT)
            canvas.fill(
                oval(bx - wide * 0.36 + k * wide * 0.12 - 4, 821 + (k % 2) * 5 + i, 3.4), WHITE, 0.5
            )
        basket(canvas, bx, 886, wide, 54)
    walker(canvas, 880, 862, 1.3, coat=DAI[3], hat=True)
    basket(canvas, 846, 824, 38, 46)


def _branch(canvas: Canvas) -> None:
    """A branch with leaves and fruit that hangs in from the upper left."""
    line = smooth([(-40, 60), (120, 92), (280, 76), (430, 128)])
    canvas.fill(ribbon(line, lambda t: lerp(17, 4, t)), TEA[8])
    side = smooth([(150, 92), (220, 140), (260, 206)])
    canvas.fill(ribbon(side, lambda t: lerp(9, 3, t)), TEA[8])
    source = random.Random(5)
    for number in range(54):
        spine = line if number % 3 else side
        x, y = spine[int(source.random() * (len(spine) - 1))]
        turn, long = source.random() * 360, lerp(44, 76, source.random())
        _leaf(canvas, x, y, long, turn, (DAI[7], DAI[6], DAI[8])[number % 3])
    for x, y in ((118, 152), (186, 128), (262, 250), (230, 226), (330, 140), (404, 176), (60, 140)):
        canvas.stroke([(x, y - 32), (x, y - 12)], 3, TEA[8])
        canvas.fill(oval(x, y, 25), Wash(mix(FRUIT, WHITE, 0.3), FRUIT))
        canvas.fill(oval(x - 8, y - 9, 7, 5), WHITE, 0.45)


def _leaf(canvas: Canvas, x: float, y: float, long: float, turn: float, paint: RGB) -> None:
    tip = oval(x, y, long, 1, turn)[0]
    middle = ((x + tip[0]) / 2, (y + tip[1]) / 2)
    canvas.fill(oval(*middle, long * 0.5, long * 0.17, turn), paint)
    canvas.stroke([(x, y), tip], 1.3, mix(paint, WHITE, 0.35))
