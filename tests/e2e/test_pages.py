"""The pages of the sample site as files: sound, whole, and leading nowhere wrong."""

from __future__ import annotations

import gzip
import json
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
from lxml import etree

from tests.e2e.commands import build
from tests.e2e.markup import Page, page_of
from tests.e2e.sites import article, column, copy_fixture, picture, small_site
from tests.e2e.trees import tree

pytestmark = pytest.mark.host

SITE = "https://zx.example.com/"
LIMIT = 60 * 1024

# Attributes with an address, and those whose address the browser loads by itself.
ADDRESSES = ("href", "src", "poster", "action", "data", "formaction", "cite", "background")
DATA_BLOCKS = {"application/json", "application/ld+json"}


@pytest.fixture(scope="module")
def pages(sample_tree: dict[str, bytes]) -> dict[str, Page]:
    """Every HTML page of the sample site, read."""
    return {
        path: page_of(content) for path, content in sample_tree.items() if path.endswith(".html")
    }


def _is_redirect(page: Page) -> bool:
    return bool(page.xpath("//meta[@http-equiv='refresh']"))


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(pages: Mapping[str, Page]) -> None:
    for path, page in pages.items():
        assert page.xpath("//style | //base | //iframe | //object | //embed") == [], path
        for element in page.iter(etree.Element):
            names = [str(name).lower() for name in element.attrib]
            assert "style" not in names, path
            assert not [name for name in names if name.startswith("on")], path
            assert "srcdoc" not in names, path
        for script in page.xpath("//script"):
            is_data = script.get("type") in DATA_BLOCKS
            assert (script.get("src") is None) == is_data, path
            if is_data:
                json.loads(script.text)
        for address in _loaded(page):
            assert not urlsplit(address).netloc, (path, address)
            assert urlsplit(address).scheme in ("", "data") or address.startswith("#"), path


def _loaded(page: Page) -> Iterator[str]:
    """What a browser fetches without being asked."""
    yield from page.xpath("//@src | //@poster | //@background | //object/@data")
    rels = ("stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch", "preconnect")
    for rel in rels:
        yield from page.xpath(f"//link[contains(concat(' ', @rel, ' '), ' {rel} ')]/@href")
    for candidates in page.xpath("//@srcset"):
        yield from (one.split()[0] for one in candidates.split(","))
    for image in page.xpath("//*[local-name()='use' or local-name()='image']"):
        yield from (value for name, value in image.attrib.items() if name.endswith("href"))


def test_style_sheets_load_nothing_from_elsewhere(sample_tree: dict[str, bytes]) -> None:
    sheets = [path for path in sample_tree if path.endswith(".css")]
    assert sheets
    for path in sheets:
        text = sample_tree[path].decode("utf-8")
        assert "@import" not in text
        assert not re.findall(r"url\(\s*['\"]?(?:https?:)?//", text)


@pytest.mark.parametrize("name", ["sample", "contract"])
def test_every_internal_link_leads_somewhere(
    name: str, sample_tree: dict[str, bytes], tmp_path: Path
) -> None:
    site, files = SITE, sample_tree
    if name == "contract":
        # This one stands below a folder of its host.
        folder = copy_fixture("contract", tmp_path / "site")
        build(folder)
        site, files = SITE + "sub/", tree(folder / "site")
    read = {p: page_of(c) for p, c in files.items() if p.endswith("html")}
    ids = {path: set(page.xpath("//@id")) for path, page in read.items()}
    wrong = []
    count = 0
    for path, page in read.items():
        for attribute in ADDRESSES:
            for address in page.xpath(f"//@{attribute}"):
                target = _target(site, path, str(address))
                if target is None:
                    continue
                count += 1
                file, fragment = target
                known = ids.get(file, {fragment}) | {"", "top"}
                if file not in files or fragment not in known:
                    wrong.append((path, str(address)))
    assert wrong == []
    assert count > 300


def _target(site: str, path: str, address: str) -> tuple[str, str] | None:
    """The file and fragment an address on a page means; None where it leads elsewhere."""
    parts = urlsplit(address)
    if parts.scheme in ("mailto", "tel", "data"):
        return None
    base = urlsplit(site)
    if parts.netloc and parts.netloc != base.netloc:
        return None
    if not parts.path and not parts.netloc:
        return path, unquote(parts.fragment)
    whole = parts.path
    if not whole.startswith("/"):
        whole = posixpath.join(base.path, posixpath.dirname(path), whole)
    is_folder = whole.endswith(("/", "/.", "/..")) or whole in (".", "..")
    whole = posixpath.normpath(whole)
    assert (whole + "/").startswith(base.path), f"{path}: {address} leaves the site"
    file = unquote((whole + "/").removeprefix(base.path).rstrip("/"))
    file = posixpath.join(file, "index.html") if is_folder or not file else file
    return file, unquote(parts.fragment)


