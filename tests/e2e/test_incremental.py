"""Builds after edits: what is made anew, what stays, and what happens when a build goes wrong."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.commands import PROGRAMS, ROOT, build, environment, free_port, run, running
from tests.e2e.sites import article, picture, settings, small_site, write
from tests.e2e.trees import Tree, differences, holding, tree

pytestmark = pytest.mark.host

MANY = 320  # More than are done in one process.
SECOND = "content/news/2023/0106-second.md"
CACHE = ".cache/jianyan"


def _edit(site: Path, text: str = "改过的正文。") -> None:
    write(site, {SECOND: article("第二篇", "2023-01-06", text, tags="[甲, 乙]")})


def _clean(site: Path, folder: Path, *arguments: str) -> Tree:
    """The tree of a build from nothing of the same content."""
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("site", ".cache"))
    build(folder, *arguments)
    return tree(folder / "site")


def _without_index(files: Tree) -> dict[str, bytes]:
    """A tree without the parts of the search index that only have to answer alike."""
    return {path: c for path, c in files.items() if not re.fullmatch(r"search/.*\.bin", path)}


def _same(site: Path, folder: Path) -> None:
    """The site's tree is that of a build from nothing, and so is its index once compacted."""
    wanted = _clean(site, folder)
    assert differences(_without_index(wanted), _without_index(tree(site / "site"))) == []
    build(site, "--compact")
    assert differences(wanted, tree(site / "site")) == []


def _report(site: Path) -> dict[str, object]:
    report: dict[str, object] = json.loads((site / CACHE / "report.json").read_text("utf-8"))
    return report


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The small site, built where it stays: what is remembered belongs to the folder."""
    site = small_site(tmp_path / "site")
    build(site)
    return site


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of some hundred articles, not built yet; tests copy it."""
    files = {
        f"content/news/2022/a{number:03}.md": article(
            f"稿件{number}", f"2022-{number % 12 + 1:02}-{number % 28 + 1:02}", f"正文{number}。"
        )
        for number in range(MANY)
    }
    return small_site(tmp_path_factory.mktemp("many") / "site", files)


def _copy(site: Path, folder: Path) -> Path:
    shutil.copytree(site, folder)
    return folder


# --- Edits of words alone -----------------------------------------------------------------------


@pytest.fixture
def settled(tmp_path: Path) -> Path:
    """The small site, built when its files were old enough to be known by their stamps."""
    site = small_site(tmp_path / "site")
    _edit(site)
    time.sleep(2.1)
    build(site)
    return site


def _had_only_words(site: Path) -> bool:
    return bool(_report(site)["only_words"])


def test_after_edits_of_words_alone_the_tree_is_that_of_a_build_from_nothing(
    settled: Path, tmp_path: Path
) -> None:
    for number, program in enumerate(("jianyan", "mkdocs", "jianyan")):
        words = article(f"改题{number}", "2023-01-06", f"改文{number}。", tags="[甲, 乙]")
        write(settled, {SECOND: words})
        assert run(program, "build", cwd=settled).status == 0
        assert _had_only_words(settled)
        wanted = _clean(settled, tmp_path / f"clean-{number}")
        assert differences(_without_index(wanted), _without_index(tree(settled / "site"))) == []
    _same(settled, tmp_path / "clean")


def test_more_than_words_is_found_after_an_edit_of_words(settled: Path, tmp_path: Path) -> None:
    _edit(settled, "另一句。")
    build(settled)
    assert _had_only_words(settled)
    write(settled, {SECOND: article("第二篇", "2023-01-08", "另一句。", tags="[甲]")})
    build(settled)
    assert not _had_only_words(settled)
    _same(settled, tmp_path / "clean")


