"""Values of front matter: read by their declared types, every fault told at its line."""

from __future__ import annotations

from types import new_class
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_plugins.domain.catalogue import CATALOGUE
from site_plugins.domain.model.kinds import KINDS, Kind
from site_plugins.domain.model.records import Record
from site_plugins.domain.model.values import (
    Address,
    Choice,
    Choices,
    ClauseReference,
    Day,
    Declared,
    Document,
    Flag,
    Integer,
    Many,
    Nested,
    OldAddress,
    Picture,
    Reference,
    Text,
    Value,
    Words,
    key,
    keys_of,
)
from site_plugins.reading.values import ValueReader


class _Inner(Declared, frozen=True, kw_only=True):
    name: str = key("名", Text(), required=True)
    count: int | None = key("数", Integer())


def _read(value: Value, raw: object) -> tuple[Any, list[str]]:
    """What is read under the key ``k`` on line 7, and the codes of the problems."""
    reader = ValueReader("content/a.md", {"k": 7})
    body = {"__annotations__": {"k": Any}, "k": key("键", value)}
    kind = new_class(
        "Kind", (Declared,), {"frozen": True, "kw_only": True}, lambda n: n.update(body)
    )
    read = reader.mapping(kind, {"k": raw})
    assert all(p.line == 7 for p in reader.problems)
    return (read or {}).get("k"), [p.code for p in reader.problems]


@pytest.mark.parametrize(
    ("value", "raw", "read"),
    [
        (Text(), "  两 个\n词 ", "两 个 词"),
        (Text(), 2022, "2022"),
        (Text(lines=True), " 一\n二 ", "一\n二"),
        (Text(longest=2), "四字", "四字"),
        (Words(), "甲，乙、丙,丁；戊;己", ("甲", "乙", "丙", "丁", "戊", "己")),
        (Words(), ["甲", " 乙 ", "甲", None, ""], ("甲", "乙")),
        (Words(), 2022, ("2022",)),
        (Words(), "，", ()),
        (Integer(), 0, 0),
        (Integer(), " 0012 ", 12),
        (Integer(1), 1, 1),
        (Flag(), True, True),
        (Day(), "2022-03-18", "2022-03-18"),
        (Day(time=True), "2022-03-18 09:30", "2022-03-18T09:30:00+08:00"),
        (Choice(("a", "b")), "a", "a"),
        (Choice(("a",), open=True), "别的", "别的"),
        (Choices(("a", "b")), "b, a", ("b", "a")),
        (Picture(), "图 1.jpg", "图 1.jpg"),
        (Document(), "a.pdf", "a.pdf"),
        (Address(), "https://example.com/a?b=c", "https://example.com/a?b=c"),
        (OldAddress(), "/view.php?id=62180", "/view.php?id=62180"),
        (OldAddress(), "/a/b.html", "/a/b.html"),
        (Reference(), "members/zhang-xx", "members/zhang-xx"),
        (ClauseReference(), "plans/2022#2-2", "plans/2022#2-2"),
        (Nested(_Inner), {"name": "甲", "count": 2}, _Inner(name="甲", count=2)),
        (Many(Text()), "甲", ("甲",)),
        (Many(Text()), ["甲", None, "乙"], ("甲", "乙")),
        (Many(Nested(_Inner)), {"name": "甲"}, (_Inner(name="甲"),)),
    ],
)
def test_reads(value: Value, raw: object, read: object) -> None:
    found, told = _read(value, raw)
    assert told == []
    assert getattr(found, "iso", found) == read


