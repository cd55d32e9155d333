"""拾光巷小学: the gate at the end of a school day, under ginkgo trees."""

from __future__ import annotations

import random

from scripts.pictures.buildings import tiled_roof
from scripts.pictures.canvas import Canvas, Wash
from scripts.pictures.figures import bicycle, walker
from scripts.pictures.geometry import blob, lerp, oval, rect, ribbon, smooth
from scripts.pictures.land import clouds, hills, sky
from scripts.pictures.palette import DAI, RED, RGB, ROSE, TEA, WHITE, mix
from scripts.pictures.plants import bush, far_trees, ginkgo_leaves

FOOT = 690.0


def draw() -> Canvas:
    """A plain gate, three floors of windows behind it, a crossing in front."""
    canvas = Canvas()
    sky(canvas, DAI[2], TEA[1], 560)
    clouds(canvas, 21, 110, 6, WHITE, 0.7)
    hills(canvas, 27, 430, 170, 480, 2.6, sharp=0.4, foot=TEA[1])
    far_trees(canvas, 9, (-20, 1620), 600, (34, 66), (DAI[4], DAI[3], mix(DAI[4], DAI[5], 0.4)))
    _school(canvas)
    _street(canvas)
    _wall(canvas)
    _gate(canvas)
    for x, size, seed in ((150, 1.5, 3), (1450, 1.55, 8), (1256, 0.92, 5), (356, 0.9, 6)):
        _ginkgo(canvas, x, FOOT + 14, size, seed)
    ginkgo_leaves(canvas, 7, (0, 690, 1600, 800), 150)
    _children(canvas)
    return canvas


def _school(canvas: Canvas) -> None:
    canvas.fill(rect(430, 268, 740, 430), Wash(TEA[1], TEA[2]))
    tiled_roof(canvas, 430, 272, 740, 62, DAI[7])
    for floor in range(3):
        y = 306 + floor * 122
        canvas.fill(rect(430, y + 98, 740, 12), DAI[4])
        for i in range(9):
            x = 452 + i * 78.5
            if i == 4 and floor == 2:
                continue
            canvas.fill(rect(x, y, 68, 78), Wash(DAI[5], DAI[3]))
            canvas.fill(
                [(x + 8, y), (x + 30, y), (x + 6, y + 78), (x, y + 78), (x, y + 26)], WHITE, 0.3
            )
            canvas.stroke(rect(x, y, 68, 78), 4, WHITE, closed=True)
            canvas.stroke([(x + 34, y), (x + 34, y + 78)], 3, WHITE)
            canvas.stroke([(x, y + 26), (x + 68, y + 26)], 3, WHITE)
    for x in (430, 1150):
        canvas.fill(rect(x, 268, 20, 430), DAI[4])
    # The clock over the stairs shows its hands only.
    canvas.fill(oval(800, 236, 34), DAI[7])
    canvas.fill(oval(800, 236, 28), TEA[0])
    canvas.stroke([(800, 236), (800, 216)], 4, DAI[8])
    canvas.stroke([(800, 236), (814, 246)], 4, DAI[8])


def _street(canvas: Canvas) -> None:
    canvas.fill(rect(0, FOOT, 1600, 110), Wash(TEA[2], mix(TEA[2], TEA[3], 0.6)))
    for i in range(41):
        t = i / 40
        canvas.stroke([(lerp(200, 1400, t), FOOT), (lerp(-300, 1900, t), 800)], 1.4, TEA[4], 0.5)
    for y in (712, 740, 772):
        canvas.stroke([(0, y), (1600, y)], 1.4, TEA[4], 0.5)
    canvas.fill(rect(0, 796, 1600, 12), DAI[4])
    canvas.fill(rect(0, 806, 1600, 94), Wash(DAI[6], DAI[7]))
    for i in range(12):
        x = 470 + i * 56.0
        canvas.fill(
            [(x, 816), (x + 34, 816), (lerp(800, x + 34, 1.16), 900), (lerp(800, x, 1.16), 900)],
            DAI[1],
        )


def _wall(canvas: Canvas) -> None:
    for x0, x1 in ((0, 560), (1040, 1600)):
        canvas.fill(rect(x0, 640, x1 - x0, 56), Wash(DAI[2], DAI[3]))
        canvas.fill(rect(x0, 632, x1 - x0, 12), DAI[6])
        for i in range(int((x1 - x0) / 20)):
            canvas.fill(rect(x0 + 8 + i * 20, 560, 5, 76), DAI[7])
        canvas.fill(rect(x0, 568, x1 - x0, 5), DAI[7])
        canvas.fill(rect(x0, 612, x1 - x0, 5), DAI[7])
        for i in range(7):
            x = x0 + 50 + i * 84
            bush(canvas, 70 + i, x, 646, 50, 24, (DAI[5], DAI[6])[i % 2])


