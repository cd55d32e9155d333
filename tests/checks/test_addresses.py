"""Two things never share an address; records stay out of the addresses of generated pages."""

from __future__ import annotations

import pytest

from tests.site_in_memory import Files, column, edition_of, pages_of, problems_of, record

NEWS: Files = {"news/index.md": column("要闻"), "news/a.md": record("甲")}


def _told(files: Files) -> list[str]:
    return [one.removeprefix("content/") for one in problems_of({**NEWS, **files})]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"news/a/index.md": "# 甲\n"}, ["news/a/index.md:1 JY030"]),
        ({"news.md": "# 要闻\n"}, ["news.md:1 JY030"]),
        ({"feeds.md": "# 订阅\n"}, ["feeds.md:1 JY032"]),
        ({"tags/a.md": "# 标签\n"}, ["tags/a.md:1 JY032"]),
        ({"news/page/2.md": record("乙")}, ["news/page/2.md:1 JY032"]),
        ({"news/archive/2022/b.md": record("乙")}, ["news/archive/2022/b.md:1 JY032"]),
        ({"news/feed.xml.md": record("乙")}, ["news/feed.xml.md:1 JY032"]),
        ({"robots.txt.md": "# 机器人\n"}, ["robots.txt.md:1 JY032"]),
        ({"news/feed.xml": b"<rss/>"}, ["news/feed.xml:1 JY032"]),
        ({"news/index.html": b"<p>"}, ["news/index.html:1 JY032"]),
        ({"news/乙.md": record("乙")}, ["news/乙.md:1 JY009"]),
        ({"news/B.MD": record("乙")}, ["news/B.MD:1 JY009"]),
        ({"news/b c.md": record("乙")}, ["news/b c.md:1 JY009"]),
    ],
)
def test_addresses(files: Files, told: list[str]) -> None:
    found = [one for one in _told(files) if not one.endswith("JY040")]
    assert found == told


@pytest.mark.parametrize(
    "alias",
    [
        "/",
        "/index.html",
        "/news/",
        "/news",
        "/news/index.html",
        "/news/a",
        "/news/%61/",
        "/sitemap/",
        "/sitemap.xml",
        "/404.html",
        "/build.json",
        "/robots.txt",
        "/feed.xml",
        "/news/feed.xml",
        "/news/archive/2022/",
        "/news/page/9",
        "/search/client.js",
        "/assets/site.css",
        "/files/x.pdf",
        "/files/x.pdf/y",
        "/old/b",
        "/old/b/index.html",
        "/old.html/x",
    ],
)
def test_an_old_address_in_use_is_told(alias: str) -> None:
    files: Files = {
        "files/x.pdf": b"%PDF",
        "news/b.md": record(
            "乙", aliases="[/old/b, /old.html]", attachments="[{file: /files/x.pdf}]"
        ),
        "news/c.md": record("丙", aliases=f"['{alias}']"),
    }
    assert _told(files) == ["news/c.md:5 JY034"]
    pages_of(edition_of({**NEWS, **files}))


@pytest.mark.parametrize(
    "aliases", ["[/old/c, /view.php?id=1]", "[/view.php?id=2]", "[/old/c.html]", "[/old]"]
)
def test_a_free_old_address_is_not(aliases: str) -> None:
    files: Files = {
        "news/b.md": record("乙", aliases="['/view.php?id=9']"),
        "news/c.md": record("丙", aliases=aliases),
    }
    assert _told(files) == []


def test_one_old_address_of_two() -> None:
    files: Files = {
        "news/b.md": record("乙", aliases="['/view.php?id=1']"),
        "news/c.md": record("丙", aliases="\n- /free\n- /view.php?id=1"),
    }
    assert _told(files) == ["news/c.md:7 JY034"]
