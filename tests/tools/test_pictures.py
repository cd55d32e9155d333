"""Sizes of pictures, and files that are none."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest
from PIL import Image

from site_plugins.tools.pictures import Pictures


def _png(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("1", (width, height)).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_the_size_of_a_picture(tmp_path: Path, kind: str) -> None:
    Image.new("RGB", (30, 20)).save(tmp_path / "a.png", kind)
    assert Pictures(str(tmp_path)).measure("a.png") == (30, 20)


@pytest.mark.parametrize(
    "content",
    [b"", b"not a picture", _png(5, 5)[:20], b"\x89PNG\r\n\x1a\n" + bytes(30), b"<svg/>"],
)
def test_what_is_no_picture_has_no_size(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.png").write_bytes(content)
    assert Pictures(str(tmp_path)).measure("a.png") == (0, 0)


def test_what_is_not_there_has_no_size(tmp_path: Path) -> None:
    assert Pictures(str(tmp_path)).measure("a.png") == (0, 0)


def test_a_huge_picture_costs_nothing(tmp_path: Path) -> None:
    # Only the head of the file: Pillow would refuse to unpack 40 milliard points.
    head = bytearray(_png(1, 1))
    head[16:24] = (200_000).to_bytes(4, "big") * 2
    head[29:33] = zlib.crc32(head[12:29]).to_bytes(4, "big")
    (tmp_path / "a.png").write_bytes(bytes(head))
    assert Pictures(str(tmp_path)).measure("a.png") == (0, 0)
