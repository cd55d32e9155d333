"""What stands below the text of an official document, told apart (GB/T 9704-2012, 7.3.4 to 7.3.7).

Editors write it as plain lines: 附件：1. …, the body that signs, the date, and attachments whose
text follows behind a line 附件1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from site_plugins.outputs.print.document import (
    Attached,
    AttachmentList,
    Block,
    Heading,
    Paragraph,
    Signature,
)

_LIST = re.compile(r"附件?\s*[：:]\s*(?P<name>.*)", re.DOTALL)
_NUMBERED = re.compile(r"(?P<number>\d{1,2})\s*[.．、]\s*(?P<name>.+)", re.DOTALL)
_LABEL = re.compile(r"附[件表录]\s*[一二三四五六七八九十\d]{0,3}\s*[：:]?")
_DATE = re.compile(
    r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
    r"|[一二][〇○零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_SENTENCE = re.compile(r"[。；，：！？;,:!?]")
_SIGNER_LENGTH = 30
_SIGNERS = 3
_TITLE_LENGTH = 60


def official_closing(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks behind an official text with what they are: list, signature, attachment."""
    told: list[Block] = []
    rest = list(blocks)
    while rest:
        block = rest.pop(0)
        words = _words(block)
        if _LABEL.fullmatch(words) is not None:
            title = _title(rest)
            told.append(Attached(words.rstrip("：:").replace(" ", ""), title))
        elif (listed := _LIST.fullmatch(words)) is not None:
            told.append(AttachmentList(_names(listed["name"], rest)))
        elif _DATE.fullmatch(words) is not None:
            told.append(Signature(_signers(told), re.sub(r"\s", "", words)))
        else:
            told.append(block)
    return tuple(told)


def attachment_names(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The names of all attachments that the blocks list."""
    return tuple(n for block in blocks if isinstance(block, AttachmentList) for n in block.names)


def _words(block: Block) -> str:
    if isinstance(block, Paragraph | Heading):
        return "".join(run.text for run in block.runs).strip()
    return ""


def _title(rest: list[Block]) -> str:
    """The title of an attachment: a short line or a heading right behind its label."""
    words = _words(rest[0]) if rest else ""
    if 0 < len(words) <= _TITLE_LENGTH and not words.endswith(("。", "：", "；")):
        rest.pop(0)
        return words
    return ""


def _names(first: str, rest: list[Block]) -> tuple[str, ...]:
    """The name behind 附件：, and the numbered lines that follow."""
    names = []
    numbered = _NUMBERED.fullmatch(first)
    if first:
        names.append(numbered["name"] if numbered else first)
    while rest:
        further = _NUMBERED.fullmatch(_words(rest[0]))
        if further is None or int(further["number"]) != len(names) + 1:
            break
        names.append(further["name"])
        rest.pop(0)
    # GB/T 9704-2012, 7.3.4: no mark behind a name.
    return tuple(name.strip().rstrip("；;。") for name in names)


def _signers(told: list[Block]) -> tuple[str, ...]:
    """The short lines right above a date; they are taken out of what was told."""
    signers: list[str] = []
    while told and len(signers) < _SIGNERS:
        words = _words(told[-1]) if isinstance(told[-1], Paragraph) else ""
        if not 0 < len(words) <= _SIGNER_LENGTH or _SENTENCE.search(words):
            break
        signers.insert(0, words)
        told.pop()
    return tuple(signers)
