"""From converted texts to the blocks that are printed."""

from __future__ import annotations

from site_plugins.outputs.print.document import (
    Attached,
    AttachmentList,
    Block,
    Heading,
    Paragraph,
    PrintDocument,
    Run,
    Signature,
    Table,
)
from site_plugins.outputs.print.faces import Face
from site_plugins.outputs.print.html_blocks import html_blocks
from site_plugins.outputs.print.official import official_closing
from site_plugins.outputs.print.plan import PlanFacts, plan_document
from site_plugins.reading.plans.markup import mark_up
from site_plugins.reading.plans.pieces import split_html
from site_plugins.reading.plans.text import parse_plan_text
from site_plugins.tools.markdown_converter import MarkdownConverter

CONVERTER = MarkdownConverter()


def words(block: Block) -> str:
    assert isinstance(block, Paragraph | Heading)
    return "".join(run.text for run in block.runs)


def printed(text: str, **facts: object) -> PrintDocument:
    parsed = parse_plan_text(text)
    html = split_html(CONVERTER.convert(mark_up(text, parsed), "plan.md").html, parsed)
    told = {"title": "工作要点", **facts}
    return plan_document(PlanFacts(**told), html).document  # type: ignore[arg-type]


# --- converted texts ---------------------------------------------------------------------


def test_inline_marks_set_faces() -> None:
    [block] = html_blocks("<p>甲<strong>乙</strong><em>丙</em><a href='x'>丁</a></p>").blocks
    assert isinstance(block, Paragraph)
    assert [(run.text, run.face) for run in block.runs] == [
        ("甲", Face.FANG),
        ("乙", Face.HEI),
        ("丙", Face.KAI),
        ("丁", Face.FANG),
    ]


def test_lists_are_numbered_paragraphs() -> None:
    html = "<ol><li><p>甲</p><p>又</p></li><li>乙</li></ol><ul><li>丙</li></ul>"
    assert [words(b) for b in html_blocks(html).blocks] == ["1. 甲", "又", "2. 乙", "· 丙"]


def test_a_table_keeps_its_head_and_its_shape() -> None:
    html = (
        "<table><thead><tr><th>序号</th><th>议题</th></tr></thead>"
        "<tbody><tr><td>1</td><td>老旧<strong>小区</strong></td></tr><tr><td>2</td></tr></tbody>"
        "</table>"
    )
    [table] = html_blocks(html).blocks
    assert table == Table((("序号", "议题"), ("1", "老旧小区"), ("2", "")), 1)


def test_pictures_are_counted_and_left_out() -> None:
    read = html_blocks('<p>甲</p><figure><img src="a.png" alt="会场"></figure><p>乙</p>')
    assert [words(b) for b in read.blocks] == ["甲", "乙"]
    assert read.left_out == 1


def test_notes_are_raised_and_their_way_back_is_not_printed() -> None:
    html = (
        '<p>甲<sup id="fnref:1"><a href="#fn:1">1</a></sup></p>'
        '<ol><li><p>注。<a class="footnote-backref" href="#fnref:1">↩</a></p></li></ol>'
    )
    first, note = html_blocks(html).blocks
    assert isinstance(first, Paragraph)
    assert first.runs[-1] == Run("1", raised=True)
    assert words(note) == "1. 注。"


def test_unknown_elements_do_not_break_a_paragraph() -> None:
    [block] = html_blocks("<p>甲<label>乙</label>丙</p>").blocks
    assert words(block) == "甲乙丙"


# --- plans -------------------------------------------------------------------------------

PLAN = """\
2023年是开局之年。

一、加强学习

重视学习。

（一）理论武装。坚持学习。
1. 会前。调研。
（2）会后。跟踪。

（二）只有标题

正文在后。

二、其他
1. 直接的条。内容。
"""


def faces_of(document: PrintDocument) -> dict[str, Face]:
    return {
        run.text: run.face
        for block in document.blocks
        if isinstance(block, Paragraph | Heading)
        for run in block.runs
    }


def test_levels_have_the_faces_of_the_standard() -> None:
    faces = faces_of(printed(PLAN))
    assert faces["一、"] is faces["加强学习"] is Face.HEI
    assert faces["（一）"] is faces["理论武装。"] is Face.KAI
    assert faces["坚持学习。"] is faces["重视学习。"] is Face.FANG
    assert {faces["1."], faces["会前。"], faces["（2）会后。跟踪。"]} == {Face.FANG}
    assert faces["直接的条。"] is Face.FANG


def test_parts_and_clauses_of_their_own_line_are_headings() -> None:
    headings = [(b.level, words(b)) for b in printed(PLAN).blocks if isinstance(b, Heading)]
    assert headings == [(2, "一、加强学习"), (3, "（二）只有标题"), (2, "二、其他")]


def test_every_character_of_the_plan_is_printed() -> None:
    text = "".join(map(words, printed(PLAN).blocks))
    assert text == "".join(PLAN.split())


def test_whom_it_is_sent_to_stands_flush_left() -> None:
    first = printed("各县政协，市政协各委员会：\n\n" + PLAN).blocks[0]
    assert isinstance(first, Paragraph)
    assert (words(first), first.indent) == ("各县政协，市政协各委员会：", 0)


# --- what stands below -------------------------------------------------------------------


def test_list_signature_and_attachment_are_told_apart() -> None:
    closing = (
        "附件：1.协商题目\n2.监督计划。\n\n市政协办公室\n2023年2月20日\n\n"
        "附件1\n\n2023年协商题目\n\n第一个题目。\n"
    )
    blocks = printed(PLAN + "\n" + closing).blocks
    assert blocks[-4:] == (
        AttachmentList(("协商题目", "监督计划")),
        Signature(("市政协办公室",), "2023年2月20日"),
        Attached("附件1", "2023年协商题目"),
        Paragraph((Run("第一个题目。"),)),
    )


def test_an_adopted_plan_is_not_signed_twice() -> None:
    document = printed(PLAN, body="市政协", date="2023年2月20日", adopted="2023年2月18日通过")
    assert document.note == "2023年2月18日通过"
    assert not any(isinstance(block, Signature) for block in document.blocks)


def test_a_plan_that_no_meeting_adopted_is_signed_by_who_made_it() -> None:
    document = printed(PLAN, body="市政协", date="2023年2月20日")
    assert document.blocks[-1] == Signature(("市政协",), "2023年2月20日")


def test_attached_files_are_listed_before_the_signature() -> None:
    text = PLAN + "\n市政协办公室\n2023年2月20日\n"
    blocks = printed(text, attachments=("附表",)).blocks
    assert blocks[-2:] == (
        AttachmentList(("附表",)),
        Signature(("市政协办公室",), "2023年2月20日"),
    )


def test_a_list_in_the_text_is_not_doubled() -> None:
    text = PLAN + "\n附件：协商题目\n"
    blocks = printed(text, attachments=("别的",), body="市政协", date="2023年2月20日").blocks
    assert blocks[-2:] == (
        AttachmentList(("协商题目",)),
        Signature(("市政协",), "2023年2月20日"),
    )


def test_a_sentence_before_a_date_does_not_sign() -> None:
    told = official_closing((Paragraph((Run("请遵照执行。"),)), Paragraph((Run("2023年2月20日"),))))
    assert told == (Paragraph((Run("请遵照执行。"),)), Signature((), "2023年2月20日"))
