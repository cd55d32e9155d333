"""The main reading room of the city library, under its vault."""

from __future__ import annotations

import random
from itertools import pairwise

from scripts.pictures.canvas import Canvas, Wash
from scripts.pictures.figures import walker
from scripts.pictures.geometry import Line, Point, arc, bow, lerp, oval, rect, smooth
from scripts.pictures.land import hills, sky, sun
from scripts.pictures.palette import DAI, RED, RGB, TEA, WHITE, mix

VANISH: Point = (800.0, 470.0)
FOCAL = 640.0
HALF = 5.2
SPINES: tuple[RGB, ...] = (DAI[7], DAI[6], DAI[5], DAI[4], TEA[5], TEA[4], TEA[3], DAI[6], DAI[3],
                           mix(RED, TEA[6], 0.2), TEA[6], DAI[5])  # fmt: skip


def draw() -> Canvas:
    """Two tiers of shelves run to a great window with the hills in it."""
    canvas = Canvas(paint=TEA[2])
    _vault(canvas)
    _end(canvas)
    _floor(canvas)
    for side in (-1, 1):
        _shelves(canvas, side)
    _tables(canvas)
    return canvas


def _see(x: float, y: float, z: float) -> Point:
    """A point x right of the axis, y above the eye, z ahead, in metres."""
    return VANISH[0] + x * FOCAL / z, VANISH[1] - y * FOCAL / z


def _haze(paint: RGB, z: float) -> RGB:
    return mix(paint, TEA[1], min(0.6, max(0.0, (z - 5) / 34)))


def _ring(z: float) -> Line:
    x, y = _see(0, 3.0, z)
    return arc(x, y, HALF * FOCAL / z, 4.0 * FOCAL / z, 180, 360)


def _vault(canvas: Canvas) -> None:
    stations = [24.0, 20.5, 17.5, 15.0, 12.8, 10.9, 9.3, 7.9, 6.7, 5.7, 4.8, 4.0, 3.2]
    bands = list(pairwise(stations))
    for number, (far, near) in enumerate(bands):
        tone = (mix(TEA[3], TEA[2], 0.35), mix(TEA[2], TEA[1], 0.3))[number % 2]
        canvas.cut(
            [
                [*_ring(near), _see(HALF, 0, near), _see(-HALF, 0, near)],
                [*_ring(far), _see(HALF, 0, far), _see(-HALF, 0, far)],
            ],
            _haze(tone, far),
        )
    for far, near in bands:
        for k in range(1, 12):
            a, b = _ring(far)[round(40 * k / 12)], _ring(near)[round(40 * k / 12)]
            canvas.stroke([a, b], max(1.0, 9 / near), TEA[4], 0.6)
    for z in stations[:-1]:
        canvas.stroke(_ring(z), max(1.6, 44 / z), _haze(TEA[6], z))


def _end(canvas: Canvas) -> None:
    z = 24.0
    frame = [*_ring(z), _see(HALF, -2, z), _see(-HALF, -2, z)]
    with canvas.clip(frame):
        sky(canvas, DAI[2], TEA[1], 470)
        sun(canvas, 838, 396, 16)
        hills(canvas, 33, 500, 80, 120, 3.2, sharp=0.5, foot=TEA[1], drop=10)
        hills(canvas, 45, 512, 50, 90, 4.4, foot=DAI[2], drop=10)
    for k in range(1, 6):
        x = lerp(frame[0][0], frame[40][0], k / 6)
        canvas.stroke([(x, 300), (x, 530)], 2.4, TEA[6])
    for level in (392, 436, 480):
        canvas.stroke([(frame[0][0], level), (frame[40][0], level)], 2.4, TEA[6])
    canvas.stroke(_ring(z), 6, TEA[6])


def _floor(canvas: Canvas) -> None:
    canvas.fill(
        [
            _see(-HALF, -1.8, 24),
            _see(HALF, -1.8, 24),
            _see(HALF, -1.8, 2.0),
            _see(-HALF, -1.8, 2.0),
        ],
        Wash(TEA[1], TEA[3], 520, 900),
    )
    for i in range(25):
        x = lerp(-HALF, HALF, i / 24)
        canvas.stroke([_see(x, -1.8, 24), _see(x, -1.8, 2.2)], 1.3, TEA[4], 0.5)
    glow = [_see(-1.6, -1.8, 24), _see(1.6, -1.8, 24), _see(1.9, -1.8, 2.2), _see(-1.9, -1.8, 2.2)]
    canvas.fill(glow, Wash(WHITE, WHITE, 520, 900, 0.85, 0.1))


