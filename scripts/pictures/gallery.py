"""The list of pictures, and how they are written."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from scripts.pictures.canvas import Canvas

SCENES: tuple[str, ...] = (
    "old-bridge",
    "tea-hills",
    "river-map",
    "park-pavilion",
    "old-street",
    "book-room",
    "hall",
    "lake-dawn",
    "school-gate",
    "market",
    "rain-gauge",
    "elevator",
    "workshop",
    "orchard",
    "library",
    "harbour",
    "magazine-2023-1",
    "magazine-2023-2",
    "journal-2022-1",
    "journal-2023-1",
)

# The heaviest picture the sample site allows itself, in bytes.
LIMIT = 120_000


def draw(name: str) -> Canvas:
    """The finished canvas of one scene."""
    module = import_module(f"pictures.scenes.{name.replace('-', '_')}")
    canvas = module.draw()
    if not isinstance(canvas, Canvas):
        raise TypeError(f"{name}: draw() must return a Canvas")
    return canvas


def write(name: str, folder: Path) -> int:
    """Write NAME.webp into the folder at the best quality within LIMIT; its size in bytes."""
    image = draw(name).finished()
    target = folder / f"{name}.webp"
    for quality in (90, 86, 82, 78, 74, 70, 66, 62):
        image.save(target, "WEBP", quality=quality, method=6)
        size = target.stat().st_size
        if size <= LIMIT:
            return size
    raise ValueError(f"{name}: {size} bytes are above {LIMIT}")
