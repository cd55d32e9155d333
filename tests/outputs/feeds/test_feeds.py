"""Feeds: three formats with full texts, the same for the same edition, readable by programs."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from hypothesis import example, given
from hypothesis import settings as run_settings
from hypothesis import strategies as st
from lxml import etree

from site_plugins import __version__
from site_plugins.domain.generated import feed_folders
from site_plugins.outputs.feeds import render_feeds
from site_plugins.outputs.feeds.channels import Channels, legal
from tests.site_in_memory import Files, at, column, edition_of, record

GOLDEN = Path(__file__).parent / "golden"
TINY: Files = {
    "news/index.md": column("要闻"),
    "news/a.md": record(
        "示例市政协召开双月协商座谈会",
        "2022-03-18 09:30",
        text="会议听取了[汇报](b.md)，见[脚注](#fn)。\n\n![会场](x.png)\n\n## 注 {#fn}\n",
        kicker="双月协商聚焦<民生>",
        author="记者 某甲",
        summary="会议听取了汇报。",
        tags="[双月协商, 老旧小区]",
        attachments="[{file: 议程 1.pdf, name: 会议<议程>}]",
    ),
    "news/b.md": record("汇报摘登", "2022-03-17", image="x.png", image_alt="一张“图”"),
    "news/x.png": b"PNG",
    "news/议程 1.pdf": b"%PDF",
}


def _feeds(files: Files, **more: Any) -> dict[str, bytes]:
    return {a.path: a.content for a in render_feeds(edition_of(files, **more))}


def _indented(xml: bytes) -> str:
    root = etree.fromstring(xml)
    etree.indent(root)
    text: str = etree.tostring(root, encoding="unicode")
    return text.replace(f'version="{__version__}"', 'version="0"') + "\n"


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_xml_feeds_are_as_they_were(name: str) -> None:
    content = _feeds(TINY)[name]
    assert content.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n")
    assert _indented(content) == (GOLDEN / name).read_text(encoding="utf-8")


def test_the_json_feed_is_as_it_was() -> None:
    data = json.loads(_feeds(TINY)["feed.json"])
    written = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    assert written == (GOLDEN / "feed.json").read_text(encoding="utf-8")


FILES: Files = {
    **TINY,
    "news/sub/index.md": column("会议"),
    "news/sub/c.md": record("丙", "2022-03-19", tags="[双月协商]"),
    "quiet/index.md": column("内部", feed="false"),
    "quiet/d.md": record("丁", "2022-03-20"),
    "topics/index.md": column("专题", "topic"),
    "topics/park.md": "---\ntitle: 协商\nsummary: 双月协商\ngathers_tags: [双月协商]\n---\n",
    "z/index.md": "---\ntitle: 杂志\nperiodical: {organiser: 示例市政协}\n---\n",
    "z/2023-01/index.md": "---\ntitle: 2023年第1期\nissue:\n  year: 2023\n  number: 1\n"
    "  published: 2023-03-01\n  theme: 公园\n"
    "  contents: [{section: 卷首<一>, articles: [a]}]\n---\n",
    "z/2023-01/a.md": "---\ntitle: 卷首&语\ndate: 2023-03-01\ntags: [双月协商]\n"
    "authors: [{name: 某甲}, {name: 某乙}]\n---\n正文\n",
    "z/2022-04/index.md": "---\ntitle: 2022年第4期\nissue:\n  year: 2022\n  number: 4\n"
    "  published: 2022-12-01\n  visibility: summary\n---\n",
    "z/2022-04/b.md": "---\ntitle: 只见题目\ndate: 2022-12-01\n---\n机密\n",
    "plans/index.md": column("计划", "plan"),
    "plans/2022/index.md": record(
        "2022年工作要点",
        "2022-02-20",
        year=2022,
        text="前言。\n\n一、学习\n\n（一）武装。坚持。\n\n1. 第一项。\n\n特此印发。\n",
    ),
}


def _channel(folder: str, files: Files = FILES, **more: Any) -> Any:
    return Channels(edition_of(files, **more)).of(folder)


def test_every_channel_has_its_items() -> None:
    edition = edition_of(FILES)
    channels = map(Channels(edition).of, feed_folders(edition.plain))
    found = {channel.folder: [item.title for item in channel.items] for channel in channels}
    news = ["丙", "示例市政协召开双月协商座谈会", "汇报摘登"]
    assert found == {
        "": ["丁", *news, "2022年工作要点"],
        "news": news,
        "news/sub": ["丙"],
        "plans": ["2022年工作要点"],
        "topics": [],
        "topics/park": ["卷首&语", "丙", "示例市政协召开双月协商座谈会"],
        "z": ["《杂志》2023年第1期", "《杂志》2022年第4期"],
        "plans/2022": [],
    }


def test_a_feed_has_as_many_items_as_the_settings_say() -> None:
    assert len(_channel("", feed_items=2).items) == 2
    assert len(_channel("z", feed_items=1).items) == 1


def test_an_item_is_absolute_throughout() -> None:
    item = _channel("news").items[1]
    assert item.url == "https://zx.example.com/news/a/"
    assert 'href="https://zx.example.com/news/b/"' in item.html
    assert 'src="https://zx.example.com/news/x.png"' in item.html
    assert 'href="https://zx.example.com/news/a/#fn"' in item.html
    assert 'href="https://zx.example.com/news/%E8%AE%AE%E7%A8%8B%201.pdf"' in item.html
    for attribute in ("href", "src"):
        values = item.html.split(f' {attribute}="')[1:]
        assert all(value.startswith("https://") for value in values)
    assert item.categories == ("要闻", "双月协商", "老旧小区")


def test_what_only_looks_like_a_link_is_left_alone() -> None:
    code = '<code>&lt;a href="#x"&gt;</code>'
    files = {"news/index.md": column("要闻"), "news/a.md": record("甲", text=code)}
    assert code in _channel("news", files).items[0].html


def test_an_issue_is_one_item_with_its_contents() -> None:
    readable, summary = _channel("z").items
    assert readable.url == "https://zx.example.com/z/2023-01/"
    assert readable.html == (
        "<h3>卷首&lt;一&gt;</h3><ul><li>"
        '<a href="https://zx.example.com/z/2023-01/a/">卷首&amp;语</a></li></ul>'
    )
    assert summary.html == "<ul><li>只见题目</li></ul>"
    assert "机密" not in str(_feeds(FILES))


def test_a_plan_is_whole_and_without_marks() -> None:
    html = _channel("plans").items[0].html
    places = [html.index(word) for word in ("前言", "<h2>", "学习", "武装", "第一项", "特此印发")]
    assert places == sorted(places)
    assert not any("\ufdd0" <= char <= "\ufdef" for char in str(_feeds(FILES)))


def test_the_author_of_an_item() -> None:
    authors = [item.author for item in _channel("topics/park").items]
    assert authors == ["某甲、某乙", "", "记者 某甲"]


def test_no_feed_without_its_plugin_nor_where_its_column_wants_none() -> None:
    assert "quiet/feed.xml" not in _feeds(FILES)
    names = ("feed.xml", "atom.xml", "feed.json")
    assert set(_feeds(TINY)) == {*names, *(f"news/{name}" for name in names)}


@pytest.mark.parametrize("path", sorted(p for p in _feeds(FILES) if p.endswith(".xml")))
def test_programs_read_every_feed(path: str) -> None:
    content = _feeds(FILES)[path]
    found = feedparser.parse(content)
    assert not found.bozo, found.get("bozo_exception")
    folder = path.rpartition("/")[0]
    home = f"https://zx.example.com/{folder}/" if folder else "https://zx.example.com/"
    assert found.feed.link == home
    assert f"https://zx.example.com/{path}" in [
        link.href for link in found.feed.links if link.rel == "self"
    ]
    for entry in found.entries:
        assert entry.link == entry.id
        assert entry.link.startswith(home if folder.startswith("news") else "https://")
        read = datetime.fromisoformat if path.endswith("atom.xml") else parsedate_to_datetime
        assert read(entry.published).utcoffset() == timedelta(hours=8)


def test_dates_are_those_of_shanghai() -> None:
    rss = _feeds(TINY)["feed.xml"].decode()
    assert "<pubDate>Fri, 18 Mar 2022 09:30:00 +0800</pubDate>" in rss
    assert "<lastBuildDate>Fri, 18 Mar 2022 09:30:00 +0800</lastBuildDate>" in rss
    assert "2022-03-18T09:30:00+08:00" in _feeds(TINY)["atom.xml"].decode()


def test_an_empty_feed_has_a_date_that_never_changes() -> None:
    once, again = (_feeds({"news/index.md": column("要闻")}) for _ in range(2))
    assert once == again
    assert "1970" in once["news/feed.xml"].decode()


ODD = st.text(st.characters(), max_size=12)


@run_settings(max_examples=25)
@given(ODD, ODD, ODD)
@example("\x00\x0b\ufffe", "<![CDATA[", "]]>&")
def test_any_text_gives_feeds_that_can_be_read(title: str, text: str, tag: str) -> None:
    def quoted(written: str) -> str:
        return json.dumps(written.encode("utf-8", "replace").decode() or "题")

    files = {
        "news/index.md": column("要闻"),
        "news/a.md": record(quoted(title), text=text.encode("utf-8", "replace").decode()),
        "news/b.md": record("乙", tags=f"[{quoted(tag)}]", kicker=quoted(title)),
    }
    for path, content in _feeds(files).items():
        if path.endswith(".xml"):
            etree.fromstring(content)
        else:
            json.loads(content)


@given(st.text(st.characters()))
def test_legal_text_is_what_xml_allows(text: str) -> None:
    kept = legal(text)
    etree.Element("a").text = kept
    assert legal(kept) == kept
    assert not set(text) - set(kept) & set("\t\n 题𠮷")


@run_settings(max_examples=20)
@given(st.permutations(sorted(FILES)))
def test_feeds_do_not_depend_on_the_order_of_files(paths: list[str]) -> None:
    assert _feeds({path: FILES[path] for path in paths}) == EXPECTED


EXPECTED = _feeds(FILES)


def test_the_feed_of_a_plan_tells_what_was_done_by_its_own_day() -> None:
    event = (
        "---\ntitle: {}\ndate: 2022-01-05\nstart: {}\nimplements: [plans/2022#1-1]\n---\n正文。\n"
    )
    files = {
        "news/index.md": column("要闻"),
        "news/a.md": record("甲", "2022-03-01", implements="[plans/2022#1-1, plans/2022#1-2]"),
        "consultation/index.md": column("协商活动", "consultation"),
        "consultation/b.md": event.format("乙", "2022-04-01"),
        "consultation/c.md": event.format("丙", "2022-09-01"),
        "plans/index.md": column("计划", "plan"),
        "plans/2022/index.md": record(
            "工作要点",
            "2022-01-01",
            year=2022,
            text="一、学\n\n（一）读。常读。\n\n（二）训。办。\n",
        ),
    }
    channels = Channels(edition_of(files, at("2022-05-01")))
    done = channels.of("plans/2022").items
    assert [(i.title, i.moment.day.isoformat()) for i in done] == [
        ("乙", "2022-04-01"),
        ("甲", "2022-03-01"),
    ]
    assert done[1].categories[:2] == ("一（一）读", "一（二）训")
    # The column's own feed tells when they were announced.
    own = channels.of("consultation").items
    assert {i.moment.day.isoformat() for i in own} == {"2022-01-05"}


def test_a_plan_without_a_clause_has_an_empty_feed() -> None:
    files = {
        "plans/index.md": column("计划", "plan"),
        "plans/2022/index.md": record("工作要点", "2022-01-01", year=2022, text="在这里写正文。"),
    }
    channels = Channels(edition_of(files, at("2022-05-01")))
    assert channels.of("plans/2022").items == ()
