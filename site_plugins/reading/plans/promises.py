"""What a number in a sentence of a plan counts: the words that name it."""

from __future__ import annotations

import re

from site_plugins.reading.plans.quantities import Quantity, find_frequency, is_for_each
from site_plugins.reading.plans.verbs import BARE_VERBS, SHORT_VERBS, VERB, VERBS

LONGEST = 24
"""The most characters of what is promised."""

_ADJACENT = re.compile(
    rf"({'|'.join(VERBS)}|[{SHORT_VERBS}](?:好|出|成)?)"
    r"(?:了|好|出|成)?(?:至少|不少于|不低于|超过|达到?|约|近|共|各)?\s*$"
)
_LEADS_ON = re.compile(rf"(?:[、和及与并]|以及)?(?:{'|'.join(VERBS)})?(?:各|分别)?$")
_LIST_CUT = re.compile(r"[、和及与并]|以及")
_SOFT = re.compile(
    r"^(?:全年|年内|今年|本年|每年|每(?:两个|半|个)?[月季年周]度?|力争|争取|计划|拟|继续|再|共|要|各|都|将|"
    r"[0-9、]*(?:[0-9]{1,2}|十[一二]|[一二三四五六七八九十])月(?:份|底|末|[上中下]旬|[0-9]{1,2}日)?"
    r"(?:之?前|以前)?|[上下]半年|[一二三四]季度(?:末|底)?前?|年底前?|确保|分别|至少|不少于|不低于|以上|左右|以内|的|其中|并|集中|定期|[、和及与])+"
)
_END = re.compile(
    r"(?:至少|不少于|不低于|达到?|超过|保持在|稳定在|力争|争取|共|各|均|为|全年|每[月季年]度?|[、和及与])+$"
)
_NUMBERED = re.compile(r"^[（(]?[0-9０-９一二三四五六七八九十]+[）)、.．]\s*")
_NAMES = re.compile(r"[\u3400-\u9fffA-Za-z]")
_SIGNS = re.compile(r"\[([^\]]*)\]\([^()]*\)|\[\^[^\]]*\]|[*_`]")


def read_number(
    stretch: str, number: Quantity, left: int, right: int
) -> tuple[str, int, int] | None:
    """What a number counts, and the start and end of the words that say so; None if nothing.

    ``left`` and ``right`` are the ends of what can belong to it: the numbers beside it. ``what``
    may be empty: then it is the clause's own title.
    """
    before, after = stretch[left : number.start], stretch[number.end : right]
    if is_for_each(stretch, number.start) or not _is_promised(stretch, number, after):
        return None
    if right < len(stretch):
        after = _LEADS_ON.sub("", after)
    behind = "" if _LIST_CUT.match(after) or number.unit == "%" else noun_of(after)
    if behind:
        verb = _ADJACENT.search(before)
        start = left + verb.start() if verb is not None else number.start
        shown = verb[1] if verb is not None and verb[1] not in BARE_VERBS else ""
        last = behind.rstrip("”")[-1]
        return shown + behind, start, number.end + after.rindex(last) + 1 + behind.endswith("”")
    doing = [m for m in VERB.finditer(before) if m[0] in BARE_VERBS]
    noun = noun_of(before[doing[-1].end() :] if doing else before)
    if not noun and doing:
        noun = noun_of(before[: doing[-1].start()])
    if not noun and number.unit == "%":
        noun = noun_of(after)
    start = left + (doing[-1].start() if doing else max(before.find(noun[:1]), 0))
    return noun, min(start, number.start), number.end


def _is_promised(stretch: str, number: Quantity, after: str) -> bool:
    before = stretch[: number.start]
    ends = not after.strip(" 、和及与”）)。")
    return (
        number.has_floor
        or number.unit == "%"
        or ends
        or VERB.search(before) is not None
        or _ADJACENT.search(before) is not None
        or find_frequency(stretch, number.start) is not None
    )


def noun_of(words: str) -> str:
    """The words that name what is promised: plain, without 全年, 至少 and the like around them."""
    plain = _SIGNS.sub(r"\1", words).strip(" 　、“”（）()")
    plain = _NUMBERED.sub("", plain)
    plain = _SOFT.sub("", plain)
    previous = None
    while previous != plain:
        previous = plain
        plain = _END.sub("", _SOFT.sub("", plain)).strip(" 　、")
    opened = words.count("“") and "“" not in plain and "”" in plain
    plain = "“" + plain if opened else plain
    if not _NAMES.search(plain):
        return ""
    plain = plain + "”" if plain.count("“") > plain.count("”") else plain
    return plain if len(plain) <= LONGEST else _LIST_CUT.split(plain)[0][:LONGEST]
