"""gzip files of the index: any reader reads them, and damage is noticed."""

from __future__ import annotations

import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_plugins.outputs.search.compression import (
    compressed,
    compressed_like,
    compressed_postings,
    expanded,
    stored,
)


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
    a_map = bytes(3000) + noise[:500]
    assert compressed_like(compressed_postings(a_map), a_map[7:]) == compressed_postings(a_map[7:])
    assert compressed_like(compressed_postings(noise), noise[7:]) == stored(noise[7:])
    assert compressed_like(stored(noise), noise[7:]) == stored(noise[7:])


@given(st.lists(st.one_of(st.binary(), st.integers(0, 999).map(bytes))).map(b"".join))
def test_a_compressed_file_is_a_gzip_file(content: bytes) -> None:
    for file in (compressed(content), compressed_postings(content)):
        assert gzip.decompress(file) == expanded(file) == content


def test_a_long_map_gets_short() -> None:
    assert len(compressed_postings(bytes(10_000) + b"\xff" * 10_000)) < 150
