"""Cover: a stele under pines outside the old wall, in tea brown."""

from __future__ import annotations

from scripts.pictures.buildings import tiled_roof
from scripts.pictures.canvas import Canvas, Wash
from scripts.pictures.figures import walker
from scripts.pictures.geometry import Line, arc, blob, bow, lerp, oval, rect, ribbon, smooth
from scripts.pictures.land import birds, hills, reeds, sky, sun
from scripts.pictures.palette import TEA, WHITE, mix
from scripts.pictures.plants import far_trees, pine, tree

WIDTH, HEIGHT = 900, 1245
INK = mix(TEA[8], TEA[9], 0.6)


def draw() -> Canvas:
    """The stone in front, blank with age; behind it the wall, the gate and the hills."""
    canvas = Canvas(WIDTH, HEIGHT)
    sky(canvas, TEA[3], TEA[1], 640)
    sun(canvas, 214, 262, 66)
    hills(canvas, 37, 620, 320, 360, 3.3, tones=TEA, sharp=0.8, foot=TEA[1], drop=30)
    hills(canvas, 88, 670, 210, 280, 4.2, tones=TEA, sharp=0.5, foot=TEA[2], drop=30)
    canvas.mist(650, 140, TEA[0], 0.8)
    far_trees(canvas, 5, (-10, 910), 730, (16, 34), (TEA[4], mix(TEA[4], TEA[5], 0.5)))
    _wall(canvas)
    _ground(canvas)
    for x, y, size in ((842, 884, 0.8),):
        tree(canvas, x, y, size, round(x), TEA[6], TEA[5], TEA[8])
    _path(canvas)
    pine(canvas, 64, 1150, 2.3, dark=INK, light=TEA[7])
    _stele(canvas, 372, 1120)
    walker(canvas, 566, 1092, 1.05, coat=TEA[6], dark=INK, flip=True)
    reeds(canvas, 4, (-10, 190), 1240, 34, (50, 170), INK, TEA[5])
    reeds(canvas, 9, (760, 910), 1242, 26, (40, 130), INK, TEA[5])
    birds(canvas, [(440, 240, 38), (486, 216, 28), (404, 268, 24)], TEA[7])
    return canvas


def _wall(canvas: Canvas) -> None:
    top = 742.0
    canvas.fill(rect(-10, top, 920, 130), Wash(mix(TEA[5], TEA[4], 0.4), TEA[6]))
    for i in range(24):
        canvas.fill(rect(-10 + i * 40, top - 18, 26, 20), mix(TEA[5], TEA[4], 0.4))
    for row in range(6):
        y = top + 12 + row * 20
        canvas.stroke([(0, y), (900, y)], 1.2, TEA[7], 0.5)
        for i in range(24):
            x = i * 40 + (row % 2) * 20
            canvas.stroke([(x, y), (x, y + 20)], 1.0, TEA[7], 0.4)
    gate: Line = [(500, 872), (508, top - 40), (740, top - 40), (748, 872)]
    canvas.fill(gate, Wash(TEA[5], TEA[6]))
    for i in range(6):
        canvas.fill(rect(508 + i * 41, top - 58, 26, 20), TEA[5])
    canvas.fill([(580, 872), (580, 818), *arc(624, 818, 44, 48, 180, 360), (668, 872)], TEA[9])
    canvas.fill([(594, 872), (594, 822), *arc(624, 822, 30, 36, 180, 360), (654, 872)], TEA[2])
    _tower(canvas, 624, top - 54)


def _tower(canvas: Canvas, x: float, y: float) -> None:
    canvas.fill(rect(x - 88, y - 62, 176, 62), TEA[7])
    for i in range(7):
        canvas.fill(rect(x - 78 + i * 24, y - 52, 14, 44), TEA[3])
    tiled_roof(canvas, x - 92, y - 60, 184, 40, TEA[8], TEA[7])
    canvas.fill(rect(x - 62, y - 134, 124, 36), TEA[7])
    for i in range(5):
        canvas.fill(rect(x - 52 + i * 23, y - 128, 13, 26), TEA[3])
    tiled_roof(canvas, x - 66, y - 132, 132, 44, TEA[8], TEA[7])


