"""The probes themselves: each finds its fault on a page that has them all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .programs import Chromium
from .site_server import serve

pytestmark = [pytest.mark.browser, pytest.mark.host]

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>faulty</title>
<link rel="stylesheet" href="faulty.css"><script type="module" src="faulty.js"></script></head>
<body>
<main><p class="wide">a line as wide as it likes</p><p class="far">far off</p>
<div class="cut"><p>these words do not fit into their box</p></div>
<p class="over">one text upon another</p><p class="under">another text below it</p>
<div class="narrow"><span>一二三四</span><h2 class="keep">一二三四，五</h2></div>
<p class="tiny">tiny</p><p class="pale">pale</p>
<img src="missing.png"><button class="restless">move</button>
</main></body></html>
"""
INLINE = "<script>document.title = 'inline'</script><img src='http://127.0.0.2:9/x.png' alt=''>"
# ``.narrow`` is as wide as four characters of whatever font the machine has: the mark that
# closes stands first on the second line, Chinese font or none.
STYLE = """
.wide { width: 3000px } .far { margin-left: 500px; white-space: nowrap }
.cut { overflow: hidden; width: 40px; height: 12px }
.narrow { display: inline-grid; font: 20px sans-serif; white-space: nowrap }
.keep { font: inherit; width: 0; min-width: 100%; white-space: normal; margin: 0 }
.keep { word-break: keep-all; overflow-wrap: anywhere }
.over { margin: 0 } .under { margin: -1.2em 0 0 } .tiny { font-size: 9px } .pale { color: #ccc }
.restless { transition: color 1s } body { background: #fff }
"""
SCRIPT = """
console.error("an error");
document.querySelector(".tiny").animate([{ opacity: 1 }, { opacity: 0.9 }], { duration: 9e5 });
setInterval(() => { document.querySelector(".pale").title += "."; }, 50);
"""


@pytest.fixture(scope="module")
def faulty(chromium: Chromium, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """What the visit met on the faulty page, and on the same with what the policy forbids."""
    folder: Path = tmp_path_factory.mktemp("faulty")
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "404.html").write_text("gone", encoding="utf-8")
    (folder / "faulty.css").write_text(STYLE, encoding="utf-8")
    (folder / "faulty.js").write_text(SCRIPT, encoding="utf-8")
    (folder / "inline.html").write_text(PAGE + INLINE, encoding="utf-8")
    loose = {"/loose.html": (PAGE + INLINE).encode()}
    with serve(folder, extra=loose) as base:
        pages = [
            {"name": name, "url": base + name, "base": base}
            for name in ("", "inline.html", "loose.html")
        ]
        order = {"pages": pages, "widths": [400], "axeWidths": [400], "still": 400}
        yield chromium.run("visit", order)


@pytest.mark.parametrize(
    "kind", ["sideways", "outside", "clipped", "overlapping", "small", "headless"]
)
def test_layout_probe(faulty: Any, kind: str) -> None:
    assert faulty[""]["layout"]["400"][kind]


def test_axe(faulty: Any) -> None:
    found = {fault.partition(" ")[0] for fault in faulty[""]["axe"]["400"]}
    assert {"color-contrast", "html-has-lang", "image-alt"} <= found


def test_errors(faulty: Any) -> None:
    assert any("an error" in line for line in faulty[""]["console"])
    assert any("missing.png 404" in line for line in faulty[""]["failed"])
    assert any("missing.png" in line for line in faulty[""]["broken"])


def test_what_the_policy_forbids(faulty: Any) -> None:
    assert faulty[""]["policy"] == []
    assert any("script-src" in line for line in faulty["inline.html"]["policy"])
    assert any("127.0.0.2" in line for line in faulty["loose.html"]["elsewhere"])


def test_movement(faulty: Any) -> None:
    assert any("animation" in line for line in faulty[""]["moving"])
    assert any("attributes" in line for line in faulty[""]["moving"])
    assert any("restless" in line for line in faulty[""]["restless"])
