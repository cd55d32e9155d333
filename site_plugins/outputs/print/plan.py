"""An annual plan as a print document.

Faces follow the number that is printed (GB/T 9704-2012, 7.3.3): 一、 in 黑体, （一） in 楷体, 1.
and （1） in 仿宋 as the text. A heading without number has the face of its level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from site_plugins.domain.plan import ClauseHtml, PartHtml, PlanHtml
from site_plugins.outputs.print.document import (
    AttachmentList,
    Block,
    Heading,
    Paragraph,
    PrintDocument,
    Signature,
)
from site_plugins.outputs.print.faces import Face
from site_plugins.outputs.print.html_blocks import HtmlBlocks, html_blocks
from site_plugins.outputs.print.official import official_closing

_IN_FIGURES = re.compile(r"[（(]?\s*[0-9０-９]")
_ADDRESS_LENGTH = 80
_PART_LEVEL, _CLAUSE_LEVEL = 2, 3


class PlanFacts(Struct, frozen=True, kw_only=True):
    """What the front matter says about a plan; what it does not say is empty.

    ``body`` made it, ``adopted`` is when and where, ``date`` its date in the form 2022年2月20日,
    ``attachments`` the names of attached files.
    """

    title: str
    body: str = ""
    adopted: str = ""
    date: str = ""
    attachments: tuple[str, ...] = ()


class Laid(Struct, frozen=True):
    """A document, and how many pictures and recordings of the text it leaves out."""

    document: PrintDocument
    left_out: int


def plan_document(
    facts: PlanFacts, plan: PlanHtml, *, red_head: str = "", number: str = ""
) -> Laid:
    """The plan as it is printed.

    A text that is signed keeps its signature. One that says where it was adopted carries that
    below the title and no signature, as a text that a meeting adopted does; any other is signed
    with ``body`` and ``date``, where ``body`` is given.
    """
    pages = _Pages()
    preamble = _addressed(pages.read(plan.preamble_html))
    text = [block for part in plan.parts for block in _part(part, pages)]
    closing = official_closing(pages.read(plan.closing_html))
    document = PrintDocument(
        title=facts.title,
        note=facts.adopted,
        author=facts.body,
        red_head=red_head,
        number=number if red_head else "",
        blocks=(*preamble, *text, *_end(facts, closing)),
    )
    return Laid(document, pages.left_out)


def _addressed(preamble: Sequence[Block]) -> Iterator[Block]:
    """The preamble; whom the text is sent to (主送机关, 7.3.2) stands flush left."""
    for index, block in enumerate(preamble):
        if index == 0 and isinstance(block, Paragraph):
            words = "".join(run.text for run in block.runs)
            if len(words) <= _ADDRESS_LENGTH and words.endswith("：") and "。" not in words:
                block = replace(block, indent=0)
        yield block


class _Pages:
    """Reads one piece of HTML after another and counts what cannot be printed."""

    def __init__(self) -> None:
        self.left_out = 0

    def read(
        self, html: str, faces: Mapping[str, Face] | None = None, base: Face = Face.FANG
    ) -> Sequence[Block]:
        read: HtmlBlocks = html_blocks(html, faces, base)
        self.left_out += read.left_out
        return read.blocks


def _part(part: PartHtml, pages: _Pages) -> Iterator[Block]:
    for block in pages.read(part.heading_html, base=Face.HEI):
        yield Heading(_PART_LEVEL, block.runs) if isinstance(block, Paragraph) else block
    yield from pages.read(part.intro_html)
    for clause in part.clauses:
        yield from _clause(clause, pages)


def _clause(clause: ClauseHtml, pages: _Pages) -> Iterator[Block]:
    face = Face.FANG if _IN_FIGURES.match(clause.number) else Face.KAI
    faces = {"clause__number": face, "clause__title": face}
    blocks = list(pages.read(clause.html, faces))
    if blocks and isinstance(blocks[0], Paragraph) and _is_only_title(blocks[0], clause):
        blocks[0] = Heading(_CLAUSE_LEVEL, blocks[0].runs)
    yield from blocks
    for item in clause.items:
        yield from pages.read(item.html, {"item__number": Face.FANG, "item__title": Face.FANG})


def _is_only_title(paragraph: Paragraph, clause: ClauseHtml) -> bool:
    """Whether number and title have a line of their own; then they are a heading."""
    words = "".join(run.text for run in paragraph.runs)
    return bool(clause.title) and words.rstrip("。：") == f"{clause.number}{clause.title}"


def _end(facts: PlanFacts, closing: Sequence[Block]) -> Iterator[Block]:
    """The closing with the list of attachments and the signature that the text does not have."""
    listed = any(isinstance(block, AttachmentList) for block in closing)
    signed = any(isinstance(block, Signature) for block in closing)
    text = list(closing)
    added: list[Block] = []
    if facts.attachments and not listed:
        added.append(AttachmentList(facts.attachments))
    if facts.body and facts.date and not signed and not facts.adopted:
        added.append(Signature((facts.body,), facts.date))
    place = next((i for i, block in enumerate(text) if _ends_text(block)), len(text))
    if listed and len(added) == 1:
        place = _behind_list(text)
    yield from text[:place]
    yield from added
    yield from text[place:]


def _ends_text(block: Block) -> bool:
    return not isinstance(block, Paragraph | Heading)


def _behind_list(text: Sequence[Block]) -> int:
    return 1 + max(i for i, block in enumerate(text) if isinstance(block, AttachmentList))
