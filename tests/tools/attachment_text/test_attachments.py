"""Text of PDF and Office files: what is read, what is left out, and what hinders it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from site_plugins.domain.attachment_text import MOST_CHARACTERS, AttachmentText, Hindrance
from site_plugins.tools import attachment_text
from site_plugins.tools.attachment_text import packages, pdf
from site_plugins.tools.attachment_text import read_attachment as read

ROOT = Path(__file__).parents[3]
AGENDA = (ROOT / "content/news/2022/files/agenda.pdf").read_bytes()
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
P = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table")
)


def packed(parts: Mapping[str, str]) -> bytes:
    """A zip file with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def docx(body: str, **more: str) -> bytes:
    parts = {"word/document.xml": f"<w:document {W} {A} {MC}><w:body>{body}</w:body></w:document>"}
    return packed(parts | {f"word/{name}.xml": text for name, text in more.items()})


def xlsx(sheets: Mapping[str, str], strings: str = "", state: Mapping[str, str] = {}) -> bytes:
    entries = "".join(
        f'<sheet name="{name}" r:id="rId{n}" state="{state.get(name, "visible")}"/>'
        for n, name in enumerate(sheets)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Target="worksheets/sheet{n}.xml"/>' for n in range(len(sheets))
    )
    parts = {
        "xl/workbook.xml": f"<workbook {S} {R}><sheets>{entries}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships {P}>{links}</Relationships>",
        "xl/sharedStrings.xml": f"<sst {S}>{strings}</sst>",
    }
    for n, rows in enumerate(sheets.values()):
        cells = f"<worksheet {S}><sheetData>{rows}</sheetData></worksheet>"
        parts[f"xl/worksheets/sheet{n}.xml"] = cells
    return packed(parts)


def test_a_pdf_gives_its_lines() -> None:
    text = read("files/agenda.PDF", AGENDA)
    assert text.hindrance is None
    assert "双月协商座谈会议程" in text.blocks
    assert "议题：老旧小区改造" in text.blocks


def test_lines_that_reach_the_edge_are_one_paragraph() -> None:
    lines = [
        "标题",
        "姓名和联系方式只用于归还与答复，一",
        "年后销毁。",
        "see the annual report for year",
        "2022",
    ]
    assert list(pdf.paragraphs(lines)) == [
        "标题",
        "姓名和联系方式只用于归还与答复，一年后销毁。",
        "see the annual report for year 2022",
        "",
    ]


def test_a_number_begins_a_paragraph() -> None:
    lines = [
        "一、可以记笔记，不录音、不录像、不直播",
        "（二）想说话时举手，主持人留五分钟时间",
        "第三条　共",
    ]
    assert list(filter(None, pdf.paragraphs(lines))) == lines
    assert list(filter(None, pdf.paragraphs(["去年的比例达到百分之", "3.5以上的有"]))) == [
        "去年的比例达到百分之3.5以上的有"
    ]


def test_a_scanned_pdf_is_told() -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(out, "pdf")
    assert read("a.pdf", out.getvalue()) == AttachmentText(hindrance=Hindrance.NO_TEXT)


@pytest.mark.parametrize("password", ["示例", ""])
def test_a_locked_pdf(password: str) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(AGENDA))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    text = read("a.pdf", out.getvalue())
    if password:
        assert text == AttachmentText(hindrance=Hindrance.LOCKED)
    else:
        assert "议题：老旧小区改造" in text.blocks, "only changes are forbidden: it can be read"


def test_drawing_steps_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_STEPS", 20)
    text = read("a.pdf", AGENDA)
    assert text.hindrance is Hindrance.UNREADABLE
    assert text.reason == "页面太复杂"


def test_a_docx() -> None:
    content = docx(
        "<w:p><w:r><w:t>示例</w:t></w:r><w:r><w:t>规则</w:t><w:tab/><w:t>第一条</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>格子</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:ins><w:r><w:t>补上</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>"
        "<w:p><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>框里</w:t></w:r></w:p></mc:Choice>"
        "<mc:Fallback><w:p><w:r><w:t>框里</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"
        "<w:r><w:t>框外</w:t></w:r></w:p>",
        footnotes=f"<w:footnotes {W}><w:footnote><w:p><w:r><w:t>脚注</w:t></w:r></w:p></w:footnote>"
        "</w:footnotes>",
        comments=f"<w:comments {W}><w:p><w:r><w:t>批注</w:t></w:r></w:p></w:comments>",
    )
    assert read("x.docx", content).blocks == (
        "示例规则 第一条", "格子", "补上", "框里", "框外", "脚注"
    )  # fmt: skip


