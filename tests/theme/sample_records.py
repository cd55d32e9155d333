"""Example plan, issue and topic; every name and event in them is invented."""

from __future__ import annotations

from msgspec.structs import replace

from site_plugins.outputs.pages.views.lists import TopicView
from site_plugins.outputs.pages.views.parts import FactView, StateView
from site_plugins.outputs.pages.views.periodicals import CoverView, IssueView, SectionView
from site_plugins.outputs.pages.views.plans import (
    PlanClauseView,
    PlanItemView,
    PlanPartView,
    PlanView,
    StandingView,
    TargetView,
    WordView,
)

from .sample_views import ATTACHMENTS, FEEDS, date, entries, entry, image, link

PARTS = (
    (
        "一",
        "加强理论学习，筑牢思想政治基础",
        ("持续强化理论武装", "拓展党史学习教育成果", "深入学习贯彻会议精神"),
    ),
    (
        "二",
        "强化使命担当，助推“五个XX”建设",
        (
            "专题协商围绕重点",
            "双月协商关注焦点",
            "民主监督破解难点",
            "调查研究找准切入点",
            "提案办理注重实效",
            "社情民意反映及时",
            "对外交流拓展空间",
        ),
    ),
    ("三", "践行为民宗旨，增进民生福祉", ("为民办实事", "委员进社区", "服务企业")),
    (
        "四",
        "坚持团结民主，汇聚强大合力",
        ("团结联谊", "文史资料征编", "界别活动", "书香政协"),
    ),
    (
        "五",
        "加强自身建设，提升履职水平",
        ("加强党的建设", "加强委员队伍建设", "加强机关建设", "加强宣传工作"),
    ),
    ("六", "抓好组织实施", ("任务分解", "跟踪督办", "总结通报")),
)
CHINESE = "一二三四五六七八九十"
SECTIONS = (
    ("卷首", 1),
    ("专题", 4),
    ("协商现场", 3),
    ("委员手记", 2),
    ("图记", 2),
    ("来信", 1),
)


def clause(part: int, number: int, title: str) -> PlanClauseView:
    """A clause with items, targets and evidence on some numbers."""
    text = (
        f'<p><span class="clause__number">（{CHINESE[number - 1]}）</span>'
        f'<strong class="clause__title">{title}。</strong>围绕中心工作，'
        "精心选择题目，深入开展调研，"
        "提出务实管用的意见建议，并把成果及时报送有关部门；做到年初有安排、年中有检查、年底有结果。</p>"
    )
    items = tuple(
        PlanItemView(id=f"{part}-{number}-{n}", html=f"<p>{n}.第{n}项工作，按季度安排。</p>")
        for n in (1, 2)
    )
    return PlanClauseView(
        id=f"{part}-{number}",
        number=f"（{CHINESE[number - 1]}）",
        title=title,
        html=text,
        items=items if number == 4 else (),
        standing=standing(number),
        evidence=entries({1: 2, 2: 7}.get(number, 0), number),
    )


STATES = tuple(
    StateView(key=key, label=label)
    for key, label in (
        ("done", "已完成"),
        ("underway", "进行中"),
        ("overdue", "逾期"),
        ("not-started", "未开始"),
        ("unmeasured", "无量化目标"),
    )
)


def target(state: StateView, **more: object) -> TargetView:
    """A target half reached; ``more`` replaces fields."""
    values: dict[str, object] = {
        "what": "双月协商座谈会 4 次",
        "reached": "已有2次",
        "by": "2022年12月31日前",
        "state": state,
        "cells": (True, True, False, False),
    }
    return TargetView(**{**values, **more})  # type: ignore[arg-type]


def standing(number: int) -> StandingView:
    """How far a clause has come: each number another state."""
    state = STATES[number % len(STATES)]
    if state.key == "unmeasured":
        return StandingView(state=state)
    late = target(state, cells=(), note="2023年1月5日办成，迟于期限")
    return StandingView(
        state=state,
        targets=(target(state), late) if number == 2 else (target(state),),
        words=(WordView(date=date(), text="进行中，三家承办单位已报来进度"),) if number < 3 else (),
        planned=entries(1, 4) if number == 1 else (),
    )


