"""On paper: the text with its title and address, without what only a screen needs."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Served
from .programs import Chromium, told
from .sample_site import PAGES, SITE_URL

pytestmark = [pytest.mark.browser, pytest.mark.host]

MOST_SHEETS = {"article-short": 1, "article": 3, "article-everything": 7, "notice": 1}
SHEETS = (*MOST_SHEETS, "plan", "board", "event", "calendar", "page", "periodical-article")
ON_SCREEN_ONLY = (
    "跳到正文",
    "当前位置",
    "最近更新",
    "网站地图",
    "字号",
    "打印",
    "分享",
    "复制网址",
    "上一篇",
    "下一篇",
)
every_sheet = pytest.mark.parametrize("name", SHEETS)


@pytest.fixture(scope="module")
def printed(chromium: Chromium, site: Served) -> Any:
    """What ``scripts/print.mjs`` met."""
    sheets = [{"name": name, "url": site.page(name)} for name in SHEETS]
    return chromium.run("print", {"sheets": sheets})


@every_sheet
def test_the_title_and_the_address_are_printed(printed: Any, site: Served, name: str) -> None:
    html = (
        (site.folder / PAGES[name].replace("*", "") / "index.html")
        if "*" not in PAGES[name]
        else None
    )
    assert told(printed, name)["text"].count(site.page(name).replace(site.base, SITE_URL)) == 1
    if html is not None:
        title = html.read_text(encoding="utf-8").partition("<title>")[2].partition("｜")[0]
        assert title in told(printed, name)["text"]


@every_sheet
def test_what_only_a_screen_needs_is_left_out(printed: Any, name: str) -> None:
    assert [words for words in ON_SCREEN_ONLY if words in told(printed, name)["text"]] == []


@every_sheet
def test_the_sheet_is_not_blank_and_nothing_is_cut_off(printed: Any, name: str) -> None:
    assert told(printed, name)["dark"] > 0.005
    assert told(printed, name)["wide"] == 0, "wider than A4"
    assert 1 <= told(printed, name)["sheets"] <= MOST_SHEETS.get(name, 15)


def test_folded_text_and_every_tab_are_printed(printed: Any) -> None:
    text = told(printed, "article-everything")["text"]
    for words in ("钢尺、水准仪、裂缝测宽仪", "望柱十二根", "望柱十一根"):
        assert words in text


def test_all_evidence_of_a_clause_is_printed(printed: Any, site: Served) -> None:
    """The count of pieces is followed by as many pieces."""
    html = (site.folder / "plans/2022/index.html").read_text(encoding="utf-8")
    titles = [
        piece.partition(">")[2].partition("</a>")[0]
        for piece in html.split('class="evidence__link')[1:]
    ]
    assert len(titles) > 20
    text = told(printed, "plan")["text"]
    assert [title for title in titles if title.partition("<")[0] not in text] == []