def test_another_folder_is_not_told_by_what_was_built_elsewhere(
    settled: Path, tmp_path: Path
) -> None:
    """The texts are remembered for both; where they stand, for each by itself."""
    build(settled, "-d", "other")
    _edit(settled, "先给别处。")
    build(settled, "-d", "other")
    assert _had_only_words(settled)
    build(settled)
    assert _had_only_words(settled)
    wanted = _clean(settled, tmp_path / "clean")
    for folder in ("site", "other"):
        assert differences(_without_index(wanted), _without_index(tree(settled / folder))) == []


@pytest.mark.parametrize("damage", [b"", b"damaged", None])
def test_without_the_outline_the_site_is_put_together_again(
    settled: Path, tmp_path: Path, damage: bytes | None
) -> None:
    (outline,) = (settled / CACHE / "trees").glob("*.outline")
    if damage is None:
        outline.unlink()
    else:
        outline.write_bytes(damage)
    _edit(settled, "另一句。")
    build(settled)
    assert not _had_only_words(settled)
    _same(settled, tmp_path / "clean")


@pytest.mark.parametrize(
    "lost", [("index.html",), ("sitemap.xml",), ("search/catalogue.bin",), ("news", "search")]
)
def test_what_the_site_folder_lost_is_made_again_along_with_other_words(
    settled: Path, tmp_path: Path, lost: tuple[str, ...]
) -> None:
    for place in (settled / "site" / name for name in lost):
        shutil.rmtree(place) if place.is_dir() else place.write_bytes(b"damaged")
    _edit(settled, "另一句。")
    build(settled)
    assert _had_only_words(settled)
    _same(settled, tmp_path / "clean")


def test_texts_that_are_lost_are_read_again(settled: Path, tmp_path: Path) -> None:
    texts = settled / CACHE / "texts.sqlite3"
    with sqlite3.connect(texts) as database:
        database.execute("UPDATE text SET text = x'00', facts = x'00'")
    _edit(settled, "另一句。")
    build(settled)
    _same(settled, tmp_path / "clean")


def test_when_the_clock_passes_a_time_more_than_words_has_changed(tmp_path: Path) -> None:
    later = article("将来", "2023-01-07", publish_at="2023-02-01")
    site = small_site(tmp_path / "site", {"content/news/2023/0107-later.md": later})
    _edit(site)
    time.sleep(2.1)
    build(site, "--now", "2023-01-20")
    _edit(site, "另一句。")
    build(site, "--now", "2023-02-02")
    assert not _had_only_words(site)
    assert (site / "site/news/2023/0107-later/index.html").is_file()


# --- Plugins of other makers --------------------------------------------------------------------


def _with_lightbox(folder: Path, options: str = "") -> Path:
    shown = article("有图的", "2023-01-09", "![一个点](first.png)")
    files: dict[str, str | bytes] = {
        "mkdocs.yml": settings(options=options) + "  - glightbox\n",
        "content/news/2023/0109-shown.md": shown,
    }
    return small_site(folder, files)


def test_a_plugin_of_another_maker_applies_to_records(tmp_path: Path) -> None:
    site = _with_lightbox(tmp_path / "site")
    first = run("jianyan", "build", cwd=site)
    assert first.status == 0, first.told
    page = (site / "site/news/2023/0109-shown/index.html").read_text("utf-8")
    assert re.search(r'<a class="glightbox"[^>]*>\s*<img', page)
    assert "GLightbox(" in page
    _edit(site)
    second = run("jianyan", "build", cwd=site)
    assert second.status == 0, second.told
    assert "插件 glightbox" in second.told
    assert "pure" in second.told
    report = _report(site)
    assert "glightbox" in str(report["all_because"])
    assert report["cache"]["render"]["hits"] <= 1  # type: ignore[index]
    _same(site, tmp_path / "clean")