def test_an_xlsx() -> None:
    content = xlsx(
        {
            "统计": '<row><c t="s"><v>1</v></c><c t="s"><v>0</v></c></row>'
            '<row><c><v>95.2</v></c><c t="b"><v>1</v></c><c t="inlineStr"><is><t>直接</t></is></c>'
            '<c t="str"><f>A1</f><v>算得</v></c><c t="s"><v>9</v></c></row>',
            "底稿": '<row><c t="inlineStr"><is><t>不给看</t></is></c></row>',
        },
        "<si><r><t>件</t></r><r><t>数</t></r></si><si><t>届次</t><rPh><t>jieci</t></rPh></si>",
        {"底稿": "hidden"},
    )
    assert read("x.xlsx", content).blocks == ("统计", "届次", "件数", "95.2", "直接", "算得")


def test_the_sample_sites_sheet() -> None:
    path = ROOT / "content/proposals/2022/files/satisfaction-2022.xlsx"
    text = read(path.name, path.read_bytes())
    assert text.hindrance is None
    assert len(text.blocks) > 10


def test_slides_come_in_their_order() -> None:
    slide = f"<p {A}><a:p><a:r><a:t>第%s</a:t></a:r><a:br/><a:r><a:t>页</a:t></a:r></a:p></p>"
    parts = {f"ppt/slides/slide{n}.xml": slide % n for n in (10, 2, 1)}
    parts["ppt/notesSlides/notesSlide1.xml"] = slide % "讲稿"
    assert read("x.pptx", packed(parts)).blocks == ("第1 页", "第2 页", "第10 页")


@pytest.mark.parametrize("kind", ["odt", "ods", "odp"])
def test_open_documents(kind: str) -> None:
    body = (
        "<text:h>标题</text:h><text:p>一<text:span>二</text:span><text:s text:c='3'/>三"
        "<office:annotation><text:p>批注</text:p></office:annotation></text:p>"
        "<table:table-cell><text:p>格子</text:p></table:table-cell>"
    )
    xml = f"<office:document-content {ODF}>{body}</office:document-content>"
    assert read(f"x.{kind}", packed({"content.xml": xml})).blocks == ("标题", "一二 三", "格子")


def test_locked_office_files() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    manifest = {"META-INF/manifest.xml": "<m><encryption-data/></m>", "content.xml": "?"}
    assert read("a.docx", ole).hindrance is Hindrance.LOCKED
    assert read("a.odt", packed(manifest)).hindrance is Hindrance.LOCKED


def test_entities_are_never_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;">]>'
    content = packed({"word/document.xml": f"{bomb}<w:document {W}><w:p>&b;</w:p></w:document>"})
    text = read("a.docx", content)
    assert text.blocks == ()
    assert text.hindrance is Hindrance.UNREADABLE


def test_what_is_unpacked_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MOST_UNPACKED", 100_000)
    text = read("a.docx", docx(f"<w:p><w:t>前</w:t></w:p>{' ' * 1_000_000}"))
    assert text == AttachmentText(("前",), Hindrance.UNREADABLE, "展开后太大")


def test_long_texts_are_cut() -> None:
    paragraph = f"<w:p><w:r><w:t>{'长' * 70_000}</w:t></w:r></w:p>"
    text = read("a.docx", docx(paragraph * 5))
    assert sum(map(len, text.blocks)) == MOST_CHARACTERS
    assert text.hindrance is Hindrance.TOO_LONG


def test_what_came_before_the_damage_is_kept() -> None:
    text = read("a.docx", packed({"word/document.xml": f"<w:d {W}><w:p><w:t>好</w:t></w:p><w:p>"}))
    assert text == AttachmentText(("好",), Hindrance.UNREADABLE, "文档已损坏")


def test_other_files_have_no_text() -> None:
    assert read("a.zip", b"PK") == read("a", b"") == read("a.doc", b"?") == AttachmentText()


@given(st.sampled_from(sorted(attachment_text.TYPES)), st.binary(max_size=400))
def test_nonsense_is_told_not_raised(kind: str, content: bytes) -> None:
    text = read(f"a.{kind}", content)
    assert text.hindrance is not None
    assert text.problem("content/a") is not None


@given(st.integers(0, len(AGENDA)), st.integers(0, len(AGENDA)), st.binary(max_size=40))
def test_a_damaged_pdf_is_told_or_read(start: int, end: int, other: bytes) -> None:
    text = read("a.pdf", AGENDA[: min(start, end)] + other + AGENDA[max(start, end) :])
    assert text.blocks or text.hindrance is not None
