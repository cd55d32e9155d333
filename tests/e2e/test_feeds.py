"""Feeds as feed readers see them."""

from __future__ import annotations

import functools
import json
import posixpath
import re
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree

from tests.e2e.commands import build, environment, found, free_port
from tests.e2e.markup import fragment_of, page_of
from tests.e2e.sites import article, copy_sample, small_site
from tests.e2e.trees import tree

pytestmark = pytest.mark.host

SITE = "https://zx.example.com/"
_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


@pytest.fixture(scope="module")
def feeds(sample_tree: dict[str, bytes]) -> dict[str, bytes]:
    """Every RSS and Atom feed of the sample site."""
    names = ("feed.xml", "atom.xml")
    return {p: content for p, content in sample_tree.items() if p.rpartition("/")[2] in names}


def test_every_channel_has_its_three_feeds(sample: Path, sample_tree: dict[str, bytes]) -> None:
    folders = {p.rpartition("feed.xml")[0] for p in sample_tree if p.endswith("feed.xml")}
    for folder in folders:
        assert {f"{folder}atom.xml", f"{folder}feed.json"} <= sample_tree.keys()
    wanted = {""}
    for index in (sample / "content").rglob("index.md"):
        if re.search(r"^(column|periodical):", index.read_text(encoding="utf-8"), re.MULTILINE):
            wanted.add(index.parent.relative_to(sample / "content").as_posix() + "/")
    plans = (sample / "content/plans").glob("*/index.md")
    wanted |= {f"plans/{plan.parent.name}/" for plan in plans}
    topics = (sample / "content/topics").glob("*.md")
    wanted |= {f"topics/{topic.stem}/" for topic in topics if topic.stem != "index"}
    assert wanted - {"topics/"} == folders - {"topics/"}


def test_feedparser_reads_every_feed_without_a_frown(feeds: dict[str, bytes]) -> None:
    assert len(feeds) > 20
    for path, content in feeds.items():
        read = feedparser.parse(content)
        assert not read.bozo, (path, read.get("bozo_exception"))
        assert read.feed.title
        assert read.feed.language == "zh-CN"
        folder = path.rpartition("/")[0]
        assert read.feed.link == SITE + (f"{folder}/" if folder else "")
        selves = [link.href for link in read.feed.links if link.rel == "self"]
        assert selves == [SITE + path]
        for entry in read.entries:
            assert entry.title
            assert entry.link == entry.id
            assert entry.link.startswith(SITE)
            assert entry.content[0].value


def test_every_item_leads_to_its_page_and_carries_its_text(
    sample: Path, sample_tree: dict[str, bytes], feeds: dict[str, bytes]
) -> None:
    seen = 0
    for path in (path for path in feeds if path.endswith("feed.xml")):
        channel = etree.fromstring(feeds[path]).find("channel")
        assert channel is not None
        for item in channel.findall("item"):
            link = item.findtext("link") or ""
            guid = item.find("guid")
            assert guid is not None
            assert (guid.text, guid.get("isPermaLink")) == (link, "true")
            page = urlsplit(link).path.lstrip("/")
            assert f"{page}index.html" in sample_tree
            text = _squeezed(fragment_of(item.findtext(_CONTENT) or "").text_content())
            for line in _plain_lines(sample / "content" / f"{page.rstrip('/')}.md"):
                assert _squeezed(line) in text, (path, link)
                seen += 1
    assert seen > 500


