"""sitemap.xml, robots.txt, redirects.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from site_plugins.outputs.machines import files as machines
from site_plugins.outputs.machines.files import SitemapUnit, redirects, robots
from tests.site_in_memory import Files, column, edition_of, pages_of, record, text_of

GOLDEN = Path(__file__).parent / "golden"
FILES: Files = {
    "index.md": "# 首页\n",
    "about.md": "# 关于\n",
    "文.md": "# 文\n",
    "news/index.md": column("要闻"),
    "news/sub/index.md": column("会议"),
    "news/a.md": record("甲", "2021-12-31 23:30"),
    "news/sub/b.md": record("乙", "2022-03-18", aliases="['/view.php?id=2&a=1', /old/b.html]"),
    "news/c.md": record("丙", status="withdrawn", aliases="['/view.php?id=3']"),
    "news/d.md": record("丁", status="draft", aliases="['/view.php?id=4']"),
    "z/index.md": "---\ntitle: 杂志\naliases: /zz?x\nperiodical: {order: 1}\n---\n",
    "z/2023-01/index.md": "---\ntitle: 一期\nissue: {year: 2023, number: 1, "
    "published: 2023-03-01}\n---\n",
    "z/2023-01/a.md": "---\ntitle: 文章\ndate: 2023-03-01\n---\n",
    "z/2023-02/index.md": "---\ntitle: 二期\nissue: {year: 2023, number: 2, "
    "published: 2023-04-01, visibility: hidden}\n---\n",
}


def _sitemap(files: Files = FILES, **more: Any) -> dict[str, str]:
    return {a.path: text_of(a) for a in SitemapUnit(edition_of(files, **more))()}


def test_the_sitemap_is_as_it_was() -> None:
    found = _sitemap()
    assert found == {"sitemap.xml": (GOLDEN / "sitemap.xml").read_text(encoding="utf-8")}


def test_the_sitemap_names_pages_and_no_others() -> None:
    root = etree.fromstring(_sitemap()["sitemap.xml"].encode())
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    urls = [loc.text or "" for loc in root.iterfind("s:url/s:loc", names)]
    assert len(urls) == len(set(urls))
    pages = pages_of(edition_of(FILES))
    addresses = {url.removeprefix("https://zx.example.com/") for url in urls}
    assert addresses <= pages.keys()
    assert all(pages[address].page.robots == "" for address in addresses)
    assert all(pages[address].page.canonical in urls for address in addresses)


def test_above_the_limit_the_sitemap_is_an_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machines, "_PER_FILE", 5)
    found = _sitemap()
    assert list(found) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    assert "<loc>https://zx.example.com/sitemap-3.xml</loc>" in found["sitemap.xml"]
    whole = (GOLDEN / "sitemap.xml").read_text(encoding="utf-8")
    parts = [found[f"sitemap-{n}.xml"].count("<url>") for n in (1, 2, 3)]
    assert sum(parts) == whole.count("<url>")
    assert max(parts) == 5


def test_no_sitemap_without_an_address() -> None:
    assert _sitemap(url="") == {}


@pytest.mark.parametrize(
    ("url", "last"),
    [
        ("https://zx.example.com/zx/", "\nSitemap: https://zx.example.com/zx/sitemap.xml\n"),
        ("https://政协.example/", "\nSitemap: https://政协.example/sitemap.xml\n"),
        ("", ""),
    ],
)
def test_robots(url: str, last: str) -> None:
    text = text_of(robots(edition_of({}, url=url)))
    assert text == "User-agent: *\nAllow: /\n" + last


def test_redirects_have_every_old_address_with_a_query() -> None:
    table = redirects(edition_of(FILES))
    assert table is not None
    assert table.path == "redirects.json"
    assert json.loads(table.content) == {
        "/view.php?id=2&a=1": "/news/sub/b/",
        "/view.php?id=3": "/news/c/",
        "/zz?x": "/z/",
    }
    assert list(json.loads(table.content)) == sorted(json.loads(table.content))


def test_redirects_lead_below_the_sites_own_base() -> None:
    table = redirects(edition_of(FILES, url="https://example.com/zx/"))
    assert table is not None
    assert json.loads(table.content)["/view.php?id=3"] == "/zx/news/c/"


def test_no_table_without_such_addresses() -> None:
    assert redirects(edition_of({"about.md": "# 关于\n"})) is None
