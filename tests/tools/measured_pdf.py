"""A PDF measured in the units of GB/T 9704-2012: millimetres, lines and characters."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pdfplumber

CHARACTER = 156 / 28
PITCH = (225 - CHARACTER) / 21
TOP, LEFT = 37.0, 28.0
_BASELINE = 0.88  # below a character's top, in em


def mm(points: float) -> float:
    return points / 72 * 25.4


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on the page: edges in mm from the left, its baseline from the top."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    font: str


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Characters on one baseline, from left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs).replace("\xa0", " ")

    @property
    def row(self) -> float:
        """Its place in the type area: 0 is the first of 22 lines."""
        return (self.glyphs[0].baseline - TOP - _BASELINE * CHARACTER) / PITCH

    @property
    def left(self) -> float:
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        return self.glyphs[-1].right


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page; ``lines`` are those of the type area, ``foot`` the line of the page number."""

    width: float
    height: float
    lines: tuple[PrintedLine, ...]
    foot: PrintedLine


@dataclass(frozen=True, slots=True)
class Measured:
    """The file: pages, properties, catalogue, tags, and whether each font is embedded."""

    pages: tuple[PrintedPage, ...]
    metadata: dict[str, Any]
    catalog: dict[str, Any]
    tags: list[dict[str, Any]]
    embedded: dict[str, bool]
    text: str

    def tagged(self, name: str) -> int:
        """How many elements of a type the structure has."""
        return _count(self.tags, name)


def measure(pdf: bytes) -> Measured:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        pages = tuple(map(_page, document.pages))
        fonts: dict[str, bool] = {}
        for page in document.pages:
            for font in _fonts(page):
                fonts[str(font["BaseFont"])] = _is_embedded(font)
        return Measured(
            pages,
            dict(document.metadata),
            dict(document.doc.catalog),
            document.structure_tree,
            fonts,
            "\n".join(page.extract_text() for page in document.pages),
        )


def _page(page: Any) -> PrintedPage:
    rows: dict[float, list[Glyph]] = {}
    for char in page.chars:
        glyph = Glyph(
            char["text"],
            mm(char["x0"]),
            mm(char["x1"]),
            mm(float(page.height) - char["matrix"][5]),
            char["size"],
            char["fontname"].partition("+")[2],
        )
        near = next((row for row in rows if abs(row - glyph.baseline) < 0.05), glyph.baseline)
        rows.setdefault(near, []).append(glyph)
    lines = [
        PrintedLine(tuple(sorted(glyphs, key=lambda glyph: glyph.left)))
        for _, glyphs in sorted(rows.items())
    ]
    return PrintedPage(mm(page.width), mm(page.height), tuple(lines[:-1]), lines[-1])


def _fonts(page: Any) -> list[Any]:
    from pdfminer.pdftypes import resolve1

    resources = resolve1(page.page_obj.resources)
    return [resolve1(font) for font in resolve1(resources.get("Font", {})).values()]


def _is_embedded(font: Any) -> bool:
    from pdfminer.pdftypes import resolve1

    inner = resolve1(resolve1(font["DescendantFonts"])[0]) if "DescendantFonts" in font else font
    return bool({"FontFile", "FontFile2", "FontFile3"} & set(resolve1(inner["FontDescriptor"])))


def _count(elements: list[dict[str, Any]], name: str) -> int:
    return sum(
        (element.get("type") == name) + _count(element.get("children", []), name)
        for element in elements
    )
