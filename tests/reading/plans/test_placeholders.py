"""Blanks left in Chinese texts."""

from __future__ import annotations

import pytest

from site_plugins.reading.plans.placeholders import find_placeholders


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("是省第X次党代会", ["X"]),
        ("办好《XX政协》杂志", ["XX"]),
        ("全面贯彻XXX新时代思想，对X作出的指示，中共X市委", ["XXX", "X", "X"]),
        ("服务X、兴业X、投资X。", ["X", "X", "X"]),
        ("“五个XX”建设", ["XX"]),
        ("ＸＸ经济带", ["ＸＸ"]),
        ("××市李××委员", ["××", "××"]),
        ("20XX年X月", ["XX", "X"]),
        ("第**X**次", ["X"]),
    ],
)
def test_blanks(text: str, found: list[str]) -> None:
    assert [p.text for p in find_placeholders(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "XML文件和AJAX",
        "X光检查",
        "X射线",
        "第IX章、XIV、XXI",
        "Windows X系统",
        "X Window",
        "Office 365 X",
        "4X4、X5型",
        "X-1号",
        "长3×5米，3 × 5",
        "（3+2）×4",
        "[图](images/XX.jpg)",
        "http://a.example/XX/",
        "XX.pdf",
        "",
    ],
)
def test_words(text: str) -> None:
    assert find_placeholders(text) == ()


def test_line_and_excerpt() -> None:
    (found,) = find_placeholders("标题\r\n\r\n办好《XX政协》杂志、网站", first_line=10)
    assert (found.line, found.excerpt) == (12, "办好《XX政协》杂志、")
