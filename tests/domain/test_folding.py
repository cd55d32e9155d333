"""Folding: which texts search treats as the same."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_plugins.domain.folding import fold, fold_with_places

TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(
            "臺灣《》，。 \n\u3000ＡｂＣ１２３éÉe\u0301ｶﾞ㎡℃ﬁİΣς葛\U000e0100𠮷😀-\u00ad\ufeff"
        ),
    )
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("臺灣與發展", "台湾与发展"),
        ("ＡＢＣ１２３", "abc123"),
        ("《请你来协商》，（第一期）", "请你来协商第一期"),
        ("2022 年 3 月　18\n日", "2022年3月18日"),
        ("100 ㎡、20 ℃", "100m220°c"),
        ("e\u0301tude É", "étudeé"),
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("葛\U000e0100洪", "葛洪"),
        ("Σίσυφος ΟΔΟΣ", "σίσυφοσοδοσ"),
        ("一\u200b二\ufeff三\u00ad四", "一二三四"),
        ("C++ > 二○二二", "c++>二○二二"),
        ("薴", "苎"),
        ("一｜二|三￤四¦五丨六⼁七│八∣九", "一二三四五六七八九"),
        ("★一☆二●三■四◆五▲六▶七→八～九~十", "一二三四五六七八九十"),
        ("九∶三十 −5 2×3÷4±1=<>￥€ ◯", "九三十52×3÷4±1=<>¥€◯"),
        ("……——“”", ""),
        ("", ""),
    ],
)
def test_what_is_the_same(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_places_lead_back_to_the_original(text: str) -> None:
    folded = fold_with_places(text)
    assert folded.text == fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(folded.starts)
    for at, character in enumerate(folded.text):
        assert character in fold(text[folded.starts[at] : folded.ends[at]])


@given(st.text(st.characters(min_codepoint=0x4E29, max_codepoint=0x9FFF)))
def test_chinese_text_keeps_its_length(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_no_white_space_or_punctuation_is_left() -> None:
    every = "".join(chr(code) for code in range(0x3000) if not 0xD800 <= code < 0xE000)
    left = {c for c in fold(every) if unicodedata.category(c)[0] in "ZP"}
    # Assigned after the table's Unicode version, if anything.
    assert not {c for c in left if unicodedata.ucd_3_2_0.category(c)[0] in "ZP"}
