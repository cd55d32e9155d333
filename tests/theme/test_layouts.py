"""Every layout: sound HTML, nothing inline, nothing from outside, no class without a rule."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from .examples import examples
from .page_views import text
from .preview import THEME, Example, environment, render, style_sheet
from .sample_views import site

PAGES = examples()
ENV = environment()
VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "wbr",
}

# Classes that the Markdown extensions write into texts, whether or not an example shows them.
_MARKDOWN = """
admonition admonition-title note abstract summary tldr info tip hint important success check done
question help faq warning caution attention failure fail missing danger error bug example quote cite
tabbed-set tabbed-alternate tabbed-labels tabbed-content tabbed-block
task-list task-list-item task-list-control task-list-indicator
footnote footnote-ref footnote-backref highlight filename linenos linenodiv hll
c ch cm c1 cs cpf gp k kc kd kn kr kt nt ow cp gd gr nc nf nn ne fm gh gu
s s1 s2 sb sd se si sx sr ss l ld gi m mi mf mh mo il na nb bp nd nv vc vg vi n o p w
"""
MARKDOWN_CLASSES = frozenset(_MARKDOWN.split())
# Classes that only name a place for readers of the HTML; the style sheet leaves them as they are.
_BARE = "book__lead box briefs clause__text entries listing press__body side side__list split__main"
BARE_CLASSES = frozenset(_BARE.split())


class Document(HTMLParser):
    """What the tests ask of a page: tags in balance, attributes, classes, headings."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len({name for name, _ in attrs}) < len(attrs):
            self.faults.append(f"<{tag}> repeats an attribute")
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> on line {self.getpos()[0]} closes something else")

    def classes(self) -> Iterator[str]:
        for _, attributes in self.tags:
            yield from (attributes.get("class") or "").split()


@pytest.fixture(scope="module", params=sorted(PAGES))
def page(request: pytest.FixtureRequest) -> tuple[str, Example, str]:
    example = PAGES[request.param]
    return request.param, example, render(ENV, example)


def test_every_layout_has_an_example() -> None:
    layouts = {path.stem for path in (THEME / "layouts").glob("*.html")} - {"base"}
    shown = {example.layout for example in PAGES.values()}
    assert layouts - shown <= {"search"}, "search waits for its component"
    assert shown <= layouts


def test_html_is_balanced(page: tuple[str, Example, str]) -> None:
    assert Document(page[2]).faults == []


def test_nothing_inline_and_nothing_from_outside(
    page: tuple[str, Example, str],
) -> None:
    for tag, attributes in Document(page[2]).tags:
        assert tag != "style"
        assert not [name for name in attributes if name == "style" or name.startswith("on")]
        if tag == "script":
            assert attributes.get("src") or attributes.get("type") == "application/ld+json"
        link = attributes.get("src" if tag in ("script", "img") else "href") or ""
        if tag in ("script", "img") or (tag == "link" and attributes.get("rel") != "canonical"):
            assert not re.match(r"(https?:)?//|data:", link), link


def test_ids_are_unique_and_anchors_arrive(page: tuple[str, Example, str]) -> None:
    name, example, html = page
    tags = Document(html).tags
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert [value for value, count in Counter(ids).items() if count > 1] == []
    if example.layout == "plan":
        anchors = {value[1:] for _, a in tags if (value := a.get("href") or "").startswith("#")}
        assert anchors <= set(ids)
    assert "main" in ids
    assert all(a.get("for") in ids for tag, a in tags if tag == "label" and "for" in a), name


def test_headings_descend_without_a_gap(page: tuple[str, Example, str]) -> None:
    levels = [int(tag[1]) for tag, _ in Document(page[2]).tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_pictures_say_what_they_show(page: tuple[str, Example, str]) -> None:
    assert all("alt" in attributes for tag, attributes in Document(page[2]).tags if tag == "img")


def test_html_is_compact(page: tuple[str, Example, str]) -> None:
    outside_code = re.sub(r"<pre.*?</pre>", "", page[2], flags=re.DOTALL)
    assert not re.search(r"\n[ \t]*\n[ \t]*\n|[ \t]{8,}", outside_code)


def style_classes() -> set[str]:
    selectors = re.sub(r"\{[^{}]*\}", " ", style_sheet())
    return set(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", selectors))


def script_classes() -> set[str]:
    found: set[str] = set()
    for path in (THEME / "scripts").glob("*.js"):
        for value in re.findall(r'className = "([^"]+)"', path.read_text()):
            found |= set(value.split())
    # The search page is made by its script: every class it writes begins alike.
    for path in (THEME / "search").glob("*.js"):
        found |= set(re.findall(r"\bsearch-page__[\w-]+", path.read_text()))
    return found


def used_classes() -> set[str]:
    return {
        name for example in PAGES.values() for name in Document(render(ENV, example)).classes()
    } | script_classes()


def test_every_class_has_a_rule() -> None:
    assert used_classes() - style_classes() - MARKDOWN_CLASSES - BARE_CLASSES == set()


def test_every_rule_has_a_class() -> None:
    assert style_classes() - used_classes() - MARKDOWN_CLASSES == set()


def test_bare_classes_are_in_use() -> None:
    assert used_classes() >= BARE_CLASSES


def test_order_names_every_style_file_once() -> None:
    lines = (THEME / "styles/order.txt").read_text().splitlines()
    named = [line for line in lines if line and not line.startswith("#")]
    there = {str(path.relative_to(THEME)) for path in THEME.rglob("*.css")}
    assert len(named) == len(set(named))
    assert set(named) == there
    assert named[-1] == "styles/print.css"


def test_style_sheet_needs_no_other_file() -> None:
    assert "@import" not in style_sheet()
    assert "url(" not in style_sheet()


def test_every_icon_is_used_and_there() -> None:
    sources = "".join(path.read_text() for path in THEME.rglob("*.html"))
    named = set(re.findall(r'icon\("([\w-]+)"\)', sources))
    assert named == {path.stem for path in (THEME / "icons").glob("*.svg")}


def packed(data: str) -> int:
    return len(gzip.compress(data.encode(), 9))


def test_an_article_weighs_little() -> None:
    css = packed(style_sheet())
    js = packed((THEME / "scripts/site.js").read_text()) + packed(
        (THEME / "scripts/qr.js").read_text()
    )
    html = packed(render(ENV, PAGES["article"]))
    assert css <= 16_000
    assert js <= 6_000
    assert css + js + html <= 40_000


def test_values_are_escaped() -> None:
    attack = '"><script>alert(1)</script>'
    html = render(
        ENV,
        Example("article", text(title=attack, kicker=attack, subtitle=attack), attack),
    )
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert") >= 4


def test_menu_marks_where_the_reader_is() -> None:
    html = render(ENV, PAGES["plan"])
    current = [
        a
        for tag, a in Document(html).tags
        if tag == "a" and a.get("class") == "menu__link" and "aria-current" in a
    ]
    assert [attributes["href"] for attributes in current] == ["../../plans/"]


def test_a_long_menu_goes_into_rows() -> None:
    wide = Example("404", None, site=site(tuple("年度计划" for _ in range(16))))
    assert "menu--rows" in render(ENV, wide)
    assert "menu--rows" not in render(ENV, PAGES["404"])


def test_clause_text_stands_undivided() -> None:
    html = render(ENV, PAGES["plan"])
    for part in PAGES["plan"].view.parts:  # type: ignore[attr-defined]
        for clause in part.clauses:
            assert clause.html in html
            assert f'id="{clause.id}"' in html
            assert f'href="#{clause.id}"' in html