def _gate(canvas: Canvas) -> None:
    canvas.fill([(650, FOOT), (950, FOOT), (1010, 800), (590, 800)], TEA[1])
    for x in (552, 984):
        canvas.fill(rect(x, 476, 64, 222), Wash(DAI[6], DAI[7]))
        for row in range(7):
            canvas.stroke([(x, 500 + row * 28), (x + 64, 500 + row * 28)], 1.4, DAI[5], 0.8)
        canvas.fill(rect(x - 8, 680, 80, 20), DAI[8])
    canvas.fill(rect(540, 462, 520, 34), TEA[6])
    canvas.fill(rect(540, 490, 520, 6), TEA[8])
    for i in range(25):
        canvas.fill(rect(550 + i * 20.6, 498, 7, 12), TEA[7])
    tiled_roof(canvas, 536, 464, 528, 62)
    # Sliding rails, pushed aside to the right.
    for i in range(9):
        canvas.fill(rect(888 + i * 10, 606, 3.4, 86), DAI[4])
    canvas.fill(rect(884, 602, 96, 6), DAI[5])
    canvas.fill(rect(884, 664, 96, 4), DAI[5])


def _ginkgo(canvas: Canvas, x: float, y: float, size: float, seed: int) -> None:
    """A tall golden crown, narrower at the top."""
    stem = smooth([(x, y), (x + 5 * size, y - 110 * size), (x - 3 * size, y - 290 * size)])
    canvas.fill(ribbon(stem, lambda t: size * lerp(22, 6, t)), mix(TEA[8], DAI[8], 0.4))
    for side, low in ((-1, 96), (1, 118), (-1, 150)):
        limb = smooth([(x, y - low * size), (x + side * 32 * size, y - (low + 48) * size),
                       (x + side * 48 * size, y - (low + 92) * size)])  # fmt: skip
        canvas.fill(ribbon(limb, lambda t: size * lerp(9, 3, t)), mix(TEA[8], DAI[8], 0.4))
    clumps = ((-62.0, 176.0, 46), (64, 180, 46), (-44, 238, 52), (46, 240, 52), (0, 200, 62),
              (-24, 296, 46), (26, 300, 44), (0, 348, 34), (0, 262, 60))  # fmt: skip
    for number, (dx, up, r) in enumerate(clumps):
        crown = blob(
            seed * 7 + number, x + dx * size, y - up * size, r * size, r * 0.9 * size, 0.15
        )
        canvas.fill(crown, TEA[5])
    for number, (dx, up, r) in enumerate(clumps):
        lit = blob(seed * 3 + number, x + (dx - 8) * size, y - (up + 12) * size, r * 0.74 * size,
                   r * 0.62 * size, 0.2)  # fmt: skip
        canvas.fill(lit, TEA[4], 0.9)
    source = random.Random(seed)
    for _ in range(70):
        dx, up = lerp(-80, 80, source.random()), lerp(168, 350, source.random())
        if abs(dx) < 86 * (1 - ((up - 230) / 170) ** 2):
            canvas.fill(oval(x + dx * size, y - up * size, 4.4 * size, 2.8 * size,
                             source.random() * 180), TEA[2], 0.7)  # fmt: skip


def _children(canvas: Canvas) -> None:
    people: tuple[tuple[float, float, float, RGB, RGB | None, bool], ...] = (
        (770, 722, 0.62, DAI[6], TEA[4], True), (822, 716, 0.6, TEA[3], RED, False),
        (866, 728, 0.64, DAI[4], DAI[7], False), (706, 780, 0.72, ROSE, DAI[6], True),
        (660, 784, 1.18, DAI[7], None, True), (950, 786, 0.74, TEA[5], DAI[7], False),
        (1004, 790, 1.2, mix(DAI[5], WHITE, 0.2), None, False),
        (420, 760, 0.7, DAI[5], RED, True),
    )  # fmt: skip
    for x, y, size, coat, bag, flip in people:
        canvas.fill(oval(x, y, 24 * size, 5 * size), TEA[6], 0.35)
        walker(canvas, x, y, size, coat=coat, bag=bag, flip=flip)
    for x in (1130, 1206, 1282):
        bicycle(canvas, x, 760, 0.78, DAI[8])
