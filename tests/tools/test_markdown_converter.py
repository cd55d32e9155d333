"""Markdown: what editors may expect, and that the shortcuts change nothing."""

from __future__ import annotations

import pickle
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from site_plugins.domain.converted import ConversionError, Heading, TextLink
from site_plugins.domain.links import LINK_TOKEN, Target
from site_plugins.tools.extension_names import DEFAULT_EXTENSIONS
from site_plugins.tools.markdown_converter import MarkdownConverter
from site_plugins.tools.markdown_engine import DEFAULT_CONFIGS
from site_plugins.tools.markdown_extensions import HouseStyle, LeanMarkdown

PATH = "news/2022/a.md"
CONVERTER = MarkdownConverter()


def html_of(markdown: str) -> str:
    return CONVERTER.convert(markdown, PATH).html


# --- The house's form ---------------------------------------------------------------------------


def test_a_blank_text_is_empty() -> None:
    assert html_of("") == html_of("  \n\n") == ""


def test_line_ends_between_chinese_characters_are_no_spaces() -> None:
    assert html_of("第一行\n第二行**粗**\n*斜*后\nlatin\nline") == (
        "<p>第一行第二行<strong>粗</strong><em>斜</em>后\nlatin\nline</p>"
    )
    assert html_of("一，\n“二”") == "<p>一，“二”</p>"
    assert html_of("诗一行  \n诗二行") == "<p>诗一行<br>\n诗二行</p>"


def test_line_ends_in_code_stay() -> None:
    assert "第一行\n第二行\n" in html_of("```\n第一行\n第二行\n```")


def test_columns_are_aligned_by_class() -> None:
    html = html_of("| 甲 | 乙 | 丙 | 丁 |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 { .sum } | 4 |")
    assert '<th class="is-left">甲</th>' in html
    assert '<td class="is-center">2</td>' in html
    assert '<td class="is-right sum">3</td>' in html
    assert "<td>4</td>" in html
    assert "align=" not in html
    assert "style=" not in html


@pytest.mark.parametrize(
    ("header", "title"),
    [
        ("!!! note", "说明"),
        ("!!! tip", "提示"),
        ("!!! warning", "注意"),
        ("!!! danger", "警告"),
        ("!!! info", "信息"),
        ("!!! quote", "引用"),
        ("!!! example", "示例"),
        ("!!! question", "问题"),
        ("!!! success", "成果"),
        ("!!! abstract inline end", "摘要"),
        ('!!! note "Note"', "Note"),
        ("!!! policy", "Policy"),
    ],
)
def test_a_box_without_a_title_gets_a_chinese_one(header: str, title: str) -> None:
    assert f'<p class="admonition-title">{title}</p>' in html_of(f"{header}\n    正文")
    if '"' not in header:
        assert "admonition-title" not in html_of(f'{header} ""\n    正文')


@pytest.mark.parametrize(
    ("header", "summary"),
    [
        ("??? note", "说明"),
        ("???+ warning", "注意"),
        ("??? tip wide", "提示"),
        ('??? note "Note"', "Note"),
        ('??? "题"', "题"),
        ("??? policy", "Policy"),
    ],
)
def test_a_folded_box_likewise(header: str, summary: str) -> None:
    html = html_of(f"前文\n\n{header}\n    正文\n\n    ??? bug\n        里面")
    assert f"<summary>{summary}</summary>\n<p>正文</p>" in html
    assert "<summary>缺陷</summary>\n<p>里面</p>" in html
    assert (' open="open"' in html) == header.startswith("???+")


def test_a_lone_picture_with_a_title_is_a_figure() -> None:
    image = f'<img loading="lazy" decoding="async" alt="甲" src="{LINK_TOKEN}news/2022/a.png">'
    assert html_of('![甲](a.png "题<注> & “引”")') == (
        f"<figure>{image}<figcaption>题&lt;注&gt; &amp; “引”</figcaption></figure>"
    )
    assert html_of("![甲](a.png)") == f"<p>{image}</p>"
    assert "<figure" not in html_of('文![甲](a.png "题")')
    assert "<figure" not in html_of('![甲](a.png "题")![乙](b.png "题")')
    assert '<figure class="wide">' in html_of('![甲](a.png "题")\n{: .wide }')


