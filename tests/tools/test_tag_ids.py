"""Ids of tags: pinyin, unique, the same whatever the order, short enough for a folder."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from site_plugins.tools.tag_ids import tag_ids


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("公园", "gong-yuan"),
        ("双月协商", "shuang-yue-xie-shang"),
        ("绿化", "lv-hua"),
        ("5G 网络", "5g-wang-luo"),
        ("e-Government", "e-government"),
        ("C++", "c"),
        ("“一网通办”", "yi-wang-tong-ban"),
    ],
)
def test_pinyin(name: str, wanted: str) -> None:
    assert tag_ids([name]) == {name: wanted}


@pytest.mark.parametrize("name", ["，。", "？", "☆", "😀"])
def test_what_has_no_sound_has_a_digest(name: str) -> None:
    found = tag_ids([name])[name]
    assert len(found) == 6
    assert set(found) <= set("0123456789abcdef")


def test_tags_of_one_sound_are_told_apart() -> None:
    ids = tag_ids(["公园", "公元", "gong yuan"])
    assert len(set(ids.values())) == 3
    assert all(found.startswith("gong-yuan") for found in ids.values())


def test_a_long_tag_fits_a_folder() -> None:
    long, longer = "长" * 300, "长" * 301
    ids = tag_ids([long, longer])
    assert ids[long] != ids[longer]
    assert all(len(found) <= 80 for found in ids.values())


NAMES = st.lists(
    st.one_of(
        st.sampled_from(["公园", "公元", "工员", "gong-yuan", "a", "A", "a-", "，", "长" * 90]),
        st.text(st.characters(), min_size=1, max_size=6),
    ),
    max_size=10,
)


@settings(max_examples=50)
@given(NAMES, st.integers())
@example(["中", "钟", "zhong-" + "8fb2f8"], 0)
def test_ids_are_unique_plain_and_of_no_order(names: list[str], seed: int) -> None:
    ids = tag_ids(names)
    assert set(ids) == set(names)
    assert len(set(ids.values())) == len(ids)
    for found in ids.values():
        assert 0 < len(found) <= 80
        assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        assert not found.startswith("-")
    shuffled = list(names)
    Random(seed).shuffle(shuffled)
    assert tag_ids(shuffled) == ids
