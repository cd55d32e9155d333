"""The allow-list: whatever an author writes, nothing outside it reaches a page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_plugins.domain.links import LINK_TOKEN, replace_links
from site_plugins.tools.markdown_converter import MarkdownConverter
from site_plugins.tools.sanitiser import (
    ALLOWED_ATTRIBUTES,
    ALLOWED_TAGS,
    EXTERNAL_MARK,
    Sanitiser,
)

CONVERTER = MarkdownConverter()
PATH = "news/2022/a.md"

# What the converter itself adds to the allow-list's attributes.
ADDED = {
    "a": {"rel"},
    "img": {"loading", "decoding"},
    "input": {"type", "aria-label"},
    "th": {"scope"},
}
ADDRESS = re.compile(
    rf"{re.escape(LINK_TOKEN)}[^\s]*|#[^\s]*|(?:https?:)?//[^\s]+|mailto:.*|tel:.*", re.IGNORECASE
)


class Inspector(HTMLParser):
    """Collects everything in a page that the allow-list does not know, with a parser of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED_TAGS:
            self.faults.append(f"<{tag}>")
        known = ALLOWED_ATTRIBUTES["*"] | ALLOWED_ATTRIBUTES.get(tag, frozenset())
        for name, value in attrs:
            if name not in known | ADDED.get(tag, set()):
                self.faults.append(f"{tag} {name}")
            if name in ("href", "src", "poster") and not ADDRESS.fullmatch(value or ""):
                self.faults.append(f"{name}={value}")
            if name in ("src", "poster") and not (value or "").startswith(LINK_TOKEN):
                self.faults.append(f"{name}={value}")
        if tag == "input" and dict(attrs).get("type") not in ("checkbox", "radio"):
            self.faults.append(f"input {attrs}")

    def handle_comment(self, data: str) -> None:
        self.faults.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.faults.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.faults.append("instruction")


_PARSE_ONLY = nh3.Cleaner(
    tags=set(ALLOWED_TAGS),
    clean_content_tags=set(),
    attributes={
        "*": {"class", "id", "title", "lang", "dir", "aria-label", "rel"}
        | {name for names in ALLOWED_ATTRIBUTES.values() for name in names}
        | {"type", "scope", "loading", "decoding"}
    },
    link_rel=None,
)


def assert_safe(html: str) -> None:
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    assert inspector.faults == []
    # A second parse by other rules sees the same page: nothing mutates its way out.
    assert _PARSE_ONLY.clean(html) == html


