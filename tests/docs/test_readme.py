"""The two readmes say the same; the licence is the licence."""

import hashlib
import re

from tests.docs.pages import DOCS, ROOT, fences, headings, read

ENGLISH, CHINESE = read(ROOT / "README.md"), read(ROOT / "README.zh-CN.md")


def test_same_headings() -> None:
    levels = [
        [heading.partition(" ")[0] for heading in headings(text)] for text in (ENGLISH, CHINESE)
    ]
    assert levels[0] == levels[1]


def test_same_code() -> None:
    assert fences(ENGLISH) == fences(CHINESE)


def test_same_pictures_and_pages() -> None:
    links = [sorted(re.findall(r"\]\((docs/[^)]+)\)", text)) for text in (ENGLISH, CHINESE)]
    assert links[0] == links[1]


def test_opens_with_a_picture_and_the_two_commands() -> None:
    for text in (ENGLISH, CHINESE):
        assert text.index("docs/images/home-1440.png") < text.index("scripts/serve")
        assert text.index("scripts/serve") < text.index("\n## ", text.index("scripts/serve"))


def test_licence_is_the_standard_text() -> None:
    digest = hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest()
    assert digest == "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"


def test_documents_promise_nothing_for_later() -> None:
    for page in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]:
        assert not re.search(r"coming soon|敬请期待|即将推出|TODO(?!`)", read(page)), page
