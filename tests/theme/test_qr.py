"""The QR encoder of scripts/qr.js, read back by a small decoder that shares no code with it."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from .preview import THEME

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="needs node")

# ISO/IEC 18004, level M: version → correction codewords per block, sizes of the data blocks
BLOCKS = {
    1: (10, [16]),
    3: (26, [44]),
    5: (24, [43] * 2),
    7: (18, [31] * 4),
    8: (22, [38] * 2 + [39] * 2),
    10: (26, [43] * 4 + [44]),
}
CENTRES = {
    1: [],
    3: [6, 22],
    5: [6, 30],
    7: [6, 22, 38],
    8: [6, 24, 42],
    10: [6, 28, 50],
}
ADDRESS = "https://example.org/news/2022/0318-bimonthly/"
TEXTS = {
    1: "example.org/a",
    3: ADDRESS[:42],
    5: ADDRESS + "?" * 30,
    7: "条" * 40,
    8: ADDRESS * 3,
    10: "x" * 213,
}


@pytest.fixture(scope="module")
def grids(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[bool]]]:
    """What the script makes of every text, in one start of node."""
    module = tmp_path_factory.mktemp("qr") / "qr.mjs"
    module.write_text((THEME / "scripts/qr.js").read_text())
    code = (
        f"import {{ matrix }} from {json.dumps(module.as_uri())};"
        f"const texts = {json.dumps(list(TEXTS.values()))};"
        "console.log(JSON.stringify(Object.fromEntries(texts.map((t) => [t, matrix(t)]))));"
    )
    done = subprocess.run(
        [str(NODE), "--input-type=module", "-e", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def reserved(version: int) -> set[tuple[int, int]]:
    """Modules that carry no data: finders, timing, alignment, format and version."""
    size = version * 4 + 17
    cells = {(6, n) for n in range(size)} | {(n, 6) for n in range(size)}
    corners = [(0, 9, 0, 9), (0, 9, size - 8, size), (size - 8, size, 0, 9)]
    if version > 6:
        corners += [(0, 6, size - 11, size - 8), (size - 11, size - 8, 0, 6)]
    for top, bottom, left, right in corners:
        cells |= {(r, c) for r in range(top, bottom) for c in range(left, right)}
    centres = CENTRES[version]
    for r in centres:
        for c in centres:
            if (r, c) not in {(6, 6), (6, centres[-1]), (centres[-1], 6)}:
                cells |= {(r + y, c + x) for y in range(-2, 3) for x in range(-2, 3)}
    return cells


def masked(mask: int, r: int, c: int) -> bool:
    return [
        (r + c) % 2 == 0,
        r % 2 == 0,
        c % 3 == 0,
        (r + c) % 3 == 0,
        (r // 2 + c // 3) % 2 == 0,
        r * c % 2 + r * c % 3 == 0,
        (r * c % 2 + r * c % 3) % 2 == 0,
        ((r + c) % 2 + r * c % 3) % 2 == 0,
    ][mask]


def codewords(grid: list[list[bool]], version: int, mask: int) -> list[int]:
    """The codewords in the order in which they stand on the grid."""
    size, free, bits = len(grid), reserved(version), []
    columns = [*range(size - 1, 6, -2), 5, 3, 1]
    for turn, right in enumerate(columns):
        for row in range(size) if turn % 2 else reversed(range(size)):
            for column in (right, right - 1):
                if (row, column) not in free:
                    bits.append(grid[row][column] != masked(mask, row, column))
    whole = len(bits) // 8 * 8
    return [int("".join("01"[bit] for bit in bits[at : at + 8]), 2) for at in range(0, whole, 8)]


def times(a: int, b: int) -> int:
    """Product in GF(256), by shifting."""
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a = a << 1 ^ (0x11D if a > 127 else 0)
        b >>= 1
    return product


def is_sound(block: list[int], degree: int) -> bool:
    """Whether the block, as a polynomial, vanishes at every root of the generator."""
    root = 1
    for _ in range(degree):
        value = 0
        for word in block:
            value = times(value, root) ^ word
        if value:
            return False
        root = times(root, 2)
    return True


def decode(grid: list[list[bool]]) -> str:
    """The text of a grid whose blocks are all sound."""
    version = (len(grid) - 17) // 4
    places = [(8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [(r, 8) for r in (7, 5, 4, 3, 2, 1, 0)]
    form = int("".join("01"[grid[r][c]] for r, c in places), 2) ^ 0x5412
    assert form >> 13 == 0, "level M"
    degree, sizes = BLOCKS[version]
    words = iter(codewords(grid, version, form >> 10 & 7))
    data: list[list[int]] = [[] for _ in sizes]
    for at in range(max(sizes)):
        for block, size in zip(data, sizes, strict=True):
            if at < size:
                block.append(next(words))
    tails: list[list[int]] = [[] for _ in sizes]
    for _ in range(degree):
        for tail in tails:
            tail.append(next(words))
    assert all(is_sound(b + t, degree) for b, t in zip(data, tails, strict=True))
    bits = "".join(f"{word:08b}" for block in data for word in block)
    width = 16 if version > 9 else 8
    assert bits[:4] == "0100"
    length = int(bits[4 : 4 + width], 2)
    start = 4 + width
    return bytes(int(bits[start + n * 8 : start + n * 8 + 8], 2) for n in range(length)).decode()


def test_codes_read_back(grids: dict[str, list[list[bool]]]) -> None:
    for version, text in TEXTS.items():
        grid = grids[text]
        assert len(grid) == version * 4 + 17
        assert decode(grid) == text


def test_both_copies_of_the_format_agree(grids: dict[str, list[list[bool]]]) -> None:
    for grid in grids.values():
        size = len(grid)
        first = [grid[8][c] for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [
            grid[r][8] for r in (7, 5, 4, 3, 2, 1, 0)
        ]
        second = [grid[size - 1 - n][8] for n in range(7)] + [
            grid[8][size - 8 + n] for n in range(8)
        ]
        assert first == second
        assert grid[size - 8][8]
