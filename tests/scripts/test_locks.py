"""The lock files: hashed, free of addresses, in step with pyproject.toml and each other."""

import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement

from scripts.setup.lock_requirements import HOSTS, declared_requirements, requirement_name
from scripts.setup.places import REQUIREMENTS, ROOT
from scripts.setup.python_environment import CONTAINED_LOCKS, locked_versions
from site_plugins.build.printing import FONT_PACKAGES
from site_plugins.tools.print_fonts import PACKAGES

LOCKS = ("build", "core", "site", "test")


def lock_text(name: str) -> str:
    return (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")


def declared() -> dict[str, list[str]]:
    with (ROOT / "pyproject.toml").open("rb") as stream:
        return declared_requirements(tomllib.load(stream)["project"])


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_and_hashed(name: str) -> None:
    lines = [line for line in lock_text(name).splitlines() if not line.startswith("#")]
    packages = re.split(r"\n(?=\S)", "\n".join(lines))
    assert len(packages) > 5
    for package in packages:
        assert re.match(r"[a-z0-9-]+==[^ ]+ ", package), package
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", package), package


@pytest.mark.parametrize("name", LOCKS)
def test_locks_name_no_address(name: str) -> None:
    """No address of a package, and no option but the hashes."""
    text = lock_text(name)
    assert "//" not in text
    assert " @ " not in text
    assert set(re.findall(r"--[a-z-]+", text)) == {"--hash"}


@pytest.mark.parametrize("name", LOCKS)
def test_locks_hold_what_pyproject_asks_for(name: str) -> None:
    versions = locked_versions(REQUIREMENTS / f"{name}.txt")
    for text in declared()[name]:
        wanted = Requirement(text)
        version = versions.get(requirement_name(text))
        assert version is not None, f"{text} 不在 {name}.txt：重新锁定，见 requirements/README.md"
        assert wanted.specifier.contains(version, prereleases=True), text


def test_a_package_has_one_version_in_all_locks() -> None:
    test = locked_versions(REQUIREMENTS / "test.txt")
    for name in ("build", "core", "site"):
        for package, version in locked_versions(REQUIREMENTS / f"{name}.txt").items():
            assert test.get(package, version) == version, package


def test_larger_locks_contain_the_smaller() -> None:
    for larger, contained in CONTAINED_LOCKS.items():
        have = locked_versions(REQUIREMENTS / f"{larger}.txt").items()
        for name in contained:
            assert locked_versions(REQUIREMENTS / f"{name}.txt").items() <= have


def test_the_core_is_locked_without_hosts() -> None:
    core = locked_versions(REQUIREMENTS / "core.txt")
    assert not HOSTS & core.keys()
    assert {"pytest", "jinja2", "markdown", "pillow", "feedgen"} <= core.keys()


def test_node_packages_are_locked_without_addresses() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for package in packages.values():
        package.pop("funding", None)  # where to thank its makers; npm fetches nothing from there
    assert "//" not in json.dumps(packages)
    declared = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    wanted = {**declared["dependencies"], **declared["devDependencies"]}
    for group in ("dependencies", "devDependencies"):
        assert packages[""][group] == declared[group]
    for path, package in packages.items():
        if path:
            assert package["integrity"].startswith("sha512-")
            assert "resolved" not in package
            assert "hasInstallScript" not in package
    for name, version in wanted.items():
        assert packages[f"node_modules/{name}"]["version"] == version


def test_fonts_are_no_packages_of_the_tests_alone() -> None:
    """``npm ci --omit=dev`` brings what printing needs and nothing else."""
    declared = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert set(declared["dependencies"]) == {package for package, _ in PACKAGES}
    assert set(FONT_PACKAGES.split()) == set(declared["dependencies"])
