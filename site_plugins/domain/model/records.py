"""Records: one frozen struct per kind (CONTENT.md, "Every record" and "Kinds").

A further kind is one class here and one entry in :mod:`site_plugins.domain.model.kinds`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum

from msgspec import Struct

from site_plugins.domain.model.parts import (
    Attachment,
    Author,
    Feedback,
    FixedId,
    ProgressWord,
    Reply,
    Speech,
    Target,
)
from site_plugins.domain.model.values import (
    Address,
    Choice,
    ClauseReference,
    Day,
    Declared,
    Flag,
    Integer,
    Many,
    Nested,
    OldAddress,
    Picture,
    Reference,
    Text,
    Words,
    key,
)
from site_plugins.domain.moments import Moment


class Standing(Enum):
    """What a record's status and dates make of it at a given time."""

    PUBLISHED = "published"
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    PRIVATE = "private"

    @property
    def has_notice(self) -> bool:
        """Whether a notice stays at the record's address."""
        return self in (Standing.EXPIRED, Standing.WITHDRAWN)


class Place(Struct, frozen=True, array_like=True, kw_only=True):
    """Where a record stands.

    ``path`` is its file relative to content/ (``news/2022/0318-x.md``), ``address`` its address
    without leading slash (``news/2022/0318-x/``), ``column`` the path of the column it belongs to
    (``news``; empty: none), ``lines`` the line of each front-matter key (nested ones as
    ``issue.year``), ``body_line`` the line on which the text begins.
    """

    path: str
    address: str
    column: str = ""
    lines: Mapping[str, int]
    body_line: int = 1

    @property
    def id(self) -> str:
        """What other records name it by: ``news/2022/0318-x``; ``plans/2022`` for an index.md."""
        return self.address.removesuffix("/")

    def line(self, name: str) -> int:
        """The line of a key, of its list where that is written on one line; 1 where it is not
        written."""
        return self.lines.get(name) or self.lines.get(name.partition("[")[0], 1)


class Record(Declared, frozen=True, kw_only=True):
    """What every record may say in its front matter; its text is kept apart."""

    where: Place
    kind: str = key("类型", Text(), default="")
    title: str = key("标题", Text(longest=200), required=True)
    kicker: str | None = key("引题", Text(longest=200), help="主标题上方的一行")
    subtitle: str | None = key("副题", Text(longest=200), help="主标题下方的一行")
    date: Moment | None = key("日期", Day(time=True))
    source: str | None = key("来源", Text())
    source_url: str | None = key("原文地址", Address(), help="转载稿件的原文链接")
    author: str | None = key("作者", Text())
    editor: str | None = key("责任编辑", Text())
    summary: str | None = key("摘要", Text(), help="缺省截取正文")
    tags: tuple[str, ...] = key("标签", Words())
    image: str | None = key("题图", Picture())
    image_alt: str | None = key("题图说明", Text(), help="有题图时必填")
    attachments: tuple[Attachment, ...] = key("附件", Many(Nested(Attachment)))
    status: str = key("状态", Choice(("draft", "published", "withdrawn")), default="published")
    publish_at: Moment | None = key("定时发布", Day(time=True))
    expire_at: Moment | None = key("到期下线", Day(time=True))
    withdrawn_reason: str | None = key("撤稿原因", Text())
    aliases: tuple[str, ...] = key("旧地址", Many(OldAddress()))
    pinned: bool = key("置顶", Flag())
    badge: str | None = key("徽标", Text(longest=6))
    reviewed_by: tuple[str, ...] = key("三审", Words(), help="初审、复审、终审三人，按次序")
    implements: tuple[str, ...] = key("落实条款", Many(ClauseReference()))
    event: str | None = key(
        "所记活动",
        Reference(("consultation", "supervision")),
        help="报道哪一次协商或监督；同一次活动的几篇稿件只算一次",
    )
    members: tuple[str, ...] = key("涉及委员", Many(Reference(("member",))))
    bodies: tuple[str, ...] = key("涉及机构", Many(Reference(("body",))))
    places: tuple[str, ...] = key("涉及地点", Words())
    ai_generated: bool = key("人工智能生成", Flag())

    @property
    def id(self) -> str:
        """The record's id: its path without ``.md``."""
        return self.where.id

    def standing(self, now: datetime) -> Standing:
        """Whether the record is public at ``now``, and if not, why."""
        if not self.is_public:
            return Standing.PRIVATE
        if self.status == "draft":
            return Standing.DRAFT
        if self.status == "withdrawn":
            return Standing.WITHDRAWN
        if self.publish_at is not None and self.publish_at.at > now:
            return Standing.SCHEDULED
        if self.expire_at is not None and self.expire_at.at <= now:
            return Standing.EXPIRED
        return Standing.PUBLISHED

    @property
    def is_public(self) -> bool:
        """Whether the record may ever leave content/; kinds with a consent key say otherwise."""
        return True

    @property
    def moment(self) -> Moment | None:
        """The date that orders the record in lists."""
        return self.date

    @property
    def published(self) -> Moment | None:
        """The day on which the text came out; that of an event says when it takes place."""
        return self.moment

    @property
    def byline(self) -> str:
        """Who wrote the text; may be empty."""
        return self.author or ""


