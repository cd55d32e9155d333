"""Sheets, texts, problems and drafts as bytes and back again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_plugins.build.packing import (
    PackedSheet,
    Unpackable,
    pack_draft,
    pack_problems,
    pack_sheet,
    pack_sheets,
    packed_html,
    unpack_blocks,
    unpack_draft,
    unpack_facts,
    unpack_problems,
    unpack_sheet,
    unpack_sheets,
)
from site_plugins.build.sheets import FullSheet, make_sheet
from site_plugins.domain.model.kinds import KINDS
from site_plugins.domain.problems import Severity
from site_plugins.outputs.pages import PageDraft, page_units
from site_plugins.outputs.pages.layouts import LAYOUTS
from site_plugins.reading.markdown_file import Surroundings
from site_plugins.reading.sources import FileAtHand
from tests.changing_site import WHOLE
from tests.site_in_memory import Files, column, convert, edition_of, prepared_of, record, settings

OTHERS: dict[str, dict[str, str]] = {
    "consultation": {"start": "2022-01-01"},
    "opinion": {"reported_on": "2022-01-01"},
    "research": {},
    "supervision": {},
}
# A site with a record of every kind that may be written, in every holder.
EVERY: Files = {
    **WHOLE,
    "n/index.md": column("公告", "notice"),
    "n/a.md": record(
        "公告", number="1号", deadline="2022-05-01 17:30", attachments="{file: a.pdf}"
    ),
    "n/a.pdf": b"%PDF",
    "p/index.md": column("提案", "proposal"),
    "p/1.md": "---\ntitle: 提案\nnumber: 1\nfiled: 2022-01-01\npublic: true\n---\n案由。\n",
    **{f"{kind}/index.md": column(kind, kind) for kind in OTHERS},
    **{f"{kind}/a.md": record(kind, **keys) for kind, keys in OTHERS.items()},
    "plans/2023/index.md": record(
        "2023年工作要点", "2023-02-01", year=2023, text="一、学习\n\n（一）武装。再学。\n"
    ),
    "news/gone.md": record("撤", status="withdrawn", withdrawn_reason="有误"),
    "b/index.md": column("专委会", "body"),
    "b/a.md": "---\nname: 某会\n---\n职责。\n",
    "news/long.md": record(
        "长",
        "2022-03-18 09:30",
        publish_at="2022-03-18T10:00:00+01:00",
        aliases="['/view.php?id=1', /old]",
        tags="[甲, 乙]",
        source_url="https://example.com/?a=1&b=2",
        text="## 一 {#yi}\n\n[x](#yi) ![图](x.png) [外](https://example.com/)\n",
    ),
}


def _around(path: str, files: Files) -> Surroundings:
    """The surroundings of a file in the folder of its column."""
    content = prepared_of(files).edition.plain
    node = content.columns.get(path.rpartition("/")[0])
    if node is None or path.endswith("index.md"):
        return Surroundings()
    holds = tuple(node.column.column.holds)
    return Surroundings(holder="column", folder=node.path, title=node.column.title, holds=holds)


def _sheet(path: str, written: str | bytes, around: Surroundings | None = None) -> FullSheet:
    content = written if isinstance(written, bytes) else written.encode("utf-8")
    source = FileAtHand(path, len(content), lambda: content)
    return make_sheet(source, around or Surroundings(), settings(), convert)


def _sheets() -> dict[str, FullSheet]:
    made = {}
    for path, written in EVERY.items():
        if path.endswith(".md") and path.count("/") < 2:
            made[path] = _sheet(path, written, _around(path, EVERY))
    issue = Surroundings(holder="issue", folder="z/2023-01", title="第1期")
    path = "z/2023-01/a.md"
    made[path] = _sheet(path, EVERY[path], issue)
    held = Surroundings(holder="periodical", folder="z", title="杂志")
    path = "z/2023-01/index.md"
    made[path] = _sheet(path, EVERY[path], held)
    plans = Surroundings(holder="column", folder="plans", title="计划", holds=("plan",))
    path = "plans/2022/index.md"
    made[path] = _sheet(path, EVERY[path], plans)
    made["broken.md"] = _sheet("broken.md", b"---\ntitle: \xff\n---\n")
    made["news/odd.md"] = _sheet(
        "news/odd.md",
        record("乙", colour="red", date_="x"),
        Surroundings(holder="column", folder="news", title="要闻", holds=("article",)),
    )
    return made


SHEETS = _sheets()


def test_every_kind_is_among_the_sheets() -> None:
    assert not [p for p in prepared_of(EVERY).problems if p.severity is not Severity.INFO]
    kinds = {packed.kind for packed in map(pack_sheet, SHEETS.values())}
    assert kinds == {*KINDS, "/column", "/periodical", "/issue", ""}
    assert SHEETS["plans/2022/index.md"].sheet.clauses
    assert SHEETS["news/odd.md"].sheet.problems
    assert SHEETS["broken.md"].sheet.unread


@pytest.mark.parametrize("path", sorted(SHEETS))
def test_a_sheet_comes_back_as_it_was(path: str) -> None:
    full = SHEETS[path]
    packed = pack_sheet(full)
    assert unpack_sheet(packed.kind, packed.sheet) == full.sheet
    if full.text is not None:
        assert unpack_facts(packed.facts) == full.facts
        assert packed_html(packed.text).decode("utf-8") == full.text.html
        assert unpack_blocks(packed.text) == full.text.blocks
    else:
        assert (packed.facts, packed.text) == (b"", b"")
    assert pack_sheet(full) == packed


@pytest.mark.parametrize("kind", sorted({*KINDS, "/column", "/periodical", "/issue", ""}))
def test_many_sheets_of_a_kind_come_back_together(kind: str) -> None:
    kept = {
        path: ("digest of " + path, 1 << 55, full.sheet)
        for path, full in SHEETS.items()
        if pack_sheet(full).kind == kind
    }
    assert kept
    assert unpack_sheets(kind, pack_sheets(kept)) == kept


@pytest.mark.parametrize(
    "date",
    [
        "0001-01-01",
        "0001-01-01 08:00",
        "9999-12-31 23:59",
        "2022-03-18T09:30:00+05:45",
    ],
)
def test_any_date_that_can_be_read_can_be_packed(date: str) -> None:
    around = Surroundings(holder="column", folder="news", title="要闻", holds=("article",))
    full = _sheet("news/a.md", record("甲", date), around)
    packed = pack_sheet(full)
    assert full.sheet.made is not None
    assert unpack_sheet(packed.kind, packed.sheet) == full.sheet


@pytest.mark.parametrize("number", ["9" * 18, "18446744073709551616", "1" + "0" * 25])
def test_any_number_that_can_be_read_can_be_packed(number: str) -> None:
    around = Surroundings(holder="column", folder="m", title="人", holds=("member",))
    full = _sheet("m/a.md", f"---\nname: 某甲\norder: {number}\n---\n", around)
    packed = pack_sheet(full)
    assert unpack_sheet(packed.kind, packed.sheet) == full.sheet


def _pieces(packed: PackedSheet) -> Iterator[tuple[str, bytes]]:
    yield "sheet", packed.sheet
    yield "facts", packed.facts
    yield "text", packed.text


@given(st.sampled_from(sorted(SHEETS)), st.data())
def test_damaged_bytes_are_found_out_or_are_still_a_sheet(path: str, data: st.DataObject) -> None:
    packed = pack_sheet(SHEETS[path])
    name, content = data.draw(st.sampled_from([p for p in _pieces(packed) if p[1]]))
    damage = data.draw(st.sampled_from(["cut", "flip", "more", "other"]))
    at = data.draw(st.integers(0, len(content) - 1))
    damaged = {
        "cut": content[:at],
        "flip": content[:at]
        + bytes([content[at] ^ data.draw(st.integers(1, 255))])
        + content[at + 1 :],
        "more": content + data.draw(st.binary(min_size=1, max_size=3)),
        "other": data.draw(st.binary(min_size=1, max_size=40)),
    }[damage]
    pieces = {**dict(_pieces(packed)), name: damaged}
    hurt = PackedSheet(packed.kind, **pieces)
    # No other error than this one, whatever the bytes.
    try:
        unpack_sheet(hurt.kind, hurt.sheet)
        unpack_facts(hurt.facts)
        unpack_blocks(hurt.text)
    except Unpackable:
        return
    assert damage in ("flip", "other") or damaged == b""


@pytest.mark.parametrize("content", [b"\x00", b"\xc1", b"\x93\x01\x02\x03", b"\x80\x80", b"text"])
def test_what_was_never_packed_is_not_unpacked(content: bytes) -> None:
    packed = pack_sheet(SHEETS["news/long.md"])
    for unpack in (unpack_facts, packed_html, unpack_blocks):
        with pytest.raises(Unpackable):
            unpack(content)
    with pytest.raises(Unpackable):
        unpack_sheet(packed.kind, content)
    with pytest.raises(Unpackable):
        unpack_sheets(packed.kind, content)
    with pytest.raises(Unpackable):
        unpack_problems(content)
    with pytest.raises(Unpackable):
        unpack_draft(content)


def test_another_kind_than_it_was_is_not_unpacked() -> None:
    packed = pack_sheet(SHEETS["z/index.md"])
    for kind in ("/issue", "none"):
        with pytest.raises(Unpackable):
            unpack_sheet(kind, packed.sheet)


def test_no_text_has_nothing_in_it() -> None:
    assert (packed_html(b""), unpack_blocks(b"")) == (b"", ())
    assert unpack_facts(b"").digest == ""
    assert (pack_problems(()), unpack_problems(b"")) == (b"", ())


def test_problems_come_back_as_they_were() -> None:
    files: Files = {
        **EVERY,
        "news/a.md": record("甲", colour="red", text="[x](missing.md) [y](javascript:x)"),
        "news/b.md": record("乙", members="m/none"),
    }
    problems = prepared_of(files).problems
    assert len(problems) > 3
    assert unpack_problems(pack_problems(problems)) == problems


def _drafts(files: Files) -> list[PageDraft]:
    _, units = page_units(edition_of(files))
    return [draft() for _, draft in units]


@pytest.mark.parametrize("draft", _drafts(EVERY), ids=lambda draft: draft.path)
def test_a_draft_comes_back_as_it_was(draft: PageDraft) -> None:
    assert unpack_draft(pack_draft(draft)) == draft


def test_every_layout_has_a_draft() -> None:
    assert {draft.layout for draft in _drafts(EVERY)} == set(LAYOUTS)
