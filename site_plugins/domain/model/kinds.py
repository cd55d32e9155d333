"""The kinds, each declared once: class, Chinese name, what a list of them looks like."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from site_plugins.domain.model import records


class Kind(Struct, frozen=True):
    """A kind of record.

    ``needs`` are keys that CONTENT.md requires beyond the class's own; ``column_type`` is the
    栏目类别 of a column that holds it; ``listed`` says whether records of the kind stand in their
    column's lists, feeds, archives and neighbours by date; ``in_columns`` whether a column may
    hold it.
    """

    name: str
    label: str
    record: type[records.Record]
    needs: tuple[str, ...] = ()
    column_type: str = "工作动态"
    listed: bool = True
    in_columns: bool = True


_DECLARED = (
    Kind("article", "文章", records.Article, ("date", "source"), "工作动态"),
    Kind("notice", "公告", records.Notice, ("date", "source"), "通知公告"),
    Kind("plan", "计划", records.Plan, ("date", "source"), "规划计划"),
    Kind("consultation", "协商", records.Consultation, ("start",), "征集调查"),
    Kind("supervision", "监督", records.Supervision, (), "工作动态"),
    Kind("proposal", "提案", records.Proposal, ("filed",), "提案公开"),
    Kind("opinion", "社情民意", records.Opinion, ("reported_on",), "征集调查"),
    Kind("research", "调研", records.Research, (), "工作动态"),
    Kind("member", "委员", records.Member, (), "负责人信息", listed=False),
    Kind("body", "机构", records.Body, (), "机构职能", listed=False),
    Kind("topic", "专题", records.Topic, (), "专题专栏", listed=False),
    Kind("page", "页面", records.Page, (), "概况信息", listed=False, in_columns=False),
    Kind(
        "periodical-article",
        "期刊文章",
        records.PeriodicalArticle,
        ("date",),
        listed=False,
        in_columns=False,
    ),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _DECLARED})

COLUMN_KINDS: tuple[str, ...] = tuple(kind.name for kind in _DECLARED if kind.in_columns)

WRITABLE_KINDS: tuple[str, ...] = (*COLUMN_KINDS, "page")