class Page(Record, frozen=True, kw_only=True):
    """An ordinary page; its title may be the text's first heading."""

    description: str | None = key("页面描述", Text())
    order: int | None = key("排序", Integer())
    menu: bool = key("出现在页脚", Flag(), default=True)


class Article(Record, frozen=True, kw_only=True):
    """News and any other text with a date and a source."""


class Notice(Record, frozen=True, kw_only=True):
    """A public notice (通知公告)."""

    number: str | None = key("文号", Text())
    deadline: Moment | None = key("截止日期", Day(time=True))


class Plan(Record, frozen=True, kw_only=True):
    """An annual plan (工作要点); the text is the plan as adopted."""

    year: int = key("年度", Integer(1949), required=True)
    body: str | None = key("制定机构", Text())
    adopted: str | None = key("通过", Text(), help="通过日期和会议")
    targets: tuple[Target, ...] = key("目标", Many(Nested(Target)))
    progress: tuple[ProgressWord, ...] = key("进展说明", Many(Nested(ProgressWord)))
    ids: tuple[FixedId, ...] = key("固定编号", Many(Nested(FixedId)))

    @property
    def former_ids(self) -> Mapping[str, str]:
        """From each old id of a clause (``was:``) to the id that took its place."""
        return {old: entry.id for entry in self.ids for old in entry.was}


class Consultation(Record, frozen=True, kw_only=True):
    """A consultation (协商活动)."""

    form: str | None = key(
        "形式",
        Choice(("专题议政性常委会会议", "双月协商座谈会", "请你来协商", "微协商"), open=True),
    )
    topic: str | None = key("议题", Text())
    start: Moment | None = key("开始", Day(time=True))
    end: Moment | None = key("结束", Day(time=True))
    place: str | None = key("地点", Text())
    invited: tuple[str, ...] = key("邀请单位", Words())
    survey: str | None = key("前期调研", Reference())
    speeches: tuple[Speech, ...] = key("发言", Many(Nested(Speech)))
    report: str | None = key("协商报告", Reference())
    feedback: tuple[Feedback, ...] = key("采纳反馈", Many(Nested(Feedback)))

    @property
    def moment(self) -> Moment | None:
        """A consultation is ordered by its beginning."""
        return self.start or self.date

    @property
    def published(self) -> Moment | None:
        """Known only where it is written: the beginning may lie ahead."""
        return self.date


class Supervision(Record, frozen=True, kw_only=True):
    """A democratic supervision (民主监督)."""

    form: str | None = key("形式", Choice(("专项", "派驻", "联动", "微协商监督"), open=True))
    subject: str | None = key("监督事项", Text())
    period: str | None = key("时间段", Text())
    start: Moment | None = key("开始", Day(time=True), help="缺省用 date")
    end: Moment | None = key("结束", Day(time=True))
    place: str | None = key("地点", Text())
    invited: tuple[str, ...] = key("被监督单位", Words())
    survey: str | None = key("前期调研", Reference())
    speeches: tuple[Speech, ...] = key("发言", Many(Nested(Speech)))
    report: str | None = key("监督报告", Reference())
    findings: str | None = key("发现", Text(lines=True))
    follow_up: str | None = key("整改", Text(lines=True))
    feedback: tuple[Feedback, ...] = key("采纳反馈", Many(Nested(Feedback)))

    @property
    def moment(self) -> Moment | None:
        """A supervision is ordered by its beginning."""
        return self.start or self.date

    @property
    def published(self) -> Moment | None:
        """Known only where it is written: the beginning may lie ahead."""
        return self.date