def test_every_page_has_one_heading_a_title_and_a_language(pages: Mapping[str, Page]) -> None:
    for path, page in pages.items():
        assert page.get("lang") == "zh-Hans", path
        titles = [title.strip() for title in page.xpath("//head/title/text()")]
        assert len(titles) == 1, path
        assert titles[0], path
        assert page.xpath("//meta[@charset]/@charset") == ["utf-8"], path
        assert page.xpath("//meta[@name='viewport']"), path
        if not _is_redirect(page):
            assert len(page.xpath("//h1")) == 1, path
            assert len(page.xpath("//main")) == 1, path
            assert "".join(page.xpath("//h1")[0].itertext()).strip(), path


def test_headings_go_down_one_level_at_a_time(pages: Mapping[str, Page]) -> None:
    for path, page in pages.items():
        levels = [
            int(h.tag[1])
            for h in page.xpath(
                "//main//*[re:test(local-name(), '^h[1-6]$')]",
                namespaces={"re": "http://exslt.org/regular-expressions"},
            )
        ]
        jumps = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
        assert jumps == [], path


def test_ids_are_unique_and_pictures_described(pages: Mapping[str, Page]) -> None:
    for path, page in pages.items():
        twice = [name for name, count in Counter(page.xpath("//@id")).items() if count > 1]
        assert twice == [], path
        for image in page.xpath("//img"):
            assert image.get("alt") is not None, (path, image.get("src"))


def test_pages_carry_the_labels_of_their_sort(pages: Mapping[str, Page], sample: Path) -> None:
    content = sample / "content"
    for path, page in pages.items():
        if _is_redirect(page):
            continue
        labels = {meta.get("name"): meta.get("content") for meta in page.xpath("//meta[@name]")}
        if "noindex" not in (labels.get("robots") or ""):
            assert labels["SiteName"] == "示例市政协", path
            assert labels["SiteDomain"] == "zx.example.com", path
        source = content / (path.removesuffix("/index.html") + ".md")
        index = content / path.replace("index.html", "index.md")
        if source.is_file() and re.search(r"^date:", source.read_text(encoding="utf-8"), re.M):
            text = source.read_text(encoding="utf-8")
            title = re.search(r"^title: (.*)$", text, re.MULTILINE)
            assert title is not None
            if "status: withdrawn" in text or "expire_at" in text:
                continue
            assert labels["ArticleTitle"] == title[1].strip("\"'"), path
            assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", labels["PubDate"]), path
        elif index.is_file() and "\ncolumn:" in index.read_text(encoding="utf-8"):
            names = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
            assert names <= labels.keys(), path


def test_pages_are_light(sample_tree: dict[str, bytes], pages: Mapping[str, Page]) -> None:
    for path, page in pages.items():
        loaded = {path}
        for address in page.xpath("//script/@src | //link[@rel='stylesheet']/@href"):
            target = _target(SITE, path, str(address))
            assert target is not None
            loaded.add(target[0])
        # Scripts may load others beside them.
        for folder in {posixpath.dirname(one) for one in loaded if one.endswith(".js")}:
            if folder.startswith("assets/"):
                loaded |= {one for one in sample_tree if one.startswith(f"{folder}/")}
        weight = sum(len(gzip.compress(sample_tree[one], 6)) for one in loaded)
        assert weight <= LIMIT, (path, weight)


def test_the_sitemap_is_true(
    sample_tree: dict[str, bytes], pages: Mapping[str, Page], sample: Path
) -> None:
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    root = etree.fromstring(sample_tree["sitemap.xml"])
    rows: dict[str, str] = {}
    for url in root.findall("s:url", space):
        where = url.findtext("s:loc", namespaces=space) or ""
        assert where.startswith(SITE)
        rows[unquote(where.removeprefix(SITE))] = url.findtext("s:lastmod", "", space)
    assert len(rows) == len(root)
    for address, modified in rows.items():
        page = pages[f"{address}index.html"]
        assert "noindex" not in "".join(page.xpath("//meta[@name='robots']/@content"))
        assert page.xpath("//link[@rel='canonical']/@href") == [SITE + quote(address)]
        if modified:
            assert date(2021, 1, 1) <= date.fromisoformat(modified) <= date(2023, 10, 20)
    for source in (sample / "content").rglob("*.md"):
        text = source.read_text(encoding="utf-8")
        name = source.relative_to(sample / "content").with_suffix("").as_posix()
        address = name.removesuffix("index") if name.endswith("index") else f"{name}/"
        page = pages.get(f"{address}index.html")
        if page is None or page.xpath("//meta[@name='robots'][@content='noindex']"):
            continue
        assert address in rows
        written = re.search(r"^date: (\d{4}-\d\d-\d\d)", text, re.MULTILINE)
        if written is not None and not re.search(r"^(filed|start|reported_on):", text, re.M):
            assert rows[address] == written[1], address


