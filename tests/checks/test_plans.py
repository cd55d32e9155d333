"""Slips of numbering in plans, and blanks that were not filled in."""

from __future__ import annotations

from tests.site_in_memory import Files, at, column, prepared_of, record

TEXT = """一、加强学习

（一）理论武装。坚持。

（一）联系群众。走访XX户。

（四）服务大局。XX月XX日。
"""

# Later the clauses without evidence would be told as well.
SPRING = at("2022-05-01")


def _plan(text: str) -> Files:
    return {
        "plans/index.md": column("计划", "plan"),
        "plans/2022/index.md": record("2022年工作要点", year=2022, text=text),
    }


def test_slips_and_placeholders_are_told_at_their_lines() -> None:
    found = prepared_of(_plan(TEXT), SPRING).problems
    assert [(p.line, p.code, p.severity.word) for p in found] == [
        (11, "JY050", "warning"),
        (11, "JY052", "info"),
        (13, "JY051", "warning"),
    ]
    duplicate, blanks, _ = found
    assert "第 9 行" in duplicate.message
    assert "3 处" in blanks.message


def test_a_sound_plan_is_passed_over() -> None:
    plan = _plan("一、学习\n\n（一）甲。乙。\n\n（二）丙。丁。\n")
    assert prepared_of(plan, SPRING).problems == ()
