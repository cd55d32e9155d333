"""Attachments' texts on their way from the files to the search documents."""

from __future__ import annotations

from msgspec.structs import replace

from site_plugins.build.attachment_texts import attachment_problems
from site_plugins.build.preparation import prepare
from site_plugins.domain.attachment_text import AttachmentText, Hindrance
from site_plugins.outputs.search.published import search_documents
from site_plugins.tools.text_cache import ReadAttachments
from tests.site_in_memory import NOW, Files, column, record, settings, workshop

SCANNED = AttachmentText(hindrance=Hindrance.NO_TEXT)


def read(path: str) -> AttachmentText:
    return SCANNED if path.endswith("scan.pdf") else AttachmentText(("附件第一段", path))


FILES: Files = {
    "news/index.md": column("要闻"),
    "news/a.md": record("甲", attachments="[{file: files/a.pdf, name: 甲}]"),
    "news/b.md": record("乙", attachments="[{file: files/scan.pdf, name: 乙}]"),
    "news/draft.md": record("丙", status="draft", attachments="[{file: files/c.pdf, name: 丙}]"),
    "news/files/a.pdf": b"a",
    "news/files/scan.pdf": b"b",
    "news/files/c.pdf": b"c",
}


ATTACHMENTS = ReadAttachments(read, None)


def test_only_what_is_published_is_read_and_found() -> None:
    asked: list[str] = []

    def reading(path: str) -> AttachmentText:
        asked.append(path)
        return read(path)

    shop = replace(workshop(FILES), attachments=ReadAttachments(reading, None))
    prepared = prepare(settings(), NOW, shop)
    found = {one.address: one.attachments for one in search_documents(prepared.edition)}
    assert found["/news/a/"] == ("附件第一段", "news/files/a.pdf")
    assert found["/news/b/"] == ()
    told = [(one.code, one.path) for one in prepared.problems if one.code == "JY077"]
    assert told == [("JY077", "content/news/files/scan.pdf")]
    assert set(asked) == {"news/files/a.pdf", "news/files/scan.pdf"}


def test_attachments_can_be_left_out() -> None:
    files = {"scan.pdf": "digest"}
    told = [one.path for one in attachment_problems(settings(), files, ATTACHMENTS)]
    assert told == ["content/scan.pdf"]
    for off in (settings(search_attachments=False), settings(capabilities=frozenset({"site"}))):
        assert not list(attachment_problems(off, files, ATTACHMENTS))
        shop = replace(workshop(FILES), attachments=ATTACHMENTS)
        prepared = prepare(off, NOW, shop)
        assert not [one for one in prepared.problems if one.code == "JY077"]
        assert not any(one.attachments for one in search_documents(prepared.edition))