def _plain_lines(file: Path) -> list[str]:
    """Lines of a text's body in which no Markdown stands."""
    if not file.is_file():
        return []
    body = file.read_text(encoding="utf-8").split("\n---\n", 1)[1]
    lines = (line for line in body.splitlines() if len(line) > 20)
    return [
        line for line in lines if not re.search(r"[\[\]*_`|<>#{}\\&~^!:\"']|^ |^\d+\. |^- ", line)
    ]


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_dates_are_those_of_the_office(feeds: dict[str, bytes]) -> None:
    for path in (path for path in feeds if path.endswith("feed.xml")):
        channel = etree.fromstring(feeds[path]).find("channel")
        assert channel is not None
        dates = [item.findtext("pubDate") or "" for item in channel.findall("item")]
        assert all(date.endswith(" +0800") for date in dates)
        moments = [parsedate_to_datetime(date) for date in dates]
        assert moments == sorted(moments, reverse=True)
        built = channel.findtext("lastBuildDate") or ""
        assert built.endswith(" +0800")
        if moments:
            assert parsedate_to_datetime(built) == moments[0]
    for path in (path for path in feeds if path.endswith("atom.xml")):
        feed = etree.fromstring(feeds[path])
        stamps = [
            entry.findtext(f"{_ATOM}updated") or "" for entry in feed.findall(f"{_ATOM}entry")
        ]
        assert all(datetime.fromisoformat(stamp).utcoffset() is not None for stamp in stamps)
        assert all(stamp.endswith("+08:00") for stamp in stamps)


def test_addresses_within_items_are_whole_and_right(
    sample_tree: dict[str, bytes], feeds: dict[str, bytes]
) -> None:
    addresses: set[str] = set()
    for path, content in feeds.items():
        for entry in feedparser.parse(content, sanitize_html=False).entries:
            fragment = fragment_of(entry.content[0].value)
            found_here = [str(v) for v in fragment.xpath("//@href | //@src | //@poster")]
            assert all(re.match(r"https?://|mailto:|tel:", one) for one in found_here), path
            addresses.update(found_here)
    own = [urlsplit(one).path.lstrip("/") for one in addresses if one.startswith(SITE)]
    assert len(own) > 50
    for one in own:
        assert (f"{one}index.html" if one.endswith("/") or not one else one) in sample_tree


def test_categories_are_the_column_and_the_tags(sample: Path, feeds: dict[str, bytes]) -> None:
    read = feedparser.parse(feeds["news/feed.xml"])
    for entry in read.entries:
        name = urlsplit(entry.link).path.strip("/")
        head = (sample / "content" / f"{name}.md").read_text(encoding="utf-8")
        tags = re.search(r"^tags: \[(.*)\]$", head, re.MULTILINE)
        terms = {tag.term for tag in entry.get("tags", [])}
        assert terms
        if tags is not None:
            assert {tag.strip() for tag in tags[1].split(",")} <= terms


def test_an_issue_is_one_item(sample: Path, feeds: dict[str, bytes]) -> None:
    for periodical in ("magazine", "journal"):
        issues = list((sample / "content" / periodical).glob("*/index.md"))
        read = feedparser.parse(feeds[f"{periodical}/feed.xml"])
        assert len(read.entries) == len(issues) >= 2
        for entry in read.entries:
            assert entry.content[0].value.count("<li>") >= 5


def test_json_feeds_say_the_same(sample_tree: dict[str, bytes], feeds: dict[str, bytes]) -> None:
    for path in (path for path in sample_tree if path.endswith("feed.json")):
        told = json.loads(sample_tree[path])
        assert told["version"] == "https://jsonfeed.org/version/1.1"
        assert told["feed_url"] == SITE + path
        rss = feedparser.parse(feeds[path.replace("feed.json", "feed.xml")])
        assert [item["url"] for item in told["items"]] == [entry.link for entry in rss.entries]
        assert [item["title"] for item in told["items"]] == [entry.title for entry in rss.entries]
        assert all(item["date_published"].endswith("+08:00") for item in told["items"])


