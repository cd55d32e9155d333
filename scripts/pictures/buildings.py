"""Houses, roofs, pavilions and what belongs to them."""

from __future__ import annotations

from collections.abc import Sequence

from scripts.pictures.canvas import Canvas, Wash
from scripts.pictures.geometry import Line, Point, arc, bow, lerp, place, rect, ribbon, smooth
from scripts.pictures.palette import DAI, RED, RGB, TEA, WHITE, mix


def tiled_roof(
    canvas: Canvas,
    x: float,
    y: float,
    width: float,
    height: float,
    dark: RGB = DAI[8],
    pale: RGB = DAI[6],
) -> None:
    """A roof seen from the front, its eaves on the level y; it sags a little and lifts its ends."""
    left, right = x - width * 0.06 - 8, x + width * 1.06 + 8
    top = y - height
    outline = [
        *bow((left, y - 5), (x + width * 0.03, y - height * 0.35), (x + width * 0.07, top)),
        *bow((x + width * 0.93, top), (x + width * 0.97, y - height * 0.35), (right, y - 5)),
        *bow((right, y - 5), (x + width / 2, y + 5), (left, y - 5)),
    ]
    light = mix(dark, pale, 0.7)
    canvas.fill(outline, Wash(dark, light))
    with canvas.clip(outline):
        count = max(6, round(width / 13))
        for i in range(count + 1):
            a = lerp(x + width * 0.06, x + width * 0.94, i / count)
            b = lerp(left, right, i / count)
            canvas.stroke(
                [(a, top), (lerp(a, b, 0.7), y - height * 0.3), (b, y + 4)], 1.8, dark, 0.75
            )
    ridge_line = smooth([(x + width * 0.04, top - 7), (x + width * 0.12, top + 1),
                         (x + width / 2, top + 2), (x + width * 0.88, top + 1),
                         (x + width * 0.96, top - 7)])  # fmt: skip
    canvas.stroke(ridge_line, max(4.0, height * 0.09), DAI[9] if dark == DAI[8] else dark)
    canvas.stroke(bow((left, y - 3), (x + width / 2, y + 7), (right, y - 3)), 3.0, dark)


def stepped_gable(
    canvas: Canvas, x: float, top: float, width: float, foot: float, paint: RGB = WHITE
) -> None:
    """A white end wall that steps down on both sides under tiled copings (马头墙)."""
    step, unit = (foot - top) * 0.075 + 12, width / 5
    levels = [top + 2 * step, top + step, top, top + step, top + 2 * step]
    wall: Line = [(x, foot)]
    for i, level in enumerate(levels):
        wall += [(x + i * unit, level), (x + (i + 1) * unit, level)]
    wall.append((x + width, foot))
    canvas.fill(wall, Wash(paint, mix(paint, DAI[2], 0.45)))
    # The lower copings first, so that the upper ones overlap them.
    for i in (0, 4, 1, 3, 2):
        coping(canvas, x + i * unit - 7, levels[i], unit + 14)


def coping(canvas: Canvas, x: float, y: float, width: float) -> None:
    """The tiled top of a wall with its ends turned up."""
    s = min(1.0, width / 54)
    outline = [
        *bow((x - 4 * s, y - 5 * s), (x + width / 2, y + 3 * s), (x + width + 4 * s, y - 5 * s)),
        *bow((x + width - 2 * s, y - 12 * s), (x + width / 2, y - 8 * s), (x + 2 * s, y - 12 * s)),
    ]
    canvas.fill(outline, DAI[8])


def lattice(
    canvas: Canvas,
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    back: RGB = DAI[7],
    bars: RGB = DAI[4],
    columns: int = 3,
    rows: int = 3,
) -> None:
    """A window with crossing bars."""
    canvas.fill(rect(x, y, width, height), back)
    for i in range(1, columns):
        level = x + width * i / columns
        canvas.stroke([(level, y), (level, y + height)], 1.5, bars)
    for i in range(1, rows):
        level = y + height * i / rows
        canvas.stroke([(x, level), (x + width, level)], 1.5, bars)
    canvas.stroke(rect(x, y, width, height), 2.4, DAI[8], closed=True)


def door(canvas: Canvas, x: float, foot: float, width: float, height: float) -> None:
    """A pair of dark leaves with narrow red strips at its sides, blank."""
    canvas.fill(rect(x - 4, foot - height - 5, width + 8, height + 5), DAI[6])
    canvas.fill(rect(x, foot - height, width, height), Wash(DAI[9], DAI[8]))
    canvas.stroke([(x + width / 2, foot - height), (x + width / 2, foot)], 1.6, DAI[6])
    for strip in (x - 13, x + width + 6):
        canvas.fill(rect(strip, foot - height + 6, 7, height * 0.68), RED)
    canvas.fill(rect(x - 8, foot - 4, width + 16, 4), DAI[5])


