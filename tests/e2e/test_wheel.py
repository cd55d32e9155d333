"""The wheel alone, installed far from the repository, makes and builds a site."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.commands import ROOT, Answer, environment
from tests.e2e.sites import article, write
from tests.e2e.trees import holding, tree

pytestmark = pytest.mark.host

THEME = ["layouts/base.html", "styles/order.txt", "scripts/site.js", "search/client.js"]


@dataclass(frozen=True)
class Elsewhere:
    """An environment with the wheel and its dependencies but without the repository."""

    folder: Path
    programs: Path

    def run(self, name: str, *arguments: str, cwd: Path) -> Answer:
        variables = environment(self.folder)
        variables["PATH"] = os.pathsep.join((str(self.programs), "/usr/bin", "/bin"))
        done = subprocess.run(
            [str(self.programs / name), *arguments],
            cwd=cwd,
            env=variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Elsewhere:
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "env", with_pip=False, symlinks=True)
    python = folder / "env" / "bin" / "python"
    options = "--no-deps --no-index --quiet --disable-pip-version-check".split()
    installed = subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), "install", *options, str(wheel)],
        env=environment(folder),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert installed.returncode == 0, installed.stderr
    # The dependencies are those of the environment the tests run in; the .pth file there that
    # leads to the repository is not followed from here.
    libraries = sysconfig.get_path("purelib")
    packages = next((folder / "env" / "lib").glob("python*/site-packages"))
    (packages / "dependencies.pth").write_text(f"{libraries}\n", encoding="utf-8")
    return Elsewhere(folder, folder / "env" / "bin")


def test_the_wheel_carries_plugins_theme_and_skeleton_and_no_more(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {f"site_plugins/theme/{name}" for name in THEME} <= names
    assert "site_plugins/cli/skeleton/mkdocs.yml" in names
    assert "site_plugins/cli/skeleton/content/index.md" in names
    tops = {name.partition("/")[0] for name in names}
    assert tops == {"site_plugins", next(t for t in tops if t.endswith(".dist-info"))}
    licences = {name.rpartition("/")[2] for name in names if ".dist-info/licenses/" in name}
    assert {"LICENSE", "NOTICE"} <= licences
    repository = {
        path.relative_to(ROOT).as_posix()
        for folder in ("site_plugins", "theme")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    wanted = {n if n.startswith("site_plugins/") else f"site_plugins/{n}" for n in repository}
    assert wanted == {name for name in names if name.startswith("site_plugins/")}


def test_the_repository_is_out_of_sight(elsewhere: Elsewhere) -> None:
    code = "import site_plugins, sys; print(site_plugins.__file__); print(sys.path)"
    said = elsewhere.run("python", "-c", code, cwd=elsewhere.folder).out
    assert said.startswith(str(elsewhere.folder / "env"))
    assert f"'{ROOT}'" not in said


def test_a_new_site_from_the_wheel_is_without_a_word(elsewhere: Elsewhere) -> None:
    work = elsewhere.folder / "work"
    work.mkdir()
    made = elsewhere.run("jianyan", "init", "office", cwd=work)
    assert (made.status, made.out) == (0, "office\n")
    site = work / "office"
    config = (site / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("site_name: ") for line in config)
    assert any(line.startswith("site_url: https://") for line in config)
    assert not any("clock" in line for line in config)
    assert (site / "README.md").is_file()
    for folder in "news notices plans proposals magazine journal about".split():
        assert (site / "content" / folder / "index.md").is_file()
    assert elsewhere.run("jianyan", "check", cwd=site) == Answer(0, "", "没有发现问题\n")
    again = elsewhere.run("jianyan", "init", "office", cwd=work)
    assert (again.status, again.out) == (1, "")
    built = elsewhere.run("jianyan", "build", "--strict", "-q", cwd=site)
    assert built == Answer(0, "", "")
    before = tree(site / "site")
    options = ("--column", "news", "--title", "第一篇稿件", "--date", "2024-02-01")
    new = elsewhere.run("jianyan", "new", "article", *options, cwd=site)
    assert (new.status, new.told) == (0, "")
    text = site / new.out.strip()
    words = text.read_text(encoding="utf-8").replace("在这里写正文。", "这是正文里的一句话。")
    text.write_text(words, encoding="utf-8")
    assert elsewhere.run("jianyan", "build", "--strict", "-q", cwd=site) == Answer(0, "", "")
    after = tree(site / "site")
    assert len(after) > len(before)
    page = text.relative_to(site / "content").with_suffix("").as_posix() + "/index.html"
    assert "这是正文里的一句话。" in after[page].decode("utf-8")
    assert {"index.html", "news/index.html", "feed.xml"} <= set(holding(after, "第一篇稿件"))
    host = elsewhere.run("python", "-m", "mkdocs", "build", "--strict", "-q", cwd=site)
    assert host.status == 0, host.told
    assert tree(site / "site") == after


def test_plans_are_read_and_the_theme_can_be_overridden(elsewhere: Elsewhere) -> None:
    work = elsewhere.folder / "own"
    work.mkdir()
    assert elsewhere.run("jianyan", "init", "office", cwd=work).status == 0
    site = work / "office"
    plan = elsewhere.run("jianyan", "plan", "show", "content/plans/2024/index.md", cwd=site)
    assert plan.status == 0
    own = {"own/partials/footer.html": "<footer>本单位自己的页脚</footer>\n"}
    write(site, {**own, "content/news/2024/0201-x.md": article("一篇", "2024-02-01")})
    config = (site / "mkdocs.yml").read_text(encoding="utf-8")
    changed = config.replace("name: material\n", "name: material\n  custom_dir: own\n")
    write(site, {"mkdocs.yml": changed})
    assert elsewhere.run("jianyan", "build", "--strict", "-q", cwd=site) == Answer(0, "", "")
    page = (site / "site/news/2024/0201-x/index.html").read_text(encoding="utf-8")
    assert "<footer>本单位自己的页脚</footer>" in page
