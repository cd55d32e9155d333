"""Cover: one river, four bridges, the people of both banks."""

from __future__ import annotations

import random
from collections.abc import Sequence

from scripts.pictures.buildings import stepped_gable, tiled_roof
from scripts.pictures.canvas import Canvas, Wash
from scripts.pictures.figures import ferryman, umbrella, walker
from scripts.pictures.geometry import Line, Point, arc, bow, lerp, oval, place, rect, ribbon, smooth
from scripts.pictures.land import birds, boat, hills, reeds, ripples, sky, sun
from scripts.pictures.palette import DAI, TEA, WHITE, mix
from scripts.pictures.plants import far_trees, tree, willow

WIDTH, HEIGHT = 900, 1245
HORIZON = 560.0

# The middle of the river from near to far: x, y and its width there.
COURSE = (
    (500.0, 1300.0, 640.0), (470.0, 1120.0, 470.0), (400.0, 980.0, 330.0), (440.0, 860.0, 220.0),
    (530.0, 768.0, 144.0), (510.0, 696.0, 88.0), (456.0, 640.0, 50.0), (470.0, 596.0, 22.0),
    (486.0, 562.0, 8.0),
)  # fmt: skip


def draw() -> Canvas:
    """The river winds from the hills to our feet under one bridge after another."""
    canvas = Canvas(WIDTH, HEIGHT)
    sky(canvas, DAI[2], TEA[1], 480)
    sun(canvas, 672, 236, 62)
    hills(canvas, 81, 500, 260, 360, 2.3, sharp=0.7, foot=TEA[1], drop=30)
    hills(canvas, 35, 545, 180, 300, 3.2, sharp=0.4, foot=DAI[1], drop=20)
    canvas.mist(540, 110, TEA[0], 0.8)
    _land(canvas)
    _river(canvas)
    canvas.mist(570, 60, TEA[0], 0.75)
    _bank(canvas)
    for x, y, size in ((462, 632, 0.34), (528, 736, 0.78), (424, 892, 1.55)):
        _bridge(canvas, x, y, size)
    boat(canvas, 560, 986, 0.5, flip=True)
    canvas.fill(rect(0, 1112, WIDTH, 140), Wash(mix(DAI[2], DAI[3], 0.7), DAI[4]))
    ripples(canvas, 7, (0, 1146, WIDTH, 1236), 34, WHITE, 0.6, 0.8)
    _front_bridge(canvas)
    boat(canvas, 300, 1216, 0.95)
    ferryman(canvas, 366, 1208, 0.92)
    reeds(canvas, 3, (690, 900), 1236, 34, (60, 190), DAI[8], TEA[4])
    branch = smooth([(-20, 120), (60, 84), (160, 62), (250, 20)])
    willow(canvas, 23, smooth([(-20, 30), (90, 26), (220, -14)]), 11, (110, 260), DAI[5], 20)
    willow(canvas, 19, branch, 12, (160, 400), DAI[7], 22)
    birds(canvas, [(480, 230, 36), (524, 208, 28), (446, 256, 24)], DAI[6])
    return canvas


def _land(canvas: Canvas) -> None:
    canvas.fill(
        rect(0, HORIZON, WIDTH, HEIGHT - HORIZON),
        Wash(mix(DAI[3], TEA[2], 0.3), mix(DAI[5], DAI[6], 0.4)),
    )
    for i in range(26):
        t = i / 25
        y = lerp(HORIZON + 10, HEIGHT, t**1.7)
        line = smooth([(-20, y + 8 * t), (220, y - 14 * t), (520, y + 10 * t), (920, y - 16 * t)])
        canvas.stroke(line, lerp(1.0, 4.0, t), mix(DAI[5], TEA[3], 0.3), 0.35)


def _river(canvas: Canvas) -> None:
    line = smooth([(x, y) for x, y, _ in COURSE], 16)
    widths = smooth([(wide, 0.0) for _, _, wide in COURSE], 16)
    last = len(widths) - 1

    def width(t: float) -> float:
        return widths[round(t * last)][0]

    outline = ribbon(line, width)
    canvas.fill(ribbon(line, lambda t: width(t) * 1.07 + 3), mix(DAI[5], DAI[6], 0.5))
    canvas.fill(outline, Wash(TEA[0], mix(DAI[2], DAI[3], 0.6), HORIZON, HEIGHT))
    source = random.Random(5)
    with canvas.clip(outline):
        for _ in range(130):
            t = source.random() ** 1.4
            x, y = line[round((1 - t) * last * 0.98)]
            near = (y - HORIZON) / (HEIGHT - HORIZON)
            x += (source.random() - 0.5) * width(1 - t) * 0.9
            long = lerp(5, 84, near) * lerp(0.4, 1.0, source.random())
            canvas.stroke([(x - long / 2, y), (x + long / 2, y)], lerp(0.8, 3.2, near), WHITE, 0.55)


