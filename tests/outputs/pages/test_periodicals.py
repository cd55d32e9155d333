"""The wall of a periodical and the pages of its issues."""

from __future__ import annotations

from site_plugins.outputs.pages.views.periodicals import IssueView, PeriodicalView
from tests.site_in_memory import Files, Shown, edition_of, pages_of


def _issue(number: int, **keys: str) -> str:
    more = "".join(f"  {name}: {value}\n" for name, value in keys.items())
    return (
        f"---\ntitle: 2023年第{number}期\nissue:\n  year: 2023\n  number: {number}\n"
        f"  published: 2023-0{number}-01\n{more}---\n"
    )


FILES: Files = {
    "z/index.md": "---\ntitle: 杂志\nperiodical:\n  registration: internal\n  number: 示例001号\n"
    "  organiser: 示例市政协\n  frequency: 季刊\n  founded: 2001\n  intro: 介绍\n---\n说明\n",
    "z/2023-01/index.md": _issue(
        1,
        cover="cover.png",
        total_number="12",
        theme="公园",
        contents="[{section: 卷首, articles: [a]}, {section: 协商, articles: [b]}]",
        colophon="|\n    主编：某甲\n\n    校对：某乙",
        attachments="{file: whole.pdf, name: 全刊}",
    ),
    "z/2023-01/cover.png": b"PNG",
    "z/2023-01/whole.pdf": b"%PDF",
    "z/2023-01/a.md": "---\ntitle: 卷首语\ndate: 2023-01-01\npages: 1–3\n---\n正文一\n",
    "z/2023-01/b.md": "---\ntitle: 文章\ndate: 2023-01-01\npages: 4\n---\n正文二\n",
    "z/2023-02/index.md": _issue(2, visibility="summary"),
    "z/2023-02/c.md": "---\ntitle: 只见题目\ndate: 2023-02-01\nsummary: 不可见\n---\n机密\n",
    "z/2023-03/index.md": _issue(3, visibility="hidden"),
}


def _pages() -> dict[str, Shown]:
    return pages_of(edition_of(FILES))


def test_the_wall() -> None:
    page = _pages()["z/"]
    view = page.view
    assert isinstance(view, PeriodicalView)
    assert (view.title, view.intro, view.body_html) == ("《杂志》", "介绍", "<p>说明</p>")
    assert [(f.label, f.value) for f in view.facts] == [
        ("编印", "示例市政协"),
        ("内部资料准印证", "示例001号"),
        ("刊期", "季刊"),
        ("创办", "2001年"),
    ]
    assert [(y, [c.number for c in covers]) for y, covers in view.years] == [
        ("2023", ["第2期", "第1期"])
    ]
    assert view.newest is not None
    assert view.newest.title == "2023年第2期"
    assert [f.url for f in page.page.feeds] == ["feed.xml", "z/feed.xml"]


def test_an_issue() -> None:
    page = _pages()["z/2023-01/"]
    view = page.view
    assert isinstance(view, IssueView)
    assert [(f.label, f.value) for f in view.facts] == [
        ("出版日期", "2023年1月1日"),
        ("期号", "总第12期"),
        ("本期主题", "公园"),
        ("文章", "2篇"),
    ]
    assert [(s.title, [(a.title, a.note) for a in s.articles]) for s in view.sections] == [
        ("卷首", [("卷首语", "1")]),
        ("协商", [("文章", "4")]),
    ]
    assert view.colophon == ("主编：某甲", "校对：某乙")
    assert [(a.url, a.name) for a in view.attachments] == [("z/2023-01/whole.pdf", "全刊")]
    assert view.cover.image is not None
    assert (view.cover.image.url, view.cover.image.alt) == (
        "z/2023-01/cover.png",
        "2023年第1期封面",
    )
    assert (view.older, view.newer and view.newer.url) == (None, "z/2023-02/")
    assert page.page.title == "《杂志》2023年第1期"


def test_an_issue_that_is_not_readable_tells_its_contents_alone() -> None:
    pages = _pages()
    view = pages["z/2023-02/"].view
    assert isinstance(view, IssueView)
    assert not view.readable
    ((entry,),) = (section.articles for section in view.sections)
    assert (entry.title, entry.url, entry.summary) == ("只见题目", "", "")
    assert "z/2023-02/c/" not in pages
    assert "机密" not in str(pages)
    assert "不可见" not in str(pages)


def test_a_hidden_issue_is_nowhere() -> None:
    pages = _pages()
    assert "z/2023-03/" not in pages
    assert "2023-03" not in str(pages)
