"""Sizes of pictures, and files that are none."""

from __future__ import annotations

import io
import zlib

import pytest
from PIL import Image

from site_plugins.tools.pictures import measure


def _png(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("1", (width, height)).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_the_size_of_a_picture(kind: str) -> None:
    file = io.BytesIO()
    Image.new("RGB", (30, 20)).save(file, kind)
    assert measure(file.getvalue()) == (30, 20)


@pytest.mark.parametrize(
    "content",
    [b"", b"not a picture", _png(5, 5)[:20], b"\x89PNG\r\n\x1a\n" + bytes(30), b"<svg/>"],
)
def test_what_is_no_picture_has_no_size(content: bytes) -> None:
    assert measure(content) == (0, 0)


def test_a_huge_picture_costs_nothing() -> None:
    # Only the head of the file: Pillow would refuse to unpack 40 milliard points.
    head = bytearray(_png(1, 1))
    head[16:24] = (200_000).to_bytes(4, "big") * 2
    head[29:33] = zlib.crc32(head[12:29]).to_bytes(4, "big")
    assert measure(bytes(head)) == (0, 0)
