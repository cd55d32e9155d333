"""Front matter: any bytes give a text with values, or one problem on a line of the file."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from site_plugins.domain.problems import Problem
from site_plugins.reading.front_matter import FrontMatter, Unreadable, decode, load, split

PATH = "content/news/a.md"


def _read(content: bytes) -> FrontMatter | Problem:
    try:
        return split(decode(content, PATH), PATH)
    except Unreadable as error:
        return error.problem


def _problem(written: str | bytes) -> str:
    content = written.encode("utf-8") if isinstance(written, str) else written
    found = _read(content)
    assert isinstance(found, Problem), found
    return f"{found.line} {found.code}"


@pytest.mark.parametrize(
    ("text", "values", "rest", "line"),
    [
        ("正文\n", {}, "正文\n", 1),
        ("", {}, "", 1),
        ("---\ntitle: 题\n---\n正文\n", {"title": "题"}, "正文\n", 4),
        ("---\ntitle: 题\n...\n正文\n", {"title": "题"}, "正文\n", 4),
        ("---  \ntitle: 题\n--- \n正文", {"title": "题"}, "正文", 4),
        ("---\ntitle: 题\n---", {"title": "题"}, "", 3),
        ("---\n---\n正文\n\n---\n\n再\n", {}, "正文\n\n---\n\n再\n", 3),
        ("---\n\n# 只有注释\n---\n正文", {}, "正文", 5),
        ("---\na: 1\n---\n---\n正文", {"a": 1}, "---\n正文", 4),
        ("---\na: x---\n---\n", {"a": "x---"}, "", 4),
        ("----\n正文\n", {}, "----\n正文\n", 1),
        ("--- 题 ---\n正文\n", {}, "--- 题 ---\n正文\n", 1),
    ],
)
def test_splits(text: str, values: dict[str, Any], rest: str, line: int) -> None:
    matter = split(text, PATH)
    assert (dict(matter.values), matter.text, matter.text_line) == (values, rest, line)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0012", "0012"),
        ("12", 12),
        ("-3", -3),
        ("1.10", "1.10"),
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2022-02-30", "2022-02-30"),
        ("2022-03-18 09:30", "2022-03-18 09:30"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("FALSE", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("'12'", "12"),
        ("[a, 1]", ["a", 1]),
        ("=", "="),
    ],
)
def test_values_stay_as_they_are_written(written: str, value: object) -> None:
    assert load(f"key: {written}\n", PATH, 2)[0] == {"key": value}


def test_every_key_has_its_line() -> None:
    text = (
        "title: 题\nissue:\n  year: 2023\n  contents:\n  - section: 卷首\n"
        "    articles: [a, b]\n  - section: 正文\naliases:\n- /a\n- /b\n"
    )
    _, lines = load(text, PATH, first_line=2)
    assert lines == {
        "title": 2,
        "issue": 3,
        "issue.year": 4,
        "issue.contents": 5,
        "issue.contents[0]": 6,
        "issue.contents[0].section": 6,
        "issue.contents[0].articles": 7,
        "issue.contents[0].articles[0]": 7,
        "issue.contents[0].articles[1]": 7,
        "issue.contents[1]": 8,
        "issue.contents[1].section": 8,
        "aliases": 9,
        "aliases[0]": 10,
        "aliases[1]": 11,
    }


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("---\ntitle: 题\n正文\n", "1 JY004"),
        ("---", "1 JY004"),
        ("---\n- a\n- b\n---\n", "2 JY005"),
        ("---\n只有文字\n---\n", "2 JY005"),
        ("---\ntitle: a\nkind: b\ntitle: c\n---\n", "4 JY016"),
        ("---\nissue:\n  year: 1\n  year: 2\n---\n", "4 JY016"),
        ("---\ntitle: a\nx: [1, 2\n---\n", "3 JY003"),
        ("---\ntitle: a\nx: *y\n---\n", "3 JY003"),
        ("---\ntitle: a\nx: !!int 题\n---\n", "2 JY003"),
        ("---\ntitle: !!bool 也许\n---\n", "2 JY003"),
        ("---\ndate: !!timestamp 昨天\n---\n", "2 JY003"),
        ("---\nn: !!float ''\n---\n", "2 JY003"),
        (f"---\nn: {'1' * 5000}\n---\n", "2 JY003"),
        ("---\n[a, b]: c\n---\n", "2 JY003"),
        ("---\ntitle: a\x07b\n---\n", "2 JY003"),
        ("题目\n正文\n".encode("gb18030"), "1 JY001"),
        (b"---\ntitle: x\n---\n" + "正文".encode("gb18030"), "4 JY001"),
        (b"ASCII\n" + b"\xff\xfe\x00", "2 JY002"),
        (b"\xef\xbb\xbf\n\n\n\xff", "4 JY002"),
        ("题目".encode("utf-16"), "1 JY002"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(written: str | bytes, told: str) -> None:
    assert _problem(written) == told


def test_line_ends_and_byte_order_mark_make_no_difference() -> None:
    plain = "---\ntitle: 题\n---\n一\n\n二\n"
    for other in (plain.replace("\n", "\r\n"), plain.replace("\n", "\r"), "\ufeff" + plain):
        assert _read(other.encode("utf-8")) == _read(plain.encode("utf-8"))


def test_an_alias_is_understood_and_never_followed_without_end() -> None:
    rows = "".join(f"  k{n}: *x\n" for n in range(300))
    values, lines = load(f"a: &x\n  k: 1\n{rows}tags: &t [甲]\nplaces: *t\n", PATH, 2)
    assert values["places"] == ["甲"]
    assert len(lines) < 1000


FENCED = "---\n{}\n---\n正文\n"
YAML_SIGNS = "ab:-?[]{},&*#!|>'\"%@` \n\t0.~=<\\题："


@given(st.binary(max_size=200))
@example(b"---\n\xff\n---\n")
@example(b"---\n!!set {a}: 1\n---\n")
def test_any_bytes_are_read_or_told(content: bytes) -> None:
    _is_read_or_told(content)


@given(st.text(alphabet=YAML_SIGNS, max_size=60))
@example("? ? a\n: b")
@example("<<: [1]")
@example("a: !!python/object:os.system x")
def test_any_front_matter_is_read_or_told(yaml_text: str) -> None:
    _is_read_or_told(FENCED.format(yaml_text).encode("utf-8"))


def _is_read_or_told(content: bytes) -> None:
    found = _read(content)
    text = content.decode("utf-8", "replace")
    last = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    if isinstance(found, Problem):
        assert found.is_error
        assert 1 <= found.line <= last
    else:
        assert all(1 <= line <= last for line in found.lines.values())
        assert 1 <= found.text_line <= last
        assert text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").endswith(found.text)


KEYS = st.text(alphabet="abnot_", min_size=1, max_size=6)


@given(
    st.dictionaries(
        KEYS,
        st.one_of(st.text(max_size=10), st.integers(), st.booleans(), st.none()),
        max_size=6,
    )
)
def test_no_value_is_lost(values: dict[str, Any]) -> None:
    written = yaml.dump(values, Dumper=yaml.CSafeDumper)
    read, lines = load(written, PATH, 2)
    assert read == values
    assert set(lines) == set(values)


@pytest.mark.parametrize("sign", ["[", "{a: ", "- ", "? ", "&a ", "!!seq ["])
def test_a_text_nested_without_end_does_not_overrun_the_stack(sign: str) -> None:
    # In a process of its own: a stack that is overrun ends the process.
    program = (
        "from site_plugins.reading.front_matter import Unreadable, load\n"
        "try:\n"
        f"    load('a:\\n  ' + {sign!r} * 100_000 + '\\n', 'a.md', 2)\n"
        "except Unreadable as error:\n"
        "    print(error.problem.code, error.problem.line)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "JY003 3\n"), done.stderr[-300:]
