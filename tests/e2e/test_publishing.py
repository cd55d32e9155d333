"""The site folder: complete whatever happens, and never with what is not public."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.commands import build, environment, run
from tests.e2e.sites import article, column, picture, settings, small_site, write
from tests.e2e.trees import Tree, differences, holding, tree

pytestmark = pytest.mark.host

# A build that kills itself as a power failure would: at the n-th rename of a file, or of one of
# the site (the journal's own rename is the first of these).
KILLED = """\
import os, signal, sys
from site_plugins.cli import main

rename, renames = os.replace, 0


def die_at(source, target):
    global renames
    name = os.fspath(target)
    is_of_site = name.endswith("journal.json") or "/.cache/" not in name
    renames += is_of_site or sys.argv[2] == "any"
    if renames == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
    rename(source, target)


os.replace = die_at
sys.exit(main(["build", "-q"]))
"""


def _killed(site: Path, at: int, what: str = "site") -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(at), what],
        cwd=site,
        env=environment(site),
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    assert done.returncode == -9


def _next_year(site: Path) -> None:
    """Change, add, move and remove texts and a picture."""
    write(
        site,
        {
            "content/news/2023/0105-first.md": article("第一篇", text="改过。"),
            "content/news/2024/0101-third.md": article("第三篇", "2024-01-01"),
            "content/news/2024/third.png": picture(3),
        },
    )
    (site / "content/news/2023/first.png").unlink()
    second = site / "content/news/2023/0106-second.md"
    second.rename(second.with_name("0106-moved.md"))


@dataclass(frozen=True)
class Years:
    """The small site as built, its tree, and its tree after :func:`_next_year`."""

    site: Path
    before: Tree
    after: Tree

    def copy(self, folder: Path) -> Path:
        """The built site in another folder."""
        shutil.copytree(self.site, folder)
        return folder


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Years:
    site = small_site(tmp_path_factory.mktemp("years") / "site")
    build(site)
    later = site.with_name("later")
    shutil.copytree(site, later)
    _next_year(later)
    build(later, "-d", later / "fresh")
    return Years(site, tree(site / "site"), tree(later / "fresh"))


# The first rename is the journal's own; the new tree takes more than ten.
@pytest.mark.parametrize("at", [1, 2, 9])
def test_a_killed_build_is_completed_by_the_next(tmp_path: Path, years: Years, at: int) -> None:
    site = years.copy(tmp_path / "site")
    _next_year(site)
    _killed(site, at)
    left = tree(site / "site")
    # Before the journal nothing has changed; after it no file is half of one and half of another.
    assert (left == years.before) == (at == 1)
    assert all(c in (years.before.get(p), years.after.get(p)) for p, c in left.items())
    build(site)
    assert differences(years.after, tree(site / "site")) == []
    assert not (site / ".cache/jianyan/journal.json").exists()
    assert not (site / ".cache/jianyan/staging").exists()


def test_a_copy_of_a_half_done_site_never_touches_the_original(
    tmp_path: Path, years: Years
) -> None:
    site = years.copy(tmp_path / "site")
    _next_year(site)
    _killed(site, 9)
    left = tree(site / "site")
    shutil.copytree(site, tmp_path / "copy")
    build(tmp_path / "copy")
    assert differences(years.after, tree(tmp_path / "copy/site")) == []
    # Nor does a build into another folder; the next one of this makes it whole.
    build(site, "-d", tmp_path / "other")
    assert differences(years.after, tree(tmp_path / "other")) == []
    assert tree(site / "site") == left
    build(site)
    assert differences(years.after, tree(site / "site")) == []


# The first renames are those of what is remembered: sheets, checks.
@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_build_killed_while_it_remembers_leaves_nothing_wrong(
    tmp_path: Path, years: Years, at: int
) -> None:
    site = years.copy(tmp_path / "site")
    _next_year(site)
    _killed(site, at, "any")
    build(site)
    assert differences(years.after, tree(site / "site")) == []


@pytest.mark.parametrize("at", [1, 2, 5])
def test_a_site_killed_at_its_first_build_is_completed(
    tmp_path: Path, years: Years, at: int
) -> None:
    site = small_site(tmp_path / "site")
    _killed(site, at, "any")
    build(site)
    assert differences(years.before, tree(site / "site")) == []


@pytest.mark.parametrize("damage", ["", "[]", '{"folder": "x"}'])
def test_a_damaged_cache_harms_nothing(tmp_path: Path, years: Years, damage: str) -> None:
    site = small_site(tmp_path / "site")
    files = {"journal.json": damage, "staging/index.html": "falsch", "report.json": damage}
    write(site / ".cache/jianyan", files)
    build(site)
    assert differences(years.before, tree(site / "site")) == []


def test_a_folder_touched_by_hand_is_repaired(tmp_path: Path, years: Years) -> None:
    site = years.copy(tmp_path / "site")
    folder = site / "site"
    page = folder / "news/2023/0105-first/index.html"
    page.write_bytes(page.read_bytes().replace("正文".encode(), "歪文".encode()))
    (folder / "index.html").unlink()
    (folder / "news/index.html").unlink()
    write(
        folder, {"news/index.html/inside.html": "目录占了文件的位置", "added/page.html": "多出的"}
    )
    (folder / "empty/below").mkdir(parents=True)
    (folder / "robots.txt").unlink()
    os.symlink("/etc/hostname", folder / "robots.txt")
    notices = folder / "notices"
    notices.rename(tmp_path / "moved")
    os.symlink(tmp_path / "moved", notices)
    os.symlink("nowhere", folder / "dangling")
    (folder / "tags").rename(folder / "labels")
    write(folder, {"tags": "文件占了目录的位置"})
    moved = tree(tmp_path / "moved")
    build(site)
    assert differences(years.before, tree(folder)) == []
    assert not any(path.is_symlink() for path in folder.rglob("*"))
    assert not (folder / "empty").exists()
    # What a link led to is not the site's.
    assert tree(tmp_path / "moved") == moved


def test_files_that_are_right_are_not_touched(tmp_path: Path, years: Years) -> None:
    site = years.copy(tmp_path / "site")
    files = [path for path in (site / "site").rglob("*") if path.is_file()]
    for file in files:
        os.utime(file, (1_000_000_000, 1_000_000_000))
    changed = article("第二篇", "2023-01-06", "改过。", tags="[甲, 乙]")
    write(site, {"content/news/2023/0106-second.md": changed})
    build(site)
    touched = {
        file.relative_to(site / "site").as_posix()
        for file in files
        if file.stat().st_mtime != 1_000_000_000
    }
    assert "news/2023/0106-second/index.html" in touched
    assert not touched & {"notices/2023/0107-notice/index.html", "news/2023/first.png"}


@pytest.mark.parametrize("program", ["jianyan", "mkdocs"])
def test_a_folder_of_others_is_refused_and_untouched(tmp_path: Path, program: str) -> None:
    site = small_site(tmp_path / "site")
    others = {
        "a": {"letters/a.txt": "别人的"},
        "b": {"build.json": '{"generator": "cmake"}', "x": "别人的"},
        "c": {".git/HEAD": "ref: refs/heads/main"},
    }
    for name, files in others.items():
        other = write(tmp_path / name, files)
        before = tree(other)
        answer = run(program, "build", "-d", other, cwd=site)
        assert answer.status == 1
        assert str(other) in answer.told
        assert "没有写入" in answer.told
        assert tree(other) == before


def test_a_file_in_place_of_the_folder_is_refused_and_untouched(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site", {"notes.txt": "别人的"})
    answer = run("jianyan", "build", "-d", "notes.txt", cwd=site)
    assert (answer.status, answer.out) == (1, "")
    assert "Traceback" not in answer.told
    assert (site / "notes.txt").read_text() == "别人的"


def test_the_site_never_goes_where_content_is(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    before = tree(tmp_path)
    for folder in (".", "content/news", ".."):
        answer = run("jianyan", "build", "-d", folder, cwd=site)
        assert answer.status != 0
        assert "Traceback" not in answer.told
    after = {p: c for p, c in tree(tmp_path).items() if not p.startswith("site/.cache/")}
    assert after == before


def test_what_lies_hidden_at_the_top_of_the_own_folder_stays(tmp_path: Path) -> None:
    """As MkDocs leaves it: a site folder may be a Git work tree, or name its host's settings."""
    site = small_site(tmp_path / "site")
    hidden = {".git/HEAD": "ref: refs/heads/pages", ".nojekyll": "", ".well-known/x": "y"}
    write(site / "site", hidden)
    build(site)
    files = tree(site / "site")
    assert {path: files[path].decode() for path in hidden} == hidden