def _bank(canvas: Canvas) -> None:
    """Trees and houses on both sides, from far to near."""
    far_trees(canvas, 3, (-10, 450), 596, (8, 20), (DAI[4], DAI[3]))
    far_trees(canvas, 6, (510, 920), 600, (8, 20), (DAI[4], DAI[3], TEA[3]))
    houses: Sequence[tuple[float, float, float]] = (
        (560, 616, 0.36), (620, 622, 0.4), (330, 640, 0.42), (266, 650, 0.46), (640, 690, 0.6),
        (724, 700, 0.64), (280, 742, 0.74), (160, 752, 0.8), (650, 820, 1.0), (794, 836, 1.06),
        (90, 900, 1.16),
    )  # fmt: skip
    trees = ((590, 640, 0.2, 0), (390, 650, 0.2, 1), (700, 646, 0.22, 0), (210, 672, 0.24, 0),
             (410, 742, 0.3, 2), (800, 716, 0.36, 1), (60, 760, 0.42, 0), (222, 800, 0.44, 2),
             (606, 846, 0.5, 1), (870, 862, 0.6, 0), (40, 960, 0.8, 1), (196, 946, 0.5, 0),
             (720, 930, 0.6, 2))  # fmt: skip
    order = [(y, "house", x, size, 0) for x, y, size in houses]
    order += [(y, "tree", x, size, tone) for x, y, size, tone in trees]
    for y, what, x, size, tone in sorted(order):
        if what == "tree":
            dark, light = ((DAI[6], DAI[5]), (DAI[7], DAI[6]), (TEA[5], TEA[4]))[tone]
            tree(canvas, x, y, size, round(x), dark, light)
        else:
            _house(canvas, x, y, size, round(x) % 3 == 1)


def _house(canvas: Canvas, x: float, y: float, size: float, gable: bool) -> None:
    wide, tall = 104 * size, 58 * size
    if gable:
        stepped_gable(canvas, x - 30 * size, y - tall * 1.9, 62 * size, y)
    canvas.fill(rect(x, y - tall, wide, tall), Wash(WHITE, DAI[1]))
    canvas.fill(rect(x, y - 6 * size, wide, 6 * size), DAI[4])
    tiled_roof(canvas, x, y - tall, wide, 34 * size, DAI[7])
    for share in (0.16, 0.68):
        canvas.fill(rect(x + wide * share, y - tall * 0.66, 16 * size, 20 * size), DAI[6])
    canvas.fill(rect(x + wide * 0.42, y - tall * 0.62, 18 * size, tall * 0.62), DAI[8])


def _bridge(canvas: Canvas, x: float, y: float, size: float) -> None:
    """A humped bridge across the river and its reflection; (x, y) is on the water line."""
    deck = bow((-112, 4), (0, -94), (112, 4), 30)
    hole = arc(0, 6, 46, 36, 180, 360, 30)
    body: Line = [*deck, (112, 10), (46, 10), *reversed(hole), (-46, 10), (-112, 10)]
    canvas.fill(place([(px, 14 - py * 0.62) for px, py in body], x, y, size), DAI[6], 0.32)
    canvas.fill(place(body, x, y, size), Wash(mix(DAI[5], DAI[6], 0.5), DAI[6]))
    canvas.stroke(place(hole, x, y, size), 5 * size, DAI[3])
    canvas.stroke(place(deck, x, y, size), 4 * size, DAI[3])
    top = [(px, py - 11) for px, py in deck]
    canvas.stroke(place(top, x, y, size), 2.6 * size, DAI[7])
    for px, py in deck[::3]:
        canvas.stroke(place([(px, py), (px, py - 13)], x, y, size), 2.6 * size, DAI[7])
    if size > 1:
        for px, dy, coat, flip in (
            (-52, -27, TEA[4], False),
            (8, -46, DAI[8], True),
            (62, -22, TEA[6], False),
        ):
            spot: Point = place([(px, dy)], x, y, size)[0]
            walker(canvas, *spot, 0.3, coat=coat, flip=flip)


def _front_bridge(canvas: Canvas) -> None:
    """The near bridge, low and broad, with people on it."""
    deck = bow((-30, 1096), (450, 968), (930, 1096), 60)
    holes: list[Line] = []
    for cx, rx, ry in ((170, 70, 54), (450, 124, 106), (730, 70, 54)):
        holes.append([*arc(cx, 1132, rx, ry, 180, 360), (cx + rx, 1140), (cx - rx, 1140)])
    body: Line = [*deck, (930, 1134), (-30, 1134)]
    for hole in ([*deck, (930, 1130), (-30, 1130)],):
        low = [(x, 2 * 1134 - y * 1.0) for x, y in hole]
        rings = [[(x, 2 * 1134 - y) for x, y in ring] for ring in holes]
        canvas.cut([low, *rings], DAI[6], 0.3)
    canvas.cut([body, *holes], Wash(DAI[6], DAI[7]))
    for cx, rx, ry in ((170, 70, 54), (450, 124, 106), (730, 70, 54)):
        canvas.stroke(arc(cx, 1132, rx + 6, ry + 6, 180, 360), 12, DAI[4], round_ends=False)
        for i in range(1, 13):
            ray = [arc(cx, 1132, rx + d, ry + d, 180 + i * 14, 181 + i * 14, 1)[0] for d in (0, 12)]
            canvas.stroke(ray, 1.4, DAI[7])
    canvas.stroke([(x, y + 4) for x, y in deck], 8, DAI[3])
    people = (
        (150.0, 0.94, TEA[4], False, True),
        (206, 0.66, mix(TEA[3], WHITE, 0.3), False, False),
        (430, 1.0, DAI[4], True, False),
        (566, 0.98, TEA[3], False, False),
        (742, 0.96, TEA[6], True, True),
    )
    for x, size, coat, flip, covered in people:
        y = next(py for px, py in deck if px >= x) + 2
        walker(canvas, x, y, size, coat=coat, flip=flip, bag=DAI[6] if coat == DAI[4] else None)
        if covered:
            umbrella(canvas, x + 2, y - 88 * size, size * 0.9, TEA[2] if x < 400 else DAI[3])
    for lift in (13, 28):
        canvas.stroke([(x, y - lift) for x, y in deck], 3.6, DAI[7])
    for px, py in deck[::3]:
        canvas.fill(rect(px - 4, py - 36, 8, 40), DAI[7])
        canvas.fill(oval(px, py - 38, 6), DAI[7])
    canvas.stroke([(-10, 1134), (910, 1134)], 2.4, WHITE, 0.6)
