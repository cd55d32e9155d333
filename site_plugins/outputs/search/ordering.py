"""Puts the places of a text in the order of the terms that begin there, by counting.

NumPy sorts sixteen bits by counting, in the same time on every processor, while to sort longer
numbers takes five times as long on some as on others. Places are put in the order of their units
first; those one before are then in the order of the second unit of their pairs, and so on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from site_plugins.outputs.search.pieces import Terms, Whole

Units: TypeAlias = NDArray[np.uint16]


def laid_out(runs: Sequence[bytes]) -> tuple[Units, Whole, Whole]:
    """Runs one behind the other: units, the number of each unit's run, the runs' starts."""
    letters: Units = np.frombuffer(b"".join(runs), dtype="<u2")
    lengths = np.fromiter(map(len, runs), np.int64, len(runs)) // 2
    owners = np.repeat(np.arange(len(runs), dtype=np.int32), lengths)
    return letters, owners, np.cumsum(lengths) - lengths


def by_unit(letters: Units) -> Whole:
    """The places in the order of their units, those of zeros left out."""
    order = np.argsort(letters, kind="stable")
    return order[len(letters) - np.count_nonzero(letters) :]


def one_before(at: Whole, begins: NDArray[np.bool_], letters: Units) -> Whole:
    """The places one before some, in the order of the terms that begin there.

    Args:
        at: places in the order of what begins there.
        begins: by place, whether such a term begins there; it need not reach to the last places,
            where none does.
        letters: by place.
    """
    places = at[np.flatnonzero(at)] - 1
    places = places[np.flatnonzero(begins[places])]
    return places[np.argsort(letters[places], kind="stable")]


def terms_at(at: Whole, length: int, letters: Units) -> Terms:
    """The terms of so many units that begin at some places, the last unit lowest."""
    terms: Terms = letters[at].astype(np.uint64 if length > 2 else np.uint32)
    for distance in range(1, length):
        terms = terms << terms.dtype.type(16) | letters[at + distance]
    return terms


def changes(values: NDArray[np.generic]) -> NDArray[np.bool_]:
    """True at the first value and wherever a value differs from the one before."""
    differs = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=differs[1:])
    return differs