def _shelves(canvas: Canvas, side: int) -> None:
    bays = [24.0, 19.6, 16.2, 13.4, 11.1, 9.1, 7.4, 5.9, 4.6, 3.5]
    canvas.fill(
        [
            _see(side * HALF, -1.8, 24),
            _see(side * HALF, 3.2, 24),
            _see(side * HALF, 3.2, 2.2),
            _see(side * HALF, -1.8, 2.2),
        ],
        _haze(TEA[7], 9),
    )
    source = random.Random(40 + side)
    for far, near in pairwise(bays):
        for tier in (-1.7, 0.95):
            for row in range(4):
                _row(canvas, source, side, (near + 0.22, far - 0.1), tier + row * 0.53)
        for low, high in ((-1.8, 0.5), (0.9, 3.2)):
            post = [
                _see(side * (HALF - 0.06), low, near),
                _see(side * (HALF - 0.06), high, near),
                _see(side * (HALF - 0.06), high, near + 0.2),
                _see(side * (HALF - 0.06), low, near + 0.2),
            ]
            canvas.fill(post, _haze(TEA[6], near))
    _gallery(canvas, side)
    _ladder(canvas, side)


def _row(
    canvas: Canvas, source: random.Random, side: int, span: tuple[float, float], foot: float
) -> None:
    near, far = span
    back = [_see(side * HALF, foot, near), _see(side * HALF, foot, far),
            _see(side * HALF, foot + 0.47, far), _see(side * HALF, foot + 0.47, near)]  # fmt: skip
    canvas.fill(back, _haze(TEA[9], near))
    z = near
    while z < far - 0.08:
        thick, tall = (
            lerp(0.06, 0.13, source.random()) * (1 + near / 22),
            lerp(0.3, 0.44, source.random()),
        )
        end = min(far, z + thick)
        if source.random() > 0.07:
            paint = _haze(SPINES[int(source.random() * len(SPINES))], z)
            canvas.fill(
                [
                    _see(side * HALF, foot, z),
                    _see(side * HALF, foot, end),
                    _see(side * HALF, foot + tall, end),
                    _see(side * HALF, foot + tall, z),
                ],
                paint,
            )
        z = end + 0.012
    shelf = [_see(side * HALF, foot - 0.05, near), _see(side * HALF, foot - 0.05, far),
             _see(side * HALF, foot, far), _see(side * HALF, foot, near)]  # fmt: skip
    canvas.fill(shelf, _haze(TEA[5], near))


def _gallery(canvas: Canvas, side: int) -> None:
    """The walk between the tiers, with its rail."""
    edge = HALF - 0.85
    top = [_see(side * edge, 0.62, 24), _see(side * HALF, 0.62, 24), _see(side * HALF, 0.62, 2.2),
           _see(side * edge, 0.62, 2.2)]  # fmt: skip
    canvas.fill(top, TEA[4])
    face = [_see(side * edge, 0.44, 24), _see(side * edge, 0.62, 24), _see(side * edge, 0.62, 2.2),
            _see(side * edge, 0.44, 2.2)]  # fmt: skip
    canvas.fill(face, Wash(TEA[6], TEA[7]))
    for level, thick in ((1.28, 0.07), (0.76, 0.03)):
        rail = [_see(side * edge, level, 24), _see(side * edge, level + thick, 24),
                _see(side * edge, level + thick, 2.2), _see(side * edge, level, 2.2)]  # fmt: skip
        canvas.fill(rail, DAI[7])
    z = 3.0
    while z < 24:
        canvas.stroke(
            [_see(side * edge, 0.62, z), _see(side * edge, 1.3, z)], max(1.0, 11 / z), DAI[7]
        )
        z *= 1.045


def _ladder(canvas: Canvas, side: int) -> None:
    z = 6.4 if side < 0 else 8.6
    foot, head = HALF - 0.75, HALF - 0.1
    for dz in (0.0, 0.5):
        canvas.stroke(
            [_see(side * foot, -1.8, z + dz), _see(side * head, 0.45, z + dz)], 34 / z, TEA[3]
        )
    for i in range(1, 8):
        t = i / 8
        x, y = lerp(foot, head, t), lerp(-1.8, 0.45, t)
        canvas.stroke([_see(side * x, y, z), _see(side * x, y, z + 0.5)], 24 / z, TEA[3])