def lantern(canvas: Canvas, x: float, y: float, size: float = 1.0, paint: RGB = TEA[4]) -> None:
    """A hanging paper lantern of tea colour, longer than it is wide."""
    canvas.glow(x, y, 46 * size, TEA[3], 0.5)
    canvas.stroke([(x, y - 26 * size), (x, y - 14 * size)], 1.5 * size, DAI[8])
    body = [
        *bow((x - 7 * size, y - 15 * size), (x - 15 * size, y), (x - 7 * size, y + 15 * size)),
        *bow((x + 7 * size, y + 15 * size), (x + 15 * size, y), (x + 7 * size, y - 15 * size)),
    ]
    canvas.fill(body, Wash(mix(paint, WHITE, 0.45), paint))
    for level in (-15, 15):
        canvas.stroke([(x - 7 * size, y + level * size), (x + 7 * size, y + level * size)],
                      3 * size, DAI[8])  # fmt: skip
    canvas.stroke([(x, y + 16 * size), (x, y + 28 * size)], 2 * size, RED)


def pavilion(
    canvas: Canvas,
    x: float,
    y: float,
    size: float = 1.0,
    *,
    dark: RGB = DAI[8],
    body: RGB = DAI[7],
    accent: RGB = RED,
) -> None:
    """A six-post pavilion with lifted eaves, about 210 units tall at size 1; (x, y) is its foot."""

    def at(points: Sequence[Point]) -> Line:
        return place(points, x, y, size)

    canvas.fill(at([(-104, 0), (104, 0), (112, 14), (-112, 14)]), DAI[3])
    canvas.fill(at([(-104, 0), (104, 0), (104, 4), (-104, 4)]), DAI[1])
    for post in (-78, -44, 44, 78):
        canvas.fill(at(rect(post - 4, -104, 8, 104)), body)
    canvas.fill(at(rect(-78, -30, 36, 6)), accent)
    canvas.fill(at(rect(42, -30, 36, 6)), accent)
    for post in range(-74, -44, 9):
        canvas.stroke(at([(post, -24), (post, 0)]), 2 * size, body)
        canvas.stroke(at([(-post, -24), (-post, 0)]), 2 * size, body)
    canvas.fill(at(rect(-82, -112, 164, 12)), dark)
    for i in range(-7, 8):
        canvas.stroke(at([(i * 10.6, -100), (i * 10.6, -92)]), 2 * size, body)
    roof = [
        *bow((-132, -118), (-70, -116), (-26, -176)),
        *bow((26, -176), (70, -116), (132, -118)),
        *bow((132, -118), (0, -92), (-132, -118)),
    ]
    canvas.fill(at(roof), Wash(dark, mix(dark, DAI[6], 0.5)))
    for i in range(-6, 7):
        top, low = (i * 4.0, -174), (i * 17.0, -106 - abs(i) * 0.7)
        canvas.stroke(at(bow(top, (i * 8.0, -128), low, 10)), 1.6 * size, dark, 0.8)
    cap = [*bow((-40, -172), (-14, -178), (0, -212)), *bow((0, -212), (14, -178), (40, -172))]
    canvas.fill(at(cap), dark)
    canvas.fill(at(smooth([(-6, -208), (0, -232), (6, -208), (0, -200)], 6, closed=True)), accent)


def arch_ring(
    canvas: Canvas, x: float, y: float, rx: float, ry: float, width: float, paint: RGB, joints: int
) -> None:
    """The ring of cut stones about an arch that springs from the level y."""
    canvas.stroke(arc(x, y, rx, ry, 180, 360), width, paint, round_ends=False)
    for i in range(1, joints):
        angle = 180 + 180 * i / joints
        inner = arc(x, y, rx - width / 2, ry - width / 2, angle, angle + 0.1, 1)[0]
        outer = arc(x, y, rx + width / 2, ry + width / 2, angle, angle + 0.1, 1)[0]
        canvas.stroke([inner, outer], 1.4, DAI[7], 0.8)


def rail(
    canvas: Canvas, deck: Sequence[Point], height: float, posts: int, paint: RGB, size: float = 1.0
) -> None:
    """A stone balustrade that follows a deck."""
    for share in (0.42, 0.86):
        canvas.stroke([(px, py - height * share) for px, py in deck], 3.2 * size, paint)
    last = len(deck) - 1
    for i in range(posts + 1):
        px, py = deck[round(last * i / posts)]
        canvas.fill(rect(px - 3.4 * size, py - height * 1.05, 6.8 * size, height * 1.1), paint)
        knob = ribbon([(px, py - height * 1.05), (px, py - height * 1.32)], lambda _: 9.5 * size)
        canvas.fill(knob, paint)
