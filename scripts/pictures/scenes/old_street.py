"""青石老街 after rain, seen down the lane from the crown of the bridge."""

from __future__ import annotations

from itertools import pairwise

from scripts.pictures.buildings import lantern
from scripts.pictures.canvas import Canvas, Wash
from scripts.pictures.figures import umbrella, walker
from scripts.pictures.geometry import Line, Point, arc, lerp, noise, rect
from scripts.pictures.land import birds, hills, sky
from scripts.pictures.palette import DAI, RED, RGB, TEA, WHITE, mix
from scripts.pictures.plants import far_trees

EYE, FOCAL = 5.6, 620.0
VANISH: Point = (812.0, 330.0)
WALL = 3.7

# Each house: where it begins and ends down the lane, the height of its eaves, its gable's rise.
LEFT = ((2.6, 5.4, 3.7, 3.6), (5.4, 8.0, 4.4, 3.0), (8.0, 11.6, 3.6, 3.2), (11.6, 15.4, 4.5, 2.7),
        (15.4, 21.0, 3.8, 3.0), (21.0, 29.0, 4.2, 2.6))  # fmt: skip
RIGHT = ((2.4, 4.8, 4.0, 3.1), (4.8, 7.4, 3.5, 3.4), (7.4, 10.6, 4.5, 2.7), (10.6, 14.2, 3.6, 3.1),
         (14.2, 19.5, 4.3, 2.8), (19.5, 28.0, 3.7, 3.0))  # fmt: skip


def draw() -> Canvas:
    """Two rows of white walls and dark tiles, wet flagstones, three umbrellas."""
    canvas = Canvas()
    sky(canvas, DAI[2], TEA[1], 420)
    hills(canvas, 41, 300, 200, 460, 2.5, sharp=0.6, foot=TEA[1], drop=40)
    hills(canvas, 36, 350, 130, 360, 3.4, sharp=0.2, foot=DAI[1], drop=30)
    canvas.mist(352, 120, TEA[0], 0.75)
    far_trees(canvas, 4, (560, 1060), 402, (12, 26), (DAI[4], DAI[5]))
    canvas.mist(396, 60, TEA[0], 0.5)
    _ground(canvas)
    _gate_tower(canvas)
    for side, row in ((-1, LEFT), (1, RIGHT)):
        for number in reversed(range(len(row))):
            _house(canvas, side, row[number], number)
    _lanterns(canvas)
    _people(canvas)
    birds(canvas, [(700, 96, 34), (742, 78, 26), (664, 118, 22)], DAI[6])
    return canvas


def _see(x: float, y: float, z: float) -> Point:
    """The place on the picture of a point x to the right, y up and z ahead, in metres."""
    return VANISH[0] + x * FOCAL / z, VANISH[1] + (EYE - y) * FOCAL / z


def _quad(side: int, z0: float, z1: float, y0: float, y1: float, x: float = WALL) -> Line:
    """An upright rectangle parallel to the lane on one side of it."""
    return [_see(side * x, y0, z0), _see(side * x, y0, z1),
            _see(side * x, y1, z1), _see(side * x, y1, z0)]  # fmt: skip


def _haze(paint: RGB, z: float) -> RGB:
    return mix(paint, mix(DAI[1], TEA[1], 0.4), min(0.72, max(0.0, (z - 4) / 30)))


def _ground(canvas: Canvas) -> None:
    corners = [_see(-WALL, 0, 40), _see(WALL, 0, 40), _see(WALL, 0, 2.0), _see(-WALL, 0, 2.0)]
    canvas.fill(corners, Wash(mix(DAI[2], TEA[1], 0.5), DAI[5], 400, 900))
    centre = [_see(-1.1, 0, 40), _see(1.1, 0, 40), _see(1.5, 0, 3.0), _see(-1.5, 0, 3.0)]
    canvas.fill(centre, Wash(WHITE, TEA[1], 400, 900, 0.8, 0.35))
    z, row = 5.3, 0
    while z < 30:
        canvas.stroke([_see(-WALL, 0, z), _see(WALL, 0, z)], lerp(2.6, 0.6, min(1, z / 20)),
                      _haze(DAI[6], z), 0.7)  # fmt: skip
        step = 0.62 + 0.1 * noise(3, row * 1.7)
        for joint in range(-3, 4):
            x = joint * 1.15 + (0.5 if row % 2 else 0.0) + 0.2 * noise(row, joint * 2.1)
            if abs(x) < WALL:
                canvas.stroke([_see(x, 0, z), _see(x, 0, z + step)], lerp(2.2, 0.5, min(1, z / 18)),
                              _haze(DAI[6], z), 0.55)  # fmt: skip
        z, row = z + step, row + 1
    for side in (-1, 1):
        gutter = [_see(side * (WALL - 0.5), 0, 30), _see(side * (WALL - 0.3), 0, 30),
                  _see(side * (WALL - 0.3), 0, 2), _see(side * (WALL - 0.5), 0, 2)]  # fmt: skip
        canvas.fill(gutter, DAI[7], 0.5)


