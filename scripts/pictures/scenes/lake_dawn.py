"""示例河 widens into a lake at first light."""

from __future__ import annotations

from scripts.pictures.canvas import Canvas, Wash
from scripts.pictures.figures import angler
from scripts.pictures.geometry import along, below, fractal, lerp, oval, smooth
from scripts.pictures.land import birds, boat, hills, reeds, ripples, sky, sun, water
from scripts.pictures.palette import DAI, SUN, TEA, WHITE, mix
from scripts.pictures.plants import far_trees

LEVEL = 520.0


def draw() -> Canvas:
    """Receding ranges, a low sun with its path on the water, one boat, reeds in front."""
    canvas = Canvas()
    sky(canvas, DAI[2], TEA[1], 430)
    sun(canvas, 980, 300, 62)
    hills(canvas, 8, 470, 250, 600, 2.7, sharp=0.9, foot=TEA[1], drop=40)
    canvas.mist(452, 130, TEA[1], 0.8)
    hills(canvas, 93, 500, 190, 470, 3.3, sharp=0.8, foot=TEA[1], drop=40)
    canvas.mist(486, 90, TEA[0], 0.7)
    hills(canvas, 64, 514, 96, 330, 4.0, sharp=0.4, foot=DAI[2], drop=20)
    canvas.mist(514, 70, TEA[0], 0.65)
    water(canvas, LEVEL, mix(TEA[2], DAI[2], 0.5), DAI[5])
    canvas.mirror(LEVEL, 240, DAI[3], squash=0.8, strength=0.75, ripple=3.4)
    _path_of_light(canvas)
    ripples(canvas, 17, (0, LEVEL + 20, 1600, 900), 130, TEA[0], 0.42)
    ripples(canvas, 18, (0, LEVEL + 90, 1600, 900), 60, DAI[6], 0.2)
    _island(canvas)
    boat(canvas, 560, 690, 0.92, cabin=False)
    angler(canvas, 548, 686, 0.95, flip=True)
    _shore(canvas)
    birds(canvas, [(640, 250, 46), (705, 226, 38), (760, 262, 32), (592, 284, 30), (818, 240, 26)],
          DAI[7])  # fmt: skip
    return canvas


def _path_of_light(canvas: Canvas) -> None:
    for i in range(26):
        t = i / 25
        y = lerp(LEVEL + 6, 880, t**1.25)
        half = lerp(46, 110, t) * (0.55 + 0.45 * ((i * 7) % 5) / 4)
        x = 980 + ((i * 13) % 7 - 3) * lerp(3, 12, t)
        canvas.fill(oval(x, y, half, lerp(1.6, 4.6, t)), mix(SUN, WHITE, 0.35), 0.8 - 0.35 * t)


def _island(canvas: Canvas) -> None:
    outline = along(lambda x: 566 - 13 * (1 - ((x - 1330) / 190) ** 2), 1140, 1520)
    far_trees(canvas, 12, (1216, 1450), 560, (14, 34), (DAI[5], DAI[6]))
    canvas.fill([*outline, (1520, 568), (1140, 568)], Wash(DAI[6], DAI[5]))
    canvas.fill(oval(1330, 576, 196, 8), DAI[6], 0.35)
    canvas.fill(oval(1330, 592, 150, 5), DAI[6], 0.22)


def _shore(canvas: Canvas) -> None:
    bank = along(lambda x: 858 + 0.02 * abs(x - 500) + 10 * fractal(6, x / 240), -20, 1620)
    reeds(canvas, 2, (1220, 1600), 880, 70, (90, 330), DAI[7], TEA[4])
    reeds(canvas, 3, (1330, 1620), 890, 50, (80, 250), DAI[8], TEA[5])
    reeds(canvas, 5, (-10, 210), 890, 44, (70, 220), DAI[8], TEA[5])
    reeds(canvas, 7, (180, 420), 894, 26, (30, 90), DAI[8])
    canvas.fill(below(bank, 900), DAI[8])
    stones = smooth([(1040, 884), (1075, 856), (1130, 850), (1176, 872), (1190, 890)], 8)
    canvas.fill([*stones, (1190, 900), (1040, 900)], DAI[9])
