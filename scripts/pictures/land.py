"""Sky, hills and water: the layers most scenes stand on."""

from __future__ import annotations

import random
from collections.abc import Sequence

from scripts.pictures.canvas import Canvas, Wash
from scripts.pictures.geometry import (
    Line,
    Point,
    arc,
    below,
    lens,
    lerp,
    noise,
    oval,
    place,
    point,
    ribbon,
    ridge,
    smooth,
)
from scripts.pictures.palette import DAI, RGB, SUN, TEA, WHITE, mix


def sky(canvas: Canvas, top: RGB = DAI[2], bottom: RGB = TEA[1], level: float = 900) -> None:
    """A plain wash from the top edge down to a level."""
    outline = [(0.0, 0.0), (canvas.width, 0.0), (canvas.width, level), (0.0, level)]
    canvas.fill(outline, Wash(top, bottom, 0, level))


def sun(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """A pale tea sun in its haze."""
    canvas.glow(x, y, radius * 4.2, SUN, 0.55)
    canvas.fill(oval(x, y, radius), Wash(SUN, mix(SUN, WHITE, 0.35)))


def hills(
    canvas: Canvas,
    seed: int,
    y: float,
    height: float,
    length: float,
    depth: float,
    *,
    tones: Sequence[RGB] = DAI,
    foot: RGB | None = None,
    rough: float = 0.45,
    sharp: float = 0.0,
    drop: float = 210.0,
) -> Line:
    """A range in the tone `depth` of a scale; it pales towards its foot. Returns the crest."""
    low = int(depth)
    tone = mix(tones[low], tones[min(9, low + 1)], depth - low)
    crest = ridge(seed, y, height, length, rough=rough, sharp=sharp, x1=canvas.width + 20.0)
    pale = foot if foot is not None else mix(tone, tones[0], 0.72)
    top = min(point[1] for point in crest)
    canvas.fill(below(crest, canvas.height), Wash(tone, pale, top, y + drop))
    return crest


def water(canvas: Canvas, y: float, top: RGB, bottom: RGB) -> None:
    """Still water from the level y down to the lower edge."""
    outline = [
        (0.0, y), (canvas.width, y), (canvas.width, canvas.height), (0.0, canvas.height),
    ]  # fmt: skip
    canvas.fill(outline, Wash(top, bottom))


def ripples(
    canvas: Canvas,
    seed: int,
    span: tuple[float, float, float, float],
    count: int,
    paint: RGB = WHITE,
    alpha: float = 0.55,
    size: float = 1.0,
) -> None:
    """Lens-shaped glints over x0, y0, x1, y1; they grow longer and thicker towards the viewer."""
    source = random.Random(seed)
    x0, y0, x1, y1 = span
    for _ in range(count):
        near = source.random()
        x, y = lerp(x0, x1, source.random()), lerp(y0, y1, near)
        long = lerp(26, 150, source.random()) * lerp(0.4, 1.15, near) * size
        thick = lerp(1.0, 4.2, near) * size
        line = smooth([(x - long / 2, y), (x, y - thick * 0.3), (x + long / 2, y)], 8)
        strength = alpha * lerp(0.5, 1.0, source.random())
        canvas.fill(ribbon(line, lens(thick, 1.7)), paint, strength)


def boat(
    canvas: Canvas,
    x: float,
    y: float,
    size: float = 1.0,
    *,
    flip: bool = False,
    cabin: bool = True,
    dark: RGB = DAI[8],
) -> None:
    """A narrow river boat with a mat cabin; (x, y) is the middle of its water line."""

    def at(points: Sequence[Point]) -> Line:
        return place(points, x, y, size, flip=flip)

    canvas.fill(at(oval(4, 5, 118, 7)), DAI[6], 0.35)
    hull = smooth([(-122, -19), (-96, -6), (-66, 3), (0, 6), (70, 3), (108, -10), (134, -27)])
    rim = smooth([(134, -27), (104, -16), (66, -10), (0, -7), (-62, -9), (-98, -14), (-122, -19)])
    if cabin:
        mat = smooth([(-52, -8), (-46, -34), (-22, -45), (14, -45), (38, -34), (44, -8)])
        canvas.fill(at(mat), Wash(mix(dark, TEA[6], 0.25), dark))
        for i in range(5):
            foot = lerp(-40, 36, i / 4)
            rib = smooth([(foot - 3, -9), (foot * 0.9 - 2, -32), (foot * 0.62, -44)])
            canvas.stroke(at(rib), 1.4 * size, TEA[4], 0.55)
        canvas.fill(at([(30, -9), (26, -34), (36, -33), (44, -9)]), TEA[3], 0.9)
    canvas.fill(at([*hull, *rim]), dark)
    canvas.stroke(at(rim), 2.0 * size, TEA[5], 0.85)
    canvas.stroke(at([(-118, 15), (-30, 18), (96, 15)]), 2.2 * size, WHITE, 0.6)


def reeds(
    canvas: Canvas,
    seed: int,
    span: tuple[float, float],
    y: float,
    count: int,
    tall: tuple[float, float],
    paint: RGB,
    plume: RGB | None = None,
    lean: float = 30.0,
) -> None:
    """Tapering blades that stand on the level y between two x; `plume` gives some a head."""
    source = random.Random(seed)
    for number in range(count):
        x = lerp(span[0], span[1], source.random())
        height = lerp(tall[0], tall[1], source.random())
        sway = (source.random() - 0.35) * lean * 2
        base = y + source.random() * 16
        blade = smooth(
            [(x, base), (x + sway * 0.2, base - height * 0.6), (x + sway, base - height)]
        )
        wide = lerp(3.5, 7.5, source.random())
        canvas.fill(ribbon(blade, point(wide)), paint)
        if plume is not None and number % 5 == 0:
            tip = (x + sway * 1.05, base - height - 4)
            _plume(canvas, tip, 1 if sway > 0 else -1, height * 0.24, plume)


def _plume(canvas: Canvas, tip: Point, side: int, long: float, paint: RGB) -> None:
    """The drooping feathery head of a reed."""
    x, y = tip
    for number in range(5):
        bend = side * long * lerp(0.18, 0.62, number / 4)
        start = (x - side * 2.0, y + long * 0.12 * number)
        end = (x + bend, y - long * lerp(0.62, -0.12, number / 4))
        middle = (x + bend * 0.3, y - long * lerp(0.42, 0.1, number / 4))
        barb = smooth([start, middle, end], 7)
        canvas.fill(ribbon(barb, lambda t: 6.5 * (1 - abs(2 * t - 1) ** 1.6) + 0.6), paint)


def pads(
    canvas: Canvas,
    seed: int,
    centre: Point,
    spread: tuple[float, float],
    count: int,
    paints: Sequence[RGB],
    size: float = 1.0,
) -> None:
    """Floating lotus leaves, larger towards the viewer, each with its notch and veins."""
    source = random.Random(seed)
    spots = sorted(
        (centre[1] + (source.random() - 0.5) * 2 * spread[1], source.random()) for _ in range(count)
    )
    for number, (y, share) in enumerate(spots):
        near = (y - centre[1] + spread[1]) / (2 * spread[1])
        x = centre[0] + (share - 0.5) * 2 * spread[0]
        rx = lerp(15, 44, near) * size * lerp(0.75, 1.15, source.random())
        start = source.random() * 360
        paint = paints[number % len(paints)]
        canvas.fill(oval(x, y + rx * 0.09, rx * 1.02, rx * 0.37), DAI[8], 0.25)
        canvas.fill([(x, y), *arc(x, y, rx, rx * 0.36, start + 14, start + 346)], paint)
        for ray in range(7):
            end = arc(x, y, rx * 0.8, rx * 0.29, start + 40 + ray * 47, start + 41 + ray * 47, 1)[0]
            canvas.stroke([(x, y), end], 1.0, WHITE, 0.28)


def birds(canvas: Canvas, spots: Sequence[tuple[float, float, float]], paint: RGB) -> None:
    """Distant birds on the wing: x, y and span of each."""
    for x, y, span in spots:
        wing = smooth([(-0.5, -0.16), (-0.24, -0.2), (0.0, 0.03), (0.24, -0.24), (0.5, -0.12)], 8)
        line = place(wing, x, y, span)
        canvas.fill(ribbon(line, lens(span * 0.075, 1.0, 0.6)), paint)


def clouds(canvas: Canvas, seed: int, y: float, count: int, paint: RGB, alpha: float) -> None:
    """Long level streaks of cloud about the level y."""
    source = random.Random(seed)
    for number in range(count):
        x = source.random() * canvas.width
        level = y + (source.random() - 0.5) * 110
        long = lerp(180, 520, source.random())
        xs = [lerp(x - long / 2, x + long / 2, i / 12) for i in range(13)]
        line = [(cx, level + 5 * noise(seed + number, cx / 80)) for cx in xs]
        thick = lerp(7, 20, source.random())
        canvas.fill(ribbon(line, lens(thick, 2.4)), paint, alpha)