def _gate_tower(canvas: Canvas) -> None:
    """The small gate that closes the view."""
    z = 31.0

    def flat(points: list[tuple[float, float]]) -> Line:
        return [_see(x, y, z) for x, y in points]

    canvas.fill(flat([(-4.4, 0), (4.4, 0), (4.4, 5.2), (-4.4, 5.2)]), _haze(DAI[5], 16))
    canvas.fill([*flat([(1.4, 0), (-1.4, 0)]), *flat(arc(0, 2.3, 1.4, 1.5, 180, 0))],
                mix(TEA[1], DAI[1], 0.5))  # fmt: skip
    canvas.fill(flat([(-6, 5.0), (6, 5.0), (4.6, 6.6), (3.6, 7.8), (-3.6, 7.8), (-4.6, 6.6)]),
                _haze(DAI[7], 14))  # fmt: skip
    canvas.fill(flat([(-4.4, 7.6), (4.4, 7.6), (4.0, 8.3), (-4.0, 8.3)]), _haze(DAI[8], 14))


def _house(
    canvas: Canvas, side: int, house: tuple[float, float, float, float], number: int
) -> None:
    z0, z1, eaves, rise = house
    _roof(canvas, side, house)
    wall = _quad(side, z0, z1, 0, eaves)
    canvas.fill(wall, Wash(_haze(WHITE, z0), _haze(mix(DAI[2], TEA[1], 0.4), z0)))
    canvas.fill(_quad(side, z0, z1, 0, 0.45), _haze(DAI[4], z0))
    _front(canvas, side, house, number)
    # The shadow under the eaves, then the edge of the tiles.
    canvas.fill(_quad(side, z0, z1, eaves - 0.42, eaves), _haze(DAI[5], z0), 0.6)
    canvas.fill(
        [
            _see(side * (WALL - 0.75), eaves - 0.02, z0),
            _see(side * (WALL - 0.75), eaves - 0.02, z1),
            _see(side * (WALL - 0.75), eaves + 0.17, z1),
            _see(side * (WALL - 0.75), eaves + 0.17, z0),
        ],
        _haze(DAI[9], z0),
    )
    _gable(canvas, side, z0, eaves, rise)


def _roof(canvas: Canvas, side: int, house: tuple[float, float, float, float]) -> None:
    z0, z1, eaves, _ = house
    low, high = (WALL - 0.75, eaves + 0.1), (WALL + 3.0, eaves + 1.5)
    plane = [_see(side * low[0], low[1], z0), _see(side * low[0], low[1], z1),
             _see(side * high[0], high[1], z1), _see(side * high[0], high[1], z0)]  # fmt: skip
    canvas.fill(plane, _haze(DAI[7], z0))
    count = round((z1 - z0) / 0.26)
    for i in range(count + 1):
        z = lerp(z0, z1, i / count)
        canvas.stroke([_see(side * low[0], low[1], z), _see(side * high[0], high[1], z)],
                      max(0.8, 7.5 / z), _haze(DAI[8], z), 0.85)  # fmt: skip
    ridge = [
        _see(side * high[0], high[1], z0),
        _see(side * high[0], high[1], z1),
        _see(side * high[0], high[1] + 0.35, z1),
        _see(side * high[0], high[1] + 0.35, z0),
    ]
    canvas.fill(ridge, _haze(DAI[8], z0))


