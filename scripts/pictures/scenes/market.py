"""城南菜场: three stalls under striped awnings."""

from __future__ import annotations

import random
from collections.abc import Callable

from scripts.pictures.canvas import Canvas, Wash
from scripts.pictures.figures import basket, walker
from scripts.pictures.geometry import Line, arc, blob, bow, lerp, oval, place, rect, smooth
from scripts.pictures.palette import DAI, RED, RGB, ROSE, TEA, WHITE, mix

Item = Callable[[Canvas, float, float, float], None]


def draw() -> Canvas:
    """Morning light through the roof, vegetables in rows, scales and lamps."""
    canvas = Canvas()
    _hall(canvas)
    _crowd(canvas)
    stalls: tuple[tuple[float, RGB, tuple[Item, ...]], ...] = (
        (40, DAI[6], (_cabbage, _carrot, _aubergine)),
        (560, TEA[5], (_orange, _melon, _pear)),
        (1080, DAI[7], (_greens, _gourd, _mushroom)),
    )
    for number, (x, paint, goods) in enumerate(stalls):
        _stall(canvas, x, paint, goods, number)
    _floor_goods(canvas)
    walker(canvas, 508, 862, 2.1, coat=TEA[3], dark=DAI[8], flip=True)
    basket(canvas, 456, 796, 54, 44)
    walker(canvas, 1050, 868, 2.15, coat=DAI[4], dark=DAI[9])
    return canvas


def _hall(canvas: Canvas) -> None:
    canvas.fill(rect(0, 0, 1600, 620), Wash(DAI[2], TEA[1]))
    for i in range(9):
        x = -60 + i * 215.0
        canvas.fill([(x + 40, 0), (x + 130, 0), (x - 130, 640), (x - 290, 640)], WHITE, 0.28)
    for y, tone in ((60, DAI[5]), (140, DAI[4])):
        canvas.stroke(bow((-40, y + 120), (800, y - 120), (1640, y + 120)), 9, tone)
    for i in range(17):
        x = i * 100.0
        top = 180 - 120 * (1 - ((x - 800) / 840) ** 2)
        canvas.stroke([(x, top), (x, top + 80)], 4, DAI[4])
        canvas.stroke([(x, top + 80), (x + 100, top - 4 + (x - 800) * 0.03)], 3, DAI[4])
    for x in (20, 536, 1056, 1572):
        canvas.fill(rect(x - 11, 150, 22, 560), Wash(DAI[4], DAI[5]))
    canvas.fill(rect(0, 600, 1600, 300), Wash(mix(DAI[3], TEA[2], 0.5), DAI[3]))
    for i in range(25):
        t = i / 24
        canvas.stroke([(lerp(0, 1600, t), 640), (lerp(-900, 2500, t), 900)], 1.5, DAI[4], 0.6)
    for y in (700, 744, 806, 880):
        canvas.stroke([(0, y), (1600, y)], 1.5, DAI[4], 0.6)


def _crowd(canvas: Canvas) -> None:
    spots = ((486, 640, DAI[3]), (530, 636, TEA[3]), (1010, 640, DAI[4]), (1052, 636, TEA[2]),
             (580, 632, DAI[4]), (975, 630, mix(ROSE, WHITE, 0.5)))  # fmt: skip
    for number, (x, y, coat) in enumerate(spots):
        walker(canvas, x, y, 1.25, coat=coat, dark=DAI[5], flip=number % 2 == 0)