def _ground(canvas: Canvas) -> None:
    line = smooth([(-20, 866), (240, 880), (520, 866), (920, 884)])
    canvas.fill([*line, (920, 1260), (-20, 1260)], Wash(mix(TEA[4], TEA[3], 0.4), TEA[6]))
    for number, (y, tone) in enumerate(
        ((960, TEA[5]), (1060, mix(TEA[5], TEA[6], 0.5)), (1160, TEA[7]))
    ):
        crest = smooth(
            [(-20, y + 26), (200, y - 8 + number * 6), (470, y + 20), (700, y - 6), (920, y + 24)]
        )
        canvas.fill([*crest, (920, 1260), (-20, 1260)], Wash(mix(tone, TEA[3], 0.35), tone))


def _path(canvas: Canvas) -> None:
    line = smooth([(624, 872), (610, 920), (520, 980), (560, 1060), (520, 1150), (430, 1260)])
    canvas.fill(ribbon(line, lambda t: lerp(34, 150, t)), Wash(TEA[2], TEA[3]))
    for i in range(6, len(line) - 2, 3):
        x, y = line[i]
        half = lerp(14, 64, i / len(line))
        canvas.stroke([(x - half, y), (x + half, y + 3)], 1.8, TEA[5], 0.7)


def _stele(canvas: Canvas, x: float, y: float) -> None:
    """A round-headed stone in a frame of clouds, on a block; only traces of columns are left."""
    canvas.fill(oval(x, y + 12, 210, 26), INK, 0.35)
    canvas.fill(
        [(x - 150, y - 76), (x + 150, y - 76), (x + 176, y + 8), (x - 176, y + 8)],
        Wash(TEA[6], TEA[8]),
    )
    canvas.fill(rect(x - 158, y - 92, 316, 22), TEA[5])
    for i in range(5):
        canvas.stroke(
            bow((x - 130 + i * 56, y - 30), (x - 104 + i * 56, y - 62), (x - 78 + i * 56, y - 30)),
            3,
            TEA[4],
            0.6,
        )
    side: Line = [
        (x + 106, y - 92),
        (x + 132, y - 100),
        (x + 132, y - 470),
        *arc(x + 26, y - 470, 106, 90, 0, -60, 16),
        (x + 60, y - 500),
    ]
    canvas.fill(side, TEA[8])
    face: Line = [
        (x - 110, y - 92),
        (x - 110, y - 470),
        *arc(x, y - 470, 110, 96, 180, 360),
        (x + 110, y - 92),
    ]
    canvas.fill(face, Wash(mix(TEA[3], TEA[2], 0.5), TEA[4]))
    inner: Line = [(x - 84, y - 112), (x - 84, y - 420), (x + 84, y - 420), (x + 84, y - 112)]
    canvas.stroke(inner, 2.6, TEA[6], 0.8, closed=True)
    for number, (dx, dy, r) in enumerate(
        ((-52, -488, 30), (0, -512, 36), (52, -488, 30), (-26, -462, 20), (26, -462, 20))
    ):
        canvas.stroke(
            arc(x + dx, y + dy, r, r * 0.8, 150 + number * 20, 420 + number * 20), 3.2, TEA[6], 0.8
        )
    _weathering(canvas, x, y, face)
    canvas.stroke([*face[1:-1]], 3, WHITE, 0.45)


def _weathering(canvas: Canvas, x: float, y: float, face: Line) -> None:
    # What the weather has left of the text: broken scratches, nothing to read.
    for column in range(7):
        cx = x + 69 - column * 23.0
        for mark in range(18):
            if (column * 5 + mark * 3) % 11 < 8:
                top = y - 404 + mark * 15.6
                lean = ((column * 7 + mark * 5) % 5 - 2) * 1.3
                canvas.stroke([(cx, top), (cx + lean, top + 11)], 2.0, TEA[6], 0.4)
    for number, (dx, dy, r) in enumerate(
        ((-78, -150, 26), (70, -118, 20), (-40, -560, 18), (88, -330, 14))
    ):
        moss = blob(70 + number, x + dx, y + dy, r, r * 0.6, 0.3)
        with canvas.clip(face):
            canvas.fill(moss, mix(TEA[6], TEA[5], 0.5), 0.5)
