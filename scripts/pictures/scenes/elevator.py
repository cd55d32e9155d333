"""梧桐里: an old block with a lift added to its stairwell."""

from __future__ import annotations

from scripts.pictures.canvas import Canvas, Wash
from scripts.pictures.figures import bicycle, walker
from scripts.pictures.geometry import bow, lerp, oval, rect, smooth
from scripts.pictures.land import clouds, hills, sky
from scripts.pictures.palette import DAI, RED, RGB, ROSE, TEA, WHITE, mix
from scripts.pictures.plants import bush, far_trees, tree

GROUND = 786.0
FLOOR = 104.0
FLOORS = 6


def draw() -> Canvas:
    """Six floors of small lives, and a glass shaft with a landing on each."""
    canvas = Canvas()
    sky(canvas, TEA[2], TEA[0], 640)
    clouds(canvas, 4, 120, 6, WHITE, 0.8)
    hills(canvas, 61, 560, 240, 520, 2.5, sharp=0.3, foot=TEA[1])
    _neighbours(canvas)
    far_trees(canvas, 31, (-20, 1620), 740, (30, 62), (DAI[4], DAI[5], DAI[4]))
    _ground(canvas)
    _block(canvas)
    _shaft(canvas)
    tree(canvas, 118, GROUND + 26, 1.65, 12)
    tree(canvas, 1484, GROUND + 30, 1.9, 15, DAI[6], DAI[5])
    tree(canvas, 1364, GROUND + 16, 1.0, 4, TEA[5], TEA[4])
    _yard(canvas)
    return canvas


def _neighbours(canvas: Canvas) -> None:
    for x, y, wide in ((-30, 330, 210), (1330, 290, 170), (1488, 372, 160)):
        canvas.fill(rect(x, y, wide, 460), Wash(DAI[3], DAI[2]))
        for row in range(7):
            for i in range(int(wide / 42)):
                canvas.fill(rect(x + 16 + i * 42, y + 28 + row * 58, 22, 30), DAI[1])


def _ground(canvas: Canvas) -> None:
    canvas.fill(rect(0, GROUND - 40, 1600, 160), Wash(DAI[5], DAI[6]))
    path = smooth([(-20, 850), (320, 836), (760, 826), (1160, 834), (1620, 858)])
    canvas.fill([*path, (1620, 910), (-20, 910)], Wash(TEA[2], TEA[3]))
    canvas.fill([(712, 782), (888, 782), (940, 836), (660, 836)], TEA[2])


def _block(canvas: Canvas) -> None:
    top = GROUND - FLOORS * FLOOR
    canvas.fill(
        rect(250, top - 26, 1060, FLOORS * FLOOR + 26), Wash(mix(TEA[2], WHITE, 0.3), TEA[2])
    )
    canvas.fill(rect(236, top - 40, 1088, 22), DAI[6])
    canvas.fill(rect(236, top - 20, 1088, 6), DAI[7])
    for x in (330, 468, 1080, 1196):
        _tank(canvas, x, top - 40)
    for floor in range(FLOORS):
        y = top + floor * FLOOR
        canvas.fill(rect(250, y + FLOOR - 12, 1060, 6), TEA[3])
        for number, x in enumerate((274, 420, 566, 930, 1076, 1196)):
            kind = (number * 5 + floor * 3) % 7
            if number in (1, 4):
                _balcony(canvas, x, y, kind)
            else:
                _window(canvas, x + (8 if number == 5 else 0), y, kind)
    canvas.fill(rect(250, GROUND - 14, 1060, 18), DAI[6])


def _tank(canvas: Canvas, x: float, y: float) -> None:
    canvas.fill(rect(x, y - 20, 54, 20), DAI[5])
    canvas.fill([(x - 6, y - 22), (x + 40, y - 52), (x + 48, y - 46), (x + 6, y - 18)], DAI[7])


def _window(canvas: Canvas, x: float, y: float, kind: int) -> None:
    lit = kind in (1, 5)
    canvas.fill(rect(x, y + 16, 100, 62), Wash(TEA[3], TEA[2]) if lit else Wash(DAI[6], DAI[4]))
    if not lit:
        canvas.fill(
            [(x + 20, y + 16), (x + 46, y + 16), (x + 18, y + 78), (x, y + 78), (x, y + 60)],
            WHITE,
            0.2,
        )
    if kind in (0, 3, 5):
        canvas.fill(rect(x, y + 16, 24, 62), WHITE, 0.75)
    for level in (0, 50, 100):
        canvas.stroke([(x + level, y + 16), (x + level, y + 78)], 4, WHITE)
    canvas.stroke([(x, y + 16), (x + 100, y + 16)], 4, WHITE)
    canvas.fill(rect(x - 6, y + 78, 112, 6), DAI[4])
    if kind in (2, 4):
        for i in range(3):
            bush(canvas, kind * 7 + i, x + 22 + i * 28, y + 80, 15, 11, (DAI[6], DAI[5])[i % 2])


