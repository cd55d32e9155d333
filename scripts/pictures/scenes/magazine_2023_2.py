"""Cover: the stone path that climbs 望茶岭 through the tea."""

from __future__ import annotations

import math

from scripts.pictures.buildings import pavilion
from scripts.pictures.canvas import Canvas
from scripts.pictures.fields import tea_fold
from scripts.pictures.figures import basket, walker
from scripts.pictures.geometry import Line, lerp, ribbon, smooth
from scripts.pictures.land import birds, clouds, hills, sky, sun
from scripts.pictures.palette import DAI, TEA, WHITE, mix
from scripts.pictures.plants import pine, tree

WIDTH, HEIGHT = 900, 1245


def draw() -> Canvas:
    """Five folds of tea, mist between them, a pavilion on the highest."""
    canvas = Canvas(WIDTH, HEIGHT)
    sky(canvas, TEA[2], TEA[0], 560)
    sun(canvas, 268, 270, 74)
    clouds(canvas, 3, 150, 6, WHITE, 0.6)
    hills(canvas, 52, 480, 250, 330, 2.5, sharp=0.6, foot=TEA[1], drop=30)
    hills(canvas, 74, 530, 170, 280, 3.3, sharp=0.3, foot=TEA[1], drop=20)
    canvas.mist(512, 140, TEA[0], 0.85)
    tea_fold(canvas, _ridge, (DAI[3], DAI[4]), 12, 9, 3)
    pavilion(canvas, 640, _ridge(640) + 8, 0.66)
    tree(canvas, 742, _ridge(742) + 10, 0.46, 4, DAI[6], DAI[5])
    tree(canvas, 552, _ridge(552) + 8, 0.36, 9, TEA[5], TEA[4])
    canvas.mist(664, 120, TEA[0], 0.6)
    tea_fold(
        canvas, _second, (mix(DAI[3], DAI[4], 0.6), mix(DAI[4], DAI[5], 0.6)), 12, 12, 5, 0.006
    )
    canvas.mist(800, 110, DAI[0], 0.5)
    tea_fold(canvas, _third, (mix(DAI[4], DAI[5], 0.6), mix(DAI[5], DAI[6], 0.6)), 12, 16, 7)
    canvas.mist(940, 100, DAI[0], 0.35)
    tea_fold(
        canvas, _fourth, (mix(DAI[5], DAI[6], 0.5), mix(DAI[6], DAI[7], 0.4)), 12, 20, 9, 0.005
    )
    _path(canvas)
    tea_fold(canvas, _front, (DAI[6], DAI[8]), 8, 26, 11)
    _pickers(canvas)
    pine(canvas, 96, 1190, 1.5)
    birds(canvas, [(560, 250, 40), (610, 224, 30), (524, 284, 26)], DAI[6])
    return canvas


def _ridge(x: float) -> float:
    return 590 - 70 * math.sin((x - 300) / 215)


def _second(x: float) -> float:
    return 720 - 62 * math.sin((x + 250) / 250)


def _third(x: float) -> float:
    return 850 - 66 * math.sin((x - 420) / 240)


def _fourth(x: float) -> float:
    return 985 - 60 * math.sin((x + 150) / 270)


def _front(x: float) -> float:
    return 1150 - 40 * math.sin((x - 520) / 260)


def _path(canvas: Canvas) -> None:
    """Stone steps from the foot of the picture to the pavilion, hidden here and there."""
    line = smooth(
        [
            (640, 536),
            (610, 580),
            (660, 640),
            (560, 690),
            (420, 730),
            (470, 790),
            (640, 836),
            (700, 886),
            (560, 946),
            (380, 1000),
            (420, 1070),
            (560, 1120),
            (520, 1200),
            (470, 1260),
        ],
        18,
    )
    canvas.fill(ribbon(line, lambda t: lerp(6, 44, t) + 6), mix(TEA[5], DAI[6], 0.5), 0.5)
    canvas.fill(ribbon(line, lambda t: lerp(6, 44, t)), TEA[2])
    last = len(line) - 1
    step = 3
    while step < last - 2:
        _tread(canvas, line, step, last)
        step += 2 if step < last * 0.6 else 1
    for x, y, size, coat in (
        (596, 696, 0.34, DAI[8]),
        (520, 806, 0.44, TEA[6]),
        (474, 974, 0.62, DAI[8]),
    ):
        walker(canvas, x, y, size, coat=coat)


def _tread(canvas: Canvas, line: Line, step: int, last: int) -> None:
    (ax, ay), (bx, by) = line[step - 1], line[step + 1]
    length = math.hypot(bx - ax, by - ay) or 1.0
    half = lerp(6, 44, step / last) / 2 - 1
    nx, ny = -(by - ay) / length * half, (bx - ax) / length * half
    x, y = line[step]
    canvas.stroke([(x - nx, y - ny), (x + nx, y + ny)], lerp(0.8, 2.4, step / last), TEA[4], 0.9)


def _pickers(canvas: Canvas) -> None:
    for x, coat, size, flip in (
        (640, TEA[2], 1.0, True),
        (748, DAI[2], 0.92, False),
        (846, TEA[3], 0.86, True),
    ):
        foot = _front(x) + 30
        basket(canvas, x + (18 if flip else -18), foot - 32 * size, 32 * size, 46 * size)
        walker(canvas, x, foot, size, coat=coat, hat=True, flip=flip)
