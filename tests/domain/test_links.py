"""Links: how they are read, kept as tokens, and exchanged for addresses."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_plugins.domain.links import (
    LINK_TOKEN,
    Target,
    escape_attribute,
    link_token,
    read_token,
    replace_links,
    resolve_target,
)

HERE = "news/2022/a.md"


@pytest.mark.parametrize(
    ("raw", "target"),
    [
        ("b.md", Target("internal", "news/2022/b.md")),
        ("./b.md", Target("internal", "news/2022/b.md")),
        ("../b.md#锚", Target("internal", "news/b.md", "锚")),
        ("../../pictures/x.webp", Target("internal", "pictures/x.webp")),
        ("..\\..\\pictures\\x.webp", Target("internal", "pictures/x.webp")),
        ("%E6%96%87.md#%E4%B8%80", Target("internal", "news/2022/文.md", "一")),
        ("b.md?a=1&b=2#c", Target("internal", "news/2022/b.md", "c", "a=1&b=2")),
        ("../2021/", Target("internal", "news/2021/")),
        ("..", Target("internal", "news/")),
        ("../..", Target("internal", "/")),
        ("/", Target("internal", "/")),
        ("/news/2022/b/", Target("internal", "/news/2022/b/")),
        ("/pictures/x.png", Target("internal", "/pictures/x.png")),
        ("日期:三月.md", Target("internal", "news/2022/日期:三月.md")),
        ("2022/09:30.md", Target("internal", "news/2022/2022/09:30.md")),
        (" b.md\n", Target("internal", "news/2022/b.md")),
        ("?page=2", Target("internal", HERE, "", "page=2")),
        ("#2-2", Target("anchor", HERE, "2-2")),
        ("#", Target("anchor", HERE)),
        ("", Target("empty", "")),
        (" \t", Target("empty", "")),
        ("https://example.com/a?b#c", Target("external", "https://example.com/a?b#c")),
        ("HTTP://EXAMPLE.COM", Target("external", "HTTP://EXAMPLE.COM")),
        ("mailto:a@example.com", Target("external", "mailto:a@example.com")),
        ("tel:12345", Target("external", "tel:12345")),
        ("//example.com/x", Target("external", "//example.com/x")),
        ("/\\example.com", Target("external", "//example.com")),
        ("../../../b.md", Target("outside", "../../../b.md")),
        ("%2e%2e/../../b.md", Target("outside", "../../../b.md")),
        ("..%2f..%2f..%2fb.md", Target("outside", "../../../b.md")),
        ("..%5c..%5c..%5cb.md", Target("outside", "..\\..\\..\\b.md")),
        ("/../b.md", Target("outside", "/../b.md")),
    ],
)
def test_a_link_is_read_as_a_browser_would(raw: str, target: Target) -> None:
    assert resolve_target(raw, HERE) == target


@pytest.mark.parametrize(
    "raw",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "  javascript:alert(1)",
        "\x01javascript:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript:alert(1)",
        "java\x00script:alert(1)",
        "java\u200bscript:alert(1)",
        "java&#10;script:alert(1)",
        "java&Tab;script:alert(1)",
        "&#106;avascript:alert(1)",
        "&amp;#106;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "javascript\n:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.com/x",
        "blob:https://example.com/x",
        "view-source:https://example.com",
        "C:\\a.jpg",
        "http://[bad",
        "https://",
        "a%00.md",
        "a.md#%0a",
    ],
)
def test_what_no_page_may_carry_is_unsafe(raw: str) -> None:
    assert resolve_target(raw, HERE).kind == "unsafe"


@given(raw=st.text(), path=st.sampled_from(["a.md", HERE]))
def test_an_internal_path_never_leaves_content(raw: str, path: str) -> None:
    target = resolve_target(raw, path)
    if target.kind == "internal":
        parts = target.path.split("/")
        assert ".." not in parts
        assert not target.path.startswith("//")
        assert target.path


PRINTABLE = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
QUERY = PRINTABLE.filter(lambda text: "#" not in text)


@given(path=PRINTABLE, anchor=PRINTABLE, query=QUERY)
def test_a_token_keeps_its_target(path: str, anchor: str, query: str) -> None:
    target = Target("internal", path, anchor, query)
    assert read_token(link_token(target)) == target


def test_other_addresses_are_no_tokens() -> None:
    assert read_token("/news/") is None


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@given(path=PRINTABLE, anchor=PRINTABLE, query=QUERY, answer=PRINTABLE)
def test_the_resolver_gets_the_target_and_its_answer_stands_in_the_page(
    path: str, anchor: str, query: str, answer: str
) -> None:
    asked: list[tuple[str, str, str, str]] = []

    def resolver(*question: str) -> str:
        asked.append((question[0], question[1], question[2], question[3]))
        return answer

    token = escape_attribute(link_token(Target("internal", path, anchor, query)))
    html = replace_links(f'<p><a class="x" href="{token}">甲</a></p>', resolver)
    assert asked == [(path, anchor, query, "href")]
    page = _Tags()
    page.feed(html)
    assert page.tags == [("p", {}), ("a", {"class": "x", "href": answer})]


def test_a_link_without_an_answer_becomes_plain() -> None:
    html = f'<a href="{LINK_TOKEN}b.md" title="t">甲</a>'
    assert replace_links(html, lambda *_: None) == '<a title="t">甲</a>'


def test_a_picture_without_an_answer_is_removed_whole() -> None:
    html = f'<p>甲<img alt="a" src="{LINK_TOKEN}b.png" loading="lazy">乙</p>'
    assert replace_links(html, lambda *_: None) == "<p>甲乙</p>"


def test_a_recording_keeps_what_is_found() -> None:
    html = (
        f'<video src="{LINK_TOKEN}v.mp4" poster="{LINK_TOKEN}p.png" controls="">'
        f'<track src="{LINK_TOKEN}v.vtt"></video>'
    )
    found = replace_links(html, lambda path, *_: "/v.mp4" if path == "v.mp4" else None)
    assert found == '<video src="/v.mp4" controls=""></video>'


def test_a_picture_loses_neither_its_place_nor_its_neighbours() -> None:
    html = f'<img src="{LINK_TOKEN}a.png"><img src="{LINK_TOKEN}b.png"><a href="#x">y</a>'
    found = replace_links(html, lambda path, *_: f"/{path}" if path == "b.png" else None)
    assert found == '<img src="/b.png"><a href="#x">y</a>'


@pytest.mark.parametrize(
    "html",
    [
        f'<p>href="{LINK_TOKEN}x"</p>',
        f'<code>&lt;a href="{LINK_TOKEN}x"&gt;</code>',
        f'<td title="&lt;a href=&quot;{LINK_TOKEN}x&quot;&gt;">甲</td>',
        '<a href="/news/">甲</a>',
    ],
)
def test_what_only_looks_like_a_token_stays(html: str) -> None:
    assert replace_links(html, lambda *_: "changed") == html