def test_a_pure_plugin_lets_what_has_not_changed_alone(tmp_path: Path) -> None:
    site = _with_lightbox(tmp_path / "site", "      pure: [glightbox]\n")
    build(site)
    page = site / "site/news/2023/0109-shown/index.html"
    assert 'class="glightbox"' in page.read_text("utf-8")
    _edit(site)
    answer = run("jianyan", "build", cwd=site)
    assert answer.status == 0, answer.told
    assert "glightbox" not in answer.told
    report = _report(site)
    assert report["all_because"] == ""
    made = {path for paths in report["reasons"].values() for path in paths}  # type: ignore[attr-defined]
    assert "news/2023/0106-second/index.html" in made
    assert "notices/2023/0107-notice/index.html" not in made
    _same(site, tmp_path / "clean")


def test_another_option_of_a_plugin_changes_every_page(tmp_path: Path) -> None:
    site = _with_lightbox(tmp_path / "site", "      pure: [glightbox]\n")
    build(site)
    config = (site / "mkdocs.yml").read_text("utf-8")
    (site / "mkdocs.yml").write_text(
        config.replace("  - glightbox\n", "  - glightbox:\n      width: 61%\n"), "utf-8"
    )
    build(site)
    page = (site / "site/news/2023/0109-shown/index.html").read_text("utf-8")
    assert "61%" in page
    _same(site, tmp_path / "clean")


# --- Processes that die, and several at once ----------------------------------------------------


def _start(site: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(PROGRAMS / "jianyan"), "build", *arguments],
        cwd=site,
        env=environment(site),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        # Tests that a shell has put into the background were told to ignore Ctrl+C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def _children(process: subprocess.Popen[str]) -> list[int]:
    """The processes that a process has started."""
    try:
        told = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii")
    except OSError:
        return []
    return [int(number) for number in told.split()]


def _wait_for(happens: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not happens():
        assert time.monotonic() < until, "it did not happen within a minute"
        time.sleep(0.002)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")
@pytest.mark.parametrize("after", [0.0, 0.15])
def test_a_worker_that_dies_ends_the_build_and_is_told(
    tmp_path: Path, many: Path, after: float
) -> None:
    site = _copy(many, tmp_path / "site")
    write(site / "site", {"index.html": "上一次的网站", "build.json": "{}"})
    before = tree(site / "site")
    process = _start(site, "-q", "--jobs", "2")
    _wait_for(lambda: bool(_children(process)) or process.poll() is not None)
    time.sleep(after)
    os.kill(_children(process)[0], signal.SIGKILL)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 1, told
    assert "Traceback" not in told
    assert re.search(r"content/\S+\.md|\S+/index\.html|一批稿件", told)
    assert tree(site / "site") == before
    build(site, "--jobs", "2")
    assert differences(_clean(site, tmp_path / "clean", "--jobs", "1"), tree(site / "site")) == []


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (signal.SIGKILL, -signal.SIGKILL),
        (signal.SIGTERM, 128 + signal.SIGTERM),
        (signal.SIGINT, 128 + signal.SIGINT),
    ],
)
def test_its_processes_end_with_a_build_that_is_stopped(
    tmp_path: Path, many: Path, sent: signal.Signals, status: int
) -> None:
    """Else they would hold the lock, and all later builds would wait for ever."""
    site = _copy(many, tmp_path / "site")
    process = _start(site, "-q", "--jobs", "2")
    # One will do: while it keeps up, no second is begun.
    _wait_for(lambda: bool(_children(process)))
    children = _children(process)
    os.kill(process.pid, sent)
    _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (status, "")
    _wait_for(lambda: not any(_is_running(child) for child in children))
    assert build(site, "--jobs", "2").told == ""
    assert differences(_clean(site, tmp_path / "clean", "--jobs", "1"), tree(site / "site")) == []


def _is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


