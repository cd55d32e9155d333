"""Two plans side by side."""

from __future__ import annotations

from msgspec import Struct

from site_plugins.domain.plan_comparison import Stretch
from site_plugins.outputs.pages.views.parts import LinkView


class ComparedView(Struct, frozen=True, array_like=True, kw_only=True):
    """A clause on its side of the page; ``paragraphs`` are stretches that say whether the other
    side has them too."""

    number: str
    title: str
    url: str
    mark: str  # 2022年 §2-2
    paragraphs: tuple[tuple[Stretch, ...], ...]


class PairView(Struct, frozen=True, array_like=True, kw_only=True):
    """A row: the earlier clause, the later one, and what they are to each other."""

    fate: str  # continued, new, dropped
    label: str
    note: str  # 文字约七成相近; 原在“四、…”
    earlier: ComparedView | None
    later: ComparedView | None


class ComparedPartView(Struct, frozen=True, array_like=True, kw_only=True):
    """A part of the later plan, or one of the earlier that was dropped as a whole."""

    title: str
    earlier: str  # the earlier part's title where it differs
    pairs: tuple[PairView, ...]


class ComparisonView(Struct, frozen=True, array_like=True, kw_only=True):
    """plan-comparison.html."""

    title: str
    later: LinkView
    earlier: LinkView
    later_year: str
    earlier_year: str
    counts: tuple[tuple[str, str, int], ...]  # (fate, label, how many)
    parts: tuple[ComparedPartView, ...]
    others: tuple[LinkView, ...]
