"""Looks at pictures."""

from __future__ import annotations

import warnings
from io import BytesIO


def measure(content: bytes) -> tuple[int, int]:
    """Width and height in pixels of a picture; (0, 0) for bytes that Pillow does not know."""
    # Loaded here: most edits touch no picture.
    from PIL import Image

    try:
        with warnings.catch_warnings():
            # Only the header is unpacked, so a huge picture costs nothing here.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content)) as picture:
                return picture.size
    except (OSError, ValueError, Image.DecompressionBombError):
        return (0, 0)