VECTORS = [
    # Attribute lists: no "<" anywhere in the source.
    "甲{ onclick=alert(1) }",
    "甲\n{: onmouseover=alert(1) style=color:red }",
    "# 题 { onclick='alert(1)' }",
    "![甲](a.png){ onerror=alert(1) onload=alert(1) }",
    "[甲](b.md){ href=javascript:alert(1) }",
    "[甲](b.md){ HREF=javascript:alert(1) }",
    "![甲](a.png){ src=javascript:alert(1) }",
    "![甲](a.png){ srcset='https://evil.example/x 1x' }",
    "![甲](a.png){ style='background:url(https://evil.example)' }",
    "*甲*{ data-x=1 contenteditable tabindex=1 accesskey=a is=x }",
    "| a |\n|---|\n| b { onclick=alert(1) } |",
    "``` { .python onclick=alert(1) }\nx\n```",
    '```python title="<img src=x onerror=alert(1)>"\nx\n```',
    '!!! note "<img src=x onerror=alert(1)>"\n    甲',
    '=== "<svg onload=alert(1)>"\n    甲',
    '??? note "<details open ontoggle=alert(1)>"\n    甲',
    # Addresses.
    "[甲](javascript:alert(1))",
    "[甲](JaVaScRiPt:alert(1))",
    "[甲](javascript&colon;alert(1))",
    "[甲](&#106;avascript:alert(1))",
    "[甲](&#x6A;avascript&#58;alert(1))",
    "[甲](java&#9;script:alert(1))",
    "[甲](java&Tab;script:alert(1))",
    "[甲](java&NewLine;script:alert(1))",
    "[甲](< javascript:alert(1)>)",
    "[甲](<java\tscript:alert(1)>)",
    "[甲](\x01javascript:alert(1))",
    "[甲](\\javascript:alert(1))",
    "[甲](java\\script:alert(1))",
    "[甲](vbscript:x)",
    "[甲](data:text/html;base64,PHNjcmlwdD4=)",
    "[甲](file:///etc/passwd)",
    "[甲](blob:https://example.com/x)",
    "![甲](data:image/svg+xml,<svg/onload=alert(1)>)",
    "![甲](https://evil.example/x.png)",
    "![甲](//evil.example/x.png)",
    "![甲](\\\\evil.example\\x.png)",
    "[甲][r]\n\n[r]: javascript:alert(1)",
    "<javascript://%0aalert(1)>",
    '[a](b.md "x\\" onclick=\\"alert(1)")',
    '![" onerror="alert(1)](a.png)',
    '![甲](a.png "<img src=x onerror=alert(1)>")',
    "![甲](a.png '\"><script>alert(1)</script>')",
    # Raw HTML.
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example></SCRIPT>",
    "<script/x>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "<script>alert(1)",
    "<style>@import 'https://evil.example';</style>",
    "<style><img src=x onerror=alert(1)></style>",
    "<link rel=stylesheet href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x</button></form>",
    "<input type=image src=x onerror=alert(1)>",
    "<input type=text name=q autofocus onfocus=alert(1)>",
    "<input type=checkbox onchange=alert(1)>",
    "<textarea autofocus onfocus=alert(1)>",
    "<select onfocus=alert(1)><option>x</select>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    '<a href="java\nscript:alert(1)">x</a>',
    "<a href=x target=_blank ping=//evil.example download>x</a>",
    "<a href=x onclick=alert(1)//>x</a>",
    "<a href='x'onclick='alert(1)'>x</a>",
    "<img src=x onerror=alert(1)>",
    "<img src=x:x onerror=alert(1)//",
    '<img src="x" onerror="alert(1)" <p>',
    "<img/src=x/onerror=alert(1)>",
    "<img src=x srcset='//evil.example/x 2x' sizes=100vw>",
    "<img src='x' width='1;x' height=expression(1)>",
    "<image src=x onerror=alert(1)>",
    "<video src=//evil.example/x poster=javascript:alert(1) onloadstart=alert(1)></video>",
    "<video><source src=//evil.example/x onerror=alert(1)></video>",
    "<audio src=x autoplay onplay=alert(1)></audio>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1) /></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext></p><img src=x onerror=alert(1)>",
    "<math href=javascript:alert(1)>x</math>",
    '<math><mtext><table><mglyph><style><!--</style><a title="--&gt;&lt;img src=1 onerror=1&gt;">',
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<template><script>alert(1)</script></template>",
    "<title><img src=x onerror=alert(1)></title>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    '<noembed><img title="</noembed><img src onerror=alert(1)>"></noembed>',
    "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
    "<table background=javascript:alert(1)><td background=x>x</table>",
    "<table><caption><img src=x onerror=alert(1)></table>",
    '<div style="width:expression(alert(1))">x</div>',
    "<div style=background:url(//evil.example)>x</div>",
    "<body onload=alert(1)>",
    "<html manifest=//evil.example>",
    "<frameset onload=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<details open ontoggle=alert(1)>x</details>",
    "<dialog open onclose=alert(1)>x</dialog>",
    "<x onclick=alert(1)>x</x>",
    "<b/onclick=alert(1)>x</b>",
    '<p id="x y" class="a&quot;b" lang=\'"><script>\'>x</p>',
    "<p title='</p><script>alert(1)</script>'>x</p>",
    '<label for="a\'b">x</label>',
    "<!-- <img src=x onerror=alert(1)> -->",
    "<!--> <img src=x onerror=alert(1)> -->",
    "<!-- --!> <img src=x onerror=alert(1)> -->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<!DOCTYPE html><script>alert(1)</script>",
    "<?php echo '<script>alert(1)</script>' ?>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "`<script>`<script>alert(1)</script>",
    "<div markdown=1>\n\n<script>alert(1)</script>\n\n[x](javascript:x){ onclick=1 }\n\n</div>",
    "<div>\n[x](javascript:alert(1))\n</div><script>alert(1)</script>",
    "甲 < script >alert(1)</ script >",
    "\x02wzxhzdk:0\x03<script>alert(1)</script>",
    '<a href="/~~external~~/javascript:alert(1)">x</a>',
    "[x](/~~external~~/javascript:alert(1))",
    "[x](/~~jianyan~~/javascript:alert(1))",
    '<img src="/~~jianyan~~/../../x" onerror=alert(1)>',
]


@pytest.mark.parametrize("markdown", VECTORS)
def test_nothing_dangerous_survives(markdown: str) -> None:
    html = CONVERTER.convert(markdown, PATH).html
    assert_safe(html)
    assert_safe(CONVERTER.convert(f"前文\n\n{markdown}\n\n后文", PATH).html)


