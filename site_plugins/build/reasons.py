"""Why a page was made, in an editor's words."""

from __future__ import annotations

from collections.abc import Sequence

from site_plugins.domain.noting import WHOLE, Fact, shelf_of

COMPACT = "按要求合并搜索索引"
DAMAGED = "网站文件夹里的文件被改动或丢失"
_MOST = 3

# Shelf → how a fact of it is called, and what has happened to it.
_SHELVES = {
    "records": ("{what} 的题头", "改了"),
    "texts": ("{what} 的正文", "改了"),
    "frame": ("导航、页脚和站点信息", "变了"),
    "places": ("链接 {what} 的去处", "变了"),
    "pictures": ("图片 {what}", "换了"),
    "sizes": ("附件 {what}", "换了"),
    "files": ("文件 {what}", "换了"),
    "around": ("{what} 的上一篇和下一篇", "变了"),
    "columns": ("栏目 {what} 的设置", "变了"),
    "tags": ("标签“{what}”", "变了"),
    "clauses": ("计划 {what} 的条款", "变了"),
    "plan-texts": ("计划 {what} 的原文", "改了"),
    "progress": ("计划 {what} 的进展", "变了"),
    "evidence": ("计划 {what} 的佐证", "变了"),
    "agenda": ("活动日历", "变了"),
    "entries": ("活动 {what} 的日程", "变了"),
    "reports": ("活动 {what} 的报道", "变了"),
    "listed": ("全站新稿的次序", "变了"),
    "top": ("栏目的次序", "变了"),
    "pages": ("普通页面", "变了"),
    "plans": ("年度计划", "变了"),
    "topics": ("专题", "变了"),
    "periodicals": ("刊物", "变了"),
    "issue-of": ("{what} 所在的一期", "变了"),
    "notices": ("{what} 的撤稿说明", "变了"),
    "renamed": ("有旧地址的稿件", "变了"),
    "sitemap": ("网页的地址和日期", "变了"),
    "search": ("检索的内容", "变了"),
}
_LISTS = {
    "own": ("栏目 {name} 的稿件", "有增减或改动"),
    "all": ("栏目 {name} 的稿件", "有增减或改动"),
    "others": ("栏目 {name} 的条目", "有增减或改动"),
    "children": ("栏目 {name} 的下级栏目", "变了"),
    "page": ("列表 {name} 的第 {what} 页", "有增减或改动"),
    "year": ("列表 {name} 的 {what} 年", "有增减或改动"),
    "size": ("列表 {name} 的篇数", "变了"),
    "tag": ("标签“{name}”的稿件", "有增减或改动"),
    "near": ("标签“{name}”下与 {what} 相近的稿件", "变了"),
    "topic": ("专题 {name} 的稿件", "有增减或改动"),
    "issues": ("刊物 {name} 的各期", "变了"),
    "sections": ("{name} 的目录", "变了"),
    "articles": ("{name} 的文章", "变了"),
    "evidence": ("计划 {name} 的佐证", "变了"),
}


def describe(facts: Sequence[Fact]) -> str:
    """Some changed facts in words."""
    told = list(dict.fromkeys(_describe(*fact) for fact in sorted(facts)))
    more = f"等 {len(told)} 处" if len(told) > _MOST else ""
    return "；".join(told[:_MOST]) + more


def name_of(fact: Fact) -> str:
    """What a fact is about."""
    return _words(*fact)[0]


def _describe(shelf: str, what: str) -> str:
    name, happened = _words(shelf, what)
    return name + happened


def _words(shelf: str, what: str) -> tuple[str, str]:
    asked, shelf = what.removeprefix("="), shelf_of(shelf)
    if asked == WHOLE and shelf in _OF_ALL:
        return _OF_ALL[shelf], "有改动"
    if shelf in _SHELVES:
        name, happened = _SHELVES[shelf]
        return name.format(what=asked), happened
    kind, _, rest = shelf.partition(":")
    if kind in _LISTS:
        name, happened = _LISTS[kind]
        return name.format(name=rest.partition(":")[2] or rest, what=asked), happened
    return "网站的结构", "变了"


_OF_ALL = {"records": "全部稿件", "columns": "全部栏目", "tags": "全部标签", "evidence": "全部佐证"}
