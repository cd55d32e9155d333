"""docs/problems.md explains every code of the catalogue, and no other, in its very words."""

import re
from pathlib import Path

import pytest

from site_plugins.domain.catalogue import CATALOGUE, Entry
from tests.docs.pages import DOCS, ROOT, fences, read, sections

PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
PAGE = DOCS / "problems.md"
CODE = re.compile(r"(JY\d{3}) \S")


def explained() -> dict[str, str]:
    """The explanation of each code."""
    found = {}
    for heading, text in sections(read(PAGE)).items():
        match = CODE.match(heading)
        assert match is not None, f"“{heading}” begins with no code"
        assert match[1] not in found, f"{match[1]} is explained twice"
        found[match[1]] = text
    return found


EXPLAINED = explained()


def test_every_code_is_explained_and_no_other() -> None:
    assert sorted(EXPLAINED) == sorted(CATALOGUE)


def test_codes_stand_in_their_order() -> None:
    assert list(EXPLAINED) == sorted(EXPLAINED)


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=lambda entry: entry.code)
def test_severity_is_the_catalogues(entry: Entry) -> None:
    first = EXPLAINED[entry.code].strip().splitlines()[0]
    assert first == f"**{entry.severity.label}**"


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=lambda entry: entry.code)
def test_message_is_in_the_catalogues_words(entry: Entry) -> None:
    [message, *_] = fences(EXPLAINED[entry.code], "text")
    assert re.fullmatch(_told(entry), message.strip()), message


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=lambda entry: entry.code)
def test_says_why_and_what_to_do(entry: Entry) -> None:
    text = EXPLAINED[entry.code]
    assert "\n为什么：" in text
    assert "\n怎么办：" in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_quoted_messages_are_in_the_catalogues_words(page: Path) -> None:
    for line, code in re.findall(r"^ *(\S+:\d+: .* \[(JY\d{3})\])$", read(page), re.MULTILINE):
        assert re.fullmatch(_told(CATALOGUE[code]), line), line


def _told(entry: Entry) -> str:
    """The pattern of a problem's line: place, message, remedy, code."""
    words = f"{entry.message}。{entry.remedy} [{entry.code}]"
    pieces = re.split(r"\{\w+\}", words)
    return r"[\w./-]+:\d+: " + ".*".join(map(re.escape, pieces))
