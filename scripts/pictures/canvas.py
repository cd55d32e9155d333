"""The sheet the scenes are painted on: flat fills, washes, strokes, clips and reflections.

Everything is drawn three times as large and reduced once at the end, which gives even edges
without any dependence on the platform.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw

from scripts.pictures.geometry import Point, lerp
from scripts.pictures.palette import RGB, mix

SCALE = 3
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Wash:
    """A paint that changes from `top` to `bottom`, over the shape's height or from y0 to y1.

    The alphas (0 to 1) let it fade out as mist does.
    """

    top: RGB
    bottom: RGB
    y0: float | None = None
    y1: float | None = None
    alpha_top: float = 1.0
    alpha_bottom: float = 1.0


Paint = RGB | Wash


class Canvas:
    """A picture of `width` by `height` units, one unit being one pixel of the result."""

    def __init__(
        self, width: int = 1600, height: int = 900, paint: Paint = (255, 255, 255)
    ) -> None:
        self.width = width
        self.height = height
        self._image = Image.new("RGB", (width * SCALE, height * SCALE), (255, 255, 255))
        self.fill([(0, 0), (width, 0), (width, height), (0, height)], paint)

    def finished(self) -> Image.Image:
        """The picture at its own size."""
        return self._image.resize((self.width, self.height), Image.Resampling.LANCZOS)

    def fill(self, outline: Sequence[Point], paint: Paint, alpha: float = 1.0) -> None:
        """Fill a closed outline."""
        self.cut([outline], paint, alpha)

    def cut(self, outlines: Sequence[Sequence[Point]], paint: Paint, alpha: float = 1.0) -> None:
        """Fill the first outline less the others, which are holes in it."""
        if len(outlines) == 1 and alpha >= 1.0 and not isinstance(paint, Wash):
            pixels = [(x * SCALE, y * SCALE) for x, y in outlines[0]]
            ImageDraw.Draw(self._image).polygon(pixels, fill=paint)
            return
        box = self._box(outlines[0])
        if box is None:
            return
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
        pen = ImageDraw.Draw(mask)
        for number, outline in enumerate(outlines):
            pixels = [(x * SCALE - box[0], y * SCALE - box[1]) for x, y in outline]
            pen.polygon(pixels, fill=0 if number else round(255 * alpha))
        self._lay(mask, box, paint, outlines[0])

    def stroke(
        self,
        line: Sequence[Point],
        width: float,
        paint: RGB,
        alpha: float = 1.0,
        *,
        closed: bool = False,
        round_ends: bool = True,
    ) -> None:
        """Draw a line of one width."""
        path = [*line, line[0]] if closed else list(line)
        box = self._box(path, width)
        if box is None:
            return
        if alpha >= 1.0:
            pen, origin, fill = ImageDraw.Draw(self._image), (0, 0), paint
            self._pen(pen, path, origin, width, fill, round_ends)
            return
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
        level = round(255 * alpha)
        self._pen(ImageDraw.Draw(mask), path, box[:2], width, level, round_ends)
        self._image.paste(paint, box, mask)

    @staticmethod
    def _pen(
        pen: ImageDraw.ImageDraw,
        path: Sequence[Point],
        origin: tuple[int, int],
        width: float,
        fill: RGB | int,
        round_ends: bool,
    ) -> None:
        pixels = [(x * SCALE - origin[0], y * SCALE - origin[1]) for x, y in path]
        thick = max(1, round(width * SCALE))
        pen.line(pixels, fill=fill, width=thick, joint="curve")
        if round_ends and thick > 2:
            r = thick / 2.0
            for x, y in (pixels[0], pixels[-1]):
                pen.ellipse((x - r, y - r, x + r, y + r), fill=fill)

    def glow(self, x: float, y: float, radius: float, paint: RGB, alpha: float) -> None:
        """Light about (x, y) in flat rings, as a woodblock printer would cut it.

        Rings keep clean edges where a smooth gradient would show the coder's blocks.
        """
        for share in (1.0, 0.74, 0.5):
            ring = [
                (x + radius * share * math.cos(i * math.tau / 120),
                 y + radius * share * math.sin(i * math.tau / 120)) for i in range(120)
            ]  # fmt: skip
            self.fill(ring, paint, alpha / 3)

    def mist(self, y: float, height: float, paint: RGB, alpha: float) -> None:
        """A level band of mist, strongest at y and gone at half its height above and below."""
        rows = max(1, round(height * SCALE))
        levels = [
            round(255 * alpha * (0.5 - 0.5 * math.cos(math.tau * (i + 0.5) / rows)))
            for i in range(rows)
        ]
        mask = Image.frombytes("L", (1, rows), bytes(levels))
        top = round((y - height / 2) * SCALE)
        box = (0, top, self.width * SCALE, top + rows)
        self._image.paste(paint, box, mask.resize((self.width * SCALE, rows)))

    @contextmanager
    def clip(
        self, *outlines: Sequence[Point], holes: Sequence[Sequence[Point]] = ()
    ) -> Iterator[None]:
        """What is painted inside the block shows only within the outlines and not in the holes."""
        before = self._image.copy()
        yield
        mask = Image.new("L", self._image.size, 0)
        pen = ImageDraw.Draw(mask)
        for level, shapes in ((255, outlines), (0, holes)):
            for outline in shapes:
                pen.polygon([(x * SCALE, y * SCALE) for x, y in outline], fill=level)
        self._image = Image.composite(self._image, before, mask)

    @contextmanager
    def veil(self, alpha: float) -> Iterator[None]:
        """What is painted inside the block is laid on as one sheet of the given strength."""
        before = self._image.copy()
        yield
        self._image = Image.blend(before, self._image, alpha)

    def mirror(
        self,
        y: float,
        depth: float,
        water: RGB,
        *,
        squash: float = 1.0,
        strength: float = 0.55,
        ripple: float = 3.0,
    ) -> None:
        """Reflect what stands above the level y in the water below it, down to `depth`.

        `squash` is the height of the reflection against the thing, `strength` how clearly it
        shows at the bank (it fades away from it), `ripple` how far the waves push it sideways.
        """
        level, rows = round(y * SCALE), round(depth * SCALE)
        wide = self._image.width
        tall = min(level, round(rows / squash))
        above = self._image.crop((0, level - tall, wide, level))
        image = above.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        image = image.resize((wide, round(tall * squash)))
        rows = image.height
        waved = Image.new("RGB", image.size)
        for row in range(rows):
            far = row / SCALE
            push = math.sin(far / (2.6 + far / 40)) * ripple * min(1.0, 0.2 + far / 120)
            strip = image.crop((0, row, wide, row + 1))
            # The unmoved row fills the gap that the push leaves at the picture's edge.
            waved.paste(strip, (0, row))
            waved.paste(strip, (round(push * SCALE), row))
        fade = [round(255 * strength * (1 - (i / rows) ** 1.5)) for i in range(rows)]
        mask = Image.frombytes("L", (1, rows), bytes(fade)).resize((wide, rows))
        tinted = Image.blend(waved, Image.new("RGB", image.size, water), 0.25)
        self._image.paste(tinted, (0, level, wide, level + rows), mask)

    def _box(self, outline: Sequence[Point], grow: float = 0.0) -> Box | None:
        xs = [x for x, _ in outline]
        ys = [y for _, y in outline]
        left = max(0, math.floor((min(xs) - grow) * SCALE))
        top = max(0, math.floor((min(ys) - grow) * SCALE))
        right = min(self._image.width, math.ceil((max(xs) + grow) * SCALE) + 1)
        bottom = min(self._image.height, math.ceil((max(ys) + grow) * SCALE) + 1)
        return (left, top, right, bottom) if right > left and bottom > top else None

    def _lay(self, mask: Image.Image, box: Box, paint: Paint, outline: Sequence[Point]) -> None:
        if not isinstance(paint, Wash):
            self._image.paste(paint, box, mask)
            return
        y0 = min(y for _, y in outline) if paint.y0 is None else paint.y0
        y1 = max(y for _, y in outline) if paint.y1 is None else paint.y1
        size = (box[2] - box[0], box[3] - box[1])
        colours, alphas = bytearray(), bytearray()
        for row in range(size[1]):
            t = ((box[1] + row) / SCALE - y0) / ((y1 - y0) or 1.0)
            t = min(1.0, max(0.0, t))
            colours += bytes(mix(paint.top, paint.bottom, t))
            alphas.append(round(255 * lerp(paint.alpha_top, paint.alpha_bottom, t)))
        sheet = Image.frombytes("RGB", (1, size[1]), bytes(colours)).resize(size)
        if paint.alpha_top < 1.0 or paint.alpha_bottom < 1.0:
            fade = Image.frombytes("L", (1, size[1]), bytes(alphas)).resize(size)
            mask = ImageChops.multiply(mask, fade)
        self._image.paste(sheet, box, mask)
