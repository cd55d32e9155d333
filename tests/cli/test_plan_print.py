"""``jianyan plan print``: what it says, what it writes, what it leaves alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from site_plugins.cli import main, plan_print
from site_plugins.domain.settings import Settings
from site_plugins.tools.print_shop import TypstShop

PLAN = """---
title: 政协示例市委员会2023年工作要点
year: 2023
date: 2023-02-20
source: 示例市政协办公室
---
一、加强学习

（一）理论武装。坚持学习。
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: 示例市政协\ndocs_dir: content\nplugins: [jianyan/site, jianyan/plans]\n",
        encoding="utf-8",
    )
    (tmp_path / "content/plan.md").write_text(PLAN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def with_fonts(site: Path) -> None:
    settings = Settings(
        root=str(site),
        config="mkdocs.yml",
        content="content",
        content_name="content/",
        output="site",
        cache=str(site / ".cache/jianyan"),
        name="示例市政协",
    )
    if TypstShop(settings).case("建言") is None:
        pytest.skip("no Chinese font here: npm ci --omit=dev --ignore-scripts")


@pytest.mark.usefixtures("with_fonts")
def test_the_pdf_is_written_and_nothing_is_answered(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", "print", "content/plan.md", "-o", "plan.pdf"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "已写入 plan.pdf" in err
    assert (site / "plan.pdf").read_bytes().startswith(b"%PDF-1.7")
    first = (site / "plan.pdf").read_bytes()
    assert main(["plan", "print", "content/plan.md", "-o", "again.pdf"]) == 0
    assert (site / "again.pdf").read_bytes() == first
    assert not list(site.glob(".*.pdf"))


@pytest.mark.usefixtures("with_fonts")
def test_the_title_is_broken_where_the_person_says(site: Path) -> None:
    said = ["--title", "政协示例市委员会/2023年工作要点"]
    assert main(["plan", "print", "content/plan.md", "-o", "one.pdf"]) == 0
    assert main(["plan", "print", "content/plan.md", "-o", "two.pdf", *said]) == 0
    assert (site / "one.pdf").read_bytes() != (site / "two.pdf").read_bytes()


def test_another_title_is_wrong_use(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = ["--title", "政协示例市委员会/2022年工作要点"]
    assert main(["plan", "print", "content/plan.md", "-o", "plan.pdf", *said]) == 2
    assert "--title 的字与标题" in capsys.readouterr().err


@pytest.mark.usefixtures("with_fonts")
def test_it_works_from_any_folder(
    site: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(elsewhere)
    assert main(["plan", "print", str(site / "content/plan.md"), "-o", "plan.pdf"]) == 0
    assert (elsewhere / "plan.pdf").is_file()


@pytest.mark.usefixtures("with_fonts")
def test_a_character_without_font_keeps_the_old_file(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "plan.pdf").write_bytes(b"old")
    (site / "content/plan.md").write_text(PLAN + "\n写\ue000的人。\n", encoding="utf-8")
    assert main(["plan", "print", "content/plan.md", "-o", "plan.pdf"]) == 1
    assert "content/plan.md:11: 现有的字体都没有" in capsys.readouterr().err
    assert (site / "plan.pdf").read_bytes() == b"old"


def test_without_chinese_fonts_it_refuses_with_a_remedy(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        plan_print,
        "print_shop",
        lambda settings: TypstShop(settings, system=False, packages=False),
    )
    assert main(["plan", "print", "content/plan.md", "-o", "plan.pdf"]) == 1
    err = capsys.readouterr().err
    assert "没有找到任何中文字体，不能排印" in err
    assert "npm install @expo-google-fonts/noto-serif-sc" in err
    assert not (site / "plan.pdf").exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "读不到 content/plan.md"),
        ("标题".encode("gb18030") * 20, "JY001"),
        (b"---\nyear: 2023\n---\n", "JY011"),
        (b"---\ntitle: [\n---\n", "JY003"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    site: Path, content: bytes | None, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = site / "content/plan.md"
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    assert main(["plan", "print", "content/plan.md", "-o", "plan.pdf"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err


@pytest.mark.usefixtures("with_fonts")
def test_a_place_that_cannot_be_written_is_told(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", "print", "content/plan.md", "-o", "nowhere/plan.pdf"]) == 1
    assert "写不了 nowhere/plan.pdf" in capsys.readouterr().err


def test_the_output_has_to_be_named(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["plan", "print", "content/plan.md"])
    assert ended.value.code == 2
    assert "缺少 -o" in capsys.readouterr().err


def test_no_host_is_loaded(site: Path) -> None:
    program = (
        "import sys\nfrom site_plugins.cli import main\n"
        "main(['plan', 'print', 'content/plan.md', '-o', 'plan.pdf'])\n"
        "print(sorted({'mkdocs', 'material', 'properdocs'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8"
    )
    assert done.stdout == "[]\n", done.stderr
