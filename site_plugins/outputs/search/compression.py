"""gzip whose bytes depend on the content alone."""

from __future__ import annotations

import zlib

_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""Deflate, no name, no time, system unknown (RFC 1952)."""

_LEVEL = 4
"""Level 6 takes a sixth longer and saves one part in 400 of texts."""

WORTHWHILE = 7 / 8
"""To what part a file must have been compressed for its next version to be compressed at once."""

_BLOCK = 0xFFFF
"""Bytes of a block that is stored at most (RFC 1951)."""


def compressed(content: bytes) -> bytes:
    """The content as a gzip file without a time stamp or the name of the system."""
    return _deflated(content, zlib.Z_DEFAULT_STRATEGY)


def compressed_postings(content: bytes) -> bytes:
    """The same of a shard: but for runs of one byte, as in long maps, nothing recurs in postings.

    Not to look for what recurs saves a quarter of the time and loses one part in 30,000.
    """
    return _deflated(content, zlib.Z_RLE)


def compressed_like(file: bytes, content: bytes) -> bytes:
    """A shard that was cut; not compressed unless the file that it replaces got much smaller.

    A text that is withdrawn stands in more than a thousand, and to compress them again took longer
    than all else, for one part in fourteen of their bytes. What compresses well, long maps above
    all, would cost readers kilobytes. All shards are compressed again when the index is compacted.
    """
    size = int.from_bytes(file[-4:], "little")
    return compressed_postings(content) if len(file) < WORTHWHILE * size else stored(content)


def stored(content: bytes) -> bytes:
    """The content as a gzip file that is not compressed: to write it takes next to no time.

    Huffman codes alone would make a shard one part in sixteen smaller, for half the time that
    compression takes.
    """
    written = [_HEADER]
    last = max(0, len(content) - 1) // _BLOCK
    for number in range(last + 1):
        block = content[number * _BLOCK : (number + 1) * _BLOCK]
        size = len(block)
        written += (
            b"\x01" if number == last else b"\x00",
            size.to_bytes(2, "little"),
            (size ^ 0xFFFF).to_bytes(2, "little"),
            block,
        )
    return b"".join((*written, _trailer(content)))


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


def _deflated(content: bytes, strategy: int) -> bytes:
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, strategy=strategy)
    return b"".join((_HEADER, deflate.compress(content), deflate.flush(), _trailer(content)))


def _trailer(content: bytes) -> bytes:
    size = len(content) & 0xFFFFFFFF
    return zlib.crc32(content).to_bytes(4, "little") + size.to_bytes(4, "little")
