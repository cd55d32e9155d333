"""scripts/bench: its command line and the meters it reads."""

import dataclasses
import json
import platform
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from scripts.benchmark import command
from scripts.benchmark.machine import describe_machine
from scripts.benchmark.measure import measure


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["build"],
        ["build", "0"],
        ["build", "x"],
        ["haste", "10"],
        ["build", "1", "--runs"],
        ["build", "1", "--runs", "0"],
    ],
)
def test_wrong_use_prints_the_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "scripts/bench" in told.err


def test_answer_is_json_on_stdout(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def answer(articles: int, runs: int) -> Mapping[str, object]:
        return {"articles": articles, "runs": runs}

    monkeypatch.setitem(command.BENCHMARKS, "build", command.Benchmark(answer, ""))
    assert command.main(["build", "10", "--runs", "3"]) == 0
    assert json.loads(capsys.readouterr().out) == {"articles": 10, "runs": 3}


def test_edits_are_measured_three_times(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = command.BENCHMARKS["edit"]
    answering = dataclasses.replace(kept, run=lambda articles, runs: {"runs": runs})
    monkeypatch.setitem(command.BENCHMARKS, "edit", answering)
    assert command.main(["edit", "10"]) == 0
    assert json.loads(capsys.readouterr().out) == {"runs": 3}


def test_what_the_environment_is_told_reaches_the_command(tmp_path: Path) -> None:
    code = "import os; raise SystemExit(int(os.environ['TOLD']) + ('PATH' in os.environ))"
    assert measure([sys.executable, "-c", code], tmp_path, {"TOLD": "4"}).status == 5


FAMILY = """
import subprocess, sys, time
held = bytearray(b"x" * 40_000_000)
child = "import time; held = bytearray(b'x' * 40_000_000); time.sleep(0.4); sum(range(3_000_000))"
subprocess.run([sys.executable, "-c", child])
raise SystemExit(3)
"""


def test_cost_counts_the_whole_family(tmp_path: Path) -> None:
    cost = measure([sys.executable, "-c", FAMILY], tmp_path)
    assert cost.status == 3
    assert cost.wall_seconds > 0.4
    assert 0 < cost.cpu_seconds < cost.wall_seconds * 3
    least = 80 if sys.platform == "linux" else 40
    assert least < cost.peak_memory_mb < 200


def test_the_machine_is_described_but_not_named() -> None:
    facts = describe_machine()
    assert {"processor", "cores", "memory_gb", "system", "python"} == facts.keys()
    assert platform.node() not in facts.values()
