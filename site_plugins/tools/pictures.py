"""Looks at pictures."""

from __future__ import annotations

import warnings
from pathlib import Path


class Pictures:
    """Pictures of a content folder."""

    def __init__(self, content: str) -> None:
        self._content = Path(content)

    def measure(self, path: str) -> tuple[int, int]:
        """Width and height in pixels; (0, 0) for a file that Pillow does not know."""
        # Loaded here: most edits touch no picture.
        from PIL import Image

        try:
            with warnings.catch_warnings():
                # Only the header is read, so a huge picture costs nothing here.
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)
                with Image.open(self._content / path) as picture:
                    return picture.size
        except (OSError, ValueError, Image.DecompressionBombError):
            return (0, 0)