def test_autodiscovery_leads_to_feeds(
    sample_tree: dict[str, bytes], feeds: dict[str, bytes]
) -> None:
    for path, content in sample_tree.items():
        if not path.endswith(".html") or b'http-equiv="refresh"' in content:
            continue
        page = page_of(content)
        links = page.xpath('//head/link[@rel="alternate"][contains(@type, "xml")]')
        assert links, path
        for link in links:
            assert link.get("title")
            target = link.get("href")
            base = path.rpartition("/")[0]
            assert _resolved(base, target) in feeds, (path, target)
    news = page_of(sample_tree["news/index.html"])
    titles = news.xpath('//head/link[@rel="alternate"][contains(@type, "rss")]/@href')
    assert {_resolved("news", str(one)) for one in titles} == {"feed.xml", "news/feed.xml"}


def _resolved(base: str, address: str) -> str:
    if address.startswith("/"):
        return address.lstrip("/")
    return posixpath.normpath(posixpath.join(base, address))


def test_what_xml_forbids_is_taken_out(tmp_path: Path) -> None:
    odd = "前\x0b中\x0c后\x00\x1f\ufffe\uffff完 <&> \U0001f600 ]]>"
    files = {
        "content/news/odd.md": article(
            '"题\\x01目 <b>&amp;</b> ]]>"', text=odd, tags='["甲\\x08乙"]'
        )
    }
    site = small_site(tmp_path / "site", files)
    build(site)
    read = tree(site / "site")
    for name in ("feed.xml", "atom.xml", "news/feed.xml", "news/atom.xml"):
        parsed = feedparser.parse(read[name])
        assert not parsed.bozo, name
        entry = next(entry for entry in parsed.entries if entry.link.endswith("/odd/"))
        assert re.sub(r"<[^>]+>|&\w+;", "", entry.title).startswith("题目 ")
        text = _squeezed(fragment_of(entry.content[0].value).text_content())
        assert "前中后" in text
        assert "😀" in text
    for path, content in read.items():
        if path.endswith((".xml", ".html", ".json")):
            assert not re.search("[\x00\x01\x08\x0b\x1f\ufffe\uffff]", content.decode("utf-8")), (
                path
            )


@contextmanager
def _served(folder: Path, port: int) -> Iterator[None]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    handler = functools.partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


def test_newsboat_lists_the_items_of_every_feed(tmp_path: Path) -> None:
    newsboat = found("newsboat", "JIANYAN_NEWSBOAT")
    if newsboat is None:
        pytest.skip("newsboat is not installed")
    port = free_port()
    site = copy_sample(tmp_path / "site")
    config = (site / "mkdocs.yml").read_text(encoding="utf-8")
    here = f"http://127.0.0.1:{port}/"
    changed = re.sub(r"(?m)^site_url: .*$", f"site_url: {here}", config)
    (site / "mkdocs.yml").write_text(changed, encoding="utf-8")
    build(site)
    files = tree(site / "site")
    feeds = [path for path in files if path.endswith(("feed.xml", "atom.xml"))]
    wanted = {
        path: {(entry.link, entry.title) for entry in feedparser.parse(files[path]).entries}
        for path in feeds
    }
    assert sum(map(len, wanted.values())) > 200
    with _served(site / "site", port):
        # Each by itself: of an item that stands in two feeds newsboat shows one.
        listed = {path: _listed(newsboat, [here + path], tmp_path / "one") for path in feeds}
        assert listed == wanted
        every = _listed(newsboat, [here + path for path in feeds], tmp_path / "all")
        assert every == set.union(*wanted.values())


def _listed(newsboat: str, addresses: list[str], folder: Path) -> set[tuple[str, str]]:
    """Address and title of what newsboat lists of some feeds; ``folder`` is emptied for it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "config").touch()
    (folder / "urls").write_text("\n".join(addresses) + "\n", encoding="utf-8")
    options = [
        argument
        for letter, name in (("-u", "urls"), ("-c", "cache.db"), ("-C", "config"))
        for argument in (letter, str(folder / name))
    ]
    done = subprocess.run(
        [newsboat, *options, "-x", "reload"],
        env=environment(folder),
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(folder / "cache.db")) as database:
        return set(database.execute("select url, title from rss_item"))