@pytest.mark.parametrize(
    ("value", "raw", "code"),
    [
        (Text(), ["甲"], "JY013"),
        (Text(), {"a": 1}, "JY013"),
        (Text(), True, "JY013"),
        (Text(), b"bytes", "JY013"),
        (Text(longest=2), "三个字", "JY015"),
        (Words(), {"a": 1}, "JY013"),
        (Words(), [["甲"]], "JY013"),
        (Integer(), "十二", "JY013"),
        (Integer(), True, "JY013"),
        (Integer(), "1" * 5000, "JY013"),
        (Integer(), "１２", "JY013"),
        (Integer(1), 0, "JY013"),
        (Integer(), -1, "JY013"),
        (Flag(), "yes", "JY013"),
        (Flag(), 1, "JY013"),
        (Day(), "2022-02-30", "JY014"),
        (Day(), 20220318, "JY014"),
        (Day(), "2022-03-18 09:30", "JY013"),
        (Choice(("a", "b")), "c", "JY012"),
        (Choices(("a", "b")), ["a", "c"], "JY012"),
        (Address(), "example.com", "JY013"),
        (Address(), "javascript:alert(1)", "JY013"),
        (Address(), "http://[", "JY013"),
        (Address(), "https://a b", "JY013"),
        (OldAddress(), "old/a.html", "JY033"),
        (OldAddress(), "//host/a", "JY033"),
        (OldAddress(), "https://example.com/a", "JY033"),
        (OldAddress(), "/a/../b", "JY033"),
        (OldAddress(), "/a//b", "JY033"),
        (OldAddress(), "/a/./b", "JY033"),
        (OldAddress(), "/a%2e%2e/b/%2e%2e/c", "JY033"),
        (OldAddress(), "/a#b", "JY033"),
        (OldAddress(), "/a\x00b", "JY033"),
        (OldAddress(), "/" + "长" * 100, "JY033"),
        (Nested(_Inner), "甲", "JY013"),
        (Nested(_Inner), {"count": 1}, "JY011"),
        (Many(Nested(_Inner)), [{"name": "甲"}, "乙"], "JY013"),
    ],
)
def test_tells(value: Value, raw: object, code: str) -> None:
    found, told = _read(value, raw)
    assert told == [code]
    assert found is None


@pytest.mark.parametrize("raw", [None, "", "  ", "\u3000\n", "\x00\x0b"])
def test_a_key_without_value_is_as_if_not_written(raw: object) -> None:
    assert _read(Text(), raw) == (None, [])
    reader = ValueReader("content/a.md", {"title": 2})
    assert reader.mapping(_Inner, {"name": raw}) is None
    assert [p.code for p in reader.problems] == ["JY011"]


def test_an_unknown_key_suggests_the_nearest() -> None:
    reader = ValueReader("content/a.md", {"titel": 2})
    assert reader.mapping(KINDS["article"].record, {"titel": "题", "title": "题"}) is not None
    (found,) = reader.problems
    assert (found.line, found.code) == (2, "JY010")
    assert "titel" in found.message
    assert "title" in found.message


@pytest.mark.parametrize("name", ["a[", "a.[b", "[", "a[x]", "]", ".", "a..b", "site.x["])
def test_a_key_without_line_is_told_all_the_same(name: str) -> None:
    reader = ValueReader("mkdocs.yml", {"site": 3, "a": 5})
    reader.mapping(_Inner, {name: 1, "name": "甲"}, "site.")
    assert [(p.code, p.line) for p in reader.problems] == [("JY010", 3)]


def test_the_fault_of_an_item_is_told_at_its_line() -> None:
    lines = {"attachments": 4, "attachments[0]": 5, "attachments[1]": 6, "attachments[1].fil": 6}
    reader = ValueReader("content/a.md", lines)
    raw = {"title": "题", "attachments": [{"file": "a.pdf"}, {"fil": "b.pdf"}]}
    reader.mapping(KINDS["article"].record, raw)
    assert [(p.code, p.line) for p in reader.problems] == [("JY010", 6), ("JY011", 6)]


JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-5, 3000),
        st.text(alphabet="a题 ,2022-03-18:/.[]#", max_size=12),
    ),
    lambda below: st.one_of(
        st.lists(below, max_size=3),
        st.dictionaries(st.text(alphabet="abfile.[", max_size=5), below, max_size=3),
    ),
    max_leaves=6,
)


@st.composite
def _written(draw: st.DrawFn) -> tuple[Kind, dict[str, Any]]:
    kind = draw(st.sampled_from(sorted(KINDS.values(), key=lambda k: k.name)))
    names = st.one_of(st.sampled_from(sorted(keys_of(kind.record))), st.just("kein"))
    return kind, draw(st.dictionaries(names, JSON, max_size=4))


@given(_written())
def test_every_value_is_read_or_told(written: tuple[Kind, dict[str, Any]]) -> None:
    kind, values = written
    reader = ValueReader("content/a.md", {name: n for n, name in enumerate(values, 2)})
    read = reader.mapping(kind.record, values)
    told = {p.line for p in reader.problems}
    declared = keys_of(kind.record)
    for line, (name, raw) in enumerate(values.items(), 2):
        is_read = read is not None and name in declared and declared[name].field in read
        blank = raw is None or (isinstance(raw, str) and not raw.strip())
        assert is_read or line in told or (blank and name in declared) or read is None
    assert read is not None or reader.problems
    assert all(found.code in CATALOGUE for found in reader.problems)
    if read is not None and not reader.problems:
        assert issubclass(kind.record, Record)
