"""The print shop of a site: its fonts and the press."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from site_plugins.domain.settings import Settings
from site_plugins.tools.font_files import FontFile
from site_plugins.tools.print_fonts import FontShelf, PrintCase, shelf
from site_plugins.tools.typst_press import TypstPress


class TypstShop:
    """Fits :class:`~site_plugins.build.printing.PrintShop`.

    ``system`` False leaves out the fonts of the operating system, ``packages`` False those of npm.
    """

    def __init__(self, settings: Settings, *, system: bool = True, packages: bool = True) -> None:
        self._root = Path(settings.root)
        self._cache = Path(settings.cache) / "fonts"
        self._places = {"system": system, "packages": packages}

    @cached_property
    def _shelf(self) -> FontShelf:
        return shelf(self._root, self._cache, **self._places)

    @property
    def unusable(self) -> Sequence[tuple[str, str]]:
        """Files in the site's fonts/ that cannot be used, relative to the site, and why."""
        return [
            (os.path.relpath(file.path, self._root).replace(os.sep, "/"), file.reason)
            for file in self._shelf.unusable
        ]

    def case(self, characters: Iterable[str]) -> PrintCase | None:
        """The fonts for a document of these characters; None without any Chinese font."""
        found: FontFile | None = next(self._shelf.chinese(), None)
        return PrintCase(self._shelf, characters) if found is not None else None

    def press(self, case: PrintCase, source: str) -> bytes:
        """The PDF of a source.

        Raises:
            PressRefusal: Typst does not accept it.
        """
        return TypstPress(case.files)(source)
