"""A staff gauge at the foot of the quay, read in the rain."""

from __future__ import annotations

import random

from scripts.pictures.buildings import stepped_gable, tiled_roof
from scripts.pictures.canvas import Canvas, Wash
from scripts.pictures.figures import umbrella, walker
from scripts.pictures.geometry import arc, lerp, oval, rect, smooth
from scripts.pictures.land import hills, ripples, sky, water
from scripts.pictures.palette import DAI, RED, TEA, WHITE, mix
from scripts.pictures.plants import far_trees, willow

LEVEL = 540.0


def draw() -> Canvas:
    """Grey-green rain, rings on the river, one figure counting the marks."""
    canvas = Canvas()
    sky(canvas, mix(DAI[4], DAI[3], 0.4), DAI[2], 520)
    hills(canvas, 16, 420, 210, 500, 3.6, sharp=0.5, foot=DAI[2], drop=60)
    hills(canvas, 83, 470, 120, 380, 4.2, foot=DAI[2], drop=50)
    canvas.mist(470, 120, DAI[1], 0.8)
    _far_town(canvas)
    canvas.mist(534, 70, DAI[1], 0.7)
    water(canvas, LEVEL, DAI[3], DAI[6])
    canvas.mirror(LEVEL, 130, DAI[4], squash=0.8, strength=0.5, ripple=4)
    ripples(canvas, 8, (0, LEVEL + 10, 1600, 890), 70, DAI[1], 0.35)
    _rings(canvas)
    _quay(canvas)
    _gauge(canvas, 806, 318, 500)
    walker(canvas, 400, 566, 1.75, coat=TEA[4], dark=DAI[9])
    umbrella(canvas, 406, 418, 1.75, TEA[3])
    canvas.fill(rect(422, 478, 32, 22), WHITE)
    back = smooth([(1640, -10), (1470, 10), (1260, -18)])
    willow(canvas, 41, back, 15, (110, 280), DAI[6], -30)
    branch = smooth([(1640, 70), (1540, 26), (1380, 2), (1300, -20)])
    willow(canvas, 46, branch, 11, (180, 430), DAI[8], -34)
    _rain(canvas)
    return canvas


def _far_town(canvas: Canvas) -> None:
    far_trees(canvas, 19, (700, 1620), 522, (16, 34), (mix(DAI[4], DAI[5], 0.4), DAI[5]))
    pale = mix(DAI[1], DAI[2], 0.4)
    for x, top, wide in ((980, 446, 100), (1340, 438, 108)):
        stepped_gable(canvas, x, top, wide, 548, pale)
        for dx in (0.25, 0.62):
            canvas.fill(rect(x + wide * dx, 490, 14, 18), DAI[6])
    for x, y, wide in ((1084, 480, 140), (1222, 490, 116), (1452, 484, 150)):
        canvas.fill(rect(x, y, wide, 550 - y), pale)
        tiled_roof(canvas, x, y, wide, 30, DAI[7])
        for i in range(3):
            canvas.fill(rect(x + 22 + i * wide / 3.2, y + 22, 15, 20), TEA[3] if i == 1 else DAI[6])
    canvas.fill(rect(920, 536, 700, 14), DAI[5])


def _rings(canvas: Canvas) -> None:
    source = random.Random(12)
    for _ in range(58):
        near = source.random()
        x, y = lerp(60, 1600, source.random()), lerp(LEVEL + 24, 888, near)
        r = lerp(12, 62, near) * lerp(0.6, 1.0, source.random())
        for share, alpha in ((1.0, 0.35), (0.55, 0.6)):
            canvas.stroke(
                oval(x, y, r * share, r * share * 0.28),
                lerp(1.2, 2.6, near),
                WHITE,
                alpha,
                closed=True,
            )
        canvas.stroke([(x, y), (x, y - r * 0.24)], lerp(1.2, 2.4, near), WHITE, 0.8)


def _quay(canvas: Canvas) -> None:
    """Stone steps that go down into the river from the left."""
    steps = 6
    for i in range(steps):
        right, y = 520 + i * 40.0, 560 + i * 46.0
        canvas.fill(rect(-10, y, right + 10, 60), Wash(mix(DAI[5], DAI[6], 0.4), DAI[7]))
        canvas.fill(rect(-10, y, right + 10, 13), mix(DAI[3], DAI[4], 0.4))
        for k in range(9):
            x = right - 40 - k * 104.0 - (i % 2) * 52
            if x > 0:
                canvas.stroke([(x, y + 14), (x, y + 46)], 1.8, DAI[8], 0.6)
                canvas.stroke([(x + 6, y), (x, y + 13)], 1.6, DAI[6], 0.8)
    last = 560 + steps * 46.0
    canvas.fill([(-10, last), (726, last), (726, last + 10), (-10, last + 10)], DAI[8], 0.7)
    canvas.fill([(-10, last + 8), (736, last + 8), (748, 910), (-10, 910)], Wash(DAI[6], DAI[7]))
    ripples(canvas, 15, (0, last + 24, 700, 894), 26, DAI[2], 0.4, 0.8)
    for x in (60, 210):
        canvas.fill(rect(x, 470, 18, 94), DAI[7])
        canvas.fill(rect(x - 5, 458, 28, 16), DAI[8])
    canvas.stroke([*arc(144, 486, 68, 26, 180, 0)], 4, DAI[8])
    canvas.stroke([*arc(0, 486, 60, 24, 90, 0)], 4, DAI[8])


def _gauge(canvas: Canvas, x: float, top: float, tall: float) -> None:
    """The board with its blocks in turn left and right, and a ring at the warning mark."""
    canvas.fill(rect(x - 44, top - 22, 20, tall + 40), Wash(DAI[7], DAI[8]))
    canvas.fill(rect(x - 26, top, 78, tall), TEA[0])
    unit = tall / 30
    for i in range(30):
        y = top + i * unit
        if (i // 5) % 2 == 0:
            wide = 38 if i % 5 in (0, 2, 4) else 12
            canvas.fill(
                rect(x - 20, y + 1.5, wide, unit - 3 if i % 5 in (0, 2, 4) else unit), DAI[8]
            )
        else:
            wide = 38 if i % 5 in (0, 2, 4) else 12
            canvas.fill(
                rect(x + 46 - wide, y + 1.5, wide, unit - 3 if i % 5 in (0, 2, 4) else unit), DAI[7]
            )
    canvas.stroke(rect(x - 26, top, 78, tall), 3, DAI[8], closed=True)
    canvas.fill(rect(x - 58, top + unit * 7 - 3, 130, 6), RED)
    canvas.fill(
        [(x + 86, top + unit * 7), (x + 72, top + unit * 7 - 12), (x + 72, top + unit * 7 + 12)],
        RED,
    )
    foot = top + tall
    canvas.fill(rect(x - 50, foot - 6, 116, 26), Wash(DAI[5], DAI[6]))
    canvas.stroke(oval(x + 10, foot, 86, 16), 3, WHITE, 0.7, closed=True)
    canvas.stroke(oval(x + 10, foot, 128, 26), 2, WHITE, 0.45, closed=True)


def _rain(canvas: Canvas) -> None:
    source = random.Random(90)
    for _ in range(330):
        x, y = lerp(-60, 1660, source.random()), lerp(-40, 860, source.random())
        long = lerp(26, 84, source.random())
        canvas.stroke([(x, y), (x - long * 0.2, y + long)], lerp(0.9, 1.9, source.random()), WHITE,
                      lerp(0.25, 0.6, source.random()), round_ends=False)  # fmt: skip
