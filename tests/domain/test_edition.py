"""An edition: texts with their links, as a page or a feed needs them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_plugins.domain.converted import TextFacts
from site_plugins.domain.edition import Edition, root_of, url_of
from site_plugins.domain.links import LINK_TOKEN
from site_plugins.domain.settings import Settings
from tests.site_in_memory import Files, column, convert, edition_of, record, settings

FILES: Files = {
    "news/index.md": column("要闻"),
    "news/a.md": record("甲", attachments="[{file: a.pdf}]"),
    "news/b.md": record("乙", status="draft"),
    "news/a.pdf": b"%PDF",
    "news/x.png": b"PNG",
    "文.md": "# 文\n",
}
EDITION = edition_of(FILES)


def _html(markdown: str, prefix: str = "../../", edition: Edition = EDITION) -> str:
    return edition.linked(convert(markdown, "news/c.md").html, prefix)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("[x](a.md)", '<p><a href="../../news/a/">x</a></p>'),
        ("[x](a.md?p=1&q=2#二)", '<p><a href="../../news/a/?p=1&amp;q=2#%E4%BA%8C">x</a></p>'),
        ("[x](a.pdf)", '<p><a href="../../news/a.pdf">x</a></p>'),
        ("[x](../文.md)", '<p><a href="../../%E6%96%87/">x</a></p>'),
        ("[x](/)", '<p><a href="../../">x</a></p>'),
        ("[x](b.md)", "<p><a>x</a></p>"),
        ("[x](missing.md)", "<p><a>x</a></p>"),
        ("[x](#here)", '<p><a href="#here">x</a></p>'),
        ("[x](https://example.com/?a&b)", '<p><a href="https://example.com/?a&amp;b">x</a></p>'),
        ("![x](x.png)", '<p><img src="../../news/x.png" alt="x"></p>'),
        ("![x](y.png)", "<p></p>"),
    ],
)
def test_links_lead_where_the_page_needs(markdown: str, html: str) -> None:
    assert _html(markdown) == html


def test_links_of_a_feed_are_absolute() -> None:
    assert 'href="https://zx.example.com/news/a/"' in _html("[x](a.md)", "https://zx.example.com/")


PIECES = st.lists(
    st.tuples(
        st.booleans(),
        st.text(alphabet="文a <", max_size=3),
        st.one_of(
            st.sampled_from(
                ["a.md", "b.md", "/", "..", "a.pdf", "x.png", "#x", LINK_TOKEN, LINK_TOKEN + "a.md"]
            ),
            st.text(alphabet="ab./?#&%2e~文:\"'<> ", max_size=12),
        ),
    ).map(lambda t: f"{'!' if t[0] else ''}[{t[1]}]({t[2]})"),
    max_size=4,
)


@given(PIECES, st.sampled_from(["./", "../", "../../", "https://zx.example.com/"]))
def test_no_token_is_ever_left(pieces: list[str], prefix: str) -> None:
    html = _html(" ".join(pieces), prefix)
    # What an author wrote between the tags is no address.
    assert f'="{LINK_TOKEN}' not in html


@given(st.text(alphabet="abz09-_./文 &%?#\"'<>+@~", max_size=20))
def test_an_address_in_a_link_is_plain_ascii(address: str) -> None:
    url = url_of(address)
    assert url.isascii()
    assert not set(url) & set(' "<>&?#\\')
    assert url_of("news/") == "news/"


@pytest.mark.parametrize(
    ("address", "root"),
    [("", "./"), ("404.html", "./"), ("news/", "../"), ("news/a/", "../../"), ("o/1.html", "../")],
)
def test_the_way_to_the_root(address: str, root: str) -> None:
    assert root_of(address) == root


def test_an_owner_without_text_has_an_empty_one() -> None:
    owner = EDITION.site.columns["news"].column
    assert EDITION.text_of(owner) == TextFacts()
    assert (EDITION.html(owner, "../"), EDITION.blocks_of(owner)) == ("", ())


def test_an_owner_has_its_text_in_html_blocks_and_facts() -> None:
    text = "## 一 {#yi}\n\n见[甲](a.md)。\n"
    edition = edition_of({**FILES, "news/c.md": record("丙", text=text)})
    owner = edition.site.records["news/c.md"]
    assert edition.html(owner, "../../") == _html(text, edition=edition)
    assert edition.blocks_of(owner) == ("一", "见甲。")
    facts = edition.text_of(owner)
    assert (facts.ids, facts.lead, facts.characters) == (("yi",), ("一", "见甲。"), 4)
    assert edition.links_of(facts) == {"news/a.md": "news/a/"}
    assert edition.texts_at()["news/c/index.html"] == "news/c.md"


@pytest.mark.parametrize(
    ("url", "base", "absolute"),
    [
        ("https://zx.example.com/", "/", "https://zx.example.com/news/"),
        ("https://zx.example.com", "/", "https://zx.example.com/news/"),
        ("https://example.com/zx/", "/zx/", "https://example.com/zx/news/"),
        ("", "/", ""),
    ],
)
def test_where_the_site_stands(url: str, base: str, absolute: str) -> None:
    told: Settings = settings(url=url)
    assert (told.base, told.absolute("news/")) == (base, absolute)
