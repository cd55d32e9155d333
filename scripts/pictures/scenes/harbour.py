"""The river port in the late afternoon."""

from __future__ import annotations

from scripts.pictures.canvas import Canvas, Wash
from scripts.pictures.figures import walker
from scripts.pictures.geometry import Line, bow, lerp, oval, rect, smooth
from scripts.pictures.land import birds, clouds, hills, ripples, sky, sun, water
from scripts.pictures.palette import DAI, RED, RGB, SUN, TEA, WHITE, mix
from scripts.pictures.plants import far_trees

LEVEL = 600.0
LOADS: tuple[RGB, ...] = (
    DAI[6],
    TEA[5],
    DAI[4],
    DAI[7],
    TEA[3],
    mix(RED, TEA[5], 0.25),
    DAI[5],
    TEA[6],
)


def draw() -> Canvas:
    """Two cranes over a moored barge, a bridge in the haze, a tug coming in."""
    canvas = Canvas()
    sky(canvas, mix(DAI[3], DAI[2], 0.4), TEA[2], 560)
    sun(canvas, 372, 318, 60)
    clouds(canvas, 9, 170, 8, TEA[0], 0.6)
    hills(canvas, 44, 520, 220, 520, 2.6, sharp=0.5, foot=TEA[2], drop=30)
    hills(canvas, 57, 560, 120, 420, 3.4, foot=TEA[1], drop=20)
    canvas.mist(548, 100, TEA[1], 0.7)
    far_trees(canvas, 14, (-20, 700), 590, (10, 22), (DAI[4], mix(DAI[4], DAI[5], 0.4)))
    _cable_bridge(canvas)
    water(canvas, LEVEL, mix(TEA[2], DAI[2], 0.5), DAI[5])
    _warehouses(canvas)
    _crane(canvas, 872, 1.0)
    _crane(canvas, 1360, 1.08)
    _quay(canvas)
    _barge(canvas)
    ripples(canvas, 30, (0, LEVEL + 14, 440, 720), 30, TEA[0], 0.5)
    canvas.mirror(712, 190, DAI[4], squash=0.72, strength=0.5, ripple=3.4)
    _glitter(canvas)
    ripples(canvas, 31, (0, 730, 1600, 890), 60, WHITE, 0.45)
    _tug(canvas, 330, 748)
    birds(canvas, [(560, 250, 46), (622, 226, 36), (506, 284, 30), (664, 270, 26)], DAI[7])
    return canvas


def _cable_bridge(canvas: Canvas) -> None:
    tone = mix(DAI[4], DAI[5], 0.3)
    for tower in (150.0, 560.0):
        canvas.fill([(tower - 7, 600), (tower - 4, 396), (tower + 4, 396), (tower + 7, 600)], tone)
        for i in range(1, 12):
            for side in (-1, 1):
                canvas.stroke([(tower, 400 + i * 5), (tower + side * i * 17, 556)], 1.4, tone, 0.8)
    canvas.fill(rect(-20, 554, 860, 9), tone)
    for x in (20, 355, 760):
        canvas.fill(rect(x, 560, 8, 44), tone)


def _warehouses(canvas: Canvas) -> None:
    for x, wide, tone in (
        (812, 200, DAI[5]),
        (1020, 200, mix(DAI[5], TEA[4], 0.5)),
        (1228, 200, DAI[5]),
        (1436, 200, mix(DAI[5], TEA[4], 0.5)),
    ):
        canvas.fill([(x, 618), (x, 500), (x + wide / 2, 456), (x + wide, 500), (x + wide, 618)],
                    Wash(mix(tone, TEA[1], 0.4), mix(tone, TEA[1], 0.2)))  # fmt: skip
        canvas.fill([(x - 8, 504), (x + wide / 2, 448), (x + wide + 8, 504), (x + wide + 8, 494),
                     (x + wide / 2, 436), (x - 8, 494)], DAI[7])  # fmt: skip
        canvas.fill(rect(x + 62, 536, 76, 82), DAI[7])
        for i in range(5):
            canvas.stroke([(x + 62, 550 + i * 14), (x + 138, 550 + i * 14)], 1.4, DAI[5])
        canvas.fill(oval(x + wide / 2, 494, 12), TEA[1])


def _crane(canvas: Canvas, x: float, size: float) -> None:
    """A quay crane that reaches over the water to the left."""

    def at(px: float, py: float) -> tuple[float, float]:
        return x + px * size, 636 + py * size

    ink, red = DAI[8], mix(RED, DAI[8], 0.15)
    for foot, head in ((-60, -34), (70, 44)):
        canvas.stroke([at(foot, 0), at(head, -300)], 12 * size, ink)
    canvas.stroke([at(-55, -70), at(64, -70)], 9 * size, ink)
    canvas.stroke([at(-44, -190), at(54, -190)], 9 * size, ink)
    for a, b in (((-55, -70), (54, -190)), ((64, -70), (-44, -190))):
        canvas.stroke([at(*a), at(*b)], 4 * size, ink)
    canvas.stroke([at(-270, -300), at(150, -300)], 15 * size, ink)
    for i in range(20):
        canvas.stroke([at(-266 + i * 21, -302), at(-256 + i * 21, -322)], 2 * size, ink)
    canvas.stroke([at(-266, -322), at(150, -322)], 3 * size, ink)
    canvas.stroke([at(0, -300), at(8, -420)], 10 * size, ink)
    canvas.stroke([at(8, -416), at(-262, -304)], 3 * size, ink)
    canvas.stroke([at(8, -416), at(-130, -304)], 3 * size, ink)
    canvas.stroke([at(8, -416), at(146, -304)], 3 * size, ink)
    canvas.fill([at(96, -336), at(152, -336), at(152, -290), at(96, -290)], red)
    canvas.fill([at(-60, -292), at(-24, -292), at(-24, -258), at(-52, -258)], TEA[3])
    drop = -210.0
    canvas.stroke([at(drop - 16, -294), at(drop - 16, -170)], 2 * size, ink)
    canvas.stroke([at(drop + 16, -294), at(drop + 16, -170)], 2 * size, ink)
    canvas.fill(
        [at(drop - 40, -172), at(drop + 40, -172), at(drop + 40, -162), at(drop - 40, -162)], ink
    )
    box = [at(drop - 48, -160), at(drop + 48, -160), at(drop + 48, -120), at(drop - 48, -120)]
    canvas.fill(box, TEA[5] if size > 1 else DAI[6])
    for i in range(1, 8):
        canvas.stroke(
            [at(drop - 48 + i * 12, -158), at(drop - 48 + i * 12, -122)], 1.4, TEA[1], 0.5
        )