def test_a_picture_from_another_host_is_not_shown_and_is_told() -> None:
    text = CONVERTER.convert("![甲](https://example.com/a.png)\n\n文", PATH)
    assert text.html == "<p>文</p>"
    target = Target("external", "https://example.com/a.png")
    assert text.links == (TextLink("image", "https://example.com/a.png", target),)


def test_the_page_keeps_its_own_first_heading() -> None:
    text = CONVERTER.convert("# 一\n\n## 二\n\n###### 六", PATH)
    assert text.headings == (Heading(2, "一", "一"), Heading(3, "二", "二"), Heading(6, "六", "六"))
    assert "<h1" not in text.html
    assert CONVERTER.convert("## 二\n\n### 三", PATH).headings[0].level == 2


def test_headings_have_stable_chinese_anchors() -> None:
    markdown = (
        "## 会议 要求\n\n## 会议 要求\n\n## “重点” 工作：A[^1]\n\n## 自定 { #own }\n\n[^1]: 注"
    )
    text = CONVERTER.convert(markdown, PATH)
    assert text.headings == (
        Heading(2, "会议-要求", "会议 要求"),
        Heading(2, "会议-要求_1", "会议 要求"),
        Heading(2, "重点-工作a", "“重点” 工作：A"),
        Heading(2, "own", "自定"),
    )
    assert text.ids == {"会议-要求", "会议-要求_1", "重点-工作a", "own", "fn:1", "fnref:1"}


def test_external_links_are_marked() -> None:
    assert html_of("[甲](https://example.com/?a=1&b=2)") == (
        '<p><a href="https://example.com/?a=1&amp;b=2" class="is-external"'
        ' rel="noopener noreferrer">甲</a></p>'
    )
    assert html_of("[甲](//example.com){ .button }") == (
        '<p><a href="//example.com" class="is-external button" rel="noopener noreferrer">甲</a></p>'
    )
    assert html_of("[甲](mailto:a@example.com)") == '<p><a href="mailto:a@example.com">甲</a></p>'
    assert html_of("[甲](tel:123)") == '<p><a href="tel:123">甲</a></p>'


def test_internal_links_are_tokens_and_told_in_order() -> None:
    text = CONVERTER.convert("[甲](../b.md?x=1#锚 '题') ![乙](c.png) [丙](#d) [丁]()", PATH)
    assert f'href="{LINK_TOKEN}news/b.md?x=1#%E9%94%9A"' in text.html
    assert [(link.role, link.raw, link.target.kind) for link in text.links] == [
        ("link", "../b.md?x=1#锚", "internal"),
        ("image", "c.png", "internal"),
        ("link", "#d", "anchor"),
        ("link", "", "empty"),
    ]


def test_links_that_lead_nowhere_become_plain() -> None:
    assert html_of("[甲](../../../b.md) [乙](javascript:x)") == "<p><a>甲</a> <a>乙</a></p>"


def test_footnotes_are_chinese() -> None:
    html = html_of("甲[^注 1]乙[^注 1]\n\n[^注 1]: 说明")
    assert 'id="fnref:注-1"' in html
    assert '<li id="fn:注-1">' in html
    assert 'href="#fnref:注-1" title="返回正文中注释 1 处">↩' in html
    assert "Jump" not in html


def test_tasks_and_tabs_can_be_read_aloud() -> None:
    html = html_of('- [x] 甲\n- [ ] 乙\n\n=== "一"\n    子\n\n=== "二"\n    丑')
    assert '<input type="checkbox" disabled="" checked="" aria-label="已完成"> 甲' in html
    assert '<input type="checkbox" disabled="" aria-label="未完成"> 乙' in html
    assert '<label for="__tabbed_1_2">二</label>' in html
    assert re.search(r'<input id="__tabbed_1_2" name="__tabbed_1" type="radio">', html)


