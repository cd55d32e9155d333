"""Built once, served once, and one Chromium for all browser tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from .programs import Chromium, need_node, need_program, running_chromium
from .sample_site import READY, build, pages_of, write_sources
from .site_server import serve


@dataclass(frozen=True, slots=True)
class Served:
    """A built site and the address at which it is served, with its final slash."""

    folder: Path
    base: str

    def page(self, name: str) -> str:
        """The address of the page that :func:`pages_of` calls ``name``."""
        return self.base + pages_of(self.folder)[name]

    def order(self, name: str) -> dict[str, str]:
        """What scripts must know to visit the page."""
        place = {"name": name, "url": self.page(name), "base": self.base}
        return place | ({"ready": READY[name]} if name in READY else {})


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The texts and settings from which the sites are built."""
    folder = tmp_path_factory.mktemp("sources")
    write_sources(folder)
    return folder


@pytest.fixture(scope="session")
def site(sources: Path) -> Iterator[Served]:
    """The site, served at the root of its host."""
    build(sources, "mkdocs.yml", sources / "site")
    with serve(sources / "site") as base:
        yield Served(sources / "site", base)


@pytest.fixture(scope="session")
def site_below(sources: Path) -> Iterator[Served]:
    """The same site for a host where it stands below /zx/."""
    build(sources, "below.yml", sources / "below")
    with serve(sources / "below", "/zx/") as base:
        yield Served(sources / "below", base)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """A running Chromium."""
    node = need_node()
    program = need_program("JIANYAN_CHROMIUM", "chromium", "chromium-browser", "google-chrome")
    with running_chromium(node, program) as browser:
        yield browser
