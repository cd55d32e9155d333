"""Readings in pinyin as strings of private characters."""

from __future__ import annotations

import pytest

from site_plugins.domain.readings import (
    END_OF_READINGS,
    FIRST_INITIAL,
    FIRST_SYLLABLE,
    SYLLABLES,
    reading_strings,
)


def heard(text: str) -> list[str]:
    """Readings in letters: ``shi zheng xie``, initials as ``s z x``."""
    return [
        " ".join(
            SYLLABLES[ord(each) - FIRST_SYLLABLE]
            if ord(each) < FIRST_INITIAL
            else chr(ord(each) - FIRST_INITIAL + ord("a"))
            for each in reading
        )
        for reading in reading_strings(text)
    ]


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("政协", ["zheng xie", "z x"]),
        ("重庆", ["zhong qing", "chong qing", "z q", "c q"]),
        ("会长", ["hui zhang", "hui chang", "h z", "h c"]),
        ("绿色", ["lv se", "lv shai", "l s"]),
        ("市a政协，x委", ["zheng xie", "z x"]),
        ("政", []),
        ("", []),
        ("annual 2022", []),
    ],
)
def test_readings(text: str, readings: list[str]) -> None:
    assert heard(text) == readings


def test_a_very_long_text_is_read_in_part() -> None:
    assert max(map(len, reading_strings("政协" * 9000))) == 4000


def test_syllables_are_in_order_and_their_characters_private() -> None:
    assert list(SYLLABLES) == sorted(set(SYLLABLES))
    assert FIRST_SYLLABLE + len(SYLLABLES) <= FIRST_INITIAL < END_OF_READINGS
    assert {chr(code) for code in range(FIRST_SYLLABLE, END_OF_READINGS)}.isdisjoint("政协az")