def _is_held(lock: Path) -> bool:
    fcntl = pytest.importorskip("fcntl")
    if not lock.exists():
        return False
    with lock.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_a_second_build_waits_and_says_so(tmp_path: Path, many: Path) -> None:
    site = _copy(many, tmp_path / "site")
    first = _start(site, "--jobs", "1", "-d", str(tmp_path / "one"))
    _wait_for(lambda: _is_held(site / CACHE / "lock"))
    os.kill(first.pid, signal.SIGSTOP)
    second = _start(site, "--jobs", "1", "-d", str(tmp_path / "other"))
    assert second.stderr is not None
    line = second.stderr.readline()
    assert "正由另一个进程生成" in line
    assert second.poll() is None
    os.kill(first.pid, signal.SIGCONT)
    told = [one.communicate(timeout=120)[1] for one in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0], told
    wanted = _clean(site, tmp_path / "clean")
    assert differences(wanted, tree(tmp_path / "one")) == []
    assert differences(wanted, tree(tmp_path / "other")) == []


def test_a_build_killed_at_any_moment_leaves_nothing_wrong(tmp_path: Path, many: Path) -> None:
    site = _copy(many, tmp_path / "site")
    for number, moment in enumerate((0.4, 0.7, 1.0, 0.5, 0.8)):
        _edit(site, f"第{number}版。")
        process = _start(site, "-q", "--jobs", "2")
        try:
            process.communicate(timeout=moment)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
        if number == 2:
            build(site)
            (site / "content/news/2022/a007.md").unlink()
    build(site)
    assert "第4版。" in (site / "site/news/2023/0106-second/index.html").read_text("utf-8")
    _same(site, tmp_path / "clean")


# --- Files that change while they are read ------------------------------------------------------

_MEANWHILE = """
import sys
from pathlib import Path
from site_plugins.build.pipeline import Build
from site_plugins.cli import run

name, before, after, sys.argv = sys.argv[1], sys.argv[2], sys.argv[3], ["jianyan", "build", "-q"]
render = Build.render

def late(self, *arguments):
    file = Path(name)
    file.write_text(file.read_text("utf-8").replace(before, after), "utf-8")
    return render(self, *arguments)

Build.render = late
run()
"""


@pytest.mark.parametrize(
    ("changed", "page"),
    [
        ("content/news/2023/facts.csv", "news/2023/facts.csv"),
        ("theme/partials/footer.html", "news/index.html"),
    ],
)
def test_what_changes_during_a_build_and_back_is_seen(
    tmp_path: Path, changed: str, page: str
) -> None:
    """As where a build runs while somebody looks at another branch of the site."""
    footer = (ROOT / "theme/partials/footer.html").read_text("utf-8")
    files: dict[str, str | bytes] = {
        "mkdocs.yml": settings(more="  custom_dir: theme\n"),
        "theme/partials/footer.html": footer + "<p>甲一</p>\n",
        "content/news/2023/facts.csv": "甲一,2\n",
        "content/news/2023/0111-facts.md": article("数据", "2023-01-11", "[数据](facts.csv)"),
    }
    site = small_site(tmp_path / "site", files)
    first = run(sys.executable, "-c", _MEANWHILE, changed, "甲一", "甲二", cwd=site)
    assert first.status == 0, first.told
    assert "甲二" in (site / "site" / page).read_text("utf-8")
    file = site / changed
    file.write_text(file.read_text("utf-8").replace("甲二", "甲一"), "utf-8")
    build(site)
    _same(site, tmp_path / "clean")


def test_a_theme_file_from_the_future_changes_nothing(tmp_path: Path) -> None:
    """Unpacked from an archive of another time zone: what tells is that it stays as it is."""
    files: dict[str, str | bytes] = {
        "mkdocs.yml": settings(more="  custom_dir: theme\n"),
        "theme/assets/extra.css": "a{}",
    }
    site = small_site(tmp_path / "site", files)
    later = time.time() + 30_000
    os.utime(site / "theme/assets/extra.css", (later, later))
    build(site)
    _edit(site)
    build(site)
    report = _report(site)
    assert report["cache"]["render"]["hits"] > 1  # type: ignore[index]
    assert report["unchanged"]


