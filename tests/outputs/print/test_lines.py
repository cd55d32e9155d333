"""The grid holds: laws of the lines that a paragraph is set in."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_plugins.outputs.print.atoms import CLOSING, OPENING, atoms, visible
from site_plugins.outputs.print.document import Run
from site_plugins.outputs.print.faces import Face
from site_plugins.outputs.print.lines import MEASURE, Line, set_lines
from tests.outputs.print.square_case import SquareCase

CASE = SquareCase()
HAN = "建言资政凝聚共识协商民主团结合作"

words = st.text(alphabet=HAN, min_size=1, max_size=12)
marks = st.sampled_from(["，", "。", "”", "“", "（", "）", "《", "》", "——", "……", "、", "：”"])
latin = st.sampled_from(["2022", "5.5%", "CPPCC", "R&D", "3", " ", "GDP", "x"])
texts = st.lists(st.one_of(words, marks, latin), max_size=60).map("".join)
prose = st.lists(st.tuples(words, marks).map("".join), max_size=40).map("".join)
faces = st.sampled_from([Face.FANG, Face.KAI, Face.HEI])


def lines_of(text: str, face: Face = Face.FANG, indent: float = 2) -> tuple[Line, ...]:
    return set_lines(atoms((Run(text, face),), CASE), indent=indent)


def words_of(line: Line) -> str:
    return "".join(atom.text for atom in line.atoms)


def test_a_full_line_of_han_has_28_characters_the_first_is_indented_by_two() -> None:
    lines = lines_of("政" * (26 + 28 * 3 + 5))
    assert [len(line.atoms) for line in lines] == [26, 28, 28, 28, 5]
    assert {line.gap for line in lines} == {0.0}


@given(texts, faces)
def test_nothing_is_lost_but_white_space(text: str, face: Face) -> None:
    set_text = "".join(map(words_of, lines_of(text, face)))
    assert "".join(set_text.split()) == "".join(visible(text).split())


@given(texts, faces)
def test_no_line_is_wider_than_the_type_area(text: str, face: Face) -> None:
    assert all(line.width <= MEASURE + 1e-6 for line in lines_of(text, face))


@given(prose, faces)
def test_every_line_but_the_last_ends_at_the_edge(text: str, face: Face) -> None:
    assert all(line.width == pytest.approx(MEASURE) for line in lines_of(text, face)[:-1])


@given(prose)
def test_marks_stand_where_they_may(text: str) -> None:
    for above, below in pairwise(lines_of(text)):
        assert below.atoms[0].text[0] not in CLOSING
        assert above.atoms[-1].text[-1] not in OPENING


def test_a_heap_of_marks_is_parted_somewhere() -> None:
    lines = lines_of("，" * 70)
    assert all(line.width <= MEASURE for line in lines)
    assert "".join(map(words_of, lines)) == "，" * 70


@given(st.lists(words, max_size=20).map("".join))
def test_han_stands_on_the_grid(text: str) -> None:
    for line in lines_of(text):
        assert line.gap == 0
        assert all(atom.width == 1 and atom.plain for atom in line.atoms)


def test_a_mark_that_may_not_begin_a_line_takes_the_character_before_it_along() -> None:
    first, second = lines_of("政" * 26 + "，完")
    assert words_of(first) == "政" * 25
    assert first.width == pytest.approx(MEASURE)
    assert words_of(second) == "政，完"


def test_an_opening_mark_goes_to_the_next_line() -> None:
    first, second = lines_of("政" * 25 + "“建言”")
    assert words_of(first) == "政" * 25
    assert first.width == pytest.approx(MEASURE)
    assert words_of(second).startswith("“建")


@pytest.mark.parametrize("pair", ["——", "……"])
def test_dashes_and_dots_are_not_parted(pair: str) -> None:
    first, second = lines_of("政" * 25 + pair + "言")
    assert words_of(first) == "政" * 25
    assert words_of(second) == pair + "言"


def test_figures_have_half_a_cell_each() -> None:
    [line] = lines_of("2022年召开4次")
    assert [(atom.text, atom.width) for atom in line.atoms[:2]] == [("2022", 2), ("年", 1)]
    assert line.width == 2 + 2 + 1 + 2 + 0.5 + 1


def test_figures_are_not_parted() -> None:
    first, second = lines_of("政" * 25 + "2022年")
    assert words_of(first) == "政" * 25
    assert words_of(second) == "2022年"


def test_letters_take_as_many_half_cells_as_they_need() -> None:
    [line] = lines_of("用CPPCC表")
    assert line.atoms[1].width == 3  # 5 × 0.55 = 2.75


def test_a_long_address_is_parted_at_its_signs() -> None:
    lines = lines_of("见http://www.example.com/" + "very-long/" * 6 + "end")
    assert len(lines) > 1
    assert all(line.atoms[-1].text[-1] in "/-" for line in lines[:-1])


def test_what_does_not_fill_its_cell_is_set_into_one() -> None:
    [line] = lines_of("“四个自信”", Face.KAI)
    assert [(a.side, a.plain) for a in line.atoms if a.text in "“”"] == [
        ("right", False),
        ("left", False),
    ]
    assert all(atom.width == 1 for atom in line.atoms)


def test_the_number_of_a_note_does_not_begin_a_line() -> None:
    runs = (Run("政" * 26), Run("1", raised=True), Run("，完"))
    first, second = set_lines(atoms(runs, CASE))
    assert words_of(first) == "政" * 25
    assert words_of(second) == "政1，完"


def test_hidden_characters_are_not_printed() -> None:
    [line] = lines_of("建\u200b言\ufeff资\u00ad政")
    assert words_of(line) == "建言资政"


def test_characters_that_this_python_does_not_know_stay() -> None:
    assert visible("\U00031350") == "\U00031350"


def test_a_line_end_ends_the_line_without_spreading_it() -> None:
    first, second = lines_of("建言\n资政")
    assert (words_of(first), first.gap, first.indent) == ("建言", 0, 2)
    assert (words_of(second), second.indent) == ("资政", 0)
