"""Links between the project's documents lead somewhere."""

import re
from pathlib import Path

import pytest
from markdown.extensions.toc import slugify_unicode

from tests.docs.pages import DOCS, ROOT, headings, read

PAGES = sorted(
    [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "requirements" / "README.md"],
)
# Pictures are made from the built site, after the documents.
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^[ ]*```.*?^[ ]*```[ ]*$|`[^`\n]*`", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(CODE.sub("", read(page))):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path) if path else page
        assert target.exists(), link
        if anchor:
            assert anchor in {_slug(heading) for heading in headings(read(target))}, link


def _slug(heading: str) -> str:
    return slugify_unicode(heading.lstrip("#").strip(), "-")
