"""What stands where a link leads."""

from __future__ import annotations

import pytest

from site_plugins.domain.directory import Directory, Found, Located
from site_plugins.domain.links import resolve_target

DIRECTORY = Directory(
    addresses={
        "index.md": "",
        "news/index.md": "news/",
        "news/2022/a.md": "news/2022/a/",
        "plans/2022/index.md": "plans/2022/",
        "文.md": "文/",
    },
    files={"news/2022/a.pdf", "pictures/x.webp"},
    hidden={"news/2022/draft.md", "magazine/2023-01/index.md"},
    faulty={"news/2022/faulty.md"},
    generated={"feeds/", "news/archive/2022/", "feed.xml", "news/feed.xml"},
    paths={
        "": "index.md",
        "news/": "news/index.md",
        "news/2022/a/": "news/2022/a.md",
        "plans/2022/": "plans/2022/index.md",
        "文/": "文.md",
    },
)
ARTICLE = Located(Found.PAGE, "news/2022/a/", "news/2022/a.md")


@pytest.mark.parametrize(
    ("raw", "located"),
    [
        ("a.md", ARTICLE),
        ("/news/2022/a.md", ARTICLE),
        ("../2022/a/", ARTICLE),
        ("/news/2022/a/", ARTICLE),
        ("/news/2022/a", ARTICLE),
        ("a", ARTICLE),
        ("../index.md", Located(Found.PAGE, "news/", "news/index.md")),
        ("../", Located(Found.PAGE, "news/", "news/index.md")),
        ("..", Located(Found.PAGE, "news/", "news/index.md")),
        ("/news", Located(Found.PAGE, "news/", "news/index.md")),
        ("/plans/2022/#2-2", Located(Found.PAGE, "plans/2022/", "plans/2022/index.md")),
        ("/%E6%96%87.md", Located(Found.PAGE, "文/", "文.md")),
        ("/", Located(Found.PAGE, "", "index.md")),
        ("../../", Located(Found.PAGE, "", "index.md")),
        ("a.pdf", Located(Found.FILE, "news/2022/a.pdf", "news/2022/a.pdf")),
        ("/pictures/x.webp", Located(Found.FILE, "pictures/x.webp", "pictures/x.webp")),
        ("draft.md", Located(Found.HIDDEN, "", "news/2022/draft.md")),
        ("/news/2022/draft/", Located(Found.HIDDEN, "", "news/2022/draft.md")),
        ("/magazine/2023-01/", Located(Found.HIDDEN, "", "magazine/2023-01/index.md")),
        ("faulty.md", Located(Found.FAULTY, "", "news/2022/faulty.md")),
        ("/feeds/", Located(Found.PAGE, "feeds/")),
        ("/feed.xml", Located(Found.PAGE, "feed.xml")),
        ("../feed.xml", Located(Found.PAGE, "news/feed.xml")),
        ("/news/archive/2022/", Located(Found.PAGE, "news/archive/2022/")),
        ("missing.md", Located(Found.MISSING)),
        ("a.pdf/", Located(Found.MISSING)),
        ("/news/2022/", Located(Found.MISSING)),
    ],
)
def test_locates_what_editors_write(raw: str, located: Located) -> None:
    target = resolve_target(raw, "news/2022/b.md")
    assert target.kind == "internal"
    assert DIRECTORY.locate(target) == located
