"""The law of the export: a run of characters is a phrase of pairs, and nothing else is."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from site_plugins.domain.folding import fold
from site_plugins.outputs.search.export.grams import grams, match_expression, phrase

LETTERS = st.text("双月協商协Aaａ2㎡ ，。、\n𠀀é", max_size=12)


def found(words: Sequence[str], asked: Sequence[str]) -> bool:
    """Whether the words stand there one behind the other; one character begins a word."""
    if len(asked) == 1 and len(asked[0]) == 1:
        return any(word.startswith(asked[0]) for word in words)
    return any(words[at : at + len(asked)] == list(asked) for at in range(len(words)))


@given(st.lists(LETTERS, max_size=4), LETTERS)
def test_a_phrase_is_found_where_the_run_stands_and_nowhere_else(
    blocks: list[str], asked: str
) -> None:
    wanted = phrase(asked)
    if not wanted:
        assert fold(asked) == ""
        return
    stands = any(fold(asked) in fold(block) for block in blocks)
    assert found(grams(blocks).split(" "), wanted) == stands


def test_words() -> None:
    assert grams(["双月 协商", "", "Ａ区"]) == "双月 月协 协商 商 a区 区"


def test_match_expressions() -> None:
    assert match_expression(["老舊小區", "桥"], ["停车"]) == (
        '("老旧 旧小 小区" AND "桥"*) NOT ("停车")'
    )
    assert match_expression(["，"], ["停车"]) == ""
    assert match_expression(['"甲"乙"'], []) == '"甲乙"'
