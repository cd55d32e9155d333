"""Every door to a build gives the same tree, and every command answers as its contract says."""

from __future__ import annotations

import json
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from site_plugins import __version__
from site_plugins.cli import main
from tests.e2e.commands import PROGRAMS, Answer, build, free_port, run, running
from tests.e2e.sites import article, column, settings, small_site, write
from tests.e2e.trees import differences, tree

NOW = "2023-01-09T10:00:00+08:00"
HOOK = """\
from pathlib import Path


def on_page_markdown(markdown, page, config, files):
    return markdown.replace("正文。", "正文，经手。")


def on_page_content(html, page, config, files):
    return html + f"<p>内容 {page.file.src_uri} 之后</p>"


def on_post_page(output, page, config):
    return output.replace("</body>", f"<!-- 页面 {page.url} -->\\n</body>")


def on_post_build(config):
    Path(config.site_dir, "hook.txt").write_text("写成", encoding="utf-8")
"""


@pytest.mark.host
@pytest.mark.parametrize(
    "command",
    [
        ("jianyan", "build"),
        ("mkdocs", "build"),
        ("mkdocs", "build", "--strict"),
        ("properdocs", "build", "-f", "mkdocs.yml"),
        ("properdocs", "build", "--strict", "-f", "mkdocs.yml"),
    ],
    ids=" ".join,
)
def test_every_door_leads_to_the_same_tree(
    sample: Path, sample_tree: dict[str, bytes], tmp_path: Path, command: tuple[str, ...]
) -> None:
    answer = run(*command, "-d", tmp_path / "site", cwd=sample)
    assert answer.status == 0, answer.told
    assert differences(sample_tree, tree(tmp_path / "site")) == []


@pytest.mark.host
def test_jianyan_runs_in_properdocs_too(
    sample: Path, sample_tree: dict[str, bytes], tmp_path: Path
) -> None:
    build(sample, "-d", tmp_path / "site", JIANYAN_HOST="properdocs")
    assert differences(sample_tree, tree(tmp_path / "site")) == []


@pytest.mark.host
def test_a_missing_host_is_named_with_what_to_install(tmp_path: Path) -> None:
    answer = run("jianyan", "build", cwd=small_site(tmp_path / "site"), JIANYAN_HOST="zensical")
    assert (answer.status, answer.out) == (1, "")
    assert "pip install" in answer.told


@pytest.mark.host
@pytest.mark.parametrize("program", ["jianyan", "mkdocs"])
def test_serve_answers_and_rebuilds_after_an_edit(tmp_path: Path, program: str) -> None:
    site = small_site(tmp_path / "site")
    address = f"127.0.0.1:{free_port()}"
    page = f"http://{address}/news/2023/0105-first/"
    with running(program, "serve", "-a", address, cwd=site):
        _wait_for(lambda: "第一篇" in _get(page))
        assert "正文。" in _get(page)
        write(site, {"content/news/2023/0105-first.md": article("第一篇", text="改过的正文。")})
        _wait_for(lambda: "改过的正文。" in _get(page))
        (site / "content/news/2023/0106-second.md").unlink()
        second = f"http://{address}/news/2023/0106-second/"
        _wait_for(lambda: _status(second) == 404)
        # A faulty text is left out; the server goes on.
        write(site, {"content/news/2023/0105-first.md": "---\ntitle: 第一篇\n---\n"})
        _wait_for(lambda: _status(page) == 404)
        write(site, {"content/news/2023/0105-first.md": article("第一篇", text="又写好了。")})
        _wait_for(lambda: _status(page) == 200 and "又写好了。" in _get(page))
    assert not (site / "site").exists()


