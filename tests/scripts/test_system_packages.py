"""Programs of the system: found where they are, asked for where they are not."""

import os
from pathlib import Path

import pytest

from scripts.setup import system_packages
from scripts.setup.system_packages import PROGRAMS, find_program, prepare_programs


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path))
    for program in PROGRAMS:
        monkeypatch.delenv(program.variable, raising=False)
    return tmp_path


def put_program(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.usefixtures("bare_machine")
def test_what_is_missing_is_named_with_its_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    assert prepare_programs() == {}
    told = capsys.readouterr()
    assert told.out == ""
    for program in PROGRAMS:
        assert f"没有 {program.package}，将跳过：{program.purpose}" in told.err


def test_programs_on_the_path_are_handed_to_the_tests(bare_machine: Path) -> None:
    chromium = put_program(bare_machine, "chromium-browser")
    assert prepare_programs() == {"JIANYAN_CHROMIUM": str(chromium)}


def test_the_operators_own_choice_wins(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_program(bare_machine, "chromium")
    own = put_program(bare_machine, "my-browser")
    monkeypatch.setenv("JIANYAN_CHROMIUM", str(own))
    assert find_program(PROGRAMS[0]) == own


def test_only_root_installs(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_program(bare_machine, "apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(system_packages, "run_aloud", lambda *_, **__: pytest.fail("started"))
    system_packages.install_debian_packages(["newsboat"])
    assert system_packages.typed_line(["newsboat"]) == "sudo apt-get install newsboat"
