"""A neighbourhood reading room that stays open at night."""

from __future__ import annotations

import random

from scripts.pictures.buildings import tiled_roof
from scripts.pictures.canvas import Canvas, Wash
from scripts.pictures.geometry import Line, Point, arc, bow, lerp, oval, place, rect, smooth
from scripts.pictures.land import hills
from scripts.pictures.palette import DAI, RED, RGB, TEA, WHITE, mix
from scripts.pictures.plants import bamboo

NIGHT = mix(DAI[8], DAI[9], 0.4)
SPINES: tuple[RGB, ...] = (
    DAI[4], DAI[5], DAI[6], TEA[4], TEA[3], DAI[3], TEA[5], DAI[5], TEA[2], mix(RED, TEA[6], 0.3),
)  # fmt: skip


def draw() -> Canvas:
    """Shelves about a round window, one long table, three lamps, two readers."""
    canvas = Canvas(paint=mix(DAI[7], DAI[8], 0.55))
    _shelves(canvas, 24, 470)
    _shelves(canvas, 1106, 470)
    canvas.fill(rect(0, 690, 1600, 210), Wash(mix(TEA[8], DAI[9], 0.3), TEA[9]))
    for i in range(8):
        canvas.stroke(
            [(lerp(380, -500, i / 7), 900), (lerp(760, 520, i / 7), 690)], 1.5, TEA[9], 0.5
        )
        canvas.stroke(
            [(lerp(1220, 2100, i / 7), 900), (lerp(840, 1080, i / 7), 690)], 1.5, TEA[9], 0.5
        )
    _window(canvas)
    _table(canvas)
    for x in (520, 800, 1080):
        _lamp(canvas, x)
    _books(canvas)
    _reader(canvas, 655, TEA[6])
    _reader(canvas, 965, DAI[5])
    return canvas


def _shelves(canvas: Canvas, x: float, width: float) -> None:
    canvas.fill(rect(x - 10, 40, width + 20, 664), TEA[8])
    source = random.Random(round(x))
    for row in range(5):
        y = 54 + row * 130
        canvas.fill(rect(x, y, width, 116), mix(TEA[9], DAI[9], 0.4))
        for half in (0, 1):
            _row(canvas, source, x + half * (width / 2 + 4) + 6, width / 2 - 14, y + 116)
        canvas.fill(rect(x + width / 2 - 4, y, 8, 116), TEA[8])
        canvas.stroke([(x, y + 117), (x + width, y + 117)], 4, TEA[7])


def _row(canvas: Canvas, source: random.Random, x: float, width: float, foot: float) -> None:
    end = x + width
    while x < end - 10:
        if source.random() < 0.07:
            x += 20
            continue
        wide, tall = lerp(9, 22, source.random()), lerp(64, 104, source.random())
        if x + wide > end:
            break
        paint = mix(SPINES[int(source.random() * len(SPINES))], DAI[8], 0.22)
        canvas.fill(rect(x, foot - tall, wide, tall), paint)
        canvas.fill(rect(x, foot - tall, 2, tall), mix(paint, WHITE, 0.25))
        if wide > 13:
            canvas.fill(rect(x + wide / 2 - 2.5, foot - tall + 12, 5, 26), TEA[2], 0.85)
        x += wide + 1.5


def _window(canvas: Canvas) -> None:
    centre: Point = (800, 336)
    ring = oval(*centre, 262)
    canvas.fill(oval(*centre, 284), TEA[8])
    with canvas.clip(ring):
        canvas.fill(rect(530, 60, 540, 560), Wash(DAI[7], DAI[4], 60, 560))
        canvas.glow(892, 206, 120, TEA[2], 0.4)
        canvas.fill(oval(892, 206, 40), TEA[2])
        hills(canvas, 7, 452, 210, 330, 5.2, sharp=0.6, foot=DAI[5])
        hills(canvas, 19, 510, 120, 260, 6.2, foot=DAI[6])
        canvas.mist(470, 90, DAI[3], 0.5)
        for x, y, wide in ((596, 520, 150), (868, 528, 130), (736, 548, 120)):
            canvas.fill(rect(x, y, wide, 90), mix(DAI[7], DAI[6], 0.4))
            tiled_roof(canvas, x, y, wide, 34)
            canvas.fill(rect(x + wide * 0.3, y + 14, 16, 18), TEA[3])
            canvas.fill(rect(x + wide * 0.58, y + 14, 16, 18), TEA[3])
        bamboo(canvas, 5, [(592, 620, 9), (628, 620, 7), (1022, 620, 9)], 40, NIGHT, NIGHT, 9)
    canvas.stroke(ring, 7, TEA[9], closed=True)
    canvas.stroke(oval(*centre, 284), 3, TEA[6], closed=True)
    canvas.stroke([(800, 74), (800, 598)], 5, TEA[9])
    canvas.stroke([(538, 336), (1062, 336)], 5, TEA[9])


