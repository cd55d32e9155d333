"""砚池公园: a pavilion across the pond, in autumn."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

from scripts.pictures.buildings import pavilion
from scripts.pictures.canvas import Canvas, Wash
from scripts.pictures.figures import walker
from scripts.pictures.geometry import Line, Point, blob, lerp, rect, ribbon, smooth
from scripts.pictures.land import birds, hills, pads, reeds, ripples, sky, water
from scripts.pictures.palette import DAI, ROSE, TEA, WHITE, mix
from scripts.pictures.plants import bush, far_trees, ginkgo_leaves, tree, willow

LEVEL = 560.0
AUTUMN = ((TEA[5], TEA[4]), (DAI[6], DAI[5]), (TEA[6], TEA[5]), (DAI[7], DAI[6]))


def draw() -> Canvas:
    """Pavilion, winding bridge and coloured trees, doubled by the still pond."""
    canvas = Canvas()
    sky(canvas, DAI[1], TEA[1], 470)
    hills(canvas, 55, 420, 190, 520, 2.3, sharp=0.3, foot=TEA[1], drop=50)
    hills(canvas, 78, 470, 110, 380, 3.0, foot=TEA[1], drop=40)
    canvas.mist(462, 110, TEA[0], 0.8)
    far_trees(canvas, 8, (-30, 1630), 520, (20, 48), (DAI[4], DAI[3], mix(DAI[4], DAI[5], 0.4)))
    canvas.mist(520, 80, TEA[0], 0.5)
    _far_bank(canvas)
    _bridge(canvas)
    pavilion(canvas, 980, 538, 1.22)
    _rocks(canvas, 980)
    water(canvas, LEVEL, mix(DAI[2], TEA[1], 0.35), DAI[4])
    canvas.mirror(LEVEL, 300, DAI[3], squash=0.9, strength=0.72, ripple=2.2)
    ripples(canvas, 33, (0, LEVEL + 12, 1600, 860), 90, WHITE, 0.5)
    _lotus(canvas)
    _near_bank(canvas)
    birds(canvas, [(420, 150, 36), (468, 132, 28), (386, 174, 24)], DAI[6])
    return canvas


def _far_bank(canvas: Canvas) -> None:
    bank = smooth([(-20, 536), (200, 530), (520, 540), (760, 546), (1120, 538), (1400, 526),
                   (1620, 520)])  # fmt: skip
    canvas.fill([*bank, (1620, 580), (-20, 580)], Wash(DAI[5], DAI[4]))
    spots = [(70, 1.12, 3), (190, 0.8, 0), (286, 0.92, 1), (1236, 0.86, 0), (1338, 1.16, 3),
             (1440, 0.9, 2), (1546, 1.2, 1), (720, 0.5, 1), (786, 0.6, 0)]  # fmt: skip
    for number, (x, size, tone) in enumerate(spots):
        dark, light = AUTUMN[tone]
        tree(canvas, x, 546, size, 20 + number, dark, light)
    for number, x in enumerate((20, 150, 360, 1180, 1290, 1490, 1590)):
        bush(canvas, 40 + number, x, 556, 48, 22, (DAI[6], DAI[5], TEA[5])[number % 3])


def _bridge(canvas: Canvas) -> None:
    """A low bridge in zigzags from the left bank to the pavilion."""
    corners: list[Point] = [(356, 548), (470, 520), (590, 548), (716, 522), (850, 546)]
    for a, b in pairwise(corners):
        edge = [a, b]
        canvas.fill([*edge, (b[0], b[1] + 11), (a[0], a[1] + 11)], DAI[3])
        canvas.fill(
            [(a[0], a[1] + 8), (b[0], b[1] + 8), (b[0], b[1] + 14), (a[0], a[1] + 14)], DAI[7]
        )
        for share in (0.15, 0.5, 0.85):
            x, y = lerp(a[0], b[0], share), lerp(a[1], b[1], share)
            canvas.fill(rect(x - 4, y + 12, 8, LEVEL - y), DAI[6])
        for lift in (14, 27):
            canvas.stroke([(a[0], a[1] - lift), (b[0], b[1] - lift)], 3, DAI[7])
        for i in range(7):
            x, y = lerp(a[0], b[0], i / 6), lerp(a[1], b[1], i / 6)
            canvas.fill(rect(x - 2.5, y - 33, 5, 36), DAI[8])
    walker(canvas, 640, 542, 0.56, coat=TEA[3], flip=True)
    walker(canvas, 664, 538, 0.4, coat=ROSE, flip=True)


def _rocks(canvas: Canvas, x: float) -> None:
    shapes: Sequence[tuple[float, float, float]] = (
        (-150, 52, 34), (-92, 60, 24), (20, 84, 22), (120, 56, 34), (168, 40, 46), (206, 34, 24),
    )  # fmt: skip
    for number, (dx, rx, ry) in enumerate(shapes):
        stone = blob(90 + number, x + dx, LEVEL + 2, rx, ry, 0.16, 2)
        canvas.fill(stone, Wash(mix(DAI[4], DAI[3], 0.3), DAI[6]))
        lit = blob(95 + number, x + dx - rx * 0.2, LEVEL - ry * 0.5, rx * 0.5, ry * 0.3, 0.2, 2)
        canvas.fill(lit, DAI[2], 0.5)


def _lotus(canvas: Canvas) -> None:
    greens = (DAI[6], DAI[5], mix(DAI[5], DAI[6], 0.5), DAI[4])
    pads(canvas, 12, (270, 726), (330, 76), 36, greens, 0.95)
    pads(canvas, 17, (1060, 700), (190, 34), 15, greens, 0.7)
    source = random.Random(3)
    for _ in range(7):
        x, y = lerp(40, 500, source.random()), lerp(700, 790, source.random())
        stem = smooth([(x, y), (x + 5, y - 30), (x + 2, y - 54)])
        canvas.stroke(stem, 2.4, DAI[7])
        _flower(canvas, x + 2, y - 56, lerp(0.7, 1.0, source.random()))


def _flower(canvas: Canvas, x: float, y: float, size: float) -> None:
    for turn in (-0.95, 0.95, -0.5, 0.5, 0.0):
        tip = (x + turn * 22 * size, y - (24 - abs(turn) * 12) * size)
        petal = [(x - 5 * size, y + 3), tip, (x + 5 * size, y + 3)]
        curve: Line = smooth(
            [
                petal[0],
                ((x + tip[0]) / 2 - 6 * size, (y + tip[1]) / 2),
                tip,
                ((x + tip[0]) / 2 + 6 * size, (y + tip[1]) / 2),
                petal[2],
            ],
            6,
        )
        canvas.fill(curve, Wash(mix(ROSE, WHITE, 0.45), WHITE))


def _near_bank(canvas: Canvas) -> None:
    bank = smooth([(700, 920), (860, 868), (1060, 836), (1300, 824), (1500, 796), (1640, 786)])
    canvas.fill([*bank, (1640, 920)], Wash(DAI[7], DAI[8]))
    path = smooth([(930, 930), (1100, 872), (1330, 852), (1640, 824)])
    canvas.fill(ribbon(path, lambda t: lerp(44, 24, t)), TEA[2])
    reeds(canvas, 6, (840, 1010), 872, 30, (40, 130), DAI[8], TEA[4])
    reeds(canvas, 4, (1010, 1090), 852, 12, (30, 80), DAI[7])
    ginkgo_leaves(canvas, 5, (1000, 822, 1600, 900), 60)
    back = smooth([(1640, -10), (1500, 6), (1330, -22)])
    willow(canvas, 24, back, 11, (160, 330), DAI[5])
    front = smooth([(1640, 60), (1560, 26), (1440, 8), (1370, -20)])
    willow(canvas, 29, front, 9, (240, 470), DAI[7], -22)
