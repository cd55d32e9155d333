"""Front matter shown in the documents can be read and uses keys that exist."""

import textwrap

import pytest

from site_plugins.domain.model import holders
from site_plugins.domain.model.kinds import KINDS
from site_plugins.domain.model.values import keys_of
from site_plugins.reading.front_matter import split
from site_plugins.reading.values import ValueReader
from tests.docs.pages import DOCS, fences, read

HOLDERS = (holders.Column, holders.PeriodicalHolder, holders.IssueHolder)
MODELS: tuple[type, ...] = (*HOLDERS, *(kind.record for kind in KINDS.values()))
EXAMPLES = [
    pytest.param(code, id=f"{page.name}-{number}")
    for page in sorted(DOCS.rglob("*.md"))
    for number, code in enumerate(fences(read(page), "yaml"))
    if code.lstrip().startswith("---\n")
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_front_matter_is_without_fault(example: str) -> None:
    matter = split(textwrap.dedent(example), "example.md")
    faults = []
    for model in MODELS:
        if set(matter.values) <= set(keys_of(model)):
            reader = ValueReader("example.md", matter.lines)
            reader.mapping(model, matter.values)
            faults.append(reader.problems)
    assert [] in faults, f"no kind of text has such front matter: {faults}"


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 8
