"""Virtual environments: filled once, again after a change, never half."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from scripts.setup import python_environment
from scripts.setup.console import SetupFault
from scripts.setup.places import ROOT
from scripts.setup.python_environment import PythonEnvironment


class FakeMachine:
    """Stands for the processes that set-up starts: notes them and says how they ended."""

    def __init__(self) -> None:
        self.commands: list[str] = []
        self.environments: list[Mapping[str, str]] = []
        self.failing = "nothing fails"

    def run_aloud(
        self,
        command: Sequence[str | Path],
        *,
        folder: Path,
        environment: Mapping[str, str] | None = None,
    ) -> bool:
        assert folder == ROOT
        line = " ".join(map(str, command))
        self.commands.append(line)
        self.environments.append(environment or {})
        if " venv " in line:
            python = Path(command[-1]) / "bin" / "python"
            python.parent.mkdir(parents=True)
            python.touch()
        return self.failing not in line

    def run_silently(self, command: Sequence[str | Path]) -> tuple[bool, str]:
        python = Path(command[0])
        return python.exists(), f"True {python.parents[1]}"


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> FakeMachine:
    fake = FakeMachine()
    monkeypatch.setattr(python_environment, "run_aloud", fake.run_aloud)
    monkeypatch.setattr(python_environment, "run_silently", fake.run_silently)
    return fake


def test_a_second_run_starts_no_process(machine: FakeMachine, tmp_path: Path) -> None:
    environment = PythonEnvironment(tmp_path / "venv", "site")
    environment.prepare()
    assert len(machine.commands) == 4  # venv, build tools, lock, project
    environment.prepare()
    assert len(machine.commands) == 4


def test_packages_are_checked_against_their_hashes(machine: FakeMachine, tmp_path: Path) -> None:
    PythonEnvironment(tmp_path / "venv", "core").prepare()
    locks = [line for line in machine.commands if "requirements/" in line]
    assert len(locks) == 2
    assert all("--require-hashes" in line for line in locks)
    assert "--no-index" in machine.commands[-1]


def test_an_interrupted_installation_is_done_again(machine: FakeMachine, tmp_path: Path) -> None:
    environment = PythonEnvironment(tmp_path / "venv", "site")
    machine.failing = "requirements/site.txt"
    with pytest.raises(SetupFault) as caught:
        environment.prepare()
    assert "requirements/README.md" in caught.value.remedy
    machine.failing = "nothing fails"
    before = len(machine.commands)
    environment.prepare()
    assert len(machine.commands) == before + 3


def test_the_tests_environment_also_serves_the_site(machine: FakeMachine, tmp_path: Path) -> None:
    PythonEnvironment(tmp_path / "venv", "test").prepare()
    before = len(machine.commands)
    PythonEnvironment(tmp_path / "venv", "site").prepare()
    assert len(machine.commands) == before


def test_the_sites_environment_does_not_do_for_tests(machine: FakeMachine, tmp_path: Path) -> None:
    PythonEnvironment(tmp_path / "venv", "site").prepare()
    before = len(machine.commands)
    PythonEnvironment(tmp_path / "venv", "test").prepare()
    assert len(machine.commands) == before + 3


def test_an_environment_made_elsewhere_is_made_anew(machine: FakeMachine, tmp_path: Path) -> None:
    environment = PythonEnvironment(tmp_path / "venv", "site")
    environment.prepare()
    (tmp_path / "venv" / ".jianyan" / "home").write_text("/elsewhere\n3.11\n", encoding="utf-8")
    (tmp_path / "venv" / "bin" / "python").unlink()
    (tmp_path / "venv" / "bin").rmdir()
    before = len(machine.commands)
    environment.prepare()
    assert " venv --clear " in machine.commands[before]


def test_where_packages_come_from_is_the_machines_choice(
    machine: FakeMachine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "file:///mirror")
    monkeypatch.setenv("PIP_TARGET", "/somewhere/else")
    monkeypatch.setenv("PIP_USER", "1")
    PythonEnvironment(tmp_path / "venv", "site").prepare()
    environment = machine.environments[2]
    assert environment["PIP_INDEX_URL"] == "file:///mirror"
    assert not {"PIP_TARGET", "PIP_USER"} & environment.keys()


def test_what_a_link_leads_to_is_not_emptied(machine: FakeMachine, tmp_path: Path) -> None:
    other = tmp_path / "another checkout's"
    other.mkdir()
    (tmp_path / "venv").symlink_to(other)
    with pytest.raises(SetupFault, match="链接"):
        PythonEnvironment(tmp_path / "venv", "site").prepare()
    assert machine.commands == []
