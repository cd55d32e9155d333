"""docs/architecture.md is about the code that is there."""

import re

import pytest

from tests.docs.pages import DOCS, ROOT, read

PAGE = read(DOCS / "architecture.md")
NAMED = sorted(set(re.findall(r"`((?:site_plugins|theme|scripts|tests|docs)/[\w./-]*)`", PAGE)))


@pytest.mark.parametrize("path", NAMED)
def test_every_path_named_exists(path: str) -> None:
    assert (ROOT / path).exists()


def test_every_package_is_named() -> None:
    packages = {
        folder.parent.relative_to(ROOT).as_posix()
        for folder in (ROOT / "site_plugins").rglob("__init__.py")
        if folder.parent.name != "site_plugins"
    }
    assert packages - {name.rstrip("/") for name in NAMED} == set()


def test_every_module_of_a_layer_is_named() -> None:
    """Inner packages are told module by module; outputs and commands by what they are for."""
    for folder in ("domain", "reading", "checks", "build", "tools", "mkdocs_adapter"):
        for module in (ROOT / "site_plugins" / folder).glob("[a-z]*.py"):
            assert f"`{module.name}`" in PAGE, module
