"""Front matter that is read without a parser is read as YAML reads it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from site_plugins.reading import front_matter
from site_plugins.reading.plain_yaml import plain_mapping

KNOWN = """title: 市政协召开会议：听取通报
date: 2014-01-03 13:35
order: 12

pinned: true
tags: [水环境治理, 信用修复,2022,true]
image: ../../pictures/view-04.webp
summary: a-b c (d) "e"
"""

PIECES = (
    "title", "date", "a", "tags", ": ", ":", "\n", "\n\n", " ", "  ", "字", "第二", "12", "0",
    "012", "-1", "1.5", "true", "False", "null", "~", "[", "]", "[a, b]", "[字,二]", "[a, ]",
    "[,a]", "[1, true]", ",", ", ", "- ", "-", "#", " #", "'", '"', "&a", "*a", "!a", "|",
    ">", "%", "@", "`", "{", "}", "{a: b}", "?", "? ", "...", "---", "\t", "\u3000",
    "\u00a0", "\u2028", "\x85", "2022-03-18", "09:30", "2022-03-18 09:30", "../x.webp",
    "a.b", "<<", "=", "(", "\\", "\ufeff", "title: 字\n", "date: 2022-03-18 09:30\n",
    "tags: [甲, 乙]\n", "order: 3\n", "true: 1\n",
)  # fmt: skip


@given(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
    | st.lists(
        st.tuples(
            st.sampled_from(("title", "a_b", "tags", "n1")),
            st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join),
        ),
        max_size=4,
    ).map(lambda pairs: "".join(f"{key}: {value}\n" for key, value in pairs))
    | st.text(max_size=20).map(lambda text: f"title: {text}\n")
)
@settings(max_examples=2000, deadline=None)
@example(KNOWN)
def test_what_is_read_here_is_what_yaml_reads(text: str) -> None:
    read = plain_mapping(text, 2)
    if read is not None:
        values, lines = front_matter._parsed(text, "a.md", 2)
        assert read == (values, lines)
        assert repr(read) == repr((values, lines))


def test_ordinary_front_matter_is_read_here() -> None:
    read = plain_mapping(KNOWN, 2)
    assert read == front_matter._parsed(KNOWN, "a.md", 2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title:\n",
        "title: '字'\n",
        "title: 字 # 注\n",
        "title: 甲: 乙\n",
        "title: 字\n  二\n",
        "number: 012\n",
        "title: 字\ntitle: 二\n",
        "tags:\n- 字\n",
        "tags: []\n",
        "tags: [甲, [乙]]\n",
        "issue: {year: 2022}\n",
        "order: -1\n",
    ],
)
def test_anything_beyond_is_left_to_yaml(text: str) -> None:
    assert plain_mapping(text, 2) is None