def _stall(canvas: Canvas, x: float, paint: RGB, goods: tuple[Item, ...], number: int) -> None:
    width = 480.0
    canvas.fill(rect(x + 12, 296, width - 24, 290), mix(paint, DAI[9], 0.72))
    _keeper(canvas, x + (240, 250, 236)[number], (TEA[2], DAI[3], TEA[4])[number])
    for post in (x + 8, x + width - 16):
        canvas.fill(rect(post, 290, 9, 440), TEA[7])
    _awning(canvas, x - 22, 250, width + 44, paint)
    canvas.fill(rect(x + 2, 570, width - 4, 170), TEA[8])
    for tier in range(3):
        y = 548 + tier * 66
        lean = tier * 12
        for half in range(2):
            left = x + 14 - lean + half * (width / 2 - 8 + lean)
            wide = width / 2 - 20 + lean
            _crate(canvas, left, y, wide, goods[(tier + half) % 3], 10 + tier * 4 + half + number)
    canvas.fill(rect(x - 24, 736, width + 48, 16), TEA[6])
    canvas.fill(
        rect(x - 10, 752, width + 20, 84), Wash(mix(paint, DAI[9], 0.25), mix(paint, DAI[9], 0.5))
    )
    for i in range(1, 12):
        plank = x - 10 + i * (width + 20) / 12
        canvas.stroke([(plank, 752), (plank, 836)], 1.5, mix(paint, DAI[9], 0.6))
    _lamp(canvas, x + 110, 390)
    _lamp(canvas, x + 372, 390)


def _awning(canvas: Canvas, x: float, y: float, width: float, paint: RGB) -> None:
    stripes = 12
    for i in range(stripes):
        a, b = i / stripes, (i + 1) / stripes
        top = (lerp(x + 46, x + width - 46, a), lerp(x + 46, x + width - 46, b))
        low = (lerp(x, x + width, a), lerp(x, x + width, b))
        tone = paint if i % 2 == 0 else TEA[0]
        slope: Line = [(top[0], y - 56), (top[1], y - 56), (low[1], y + 46), (low[0], y + 46)]
        canvas.fill(slope, Wash(mix(tone, WHITE, 0.12), tone))
        half = (low[1] - low[0]) / 2
        scallop = [*arc((low[0] + low[1]) / 2, y + 44, half, 24, 0, 180)]
        canvas.fill(scallop, mix(tone, DAI[8], 0.14))
    canvas.stroke([(x + 44, y - 56), (x + width - 44, y - 56)], 7, TEA[7])


def _crate(canvas: Canvas, x: float, y: float, width: float, item: Item, seed: int) -> None:
    source = random.Random(seed)
    canvas.fill(rect(x, y, width, 62), TEA[7])
    for layer in range(2):
        place_at = x + 20 + layer * 9
        while place_at < x + width - 14:
            item(canvas, place_at, y + 6 + layer * 19 + source.random() * 3, 1.0)
            place_at += 31
    canvas.fill(rect(x - 3, y + 32, width + 6, 32), Wash(TEA[4], TEA[5]))
    canvas.stroke([(x - 3, y + 48), (x + width + 3, y + 48)], 1.8, TEA[6])


def _keeper(canvas: Canvas, x: float, coat: RGB) -> None:
    """A stall keeper, seen as a plain shape behind the goods."""
    body = smooth([(-54, 130), (-50, 40), (-34, 6), (0, -4), (34, 6), (50, 40), (54, 130)], 8)
    canvas.fill(place(body, x, 440), coat)
    apron = [(-26, 24), (26, 24), (36, 130), (-36, 130)]
    canvas.fill(place(apron, x, 440), mix(coat, DAI[8], 0.45))
    canvas.fill(place(rect(-10, -18, 20, 22), x, 440), DAI[5])
    canvas.fill(place(oval(0, -42, 25, 29), x, 440), DAI[5])
    canvas.fill(place([*arc(0, -50, 28, 26, 180, 360)], x, 440), mix(coat, WHITE, 0.3))
    canvas.fill(place(rect(-31, -53, 62, 6), x, 440), mix(coat, WHITE, 0.3))


def _lamp(canvas: Canvas, x: float, y: float) -> None:
    canvas.stroke([(x, 290), (x, y - 20)], 2, DAI[3])
    canvas.glow(x, y + 6, 74, TEA[2], 0.4)
    canvas.fill([(x - 9, y - 20), (x + 9, y - 20), (x + 30, y + 4), (x - 30, y + 4)], DAI[5])
    canvas.fill(oval(x, y + 6, 12, 9), TEA[1])


