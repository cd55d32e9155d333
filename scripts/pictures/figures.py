"""Small figures without faces, seen from afar, and a few things of daily use."""

from __future__ import annotations

from collections.abc import Sequence

from scripts.pictures.canvas import Canvas
from scripts.pictures.geometry import Line, Point, arc, bow, oval, place, rect, ribbon, smooth
from scripts.pictures.palette import DAI, RGB, TEA


def walker(
    canvas: Canvas,
    x: float,
    y: float,
    size: float = 1.0,
    *,
    coat: RGB = DAI[7],
    dark: RGB = DAI[9],
    flip: bool = False,
    hat: bool = False,
    bag: RGB | None = None,
) -> None:
    """Someone walking, about 100 units tall at size 1, the feet on (x, y)."""

    def at(points: Sequence[Point]) -> Line:
        return place(points, x, y, size, flip=flip)

    for foot, knee in ((-13, -8), (13, 9)):
        leg = ribbon(at(smooth([(knee * 0.2, -44), (knee, -22), (foot, 0)], 5)),
                     lambda t: size * (10 - 4 * t))  # fmt: skip
        canvas.fill(leg, dark)
    body = smooth(
        [(-13, -38), (-12, -66), (-7, -78), (7, -78), (12, -66), (13, -38)], 5, closed=True
    )
    canvas.fill(at(body), coat)
    arm = ribbon(at(smooth([(4, -74), (12, -58), (17, -44)], 5)), lambda _: size * 6)
    canvas.fill(arm, coat)
    if bag is not None:
        canvas.fill(at(smooth([(-20, -46), (-20, -70), (-8, -72), (-8, -46)], 4, closed=True)), bag)
    canvas.fill(at(oval(0, -88, 8.4, 9.6)), dark)
    if hat:
        canvas.fill(at([(-20, -90), (0, -106), (20, -90)]), TEA[5])


def umbrella(
    canvas: Canvas, x: float, y: float, size: float, paint: RGB, ribs: RGB = TEA[6]
) -> None:
    """An open oil-paper umbrella; (x, y) is the middle of its lower edge."""
    top = (x, y - 30 * size)
    edge = [(x + dx * size, y + dy * size) for dx, dy in
            ((-58, 2), (-38, -3), (-18, 1), (0, -3), (18, 1), (38, -3), (58, 2))]  # fmt: skip
    dome = [*bow(edge[0], (x - 34 * size, y - 30 * size), top),
            *bow(top, (x + 34 * size, y - 30 * size), edge[-1])]  # fmt: skip
    canvas.fill([*dome, *reversed(edge)], paint)
    for rib in edge[1:-1]:
        canvas.stroke(
            bow(top, ((top[0] + rib[0]) / 2, y - 25 * size), rib, 8), 1.3 * size, ribs, 0.7
        )
    canvas.stroke([(x, y - 36 * size), (x, y - 28 * size)], 3 * size, ribs)


def angler(canvas: Canvas, x: float, y: float, size: float = 1.0, *, flip: bool = False) -> None:
    """Someone in a wide hat seated with a rod, the seat on (x, y)."""

    def at(points: Sequence[Point]) -> Line:
        return place(points, x, y, size, flip=flip)

    body = smooth([(-18, 0), (-15, -26), (-4, -42), (8, -38), (14, -16), (26, -10), (28, 0)], 6,
                  closed=True)  # fmt: skip
    canvas.fill(at(body), DAI[9])
    canvas.fill(at(oval(3, -46, 7.5, 8.5)), DAI[9])
    canvas.fill(at([(-21, -47), (3, -63), (27, -47)]), TEA[5])
    rod = smooth([(12, -22), (70, -62), (134, -84)])
    canvas.stroke(at(rod), 2.0 * size, DAI[9])
    canvas.stroke(at(bow((134, -84), (142, -40), (140, 16))), 0.9 * size, DAI[7])


def ferryman(canvas: Canvas, x: float, y: float, size: float = 1.0, *, flip: bool = False) -> None:
    """Someone in a wide hat who stands and poles a boat, the feet on (x, y)."""

    def at(points: Sequence[Point]) -> Line:
        return place(points, x, y, size, flip=flip)

    canvas.stroke(at([(46, -118), (8, 30)]), 2.6 * size, TEA[6])
    canvas.fill(at([(-12, 0), (-9, -40), (11, -40), (11, 0), (3, 0), (0, -26), (-4, 0)]), DAI[9])
    canvas.fill(
        at(smooth([(-13, -34), (-12, -62), (-2, -74), (12, -64), (13, -34)], 5, closed=True)),
        DAI[8],
    )
    canvas.fill(ribbon(at([(6, -66), (22, -58), (32, -76)]), lambda _: size * 6), DAI[8])
    canvas.fill(at(oval(3, -80, 7.5, 8.5)), DAI[9])
    canvas.fill(at([(-19, -81), (3, -97), (25, -81)]), TEA[5])


def bicycle(canvas: Canvas, x: float, y: float, size: float, paint: RGB) -> None:
    """A bicycle standing on (x, y), about 120 units long at size 1."""
    for hub in (-36, 36):
        canvas.stroke(place(oval(hub, -24, 24), x, y, size), 2.6 * size, paint, closed=True)
        for turn in range(0, 180, 30):
            spoke = arc(hub, -24, 23, 23, turn, turn + 180, 1)
            canvas.stroke(place(spoke, x, y, size), 0.7 * size, paint, 0.6)
    frame = [(-36, -24), (-12, -56), (26, -58), (0, -24), (-36, -24)]
    canvas.stroke(place(frame, x, y, size), 3.2 * size, paint)
    canvas.stroke(place([(-16, -64), (-12, -56), (0, -24)], x, y, size), 3.2 * size, paint)
    canvas.stroke(place([(36, -24), (24, -66), (34, -72)], x, y, size), 3.2 * size, paint)
    canvas.fill(place(rect(-26, -68, 20, 5), x, y, size), paint)


def basket(
    canvas: Canvas, x: float, y: float, width: float, height: float, paint: RGB = TEA[5]
) -> None:
    """A woven basket with its foot on (x, y)."""
    outline = [(x - width / 2, y - height), (x + width / 2, y - height),
               (x + width * 0.4, y), (x - width * 0.4, y)]  # fmt: skip
    canvas.fill(outline, paint)
    with canvas.clip(outline):
        for i in range(int(height / 7) + 1):
            level = y - height + i * 7.0
            canvas.stroke([(x - width, level), (x + width, level)], 1.4, TEA[7], 0.7)
        for i in range(int(width / 9) + 1):
            side = x - width / 2 + i * 9.0
            canvas.stroke([(side, y - height), (x + (side - x) * 0.8, y)], 1.2, TEA[3], 0.7)
    canvas.stroke(outline[:2], 4.0, TEA[6])
