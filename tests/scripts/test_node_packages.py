"""Packages from npm: what is installed for whom, and what happens without npm."""

from pathlib import Path

import pytest

from scripts.setup import node_packages
from scripts.setup.console import SetupFault
from scripts.setup.node_packages import prepare_node_packages, prepare_print_fonts

NODE = "#!/bin/sh\necho v20.1.0\n"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with an npm that notes how it is called."""
    for name in ("package.json", "package-lock.json"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    monkeypatch.setattr(node_packages, "ROOT", tmp_path)
    monkeypatch.setattr(node_packages, "NODE_MODULES", tmp_path / "node_modules")
    monkeypatch.setattr(node_packages, "_STAMP", tmp_path / "node_modules" / ".jianyan")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    (tmp_path / "bin").mkdir()
    return tmp_path


def program(repository: Path, name: str, text: str) -> None:
    file = repository / "bin" / name
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)


def npm(repository: Path, status: int = 0) -> None:
    calls = repository / "calls"
    program(repository, "npm", f'#!/bin/sh\necho "$@" >> "{calls}"\nexit {status}\n')
    program(repository, "node", NODE)


def calls(repository: Path) -> list[str]:
    noted = repository / "calls"
    return noted.read_text(encoding="utf-8").splitlines() if noted.exists() else []


def test_fonts_are_installed_once_and_without_what_tests_need(repository: Path) -> None:
    npm(repository)
    assert prepare_print_fonts()
    assert prepare_print_fonts()
    [call] = calls(repository)
    assert call.startswith("ci ")
    assert "--omit=dev" in call


def test_what_tests_install_has_the_fonts(repository: Path) -> None:
    npm(repository)
    assert prepare_node_packages()
    assert prepare_print_fonts()
    [call] = calls(repository)
    assert "--omit" not in call


def test_fonts_alone_are_not_enough_for_tests(repository: Path) -> None:
    npm(repository)
    assert prepare_print_fonts()
    assert prepare_node_packages()
    assert len(calls(repository)) == 2


def test_a_changed_lock_is_installed_anew(repository: Path) -> None:
    npm(repository)
    assert prepare_print_fonts()
    (repository / "package-lock.json").write_text('{"a": 1}', encoding="utf-8")
    assert prepare_print_fonts()
    assert len(calls(repository)) == 2


def test_without_npm_printing_uses_other_fonts(
    repository: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert not prepare_print_fonts()
    out, err = capfd.readouterr()
    assert out == ""
    assert "没有 npm" in err
    assert not prepare_node_packages()


def test_an_npm_that_fails_stops_the_tests_and_not_the_site(
    repository: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    npm(repository, status=1)
    assert not prepare_print_fonts()
    assert "没有装好打印用的字体" in capfd.readouterr().err
    with pytest.raises(SetupFault, match="没有装好"):
        prepare_node_packages()
    npm(repository)
    assert prepare_print_fonts()
