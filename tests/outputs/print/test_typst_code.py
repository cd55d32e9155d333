"""Whatever a text says, it is a string for Typst and never code."""

from __future__ import annotations

import json
import re

import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from site_plugins.outputs.print.atoms import atoms
from site_plugins.outputs.print.document import Paragraph, PrintDocument, Run, Table
from site_plugins.outputs.print.faces import Face
from site_plugins.outputs.print.gb9704 import gb9704
from site_plugins.outputs.print.lines import set_lines
from site_plugins.outputs.print.typst_code import lines_code, number, string
from tests.outputs.print.square_case import SquareCase

HOSTILE = (
    r'"#panic("x") \") #eval("1") \\" #let a = 1 $x$ @ref // /* */ ] ) #import "@preview/a:1.0.0"'
)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


def outside_strings(source: str) -> str:
    return _STRING.sub("", source)


@settings(max_examples=40)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_typst_reads_back_what_was_written(text: str) -> None:
    assert json.loads(typst.eval(b"", string(text))) == text


def test_hostile_words_stay_within_strings() -> None:
    run = Run(HOSTILE)
    table = Table(((HOSTILE, "乙"), ("丙", HOSTILE)), 1)
    document = PrintDocument(
        title=HOSTILE,
        note=HOSTILE,
        author=HOSTILE,
        red_head=HOSTILE,
        number=HOSTILE,
        blocks=(Paragraph((run,)), table),
    )
    harmless = PrintDocument(
        title="甲",
        note="甲",
        author="甲",
        red_head="甲",
        number="甲",
        blocks=(Paragraph((Run("甲"),)), Table((("甲", "乙"), ("丙", "甲")), 1)),
    )
    allowed = set(re.findall(r"#?[a-z-]+", outside_strings(gb9704(harmless, SquareCase()))))
    written = set(re.findall(r"#?[a-z-]+", outside_strings(gb9704(document, SquareCase()))))
    # Letters and blanks are set into cells; nothing of the words themselves is code.
    assert written - allowed <= {"#cell", "#gap", "linebreak", "left", "#linebreak"}


def test_two_marks_never_stand_in_one_string() -> None:
    """Typst would draw them together and leave the grid."""
    code = lines_code(set_lines(atoms((Run("四个自信”、“两个维护”。《要点》、"),), SquareCase())))
    assert not any(re.search("[”、“。《》]{2}", text) for text in re.findall(_STRING, code))


def test_marks_at_the_edges_are_shielded() -> None:
    code = lines_code(set_lines(atoms((Run("（一）甲。"),), SquareCase()), indent=0))
    assert code.startswith('#gap(0)#fang("（')
    assert code.endswith("#gap(0)")


def test_a_raised_number_is_small() -> None:
    code = lines_code(set_lines(atoms((Run("注"), Run("1", raised=True)), SquareCase())))
    assert 'raised(fang("1")' in code


def test_faces_have_their_functions() -> None:
    runs = (Run("（一）", Face.KAI), Run("一、", Face.HEI), Run("正文"))
    code = lines_code(set_lines(atoms(runs, SquareCase())))
    assert code.index("#kai(") < code.index("#hei(") < code.index("#fang(")


def test_numbers_are_rounded_down_and_plain() -> None:
    assert [number(v) for v in (1.0, 0.5, 1 / 27, 1e-9, -0.05)] == [
        "1",
        "0.5",
        "0.03703",
        "0",
        "-0.05",
    ]
