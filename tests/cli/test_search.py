"""``jianyan search query`` over the files of an index."""

from __future__ import annotations

import json
import subprocess
import sys
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
    write(tmp_path, DOCUMENTS, LABELS)
    return tmp_path


def write(folder: Path, documents: list[SearchDocument], labels: SearchLabels) -> None:
    for path, content in build_index(documents, labels):
        target = folder / "search" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


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
        ("座谈会", ["--column", "/news/"], ["/news/a/"]),
        ("座谈会", ["--column", "要闻"], ["/news/a/"]),
        ("座谈会", ["--column", "notices"], ["/notices/b/"]),
        ("座谈会", ["--kind", "文章"], ["/news/a/"]),
        ("座谈会", ["--year", "２０２２年"], ["/news/a/"]),
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


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["座谈会", "--kind", "foo"], "没有“foo”这个类型；可用：article（文章）、notice\n"),
        (["座谈会", "--column", "要"], "没有“要”这个栏目；可用：news（要闻）、notices\n"),
        (["座谈会", "--periodical", "x"], "没有“x”这个刊物；可用：（没有）\n"),
        (["座谈会", "--year", "abc"], "年份“abc”不成立。请写成 2022；有：2022\n"),
        (["座谈会", "--limit", "-1"], "--limit 不能小于 0\n"),
        (["座谈会", "--offset", "-3"], "--offset 不能小于 0\n"),
        ([""], "请输入要找的字词，标点不算\n"),
        (["-"], "请输入要找的字词，标点不算\n"),
        (["，。", "《》"], "请输入要找的字词，标点不算\n"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    site: Path, options: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "query", *options, "--site", str(site)]) == 2
    answered = capsys.readouterr()
    assert (answered.out, answered.err) == ("", told)


def test_a_name_of_several_columns_asks_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labels = SearchLabels(columns={"news": "要闻", "old": "要闻"})
    write(tmp_path, DOCUMENTS, labels)
    assert main(["search", "query", "会", "--site", str(tmp_path), "--column", "要闻"]) == 2
    told = "有几个栏目叫“要闻”；可用：news（要闻）、old（要闻）\n"
    assert capsys.readouterr().err == told


def test_a_number_that_is_not_exact_is_not_said_to_be_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # 协商 and 民主 stand at offsets that are equal modulo 14, yet not side by side.
    apart = "协商" + "甲乙丙丁戊己庚辛壬癸子丑寅卯" + "民主"
    texts = ("协商民主", apart, apart)
    documents = [SearchDocument(f"/{at}/", "题", texts=(text,)) for at, text in enumerate(texts)]
    write(tmp_path, documents, SearchLabels())
    asked = ["search", "query", "协商民主", "--site", str(tmp_path)]
    assert main([*asked, "--limit", "2"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first == "可能有 2 条，没有逐篇核对；要确切的数，用 --all"
    assert main([*asked, "--all"]) == 0
    assert capsys.readouterr().out.startswith("找到 1 条\n")


def test_what_comes_near_can_be_gone_on_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    documents = [SearchDocument(f"/{at}/", f"第{at}次双月协商座谈会") for at in range(14)]
    write(tmp_path, documents, SearchLabels())
    asked = ["search", "query", "双月协商座淡会", "--site", str(tmp_path)]
    assert main(asked) == 0
    first, *lines = capsys.readouterr().out.splitlines()
    assert first == "没有找到完全相符的，下面这些只差一个字"
    shown = [line.strip() for line in lines if line.startswith("  /")]
    hint = lines[-1].removeprefix("可能还有相近的，用 ").removesuffix(" 接着找")
    assert main([*asked, *hint.split()]) == 0
    *others, last = capsys.readouterr().out.splitlines()
    shown += [line.strip() for line in (*others, last) if line.startswith("  /")]
    assert sorted(shown) == sorted(document.address for document in documents)
    assert "接着找" not in last


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_is_told(site: Path) -> None:
    command = [sys.executable, "-c", "from site_plugins.cli import run; run()", "search", "query"]
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [*command, "座谈会", "--site", str(site)],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (1, "结果没有写完：磁盘满了\n")


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
