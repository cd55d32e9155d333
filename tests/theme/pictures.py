"""Plain landscapes for previews: three ridges below a pale sun, one SVG file per number."""

from __future__ import annotations

TONES = (
    ("#dde8e5", "#bdd2ce", "#8fb2ae", "#356c6b"),
    ("#faf5ea", "#e2ca9c", "#8fb2ae", "#1e5457"),
)


def landscape(number: int) -> str:
    """An SVG of 800 by 450; equal numbers give equal pictures."""
    sky, *ridges = TONES[number % 2]
    paths = []
    for depth, colour in enumerate(ridges):
        base = 210 + depth * 75
        bend = (number * 37 + depth * 53) % 90
        paths.append(
            f'<path fill="{colour}" d="M0 {base} C160 {base - 60 - bend} 260 {base + 40} 400 '
            f'{base - bend / 2:.0f} S680 {base - 90 + bend} 800 {base - 20} V450 H0z"/>'
        )
    sun = f'<circle cx="{140 + number * 83 % 520}" cy="96" r="38" fill="#efd9a8"/>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 450" width="800" height="450">'
        f'<path fill="{sky}" d="M0 0h800v450H0z"/>{sun}{"".join(paths)}</svg>\n'
    )
