"""Paths below content/ and the addresses they give."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from site_plugins.domain.artifacts import page_path
from site_plugins.domain.edition import root_of
from site_plugins.domain.paths import address_of, ancestors, beside, folder_of

NAMES = st.text(alphabet="ab.文-", min_size=1, max_size=4).filter(lambda n: n not in (".", ".."))
MARKDOWN = st.lists(st.one_of(NAMES, st.just("index")), min_size=1, max_size=4).map(
    lambda names: "/".join(names) + ".md"
)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("news/2022/0318-x.md", "news/2022/0318-x/"),
        ("news/index.md", "news/"),
        ("index.md", ""),
        ("about.md", "about/"),
        ("news/A.MD", "news/A/"),
        ("news/index/index.md", "news/index/"),
        ("a.md.md", "a.md/"),
    ],
)
def test_address_of_a_file(path: str, address: str) -> None:
    assert address_of(path) == address


@given(MARKDOWN, MARKDOWN)
def test_two_files_have_one_address_only_as_file_and_folder(one: str, other: str) -> None:
    assume(one != other)
    if address_of(one) == address_of(other):
        stem = min(one, other, key=len).removesuffix(".md")
        assert {one, other} == {f"{stem}.md", f"{stem}/index.md"}


@given(MARKDOWN)
def test_the_root_is_above_every_address(path: str) -> None:
    address = address_of(path)
    folder = posixpath.dirname(page_path(address))
    assert posixpath.normpath(posixpath.join(folder, root_of(address))) == "."


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("x.png", "news/2022/x.png"),
        ("./x.png", "news/2022/x.png"),
        ("../x.png", "news/x.png"),
        ("../../x.png", "x.png"),
        ("/pictures/x.png", "pictures/x.png"),
        ("//pictures/x.png", "pictures/x.png"),
        ("a/../x.png", "news/2022/x.png"),
        ("../../../x.png", None),
        ("/../x.png", None),
        ("..\\x.png", None),
        ("x\x00.png", None),
        ("../..", None),
        ("/", None),
        ("", "news/2022"),
    ],
)
def test_a_file_beside_another(written: str, path: str | None) -> None:
    assert beside("news/2022/a.md", written) == path


@given(MARKDOWN, st.text(alphabet="a./\\文", max_size=12))
def test_nothing_leads_out_of_content(path: str, written: str) -> None:
    found = beside(path, written)
    if found is not None:
        assert not found.startswith("/")
        assert ".." not in found.split("/")


@given(MARKDOWN)
def test_ancestors_go_up_to_content(path: str) -> None:
    above = ancestors(folder_of(path))
    assert len(above) == path.count("/")
    assert all(path.startswith(folder + "/") for folder in above)
    assert list(above) == sorted(above, key=len, reverse=True)
