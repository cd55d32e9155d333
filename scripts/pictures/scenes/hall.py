"""The council room: a ring table before tall windows."""

from __future__ import annotations

import math

from scripts.pictures.canvas import Canvas, Wash
from scripts.pictures.geometry import arc, bow, lerp, oval, place, rect, smooth
from scripts.pictures.land import hills, ripples, sky, sun, water
from scripts.pictures.palette import DAI, TEA, WHITE, mix
from scripts.pictures.plants import far_trees

CENTRE = (800.0, 660.0)
WINDOWS = tuple((136 + i * 272, 226.0) for i in range(5))


def draw() -> Canvas:
    """Five windows show one landscape; the empty places round the table wait."""
    canvas = Canvas(paint=TEA[1])
    _outside(canvas)
    _wall(canvas)
    _ceiling(canvas)
    _floor(canvas)
    _plants(canvas)
    for i in range(13):
        _far_chair(canvas, 201 + i * 138 / 12)
    _table(canvas)
    # From the sides to the front, so that nearer chairs overlap farther ones.
    for i in range(8):
        for angle in {90 + 78 * (7 - i) / 7, 90 - 78 * (7 - i) / 7}:
            _near_chair(canvas, angle)
    return canvas


def _outside(canvas: Canvas) -> None:
    sky(canvas, DAI[2], TEA[1], 380)
    sun(canvas, 1060, 180, 34)
    hills(canvas, 14, 400, 200, 420, 2.6, sharp=0.6, foot=TEA[1], drop=20)
    hills(canvas, 51, 430, 130, 300, 3.6, sharp=0.2, foot=DAI[1], drop=20)
    canvas.mist(420, 70, TEA[0], 0.7)
    far_trees(canvas, 6, (0, 1600), 446, (10, 24), (DAI[4], DAI[5]))
    water(canvas, 448, DAI[2], DAI[3])
    ripples(canvas, 5, (0, 456, 1600, 520), 60, WHITE, 0.7, 0.5)


def _wall(canvas: Canvas) -> None:
    frames = [rect(x, 96, wide, 420) for x, wide in WINDOWS]
    canvas.cut([rect(0, 0, 1600, 540), *frames], Wash(TEA[2], TEA[1]))
    for x, wide in WINDOWS:
        canvas.stroke(rect(x, 96, wide, 420), 8, TEA[6], closed=True)
        canvas.stroke([(x + wide / 2, 96), (x + wide / 2, 516)], 4, TEA[6])
        for level in (170, 442):
            canvas.stroke([(x, level), (x + wide, level)], 4, TEA[6])
        for i in range(1, 8):
            canvas.stroke([(x + wide * i / 8, 96), (x + wide * i / 8, 170)], 2, TEA[6])
        canvas.fill(rect(x - 8, 516, wide + 16, 12), TEA[4])
    for i in range(6):
        canvas.fill(rect(99 + i * 272 - 9, 60, 18, 480), Wash(TEA[5], TEA[4]))


def _ceiling(canvas: Canvas) -> None:
    canvas.fill([(0, 0), (1600, 0), (1600, 70), (0, 70)], TEA[5])
    for i in range(57):
        x = lerp(-560, 2160, i / 56)
        canvas.stroke([(x, -4), (lerp(x, 800, 0.16), 70)], 3, TEA[6])
    canvas.fill(rect(0, 66, 1600, 10), TEA[6])
    for x in (530, 800, 1070):
        canvas.stroke([(x - 58, 70), (x - 58, 128)], 1.6, DAI[7])
        canvas.stroke([(x + 58, 70), (x + 58, 128)], 1.6, DAI[7])
        canvas.stroke(oval(x, 130, 88, 16), 9, DAI[7], closed=True)
        canvas.stroke(oval(x, 134, 88, 16), 4, TEA[1], closed=True)


def _floor(canvas: Canvas) -> None:
    canvas.fill(rect(0, 540, 1600, 360), Wash(mix(TEA[3], TEA[2], 0.4), TEA[3]))
    canvas.fill(rect(0, 532, 1600, 12), TEA[5])
    for i in range(33):
        t = i / 32
        canvas.stroke([(lerp(60, 1540, t), 544), (lerp(-1100, 2700, t), 900)], 1.4, TEA[4], 0.55)
    for x, wide in WINDOWS:
        left, right = lerp(800, x, 1.06) - 40, lerp(800, x + wide, 1.06) - 40
        pool = [(left, 548), (right, 548), (lerp(800, right, 1.6) - 110, 840),
                (lerp(800, left, 1.6) - 110, 840)]  # fmt: skip
        canvas.fill(pool, Wash(WHITE, WHITE, alpha_top=0.55, alpha_bottom=0.05))