def _gable(canvas: Canvas, side: int, z: float, eaves: float, rise: float) -> None:
    """The stepped fire wall at the near end of a house, square to the lane."""
    inner = WALL - 0.62
    steps = ((0.0, 0.55), (1.3, 1.15), (2.6, 1.75), (4.2, 1.15), (5.4, 0.55), (6.6, 0.55))
    scale = rise / 3.0
    wall: Line = [
        _see(side * inner, eaves - 0.5, z),
        _see(side * WALL, eaves - 0.9, z),
        _see(side * WALL, 0, z),
    ]
    wall.append(_see(side * (inner + 6.6), 0, z))
    tops: list[tuple[float, float, float]] = []
    for (a, h), (b, _) in pairwise(steps):
        tops.append((inner + a, inner + b, eaves + h * scale))
    for a, b, h in reversed(tops):
        wall += [_see(side * b, h, z), _see(side * a, h, z)]
    canvas.fill(wall, Wash(_haze(WHITE, z), _haze(mix(DAI[2], WHITE, 0.3), z)))
    for a, b, h in tops:
        cap = [_see(side * (a - 0.16), h - 0.02, z), _see(side * (b + 0.16), h - 0.02, z),
               _see(side * (b + 0.3), h + 0.36, z), _see(side * b, h + 0.27, z),
               _see(side * a, h + 0.27, z), _see(side * (a - 0.3), h + 0.36, z)]  # fmt: skip
        canvas.fill(cap, _haze(DAI[8], z))


def _front(
    canvas: Canvas, side: int, house: tuple[float, float, float, float], number: int
) -> None:
    """Door, shutters and windows, as each house has room for."""
    z0, z1, eaves, _ = house
    middle, length = (z0 + z1) / 2, z1 - z0
    door = _quad(side, middle - length * 0.12, middle + length * 0.12, 0, 2.3)
    canvas.fill(door, _haze(DAI[8], z0))
    for end in (-1.0, 1.0):
        z = middle + end * length * 0.165
        canvas.fill(_quad(side, z - length * 0.018, z + length * 0.018, 0.6, 2.1), _haze(RED, z0))
    for end in (-1.0, 1.0):
        a, b = middle + end * length * 0.24, middle + end * length * 0.4
        near, far = min(a, b), max(a, b)
        wood = (side + number) % 2 == 0
        canvas.fill(_quad(side, near, far, 0.8, 2.3), _haze(TEA[5] if wood else DAI[6], z0))
        for i in range(1, 5):
            z = lerp(near, far, i / 5)
            canvas.stroke([_see(side * WALL, 0.8, z), _see(side * WALL, 2.3, z)], max(0.7, 6 / z),
                          _haze(TEA[7] if wood else DAI[4], z0))  # fmt: skip
    if eaves > 4.1:
        for end in (-0.3, 0.0, 0.3):
            z = middle + end * length
            canvas.fill(_quad(side, z - 0.22, z + 0.22, 2.75, 3.5), _haze(DAI[7], z0))


def _lanterns(canvas: Canvas) -> None:
    for side, z, height in (
        (-1, 17.0, 3.0),
        (1, 15.6, 3.1),
        (-1, 12.4, 3.4),
        (1, 11.2, 2.9),
        (-1, 8.9, 2.9),
        (1, 8.2, 3.4),
        (-1, 6.3, 3.4),
        (1, 6.0, 2.8),
    ):
        x, y = _see(side * (WALL - 0.9), height, z)
        lantern(canvas, x, y, 9.5 / z + 0.1)


def _people(canvas: Canvas) -> None:
    spots = (
        (-0.5, 20.0, TEA[4], DAI[5]),
        (1.0, 14.0, DAI[5], DAI[3]),
        (-1.5, 11.2, TEA[3], TEA[5]),
        (0.7, 8.3, TEA[3], DAI[7]),
    )
    for number, (x, z, cover, coat) in enumerate(spots):
        px, py = _see(x, 0, z)
        size = 1.65 * FOCAL / z / 100
        canvas.fill(rect(px - 14 * size, py, 28 * size, 70 * size), DAI[6], 0.14)
        walker(canvas, px, py, size, coat=coat, flip=number % 2 == 0)
        umbrella(canvas, px + 2, py - 86 * size, size * 0.9, cover)
