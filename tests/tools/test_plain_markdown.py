"""What is converted without the engine is exactly what the engine and the allow-list give."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from site_plugins.tools.extension_names import DEFAULT_EXTENSIONS
from site_plugins.tools.markdown_converter import MarkdownConverter
from site_plugins.tools.plain_markdown import is_usual, plain_text

PATH = "news/2024/a.md"
CONVERTER = MarkdownConverter()

KNOWN = """第一段，共有3处，占12%。

## 标题 一

## 标题 一

见[上一篇](../2023/b.md#三)和**要点**：“甲”、《乙》。
第二行

![断面](../../pictures/view-01.webp)

- **甲**：子；
- 乙

| 序号 | 单位 |
| --- | --- |
| 1 | [局](c.md) |
| 2 |

1. 一
2. 二
"""

PIECES = (
    "字", "第二", "A", "b c", "3", "12.", "1. ", "- ", "* ", "+ ", "# ", "## ", "###", "**", "*",
    "__", "_", "![图](a.webp)", "[文](b.md)", "[文](../../c.md#d)", "[文](/e/)", "[文](e)(f)",
    "[文](x_y.md)", "[^1]", "[", "]", "(", ")", "!", "!!", "|", "| a | b |", "| --- | --- |",
    "|---|---|", "| 1 | **二** |", "---", "===", ":", ": ", "：", "，", "。", "“", "”", '"', "'",
    "\n", "\n\n", "\n\n\n", " ", "  ", "\u3000", "    ", "~", "~~~", "`", "<", "&", "\\", "{",
    "http://a.b/", "www.a.b", "a@b.c", "//a", "?", "%", "%20", "[TOC]", "*[A]: b", "（", "）",
    "[文]: b.md", "- [ ] ", "**粗**", "**粗** ", "e.g.", "ﬀ", "é", "\u00a0", "\u200b", "\u2028",
)  # fmt: skip

texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
    st.lists(
        st.sampled_from(
            (
                "字，二。",
                "**粗**字",
                "字**粗**字**粗**",
                "[文](b.md)",
                "![图](a.webp)",
                "# 字",
                "## 字 A",
                "###### 1. 字",
                "- 甲\n- **乙**",
                "- 1 甲",
                "1. 甲\n2. 乙",
                "3. 甲",
                "| a | b |\n| --- | --- |\n| 1 | 二 |",
                "| a |\n|---|\n| 1 |",
                "字\n二",
                "2024年",
                "## 字\n二",
                "## 字_1",
                "# 字 - 甲-",
                "## 1）“字”；A",
                "| a | b |\n|--|--|\n| 1 |\n| 1 | 2 | 3 |",
                "1.5字",
                "12处",
            )
        ),
        max_size=7,
    ).flatmap(
        lambda blocks: st.lists(
            st.sampled_from(("\n\n", "\n\n", "\n\n\n", "\n")),
            min_size=len(blocks),
            max_size=len(blocks),
        ).map(lambda ends: "".join(map("".join, zip(blocks, ends, strict=True))))
    ),
    st.text(max_size=30),
)


@given(texts)
@settings(max_examples=1500, deadline=None)
@example(KNOWN)
def test_what_is_converted_here_is_what_the_engine_makes(markdown: str) -> None:
    made = plain_text(markdown, PATH)
    if made is not None:
        assert made == CONVERTER._by_engine(markdown, PATH)


def test_an_ordinary_text_is_converted_here() -> None:
    assert plain_text(KNOWN, PATH) == CONVERTER._by_engine(KNOWN, PATH)


@pytest.mark.parametrize(
    "markdown",
    [
        "字<b>粗</b>",
        "字&amp;",
        "> 引",
        "    代码",
        "字[^1]\n\n[^1]: 注",
        "[外](https://example.org/)",
        "- 甲\n    - 乙",
        "- 甲\n\n- 乙",
        "- [ ] 甲",
        "字*斜*",
        "字{.a}",
        "!!! note\n    字",
        "字  \n二",
        "[TOC]",
        "*[字]: 说明",
        "字\n: 解释",
        "| a | b |\n| :-: | --- |\n| 1 | 2 |",
    ],
)
def test_anything_beyond_is_left_to_the_engine(markdown: str) -> None:
    assert plain_text(markdown, PATH) is None


@pytest.mark.parametrize(
    ("extensions", "configs", "usual"),
    [
        (DEFAULT_EXTENSIONS, {}, True),
        ((*DEFAULT_EXTENSIONS, "fenced_code"), {"toc": {}}, True),
        ((*DEFAULT_EXTENSIONS, "pymdownx.emoji"), {}, False),
        (DEFAULT_EXTENSIONS, {"toc": {"permalink": True}}, False),
        (("toc",), {}, False),
    ],
)
def test_only_with_extensions_of_which_it_is_known_what_they_do(
    extensions: Sequence[str], configs: dict[str, dict[str, object]], usual: bool
) -> None:
    assert is_usual(extensions, configs) is usual
