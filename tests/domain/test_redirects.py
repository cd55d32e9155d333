"""Old addresses: which file answers them, and who has them."""

from __future__ import annotations

import pytest

from site_plugins.domain.artifacts import page_path
from site_plugins.domain.redirects import alias_target, aliased, has_query, page_redirects
from tests.site_in_memory import column, record, site_of


@pytest.mark.parametrize(
    ("alias", "path"),
    [
        ("/old/12", "old/12/index.html"),
        ("/old/12/", "old/12/index.html"),
        ("/old/12/index.html", "old/12/index.html"),
        ("/old/12.html", "old/12.html"),
        ("/old/12.htm", "old/12.htm"),
        ("/old/12.shtml", "old/12.shtml/index.html"),
        ("/index.html", "index.html"),
        ("/", "index.html"),
        ("/%E6%97%A7/1.html", "旧/1.html"),
    ],
)
def test_the_file_at_an_old_address(alias: str, path: str) -> None:
    assert not has_query(alias)
    assert page_path(alias_target(alias)) == path


def test_an_address_with_a_query_is_kept_as_it_is() -> None:
    assert has_query("/view.php?id=%31")
    assert alias_target("/view.php?id=%31") == "view.php?id=%31"


FILES = {
    "news/index.md": column("要闻") + "",
    "news/a.md": record("甲", aliases="[/old/a.html, '/view.php?id=1']"),
    "news/b.md": record("乙", status="withdrawn", aliases="[/old/b]"),
    "news/c.md": record("丙", status="draft", aliases="[/old/c]"),
    "notices/index.md": "---\ntitle: 公告\naliases: /gonggao/\ncolumn:\n  holds: [notice]\n---\n",
    "magazine/index.md": "---\ntitle: 杂志\naliases: /zazhi\nperiodical: {}\n---\n",
    "magazine/2023-01/index.md": "---\ntitle: 第1期\naliases: /z1.html\n"
    "issue: {year: 2023, number: 1, published: 2023-01-01}\n---\n",
    "magazine/2023-02/index.md": "---\ntitle: 第2期\naliases: /z2.html\n"
    "issue: {year: 2023, number: 2, published: 2023-02-01, visibility: hidden}\n---\n",
}


def test_pages_lead_on_from_every_public_old_path() -> None:
    assert list(page_redirects(site_of(FILES))) == [
        ("old/a.html", "news/a/", "甲"),
        ("old/b/", "news/b/", "乙"),
        ("gonggao/", "notices/", "公告"),
        ("zazhi/", "magazine/", "杂志"),
        ("z1.html", "magazine/2023-01/", "第1期"),
    ]


def test_what_is_not_public_has_no_old_address() -> None:
    owners = [owner.where.path for owner in aliased(site_of(FILES))]
    assert "news/c.md" not in owners
    assert "magazine/2023-02/index.md" not in owners