def _table(canvas: Canvas) -> None:
    top = [(300, 712), (1300, 712), (1400, 772), (200, 772)]
    canvas.fill(top, Wash(TEA[6], TEA[5]))
    canvas.fill(rect(200, 772, 1200, 22), TEA[7])
    for x in (250, 1318):
        canvas.fill(rect(x, 794, 32, 110), TEA[8])
    for x in (520, 800, 1080):
        canvas.fill(oval(x, 744, 150, 24), TEA[3], 0.55)
        canvas.fill(oval(x, 744, 100, 16), TEA[2], 0.6)


def _lamp(canvas: Canvas, x: float) -> None:
    cone = [(x - 34, 650), (x + 34, 650), (x + 148, 744), (x - 148, 744)]
    canvas.fill(cone, Wash(TEA[2], TEA[2], alpha_top=0.42, alpha_bottom=0.12))
    canvas.glow(x, 648, 150, TEA[3], 0.22)
    canvas.fill(oval(x, 741, 32, 7), DAI[9])
    canvas.stroke([(x, 741), (x, 640)], 5, DAI[9])
    shade = [*bow((x - 50, 652), (x - 34, 614), (x - 16, 606)),
             *bow((x + 16, 606), (x + 34, 614), (x + 50, 652))]  # fmt: skip
    canvas.fill(shade, Wash(TEA[4], TEA[2]))
    canvas.stroke([(x - 50, 652), (x + 50, 652)], 4, TEA[1])


def _books(canvas: Canvas) -> None:
    for x, paints in ((378, (DAI[6], TEA[4], DAI[4])), (1196, (DAI[5], RED, TEA[3], DAI[7]))):
        for i, paint in enumerate(paints):
            wide = 92 - i * 7
            y = 742 - i * 15
            canvas.fill(rect(x - wide / 2 + (i % 2) * 6, y - 14, wide, 14), paint)
            canvas.fill(rect(x - wide / 2 + (i % 2) * 6 + wide - 8, y - 11, 8, 8), TEA[1])
    for x in (655, 965):
        left: Line = [*bow((x, 738), (x - 26, 722), (x - 62, 732)), (x - 70, 752),
                      *bow((x - 70, 752), (x - 28, 742), (x, 758))]  # fmt: skip
        canvas.fill(left, TEA[1])
        canvas.fill([(2 * x - px, py) for px, py in left], TEA[0])
        canvas.stroke([(x, 738), (x, 758)], 1.6, TEA[5])
    cup = [*arc(868, 738, 17, 22, 0, 180), (851, 738)]
    canvas.fill(cup, DAI[2])
    canvas.fill(oval(868, 738, 17, 4.5), TEA[6])


def _reader(canvas: Canvas, x: float, coat: RGB) -> None:
    """Someone on the near side of the table, seen from behind."""
    body = smooth(
        [(-84, 180), (-80, 96), (-60, 40), (-24, 20), (24, 20), (60, 40), (80, 96), (84, 180)]
    )
    canvas.fill(place(body, x, 726, 1.0), Wash(coat, mix(coat, DAI[9], 0.5)))
    canvas.fill(place(rect(-13, 0, 26, 30), x, 726), mix(DAI[9], TEA[9], 0.4))
    canvas.fill(place(oval(0, -22, 33, 38), x, 726), DAI[9])
    canvas.stroke(place(arc(0, -22, 33, 38, 200, 330), x, 726), 3.0, TEA[4], 0.8)
    canvas.stroke(place(body[18:60], x, 726), 2.5, TEA[3], 0.5)
    chair = [(-96, 110), (96, 110), (96, 128), (-96, 128)]
    canvas.fill(place(chair, x, 726), TEA[9])
    for post in (-96, -40, 16, 82):
        canvas.fill(place(rect(post, 110, 14, 80), x, 726), TEA[9])