def _tables(canvas: Canvas) -> None:
    for z in (14.0, 9.6, 6.4):
        for side in (-1, 1):
            _table(canvas, side, z)
    for x, z, coat, flip in (
        (0.3, 17.0, DAI[5], False),
        (-0.5, 11.4, TEA[5], True),
        (0.55, 7.6, DAI[6], False),
    ):
        px, py = _see(x, -1.8, z)
        size = 1.66 * FOCAL / z / 100
        canvas.fill(oval(px, py, 26 * size, 5 * size), TEA[6], 0.35)
        walker(canvas, px, py, size, coat=coat, flip=flip, bag=TEA[3] if z < 8 else None)


def _table(canvas: Canvas, side: int, z: float) -> None:
    x0, x1, near, far = 1.5 * side, 3.1 * side, z, z + 2.2
    unit = FOCAL / z
    for x in (x0, x1):
        leg = _see(x, -1.05, z + 0.1)
        canvas.fill(rect(leg[0] - unit * 0.035, leg[1], unit * 0.07, unit * 0.74), TEA[8])
    top = [_see(x0, -1.05, near), _see(x1, -1.05, near), _see(x1, -1.05, far), _see(x0, -1.05, far)]
    canvas.fill(top, Wash(TEA[5], TEA[6]))
    canvas.fill(
        [
            _see(x0, -1.05, near),
            _see(x1, -1.05, near),
            _see(x1, -1.13, near),
            _see(x0, -1.13, near),
        ],
        TEA[7],
    )
    for share in (0.3, 0.75):
        x = lerp(x0, x1, share)
        _desk_lamp(canvas, *_see(x, -1.05, z + 1.3), unit * 0.0105)
        page = _see(x - 0.15 * side, -1.05, z + 0.4)
        s = unit * 0.011
        book = [
            *bow(page, (page[0] - 10 * s, page[1] - 6 * s), (page[0] - 22 * s, page[1] - 2 * s)),
            (page[0] - 24 * s, page[1] + 5 * s),
            (page[0], page[1] + 8 * s),
            (page[0] + 24 * s, page[1] + 5 * s),
            *bow((page[0] + 22 * s, page[1] - 2 * s), (page[0] + 10 * s, page[1] - 6 * s), page),
        ]
        canvas.fill(book, WHITE)
    _sitter(canvas, lerp(x0, x1, 0.3), z, (DAI[6], TEA[4], DAI[5])[round(z) % 3])
    if z != 9.6 or side > 0:
        _sitter(canvas, lerp(x0, x1, 0.76), z, (TEA[5], DAI[7], DAI[4])[round(z) % 3])


def _desk_lamp(canvas: Canvas, x: float, y: float, s: float) -> None:
    canvas.stroke([(x, y), (x, y - 34 * s)], max(1.2, 3 * s), DAI[8])
    shade = [
        (x - 24 * s, y - 30 * s),
        *bow((x - 20 * s, y - 44 * s), (x, y - 54 * s), (x + 20 * s, y - 44 * s)),
        (x + 24 * s, y - 30 * s),
    ]
    canvas.fill(shade, DAI[6])
    canvas.fill(oval(x, y - 29 * s, 22 * s, 3.4 * s), TEA[1])


def _sitter(canvas: Canvas, x: float, z: float, coat: RGB) -> None:
    """Someone reading, seen from behind."""
    px, py = _see(x, -1.16, z - 0.25)
    s = FOCAL / z / 100
    body = smooth(
        [
            (px - 24 * s, py + 34 * s),
            (px - 23 * s, py - 4 * s),
            (px - 12 * s, py - 20 * s),
            (px + 12 * s, py - 20 * s),
            (px + 23 * s, py - 4 * s),
            (px + 24 * s, py + 34 * s),
        ],
        6,
    )
    canvas.fill(body, coat)
    canvas.fill(oval(px, py - 31 * s, 10 * s, 12 * s), DAI[9])
    canvas.fill(rect(px - 27 * s, py + 12 * s, 54 * s, 26 * s), TEA[7])
    for leg in (-25, 21):
        canvas.fill(rect(px + leg * s, py + 36 * s, 5 * s, 40 * s), TEA[8])
