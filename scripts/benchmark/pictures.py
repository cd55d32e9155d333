"""The twenty pictures that all benchmark articles share: landscapes of a few shapes."""

import math
import random
from pathlib import Path

from PIL import Image, ImageDraw

from scripts.benchmark.draws import Draw, number

PICTURES = 20
_SIZE = (1200, 800)


def picture_name(index: int) -> str:
    """File name of picture ``index``, counted from 1."""
    return f"view-{index:02d}.webp"


def write_pictures(folder: Path) -> None:
    """Draw all pictures into a folder, as small WebP files."""
    folder.mkdir(parents=True, exist_ok=True)
    for index in range(1, PICTURES + 1):
        picture = _draw_view(random.Random(f"picture {index}").random)
        picture.save(folder / picture_name(index), "WEBP", quality=70, method=4)


def _draw_view(draw: Draw) -> Image.Image:
    """A sky with a sun above ranges of hills."""
    width, height = _SIZE
    sky = (number(draw, 150, 220), number(draw, 190, 225), number(draw, 215, 245))
    picture = Image.new("RGB", _SIZE, sky)
    pen = ImageDraw.Draw(picture)
    x, y, radius = number(draw, 100, width - 100), number(draw, 80, 260), number(draw, 30, 70)
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(246, 224, 170))
    ranges = 5
    for nearness in range(ranges):
        base = height * (0.45 + 0.12 * nearness)
        waves = [(number(draw, 1, 9), draw() * math.tau, draw() * 60) for _ in range(4)]
        ridge = [
            (
                at,
                base
                - sum(
                    high * math.sin(n * at / width * math.tau + phase) for n, phase, high in waves
                ),
            )
            for at in range(0, width + 10, 10)
        ]
        shade = 1 - nearness / (ranges + 1)
        colour = (int(70 + 90 * shade), int(100 + 80 * shade), int(90 + 100 * shade))
        pen.polygon([(0, height), *ridge, (width, height)], fill=colour)
    return picture
