"""Mappings that stand inside a record's front matter: attachments, targets, replies …"""

from __future__ import annotations

from site_plugins.domain.model.values import (
    Choice,
    Day,
    Declared,
    Document,
    Flag,
    Integer,
    Many,
    Text,
    Words,
    key,
)
from site_plugins.domain.moments import Moment


class Attachment(Declared, frozen=True, kw_only=True):
    """A file to download and the name readers see."""

    file: str = key("文件", Document(), required=True)
    name: str | None = key("名称", Text(), help="缺省用文件名")


class Target(Declared, frozen=True, kw_only=True):
    """What a clause of a plan promises in numbers."""

    clause: str = key("条款", Text(), required=True)
    what: str = key("内容", Text(), required=True)
    count: int | None = key("数量", Integer())
    unit: str | None = key("单位", Text())
    by: Moment | None = key("期限", Day(), help="缺省到年底")
    counts: tuple[str, ...] = key(
        "计入", Words(), help="只计这些形式、类型或标签的佐证；缺省每件都计"
    )
    at_least: bool = key("不少于", Flag(), help="原文写“不少于”“以上”时为 true")


class ProgressWord(Declared, frozen=True, kw_only=True):
    """What an editor says about a clause beside what the evidence shows."""

    clause: str = key("条款", Text(), required=True)
    date: Moment | None = key("日期", Day(), required=True)
    what: str | None = key("目标", Text(), help="说的是哪个目标，照抄 targets 里的 what")
    state: str | None = key("进展", Choice(("未开始", "进行中", "已完成", "逾期"), open=True))
    count: int | None = key("完成数", Integer(), help="百分比这类数不出来的目标，写实际数字")
    note: str | None = key("说明", Text())


class FixedId(Declared, frozen=True, kw_only=True):
    """The id of a part, clause or item of a plan that stays with it.

    ``number`` and ``title`` are as the text had them when the list was written; by them the clause
    is found again. ``was`` are ids that it took over: their anchors lead to it.
    """

    id: str = key("编号", Text(), required=True)
    number: str | None = key("原文序号", Text())
    title: str | None = key("标题", Text())
    was: tuple[str, ...] = key("接替的旧编号", Many(Text()))


class Speech(Declared, frozen=True, kw_only=True):
    """A speech at a consultation."""

    member: str = key("委员", Text(), required=True)
    title: str | None = key("题目", Text())


class Feedback(Declared, frozen=True, kw_only=True):
    """What became of the advice given."""

    date: Moment | None = key("日期", Day())
    unit: str | None = key("单位", Text())
    adopted: str | None = key("采纳情况", Text())


class Reply(Declared, frozen=True, kw_only=True):
    """The reply of the unit that handled a proposal."""

    number: str | None = key("文号", Text())
    unit: str | None = key("答复单位", Text())
    date: Moment | None = key("答复日期", Day())
    result: str | None = key("办理结果", Choice(("A", "B", "C"), open=True))
    text: str | None = key("答复正文", Text(lines=True))


class Author(Declared, frozen=True, kw_only=True):
    """An author of a periodical article."""

    name: str = key("姓名", Text(), required=True)
    affiliation: str | None = key("单位", Text())


class Section(Declared, frozen=True, kw_only=True):
    """A section of an issue's contents; articles are file names without ``.md``."""

    section: str = key("栏目", Text(), required=True)
    articles: tuple[str, ...] = key("文章", Many(Text()))
