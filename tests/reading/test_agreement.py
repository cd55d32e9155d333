"""Folder and front matter both say what a record is: they are compared."""

from __future__ import annotations

import pytest

from tests.site_in_memory import Files, column, record, told_of

COLUMNS: Files = {
    "news/index.md": column("要闻"),
    "plans/index.md": column("计划", "plan"),
    "proposals/index.md": column("提案", "proposal"),
    "magazine/index.md": "---\ntitle: 杂志\nperiodical: {order: 1}\n---\n",
}


def _issue(year: int, number: int) -> str:
    return (
        f"---\ntitle: 一期\nissue:\n  year: {year}\n  number: {number}\n"
        "  published: 2023-03-01\n---\n"
    )


def _proposal(number: int) -> str:
    return f"---\ntitle: 提案\nnumber: {number}\nfiled: 2022-01-15\n---\n"


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("magazine/2023-01/index.md", _issue(2023, 1)),
        ("magazine/2023-1/index.md", _issue(2023, 1)),
        ("plans/2022/index.md", record("计划", year=2022)),
        ("plans/2022.md", record("计划", year=2022)),
        ("plans/2022/main.md", record("计划", year=2022)),
        ("plans/current.md", record("计划", year=2022)),
        ("proposals/2022/0012.md", _proposal(12)),
        ("proposals/2022/park.md", _proposal(12)),
        ("news/2022/a.md", record("甲", "2022-12-31")),
        ("news/12/a.md", record("甲", "2022-12-31")),
        ("news/1999/2022/a.md", record("甲", "2022-12-31")),
    ],
)
def test_they_agree(path: str, written: str) -> None:
    assert told_of({**COLUMNS, path: written}) == []


@pytest.mark.parametrize(
    ("path", "written", "told"),
    [
        ("magazine/2023-01/index.md", _issue(2022, 1), ["4 JY031"]),
        ("magazine/2023-01/index.md", _issue(2023, 2), ["5 JY031"]),
        ("magazine/2023-01/index.md", _issue(2022, 2), ["4 JY031", "5 JY031"]),
        ("magazine/spring/index.md", _issue(2023, 1), ["4 JY031", "5 JY031"]),
        ("plans/2022/index.md", record("计划", year=2021), ["5 JY031"]),
        ("plans/2022.md", record("计划", year=2021), ["5 JY031"]),
        ("plans/2022/main.md", record("计划", year=2021), ["5 JY031"]),
        ("proposals/2022/0012.md", _proposal(13), ["3 JY031"]),
        ("news/2022/a.md", record("甲", "2023-01-01"), ["3 JY042"]),
    ],
)
def test_they_disagree(path: str, written: str, told: list[str]) -> None:
    assert told_of({**COLUMNS, path: written}) == [f"content/{path}:{one}" for one in told]
