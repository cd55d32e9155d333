"""Writes requirements/*.txt anew from pyproject.toml.

Run as ``python3 -m scripts.setup.lock_requirements``. The developer's tool, not part of a
fresh machine's set-up: it needs ``uv`` and the network. The locks hold for every supported
Python and system, name no address, and agree with each other: all of them are cut from one
common resolution.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from scripts.setup.console import say
from scripts.setup.places import REQUIREMENTS, ROOT, SITE_ENVIRONMENT

OLDEST_PYTHON = "3.11"

BUILD_TOOLS = ("editables", "hatchling>=1.27", "setuptools")
"""What builds the project in place (hatchling, editables) and feedgen, which comes as source."""

HOSTS = frozenset({"mkdocs", "mkdocs-glightbox", "mkdocs-material", "properdocs"})
"""What the core must run without: hosts and plugins of theirs."""

_READERS_OF_CODE = frozenset({"import-linter", "lxml-stubs", "mypy", "ruff"})
"""Test tools that read the code without running it: one environment with them is enough."""

_HEADER = (
    "# 由 pyproject.toml 生成，请勿手改；办法见 requirements/README.md。\n"
    "# Generated from pyproject.toml; see requirements/README.md.\n"
)


def declared_requirements(project: Mapping[str, object]) -> dict[str, list[str]]:
    """Return each lock's direct requirements.

    Args:
        project: the ``project`` table of pyproject.toml.

    Returns:
        lock name (build, core, site, test) to sorted requirement strings.
    """
    site = _strings(project["dependencies"])
    extras = project["optional-dependencies"]
    assert isinstance(extras, dict)
    test = _strings(extras["test"])
    running = [item for item in test if not _only_reads_code(requirement_name(item))]
    core = [item for item in site + running if requirement_name(item) not in HOSTS]
    return {
        "build": sorted(BUILD_TOOLS),
        "core": sorted(core),
        "site": sorted(site),
        "test": sorted(site + test),
    }


def requirement_name(requirement: str) -> str:
    """Return the normalised package name that a requirement begins with."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def main(arguments: Sequence[str]) -> int:
    """Write the locks; ``--upgrade`` takes the newest versions. Return the exit status."""
    if set(arguments) - {"--upgrade"}:
        say("用法：python -m scripts.setup.lock_requirements [--upgrade]")
        return 2
    uv = shutil.which("uv") or shutil.which("uv", path=str(SITE_ENVIRONMENT / "bin"))
    if uv is None:
        say("出错：没有 uv。\n  办法：在一个 Python 环境中运行 pip install uv")
        return 1
    with (ROOT / "pyproject.toml").open("rb") as stream:
        requirements = declared_requirements(tomllib.load(stream)["project"])
    locks = {name: REQUIREMENTS / f"{name}.txt" for name in requirements}
    with tempfile.TemporaryDirectory() as folder:
        common = Path(folder) / "all.txt"
        if "--upgrade" not in arguments:
            # Versions already locked stay unless a requirement forbids them.
            known = [path.read_text(encoding="utf-8") for path in locks.values() if path.exists()]
            common.write_text("".join(known), encoding="utf-8")
        everything = sorted({item for items in requirements.values() for item in items})
        _compile(uv, everything, common)
        for name, items in requirements.items():
            say(f"正在写 requirements/{name}.txt……")
            fresh = Path(folder) / f"{name}.txt"
            _compile(uv, items, fresh, "--constraints", str(common))
            locks[name].write_text(_HEADER + fresh.read_text(encoding="utf-8"), encoding="utf-8")
    return 0


def _compile(uv: str, requirements: Sequence[str], lock: Path, *more: str) -> None:
    options = "--universal --generate-hashes --no-annotate --no-header"
    subprocess.run(
        [
            *(uv, "pip", "compile", "--no-config", "--quiet", *options.split()),
            *("--python-version", OLDEST_PYTHON, *more, "--output-file", str(lock), "-"),
        ],
        input="\n".join(requirements),
        text=True,
        stdout=subprocess.DEVNULL,
        check=True,
    )


def _only_reads_code(name: str) -> bool:
    return name in _READERS_OF_CODE or name.startswith("types-")


def _strings(value: object) -> list[str]:
    assert isinstance(value, list)
    return [str(item) for item in value]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
