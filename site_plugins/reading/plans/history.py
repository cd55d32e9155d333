"""The ids that earlier versions of a plan's file published."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from site_plugins.domain.model.parts import FixedId
from site_plugins.domain.model.values import Many, Nested
from site_plugins.domain.plan_ids import ids_of
from site_plugins.reading.front_matter import FrontMatter, Unreadable, decode, split
from site_plugins.reading.plans.fixed import parse_fixed_plan
from site_plugins.reading.values import ValueReader, is_blank


class PublishedIds(Struct, frozen=True):
    """``last``: the ids of the newest version in its order; ``all``: those of every version too,
    each with the title it had last."""

    last: tuple[FixedId, ...] = ()
    all: tuple[FixedId, ...] = ()


def fixed_ids_of(matter: FrontMatter, reader: ValueReader) -> tuple[FixedId, ...]:
    """The ``ids:`` of a file; faults go to the reader's problems and give none."""
    raw = matter.values.get("ids")
    if is_blank(raw):
        return ()
    read: tuple[FixedId, ...] | None = reader.read(Many(Nested(FixedId)), raw, "ids")
    return read or ()


def published_ids(versions: Iterable[bytes]) -> PublishedIds:
    """What versions of a file, newest first, published; drafts and unreadable ones are passed."""
    last: tuple[FixedId, ...] = ()
    every: dict[str, FixedId] = {}
    for version in versions:
        try:
            matter = split(decode(version, ""), "")
        except Unreadable:
            continue
        if matter.values.get("status") == "draft":
            continue
        fixed = fixed_ids_of(matter, ValueReader("", matter.lines))
        ids = ids_of(parse_fixed_plan(matter.text, matter.text_line, fixed).plan)
        last = last or ids
        taken_over = (FixedId(id=old, title=e.title) for e in fixed for old in e.was)
        for entry in (*ids, *taken_over):
            every.setdefault(entry.id, entry)
    return PublishedIds(last, tuple(every.values()))
