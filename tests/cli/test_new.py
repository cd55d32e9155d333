"""``jianyan new``: the file lies in the right place and has what its kind asks for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from site_plugins.cli import main
from site_plugins.domain.model.kinds import KINDS
from site_plugins.reading.content import Content, read_content
from site_plugins.tools.content_folder import ContentFolder
from tests.site_in_memory import column
from tests.site_in_memory import settings as site_settings

NOW = ["--now", "2023-10-20T09:30:00+08:00"]
HOLDS = {
    "news": "article",
    "notices": "notice",
    "mixed": "article, notice",
    "plans": "plan",
    "proposals": "proposal",
    "members": "member",
    "topics": "topic",
    "work": "consultation, supervision, opinion, research, body",
}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("JIANYAN_NOW", raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    content = tmp_path / "content"
    for folder, holds in HOLDS.items():
        (content / folder).mkdir(parents=True)
        (content / folder / "index.md").write_text(column(folder, holds), encoding="utf-8")
    (content / "z/2023-01").mkdir(parents=True)
    (content / "z/index.md").write_text("---\ntitle: 杂志\nperiodical: {order: 1}\n---\n", "utf-8")
    (content / "z/2023-01/index.md").write_text(
        "---\ntitle: 一期\nissue: {year: 2023, number: 1, published: 2023-01-01}\n---\n", "utf-8"
    )
    (tmp_path / "mkdocs.yml").write_text("site_name: 示例\ndocs_dir: content\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _content(site: Path) -> Content:
    sources = ContentFolder(str(site / "content")).sources()
    return read_content(sources, site_settings(content=str(site / "content")))


@pytest.mark.parametrize(
    ("kind", "folder", "path"),
    [
        ("article", "news", "news/2023/1020-di-yi-pian-gao-jian.md"),
        ("notice", "notices", "notices/2023/1020-di-yi-pian-gao-jian.md"),
        ("article", "mixed", "mixed/2023/1020-di-yi-pian-gao-jian.md"),
        ("notice", "mixed", "mixed/2023/1020-di-yi-pian-gao-jian.md"),
        ("plan", "plans", "plans/2023/index.md"),
        ("proposal", "proposals", "proposals/2023/0001.md"),
        ("member", "members", "members/di-yi-pian-gao-jian.md"),
        ("topic", "topics", "topics/di-yi-pian-gao-jian.md"),
        ("consultation", "work", "work/2023/1020-di-yi-pian-gao-jian.md"),
        ("supervision", "work", "work/2023/1020-di-yi-pian-gao-jian.md"),
        ("opinion", "work", "work/2023/1020-di-yi-pian-gao-jian.md"),
        ("research", "work", "work/2023/1020-di-yi-pian-gao-jian.md"),
        ("body", "work", "work/di-yi-pian-gao-jian.md"),
        ("page", "news", "news/di-yi-pian-gao-jian.md"),
        ("page", "about", "about/di-yi-pian-gao-jian.md"),
        ("periodical-article", "z/2023-01", "z/2023-01/di-yi-pian-gao-jian.md"),
    ],
)
def test_every_kind_is_read_again_as_what_it_is(
    site: Path, kind: str, folder: str, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", kind, "--column", folder, "--title", "第一篇稿件", *NOW]) == 0
    assert capsys.readouterr().out == f"content/{path}\n"
    content = _content(site)
    assert content.problems == []
    assert (content.records[path].kind, content.records[path].title) == (kind, "第一篇稿件")


def test_every_kind_is_covered() -> None:
    marks = test_every_kind_is_read_again_as_what_it_is.pytestmark  # type: ignore[attr-defined]
    assert {case[0] for case in marks[0].args[1]} == set(KINDS)


def test_a_new_text_never_takes_the_place_of_another(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["new", "article", "--column", "news", "--title", "稿", "--date", "2023-01-05"]
    assert [main(command) for _ in range(3)] == [0, 0, 0]
    assert capsys.readouterr().out.splitlines() == [
        "content/news/2023/0105-gao.md",
        "content/news/2023/0105-gao-2.md",
        "content/news/2023/0105-gao-3.md",
    ]
    plan = ["new", "plan", "--column", "plans", "--title", "要点", "--date", "2024-01-05"]
    assert [main(plan), main(plan)] == [0, 1]


def test_the_draft_has_what_its_kind_asks_for(site: Path) -> None:
    main(["new", "article", "--column", "news", "--title", "稿：一", "--date", "2023-01-05 09:30"])
    text = (site / "content/news/2023/0105-gao-yi.md").read_text(encoding="utf-8")
    assert text == (
        "---\ntitle: 稿：一\ndate: 2023-01-05 09:30\nsource: 示例\n---\n\n在这里写正文。\n"
    )


@pytest.mark.parametrize(
    ("argv", "status", "told"),
    [
        ([], 2, "缺少 类型"),
        (["article"], 2, "缺少 --column"),
        (["article", "--column", "news"], 2, "缺少 --title"),
        (["article", "--column", "nwes", "--title", "稿"], 1, "“news”"),
        (["notice", "--column", "news", "--title", "稿"], 1, "收录：article（文章）"),
        (["article", "--column", "news", "--title", "稿", "--date", "昨天"], 2, "“昨天”"),
        (["article", "--column", "news", "--title", " "], 2, "标题"),
        (["page", "--column", "../..", "--title", "稿"], 2, "不在内容目录里"),
        (["periodical-article", "--column", "z/2023-02", "--title", "稿"], 1, "z/2023-01"),
    ],
)
def test_what_cannot_be_is_said(
    site: Path, argv: list[str], status: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(site.rglob("*"))
    assert main(["new", *argv]) == status
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert sorted(site.rglob("*")) == before


def test_without_content_nothing_is_made(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "mkdocs.yml").write_text("site_name: 示例\ndocs_dir: nowhere\n", encoding="utf-8")
    assert main(["new", "article", "--column", "news", "--title", "稿"]) == 1
    assert "nowhere" in capsys.readouterr().err
    assert not (site / "nowhere").exists()


TITLES = st.one_of(
    st.text(
        st.sampled_from("题a: #'\"-[]{}&*!|>%@`,?\\\n\t~01.。：\u3000"), min_size=1, max_size=12
    ),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TITLES)
@example("null")
@example("0012")
@example("2023-10-20")
@example("一\nstatus: draft")
@example("- 题")
@example("--")
@example("0\r\x1b")
@example("a" * 300)
def test_any_title_is_read_again(site: Path, title: str) -> None:
    wanted = " ".join(title.split())
    status = main(["new", "article", f"--title={title}", "--column", "news", *NOW])
    content = _content(site)
    assert content.problems == []
    made = list(content.records.items())
    for path, _ in made:
        (site / "content" / path).unlink()
    if status == 0:
        ((_, record),) = made
        kept = "".join(char for char in record.title if char.isprintable())
        assert kept.split() == "".join(char for char in wanted if char.isprintable()).split()
    else:
        assert made == []
        assert len(wanted) > 200 or not any(c.isprintable() and not c.isspace() for c in title)
