"""Attachments' texts on their way from the files to the search documents."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from site_plugins.build.preparation import prepare
from site_plugins.domain.attachment_text import AttachmentText, Hindrance
from site_plugins.outputs.search.published import search_documents
from tests.site_in_memory import NOW, Files, column, record, settings, workshop

SCANNED = AttachmentText(hindrance=Hindrance.NO_TEXT)


@dataclass(slots=True)
class Shelf:
    """Attachments whose text is their path; notes what is asked for."""

    asked: list[str] = field(default_factory=list)

    def text(self, path: str, digest: str) -> AttachmentText:
        self.asked.append(path)
        return SCANNED if path.endswith("scan.pdf") else AttachmentText(("附件第一段", path))

    def hindrance(self, path: str, digest: str) -> AttachmentText:
        return replace(self.text(path, digest), blocks=())


FILES: Files = {
    "news/index.md": column("要闻"),
    "news/a.md": record("甲", attachments="[{file: files/a.pdf, name: 甲}]"),
    "news/b.md": record("乙", attachments="[{file: files/scan.pdf, name: 乙}]"),
    "news/draft.md": record("丙", status="draft", attachments="[{file: files/c.pdf, name: 丙}]"),
    "news/files/a.pdf": b"a",
    "news/files/scan.pdf": b"b",
    "news/files/c.pdf": b"c",
}


def test_only_what_is_published_is_read_and_found() -> None:
    shelf = Shelf()
    prepared = prepare(settings(), NOW, replace(workshop(FILES), attachments=shelf))
    found = {one.address: one.attachments for one in search_documents(prepared.edition)}
    assert found["/news/a/"] == ("附件第一段", "news/files/a.pdf")
    assert found["/news/b/"] == ()
    told = [(one.code, one.path) for one in prepared.problems if one.code == "JY077"]
    assert told == [("JY077", "content/news/files/scan.pdf")]
    assert set(shelf.asked) == {"news/files/a.pdf", "news/files/scan.pdf"}


def test_attachments_can_be_left_out() -> None:
    for off in (
        settings(search_attachments=False),
        settings(capabilities=frozenset({"site"})),
    ):
        shelf = Shelf()
        prepared = prepare(off, NOW, replace(workshop(FILES), attachments=shelf))
        found = {one.address: one.attachments for one in search_documents(prepared.edition)}
        assert found["/news/a/"] == ()
        assert shelf.asked == []
        assert "JY077" not in {one.code for one in prepared.problems}
