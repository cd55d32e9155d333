"""Every layout in Firefox: styled, alive and in its place on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from .conftest import Served
from .firefox import HARNESS, Firefox, running_firefox
from .programs import SCRIPTS, need_program
from .sample_site import READY, WITH_MASTHEAD, pages_of
from .site_server import serve
from .test_pages import layout_faults

pytestmark = [pytest.mark.browser, pytest.mark.host]

WIDTHS = (360, 768, 1440)
LOOK = """(() => ({
  layout: %s,
  width: innerWidth,
  text: document.querySelector("main").innerText.trim().length,
  broken: Array.from(document.images, (one) => one.complete && !one.naturalWidth && one.src)
    .filter(Boolean),
  footer: getComputedStyle(document.querySelector("footer")).backgroundColor,
  alive: document.documentElement.dataset.size ?? "",
}))()"""


@pytest.fixture(scope="module")
def firefox(site: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """A running Firefox beside a server of its own, whose pages may be framed."""
    program = need_program("JIANYAN_FIREFOX", "firefox-esr", "firefox")
    profile = tmp_path_factory.mktemp("firefox")
    with (
        serve(site.folder, extra={"/frame": HARNESS}) as base,
        running_firefox(program, profile, base + "frame") as browser,
    ):
        yield browser


@pytest.mark.parametrize("name", WITH_MASTHEAD)
def test_every_layout(firefox: Firefox, site: Served, name: str) -> None:
    probe = (SCRIPTS / "layout_probe.js").read_text(encoding="utf-8")
    address = firefox.harness.removesuffix("frame") + pages_of(site.folder)[name]
    ready = READY.get(name, "body")
    looks: dict[int, Any] = {w: firefox.look(address, w, LOOK % probe, ready) for w in WIDTHS}
    assert layout_faults({"layout": {w: look["layout"] for w, look in looks.items()}}) == {}
    for width, look in looks.items():
        assert look["width"] == width
        assert look["text"] > 20
        assert look["broken"] == []
        assert look["footer"] != "rgba(0, 0, 0, 0)", "the style sheet is not in force"
        assert look["alive"] == "medium", "the script has not run"


def test_searching(firefox: Firefox, site: Served) -> None:
    address = firefox.harness.removesuffix("frame") + pages_of(site.folder)["search-results"]
    marks = "Array.from(document.querySelectorAll('main mark'), (mark) => mark.textContent)"
    assert set(firefox.look(address, 1440, marks, READY["search-results"])) == {"协商"}


def test_the_probe_sees_faults_in_firefox_too(firefox: Firefox, site: Served) -> None:
    """A page that is squeezed into 60 px overflows; the probe must say so."""
    probe = (SCRIPTS / "layout_probe.js").read_text(encoding="utf-8")
    address = firefox.harness.removesuffix("frame")
    assert layout_faults({"layout": {60: firefox.look(address, 60, probe)}}) != {}
