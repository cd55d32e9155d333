"""Sheets and drafts as bytes, for the cache and for other processes (MessagePack, no pickle).

Bytes are read back by the declared types, so that what does not fit is found out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from site_plugins.build.sheets import FullSheet, Sheet, SheetOf
from site_plugins.domain.converted import TextFacts
from site_plugins.domain.model.holders import Column, IssueHolder, PeriodicalHolder
from site_plugins.domain.model.kinds import KINDS
from site_plugins.domain.problems import Problem
from site_plugins.outputs.pages.frame import Body, PageDraft
from site_plugins.outputs.pages.layouts import LAYOUTS
from site_plugins.outputs.pages.views.frame import PageView
from site_plugins.outputs.search.documents import SearchDocument


class Unpackable(ValueError):
    """The bytes are not what they should be."""


class PackedSheet(NamedTuple):
    """A sheet in three pieces, each read when it is wanted.

    ``kind`` says what was made of the file, empty where nothing was; ``facts`` and ``text`` are
    empty where it has no text.
    """

    kind: str
    sheet: bytes
    facts: bytes = b""
    text: bytes = b""


KeptSheet = tuple[str, int, Sheet]
"""A sheet behind the digest of the bytes and the signature of the surroundings that it was made
from."""


_LENGTH = 4
"""Bytes before a packed text that say how long its HTML is: pages want that, search the blocks."""


_KINDS: Mapping[str, type] = {
    **{name: kind.record for name, kind in KINDS.items()},
    "/column": Column,
    "/periodical": PeriodicalHolder,
    "/issue": IssueHolder,
}
_NAMES: Mapping[type, str] = {kind: name for name, kind in _KINDS.items()}
_encode = msgspec.msgpack.Encoder().encode
_decoders: dict[Any, msgspec.msgpack.Decoder[Any]] = {}
_many: dict[str, Any] = {}


def _decode(content: bytes, kind: Any) -> Any:
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.msgpack.Decoder(kind)
    try:
        return decoder.decode(content)
    except (msgspec.DecodeError, ValueError, OverflowError, TypeError) as error:
        raise Unpackable(str(error)) from None


def pack_sheet(full: FullSheet) -> PackedSheet:
    """A sheet as bytes; the same bytes for the same sheet."""
    sheet, text = full.sheet, full.text
    return PackedSheet(
        kind=_NAMES[type(sheet.made)] if sheet.made is not None else "",
        sheet=_encode(sheet),
        facts=_encode(full.facts) if full.facts is not None else b"",
        text=pack_text(text.html, text.blocks) if text is not None else b"",
    )


def unpack_sheet(kind: str, content: bytes) -> Sheet:
    """The sheet that was packed.

    Raises:
        Unpackable: the bytes are damaged.
    """
    sheet: Sheet = _decode(content, _type_of(kind))
    return sheet


def pack_sheets(sheets: Mapping[str, KeptSheet]) -> bytes:
    """Sheets of one kind by their paths as bytes."""
    return _encode(sheets)


def unpack_sheets(kind: str, content: bytes) -> dict[str, KeptSheet]:
    """The sheets that were packed: at once, for that takes a third of one by one.

    Raises:
        Unpackable: the bytes are damaged.
    """
    wanted = _many.get(kind)
    if wanted is None:
        wanted = _many[kind] = dict[str, tuple[str, int, _type_of(kind)]]  # type: ignore[misc]
    sheets: dict[str, KeptSheet] = _decode(content, wanted)
    return sheets


def _type_of(kind: str) -> Any:
    """The type of the sheets of a kind.

    Raises:
        Unpackable: there is no such kind.
    """
    if kind and kind not in _KINDS:
        raise Unpackable(kind)
    return SheetOf[_KINDS[kind] if kind else None]  # type: ignore[misc]


def unpack_facts(content: bytes) -> TextFacts:
    """What is known of a text.

    Raises:
        Unpackable: the bytes are damaged.
    """
    facts: TextFacts = _decode(content, TextFacts) if content else _NO_FACTS
    return facts


def pack_text(html: str, blocks: tuple[str, ...]) -> bytes:
    """HTML and blocks of a text as bytes."""
    written = html.encode("utf-8")
    return len(written).to_bytes(_LENGTH, "little") + written + _encode(blocks)


def packed_html(content: bytes) -> bytes:
    """The HTML of a packed text, in UTF-8; empty where there is no text.

    Raises:
        Unpackable: the bytes are damaged.
    """
    return content[_LENGTH : _end_of_html(content)] if content else b""


def unpack_blocks(content: bytes) -> tuple[str, ...]:
    """The blocks of a packed text.

    Raises:
        Unpackable: the bytes are damaged.
    """
    blocks: tuple[str, ...] = (
        _decode(content[_end_of_html(content) :], tuple[str, ...]) if content else ()
    )
    return blocks


def _end_of_html(content: bytes) -> int:
    end = _LENGTH + int.from_bytes(content[:_LENGTH], "little")
    if end > len(content):
        raise Unpackable("text")
    return end


_NO_FACTS = TextFacts()


def pack_problems(problems: tuple[Problem, ...]) -> bytes:
    """Problems as bytes, empty for none."""
    return _encode(problems) if problems else b""


def unpack_problems(content: bytes) -> tuple[Problem, ...]:
    """The problems that were packed.

    Raises:
        Unpackable: the bytes are damaged.
    """
    problems: tuple[Problem, ...] = _decode(content, tuple[Problem, ...]) if content else ()
    return problems


def pack_draft(draft: PageDraft) -> bytes:
    """A draft as bytes."""
    return _encode((draft.path, draft.layout, draft.page, draft.view, draft.body))


def pack_document(document: SearchDocument) -> bytes:
    """A document of the search index as bytes."""
    return _encode(document)


def unpack_document(content: bytes) -> SearchDocument:
    """The document that was packed.

    Raises:
        Unpackable: the bytes are damaged.
    """
    document: SearchDocument = _decode(content, SearchDocument)
    return document


_Draft = tuple[str, str, PageView, msgspec.Raw, Body | None]


def unpack_draft(content: bytes) -> PageDraft:
    """The draft that was packed.

    Raises:
        Unpackable: the bytes are damaged, or the layout's view is not declared.
    """
    path, layout, page, view, body = _decode(content, _Draft)
    return PageDraft(path, layout, page, _decode(view, LAYOUTS[layout]), body)
