"""Links, anchors and pictures in texts."""

from __future__ import annotations

import pytest

from site_plugins.checks.texts import LineFinder
from tests.site_in_memory import Files, column, problems_of, record

THERE: Files = {
    "news/index.md": column("要闻"),
    "news/there.md": record("在", text="## 标题 {#head}\n\n正文\n"),
    "news/draft.md": record("草稿", status="draft"),
    "news/gone.md": record("撤稿", status="withdrawn"),
    "news/x.png": b"PNG",
    "news/a.pdf": b"%PDF",
    "news/a.key": b"secret",
    "news/faulty.md": b"\xff\xff\xff",
    "news/use.md": record("用", text="[a](a.pdf) ![x](x.png)\n"),
}


def _told(text: str) -> list[str]:
    found = problems_of({**THERE, "news/a.md": record("甲", text=text)})
    return [one.removeprefix("content/news/a.md:") for one in found if "news/a.md" in one]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[x](there.md)", []),
        ("[x](there.md#head)", []),
        ("[x](there.md#top)", []),
        ("[x](/news/there/#head)", []),
        ("[x](gone.md)", []),
        ("[x](a.pdf)", []),
        ("![x](x.png)", []),
        ("[x](x.png)", []),
        ("[x](https://example.com/)", []),
        ("[x](mailto:a@example.com)", []),
        ("[x](/feeds/) [x](/news/archive/2022/) [x](/)", []),
        ("[x]()", []),
        ("[x](there.md#feet)", ["6 JY026"]),
        ("[x](#nowhere)", ["6 JY026"]),
        ("## 此处 {#here}\n\n[x](#here)", []),
        ("[x](missing.md)", ["6 JY025"]),
        ("[x](missing/)", ["6 JY025"]),
        ("[x](missing.pdf)", ["6 JY025"]),
        ("![x](missing.png)", ["6 JY020"]),
        ("![x](there.md)", ["6 JY020"]),
        ("![x](a.pdf)", ["6 JY044"]),
        ("[x](a.key)", ["6 JY023"]),
        ("[x](draft.md)", ["6 JY028"]),
        ("[x](faulty.md)", []),
        ("[x](../../out.md)", ["6 JY022"]),
        ("[x](javascript:alert)", ["6 JY027"]),
        ("![x](https://example.com/x.png)", ["6 JY024"]),
        ("![x](//example.com/x.png)", ["6 JY024"]),
        ("一\n\n[x](missing.md)\n\n二 [x](missing.md)", ["8 JY025", "10 JY025"]),
    ],
)
def test_links_of_a_text(text: str, told: list[str]) -> None:
    assert _told(text) == told


def test_a_draft_is_checked_too_and_a_withdrawn_text_is_not() -> None:
    files = {
        **THERE,
        "news/a.md": record("草稿", text="[x](missing.md)", status="draft"),
        "news/b.md": record("撤稿", text="[x](missing.md)", status="withdrawn"),
    }
    told = [one for one in problems_of(files) if "JY025" in one]
    assert told == ["content/news/a.md:7 JY025"]


def test_of_many_broken_links_each_is_told_quickly() -> None:
    links = "\n\n".join(f"[x](missing-{n}.md)" for n in range(200))
    others: Files = {f"news/{n}.md": record(str(n)) for n in range(300)}
    found = problems_of({**others, "news/index.md": column("要闻"), "a.md": f"# 一\n\n{links}\n"})
    assert len(found) == 200


def test_the_line_finder_goes_down_and_begins_again() -> None:
    finder = LineFinder("甲 X\n乙\n丙 x\n", 5)
    assert finder.of("nowhere") == 5
    assert [finder.of("x", either_case=True) for _ in range(3)] == [5, 7, 5]
    assert finder.of("乙") == 6
