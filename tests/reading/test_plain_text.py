"""Plain text for search and summaries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_plugins.reading.plain_text import one_line, summary, text_blocks


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<p>甲<strong>乙</strong>丙</p>\n<p>丁</p>", ("甲乙丙", "丁")),
        ("<ul>\n<li>甲\n<ul><li>乙</li></ul>\n</li>\n</ul>", ("甲", "乙")),
        ("<table><tr><th>甲</th><td>乙</td></tr></table>", ("甲", "乙")),
        ("<p>春眠不觉晓<br>\n处处闻啼鸟</p>", ("春眠不觉晓处处闻啼鸟",)),
        ("<p>one<br>two</p>", ("one two",)),
        ("<p>第一行\n第二行 a\nb</p>", ("第一行第二行 a b",)),
        ("<p>甲 &amp; 乙&nbsp;&lt;b&gt;</p>", ("甲 & 乙 <b>",)),
        ('<p>甲<img alt="不算" src="x">乙</p>', ("甲乙",)),
        ('<figure><img src="x"><figcaption>题注</figcaption></figure>', ("题注",)),
        (
            '<p>甲<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>乙</p>',
            ("甲乙",),
        ),
        (
            '<li id="fn:1"><p>注&nbsp;<a class="footnote-backref" href="#fnref:1">↩</a></p></li>',
            ("注",),
        ),
        ("<p>水<sup>2</sup>与<sub>3</sub></p>", ("水2与3",)),
        ("<p><ruby>汉<rp>(</rp><rt>han</rt><rp>)</rp></ruby>字</p>", ("汉字",)),
        ("<p>&nbsp;</p><hr><p></p>", ()),
        ("", ()),
    ],
)
def test_blocks_are_what_a_reader_reads(html: str, blocks: tuple[str, ...]) -> None:
    assert text_blocks(html) == blocks


def test_a_heading_on_one_line() -> None:
    html = '甲<br>\n<code>b</code><sup id="fnref:1"><a href="#fn:1">1</a></sup> &amp; 丙'
    assert one_line(html) == "甲 b & 丙"


def test_a_short_text_is_its_own_summary() -> None:
    assert summary(("会议召开。", "会议闭幕。")) == "会议召开。会议闭幕。"
    assert summary(()) == ""


def test_headings_and_cells_are_passed_over() -> None:
    assert summary(("一、基本情况", "城区", "12", "会议召开。")) == "会议召开。"
    assert summary(("一、基本情况", "城区")) == "一、基本情况城区"


def test_a_long_text_is_cut_at_the_end_of_a_sentence() -> None:
    text = "示例市政协召开双月协商座谈会。" * 3 + "围绕老旧小区改造协商议政，"
    assert summary((text,), limit=50) == "示例市政协召开双月协商座谈会。" * 3


def test_the_closing_quotation_mark_belongs_to_its_sentence() -> None:
    text = "主席说：“要把协商成果落到实处。”随后各组围绕主题展开了热烈而充分的讨论，气氛融洽"
    assert summary((text,), limit=25) == "主席说：“要把协商成果落到实处。”"


def test_without_a_sentence_end_the_cut_is_shown() -> None:
    assert summary(("围绕推进老旧小区改造协商议政，听取意见和建议，交流情况和做法",), limit=24) == (
        "围绕推进老旧小区改造协商议政，听取意见和建议…"
    )
    assert summary(("围绕" * 40,), limit=20) == "围绕" * 9 + "围…"
    assert summary(("word " * 30,), limit=18) == "word word word…"


BLOCK = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=120
)


@given(blocks=st.lists(BLOCK), limit=st.integers(10, 120))
def test_a_summary_is_a_beginning_no_longer_than_the_limit(blocks: list[str], limit: int) -> None:
    found = summary(blocks, limit)
    assert len(found) <= limit
    assert bool(found) == bool(blocks)


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1)


@given(texts=st.lists(TEXT, min_size=1, max_size=6))
def test_every_paragraph_is_a_block_with_its_own_characters(texts: list[str]) -> None:
    escaped = [t.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for t in texts]
    html = "\n".join(f"<p>{text}</p>" for text in escaped)
    assert text_blocks(html) == tuple(texts)
