"""Keys of titles: two private characters that no reading and no term of its own uses."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from site_plugins.domain.readings import END_OF_READINGS
from site_plugins.outputs.search.codec import units
from site_plugins.outputs.search.documents import SearchDocument
from site_plugins.outputs.search.terms import document_terms
from site_plugins.outputs.search.title_keys import FIRST_OF_KEYS, is_private, title_key


@given(st.text().map(units))
def test_a_key_is_two_private_characters_behind_those_of_readings(title: str) -> None:
    assert END_OF_READINGS <= FIRST_OF_KEYS
    key = title_key(title)
    assert len(key) == 2
    assert all(FIRST_OF_KEYS <= ord(each) < 0xF000 and is_private(each) for each in key)
    assert title_key(title) == key


def test_titles_of_a_series_have_keys_of_their_own() -> None:
    titles = [f"市政协召开第{at}次主席会议" for at in range(5000)]
    # Of five thousand among three millions about four share one.
    assert len(set(map(title_key, titles))) > 4985


def test_the_key_stands_last_among_the_headlines() -> None:
    terms = document_terms(
        SearchDocument("/x/", "老舊 小區", headlines=("引题",), people=("甲乙",))
    )
    assert terms.headlines[0] == "引题"
    assert terms.headlines[-1] == title_key("老旧小区")
