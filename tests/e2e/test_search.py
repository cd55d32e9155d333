"""Search over the built sample site: what stands on a page is found, whatever piece is asked for.

The pages' own HTML is the measure, read here without any code of the index.
"""

from __future__ import annotations

import functools
import json
import random
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

pytestmark = pytest.mark.host

DRIVER = """
import { createInterface } from "node:readline";
const [client, address] = process.argv.slice(2);
const { open } = await import(client);
const index = await open(address);
for await (const line of createInterface({ input: process.stdin })) {
  const { total, results } = await index.query(JSON.parse(line), { limit: 100000 });
  console.log(JSON.stringify({ total, urls: results.map((one) => one.url) }));
}
"""
PIECES = 3  # asked of every paragraph


class PageReader(HTMLParser):
    """The headline and the paragraphs of a page's text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.paragraphs: list[str] = []
        self._prose = 0
        self._reading = ""
        self._note = 0
        self._closing: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if tag == "div":
            self._prose += 1 if self._prose or "prose" in classes else 0
        elif tag == "sup" or "footnote-backref" in classes:
            # A note's number and the arrow back are signs, not words.
            self._note += 1
            self._closing.append(tag)
        elif tag == "h1" or (tag == "p" and self._prose):
            self._reading = tag
            if tag == "p":
                self.paragraphs.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._prose:
            self._prose -= 1
        elif self._closing[-1:] == [tag]:
            self._closing.pop()
            self._note -= 1
        elif tag == self._reading:
            self._reading = ""

    def handle_data(self, data: str) -> None:
        if self._note:
            return
        if self._reading == "h1":
            self.title += data
        elif self._reading == "p":
            self.paragraphs[-1] += data


@dataclass
class Client:
    """The published client in Node, imported from disk, its index fetched over http."""

    process: subprocess.Popen[str]

    def urls(self, words: str) -> list[str]:
        """Addresses of everything found, best first."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert answer["total"] == len(answer["urls"])
        urls: list[str] = answer["urls"]
        return urls


@pytest.fixture(scope="module")
def client(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    handler = functools.partial(QuietHandler, directory=str(sample / "site"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    driver = tmp_path_factory.mktemp("driver") / "driver.mjs"
    driver.write_text(DRIVER, encoding="utf-8")
    address = f"http://127.0.0.1:{server.server_address[1]}/search/"
    command = [node, "--no-warnings", str(driver), str(sample / "site/search/client.js"), address]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )
    yield Client(process)
    process.kill()
    server.shutdown()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder without a word."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing to say."""


@pytest.fixture(scope="module")
def pages(sample_tree: dict[str, bytes]) -> dict[str, PageReader]:
    """Every page of a published text, by address."""
    found = {}
    for path, content in sample_tree.items():
        if not path.endswith("index.html") or b'name="ArticleTitle"' not in content:
            continue
        found["/" + path.removesuffix("index.html")] = PageReader(content.decode("utf-8"))
    return found


def test_the_measure_is_not_empty(pages: dict[str, PageReader]) -> None:
    assert len(pages) > 90
    assert sum(len(page.paragraphs) for page in pages.values()) > 600


def test_every_piece_of_every_paragraph_is_found(
    client: Client, pages: dict[str, PageReader]
) -> None:
    draw = random.Random(20)
    missed = []
    for address, page in sorted(pages.items()):
        for paragraph in page.paragraphs:
            for piece in _pieces(paragraph, draw):
                if address not in client.urls(f'"{piece}"'):
                    missed.append((address, piece))
    assert missed == []


def test_a_title_brings_its_page_first(client: Client, pages: dict[str, PageReader]) -> None:
    titles = [page.title for page in pages.values()]
    for address, page in sorted(pages.items()):
        urls = client.urls(f'"{page.title.replace(chr(34), " ")}"')
        assert address in urls
        if titles.count(page.title) == 1:
            assert urls[0] == address, page.title


def test_what_is_withdrawn_is_not_found(client: Client) -> None:
    assert "/opinions/2022/0512-night-noise/" not in client.urls("夜间施工噪声的三条反映")


def test_the_text_of_attachments_is_found(client: Client) -> None:
    assert client.urls("主持人会在每一轮的最后留五分钟") == ["/notices/2023/1013-hearing-signup/"]
    assert "/notices/2023/1013-hearing-signup/" in client.urls("散会时请把意见卡投进纸箱")


def _pieces(paragraph: str, draw: random.Random) -> Iterator[str]:
    """Pieces of 2 to 20 characters that hold at least two letters, digits or Han characters."""
    text = " ".join(paragraph.split()).replace('"', " ")
    for _ in range(PIECES):
        length = draw.randint(2, 20)
        start = draw.randint(0, max(0, len(text) - length))
        piece = text[start : start + length]
        if len(re.findall(r"\w", piece)) >= 2:
            yield piece
