"""Titles: whole words, lines of like length."""

from __future__ import annotations

import pytest

from site_plugins.outputs.print.atoms import atoms
from site_plugins.outputs.print.document import Run
from site_plugins.outputs.print.faces import Face
from site_plugins.outputs.print.titles import title_lines
from tests.outputs.print.square_case import SquareCase


def broken(title: str, measure: float = 20) -> list[str]:
    runs = (Run(title, Face.TITLE),)
    lines = title_lines(atoms(runs, SquareCase(), on_grid=False), measure)
    return ["".join(atom.text for atom in line.atoms) for line in lines]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("政协示例市委员会2022年工作要点", ["政协示例市委员会2022年工作要点"]),
        (
            "中国人民政治协商会议示例市委员会2022年工作要点",
            ["中国人民政治协商会议示例市委员会", "2022年工作要点"],
        ),
        (
            "政协示例市委员会办公室关于印发2023年度重点协商计划的通知",
            ["政协示例市委员会办公室", "关于印发2023年度重点协商计划的通知"],
        ),
    ],
)
def test_a_title_is_broken_where_its_words_meet(title: str, lines: list[str]) -> None:
    assert broken(title) == lines


def test_an_editors_own_break_counts() -> None:
    assert broken("示例市\n2022年要点") == ["示例市", "2022年要点"]


def test_a_title_without_any_known_word_is_halved() -> None:
    lines = broken("甲乙丙丁戊己庚辛壬癸" * 3)
    assert [len(line) for line in lines] == [15, 15]


def test_a_very_long_title_still_fits() -> None:
    lines = broken("甲" * 130)
    assert all(len(line) <= 20 for line in lines)
    assert "".join(lines) == "甲" * 130
