"""Colours of the sample pictures: 黛青 washes, 茶, paper, and a very sparing 绛红."""

from __future__ import annotations

RGB = tuple[int, int, int]


def rgb(code: str) -> RGB:
    """The colour written as `#rrggbb`."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def mix(first: RGB, second: RGB, share: float) -> RGB:
    """The colour `share` (0 to 1) of the way from first to second."""
    keep = 1.0 - share
    return (
        round(first[0] * keep + second[0] * share),
        round(first[1] * keep + second[1] * share),
        round(first[2] * keep + second[2] * share),
    )


# 黛青, from the palest wash to the darkest ink; the index is the depth.
DAI: tuple[RGB, ...] = tuple(
    rgb(code)
    for code in (
        "#f8fbf9",
        "#eef4f1",
        "#dde8e4",
        "#c0d5d0",
        "#95b7b2",
        "#62918d",
        "#386e6d",
        "#1e5457",
        "#143c3e",
        "#0d2a2c",
    )
)

# 茶, from warm paper to the brown of a tea bowl.
TEA: tuple[RGB, ...] = tuple(
    rgb(code)
    for code in (
        "#fffdf8",
        "#f8f4eb",
        "#f2e7d0",
        "#e8d3a9",
        "#d6b679",
        "#bd9350",
        "#9c7130",
        "#80530f",
        "#5a3a0c",
        "#3a270d",
    )
)

PAPER = TEA[1]
WHITE = TEA[0]
SUN = rgb("#f0dcae")
RED = rgb("#96201f")
ROSE = rgb("#b8524a")
