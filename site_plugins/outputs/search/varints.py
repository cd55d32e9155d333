"""Varints from arrays of numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def varints(
    values: NDArray[np.signedinteger],
) -> tuple[NDArray[np.uint8], NDArray[np.signedinteger]]:
    """Whole numbers as varints, and the offset behind each."""
    sizes = np.ones(len(values), dtype=np.int64)
    longer: list[tuple[NDArray[np.signedinteger], NDArray[np.signedinteger]]] = []
    at: NDArray[np.signedinteger] = np.flatnonzero(values >= 128)
    lowest = values.astype(np.uint8)
    lowest[at] |= 128
    rest = values[at] >> 7
    while len(at):
        sizes[at] += 1
        longer.append((at, rest))
        more = np.flatnonzero(rest >= 128)
        at, rest = at[more], rest[more] >> 7
    ends = np.cumsum(sizes)
    out = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    starts = ends - sizes
    out[starts] = lowest
    for number, (at, rest) in enumerate(longer, start=1):
        out[starts[at] + number] = rest | ((rest >= 128) << 7)
    return out, ends
