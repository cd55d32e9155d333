"""Problems: their texts, their order, and that every message is given what it needs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import site_plugins
from site_plugins.domain.catalogue import CATALOGUE, Entry, problem
from site_plugins.domain.problems import Problem, Severity, in_order

PACKAGE = Path(site_plugins.__file__).parent
_ALWAYS_GIVEN = {"line", "near"}


def test_a_problem_reads_place_fault_remedy_code() -> None:
    found = problem("JY011", "content/news/a.md", 4, key="title", label="标题")
    assert found.text == (
        "content/news/a.md:4: 缺少必填的“title”（标题）。请在文首信息中补写 title [JY011]"
    )
    assert found.is_error


def test_severities() -> None:
    words = [(s.word, s.label) for s in sorted(Severity, reverse=True)]
    assert words == [("error", "错误"), ("warning", "警告"), ("info", "提示")]
    assert not problem("JY009", "x", name="文").is_error


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=CATALOGUE.keys())
def test_a_message_is_two_chinese_sentences(entry: Entry) -> None:
    for text in (entry.message, entry.remedy):
        assert any("\u4e00" <= char <= "\u9fff" for char in text) or text.startswith("{")
        assert not text.endswith(("。", "."))
        assert "\n" not in text


def _needs(code: str) -> set[str]:
    entry = CATALOGUE[code]
    parsed = [*Formatter().parse(entry.message), *Formatter().parse(entry.remedy)]
    return {name for _, name, _, _ in parsed if name}


def _calls() -> Iterator[tuple[str, str, set[str]]]:
    """Every place that tells a problem by its code with written-out facts."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or any(k.arg is None for k in node.keywords):
                continue
            codes = [
                str(a.value)
                for a in node.args
                if isinstance(a, ast.Constant) and str(a.value) in CATALOGUE
            ]
            if len(codes) == 1:
                yield f"{file.name}:{node.lineno}", codes[0], {str(k.arg) for k in node.keywords}


CALLS = [call for call in _calls() if call[2] or not _needs(call[1]) - _ALWAYS_GIVEN]


def test_the_calls_are_found() -> None:
    assert len(CALLS) > 20


@pytest.mark.parametrize(("place", "code", "given_facts"), CALLS, ids=lambda value: str(value)[:40])
def test_a_message_is_given_its_facts(place: str, code: str, given_facts: set[str]) -> None:
    missing = _needs(code) - given_facts - _ALWAYS_GIVEN
    assert not missing, f"{place} tells {code} without {missing}"


PROBLEMS = st.builds(
    problem,
    st.just("JY001"),
    st.sampled_from(["content/a.md", "content/b.md", "mkdocs.yml"]),
    st.integers(1, 5),
)


@given(st.lists(PROBLEMS), st.randoms())
def test_order_depends_on_nothing_but_the_problems(found: list[Problem], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    ordered = in_order(shuffled)
    assert ordered == in_order(found)
    assert set(ordered) == set(found)
    assert len(set(ordered)) == len(ordered)


@example("\udcc4")
@given(st.text(st.characters(), max_size=40))
def test_a_problem_is_one_line_whatever_it_quotes(quoted: str) -> None:
    text = problem("JY025", "content/a.md", 3, link=quoted).text
    assert len(text.splitlines()) == 1
    assert not any(char < " " or char == "\x7f" for char in text)
    text.encode("utf-8")
