"""A deliberately broken site: every problem that content can show, told word for word."""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from pathlib import Path

import pypdf
import pytest

from site_plugins.domain.attachment_text import MOST_CHARACTERS
from site_plugins.domain.catalogue import CATALOGUE
from tests.e2e.commands import Answer, run
from tests.e2e.sites import SITES, article, copy_fixture, settings, small_site, write
from tests.e2e.trees import differences, tree

FOUND = SITES / "broken.txt"
FOUND_JSON = SITES / "broken.json"

# What is wrong with mkdocs.yml or the folder of content, which one site cannot show together.
OF_SETTINGS = {"JY060", "JY061", "JY062", "JY063"}
# What only earlier versions of a file show.
OF_HISTORY = {"JY084"}
# What only printing shows.
OF_PRINTING = {"JY088", "JY089", "JY090", "JY091", "JY092", "JY093"}

PUBLISHED = [
    "content/coloured/sound.md",
    "content/events/index.md",
    "content/index.md",
    "content/members/index.md",
    "content/members/li-xx.md",
    "content/mixed/index.md",
    "content/news/2022/0101-sound.md",
    "content/news/2022/0102-also-sound.md",
    "content/news/2022/0104-withdrawn.md",
    "content/news/2022/0105-attachments.md",
    "content/news/file/Upper Case.md",
    "content/news/file/blank-first.md",
    "content/news/index.md",
    "content/news/links/warnings.md",
    "content/news/same.md",
    "content/news/values/2021/year.md",
    "content/magazine/index.md",
    "content/plans/2023/index.md",
    "content/plans/index.md",
    "content/proposals/index.md",
]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The broken site, with those faults that cannot well lie in a repository."""
    folder = copy_fixture("broken", tmp_path_factory.mktemp("broken") / "site")
    sound = article("用记事本保存的稿件")
    deep = "\n\n".join("    " * depth + "!!! note" for depth in range(400))
    files: dict[str, str | bytes] = {
        "outside.pdf": "在内容目录之外。\n",
        "content/files/big.zip": bytes(30_000),
        "content/news/file/gb18030.md": sound.encode("gb18030"),
        "content/news/file/garbage.md": "---\ntitle: 文件坏了\n---\n".encode() + b"\xff\xfe\x80\n",
        "content/news/file/too-deep.md": article("层次太多", text=deep),
        "content/news/file/too-long.md": article("太长", text="正文。\n" * 60_000),
    }
    write(folder, {**files, **_attachments()})
    os.symlink("../../outside.pdf", folder / "content/files/link.pdf")
    os.symlink("../news", folder / "content/files/news")
    os.symlink("nowhere.pdf", folder / "content/files/nowhere.pdf")
    (folder / "content/files" / os.fsdecode("附件.pdf".encode("gb18030"))).write_bytes(b"%PDF")
    return folder


def _attachments() -> dict[str, str | bytes]:
    """A sound text whose attachments are hard to read."""
    scanned = pypdf.PdfWriter()
    scanned.add_blank_page(200, 200)
    locked = pypdf.PdfWriter()
    locked.add_blank_page(200, 200)
    locked.encrypt("密码", algorithm="RC4-128")
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = "字" * (MOST_CHARACTERS + 1)
    files: dict[str, str | bytes] = {"damaged.pdf": b"%PDF-1.4\n%%EOF\n"}
    for name, writer in (("scanned.pdf", scanned), ("locked.pdf", locked)):
        out = io.BytesIO()
        writer.write(out)
        files[name] = out.getvalue()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        body = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
        document = f'<w:document xmlns:w="{word}">{body}</w:document>'
        archive.writestr("word/document.xml", document)
    files["long.docx"] = packed.getvalue()
    named = ", ".join(f"{{file: {name}}}" for name in files)
    files["0105-attachments.md"] = article("附件难读", "2022-01-05", attachments=f"[{named}]")
    return {f"content/news/2022/{name}": content for name, content in files.items()}


def test_every_problem_is_told_word_for_word(broken: Path) -> None:
    answer = run("jianyan", "check", cwd=broken)
    assert answer.out == FOUND.read_text(encoding="utf-8")
    assert answer.status == 1
    lines = answer.out.splitlines()
    errors = sum(CATALOGUE[line[-6:-1]].severity.name == "ERROR" for line in lines)
    assert f"共 {errors} 处错误" in answer.told


def test_the_json_answer_tells_the_same(broken: Path) -> None:
    answer = run("jianyan", "check", "--format", "json", cwd=broken)
    assert answer.status == 1
    assert answer.out == FOUND_JSON.read_text(encoding="utf-8")
    problems = json.loads(answer.out)["problems"]
    keys = ["code", "severity", "path", "line", "message", "remedy"]
    assert all(list(problem) == keys for problem in problems)
    texts = [
        f"{p['path']}:{p['line']}: {p['message']}。{p['remedy']} [{p['code']}]" for p in problems
    ]
    assert sorted(texts) == sorted(FOUND.read_text(encoding="utf-8").splitlines())


def test_the_site_shows_every_problem_that_content_can_show() -> None:
    problems = json.loads(FOUND_JSON.read_text(encoding="utf-8"))["problems"]
    assert {
        problem["code"] for problem in problems
    } == CATALOGUE.keys() - OF_SETTINGS - OF_HISTORY - OF_PRINTING


def test_every_line_told_is_a_line_of_the_file(broken: Path) -> None:
    problems = json.loads(FOUND_JSON.read_text(encoding="utf-8"))["problems"]
    for problem in problems:
        file = broken / problem["path"]
        if problem["path"].endswith(".md"):
            lines = file.read_bytes().count(b"\n") + 1
            assert 1 <= problem["line"] <= lines, problem


@pytest.mark.host
def test_a_build_leaves_out_the_faulty_and_nothing_else(broken: Path, tmp_path: Path) -> None:
    answer = run("jianyan", "build", "-d", tmp_path / "site", cwd=broken)
    assert (answer.status, answer.out) == (0, "")
    problems = json.loads(FOUND_JSON.read_text(encoding="utf-8"))["problems"]
    texts = {p.relative_to(broken).as_posix() for p in (broken / "content").rglob("*.md")}
    faulty = {p["path"] for p in problems if p["severity"] == "error"}
    files = tree(tmp_path / "site")
    # At the address of one faulty text stands the search page.
    shown = {text for text in texts if _page(text) in files} - {"content/search/index.md"}
    # Of two files with one address one is published.
    assert shown - {"content/news/same/index.md"} == set(PUBLISHED)
    below = texts - faulty - shown
    hidden = {"content/news/2022/0103-draft.md"}
    assert f"{len((faulty & texts) | (below - hidden))} 个文件因错误没有发布" in answer.told
    assert not shown & faulty - {"content/news/same/index.md"}
    for error in (p for p in problems if p["severity"] == "error"):
        assert error["message"] in answer.told


def _page(text: str) -> str:
    path = text.removeprefix("content/").removesuffix(".md")
    return (path.removesuffix("index").strip("/") + "/index.html").lstrip("/")


@pytest.mark.host
def test_a_strict_build_leaves_the_old_site_untouched(broken: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert run("jianyan", "build", "-q", "-d", site, cwd=small_site(tmp_path / "a")).status == 0
    before = tree(site)
    stamps = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    for program in ("jianyan", "mkdocs"):
        answer = run(program, "build", "--strict", "-d", site, cwd=broken)
        assert answer.status == 1
        assert "网站没有更新" in answer.told
    assert differences(before, tree(site)) == []
    assert stamps == {path: path.stat().st_mtime_ns for path in site.rglob("*")}


@pytest.mark.host
def test_warnings_never_fail_a_strict_build(tmp_path: Path) -> None:
    draft = article("草稿", status="draft")
    text = "[草稿](../draft.md)\n\n<script>alert(1)</script>"
    files = {
        "content/news/draft.md": draft,
        "content/news/2021/0108-warned.md": article("有警告", "2022-01-08", text),
    }
    site = small_site(tmp_path / "site", files)
    for program in ("jianyan", "mkdocs"):
        answer = run(program, "build", "--strict", "-d", tmp_path / program, cwd=site)
        assert answer.status == 0, answer.told
        lines = answer.told.splitlines()
        # MkDocs' theme may say something of its own first.
        start = lines.index("警告：") + 1
        told = lines[start : start + 3]
        assert all(re.match(r"content/\S+:\d+: .+ \[JY\d{3}\]$", line) for line in told)


@pytest.mark.parametrize(
    ("config", "told"),
    [
        (
            "site_name: 甲\nsite_url：https://a.example.com/\nplugins: []\n",
            "mkdocs.yml:2: 设置文件读不懂：键后面用了中文冒号。"
            "请改用英文冒号，冒号后空一格 [JY063]",
        ),
        (
            "- site_name\n",
            "mkdocs.yml:1: 设置文件读不懂：应当是“键: 值”的形式。"
            "请检查这一行的缩进、冒号后的空格和引号 [JY063]",
        ),
        (
            settings().replace("site_name: 小网站\n", ""),
            "mkdocs.yml:1: 设置“site_name”：没有写网站名称。请改正 mkdocs.yml [JY060]",
        ),
        (
            settings(url="www.example.com"),
            "mkdocs.yml:2: 设置“site_url”：应当是以 http:// 或 https:// 开头的完整网址。"
            "请改正 mkdocs.yml [JY060]",
        ),
        (
            settings(more="site_dir: content\n"),
            "mkdocs.yml:6: 设置“site_dir”：不能与内容目录相同或包含它。请改正 mkdocs.yml [JY060]",
        ),
        (
            settings().replace("docs_dir: content", "docs_dir: docs"),
            "mkdocs.yml:3: 内容目录“docs”不存在。"
            "请新建该目录，或改正 mkdocs.yml 的 docs_dir [JY061]",
        ),
        (
            settings(options="      per_pages: 20\n"),
            "mkdocs.yml:8: 不认识的键“per_pages”（是不是“per_page”？）。"
            "请改正键名或删去这一行 [JY010]",
        ),
        (
            settings(options="      clock: 昨天\n"),
            "mkdocs.yml:8: “clock”写的“昨天”不是日期，或没有这一天。"
            "请写成 2022-03-18 或 2022-03-18 09:30 [JY014]",
        ),
    ],
)
def test_faults_of_the_settings(tmp_path: Path, config: str, told: str) -> None:
    site = small_site(tmp_path / "site", {"mkdocs.yml": config})
    answer = run("jianyan", "check", cwd=site)
    assert answer.status == 1
    assert told in _said(answer)


@pytest.mark.parametrize("program", ["jianyan", "mkdocs"])
@pytest.mark.host
def test_faulty_settings_stop_every_build(tmp_path: Path, program: str) -> None:
    config = settings(options="      per_page: 零\n")
    site = small_site(tmp_path / "site", {"mkdocs.yml": config})
    answer = run(program, "build", cwd=site)
    assert answer.status == 1
    assert "“per_page”应当是整数，写的是“零”" in answer.told
    assert not (site / "site").exists()


@pytest.mark.host
def test_a_build_tells_faulty_settings_as_the_check_does(tmp_path: Path) -> None:
    """MkDocs alone would say in English that there is no such folder."""
    config = settings().replace("docs_dir: content", "docs_dir: docs")
    site = small_site(tmp_path / "site", {"mkdocs.yml": config})
    answer = run("jianyan", "build", cwd=site)
    assert answer.status == 1
    assert answer.told.splitlines() == [
        "错误：",
        "mkdocs.yml:3: 内容目录“docs”不存在。请新建该目录，或改正 mkdocs.yml 的 docs_dir [JY061]",
        "有 1 处错误，网站没有更新。请按上面所列改正后再试",
    ]


@pytest.mark.host
@pytest.mark.parametrize("folder", ["content", "content/site", ".", ".."])
def test_a_build_is_never_written_over_the_content(tmp_path: Path, folder: str) -> None:
    site = small_site(tmp_path / "site")
    answer = run("jianyan", "build", "-d", folder, cwd=site)
    assert answer.status == 2
    assert answer.told.startswith(f"不能输出到 {folder}：")
    assert (site / "content/index.md").is_file()


def test_a_site_without_an_address_is_told_what_it_lacks(tmp_path: Path) -> None:
    config = settings().replace("site_url: https://small.example.com/\n", "")
    answer = run("jianyan", "check", cwd=small_site(tmp_path / "site", {"mkdocs.yml": config}))
    assert answer.status == 0
    assert "没有设置 site_url，不生成订阅源和 sitemap.xml" in answer.out


def test_a_sound_site_says_so_on_stderr_alone(tmp_path: Path) -> None:
    answer = run("jianyan", "check", cwd=small_site(tmp_path / "site"))
    assert answer == Answer(0, "", "没有发现问题\n")
    answer = run("jianyan", "check", "--format", "json", cwd=tmp_path / "site")
    assert json.loads(answer.out) == {"problems": []}


def _said(answer: Answer) -> list[str]:
    return (answer.out + answer.told).splitlines()