def _cabbage(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.fill(blob(round(x), x, y, 20 * size, 18 * size, 0.1), DAI[4])
    canvas.fill(blob(round(x) + 1, x - 2, y - 3, 13 * size, 11 * size, 0.14), DAI[2])
    canvas.stroke(bow((x, y + 12), (x - 4, y), (x - 2, y - 12)), 1.6, DAI[5])


def _carrot(canvas: Canvas, x: float, y: float, size: float) -> None:
    for turn in (-8, 0, 8):
        canvas.stroke([(x, y - 12 * size), (x + turn, y - 28 * size)], 3, DAI[5])
    canvas.fill(
        smooth(
            [(x - 10, y - 10), (x + 10, y - 10), (x + 4, y + 12), (x, y + 26), (x - 4, y + 12)],
            6,
            closed=True,
        ),
        TEA[4],
    )


def _aubergine(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.fill(oval(x, y + 2, 12 * size, 20 * size, 24), mix(DAI[8], RED, 0.35))
    canvas.fill(oval(x + 4, y - 4, 2.4, 9, 24), WHITE, 0.4)
    canvas.fill(oval(x + 8, y - 17, 8, 5, 24), DAI[6])


def _orange(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.fill(oval(x, y, 17 * size), Wash(TEA[4], TEA[5]))
    canvas.fill(oval(x - 5, y - 6, 4.5, 3.4), WHITE, 0.45)
    canvas.fill(oval(x + 3, y - 15, 7, 3, -24), DAI[6])


def _melon(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.fill(oval(x, y, 19 * size, 18 * size), DAI[6])
    for bend in (-12, -4, 4, 12):
        canvas.stroke(bow((x, y - 18), (x + bend * 1.7, y), (x, y + 18)), 2.2, DAI[4])


def _pear(canvas: Canvas, x: float, y: float, size: float) -> None:
    outline = [
        (x, y - 22),
        (x + 8, y - 10),
        (x + 16, y + 6),
        (x, y + 18),
        (x - 16, y + 6),
        (x - 8, y - 10),
    ]
    canvas.fill(smooth(outline, 6, closed=True), Wash(TEA[2], TEA[3]))
    canvas.stroke([(x, y - 21), (x + 3 * size, y - 29)], 2, TEA[7])


def _greens(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.fill(rect(x - 7, y + 2, 14, 20), DAI[1])
    for turn, tone in ((-40, DAI[6]), (40, DAI[7]), (-14, DAI[4]), (14, DAI[5])):
        canvas.fill(oval(x + turn * 0.3, y - 8, 8 * size, 20, turn), tone)
        canvas.stroke([(x, y + 6), (x + turn * 0.5, y - 18)], 1.6, DAI[2])


def _gourd(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.fill(smooth([(x, y - 26), (x + 7, y - 16), (x + 6, y - 6), (x + 15, y + 8), (x, y + 20),
                        (x - 15, y + 8), (x - 6, y - 6), (x - 7, y - 16)], 6, closed=True),
                Wash(DAI[3], mix(DAI[5], TEA[3], 0.4)))  # fmt: skip
    canvas.stroke([(x, y - 26), (x + 5 * size, y - 32)], 2.4, DAI[7])


def _mushroom(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.fill(rect(x - 5 * size, y - 4, 10, 18), TEA[1])
    canvas.fill([*arc(x, y, 18, 16, 180, 360)], TEA[6])
    canvas.fill(oval(x - 5, y - 8, 4, 2.5), TEA[3], 0.7)


def _floor_goods(canvas: Canvas) -> None:
    for x, wide, item in (
        (116, 120, _gourd),
        (262, 104, _orange),
        (760, 118, _greens),
        (884, 96, _pear),
        (1240, 110, _cabbage),
        (1404, 118, _carrot),
    ):
        for i in range(-1, 2):
            item(canvas, x + i * 28.0, 812, 1.0)
        basket(canvas, x, 876, wide, 62)