def _balcony(canvas: Canvas, x: float, y: float, kind: int) -> None:
    canvas.fill(rect(x, y + 8, 110, 88), Wash(DAI[7], DAI[6]))
    canvas.fill(rect(x + 60, y + 14, 40, 60), TEA[3] if kind in (0, 2, 6) else DAI[4])
    if kind in (1, 3, 4):
        clothes: tuple[RGB, ...] = (TEA[0], ROSE, DAI[3], TEA[4])
        canvas.stroke([(x + 4, y + 18), (x + 106, y + 18)], 1.6, TEA[1])
        for i, paint in enumerate(clothes):
            left = x + 10 + i * 25.0
            canvas.fill(
                [(left, y + 18), (left + 18, y + 18), (left + 19, y + 46), (left - 1, y + 46)],
                paint,
            )
    else:
        bush(canvas, kind, x + 26, y + 62, 17, 22, DAI[5])
    canvas.fill(rect(x - 5, y + 58, 120, 38), Wash(DAI[2], DAI[3]))
    canvas.fill(rect(x - 5, y + 55, 120, 5), DAI[6])
    for i in range(1, 8):
        canvas.stroke([(x - 5 + i * 15, y + 60), (x - 5 + i * 15, y + 96)], 1.6, DAI[4])


def _shaft(canvas: Canvas) -> None:
    top = GROUND - FLOORS * FLOOR - 70
    canvas.fill(rect(706, top + 40, 188, GROUND - top - 40), Wash(DAI[2], DAI[3]))
    x, wide = 738.0, 124.0
    canvas.fill(
        rect(x, top, wide, GROUND - top), Wash(mix(DAI[5], DAI[4], 0.4), DAI[5], alpha_bottom=0.96)
    )
    for floor in range(FLOORS + 1):
        y = top + 62 + floor * FLOOR
        if floor < FLOORS:
            canvas.fill(rect(694, y + FLOOR - 26, 212, 12), DAI[7])
            canvas.fill(rect(694, y + FLOOR - 58, 44, 4), DAI[7])
            canvas.fill(rect(862, y + FLOOR - 58, 44, 4), DAI[7])
            for i in range(4):
                for left in (697, 866):
                    canvas.fill(rect(left + i * 11.5, y + FLOOR - 56, 2.6, 30), DAI[7])
        canvas.stroke([(x, y - 40), (x + wide, y - 40)], 3, DAI[2], 0.8)
    canvas.fill([(x, top), (x + 46, top), (x, top + 190)], WHITE, 0.28)
    canvas.fill(
        [
            (x + 84, top + 100),
            (x + wide, top),
            (x + wide, top + 120),
            (x + 20, top + 470),
            (x, top + 450),
        ],
        WHITE,
        0.16,
    )
    _cabin(canvas, x + 12, GROUND - 3 * FLOOR - 100)
    for side in (x, x + wide):
        canvas.fill(rect(side - 5, top - 8, 10, GROUND - top + 8), DAI[8])
    canvas.fill(rect(x - 22, top - 20, wide + 44, 16), DAI[8])
    canvas.fill(rect(x - 4, GROUND - 84, wide + 8, 84), DAI[7])
    canvas.fill(rect(x + 18, GROUND - 74, wide - 36, 74), Wash(TEA[2], TEA[3]))
    canvas.stroke([(800, GROUND - 74), (800, GROUND)], 3, DAI[7])
    canvas.fill(
        [(690, GROUND - 92), (910, GROUND - 92), (922, GROUND - 82), (678, GROUND - 82)], RED
    )


def _cabin(canvas: Canvas, x: float, y: float) -> None:
    canvas.stroke([(x + 50, 96), (x + 50, y)], 2.4, DAI[8])
    canvas.glow(x + 50, y + 46, 84, TEA[1], 0.45)
    canvas.fill(rect(x, y, 100, 96), Wash(TEA[1], TEA[2]))
    walker(canvas, x + 34, y + 92, 0.8, coat=DAI[6], dark=DAI[8])
    walker(canvas, x + 68, y + 92, 0.76, coat=TEA[5], dark=DAI[8], flip=True)
    canvas.stroke(rect(x, y, 100, 96), 5, DAI[8], closed=True)


def _yard(canvas: Canvas) -> None:
    for i, x in enumerate((250, 330, 420, 520, 612, 984, 1066, 1160, 1250)):
        bush(canvas, 50 + i, x, 806, 56, 26, (DAI[6], DAI[7], DAI[5])[i % 3])
    walker(canvas, 800, 834, 0.9, coat=TEA[4], bag=DAI[6])
    walker(canvas, 640, 868, 1.1, coat=DAI[7], flip=True)
    walker(canvas, 596, 866, 0.74, coat=ROSE, flip=True)
    bicycle(canvas, 1090, 858, 0.92, DAI[8])
    canvas.fill(rect(300, 842, 150, 8), TEA[7])
    canvas.fill(rect(300, 822, 150, 7), TEA[6])
    for x in (312, 430):
        canvas.fill(rect(x, 818, 7, 46), DAI[8])
    lamp = bow((1250, 850), (1250, 700), (1250, 640))
    canvas.stroke(lamp, 6, DAI[8])
    canvas.fill(oval(1250, 630, 15, lerp(15, 18, 0.5)), TEA[1])
