"""The commands that need no host: arguments, check, init, plan show."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from site_plugins import __version__
from site_plugins.cli import main
from tests.site_in_memory import Files, column, record

COMMANDS = ("init", "build", "serve", "check", "new", "plan", "search")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("JIANYAN_NOW", raising=False)
    files: Files = {
        "mkdocs.yml": "site_name: 示例市政协\nsite_url: https://zx.example.com/\n"
        "docs_dir: content\nplugins: [jianyan/site, jianyan/feeds, jianyan/search]\n",
        "content/news/index.md": column("要闻"),
        "content/news/a.md": record("甲"),
    }
    _write(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _write(root: Path, files: Files) -> None:
    for name, written in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        content = written.encode("utf-8") if isinstance(written, str) else written
        (root / name).write_bytes(content)


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        ([], "缺少 命令"),
        (["fly"], "没有“fly”这一项；可用："),
        (["init"], "缺少 文件夹"),
        (["check", "--format", "xml"], "没有“xml”这一项；可用："),
        (["check", "--now"], "后面要写一个值"),
        (["check", "extra"], "不认识的参数 extra"),
        (["build", "--jobs", "many"], "应当是整数，不是 'many'"),
        (["new", "novel"], "没有“novel”这一项；可用："),
        (["plan"], "缺少 命令"),
        (["check", "-f", "nowhere.yml"], "找不到 nowhere.yml"),
        (["check", "--now", "明天"], "时间“明天”不成立"),
    ],
)
def test_wrong_use_ends_with_2_and_says_why_in_chinese(
    site: Path, argv: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        status = main(argv)
    except SystemExit as ended:
        status = int(ended.code or 0)
    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert told in err


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_chinese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "-h"])
    out = capsys.readouterr().out
    assert ended.value.code == 0
    assert out.startswith("用法：")
    assert "显示用法" in out
    assert not any(word in out for word in ("usage", "options:", "positional", "show this"))


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"jianyan {__version__}\n"


def test_a_sound_site_is_passed_over(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr() == ("", "没有发现问题\n")


BROKEN: Files = {
    "content/news/b.md": record("乙", text="[x](missing.md)"),
    "content/news/c.pdf": b"%PDF",
    "content/news/丁.md": record("丁"),
}


def test_check_tells_the_gravest_first(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(site, BROKEN)
    assert main(["check"]) == 1
    out, err = capsys.readouterr()
    assert [line.rpartition(" ")[2] for line in out.splitlines()] == [
        "[JY025]",
        "[JY009]",
        "[JY040]",
    ]
    assert err.splitlines()[-1] == "共 1 处错误、1 处警告、1 处提示"


def test_check_answers_in_json(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(site, BROKEN)
    assert main(["check", "--format", "json"]) == 1
    out, err = capsys.readouterr()
    problems = json.loads(out)["problems"]
    assert err == ""
    assert problems[0] == {
        "code": "JY025",
        "severity": "error",
        "path": "content/news/b.md",
        "line": 6,
        "message": "链接“missing.md”找不到目标",
        "remedy": problems[0]["remedy"],
    }
    assert [p["severity"] for p in problems] == ["error", "info", "warning"]


def test_warnings_do_not_fail_a_check(site: Path) -> None:
    _write(site, {path: text for path, text in BROKEN.items() if "b.md" not in path})
    assert main(["check"]) == 0


def test_the_site_is_sought_upward_and_by_f(
    site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.chdir(site / "content/news")
    assert main(["check"]) == 0
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert main(["check", "-f", str(site / "mkdocs.yml")]) == 0
    assert main(["check", "-f", str(site)]) == 0
    assert main(["check"]) == 2


@pytest.mark.parametrize(
    ("argv", "variable", "codes"),
    [
        ([], None, []),
        (["--now", "2023-01-01"], None, ["JY028"]),
        ([], "2023-01-01", ["JY028"]),
        (["--now", "2023-03-01"], "2023-01-01", []),
    ],
)
def test_the_clock(
    site: Path,
    argv: list[str],
    variable: str | None,
    codes: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    scheduled = record("乙", publish_at="2023-02-01")
    linking = record("丙", text="[乙](b.md)")
    _write(site, {"content/news/b.md": scheduled, "content/news/c.md": linking})
    if variable is not None:
        monkeypatch.setenv("JIANYAN_NOW", variable)
    assert main(["check", "--format", "json", *argv]) == 0
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [problem["code"] for problem in problems] == codes


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize(
    ("text", "code"),
    [(b"site_name: [\n", "JY063"), (b"\xff\xff\xff", "JY002"), (b"docs_dir: x\n", "JY061")],
)
def test_settings_that_cannot_be_used_are_the_answer(
    site: Path, form: str, text: bytes, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "mkdocs.yml").write_bytes(text)
    assert main(["check", "--format", form]) == 1
    out = capsys.readouterr().out
    if form == "json":
        assert code in [problem["code"] for problem in json.loads(out)["problems"]]
    else:
        assert f"[{code}]" in out


def test_init_writes_a_site_without_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "site"]) == 0
    assert capsys.readouterr().out == "site\n"
    assert main(["check", "-f", "site"]) == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", "没有发现问题\n")
    settings = (tmp_path / "site/mkdocs.yml").read_text(encoding="utf-8")
    assert any(line.startswith("site_name: ") for line in settings.splitlines())
    assert "clock:" not in settings
    for name in ("news", "notices", "plans", "proposals", "magazine", "journal", "about"):
        assert (tmp_path / "site/content" / name).is_dir()


def test_init_leaves_other_folders_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    assert main(["init", str(tmp_path / "empty")]) == 0
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "used").mkdir()
    (tmp_path / "used/thesis.doc").write_bytes(b"x")
    capsys.readouterr()
    for name in ("file", "used", "file/below"):
        assert main(["init", str(tmp_path / name)]) == 1
        assert capsys.readouterr().out == ""
    assert [path.name for path in (tmp_path / "used").iterdir()] == ["thesis.doc"]


PLAN = "一、学习\n\n（一）理论武装。坚持。\n\n1. 第一项。\n"


def test_plan_show(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(site, {"plan.md": record("2022年工作要点", year=2022, text=PLAN)})
    assert main(["plan", "show", "plan.md", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["title"], data["year"]) == ("2022年工作要点", 2022)
    assert [c["id"] for part in data["parts"] for c in part["clauses"]] == ["1-1"]
    assert main(["plan", "show", "plan.md"]) == 0
    assert "1-1" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, b"\xff\xff\xff", b"---\ntitle: [\n---\n"])
def test_a_plan_that_cannot_be_read(
    site: Path, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (site / "plan.md").write_bytes(content)
    assert main(["plan", "show", "plan.md"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "plan.md" in err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell that closes streams")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("title", ["甲", ""])
def test_a_closed_stream_changes_no_status_and_no_other_stream(
    site: Path, closed: str, title: str
) -> None:
    _write(site, {"content/news/a.md": record(title)})
    command = [sys.executable, "-m", "site_plugins.cli", "check"]
    whole = subprocess.run(command, capture_output=True, check=False)
    assert whole.returncode == (0 if title else 1)
    shell = ["/bin/sh", "-c", f'exec "$0" "$@" {closed}', *command]
    done = subprocess.run(shell, capture_output=True, check=False)
    assert done.returncode == whole.returncode
    assert done.stdout == (b"" if " >" in f" {closed}" else whole.stdout)
    assert done.stderr == (b"" if "2>" in closed else whole.stderr)


def test_programs_that_a_command_runs_have_all_streams(site: Path) -> None:
    program = (
        "import os, subprocess, sys\nfrom site_plugins.cli import main\nmain(['check'])\n"
        "told = 'import os; [os.fstat(n) for n in range(3)]'\n"
        "sys.exit(subprocess.run([sys.executable, '-c', told]).returncode)\n"
    )
    shell = ["/bin/sh", "-c", 'exec "$0" "$@" <&- >&- 2>&-', sys.executable, "-c", program]
    assert subprocess.run(shell, check=False).returncode == 0


def test_commands_do_not_load_the_host(site: Path) -> None:
    program = (
        "import sys\nfrom site_plugins.cli import main\n"
        "status = main(['check'])\n"
        "print(status, sorted({'mkdocs', 'material', 'properdocs'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8"
    )
    assert done.stdout == "0 []\n", done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of Unix")
def test_whoever_stops_a_command_while_it_loads_sees_no_traceback(site: Path) -> None:
    # Who runs the tests in the background may have told all programs to ignore Ctrl+C.
    program = (
        "import signal, sys\nfrom importlib.abc import MetaPathFinder\n"
        "from site_plugins.cli import run\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "class Slow(MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name == 'site_plugins.cli.arguments':\n"
        "            signal.raise_signal(int(sys.argv[1]))\n"
        "sys.meta_path.insert(0, Slow())\n"
        "run()\n"
    )
    for number in (signal.SIGINT, signal.SIGTERM):
        done = subprocess.run(
            [sys.executable, "-c", program, str(int(number))], capture_output=True, check=False
        )
        assert (done.returncode, done.stdout, done.stderr) == (128 + number, b"", b"")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of Unix")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_command_that_ends_is_not_ended_once_more(site: Path, number: int) -> None:
    program = (
        "import io, signal, sys\nfrom site_plugins.cli import run\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "class Slow(io.StringIO):\n"
        f"    def flush(self): signal.raise_signal({int(number)})\n"
        "sys.stdout = Slow()\nsys.argv[1:] = ['check']\nrun()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (done.returncode, done.stderr.count(b"Traceback")) == (0, 0)