@pytest.mark.host
@pytest.mark.parametrize("program", ["jianyan", "mkdocs"])
def test_serve_follows_what_a_site_is_made_of_and_outlasts_faults(
    tmp_path: Path, program: str
) -> None:
    config = settings().replace("site_name: 小网站", "INHERIT: base.yml")
    themed = config.replace("name: material", "name: material\n  custom_dir: own")
    footer = "own/partials/footer.html"
    files = {"mkdocs.yml": config, "base.yml": "site_name: 甲网站\n", footer: "<p>旧页脚</p>"}
    site = small_site(tmp_path / "site", files)
    address = f"127.0.0.1:{free_port()}"
    page = f"http://{address}/news/2023/0105-first/"

    def told() -> str:
        return (site / "stderr.txt").read_text("utf-8")

    with running(program, "serve", "-a", address, cwd=site):
        _wait_for(lambda: "甲网站" in _get(page))
        write(site, {"base.yml": "site_name: 乙网站\n"})
        _wait_for(lambda: "乙网站" in _get(page))
        # A theme that is named only now is watched from now on.
        write(site, {"mkdocs.yml": themed})
        _wait_for(lambda: "旧页脚" in _get(page))
        write(site, {footer: "<p>新页脚</p>"})
        _wait_for(lambda: "新页脚" in _get(page))
        write(site, {"mkdocs.yml": themed + "extra: [\n"})
        _wait_for(lambda: "预览没有更新" in told())
        assert "设置文件读不懂" in told()
        assert "JY063" in told()
        assert "新页脚" in _get(page)
        write(site, {"mkdocs.yml": themed + "site_name: 丙网站\n"})
        _wait_for(lambda: "丙网站" in _get(page))
        (site / "content/notices").rename(tmp_path / "notices")
        _wait_for(lambda: _status(f"http://{address}/notices/2023/0107-notice/") == 404)
    assert "Traceback" not in told()
    assert "Warning" not in told()


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        text: str = answer.read().decode("utf-8")
        return text


def _status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            status: int = answer.status
            return status
    except urllib.error.HTTPError as error:
        return error.code


