"""From files to an edition: every problem is told, the faulty is left out, nothing leaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from site_plugins.build.preparation import prepare
from site_plugins.domain.converted import ConversionError, ConvertedText
from site_plugins.domain.edition import Edition
from site_plugins.domain.model.records import Plan
from site_plugins.reading.sources import content_digest
from tests.site_in_memory import (
    NOW,
    Files,
    PlainBench,
    at,
    column,
    convert,
    prepared_of,
    problems_of,
    record,
    settings,
    workshop,
)

PLAN = "一、加强学习\n\n（一）理论武装。坚持[学习](../../news/a.md)。\n\n1. 第一项。\n"
FILES: Files = {
    "index.md": "# 首页\n\n![图](pictures/home.png)\n",
    "news/index.md": column("要闻"),
    "news/a.md": record("甲", text="[x](a.pdf)", image="a.png", image_alt="图", tags="[公园]"),
    "news/a.pdf": b"%PDF",
    "news/a.png": b"PNG",
    "pictures/home.png": b"PNG",
    "plans/index.md": column("计划", "plan"),
    "plans/2022/index.md": record("2022年工作要点", year=2022, text=PLAN),
}


def test_an_edition_has_everything_outputs_need() -> None:
    prepared = prepared_of(FILES)
    edition = prepared.edition
    assert [problem.code for problem in prepared.problems] == ["JY095"]
    assert (prepared.errors, prepared.left_out) == (0, 0)
    assert list(prepared.files) == ["news/a.pdf", "news/a.png", "pictures/home.png"]
    assert all(prepared.files[path] == content_digest(_bytes(path)) for path in prepared.files)
    assert dict(edition.pictures) == {"news/a.png": (640, 360), "pictures/home.png": (640, 360)}
    assert edition.sizes["news/a.pdf"] == 4
    assert set(edition.texts_at().values()) == {"index.md", "news/a.md", "plans/2022/index.md"}
    assert (prepared.read, prepared.texts) == (5, 5)


def _bytes(path: str) -> bytes:
    written = FILES[path]
    assert isinstance(written, bytes)
    return written


def test_a_plan_is_cut_into_its_parts() -> None:
    edition = prepared_of(FILES).edition
    plan = edition.site.records["plans/2022/index.md"]
    assert isinstance(plan, Plan)
    html = edition.plan_html(plan)
    assert [(p.id, p.title) for p in html.parts] == [("1", "加强学习")]
    (clause,) = html.parts[0].clauses
    assert (clause.id, clause.title, [i.id for i in clause.items]) == (
        "1-1",
        "理论武装",
        ["1-1-1"],
    )
    assert edition.clauses["plans/2022"] == {
        "1-1": "一（一）理论武装",
        "1-1-1": "一（一）理论武装 1.第一项",
    }
    assert {"1", "1-1", "1-1-1"} <= set(edition.text_of(plan).ids)
    blocks = edition.blocks_of(plan)
    assert not any("\ufdd0" <= char <= "\ufdef" for block in blocks for char in block)


LEAKS = [
    {"status": "draft"},
    {"publish_at": "2023-12-01"},
    {"expire_at": "2023-01-01"},
    {"status": "withdrawn"},
    {"colour": "red"},
]


@pytest.mark.parametrize("keys", LEAKS, ids=str)
def test_what_is_not_public_takes_its_files_along(keys: dict[str, str]) -> None:
    text = record(
        "甲", text="[x](b.pdf) ![x](b.png)", attachments="{file: c.pdf}", image="c.png", **keys
    ).replace("image: c.png", "image: c.png\nimage_alt: 图")
    files: Files = {
        "news/index.md": column("要闻"),
        "news/a.md": text,
        "news/b.pdf": b"1",
        "news/b.png": b"2",
        "news/c.pdf": b"3",
        "news/c.png": b"4",
        "news/d.pdf": b"5",
        "news/x.md": record("乙", text="[x](d.pdf)"),
    }
    prepared = prepared_of(files)
    assert list(prepared.files) == ["news/d.pdf"]
    assert "news/a.md" not in prepared.edition.texts_at().values()
    assert [p.path for p in prepared.problems if p.code == "JY040"] == []


def test_a_proposal_without_consent_leaks_nothing() -> None:
    files: Files = {
        "proposals/index.md": column("提案", "proposal"),
        "proposals/1.md": "---\ntitle: 提案\nnumber: 1\nfiled: 2022-01-01\n---\n[x](1.pdf)\n",
        "proposals/1.pdf": b"1",
    }
    prepared = prepared_of(files)
    assert (list(prepared.files), list(prepared.edition.site.records)) == ([], [])
    assert prepared.edition.site.hidden == {"proposals/1.md"}


def test_a_hidden_issue_leaks_nothing() -> None:
    index = (
        "---\ntitle: 第1期\nissue:\n  year: 2023\n  number: 1\n  published: 2023-01-01\n"
        "  visibility: {}\n  cover: c.png\n---\n"
    )
    files: Files = {
        "z/index.md": "---\ntitle: 杂志\nperiodical: {order: 1}\n---\n",
        "z/2023-01/index.md": index.replace("{}", "hidden"),
        "z/2023-01/c.png": b"1",
        "z/2023-01/a.md": "---\ntitle: 甲\ndate: 2023-01-01\n---\n![x](a.png)\n",
        "z/2023-01/a.png": b"2",
    }
    assert list(prepared_of(files).files) == []
    summary = {**files, "z/2023-01/index.md": index.replace("{}", "summary")}
    assert list(prepared_of(summary).files) == ["z/2023-01/c.png"]
    public = {**files, "z/2023-01/index.md": index.replace("{}", "public")}
    assert list(prepared_of(public).files) == ["z/2023-01/a.png", "z/2023-01/c.png"]


def test_unused_files_are_told() -> None:
    files = {**FILES, "news/b.pdf": b"x"}
    assert problems_of(files, at("2022-05-01")) == ["content/news/b.pdf:1 JY040"]


def test_all_faults_are_told_at_once_and_none_that_follows_from_another() -> None:
    files = {
        **FILES,
        "news/b.md": record("乙", text="[甲](c.md) [x](missing.md)", members="members/x"),
        "news/c.md": record("丙", text="[乙](b.md)", badge="七个字的徽标啊"),
        "news/d.md": record("丁", text="[乙](b.md) [丙](c.md)"),
    }
    prepared = prepared_of(files, at("2022-05-01"))
    assert [f"{p.path}:{p.line} {p.code}" for p in prepared.problems] == [
        "content/news/b.md:5 JY039",
        "content/news/b.md:7 JY025",
        "content/news/c.md:5 JY015",
    ]
    assert prepared.left_out == 2
    assert "news/d.md" in prepared.edition.site.records
    owner = prepared.edition.site.records["news/d.md"]
    assert prepared.edition.html(owner, "../../") == "<p><a>乙</a> <a>丙</a></p>"


def test_what_cannot_be_converted_is_left_out() -> None:
    def fails(markdown: str, path: str) -> ConvertedText:
        if path == "news/a.md":
            raise ConversionError("层次太深")
        return convert(markdown, path)

    prepared = prepare(settings(), NOW, workshop(FILES, PlainBench(convert=fails)))
    (found,) = (p for p in prepared.problems if p.is_error)
    assert (found.path, found.code, found.line) == ("content/news/a.md", "JY056", 9)
    assert "层次太深" in found.message
    assert "news/a.md" not in prepared.edition.site.records


def test_a_text_is_converted_once() -> None:
    converted: list[str] = []

    def counts(markdown: str, path: str) -> ConvertedText:
        converted.append(path)
        return convert(markdown, path)

    prepare(settings(), NOW, workshop(FILES, PlainBench(convert=counts)))
    assert sorted(converted) == ["index.md", "news/a.md", "plans/2022/index.md"]


@pytest.mark.parametrize("keys", LEAKS[:-1], ids=str)
def test_plugins_of_others_see_only_what_is_public(keys: dict[str, str]) -> None:
    seen: list[str] = []

    def shown(markdown: str, path: str) -> ConvertedText:
        seen.append(path)
        return convert(markdown, path)

    files = {**FILES, "news/b.md": record("乙", text="[x](missing.md)", **keys)}
    prepare(settings(), NOW, replace(workshop(files), events=shown))
    assert sorted(seen) == ["index.md", "news/a.md", "plans/2022/index.md"]


@pytest.mark.parametrize(
    ("now", "records"),
    [("2023-10-19T23:59", 3), ("2023-10-20T00:00", 4)],
)
def test_the_clock_decides(now: str, records: int) -> None:
    files = {**FILES, "news/b.md": record("乙", publish_at="2023-10-20")}
    assert len(prepared_of(files, at(now)).edition.site.records) == records


@given(st.permutations(sorted(FILES)))
def test_an_edition_does_not_depend_on_the_order_of_files(paths: list[str]) -> None:
    straight = prepared_of(FILES)
    shuffled = prepared_of({path: FILES[path] for path in paths})
    assert shuffled.files == straight.files
    assert shuffled.edition.plain == straight.edition.plain
    assert shuffled.edition.texts_at() == straight.edition.texts_at()
    assert _digests(shuffled.edition) == _digests(straight.edition)


def _digests(edition: Edition) -> dict[str, str]:
    return {name: shelf.digest() for name, shelf in edition.book.shelves.items()}