@pytest.mark.parametrize("markdown", VECTORS)
def test_nothing_dangerous_survives_inside_a_list_and_a_table(markdown: str) -> None:
    line = markdown.split("\n")[0]
    assert_safe(CONVERTER.convert(f"- {line}\n\n| a |\n|---|\n| {line} |", PATH).html)


PIECES = [
    *VECTORS,
    *"<>\"'=/&;#`*_[](){}!\\|:-~^+.\n\t\x00\x01\x0c",
    *(f"<{tag}" for tag in ("a", "img", "svg", "math", "style", "p", "table", "mtext", "noscript")),
    *(f"</{tag}>" for tag in ("a", "svg", "math", "style", "p", "table", "script", "title")),
    *(" href=", " src=", " onerror=", " title=", " id=", " class=", " style="),
    *("javascript:", "data:", "https://x.example", "b.md", "a.png", "alert(1)", "\n\n", "    "),
    *("<!--", "-->", "]]>", "<![CDATA[", "<?", "?>", "&lt;", "&quot;", "&#60;", "&#x22;", "甲"),
]


@settings(max_examples=300, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=8))
def test_no_mixture_survives(pieces: list[str]) -> None:
    assert_safe(CONVERTER.convert("".join(pieces), PATH).html)


@settings(max_examples=200, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=8))
def test_no_mixture_of_plain_html_survives(pieces: list[str]) -> None:
    html = "".join(pieces).encode("utf-8", "ignore").decode()
    clean = Sanitiser().clean(html, PATH).html
    inspector = Inspector()
    inspector.feed(clean.replace(EXTERNAL_MARK, "//"))
    inspector.close()
    assert inspector.faults == []


@settings(max_examples=100, deadline=None)
@given(
    pieces=st.lists(st.sampled_from(PIECES), max_size=8), answer=st.sampled_from([None, '"><b x="'])
)
def test_exchanging_the_links_opens_nothing(pieces: list[str], answer: str | None) -> None:
    html = CONVERTER.convert("".join(pieces), PATH).html
    inspector = Inspector()
    inspector.feed(replace_links(html, lambda *_: answer))
    inspector.close()
    # The answer itself is no address; that is all there is to find.
    assert set(inspector.faults) <= {f"{name}={answer}" for name in ("href", "src", "poster")}


@pytest.mark.parametrize(
    ("markdown", "removed"),
    [
        ("甲 <script>alert(1)</script>", ("<script>",)),
        ("<iframe src=https://example.com></iframe>", ("<iframe>",)),
        ("<p onclick=x style=y>甲</p>", ("onclick", "style")),
        ("*甲*{ onclick=x }", ("onclick",)),
        ("[甲](javascript:x)", ("javascript:",)),
        ("![甲](DATA:image/png;base64,xx)", ("data:",)),
        ("[甲](b.md){ target=_blank rel=x }", ("target",)),
        ("<input type=text>", ("<input>",)),
        ("<p id='a\"b'>甲</p>", ("id",)),
        ("<img src=a.png width=99%>", ("width",)),
        ("<!-- <script> -->甲 < 乙 {c}", ()),
        ("`<script>` 与 `onclick=`", ()),
        ("```html\n<script>alert(1)</script>\n```", ()),
        ("![甲](https://example.com/a.png)", ()),
    ],
)
def test_what_was_taken_out_is_named(markdown: str, removed: tuple[str, ...]) -> None:
    assert CONVERTER.convert(markdown, PATH).removed == removed


def test_what_an_author_may_write_stays() -> None:
    html = (
        '<table class="wide"><thead><tr><th colspan="2" scope="col">甲</th></tr></thead>'
        '<tbody><tr><td rowspan="2">乙</td></tr></tbody></table>'
        '<p lang="en" title="t"><kbd>K</kbd><mark>m</mark><ins>i</ins><del>d</del>'
        "<ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>"
        '<abbr title="x">y</abbr><time datetime="2022-03-18">t</time></p>'
        '<ol start="3"><li value="5">五</li></ol>'
        '<details open=""><summary>s</summary><p>x</p></details>'
    )
    clean = Sanitiser().clean(html, PATH)
    assert clean.html == html
    assert clean.removed == ()


def test_anchors_are_collected_where_they_stay() -> None:
    html = (
        '<h2 id="一">甲</h2><a id="b-1">x</a><p id="x y">z</p>'
        '<form id="f"></form><svg id="s"></svg>'
    )
    assert Sanitiser().clean(html, PATH).ids == {"一", "b-1", "x-y"}


def test_a_text_full_of_open_tags_costs_no_more_than_its_length() -> None:
    # Were it quadratic, this would take minutes.
    for piece in ("<a ", '<a "', "<!--", "<p title='", '&lt;a b="'):
        Sanitiser().clean(piece * 20_000, PATH)
