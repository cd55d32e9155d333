"""The programs these tests drive, and why they are skipped where one is missing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from .sample_site import ROOT

SCRIPTS = Path(__file__).with_name("scripts")
_PACKAGES = ("axe-core", "jsqr", "playwright-core")


def need_program(variable: str, *commands: str) -> str:
    """The program that the variable names, or the first command on PATH; else skip."""
    chosen = os.environ.get(variable)
    for command in (chosen,) if chosen else commands:
        if found := shutil.which(command):
            return found
    pytest.skip(f"no {' or '.join(commands)} here, and {variable} names no program")


def need_node() -> str:
    """Node, with the packages of package-lock.json beside it; else skip."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node here")
    missing = [name for name in _PACKAGES if not (ROOT / "node_modules" / name).is_dir()]
    if missing:
        pytest.skip(f"node_modules has no {', '.join(missing)}: npm ci --ignore-scripts")
    return node


@dataclass(frozen=True, slots=True)
class Chromium:
    """The one Chromium of the run, driven by short scripts."""

    node: str
    address: str

    def run(self, script: str, order: Mapping[str, Any], timeout: int = 600) -> Any:
        """Run ``scripts/<script>.mjs`` with the order; its answer.

        ``timeout`` is in seconds.
        """
        done = subprocess.run(
            [self.node, str(SCRIPTS / f"{script}.mjs")],
            input=json.dumps({"browser": self.address, **order}),
            capture_output=True,
            text=True,
            timeout=timeout,
        )
        assert done.returncode == 0, f"{script}.mjs: {done.stderr}"
        return json.loads(done.stdout)


def told(answers: Mapping[str, Any], name: str) -> Any:
    """What a script answers about one thing; fails where it could not come to an answer."""
    answer = answers[name]
    if isinstance(answer, dict) and "error" in answer:
        pytest.fail(f"{name}: {answer['error']}", pytrace=False)
    return answer


@contextmanager
def running_chromium(node: str, program: str) -> Iterator[Chromium]:
    """Start Chromium; it ends with the ``with`` block."""
    command = [node, str(SCRIPTS / "launch.mjs"), program]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as launcher:
        assert launcher.stdin is not None
        assert launcher.stdout is not None
        address = launcher.stdout.readline().strip()
        assert address, f"{program} did not start"
        try:
            yield Chromium(node, address)
        finally:
            launcher.stdin.close()
            try:
                launcher.wait(timeout=10)
            except subprocess.TimeoutExpired:
                launcher.kill()
