"""Places in the order of the terms that begin there: as sorting the terms would put them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from site_plugins.outputs.search.ordering import by_unit, changes, laid_out, one_before, terms_at

_RUNS = st.lists(st.text("甲乙丙丁𠀀a", max_size=12), min_size=1, max_size=6)


def _bytes(run: str) -> bytes:
    return f"{run}\0".encode("utf-16-le")


def _number(units: list[int]) -> int:
    return int.from_bytes(b"".join(unit.to_bytes(2) for unit in units))


@given(_RUNS)
def test_places_come_in_the_order_of_their_terms(runs: list[str]) -> None:
    letters, owners, starts = laid_out(list(map(_bytes, runs)))
    text = letters.tolist()
    at = by_unit(letters)
    is_letter = letters > 0
    for length in (1, 2, 3):
        if length > 1:
            at = one_before(at, is_letter, letters)
        windows = [(text[place : place + length], place) for place in range(len(text) - length + 1)]
        expected = sorted(window for window in windows if 0 not in window[0])
        assert at.tolist() == [place for _, place in expected]
        terms = [_number(window) for window, _ in expected]
        assert terms_at(at, length, letters).tolist() == terms
    assert [text[start] for start in starts] == [
        int.from_bytes(_bytes(run)[:2], "little") for run in runs
    ]
    assert owners.tolist() == [
        n for n, run in enumerate(runs) for _ in range(len(_bytes(run)) // 2)
    ]


@given(_RUNS)
def test_terms_may_be_wanted_at_some_places_only(runs: list[str]) -> None:
    letters, _, _ = laid_out(list(map(_bytes, runs)))
    begins = (letters[:-1] > 0) & (np.arange(len(letters) - 1) % 3 == 0)
    every = one_before(by_unit(letters), letters > 0, letters)
    some = one_before(by_unit(letters), begins, letters)
    assert some.tolist() == [place for place in every.tolist() if place % 3 == 0]


@given(st.lists(st.integers(0, 2)))
def test_changes_begin_what_is_alike(values: list[int]) -> None:
    told = changes(np.array(values, dtype=np.int64)).tolist()
    assert told == [not at or values[at - 1] != value for at, value in enumerate(values)]
