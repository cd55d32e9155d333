"""Finds the typefaces that a printed text asks for, and what is nearest where one is missing.

Sought in this order: the site's ``fonts/``, the packages that ``package.json`` names
(``node_modules/``), the operating system. Only where a face is in none of them is another one taken
for it, in the same order of places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from site_plugins.outputs.print.faces import Face, Fonts
from site_plugins.tools.font_files import (
    FontFile,
    FontTables,
    UnusableFile,
    font_files,
    fonts_of,
    system_fonts,
)

# Families and files by what their names contain, written without spaces and hyphens.
_NAMES: Mapping[Face, re.Pattern[str]] = {
    Face.TITLE: re.compile("小标宋|大标宋|xiaobiaosong|dabiaosong|fzxbs|fzdbs"),
    Face.HEI: re.compile(
        "黑体|simhei|heiti|stheiti|fzhei|fandolhei|notosans(mono)?(cjk)?sc|sourcehansans(sc|cn)?"
        "|思源黑体|wenquanyi|文泉驿|microsoftyahei|微软雅黑|pingfang|droidsansfallback"
    ),
    Face.KAI: re.compile("楷|kaiti|simkai|stkai|fzkai|wenkai|fandolkai|ukai|gkai"),
    Face.FANG: re.compile("仿宋|fangsong|simfang|stfang|fzfs|fandolfang"),
    Face.SONG: re.compile(
        "(?<!仿)(?<!标)宋体|simsun|stsong|songti|fzshusong|fandolsong|notoserif(cjk)?sc"
        "|sourcehanserif(sc|cn)?|思源宋体|uming|sunexta"
    ),
}

# What is nearest where a face is missing. 仿宋 is a 宋 drawn with the brush's slant: a 宋 keeps it
# apart from the 楷 of the second level.
_NEAREST: Mapping[Face, Sequence[Face]] = {
    Face.TITLE: (Face.SONG, Face.HEI),
    Face.HEI: (Face.TITLE, Face.SONG),
    Face.KAI: (Face.FANG, Face.SONG),
    Face.FANG: (Face.SONG, Face.KAI),
    Face.SONG: (Face.FANG, Face.KAI, Face.TITLE),
}

_WEIGHTS: Mapping[Face, int] = {Face.TITLE: 900, Face.HEI: 700}
"""The weight that suits a face best where its family has several; 400 for all others."""

PACKAGES: Sequence[tuple[str, str]] = (
    ("@expo-google-fonts/noto-serif-sc", "400Regular"),
    ("@expo-google-fonts/noto-serif-sc", "900Black"),
    ("@expo-google-fonts/noto-sans-sc", "700Bold"),
    ("@fontsource/lxgw-wenkai", "files/lxgw-wenkai-latin-500-normal.woff"),
)
"""The npm packages whose fonts are used, with the folder or file; the OFL covers all of them."""


class Chosen(Struct, frozen=True):
    """The font of a face; ``wanted`` says whether it is the face itself and not one near it."""

    font: FontFile
    wanted: bool


class FontShelf(Struct):
    """The fonts of the three places, the nearest place first; ``unusable`` are files in fonts/."""

    places: Sequence[Sequence[FontFile]]
    unusable: Sequence[UnusableFile] = ()
    _tables: dict[FontFile, FontTables] = field(default_factory=dict)

    def tables(self, font: FontFile) -> FontTables:
        """What is in a font."""
        return self._tables.setdefault(font, FontTables(font))

    def chinese(self) -> Iterator[FontFile]:
        """Every font that can set a Chinese text, the nearest place first."""
        for place in self.places:
            yield from (font for font in place if self.tables(font).is_chinese)

    def choose(self, face: Face) -> Chosen | None:
        """The font of a face; None if there is no font for Chinese texts at all."""
        own = self._named(face)
        if own is not None:
            return Chosen(own, wanted=True)
        for other in _NEAREST[face]:
            near = self._named(other, _WEIGHTS.get(face, 400))
            if near is not None:
                return Chosen(near, wanted=False)
        any_font = next(self.chinese(), None)
        return Chosen(any_font, wanted=False) if any_font is not None else None

    def _named(self, face: Face, weight: int | None = None) -> FontFile | None:
        """A font of the face by its name, of the weight that suits best."""
        suited = weight or _WEIGHTS.get(face, 400)
        for place in self.places:
            named = [
                font
                for font in place
                if _NAMES[face].search(font.names) and self.tables(font).is_chinese
            ]
            if named:
                return min(named, key=lambda font: abs(font.weight - suited))
        return None


def shelf(root: Path, cache: Path, *, system: bool = True, packages: bool = True) -> FontShelf:
    """The fonts at hand for a site: ``root`` is its folder, ``cache`` takes unpacked fonts.

    ``system`` False leaves out the fonts of the operating system, ``packages`` False those of npm.
    """
    own, unusable = fonts_of(font_files(root / "fonts"), cache)
    packed, _ = fonts_of(_packaged(root) if packages else (), cache)
    return FontShelf((own, packed, system_fonts() if system else ()), unusable)


def _packaged(root: Path) -> Iterator[Path]:
    """The font files of the npm packages, from the first node_modules/ that has them.

    Node's rule: beside the site, then upward; last beside Jianyan itself, where it runs from a
    checkout that scripts/serve has set up.
    """
    above = [root, *root.resolve().parents, Path(__file__).resolve().parents[2]]
    for package, inside in PACKAGES:
        for folder in above:
            place = folder / "node_modules" / package / inside
            if place.is_file():
                yield place
                break
            if place.is_dir():
                yield from (file for file in font_files(place))
                break


class PrintCase:
    """The fonts that set a document; fits :class:`~.faces.TypeCase`.

    A character that a face's own font does not have is set in another font of the document, else in
    the first font at hand that has it. ``missing`` are those of ``characters`` that none has.
    """

    def __init__(self, of: FontShelf, characters: Iterable[str]) -> None:
        found = {face: of.choose(face) for face in Face}
        self.chosen = {face: chosen for face, chosen in found.items() if chosen is not None}
        self._shelf = of
        self._spare = list({c.font.family: c.font for c in self.chosen.values()}.values())
        self.missing: Sequence[str] = tuple(
            char for char in sorted(set(characters)) if not self._provide(char)
        )

    def _provide(self, char: str) -> bool:
        """Make sure that every face can set the character; False if no font helps."""
        if self._is_everywhere(char):
            return True
        for place in self._shelf.places:
            for font in place:
                if self._shelf.tables(font).advance(char) is not None:
                    self._spare.append(font)
                    if self._is_everywhere(char):
                        return True
                    # Its family is that of a face's own font, which would be taken instead.
                    self._spare.pop()
        return False

    def _is_everywhere(self, char: str) -> bool:
        return all(self.advance(face, char) is not None for face in self.chosen)

    def _row(self, face: Face) -> Sequence[FontFile]:
        """The fonts of a face in the order in which they are tried."""
        first = self.chosen[face].font
        return (first, *(font for font in self._spare if font.family != first.family))

    @property
    def substitutes(self) -> Mapping[Face, str]:
        """The faces that are not at hand, with the family and weight of what is used instead."""
        return {
            face: f"{chosen.font.family}（字重 {chosen.font.weight}）"
            for face, chosen in self.chosen.items()
            if not chosen.wanted
        }

    @property
    def files(self) -> Sequence[str]:
        """The files of all fonts that may be used, each once."""
        rows = (font.path for face in self.chosen for font in self._row(face))
        return tuple(dict.fromkeys(rows))

    def fonts(self, face: Face) -> Fonts:
        """Families and weight, as Typst wants them."""
        row = self._row(face)
        return Fonts(tuple(font.family for font in row), row[0].weight)

    def advance(self, face: Face, char: str) -> float | None:
        """The width of a character in em, None if no font has it."""
        for font in self._row(face):
            width = self._shelf.tables(font).advance(char)
            if width is not None:
                return width
        return None
