"""What may stand under the plugins of mkdocs.yml, declared like the content model."""

from __future__ import annotations

from site_plugins.domain.model.values import (
    Day,
    Declared,
    Flag,
    Integer,
    Many,
    Nested,
    Text,
    Words,
    key,
)
from site_plugins.domain.moments import Moment


class Service(Declared, frozen=True, kw_only=True):
    """A task for citizens on the home page."""

    title: str = key("名称", Text(), required=True)
    url: str = key("地址", Text(), required=True, help="站内地址，如 about/contact/")
    note: str | None = key("说明", Text())


class OfficeOptions(Declared, frozen=True, kw_only=True):
    """Who publishes the site."""

    full_name: str | None = key("全称", Text())
    organiser: str | None = key("主办单位", Text())
    address: str | None = key("地址", Text())
    phone: str | None = key("电话", Text())
    hours: str | None = key("来访接待", Text())
    icp: str | None = key("ICP备案号", Text())
    police: str | None = key("公安备案号", Text())
    site_id_code: str | None = key("网站标识码", Text())
    notice: str | None = key("页脚说明", Text())


class SiteOptions(Declared, frozen=True, kw_only=True):
    """Options of ``jianyan/site``."""

    clock: Moment | None = key("固定时钟", Day(time=True), help="示例站用；--now 优先")
    office: OfficeOptions | None = key("单位", Nested(OfficeOptions))
    services: tuple[Service, ...] = key("办事入口", Many(Nested(Service)))
    per_page: int = key("每页篇数", Integer(1), default=20)
    markdown_limit: int = key("Markdown 文件上限（字节）", Integer(1), default=2_000_000)
    file_limit: int = key("其他文件上限（字节）", Integer(1), default=20_000_000)
    attachment_types: tuple[str, ...] = key("附件格式", Words())
    pure: tuple[str, ...] = key(
        "只看当前页的插件",
        Words(),
        help="其他作者的插件或 Markdown 扩展；列出的只在页面改动时运行",
    )


class FeedsOptions(Declared, frozen=True, kw_only=True):
    """Options of ``jianyan/feeds``."""

    items: int = key("每个订阅源的篇数", Integer(1), default=20)


class PlansOptions(Declared, frozen=True, kw_only=True):
    """Options of ``jianyan/plans``."""

    red_head: str | None = key(
        "红头", Text(longest=40), help="打印计划时的发文机关标志；不写就没有红头"
    )


class SearchOptions(Declared, frozen=True, kw_only=True):
    """Options of ``jianyan/search``."""

    attachments: bool = key("搜索附件里的文字", Flag(), default=True, help="PDF 和 Office 文档")


class NoOptions(Declared, frozen=True, kw_only=True):
    """A plugin without options."""


PLUGIN_OPTIONS: dict[str, type] = {
    "site": SiteOptions,
    "plans": PlansOptions,
    "periodicals": NoOptions,
    "feeds": FeedsOptions,
    "search": SearchOptions,
}