def test_robots_may_read_everything_and_find_the_sitemap(sample_tree: dict[str, bytes]) -> None:
    lines = sample_tree["robots.txt"].decode("ascii").splitlines()
    assert "User-agent: *" in lines
    assert f"Sitemap: {SITE}sitemap.xml" in lines
    assert not [line for line in lines if line.startswith("Disallow: /")]


def test_the_page_for_what_is_not_there_works_at_any_depth(tmp_path: Path) -> None:
    folder = copy_fixture("contract", tmp_path / "site")
    build(folder)
    page = page_of((folder / "site/404.html").read_bytes())
    addresses = [str(one) for one in page.xpath("//@href | //@src")]
    own = [one for one in addresses if not re.match(r"https?:|mailto:|tel:|#", one)]
    assert own
    assert [one for one in own if not one.startswith("/sub/")] == []


# --- Old addresses and odd names ----------------------------------------------------------------


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The tree of a site with old addresses and with names that are not ASCII."""
    old = "[/old/12.html, /old/13, /old/14/, /旧/15.html, /old/16.php, /a/index.html, "
    old += '"/view.php?id=12", "/view.php?id=13&page=2", "/?id=12"]'
    files: dict[str, str | bytes] = {
        "content/news/target.md": article("目标 <b>&</b>", aliases=old),
        "content/关于/我们 的.md": "---\ntitle: 关于我们\n---\n[要闻](../news/index.md)\n",
        "content/关于/index.md": (
            "---\ntitle: 关于\naliases: [/guanyu/]\n---\n[我们](我们%20的.md)\n"
        ),
        "content/news/图 片.md": article(
            "中文名",
            image="图 一.png",
            image_alt="图",
            attachments="[{file: 附件#1.pdf}]",
            text="[关于我们](../关于/我们 的.md)\n\n![图](图%20一.png) <附件#1.pdf>",
        ),
        "content/news/图 一.png": picture(5),
        "content/news/附件#1.pdf": "%PDF",
        "content/column/index.md": column("栏目", "article")
        .replace("---\ncolumn", "aliases: [/lanmu/]\ncolumn")
        .replace("title: 栏目\n", "title: 栏目\naliases: [/lanmu.html]\n"),
    }
    folder = small_site(tmp_path_factory.mktemp("odd") / "site", files)
    build(folder)
    return tree(folder / "site")


@pytest.mark.parametrize(
    "path",
    [
        "old/12.html",
        "old/13/index.html",
        "old/14/index.html",
        "旧/15.html",
        "old/16.php/index.html",
        "a/index.html",
    ],
)
def test_old_addresses_lead_on(odd: dict[str, bytes], path: str) -> None:
    page = page_of(odd[path])
    assert _is_redirect(page)
    content = str(page.xpath("//meta[@http-equiv='refresh']/@content")[0])
    target = content.partition("url=")[2] or content.partition("URL=")[2]
    site = "https://small.example.com/"
    assert _target(site, path, target) == ("news/target/index.html", "")
    links = {_target(site, path, str(one)) for one in page.xpath("//body//a/@href")}
    assert ("news/target/index.html", "") in links
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{site}news/target/"]
    assert "noindex" in "".join(page.xpath("//meta[@name='robots']/@content"))


def test_other_things_have_old_addresses_too(odd: dict[str, bytes]) -> None:
    assert b'http-equiv="refresh"' in odd["lanmu.html"]
    assert b'http-equiv="refresh"' in odd["guanyu/index.html"]


def test_old_addresses_with_a_query_go_into_the_table(odd: dict[str, bytes]) -> None:
    assert json.loads(odd["redirects.json"]) == {
        "/view.php?id=12": "/news/target/",
        "/view.php?id=13&page=2": "/news/target/",
        "/?id=12": "/news/target/",
    }


def test_names_that_are_not_ascii_work(odd: dict[str, bytes]) -> None:
    wanted = {
        "关于/我们 的/index.html",
        "关于/index.html",
        "news/图 片/index.html",
        "news/图 一.png",
        "news/附件#1.pdf",
    }
    assert wanted <= odd.keys()
    assert not [path for path in odd if "%" in path]
    about = page_of(odd["关于/index.html"])
    site = "https://small.example.com/"
    targets = {_target(site, "关于/index.html", str(one)) for one in about.xpath("//main//a/@href")}
    assert ("关于/我们 的/index.html", "") in targets
    page = page_of(odd["news/图 片/index.html"])
    sources = {
        _target(site, "news/图 片/index.html", str(one)) for one in page.xpath("//main//@src")
    }
    assert ("news/图 一.png", "") in sources
    files = {
        _target(site, "news/图 片/index.html", str(one)) for one in page.xpath("//main//a/@href")
    }
    assert ("news/附件#1.pdf", "") in files
    locations = re.findall(r"<loc>(.*?)</loc>", odd["sitemap.xml"].decode())
    assert all(location.isascii() for location in locations)
