"""gzip whose bytes depend on the content alone."""

from __future__ import annotations

import zlib

_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""Deflate, no name, no time, system unknown (RFC 1952)."""

_LEVEL = 4
"""Postings are nearly incompressible: level 6 takes a third longer and saves one part in 200."""


def compressed(content: bytes) -> bytes:
    """The content as a gzip file without a time stamp or the name of the system."""
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    tail = zlib.crc32(content).to_bytes(4, "little")
    size = (len(content) & 0xFFFFFFFF).to_bytes(4, "little")
    return b"".join((_HEADER, deflate.compress(content), deflate.flush(), tail, size))


def expanded(file: bytes) -> bytes:
    """The content of a gzip file.

    Raises:
        ValueError: the file is damaged or no gzip file.
    """
    inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        content = inflate.decompress(file)
    except zlib.error as fault:
        raise ValueError("damaged gzip file") from fault
    if not inflate.eof:
        raise ValueError("incomplete gzip file")
    return content
