"""Cover: the old ferry at night, in one colour with a single lamp."""

from __future__ import annotations

from scripts.pictures.buildings import tiled_roof
from scripts.pictures.canvas import Canvas, Wash
from scripts.pictures.figures import ferryman
from scripts.pictures.geometry import Line, lerp, oval, rect, ribbon, smooth
from scripts.pictures.land import boat, hills, reeds, ripples, sky, water
from scripts.pictures.palette import DAI, TEA, mix
from scripts.pictures.plants import far_trees, willow

WIDTH, HEIGHT = 900, 1245
LEVEL = 780.0
NIGHT = mix(DAI[8], DAI[9], 0.5)


def draw() -> Canvas:
    """Moon, three ranges, a landing of stone with its shed, the boat in midstream."""
    canvas = Canvas(WIDTH, HEIGHT)
    sky(canvas, DAI[8], mix(DAI[5], DAI[6], 0.4), 700)
    canvas.glow(600, 300, 210, TEA[2], 0.16)
    canvas.fill(oval(600, 300, 66), TEA[2])
    hills(canvas, 91, 690, 330, 380, 5.9, sharp=0.8, foot=DAI[5], drop=40)
    hills(canvas, 24, 730, 230, 300, 6.4, sharp=0.5, foot=mix(DAI[5], DAI[6], 0.4), drop=30)
    canvas.mist(716, 130, DAI[4], 0.5)
    hills(canvas, 62, 772, 110, 260, 7.0, foot=DAI[6], drop=20)
    far_trees(canvas, 17, (480, 920), 778, (12, 26), (DAI[7], mix(DAI[7], DAI[8], 0.5)))
    canvas.mist(772, 70, DAI[4], 0.4)
    water(canvas, LEVEL, mix(DAI[5], DAI[6], 0.4), DAI[8])
    canvas.mirror(LEVEL, 300, DAI[7], squash=0.7, strength=0.6, ripple=3)
    _moonlight(canvas)
    ripples(canvas, 6, (0, LEVEL + 14, WIDTH, 1200), 80, DAI[3], 0.3)
    _landing(canvas)
    _ferry(canvas)
    reeds(canvas, 8, (600, 900), 1232, 60, (70, 250), DAI[9], DAI[6])
    back = smooth([(-20, 60), (140, 70), (330, 30)])
    willow(canvas, 33, back, 15, (150, 330), DAI[7], 22)
    willow(
        canvas, 38, smooth([(-20, 170), (80, 120), (200, 96), (300, 40)]), 13, (230, 470), NIGHT, 24
    )
    return canvas


def _moonlight(canvas: Canvas) -> None:
    for i in range(24):
        t = i / 23
        y = lerp(LEVEL + 8, 1190, t**1.2)
        x = 600 + ((i * 13) % 7 - 3) * lerp(2, 9, t)
        half = lerp(30, 74, t) * (0.5 + 0.5 * ((i * 7) % 5) / 4)
        canvas.fill(oval(x, y, half, lerp(1.4, 4.0, t)), TEA[2], 0.6 - 0.3 * t)


def _landing(canvas: Canvas) -> None:
    """Stone steps on the left, a shed for waiting, the trunk of the willow."""
    trunk: Line = smooth([(64, 960), (52, 800), (84, 620), (40, 420), (10, 160)])
    canvas.fill(ribbon(trunk, lambda t: lerp(78, 26, t)), DAI[9])
    canvas.fill(rect(150, 800, 164, 112), Wash(DAI[7], DAI[8]))
    canvas.fill(rect(206, 830, 52, 82), TEA[3])
    canvas.fill(rect(230, 830, 4, 82), DAI[9])
    canvas.glow(232, 862, 96, TEA[3], 0.22)
    tiled_roof(canvas, 150, 804, 164, 48, NIGHT)
    for i in range(6):
        right, y = 330 + i * 40.0, 908 + i * 30.0
        canvas.fill(rect(-10, y, right, 40), Wash(mix(DAI[6], DAI[7], 0.5), DAI[8]))
        canvas.fill(rect(-10, y, right, 8), DAI[5])
        for k in range(5):
            x = right - 60 - k * 96.0 - (i % 2) * 44
            if x > 0:
                canvas.stroke([(x, y + 9), (x, y + 30)], 1.6, DAI[9], 0.6)
    canvas.fill([(-10, 1088), (544, 1088), (556, 1100), (-10, 1100)], DAI[9], 0.8)
    ripples(canvas, 12, (0, 1110, 520, 1230), 20, DAI[3], 0.3, 0.8)
    canvas.fill(rect(396, 900, 12, 66), DAI[9])
    canvas.stroke(smooth([(402, 912), (470, 980), (560, 968)]), 2.2, TEA[5])


def _ferry(canvas: Canvas) -> None:
    canvas.glow(560, 936, 120, TEA[3], 0.3)
    boat(canvas, 640, 986, 1.0, dark=DAI[9])
    ferryman(canvas, 716, 978, 1.0)
    canvas.stroke([(552, 980), (552, 912)], 3.4, DAI[9])
    canvas.fill(rect(542, 916, 20, 30), TEA[2])
    canvas.stroke(rect(542, 916, 20, 30), 2, DAI[9], closed=True)
    for i in range(7):
        y = 1004 + i * 15
        canvas.fill(oval(556 + (i % 2) * 6, y, 26 - i * 2.4, 2.4), TEA[3], 0.6)