def _table(canvas: Canvas) -> None:
    x, y = CENTRE
    outer, inner = (620.0, 158.0), (390.0, 84.0)
    canvas.fill(oval(x, y + 68, 600, 150), TEA[6], 0.3)
    front = [*arc(x, y, *outer, 0, 180), *arc(x, y + 62, outer[0] - 14, outer[1] - 6, 180, 0)]
    canvas.fill(front, Wash(TEA[7], TEA[8], y, y + 220))
    for i in range(1, 28):
        angle = 180 * i / 28
        top, foot = (
            arc(x, y, *outer, angle, angle + 1, 1)[0],
            arc(x, y + 62, outer[0] - 14, outer[1] - 6, angle, angle + 1, 1)[0],
        )
        canvas.stroke([top, foot], 1.6, TEA[8], 0.8)
    hole = oval(x, y + 2, *inner)
    canvas.cut([oval(x, y, *outer), hole], Wash(TEA[5], mix(TEA[5], TEA[4], 0.7)))
    back = [*arc(x, y + 2, *inner, 180, 360), *arc(x, y + 34, inner[0] - 6, inner[1] - 8, 360, 180)]
    canvas.fill(back, TEA[7])
    canvas.stroke(oval(x, y, outer[0] - 9, outer[1] - 4), 1.6, TEA[3], 0.7, closed=True)
    for i in range(28):
        _place_setting(canvas, i * 360 / 28 + 6)
    for dx, dy, size in ((-150, 20, 0.42), (150, 20, 0.42), (-78, 34, 0.5), (78, 34, 0.5),
                         (0, 46, 0.6)):  # fmt: skip
        _pot(canvas, x + dx, y + dy, size)


def _place_setting(canvas: Canvas, angle: float) -> None:
    x, y = arc(*CENTRE, 540, 132, angle, angle + 1, 1)[0]
    size = lerp(0.62, 1.0, (y - CENTRE[1] + 132) / 264)
    sheet = [(-26, -7), (20, -7), (26, 7), (-32, 7)]
    canvas.fill(place(sheet, x, y, size), WHITE)
    canvas.stroke(place([(-16, -2), (12, -2)], x, y, size), 1.2 * size, DAI[4])
    canvas.stroke(place([(-18, 2), (14, 2)], x, y, size), 1.2 * size, DAI[4])
    cup = [*arc(0, 0, 8, 12, 0, 180)]
    canvas.fill(place(cup, x + 40 * size, y - 6 * size, size), DAI[2])
    canvas.fill(place(oval(0, 0, 8.5, 3), x + 40 * size, y - 6 * size, size), DAI[6])


BACK = smooth([(-34, 8), (-36, -40), (-30, -66), (0, -74), (30, -66), (36, -40), (34, 8)], 8)


def _far_chair(canvas: Canvas, angle: float) -> None:
    """A chair beyond the table; most of it is hidden by the top."""
    x, y = arc(*CENTRE, 652, 172, angle, angle + 1, 1)[0]
    size = lerp(0.86, 0.7, -math.sin(math.radians(angle)))
    for leg in (-28, 22):
        canvas.fill(place(rect(leg, 16, 6, 76), x, y, size), TEA[8])
    canvas.fill(place(BACK, x, y + 20 * size, size), Wash(DAI[5], DAI[6]))
    seat = smooth([(-38, 26), (38, 26), (42, 44), (-42, 44)], 4, closed=True)
    canvas.fill(place(seat, x, y + 4, size), DAI[7])


def _near_chair(canvas: Canvas, angle: float) -> None:
    x, y = arc(*CENTRE, 700, 214, angle, angle + 1, 1)[0]
    size = lerp(0.86, 1.22, math.sin(math.radians(angle)))
    canvas.fill(place(oval(0, 66, 52, 11), x, y, size), TEA[7], 0.35)
    for leg in (-32, 26):
        canvas.fill(place(rect(leg, 6, 7, 58), x, y, size), TEA[8])
    canvas.fill(place(smooth([(-42, 4), (42, 4), (40, 24), (-40, 24)], 4, closed=True), x, y, size),
                DAI[8])  # fmt: skip
    canvas.fill(place(BACK, x, y, size), Wash(DAI[6], DAI[8]))
    canvas.stroke(place(BACK[8:-8], x, y, size), 3 * size, TEA[5])
    canvas.stroke(place(bow((-24, -30), (0, -38), (24, -30)), x, y, size), 1.6 * size, DAI[4], 0.5)


def _plants(canvas: Canvas) -> None:
    for x in (40, 1560):
        _pot(canvas, x, 628, 1.0)


def _pot(canvas: Canvas, x: float, y: float, size: float) -> None:
    """A pot of long arching leaves; (x, y) is its foot."""
    canvas.fill(place(oval(0, 0, 40, 8), x, y, size), TEA[7], 0.3)
    canvas.fill(place([(-34, -68), (34, -68), (26, 0), (-26, 0)], x, y, size), DAI[4])
    canvas.fill(place([(-38, -72), (38, -72), (38, -60), (-38, -60)], x, y, size), DAI[3])
    for turn in (-4, 4, -3, 3, -2, 2, -1, 1, 0):
        tip = (turn * 25.0, -232 + abs(turn) * 27.0)
        leaf = [*bow((-4, -68), (turn * 5 - 13, -160), tip),
                *bow(tip, (turn * 15 + 9, -140), (4, -68))]  # fmt: skip
        canvas.fill(place(leaf, x, y, size), DAI[7] if turn % 2 else DAI[6])
