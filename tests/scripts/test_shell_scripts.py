"""The commands an operator types: sound shell, executable, and wired to each other."""

import os
import subprocess

import pytest

from scripts.setup.places import ROOT

SHELL = ("scripts/serve", "scripts/test", "scripts/setup/find_python.sh", ".ci/run")
COMMANDS = ("scripts/serve", "scripts/test", "scripts/bench", ".ci/run")


@pytest.mark.parametrize("path", SHELL)
def test_bash_accepts(path: str) -> None:
    done = subprocess.run(
        ["bash", "-n", path], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("path", COMMANDS)
def test_commands_are_executable(path: str) -> None:
    assert os.access(ROOT / path, os.X_OK)
    assert (ROOT / path).read_text(encoding="utf-8").startswith("#!/usr/bin/env ")


def test_continuous_integration_runs_the_tests() -> None:
    assert "scripts/test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["scripts/serve", "scripts/test"])
def test_help_goes_to_stdout_and_wrong_use_to_stderr(command: str) -> None:
    helped = subprocess.run([ROOT / command, "--help"], capture_output=True, check=False)
    assert helped.returncode == 0
    assert command in helped.stdout.decode()
    wrong = subprocess.run([ROOT / command, "--nonsense"], capture_output=True, check=False)
    assert (wrong.returncode, wrong.stdout) == (2, b"")
    assert "--nonsense" in wrong.stderr.decode()


def test_a_machine_without_python_is_told_what_to_do(tmp_path: os.PathLike[str]) -> None:
    question = ". scripts/setup/find_python.sh; find_python"
    done = subprocess.run(
        ["/bin/bash", "-c", question],
        cwd=ROOT,
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "办法：" in done.stderr
