"""Makes PDF files with Typst, the only module that runs it."""

from __future__ import annotations

from collections.abc import Sequence

import typst

from site_plugins.build.printing import PressRefusal
from site_plugins.tools.font_files import FontFolder


class TypstPress:
    """Typst with the fonts in ``files``.

    Only these fonts are used, neither the system's nor Typst's own, so that the same
    source gives the same bytes wherever these files are. Nothing is fetched: the sources name no
    package. The files are PDF/UA-1, tagged.
    """

    def __init__(self, files: Sequence[str]) -> None:
        self._files = files

    def __call__(self, source: str) -> bytes:
        """The PDF.

        Raises:
            PressRefusal: Typst does not accept the source.
        """
        with FontFolder(self._files) as folder:
            fonts = typst.Fonts(
                include_system_fonts=False,
                include_embedded_fonts=False,
                font_paths=[folder.path],
            )
            try:
                compiler = typst.Compiler(source.encode(), root=folder.path, font_paths=fonts)
                made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=0)
            except typst.TypstError as error:
                raise PressRefusal("\n".join([error.message, *error.hints])) from error
        assert isinstance(made, bytes)
        return made