# --- Damage -------------------------------------------------------------------------------------


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _flip(content: bytes) -> bytes:
    damaged = bytearray(content)
    for at in (0, len(content) // 3, len(content) // 2, len(content) - 1):
        damaged[at] ^= 0x41
    return bytes(damaged)


DATABASES = ("checks", "content", "texts", "tree")


def _database(site: Path, name: str, suffix: str) -> Path:
    cache = site / CACHE
    if name == "tree":
        (found,) = cache.glob(f"trees/*.{suffix}")
        return found
    return cache / f"{name}.{suffix}"


@pytest.mark.parametrize("damage", [_cut, _flip])
@pytest.mark.parametrize("name", DATABASES)
def test_a_damaged_cache_file_is_told_and_made_anew(
    tmp_path: Path, small: Path, name: str, damage: Callable[[bytes], bytes]
) -> None:
    site = small
    file = _database(site, name, "sqlite3")
    file.write_bytes(damage(file.read_bytes()))
    _edit(site)
    answer = run("jianyan", "build", cwd=site)
    assert answer.status == 0, answer.told
    assert f"{file.name} 已损坏" in answer.told
    _same(site, tmp_path / "clean")


@pytest.mark.parametrize("damage", [_cut, _flip])
def test_damage_of_all_other_cache_files_harms_nothing(
    tmp_path: Path, small: Path, damage: Callable[[bytes], bytes]
) -> None:
    site = small
    for file in sorted((site / CACHE).rglob("*")):
        if file.is_file() and file.suffix != ".sqlite3" and file.stat().st_size:
            file.write_bytes(damage(file.read_bytes()))
    _edit(site)
    answer = run("jianyan", "build", cwd=site)
    assert answer.status == 0, answer.told
    assert "已损坏" in answer.told
    _same(site, tmp_path / "clean")


def test_what_is_of_another_kind_in_the_cache_is_told_and_made_anew(
    tmp_path: Path, small: Path
) -> None:
    site, cache = small, small / CACHE
    for place in (cache / "trees", cache):
        for path in sorted(place.iterdir()):
            if path.is_dir():
                shutil.rmtree(path)
                path.write_bytes(b"x")
            else:
                path.unlink()
                write(path, {"deep/x": "x"})
        if place.name == "trees":
            # With files of trees that are folders first, then trees itself as a file.
            _edit(site, "改一次。")
            build(site)
    write(cache, {"journal.json/x": "x", "staging": "x"})
    _edit(site)
    answer = run("jianyan", "build", cwd=site)
    assert answer.status == 0, answer.told
    for name in ("content.sqlite3", "texts.sqlite3", "journal.json", "lock"):
        assert f"{name} 不是文件，已移去" in answer.told
    for name in ("trees", "templates", "staging"):
        assert f"{name} 不是文件夹，已移去" in answer.told
    again = run("jianyan", "build", cwd=site)
    assert (again.status, "已移去" in again.told) == (0, False)
    _same(site, tmp_path / "clean")


@pytest.mark.parametrize("name", [".cache", CACHE])
def test_a_file_in_place_of_the_cache_is_named(tmp_path: Path, name: str) -> None:
    site = small_site(tmp_path / "site", {name: "x"})
    for program in ("jianyan", "mkdocs"):
        answer = run(program, "build", cwd=site)
        assert answer.status == 1
        assert f"{site / name} 应当是文件夹" in answer.told
        assert "Traceback" not in answer.told
    assert (site / name).read_text("utf-8") == "x"
    assert not (site / "site").exists()


REPORT_BLOCKED = """\
from pathlib import Path

def on_post_build(config):
    Path(".cache/jianyan/report.json/x").mkdir(parents=True)
"""


def test_a_report_that_cannot_be_written_is_a_warning(tmp_path: Path) -> None:
    hook = settings(more="hooks: [hook.py]\n")
    site = small_site(tmp_path / "site", {"mkdocs.yml": hook, "hook.py": REPORT_BLOCKED})
    answer = run("jianyan", "build", cwd=site)
    assert answer.status == 0, answer.told
    assert "报告" in answer.told
    assert "report.json 写不了" in answer.told
    assert (site / "site/build.json").is_file()


# --- Nothing to do, and why something was done --------------------------------------------------

LOADED = """\
import sys
from site_plugins.cli import main

status = main(["build", "-q"])
print(sorted({name.partition(".")[0] for name in sys.modules}))
sys.exit(status)
"""


def test_nothing_changed_writes_nothing_and_loads_no_host(small: Path) -> None:
    site = small
    build(site)
    before = {p: p.stat().st_mtime_ns for p in (site / "site").rglob("*")}
    done = run(sys.executable, "-c", LOADED, cwd=site)
    assert done.status == 0, done.told
    assert {p: p.stat().st_mtime_ns for p in (site / "site").rglob("*")} == before
    assert "'site_plugins'" in done.out
    assert [m for m in ("mkdocs", "properdocs", "material") if f"'{m}'" in done.out] == []
    report = _report(site)
    assert (report["written"], report["removed"], report["reasons"]) == ([], [], {})
    assert report["unchanged"] == len([p for p in before if p.is_file()])


def test_the_report_and_why_agree(small: Path) -> None:
    site = small
    before = tree(site / "site")
    write(site, {SECOND: article("第二篇改题", "2023-01-06", "正文。", tags="[甲, 乙]")})
    build(site)
    after, report = tree(site / "site"), _report(site)
    changed = [p for p in differences(before, after) if p in after]
    assert sorted(report["written"]) == changed  # type: ignore[call-overload]
    assert sorted(report["removed"]) == sorted(before.keys() - after.keys())  # type: ignore[call-overload]
    assert report["unchanged"] == len(after) - len(changed)
    reasons: dict[str, list[str]] = report["reasons"]  # type: ignore[assignment]
    pages = [(p, why) for why, paths in reasons.items() for p in paths if p.endswith(".html")]
    assert "news/2023/0106-second/index.html" in {path for path, _ in pages}
    for path, why in pages:
        answer = run("jianyan", "why", "/" + path.removesuffix("index.html"), cwd=site)
        assert answer.status == 0, answer.told
        assert answer.out.splitlines()[:2] == [path, f"上次生成的原因：{why}"]
    told = dict(pages)["news/2023/0106-second/index.html"]
    assert "news/2023/0106-second.md" in told


def test_the_report_tells_why_new_files_were_made(small: Path) -> None:
    site = small
    write(site, {"content/news/2023/0301-new.md": article("新的一篇", "2023-03-01", "正文。")})
    build(site)
    reasons: dict[str, list[str]] = _report(site)["reasons"]  # type: ignore[assignment]
    assert "news/2023/0301-new/index.html" in reasons["第一次生成"]


# --- Serving ------------------------------------------------------------------------------------


def _get(address: str, seconds: float = 10) -> str:
    with urllib.request.urlopen(address, timeout=seconds) as answer:
        text: str = answer.read().decode("utf-8")
        return text


def test_a_page_in_the_browser_is_refreshed_after_a_save(tmp_path: Path) -> None:
    """As the script does that ``mkdocs serve`` puts into pages: it asks until there is news."""
    site = small_site(tmp_path / "site")
    address = f"http://127.0.0.1:{free_port()}"
    page = f"{address}/news/2023/0106-second/"

    def answers() -> bool:
        try:
            return "第二篇" in _get(page)
        except OSError:
            return False

    with running("mkdocs", "serve", "-a", address.removeprefix("http://"), cwd=site):
        _wait_for(answers)
        found = re.search(r"livereload\((\d+), (\d+)\)", _get(page))
        assert found is not None
        epoch = int(found[1])
        _edit(site)
        news = epoch
        until = time.monotonic() + 60
        while news == epoch and time.monotonic() < until:
            news = int(_get(f"{address}/livereload/{epoch}/{found[2]}", 70))
        assert news > epoch
        assert "改过的正文。" in _get(page)


def test_a_preview_leaves_nothing_of_its_address_in_the_site(small: Path) -> None:
    site, port = small, free_port()
    before = tree(site / "site")
    with running("jianyan", "serve", "-a", f"127.0.0.1:{port}", cwd=site):
        _wait_for(lambda: "完成" in (site / "stderr.txt").read_text("utf-8"))
    preview = (site / CACHE / "preview/news/index.html").read_text("utf-8")
    assert f"127.0.0.1:{port}" in preview
    build(site)
    assert differences(before, tree(site / "site")) == []


# --- What is withdrawn --------------------------------------------------------------------------


def _unpacked(content: bytes) -> bytes:
    """Bytes, with what they become where they are packed."""
    for unpack in (zlib.decompress, gzip.decompress):
        try:
            return content + unpack(content)
        except (zlib.error, OSError, EOFError):
            continue
    return content


def _cells(file: Path) -> Iterator[bytes]:
    """Every value of a database."""
    with sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True) as database:
        names = [
            n for (n,) in database.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        for name in names:
            for row in database.execute(f"SELECT * FROM {name}"):
                for cell in row:
                    yield cell if isinstance(cell, bytes) else str(cell).encode("utf-8")


def _remembering(site: Path, words: str) -> list[str]:
    """Files of the cache that hold the words, also packed in a database."""
    files = tree(site / CACHE)
    for path in [path for path in files if path.endswith(".sqlite3")]:
        files[path] += b"\0".join(map(_unpacked, _cells(site / CACHE / path)))
    return [path for path, content in files.items() if words.encode("utf-8") in content]


def test_what_is_withdrawn_is_in_no_file_of_site_or_cache(tmp_path: Path) -> None:
    secret, other = "云雾茶园轶闻", "旧时渡口风物"
    text = f"开头。\n\n{secret}，人所共知。\n\n结尾。"
    site = small_site(
        tmp_path / "site", {"content/news/2023/0110-x.md": article("某事", text=text)}
    )
    build(site)
    assert len(holding(tree(site / "site"), secret)) > 1
    assert _remembering(site, secret) != []
    # It also gets into the delta of the index, and into its base again.
    write(site, {"content/news/2023/0110-x.md": article("某事", text=text + other)})
    build(site)
    assert [p for p in holding(tree(site / "site"), other) if p.startswith("search/delta")] != []
    gone = article("某事", text=text + other, status="withdrawn")
    write(site, {"content/news/2023/0110-x.md": gone})
    build(site)
    files = tree(site / "site")
    for words in (secret, other, secret[:-1], other[:-1]):
        assert holding(files, words) == []
        assert _remembering(site, words) == []
    assert holding(files, "第一篇") != []


def test_what_is_deleted_is_in_no_file_of_site_or_cache(tmp_path: Path) -> None:
    secret, phrase = "云雾茶园轶闻", "旧时渡口风物"
    files: dict[str, str | bytes] = {
        "content/news/2023/0110-x.md": article(
            secret,
            text=f"{secret}。{phrase}。",
            image=f"{secret}.png",
            image_alt=secret,
            tags=f"[{secret}]",
        ),
        f"content/news/2023/{secret}.png": picture(9),
    }
    site = small_site(tmp_path / "site", files)
    build(site)
    assert len(holding(tree(site / "site"), secret)) > 5
    assert _remembering(site, phrase) != []
    for path in files:
        (site / path).unlink()
    build(site)
    assert holding(tree(site / "site"), secret) == []
    # For what reason pages were made anew is remembered, the text itself is not.
    assert [path for path in _remembering(site, phrase) if path != "report.json"] == []