def _quay(canvas: Canvas) -> None:
    canvas.fill(rect(780, 616, 840, 100), Wash(TEA[3], mix(TEA[5], DAI[6], 0.5)))
    canvas.fill(rect(772, 612, 850, 14), TEA[1])
    for i in range(11):
        canvas.fill(rect(800 + i * 78, 640, 20, 74), DAI[8])
    for number, (x, tiers) in enumerate(((1016, 2), (1116, 1), (1400, 3), (1500, 2))):
        for tier in range(tiers):
            _container(canvas, x, 612 - 42 - tier * 42, 92, LOADS[(number * 3 + tier) % len(LOADS)])
    for x in (1300, 1466):
        walker(canvas, x, 614, 0.5, coat=TEA[3], flip=x > 1200)


def _container(canvas: Canvas, x: float, y: float, width: float, paint: RGB) -> None:
    canvas.fill(rect(x, y, width, 40), paint)
    for i in range(1, 9):
        canvas.stroke([(x + width * i / 9, y + 3), (x + width * i / 9, y + 37)], 1.4, WHITE, 0.28)
    canvas.stroke(rect(x, y, width, 40), 1.8, mix(paint, DAI[9], 0.5), closed=True)


def _barge(canvas: Canvas) -> None:
    for column in range(6):
        for tier in range((2, 3, 3, 2, 3, 1)[column]):
            _container(
                canvas,
                560 + column * 96,
                640 - tier * 42,
                92,
                LOADS[(column * 5 + tier * 3) % len(LOADS)],
            )
    hull: Line = [(470, 660), (1290, 660), (1270, 714), (530, 714)]
    canvas.fill([*bow((470, 650), (500, 664), (540, 668)), *hull[1:]], Wash(DAI[8], DAI[9]))
    canvas.fill([(478, 676), (1284, 676), (1281, 684), (482, 684)], TEA[5])
    canvas.fill([(508, 704), (1274, 704), (1270, 714), (530, 714)], mix(RED, DAI[9], 0.3))
    canvas.fill(rect(1150, 560, 104, 102), TEA[1])
    canvas.fill(rect(1140, 552, 124, 12), DAI[7])
    canvas.fill(rect(1166, 576, 72, 26), DAI[7])
    for i in range(3):
        canvas.fill(oval(1172 + i * 32, 632, 8), DAI[6])
    canvas.fill(rect(1210, 508, 22, 46), mix(RED, DAI[8], 0.15))
    canvas.stroke([(506, 650), (506, 590)], 4, DAI[8])


def _glitter(canvas: Canvas) -> None:
    for i in range(18):
        t = i / 17
        y = lerp(LEVEL + 6, 880, t**1.2)
        x = 372 + ((i * 17) % 9 - 4) * lerp(2, 10, t)
        canvas.fill(
            oval(x, y, lerp(44, 92, t) * (0.5 + 0.5 * ((i * 7) % 4) / 3), lerp(1.6, 4.4, t)),
            mix(SUN, WHITE, 0.3),
            0.75,
        )


def _tug(canvas: Canvas, x: float, y: float) -> None:
    wake: Line = [(x + 110, y + 8), (x + 400, y + 46), (x + 430, y + 62), (x + 120, y + 24)]
    canvas.fill(wake, WHITE, 0.3)
    canvas.fill(oval(x, y + 22, 138, 9), DAI[8], 0.35)
    canvas.fill(
        smooth(
            [
                (x - 140, y - 36),
                (x - 90, y - 24),
                (x, y - 18),
                (x + 112, y - 20),
                (x + 118, y + 4),
                (x + 96, y + 22),
                (x - 80, y + 22),
                (x - 118, y + 4),
            ],
            8,
            closed=True,
        ),
        DAI[8],
    )
    canvas.stroke(
        smooth([(x - 138, y - 32), (x - 90, y - 20), (x, y - 13), (x + 114, y - 15)]), 4, TEA[5]
    )
    canvas.fill(rect(x - 58, y - 66, 128, 52), TEA[1])
    canvas.fill(rect(x - 38, y - 106, 70, 42), TEA[0])
    canvas.fill(rect(x - 46, y - 112, 86, 9), DAI[7])
    canvas.fill(rect(x - 30, y - 98, 54, 20), DAI[7])
    for i in range(4):
        canvas.fill(oval(x - 38 + i * 30, y - 42, 7), DAI[6])
    canvas.fill(
        [(x + 44, y - 66), (x + 48, y - 116), (x + 68, y - 116), (x + 66, y - 66)],
        mix(RED, DAI[8], 0.1),
    )
    canvas.stroke([(x - 8, y - 112), (x - 8, y - 152)], 3, DAI[8])
    for i in range(5):
        canvas.stroke(oval(x - 84 + i * 42, y + 6, 9), 4.4, DAI[6], closed=True)
