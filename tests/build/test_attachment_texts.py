"""Attachments' texts on their way from the files to the search documents."""

from __future__ import annotations

from dataclasses import replace

from site_plugins.build.attachment_texts import read_attachment_texts
from site_plugins.build.preparation import prepare
from site_plugins.domain.attachment_text import AttachmentText, Hindrance
from site_plugins.outputs.search.published import search_documents
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


def test_only_what_is_published_is_read_and_found() -> None:
    prepared = prepare(settings(), NOW, replace(workshop(FILES), attachment=read))
    found = {one.address: one.attachments for one in search_documents(prepared.edition)}
    assert found["/news/a/"] == ("附件第一段", "news/files/a.pdf")
    assert found["/news/b/"] == ()
    told = [(one.code, one.path) for one in prepared.problems if one.code == "JY077"]
    assert told == [("JY077", "content/news/files/scan.pdf")]
    assert prepared.edition.attachments.keys() == {"news/files/a.pdf"}


def test_attachments_can_be_left_out() -> None:
    off = settings(search_attachments=False)
    assert read_attachment_texts(off, ["a.pdf"], read) == ({}, ())
    assert read_attachment_texts(settings(capabilities=frozenset({"site"})), ["a.pdf"], read) == (
        {},
        (),
    )
    assert read_attachment_texts(settings(), ["scan.pdf"], None) == ({}, ())
