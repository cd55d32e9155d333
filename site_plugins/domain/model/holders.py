"""What holds records: columns, periodicals and their issues (an index.md with such a key)."""

from __future__ import annotations

from datetime import datetime

from site_plugins.domain.model.kinds import COLUMN_KINDS
from site_plugins.domain.model.parts import Attachment, Section
from site_plugins.domain.model.records import Place, Standing
from site_plugins.domain.model.values import (
    Choice,
    Choices,
    Day,
    Declared,
    Flag,
    Integer,
    Many,
    Nested,
    OldAddress,
    Picture,
    Text,
    Words,
    key,
)
from site_plugins.domain.moments import Moment

LAYOUTS = ("list", "cards", "gallery", "video", "people", "timeline", "table", "page")


class HomeBox(Declared, frozen=True, kw_only=True):
    """Where a column stands on the home page and how many of its records it shows."""

    position: int = key("位置", Integer(1), default=100)
    items: int = key("条数", Integer(1), default=6)


class ColumnKeys(Declared, frozen=True, kw_only=True):
    """What stands under ``column:``."""

    holds: tuple[str, ...] = key("收录类型", Choices(COLUMN_KINDS))
    layout: str = key("版式", Choice(LAYOUTS), default="list")
    type: str | None = key("栏目类别", Text())
    update_within: int | None = key("更新期限（天）", Integer(1))
    home: HomeBox | None = key("首页位置", Nested(HomeBox))
    feed: bool = key("提供订阅", Flag(), default=True)
    order: int = key("排序", Integer(), default=1000)
    menu: bool = key("出现在导航", Flag(), default=True)


class Holder(Declared, frozen=True, kw_only=True):
    """What every index.md of a column, periodical or issue may say at its top level."""

    where: Place
    title: str = key("名称", Text(longest=60), required=True)
    image: str | None = key("题图", Picture())
    image_alt: str | None = key("题图说明", Text())
    aliases: tuple[str, ...] = key("旧地址", Many(OldAddress()))

    @property
    def path(self) -> str:
        """The folder's path, which names it: ``news/meetings``."""
        return self.where.address.removesuffix("/")


class Column(Holder, frozen=True, kw_only=True):
    """A column (栏目) or sub-column."""

    intro: str | None = key("简介", Text())
    keywords: tuple[str, ...] = key("关键词", Words())
    column: ColumnKeys = key("栏目设置", Nested(ColumnKeys), required=True)


class PeriodicalKeys(Declared, frozen=True, kw_only=True):
    """What stands under ``periodical:``."""

    registration: str = key("登记", Choice(("cn", "internal", "none")), default="none")
    number: str | None = key("登记号", Text())
    organiser: str | None = key("编印单位", Text())
    issn: str | None = key("ISSN", Text())
    cn: str | None = key("CN", Text())
    frequency: str | None = key("刊期", Text())
    founded: int | None = key("创办年份", Integer(1800))
    intro: str | None = key("简介", Text())
    order: int = key("排序", Integer(), default=1000)
    menu: bool = key("出现在导航", Flag(), default=True)
    feed: bool = key("提供订阅", Flag(), default=True)
    style: str = key("封面样式", Choice(("magazine", "journal")), default="magazine")


class PeriodicalHolder(Holder, frozen=True, kw_only=True):
    """A magazine or journal: ``content/<periodical>/index.md``."""

    periodical: PeriodicalKeys = key("刊物设置", Nested(PeriodicalKeys), required=True)


class IssueKeys(Declared, frozen=True, kw_only=True):
    """What stands under ``issue:``."""

    year: int = key("年", Integer(1800), required=True)
    number: int = key("期", Integer(1), required=True)
    total_number: int | None = key("总期数", Integer(1))
    published: Moment | None = key("出版日期", Day(), required=True)
    theme: str | None = key("本期主题", Text())
    cover: str | None = key("封面", Picture(automatic=True))
    cover_alt: str | None = key("封面说明", Text())
    contents: tuple[Section, ...] = key("目录", Many(Nested(Section)))
    colophon: str | None = key("版权页", Text(lines=True))
    attachments: tuple[Attachment, ...] = key("附件", Many(Nested(Attachment)))
    visibility: str = key("公开范围", Choice(("public", "summary", "hidden")), default="public")
    status: str = key("状态", Choice(("draft", "published", "withdrawn")), default="published")
    publish_at: Moment | None = key("定时发布", Day(time=True))


class IssueHolder(Holder, frozen=True, kw_only=True):
    """An issue: ``content/<periodical>/<year>-<nn>/index.md``."""

    issue: IssueKeys = key("本期", Nested(IssueKeys), required=True)

    def standing(self, now: datetime) -> Standing:
        """Whether the issue is public at ``now``; a hidden one is private."""
        if self.issue.visibility == "hidden":
            return Standing.PRIVATE
        if self.issue.status == "draft":
            return Standing.DRAFT
        if self.issue.status == "withdrawn":
            return Standing.WITHDRAWN
        if self.issue.publish_at is not None and self.issue.publish_at.at > now:
            return Standing.SCHEDULED
        return Standing.PUBLISHED
