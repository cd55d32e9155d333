"""Font files: what is in them, and how Typst calls them.

Typst reads TTF, OTF and TTC. A WOFF file is the same font packed, and is unpacked into the cache; a
WOFF2 file cannot be used.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

import typst
from fontTools.ttLib import TTFont, TTLibError
from msgspec import Struct

SUFFIXES = (".ttf", ".otf", ".ttc", ".otc", ".woff")
UNREADABLE = (".woff2",)

_PROBES = "中国政协委员会工作要点的一，。"  # what a font for Chinese texts cannot do without


class FontFile(Struct, frozen=True):
    """One font: Typst's ``family`` and ``weight``, the file, its place in a collection.

    ``origin`` is the file that the operator knows, where ``path`` is an unpacked copy.
    """

    family: str
    weight: int
    path: str
    index: int
    origin: str

    @property
    def names(self) -> str:
        """What it may be recognised by: family and file name, without case and separators."""
        return squeezed(self.family) + " " + squeezed(Path(self.origin).stem)


class FontTables:
    """The characters of a font and their widths; read when first asked."""

    def __init__(self, font: FontFile) -> None:
        self._font = font

    @cached_property
    def _widths(self) -> dict[int, float]:
        try:
            with TTFont(self._font.path, fontNumber=self._font.index, lazy=True) as font:
                em = font["head"].unitsPerEm
                metrics = font["hmtx"].metrics
                return {code: metrics[name][0] / em for code, name in font.getBestCmap().items()}
        except (TTLibError, OSError, KeyError, AttributeError, AssertionError):
            return {}

    def advance(self, char: str) -> float | None:
        """The width of a character in em, None if the font does not have it."""
        return self._widths.get(ord(char))

    @property
    def is_chinese(self) -> bool:
        """Whether the font can set a Chinese text at all."""
        return all(ord(char) in self._widths for char in _PROBES)


class UnusableFile(Struct, frozen=True):
    """A font file that cannot be used, and why, in Chinese."""

    path: str
    reason: str


def squeezed(name: str) -> str:
    """A name as names are compared: lower case, without spaces, hyphens and underscores."""
    return "".join(c for c in name.lower() if c not in " -_")


def fonts_of(
    files: Iterable[Path], cache: Path
) -> tuple[Sequence[FontFile], Sequence[UnusableFile]]:
    """The fonts in these files, in the files' order; packed ones are unpacked below ``cache``."""
    origins: dict[str, str] = {}
    unusable: list[UnusableFile] = []
    order: list[str] = []
    for file in files:
        if file.suffix.lower() in UNREADABLE:
            unusable.append(UnusableFile(str(file), "WOFF2 格式不能用来排印"))
            continue
        try:
            usable = _unpacked(file, cache) if file.suffix.lower() == ".woff" else file
        except (TTLibError, OSError, AssertionError):
            unusable.append(UnusableFile(str(file), "文件已损坏，或不是字体"))
            continue
        order.append(str(usable.resolve()))
        origins[order[-1]] = str(file)
    found = _listed(order)
    broken = [origins[name] for name in order if name not in found]
    unusable += (UnusableFile(name, "文件已损坏，或不是字体") for name in broken)
    fonts = [
        FontFile(info.family, info.weight, name, info.index, origins[name])
        for name in order
        for info in found.get(name, ())
        if info.style == "normal"
    ]
    return fonts, unusable


def system_fonts() -> Sequence[FontFile]:
    """The fonts of the operating system, in an order that does not change."""
    infos = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False).fonts()
    fonts = [
        FontFile(info.family, info.weight, info.path, info.index, info.path)
        for info in infos
        if info.path is not None and info.style == "normal"
    ]
    return sorted(fonts, key=lambda f: (f.family, f.weight, f.path, f.index))


def _listed(paths: Sequence[str]) -> dict[str, list[typst.FontInfo]]:
    """What Typst finds in each file, by the file's path."""
    with FontFolder(paths) as folder:
        # Typst tells the place that a link leads to.
        real = {
            os.path.realpath(link): path for link, path in zip(folder.links, paths, strict=True)
        }
        infos = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder.path]
        ).fonts()
    found: dict[str, list[typst.FontInfo]] = {}
    for info in sorted(infos, key=lambda i: (i.index, i.weight)):
        path = real.get(os.path.realpath(info.path)) if info.path is not None else None
        if path is not None:
            found.setdefault(path, []).append(info)
    return found


class FontFolder:
    """A folder that holds just these files, for Typst takes folders; gone at the end."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = paths
        self.links: list[Path] = []
        self.path = ""

    def __enter__(self) -> FontFolder:
        self.path = os.path.realpath(tempfile.mkdtemp(prefix="jianyan-fonts-"))
        for index, path in enumerate(self._paths):
            link = Path(self.path) / f"{index:03}{Path(path).suffix.lower()}"
            try:
                link.symlink_to(path)
            except OSError:  # Windows asks for a right that few have
                shutil.copyfile(path, link)
            self.links.append(link)
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.path, ignore_errors=True)


def font_files(folder: Path) -> Iterator[Path]:
    """Every font file below a folder, by name."""
    if not folder.is_dir():
        return
    for file in sorted(folder.rglob("*")):
        if file.suffix.lower() in (*SUFFIXES, *UNREADABLE) and file.is_file():
            yield file


def _unpacked(file: Path, cache: Path) -> Path:
    """The packed font as a TTF or OTF file in the cache; unpacked once."""
    content = file.read_bytes()
    target = cache / f"{hashlib.sha256(content).hexdigest()[:20]}.ttf"
    if target.is_file():
        return target
    cache.mkdir(parents=True, exist_ok=True)
    # Written aside and renamed: another process may do the same at this moment.
    handle, part = tempfile.mkstemp(dir=cache, suffix=".part")
    os.close(handle)
    try:
        # The time of unpacking must not get into the font, and so into every PDF.
        with TTFont(file, lazy=True, recalcTimestamp=False) as font:
            font.flavor = None
            font.save(part, reorderTables=None)
        os.replace(part, target)
    finally:
        Path(part).unlink(missing_ok=True)
    return target
