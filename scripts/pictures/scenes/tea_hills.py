"""望茶岭: clipped tea rows that follow the slopes."""

from __future__ import annotations

import math

from scripts.pictures.buildings import pavilion
from scripts.pictures.canvas import Canvas
from scripts.pictures.fields import tea_fold
from scripts.pictures.figures import basket, walker
from scripts.pictures.geometry import lerp, ribbon, smooth
from scripts.pictures.land import birds, clouds, hills, sky, sun
from scripts.pictures.palette import DAI, TEA, mix
from scripts.pictures.plants import pine, tree


def draw() -> Canvas:
    """Four folds of tea garden under a low sun, a path up to a pavilion."""
    canvas = Canvas()
    sky(canvas, TEA[2], TEA[0], 520)
    sun(canvas, 400, 170, 54)
    clouds(canvas, 15, 150, 7, TEA[0], 0.8)
    hills(canvas, 71, 380, 210, 560, 1.9, sharp=0.4, foot=TEA[1])
    hills(canvas, 22, 420, 150, 420, 2.7, foot=TEA[1])
    canvas.mist(420, 130, TEA[0], 0.8)
    tea_fold(canvas, _far, (DAI[3], DAI[4]), 11, 9, 3)
    canvas.mist(500, 110, TEA[0], 0.55)
    pavilion(canvas, 1130, _middle(1130) + 8, 0.62)
    tree(canvas, 1258, _middle(1258) + 10, 0.55, 6, DAI[6], DAI[5])
    tree(canvas, 1020, _middle(1020) + 10, 0.45, 2, TEA[5], TEA[4])
    tea_fold(canvas, _middle, (DAI[4], DAI[5]), 12, 12, 5, 0.006)
    canvas.mist(640, 120, DAI[0], 0.4)
    tea_fold(canvas, _near, (DAI[5], DAI[6]), 12, 17, 7)
    _path(canvas)
    tea_fold(canvas, _front, (DAI[6], DAI[7]), 10, 24, 11)
    _pickers(canvas)
    pine(canvas, 1500, 872, 1.5, flip=True)
    birds(canvas, [(690, 200, 34), (736, 180, 26), (650, 226, 22)], DAI[6])
    return canvas


def _far(x: float) -> float:
    return 436 - 62 * math.sin((x + 120) / 330) - 14 * math.sin(x / 97)


def _middle(x: float) -> float:
    return 530 - 92 * math.sin((x - 620) / 350) - 10 * math.sin(x / 120)


def _near(x: float) -> float:
    return 660 - 96 * math.sin((x + 380) / 400)


def _front(x: float) -> float:
    return 800 - 74 * math.sin((x + 820) / 430)


def _path(canvas: Canvas) -> None:
    line = smooth([(1128, _middle(1128) + 22), (1090, 528), (1180, 574), (1110, 632), (960, 668),
                   (1010, 726), (1130, 776), (1090, 836), (1010, 890)], 18)  # fmt: skip
    canvas.fill(ribbon(line, lambda t: lerp(5, 26, t) + 5), mix(TEA[5], DAI[5], 0.4), 0.5)
    canvas.fill(ribbon(line, lambda t: lerp(5, 26, t)), TEA[2])
    for i in range(4, len(line) - 4, 3):
        x, y = line[i]
        half = lerp(2, 12, i / len(line))
        canvas.stroke([(x - half, y), (x + half, y + 1)], 1.2, TEA[4], 0.8)


def _pickers(canvas: Canvas) -> None:
    for x, coat, size, flip in ((300, TEA[3], 0.72, False), (410, DAI[2], 0.68, True),
                                (760, TEA[2], 0.6, False)):  # fmt: skip
        foot = _front(x) + 26
        basket(canvas, x + (14 if flip else -14), foot - 24 * size, 24 * size, 36 * size)
        walker(canvas, x, foot, size, coat=coat, hat=True, flip=flip)
