"""What a printed text is made of, whatever the layout."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from site_plugins.outputs.print.faces import Face

LINE_END = "\n"
"""In a run: the line ends here (``<br>``)."""


class Run(Struct, frozen=True):
    """Characters of one face; ``raised`` makes them small and high, as the number of a note."""

    text: str
    face: Face = Face.FANG
    raised: bool = False


Runs = tuple[Run, ...]


class Heading(Struct, frozen=True):
    """A heading on a line of its own; ``level`` 1 is the document's title."""

    level: int
    runs: Runs


class Paragraph(Struct, frozen=True):
    """A paragraph; ``indent`` of its first line in characters, ``hang`` of the others."""

    runs: Runs
    indent: float = 2
    hang: float = 0


class Table(Struct, frozen=True):
    """A table; the first ``header`` rows are its head. Cells are plain text."""

    rows: tuple[tuple[str, ...], ...]
    header: int


class AttachmentList(Struct, frozen=True):
    """What is attached, by name (附件说明)."""

    names: tuple[str, ...]


class Signature(Struct, frozen=True):
    """Who signs, a line each, and the date (署名、成文日期). There is never a seal."""

    signers: tuple[str, ...]
    date: str


class Attached(Struct, frozen=True):
    """Where an attachment's text begins: on a page of its own, with its label (附件1) and title."""

    label: str
    title: str


Block = Heading | Paragraph | Table | AttachmentList | Signature | Attached


class PrintDocument(Struct, frozen=True, kw_only=True):
    """A text to print.

    ``title`` is broken where it has a LINE_END, else where its words allow. ``note`` stands below
    it (题注: when and where adopted), without its brackets; ``author`` is for the properties of the
    file; ``red_head`` is the name of the body in red above everything, empty for none, ``number``
    the document's number below it.
    """

    title: str
    note: str = ""
    author: str = ""
    red_head: str = ""
    number: str = ""
    blocks: tuple[Block, ...]

    def runs(self) -> Iterator[Run]:
        """Every character that will be printed, with the face that it is wanted in."""
        yield Run(self.title, Face.TITLE)
        yield Run(self.red_head, Face.TITLE)
        yield Run(self.note, Face.KAI)
        yield Run(self.number)
        for block in self.blocks:
            yield from _runs(block)


def _runs(block: Block) -> Iterator[Run]:
    match block:
        case Heading() | Paragraph():
            yield from block.runs
        case Table():
            yield from (Run(cell) for row in block.rows for cell in row)
        case AttachmentList():
            yield from (Run(name) for name in block.names)
        case Signature():
            yield from (Run(line) for line in (*block.signers, block.date))
        case Attached():
            yield Run(block.label, Face.HEI)
            yield Run(block.title, Face.TITLE)
