"""``jianyan search query`` over the files of an index."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from site_plugins.cli import main
from site_plugins.outputs.search.documents import SearchDocument, SearchLabels
from site_plugins.outputs.search.index import build_index

DOCUMENTS = [
    SearchDocument(
        "/news/a/",
        "老旧小区改造座谈会",
        date="2022-03-18",
        kind="article",
        column="news",
        year=2022,
        texts=("市政协召开座谈会，围绕老旧小区改造协商议政。",),
    ),
    SearchDocument("/notices/b/", "关于座谈会的公告", kind="notice", column="notices"),
]
LABELS = SearchLabels(kinds={"article": "文章"}, columns={"news": "要闻"})


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for path, content in build_index(DOCUMENTS, LABELS):
        target = tmp_path / "search" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return tmp_path


def test_results_for_people(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "query", "老旧小区", "座谈会", "--site", str(site)]) == 0
    assert capsys.readouterr().out == (
        "找到 1 条\n\n老旧小区改造座谈会\n  /news/a/　2022-03-18　要闻　文章\n"
        "  市政协召开座谈会，围绕老旧小区改造协商议政。\n"
    )


@pytest.mark.parametrize(
    ("words", "options", "urls"),
    [
        ("座谈会", [], ["/news/a/", "/notices/b/"]),
        ("座谈会 -公告", [], ["/news/a/"]),
        ("座谈会", ["--kind", "notice"], ["/notices/b/"]),
        ("座谈会", ["--column", "news"], ["/news/a/"]),
        ("座谈会", ["--year", "2021"], []),
        ("座谈会", ["--limit", "1"], ["/news/a/"]),
        ("座谈会", ["--offset", "1", "--all"], ["/notices/b/"]),
        ("座谈会", ["--sort", "oldest"], ["/news/a/", "/notices/b/"]),
    ],
)
def test_results_for_programs(
    site: Path,
    words: str,
    options: list[str],
    urls: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["search", "query", words, "--site", str(site), "--json", *options]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [result["url"] for result in answer["results"]] == urls


def test_what_is_similar_is_said_to_be(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "query", "老旧小区改照座谈会", "--site", str(site)]) == 0
    told = capsys.readouterr().out
    assert told.startswith("没有找到完全相符的，下面这些只差一个字\n可以改搜：老旧　谈会\n")
    assert "/news/a/" in told
    assert main(["search", "query", "laojiuxiaoqu", "--site", str(site)]) == 0
    assert capsys.readouterr().out.startswith("找到 1 条（按拼音）\n")
    assert main(["search", "query", "龘", "--site", str(site)]) == 0
    assert capsys.readouterr().out == "找到 0 条\n"


def test_a_folder_without_an_index(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "query", "词", "--site", str(site / "search")]) == 1
    answered = capsys.readouterr()
    assert answered.out == ""
    assert "没有搜索索引" in answered.err


def test_a_damaged_index(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "search" / "base" / "terms" / "00" / "00.bin").unlink()
    assert main(["search", "query", "座谈", "--site", str(site)]) == 1
    assert "jianyan build --compact" in capsys.readouterr().err
    (site / "search" / "catalogue.bin").write_bytes(b"damaged")
    assert main(["search", "query", "座谈", "--site", str(site)]) == 1
    assert "读不懂" in capsys.readouterr().err