def test_code_is_coloured_by_class() -> None:
    html = html_of('```python\nx = "<b>"\n```')
    assert '<div class="highlight">' in html
    assert '<span class="s2">"&lt;b&gt;"</span>' in html


def test_markdown_in_html_and_other_forms() -> None:
    html = html_of(
        '<div class="lead" markdown>\n**甲**\n</div>\n\n术语\n:   释义\n\n*[乙]: 丙\n\n乙 x'
    )
    assert '<div class="lead">\n<p><strong>甲</strong></p>' in html
    assert "<dt>术语</dt>\n<dd>释义</dd>" in html
    assert '<abbr title="丙">乙</abbr>' in html


def test_contents_where_the_author_asks_for_them() -> None:
    html = html_of("[TOC]\n\n## 甲\n\n## 乙")
    assert '<div class="toc">' in html
    assert '<a href="#乙">乙</a>' in html
    assert "toc" not in html_of("## 甲\n\n## 乙")


def test_blocks_and_characters() -> None:
    text = CONVERTER.convert("## 题\n\n甲 **乙**[^1]\n\n- 一\n- 二\n\n[^1]: 注", PATH)
    assert text.blocks == ("题", "甲 乙", "一", "二", "注")
    assert text.characters == 6


# --- Settings -----------------------------------------------------------------------------------


def test_the_sites_own_settings_win() -> None:
    configs = {"footnotes": {"BACKLINK_TITLE": "回 %d"}, "toc": {"permalink": "§"}}
    converter = MarkdownConverter(["footnotes", "toc"], configs)
    text = converter.convert("## 甲\n\n乙[^1]\n\n[^1]: 注", PATH)
    assert 'title="回 1"' in text.html
    assert '<a class="headerlink" href="#甲"' in text.html
    assert text.headings == (Heading(2, "甲", "甲"),)
    assert text.blocks == ("甲", "乙", "注")


def test_what_is_not_switched_on_is_plain_text() -> None:
    assert MarkdownConverter([]).convert("!!! note\n\n甲[^1]{ .x }", PATH).html == (
        "<p>!!! note</p>\n<p>甲[^1]{ .x }</p>"
    )


def test_a_converter_can_be_sent_to_another_process() -> None:
    markdown = "## 甲\n\n乙[^1]\n\n[^1]: 注"
    sent = pickle.loads(pickle.dumps(CONVERTER))
    assert sent.convert(markdown, PATH) == CONVERTER.convert(markdown, PATH)


def test_every_converter_writes_the_same_bytes() -> None:
    markdown = (
        '![甲](a.png "题"){ width=3 height=4 .b #c }\n\n<video src=a.mp4 poster=b.png></video>\n\n'
        "[丙](https://example.com){ title=x lang=en }\n\n- [x] 丁\n\n|a|\n|-:|\n|b|"
    )
    assert len({MarkdownConverter().convert(markdown, PATH) for _ in range(8)}) == 1


def test_a_text_nested_too_deeply_is_refused_and_harms_no_other() -> None:
    converter = MarkdownConverter()
    with pytest.raises(ConversionError, match="嵌套过深"):
        converter.convert("\n\n".join("    " * depth + "!!! note" for depth in range(400)), PATH)
    assert converter.convert("- 甲", PATH).html == "<ul>\n<li>甲</li>\n</ul>"


# --- The shortcuts change nothing ---------------------------------------------------------------

