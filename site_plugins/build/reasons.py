"""Why a page was made, in an editor's words."""

from __future__ import annotations

from collections.abc import Sequence

from site_plugins.domain.noting import Fact

NEW = "第一次生成"
COMPACT = "按要求合并搜索索引"
DAMAGED = "网站文件夹里的文件被改动或丢失"
_MOST = 3

_SHELVES = {
    "records": "{what} 的题头改了",
    "texts": "{what} 的正文改了",
    "frame": "导航、页脚或站点信息变了",
    "places": "链接 {what} 的去处变了",
    "pictures": "图片 {what} 换了",
    "sizes": "附件 {what} 换了",
    "files": "文件 {what} 换了",
    "around": "{what} 的上一篇或下一篇变了",
    "columns": "栏目 {what} 的设置变了",
    "tags": "标签“{what}”变了",
    "clauses": "计划 {what} 的条款变了",
    "listed": "全站新稿的次序变了",
    "notices": "{what} 的撤稿说明变了",
    "search": "检索的内容变了",
}
_LISTS = {
    "own": "栏目 {name} 的稿件有增减或改动",
    "all": "栏目 {name} 的稿件有增减或改动",
    "others": "栏目 {name} 的条目有增减或改动",
    "children": "栏目 {name} 的下级栏目变了",
    "page": "列表 {name} 的这一页有增减或改动",
    "year": "列表 {name} 的这一年有增减或改动",
    "size": "列表 {name} 的篇数变了",
    "tag": "标签“{name}”的稿件有增减或改动",
    "near": "标签“{name}”下相近的稿件变了",
    "topic": "专题 {name} 的稿件有增减或改动",
    "issues": "刊物 {name} 的各期变了",
    "sections": "{name} 的目录变了",
    "articles": "{name} 的文章变了",
    "evidence": "计划 {name} 的落实情况变了",
}


def describe(facts: Sequence[Fact]) -> str:
    """Some changed facts in words; without any, the unit is new."""
    if not facts:
        return NEW
    told = list(dict.fromkeys(_describe(*fact) for fact in sorted(facts)))
    more = f"等 {len(told)} 处" if len(told) > _MOST else ""
    return "；".join(told[:_MOST]) + more


def _describe(shelf: str, what: str) -> str:
    if shelf in _SHELVES:
        return _SHELVES[shelf].format(what=what.removeprefix("="))
    kind, _, name = shelf.partition(":")
    if kind in _LISTS:
        return _LISTS[kind].format(name=name.partition(":")[2] or name)
    return "网站的结构变了"
