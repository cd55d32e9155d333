"""Sites that many tests look at, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.commands import build
from tests.e2e.sites import copy_sample
from tests.e2e.trees import tree


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site in a folder of its own, built strictly into its ``site/``."""
    folder = copy_sample(tmp_path_factory.mktemp("sample") / "site-of-the-office")
    build(folder, "--strict")
    return folder


@pytest.fixture(scope="session")
def sample_tree(sample: Path) -> dict[str, bytes]:
    """Every file of the built sample site."""
    return tree(sample / "site")
