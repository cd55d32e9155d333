"""gzip files of the index: any reader reads them, and damage is noticed."""

from __future__ import annotations

import gzip
import random

import pytest

from site_plugins.outputs.search.compression import compressed, compressed_like, expanded, stored


@pytest.mark.parametrize("size", [0, 1, 300, 0xFFFF, 0x10000, 0x1FFFE, 0x1FFFF])
def test_what_is_stored_is_a_gzip_file(size: int) -> None:
    content = random.Random(size).randbytes(size)
    file = stored(content)
    assert gzip.decompress(file) == expanded(file) == content
    assert len(file) == size + 18 + 5 * max(1, -(-size // 0xFFFF))


def test_a_stored_file_that_is_damaged_is_an_error() -> None:
    file = stored(bytes(range(256)))
    for damaged in (file[:-1], file[:30], b"", file[:40] + b"x" + file[41:], file[1:]):
        with pytest.raises(ValueError, match="gzip file"):
            expanded(damaged)


def test_only_what_compresses_well_is_compressed_again() -> None:
    noise = random.Random(1).randbytes(4000)
    words = b"jianyan" * 500
    assert compressed_like(compressed(words), words[7:]) == compressed(words[7:])
    assert compressed_like(compressed(noise), noise[7:]) == stored(noise[7:])
    assert compressed_like(stored(noise), noise[7:]) == stored(noise[7:])
