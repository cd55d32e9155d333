"""A list of front matter is changed and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_plugins.reading.front_matter import split
from site_plugins.reading.front_matter_edit import (
    NotEditable,
    flow_mapping,
    with_items_added,
    with_list,
)

ITEM: dict[str, Any] = {"clause": "2-2", "count": 4, "by": "2022-12-31"}
LINE = '{clause: "2-2", count: 4, by: 2022-12-31}'


@pytest.mark.parametrize(
    ("head", "after"),
    [
        ("a: 1\n", f"a: 1\nk:\n  - {LINE}\n"),
        ("k:\n- {clause: 1-1}\nb: 2\n", f"k:\n- {{clause: 1-1}}\n- {LINE}\nb: 2\n"),
        (
            "k:\n    - clause: 1-1 # 一\n      count: 2\n\n# 乙\nb: 2\n",
            f"k:\n    - clause: 1-1 # 一\n      count: 2\n    - {LINE}\n\n# 乙\nb: 2\n",
        ),
        ("k: [{clause: 1-1}] # 一\n", f"k: [{{clause: 1-1}}, {LINE}] # 一\n"),
        ("k: [\n  {clause: 1-1},\n  ]\n", f"k: [\n  {{clause: 1-1}},\n  {LINE}]\n"),
        ("k: []\n", f"k: [{LINE}]\n"),
        ("k:\nb: 2\n", f"k:\n  - {LINE}\nb: 2\n"),
        ("k: ~ # 待填\n", f"k: # 待填\n  - {LINE}\n"),
        ("a: |\n  k:\n  - x\n", f"a: |\n  k:\n  - x\nk:\n  - {LINE}\n"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_items_are_added(head: str, after: str, end: str) -> None:
    text = f"\ufeff---\n{head}---\n正文\n---\nk: []\n".replace("\n", end)
    wanted = f"\ufeff---\n{after}---\n正文\n---\nk: []\n".replace("\n", end)
    assert with_items_added(text, "k", [ITEM]) == wanted


@pytest.mark.parametrize(
    "text",
    ["", "正文", "---\nk: 1\n", "---\nk: 一段话\n---\n", "---\nk: {a: 1}\n---\n", "---\n[\n---\n"],
)
def test_what_cannot_be_added_to_is_refused(text: str) -> None:
    with pytest.raises(NotEditable):
        with_items_added(text, "k", [ITEM])


def test_a_list_keeps_the_lines_of_what_it_keeps() -> None:
    text = (
        "---\nids:\n  # 学习\n  - {id: '1',   title: 甲}  # 不动\n  - id: 1-1\n    title: 乙\n"
        "  # 说明\n  - {id: 1-2, title: 丙}\nyear: 2022\n---\n正文"
    )
    items = [
        {"id": "1", "title": "甲"},
        {"id": "1-1", "title": "乙乙"},
        {"id": "1-3", "title": "丁"},
    ]
    assert with_list(text, "ids", items) == (
        "---\nids:\n  - {id: '1',   title: 甲}  # 不动\n  - {id: \"1-1\", title: 乙乙}\n"
        '  # 说明\n  - {id: "1-3", title: 丁}\nyear: 2022\n---\n正文'
    )


WORDS = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=["Cc", "Cs", "Zl", "Zp"],
        exclude_characters="\ufeff\ufffe\uffff",
    ),
    min_size=1,
    max_size=12,
)
VALUES = WORDS | st.sampled_from(
    ["2-2", "%", "true", "1e3", "2022-12-31", "- a", "a: b", "[x]", "#", "null", "'"]
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.dictionaries(st.sampled_from("abcd"), VALUES, min_size=1), min_size=1, max_size=4)
)
def test_what_is_written_is_read_again(items: list[dict[str, str]]) -> None:
    text = with_items_added("---\ntitle: 甲\n---\n正文", "k", items)
    matter = split(text, "x.md")
    assert [{k: str(v) for k, v in item.items()} for item in matter.values["k"]] == items
    assert matter.text == "正文"
    assert with_list(text, "k", []).startswith("---\ntitle: 甲\nk:\n---\n")


def test_nothing_empty_is_written() -> None:
    assert flow_mapping({"a": None, "b": "", "c": [], "d": True, "e": ["1-1"], "f": 0}) == (
        '{d: true, e: ["1-1"], f: 0}'
    )