def _wait_for(happens: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            if happens():
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError("it did not happen within 30 seconds")


@pytest.mark.host
@pytest.mark.parametrize("program", ["jianyan", "mkdocs"])
def test_hooks_of_others_take_effect(tmp_path: Path, program: str) -> None:
    config = settings(more="hooks: [hook.py]\n")
    site = small_site(tmp_path / "site", {"mkdocs.yml": config, "hook.py": HOOK})
    assert run(program, "build", "--strict", "-q", cwd=site).status == 0
    files = tree(site / "site")
    first = files["news/2023/0105-first/index.html"].decode()
    assert "<p>正文，经手。</p>" in first
    assert "<p>内容 news/2023/0105-first.md 之后</p>" in first
    assert "<!-- 页面 news/2023/0105-first/ -->\n</body>" in first
    assert files["hook.txt"].decode() == "写成"
    assert "经手" in files["feed.xml"].decode()
    # Links of texts that hooks have seen still lead where they should.
    assert (
        'href="../../../news/2023/0105-first/"'
        in files["news/2023/0106-second/index.html"].decode()
    )


@pytest.mark.host
def test_hooks_of_others_leave_the_rest_alone(tmp_path: Path) -> None:
    quiet = "def on_page_content(html, page, config, files):\n    return html\n"
    plain, hooked = small_site(tmp_path / "plain"), small_site(tmp_path / "hooked")
    config = {"mkdocs.yml": settings(more="hooks: [hook.py]\n"), "hook.py": quiet}
    build(plain)
    build(write(hooked, config))
    assert differences(tree(plain / "site"), tree(hooked / "site")) == []


@pytest.mark.host
def test_hooks_of_others_never_see_what_is_not_public(tmp_path: Path) -> None:
    """They may publish what they see."""
    hook = """\
from pathlib import Path
seen = []


def on_page_markdown(markdown, page, config, files):
    seen.append(page.file.src_uri)


def on_post_build(config):
    Path(config.site_dir, "seen.txt").write_text("\\n".join(sorted(seen)), encoding="utf-8")
"""
    files = {
        "mkdocs.yml": settings(more="hooks: [hook.py]\n"),
        "hook.py": hook,
        "content/news/draft.md": article("草稿", status="draft"),
        "content/news/gone.md": article("撤下", status="withdrawn"),
    }
    site = small_site(tmp_path / "site", files)
    build(site)
    seen = (site / "site/seen.txt").read_text(encoding="utf-8").split()
    assert seen == [
        "index.md",
        "news/2023/0105-first.md",
        "news/2023/0106-second.md",
        "notices/2023/0107-notice.md",
    ]


@pytest.mark.host
def test_a_hook_that_writes_our_files_is_refused(tmp_path: Path) -> None:
    hook = (
        "from pathlib import Path\n\n\ndef on_post_build(config):\n"
        "    Path(config.site_dir, 'robots.txt').write_text('x', encoding='utf-8')\n"
    )
    files = {"mkdocs.yml": settings(more="hooks: [hook.py]\n"), "hook.py": hook}
    site = small_site(tmp_path / "site")
    build(site)
    before = tree(site / "site")
    answer = run("jianyan", "build", cwd=write(site, files))
    assert (answer.status, answer.out) == (1, "")
    assert "文件 robots.txt 有两个来源" in answer.told
    assert tree(site / "site") == before


@pytest.mark.host
def test_after_the_build_the_host_knows_where_the_site_is(tmp_path: Path) -> None:
    """``mkdocs gh-deploy`` publishes what lies in config.site_dir once the build is over."""
    site = small_site(tmp_path / "site")
    code = (
        "from mkdocs.config import load_config\nfrom mkdocs.commands.build import build\n"
        "config = load_config('mkdocs.yml')\nconfig.plugins.on_startup(command='gh-deploy', "
        "dirty=False)\nbuild(config)\nprint(config.site_dir)\n"
    )
    answer = run("python", "-c", code, cwd=site)
    assert answer.status == 0, answer.told
    assert answer.out == f"{site / 'site'}\n"


@pytest.mark.host
def test_own_styles_and_scripts_of_a_site(tmp_path: Path) -> None:
    more = "extra_css: [own/look.css]\nextra_javascript: [own/move.js]\n"
    files = {
        "mkdocs.yml": settings(more=more),
        "content/own/look.css": "body { color: black }\n",
        "content/own/move.js": "export {};\n",
    }
    site = small_site(tmp_path / "site", files)
    build(site, "--strict")
    built = tree(site / "site")
    page = built["news/2023/0105-first/index.html"].decode()
    assert 'href="../../../own/look.css"' in page
    assert 'src="../../../own/move.js"' in page
    assert {"own/look.css", "own/move.js"} <= built.keys()


@pytest.mark.host
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site", {".cache": "eine Datei"})
    answer = run("jianyan", "build", cwd=site)
    assert (answer.status, answer.out) == (1, "")
    assert "Traceback" not in answer.told
    assert ".cache" in answer.told


def test_a_terminal_that_lacks_a_character_gets_the_rest(tmp_path: Path) -> None:
    draft = article("题目", pinned="😀")
    site = small_site(tmp_path / "site", {"content/news/x.md": draft})
    answer = run("jianyan", "check", cwd=site, PYTHONIOENCODING="ascii")
    assert answer.status == 1
    assert "\\U0001f600" in answer.out


@pytest.mark.host
def test_the_clock_of_a_build(tmp_path: Path) -> None:
    clock = "      clock: 2023-01-31\n"
    later = article("以后", publish_at="2023-02-01 08:00")
    files = {"mkdocs.yml": settings(options=clock), "content/news/later.md": later}
    site = small_site(tmp_path / "site", files)
    page = site / "site/news/later/index.html"
    build(site)
    assert not page.exists()
    build(site, "--now", "2023-02-01T08:00:00+08:00")
    assert page.exists()
    build(site, JIANYAN_NOW="2023-02-01T07:59:59+08:00")
    assert not page.exists()
    build(site, JIANYAN_NOW="2023-02-01T00:00:00Z")
    assert page.exists()
    build(site, "--now", "2023-01-01", JIANYAN_NOW="2023-03-01")
    assert not page.exists()
    assert run("mkdocs", "build", "-q", cwd=site, JIANYAN_NOW="2023-03-01").status == 0
    assert page.exists()


@pytest.mark.host
def test_quiet_is_silent_and_stdout_is_for_answers(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    quiet = run("jianyan", "build", "-q", cwd=site)
    assert (quiet.status, quiet.out, quiet.told) == (0, "", "")
    loud = run("jianyan", "build", cwd=site)
    assert (loud.status, loud.out) == (0, "")
    assert "写入 0，" in loud.told
    # The theme's makers announce its end on stderr; that is not ours to silence.
    mkdocs = run("mkdocs", "build", "-q", cwd=site)
    assert (mkdocs.status, mkdocs.out) == (0, "")


@pytest.mark.host
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_build_goes_its_way_where_streams_are_closed(tmp_path: Path, closed: str) -> None:
    text = "![没有](none.png)"
    site = small_site(tmp_path / "site", {"content/news/2023/0109-c.md": article("图", text=text)})
    # With a host, and without one.
    for _ in range(2):
        command = ("-c", f'exec "$0" build {closed}', PROGRAMS / "jianyan")
        answer = run("/bin/sh", *command, cwd=site)
        assert (answer.status, answer.out) == (0, "")
        assert ("none.png" in answer.told) == ("2>" not in closed)
    assert (site / "site/build.json").is_file()


@pytest.mark.host
def test_the_report_says_what_a_build_did(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    build(site)
    report = json.loads((site / ".cache/jianyan/report.json").read_text(encoding="utf-8"))
    assert set(report["written"]) == tree(site / "site").keys()
    assert (report["removed"], report["unchanged"], report["left_out"]) == ([], 0, 0)
    (site / "content/news/2023/0106-second.md").unlink()
    build(site)
    report = json.loads((site / ".cache/jianyan/report.json").read_text(encoding="utf-8"))
    assert "news/2023/0106-second/index.html" in report["removed"]
    assert report["unchanged"] > 0
    assert "report.json" not in tree(site / "site")


# --- Wrong use ----------------------------------------------------------------------------------

WRONG = [
    (),
    ("fly",),
    ("init",),
    ("init", "a", "b"),
    ("build", "--fast"),
    ("build", "extra"),
    ("build", "-f", "nowhere.yml"),
    ("build", "--now", "昨天"),
    ("build", "--now", "2023-02-30"),
    ("build", "--jobs", "0"),
    ("build", "--jobs", "many"),
    ("build", "-d"),
    ("serve", "--now", "昨天"),
    ("serve", "-f", "nowhere.yml"),
    ("serve", "-a", "nonsense"),
    ("check", "--format", "xml"),
    ("check", "-f", "nowhere.yml"),
    ("check", "--now", "昨天"),
    ("new",),
    ("new", "article"),
    ("new", "article", "--column", "news"),
    ("new", "poem", "--column", "news", "--title", "甲"),
    ("new", "article", "--column", "news", "--title", "甲", "--date", "昨天"),
    ("plan",),
    ("plan", "show"),
    ("plan", "fly", "x.md"),
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_use_ends_with_status_2(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
) -> None:
    monkeypatch.chdir(small_site(tmp_path / "site"))
    with pytest.raises(SystemExit) as ended:
        sys.exit(main(arguments))
    printed = capsys.readouterr()
    assert (ended.value.code, printed.out) == (2, "")
    assert _is_chinese(printed.err)
    assert not (tmp_path / "site/site").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("build",),
        ("serve",),
        ("check",),
        ("new", "article", "--column", "news", "--title", "甲"),
    ],
    ids=" ".join,
)
def test_without_a_site_commands_say_how_to_get_one(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    answer = run("jianyan", *arguments, cwd=tmp_path)
    assert (answer.status, answer.out) == (2, "")
    assert "mkdocs.yml" in answer.told
    assert "jianyan init" in answer.told
    assert list(tmp_path.iterdir()) == []


REFUSED = [
    ("new", "article", "--column", "newz", "--title", "甲"),
    ("new", "notice", "--column", "news", "--title", "甲"),
    ("new", "periodical-article", "--column", "magazine/2023-01", "--title", "甲"),
    ("plan", "show", "nowhere.md"),
    ("plan", "show", "content"),
    ("init", "."),
    ("init", "mkdocs.yml"),
]


@pytest.mark.parametrize("arguments", REFUSED, ids=" ".join)
def test_what_cannot_be_done_is_refused_with_status_1(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    site = small_site(tmp_path / "site")
    before = tree(site)
    answer = run("jianyan", *arguments, cwd=site)
    assert (answer.status, answer.out) == (1, "")
    assert _is_chinese(answer.told)
    assert "Traceback" not in answer.told
    assert tree(site) == before


def _is_chinese(text: str) -> bool:
    """Whether every line told has Chinese words."""
    return all(any("\u4e00" <= sign <= "\u9fff" for sign in line) for line in text.splitlines())


def test_a_site_without_our_plugin_is_no_site_to_build(tmp_path: Path) -> None:
    """Else the host alone would write a tree of its own into the site folder."""
    config = "site_name: 甲\ndocs_dir: content\ntheme:\n  name: material\n"
    site = small_site(tmp_path / "site", {"mkdocs.yml": config})
    for command in ("build", "serve"):
        answer = run("jianyan", command, cwd=site)
        assert (answer.status, answer.out) == (1, "")
        assert "jianyan/site" in answer.told
    assert not (site / "site").exists()


def test_the_site_is_sought_upward_and_named_by_f(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    assert run("jianyan", "check", cwd=site / "content/news/2023").status == 0
    assert run("jianyan", "check", "-f", "site/mkdocs.yml", cwd=tmp_path).status == 0
    assert run("jianyan", "check", "-f", "site", cwd=tmp_path).status == 0


def test_help_and_version_are_answers() -> None:
    home = Path("/")
    assert run("jianyan", "--version", cwd=home).out == f"jianyan {__version__}\n"
    for command in ((), ("init",), ("build",), ("serve",), ("check",), ("new",), ("plan", "show")):
        answer = run("jianyan", *command, "--help", cwd=home)
        assert answer.status == 0
        assert "显示用法" in answer.out


# --- New texts ----------------------------------------------------------------------------------

TITLES = ["关于“十四五”规划: 提案", "2022", "- [重磅] #1 'a' \"b\"", "null", "！？。", "长" * 150]
KINDS = "article notice plan consultation supervision proposal opinion research member body topic"


def test_new_prints_the_path_of_the_new_text(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    command = ("jianyan", "new", "article", "--column", "news", "--title", "同名", "--now", NOW)
    answers = [run(*command, cwd=site) for _ in range(2)]
    assert answers[0] == Answer(0, "content/news/2023/0109-tong-ming.md\n", "")
    # Nothing is ever overwritten.
    assert answers[1] == Answer(0, "content/news/2023/0109-tong-ming-2.md\n", "")
    checked = run("jianyan", "check", cwd=site)
    assert (checked.status, checked.out) == (0, "")


def test_a_new_text_of_any_kind_and_title_is_without_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one process, where the commands of the other tests have each their own."""
    issue = "---\ntitle: 第1期\nissue: {year: 2023, number: 1, published: 2023-01-01}\n---\n"
    columns = {f"content/{kind}s/index.md": column(kind, kind) for kind in KINDS.split()}
    more = {
        "content/mixed/index.md": column("几种", "article", "notice"),
        "content/magazine/index.md": "---\ntitle: 刊物\nperiodical: {frequency: 季刊}\n---\n",
        "content/magazine/2023-01/index.md": issue,
    }
    site = small_site(tmp_path / "site", {**columns, **more})
    monkeypatch.chdir(site)
    wanted = [(kind, f"{kind}s", "新的一篇") for kind in KINDS.split()]
    wanted += [("notice", "mixed", "公告"), ("page", "about", "概况")]
    wanted += [("periodical-article", "magazine/2023-01", "文章")]
    wanted += [("article", "news", title) for title in TITLES]
    for kind, folder, title in wanted:
        status = main(["new", kind, "--column", folder, "--title", title, "--now", NOW])
        printed = capsys.readouterr()
        assert (status, printed.err) == (0, "")
        assert (site / printed.out.strip()).is_relative_to(site / "content" / folder)
    assert main(["check"]) == 0
    assert capsys.readouterr().out == ""


def test_the_plan_is_told_as_json(sample: Path) -> None:
    file = "content/plans/2022/index.md"
    told = json.loads(run("jianyan", "plan", "show", file, "--json", cwd=sample).out)
    assert list(told) == ["title", "year", "preamble", "parts", "closing"]
    assert [part["id"] for part in told["parts"]] == ["1", "2", "3", "4", "5", "6"]
    clauses = [clause for part in told["parts"] for clause in part["clauses"]]
    assert len(clauses) == 24
    assert list(clauses[0]) == ["id", "number", "title", "text", "items"]
    assert [c["id"] for c in told["parts"][1]["clauses"]][:4] == ["2-1", "2-2", "2-3", "2-4"]
    assert told["parts"][1]["clauses"][3]["number"] == "（三）"
    outline = run("jianyan", "plan", "show", file, cwd=sample)
    assert outline.status == 0
    assert "6 个部分，24 条" in outline.out