def plan(parts: int = 6) -> PlanView:
    """The plan of work: six parts as in a usual year, or more."""
    views = []
    for at in range(parts):
        mark, title, titles = PARTS[at % len(PARTS)]
        mark = mark if at < 6 else ("十" + CHINESE[at - 10] if at > 9 else CHINESE[at])
        short = title.split("，")[0] if at != 1 else title.split("，")[at]
        views.append(
            PlanPartView(
                id=str(at + 1),
                number=f"{mark}、",
                mark=mark,
                title=title,
                short=short.strip("“”")[:8],
                heading_html=f"{mark}、{title}",
                intro_html="<p>坚持党委有部署、政协有行动，完善协商议政格局，健全落实机制。</p>"
                if at < 2
                else "",
                clauses=tuple(clause(at + 1, n, t) for n, t in enumerate(titles, 1)),
                states=tuple(STATES[n % len(STATES)] for n, _ in enumerate(titles, 1)),
            )
        )
    return PlanView(
        title="政协示例市委员会2022年工作要点",
        year=2022,
        facts=(
            FactView(label="通过日期", value="2022年2月20日"),
            FactView(label="来源", value="示例市政协办公室"),
        ),
        preamble_html="<p>2022年市政协工作的总体要求是：坚持团结和民主两大主题，积极推进专门协商机构建设，广泛凝心聚力、贡献智慧力量。</p>",
        parts=tuple(views),
        closing_html="<p>各专门委员会要依照本要点制定年度工作方案。</p>",
        attachments=ATTACHMENTS[:1],
        clause_count=sum(len(view.clauses) for view in views),
        evidence_count=54,
        other_plans=(
            link("2023年", "plans/2023/", note="22条"),
            link("2021年", "plans/2021/", note="20条"),
        ),
        tally=tuple(replace(state, count=3 + n) for n, state in enumerate(STATES)),
        board_url="plans/2022/progress/",
    )


def cover(
    number: int = 6,
    *,
    style: str = "magazine",
    name: str = "示例政协",
    year: str = "2022",
    picture: bool = False,
) -> CoverView:
    """A cover drawn from words, or one with a picture."""
    return CoverView(
        url=f"magazine/{year}-{number:02}/",
        title=f"{year}年第{number}期",
        name=name,
        number=f"第{number}期",
        year=year,
        theme=("桥与两岸的人", "夜里的书房", "没有围栏的公园", "茶山怎么走")[number % 4],
        style=style,
        image=image(2) if picture else None,
        published=date(11, 15),
        total_number=f"总第{140 + number}期",
    )


def issue(*, style: str = "magazine", name: str = "示例政协", readable: bool = True) -> IssueView:
    """An issue with its contents in six sections."""
    sections, page = [], 1
    for title, count in SECTIONS:
        rows = []
        for _ in range(count):
            rows.append(
                entry(
                    page,
                    picture=False,
                    note=str(page),
                    source="某甲" if count > 2 else "",
                )
            )
            page += 4
        sections.append(SectionView(title=title, articles=tuple(rows)))
    return IssueView(
        cover=cover(style=style, name=name),
        title="2022年第6期",
        facts=(
            FactView(label="出版", value="2022年11月15日"),
            FactView(label="期号", value="总第146期"),
        ),
        sections=tuple(sections),
        body_html="",
        readable=readable,
        attachments=ATTACHMENTS[:1] if readable else (),
        colophon=(
            "主办：示例市政协",
            "编辑：《示例政协》编辑部",
            "内部资料，免费交流",
            "地址：示例市梧桐路18号",
        ),
        older=link("2022年第5期"),
        newer=link("2023年第1期"),
        periodical=link("《示例政协》", "magazine/"),
    )


def topic() -> TopicView:
    """A topic with a banner and its texts by column."""
    return TopicView(
        title="老城更新，听街坊的",
        intro="从一座桥、一条街、一间书房说起，看意见怎样变成办法。",
        body_html="",
        banner=image(3),
        period="2022年3月至2023年9月",
        entries=entries(6),
        groups=(("要闻", entries(3, picture=True)), ("调研", entries(2, 5))),
        feeds=FEEDS,
    )