def test_builds_at_once_wait_for_each_other(tmp_path: Path, years: Years) -> None:
    site = small_site(tmp_path / "site")
    command = [str(Path(sys.executable).parent / "jianyan"), "build", "-q"]
    builds = [
        subprocess.Popen(
            [*command, "-d", str(tmp_path / f"out{number % 2}")],
            cwd=site,
            env=environment(site),
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for number in range(3)
    ]
    told = [one.communicate(timeout=120)[1] for one in builds]
    assert [one.returncode for one in builds] == [0] * 3, told
    assert differences(years.before, tree(tmp_path / "out0")) == []
    assert differences(years.before, tree(tmp_path / "out1")) == []


# --- What leaves content/ -----------------------------------------------------------------------

# Each of these has a word of its own in title, text, picture name, attachment and tag.
NOT_PUBLIC = {
    "draft": "status: draft\n",
    "scheduled": "publish_at: 2024-01-01\n",
    "withdrawn": "status: withdrawn\nwithdrawn_reason: 内容有误\n",
    "expired": "expire_at: 2023-06-30 17:00\n",
}
CLOCK = "      clock: 2023-10-20T09:00:00+08:00\n"


def _secret(name: str, kind: str, keys: str) -> dict[str, str | bytes]:
    """A text that must not be seen, with files that must not be seen."""
    text = (
        f"---\ntitle: 题目{name}\nkicker: 引题{name}\nsource: 来源{name}\n{keys}"
        f"tags: [标签{name}]\nimage: cover-{name}.png\nimage_alt: 图说{name}\n"
        f"summary: 摘要{name}\nattachments: [{{file: file-{name}.pdf, name: 附件{name}}}]\n---\n"
        f"正文{name}。\n\n![插图{name}](inside-{name}.png)\n\n[下载](sheet-{name}.xlsx)\n"
    )
    files: dict[str, str | bytes] = {f"content/{kind}/{name}.md": text}
    for number, file in enumerate(
        ("cover-{}.png", "inside-{}.png", "file-{}.pdf", "sheet-{}.xlsx")
    ):
        path = f"content/{kind}/{file.format(name)}"
        files[path] = picture(number) if file.endswith("png") else f"内容{name}"
    return files


@pytest.fixture(scope="module")
def discreet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with something of every sort that is not public."""
    keys = "issue: {{year: 2023, number: {}, published: 2023-01-01, {}}}"
    issue = f"---\ntitle: {{}}\n{keys}\n---\n目录{{}}\n"
    files: dict[str, str | bytes] = {
        "mkdocs.yml": settings(options=CLOCK),
        "content/proposals/index.md": column("提案", "proposal"),
        "content/magazine/index.md": "---\ntitle: 刊物\nperiodical: {frequency: 季刊}\n---\n",
        "content/magazine/2023-01/index.md": issue.format(
            "第1期", 1, "visibility: hidden", "hidden"
        ),
        "content/magazine/2023-02/index.md": issue.format("第2期", 2, "visibility: summary", ""),
        "content/magazine/2023-03/index.md": issue.format("第3期", 3, "publish_at: 2024-01-01", ""),
        "content/news/links.md": article(
            "链接到未公开的", text="[甲](draft.md) [乙](scheduled.md) [丙](../proposals/private.md)"
        ),
    }
    for name, keys in NOT_PUBLIC.items():
        files |= _secret(name, "news", f"date: 2023-01-08\n{keys}")
    files |= _secret("private", "proposals", "number: 7\nfiled: 2023-01-01\n")
    files |= _secret("refused", "proposals", "number: 8\nfiled: 2023-01-01\npublic: false\n")
    files |= _secret("hidden", "magazine/2023-01", "date: 2023-01-01\n")
    files |= _secret("listed", "magazine/2023-02", "date: 2023-01-01\n")
    files |= _secret("unlisted", "magazine/2023-02", "date: 2023-01-01\nstatus: draft\n")
    files |= _secret("later", "magazine/2023-03", "date: 2023-01-01\n")
    files["content/news/unused.pdf"] = "没有人提到 unused"
    return small_site(tmp_path_factory.mktemp("discreet") / "site", files)


@pytest.fixture(scope="module")
def published(discreet: Path) -> dict[str, bytes]:
    build(discreet)
    return tree(discreet / "site")


@pytest.mark.parametrize(
    "name",
    ["draft", "scheduled", "private", "refused", "hidden", "unlisted", "later", "unused"],
)
def test_nothing_of_what_is_not_public_is_anywhere(published: dict[str, bytes], name: str) -> None:
    words = [f"{part}{name}" for part in ("题目", "引题", "正文", "摘要", "标签", "插图", "内容")]
    words += [f"cover-{name}", f"inside-{name}", f"file-{name}", f"sheet-{name}", f"{name}.pdf"]
    assert {word: found for word in words if (found := holding(published, word))} == {}
    assert [path for path in published if f"/{name}/" in f"/{path}"] == []


@pytest.mark.parametrize("name", ["withdrawn", "expired"])
def test_a_notice_is_all_that_remains(published: dict[str, bytes], name: str) -> None:
    page = f"news/{name}/index.html"
    assert holding(published, f"题目{name}") == [page]
    words = [f"{part}{name}" for part in ("引题", "正文", "摘要", "标签", "插图", "内容", "附件")]
    words += [f"cover-{name}", f"inside-{name}", f"file-{name}", f"sheet-{name}"]
    assert {word: found for word in words if (found := holding(published, word))} == {}
    text = published[page].decode()
    assert "2023年1月8日" in text or "2023-01-08" in text
    assert ("内容有误" in text) == (name == "withdrawn")
    assert 'content="noindex"' in text


def test_an_issue_for_members_shows_its_contents_and_no_more(published: dict[str, bytes]) -> None:
    issue = published["magazine/2023-02/index.html"].decode()
    assert "题目listed" in issue
    words = [f"{part}listed" for part in ("正文", "摘要", "插图", "内容", "附件")]
    words += ["cover-listed", "inside-listed", "file-listed", "sheet-listed"]
    assert {word: found for word in words if (found := holding(published, word))} == {}
    assert "magazine/2023-02/listed/index.html" not in published


def test_links_to_what_is_not_public_are_plain_words(published: dict[str, bytes]) -> None:
    page = published["news/links/index.html"].decode()
    assert "甲" in page
    assert "draft" not in page
    assert "scheduled" not in page
    assert "private" not in page


def test_files_of_what_is_not_public_are_not_called_unused(discreet: Path) -> None:
    answer = run("jianyan", "check", cwd=discreet)
    unused = [line for line in answer.out.splitlines() if line.endswith("[JY040]")]
    assert [line.partition(":")[0] for line in unused] == ["content/news/unused.pdf"]


def test_what_is_scheduled_appears_in_time_and_what_expires_goes(
    discreet: Path, tmp_path: Path
) -> None:
    build(discreet, "-d", tmp_path / "then", "--now", "2024-01-01T00:00:00+08:00")
    then = tree(tmp_path / "then")
    assert "news/scheduled/index.html" in then
    assert "news/file-scheduled.pdf" in then
    assert "news/inside-scheduled.png" in then
    assert "magazine/2023-03/later/index.html" in then
    assert holding(then, "题目scheduled") != ["news/scheduled/index.html"]
    build(discreet, "-d", tmp_path / "before", "--now", "2023-06-30T16:59:59+08:00")
    before = tree(tmp_path / "before")
    assert "news/file-expired.pdf" in before
    assert "正文expired" in before["news/expired/index.html"].decode()


def test_what_is_withdrawn_is_gone_in_the_same_build(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site", {**_secret("gone", "news", "date: 2023-01-08\n")})
    build(site)
    files = tree(site / "site")
    assert {"news/cover-gone.png", "news/file-gone.pdf", "news/sheet-gone.xlsx"} <= files.keys()
    assert len(holding(files, "正文gone")) > 1
    write(site, _secret("gone", "news", "date: 2023-01-08\nstatus: withdrawn\n"))
    build(site)
    files = tree(site / "site")
    assert holding(files, "题目gone") == ["news/gone/index.html"]
    assert holding(files, "正文gone") == []
    assert [path for path in files if "gone." in path] == []
    kept = tree(site / ".cache")
    assert holding(kept, "正文gone") == []