Event = Consultation | Supervision
"""What takes place on a day and stands in the calendar."""


class Proposal(Record, frozen=True, kw_only=True):
    """A proposal (提案) with its reply; without ``public: true`` it never leaves content/."""

    number: int = key("提案号", Integer(1), required=True)
    session: str | None = key("届次", Text())
    class_: str | None = key("类别", Text())
    proposers: tuple[str, ...] = key("提案者", Many(Text()))
    joint: tuple[str, ...] = key("联名", Many(Text()))
    lead_unit: str | None = key("主办单位", Text())
    joint_units: tuple[str, ...] = key("会办单位", Words())
    filed: Moment | None = key("提交日期", Day())
    status: str = key(
        "状态",
        Choice(("立案", "交办", "办理中", "办复", "不立案", "draft", "published", "withdrawn")),
        default="published",
    )
    public: bool = key("同意公开", Flag())
    reason: str | None = key("不公开原因", Text())
    reply: Reply | None = key("答复", Nested(Reply))
    satisfaction: str | None = key("满意度", Choice(("满意", "基本满意", "不满意")))
    key_: bool = key("重点提案", Flag())
    led_by: str | None = key("领衔督办", Text())
    review: tuple[str, ...] = key("回头看", Many(Text()))

    @property
    def is_public(self) -> bool:
        """Only the proposers' consent makes a proposal public."""
        return self.public

    @property
    def moment(self) -> Moment | None:
        """A proposal is ordered by the day on which it was filed."""
        return self.filed or self.date


class Opinion(Record, frozen=True, kw_only=True):
    """A digest of public opinion (社情民意信息)."""

    class_: str | None = key("类别", Text())
    reported_to: str | None = key("报送", Text())
    reported_on: Moment | None = key("报送日期", Day(), required=False)
    reply: str | None = key("答复", Text(lines=True))
    outcome: str | None = key("结果", Text(lines=True))

    @property
    def moment(self) -> Moment | None:
        """An opinion is ordered by the day on which it was reported."""
        return self.reported_on or self.date


class Research(Record, frozen=True, kw_only=True):
    """A survey or inspection (调研、视察)."""

    topic: str | None = key("课题", Text())
    report: str | None = key("报告", Reference())


class Member(Record, frozen=True, kw_only=True):
    """A member (委员); no phone, e-mail or identity number is ever declared here."""

    name: str | None = key("姓名", Text())
    sector: str | None = key("界别", Text())
    body: str | None = key("专委会", Text())
    term: str | None = key("届别", Text())
    post: str | None = key("职务", Text())
    photo: str | None = key("照片", Picture())
    order: int | None = key("排序", Integer())


class Body(Record, frozen=True, kw_only=True):
    """A committee, sector, party or office (机构)."""

    name: str | None = key("名称", Text())
    kind_: str | None = key("类别", Choice(("专委会", "界别", "党派", "机关"), open=True))
    head: str | None = key("负责人", Text())
    order: int | None = key("排序", Integer())


class Topic(Record, frozen=True, kw_only=True):
    """A topic page (专题) that gathers records by tag or id."""

    gathers_tags: tuple[str, ...] = key("收入标签", Words())
    gathers: tuple[str, ...] = key("收入稿件", Many(Reference()))
    start: Moment | None = key("开始", Day())
    end: Moment | None = key("结束", Day())
    banner: str | None = key("横幅", Picture())
    banner_alt: str | None = key("横幅说明", Text())


class PeriodicalArticle(Record, frozen=True, kw_only=True):
    """An article of an issue."""

    section: str | None = key("栏目", Text())
    pages: str | None = key("页码", Text())
    abstract: str | None = key("内容提要", Text())
    keywords: tuple[str, ...] = key("关键词", Words())
    authors: tuple[Author, ...] = key("作者", Many(Nested(Author)))
    era: str | None = key("年代", Text())
    people: tuple[str, ...] = key("人物", Words())
    references: tuple[str, ...] = key("参考文献", Many(Text()))

    @property
    def byline(self) -> str:
        """An article of a periodical may have several authors."""
        return "、".join(author.name for author in self.authors) or self.author or ""


__all__ = [
    "Article",
    "Body",
    "Consultation",
    "Event",
    "Member",
    "Notice",
    "Opinion",
    "Page",
    "PeriodicalArticle",
    "Place",
    "Plan",
    "Proposal",
    "Record",
    "Research",
    "Standing",
    "Supervision",
    "Topic",
]