# fmt: off
PIECES = [
    "市政协", "会议“指出”，", "2022年", "１. 全角", "1. 项", "- 项", "* 甲", "+ 乙", "12.5",
    "3)", "A", "é", "——", "…", "\u3000\u3000", "HTML", "x_y_z", "=", "~", "^", "@", "%", "'",
    '"', "!", "?", " ", "  ", "    ", "        ", "\t", "\n", "\n\n", "\n\n\n", "  \n", "\r\n",
    "\x0c", "\u2028", "**", "*", "_", "__", "`", "```", "```python\nx=1\n```\n", "~~~", "\\",
    "\\*", "\\[", "[链接](a.md)", '![图](b.png "题")', "[", "]", "(", ")", "[ref]", "![ref]",
    "[ref]: http://x 'y'\n", "[^1]", "\n[^1]: 注\n", "///Footnotes Go Here///", "<", ">",
    "<b>", "</b>", "<div>", "</div>", '<div markdown="1">', "<p>", "<!-- ", "-->", "<script>",
    "</script>", "<br>", "<http://a.b>", "<a@b.c>", "&", "&amp;", "&#60;", "{", "}",
    "{: .a #b }", "{.c}", "#", "# 标题", "## 二级\n", "===", "---", "\n---\n",
    '=== "甲"\n    乙\n', "!!! note\n    文\n", "??? tip\n    文\n",
    '???+ note "题"\n    文\n', "| a | b |\n|---|:-:|\n| 1 | 2 |\n",
    "甲 | 乙\n--- | ---\n1 | 2\n", "|", ":   释义", "\n:   释义\n", "*[HTML]: 超文本\n",
    "[x] ", "- [ ] 任务\n", "- [x] 任务\n", "[\tx", "> 引", "\n> 引\n", "[TOC]",
    "\n\n[TOC]\n\n", "\x02", "\x03", "\x02klzzwxh:0000\x03",
]
# fmt: on
SETS = {
    "default": DEFAULT_EXTENSIONS,
    "host": ("toc", "tables", "fenced_code"),
    "none": (),
    "others": ("nl2br", "sane_lists", "smarty", "attr_list", "pymdownx.mark", "pymdownx.tilde"),
}


def _stock(extensions: tuple[str, ...]) -> Markdown:
    configs = {name: dict(DEFAULT_CONFIGS.get(name, {})) for name in extensions}
    return Markdown(extensions=[*extensions, HouseStyle()], extension_configs=configs)


def _lean(extensions: tuple[str, ...]) -> LeanMarkdown:
    configs = {name: dict(DEFAULT_CONFIGS.get(name, {})) for name in extensions}
    lean = LeanMarkdown(extensions=[*extensions, HouseStyle()], extension_configs=configs)
    lean.settle()
    return lean


STOCK = {name: _stock(extensions) for name, extensions in SETS.items()}
LEAN = {name: _lean(extensions) for name, extensions in SETS.items()}


@settings(max_examples=600, deadline=None)
@given(name=st.sampled_from(sorted(SETS)), pieces=st.lists(st.sampled_from(PIECES), max_size=14))
@example(name="default", pieces=["１. 全角", "\n", "１. 全角"])
@example(name="default", pieces=["- ", "[\tx", "] 任务"])
@example(name="default", pieces=["`", "\x02", "``", "\n甲\n```"])
def test_the_lean_way_writes_what_the_stock_way_writes(name: str, pieces: list[str]) -> None:
    markdown = "".join(pieces)
    assert LEAN[name].reset().convert(markdown) == STOCK[name].reset().convert(markdown)


@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=14))
def test_no_text_leaves_a_trace_in_the_next(pieces: list[str]) -> None:
    markdown = "".join(pieces)
    CONVERTER.convert("".join(reversed(pieces)), PATH)
    assert CONVERTER.convert(markdown, PATH) == MarkdownConverter().convert(markdown, PATH)


def test_the_private_method_that_is_overridden_exists() -> None:
    """Were it gone in a later release, the output would stay right and the build slow down."""
    from markdown.treeprocessors import InlineProcessor

    assert hasattr(InlineProcessor, "_InlineProcessor__handleInline")
    assert hasattr(InlineProcessor, "_InlineProcessor__applyPattern")
