"""The annual plan's text: the customer's plan, other numbering habits, and the laws."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from site_plugins.domain.plan import WHOLE
from site_plugins.reading.plans.lines import Nature
from site_plugins.reading.plans.numbers import Style, han_value, read_marker
from site_plugins.reading.plans.openings import split_title
from site_plugins.reading.plans.text import ParsedPlan, parse_plan_text

ROOT = Path(__file__).resolve().parents[3]
PLANS = ROOT / "tests" / "plans"


def body_of(path: Path) -> tuple[str, int]:
    """A content file's text below its front matter, and the number of its first line."""
    lines = path.read_text(encoding="utf-8").split("\n")
    end = lines.index("---", 1)
    return "\n".join(lines[end + 1 :]), end + 2


def visible(text: str) -> str:
    return "".join(text.split())


def outline(parsed: ParsedPlan) -> list[str]:
    """``line id number title`` of every entry that the source prints."""
    return [
        " ".join(filter(None, (str(e.line), e.id, e.number, e.title)))
        for e in parsed.plan.entries()
        if e.id != WHOLE
    ]


def slips(parsed: ParsedPlan) -> list[tuple[str, int, str, str]]:
    return [(slip.kind, slip.line, slip.printed, slip.id) for slip in parsed.slips]


# The customer's plan


@pytest.fixture(scope="module")
def seed() -> ParsedPlan:
    return parse_plan_text(*body_of(ROOT / "content" / "plans" / "2022" / "index.md"))


def test_seed_has_six_parts_and_24_clauses(seed: ParsedPlan) -> None:
    assert [part.number for part in seed.plan.parts] == [
        "一、",
        "二、",
        "三、",
        "四、",
        "五、",
        "六、",
    ]
    assert [len(part.clauses) for part in seed.plan.parts] == [3, 4, 3, 3, 6, 5]
    assert not any(clause.items for clause in seed.plan.clauses())
    assert all(e.title and e.text for e in seed.plan.entries())


def test_seed_clause_printed_twice_takes_the_next_number(seed: ParsedPlan) -> None:
    clause = seed.plan.clause("2-4")
    assert clause is not None
    assert (clause.number, clause.title) == ("（三）", "民主监督盯住难点。")
    assert [c.id for c in seed.plan.parts[1].clauses] == ["2-1", "2-2", "2-3", "2-4"]
    text = (ROOT / "content" / "plans" / "2022" / "index.md").read_text(encoding="utf-8")
    line = next(n for n, t in enumerate(text.split("\n"), 1) if t.startswith("（三）民主监督"))
    assert slips(seed) == [("duplicate_number", line, "（三）", "2-4")]
    assert seed.slips[0].parent == "2"
    first = seed.plan.clause("2-3")
    assert first is not None
    assert seed.slips[0].first_line == first.line


def test_seed_is_whole(seed: ParsedPlan) -> None:
    text, _ = body_of(ROOT / "content" / "plans" / "2022" / "index.md")
    assert visible("".join(seed.plan.strings())) == visible(text)
    assert seed.plan.preamble.startswith("2022年是中共二十大召开之年")
    assert seed.plan.preamble.endswith("迎接党的二十大胜利召开。")
    assert seed.plan.closing == ""


def test_entries_are_found_by_id(seed: ParsedPlan) -> None:
    assert seed.plan.entry("2") == seed.plan.parts[1]
    assert seed.plan.entry("2-2") == seed.plan.clause("2-2")
    assert seed.plan.clause("2") is None
    assert seed.plan.clause("2-9") is None
    flat = parse_plan_text("1. 甲\n").plan
    assert flat.parts[0].is_whole
    assert flat.entry(WHOLE) is None


# Other habits

HABITS = {
    "headings": (
        [
            "5 1 一、 加强思想政治引领",
            "9 1-1 （一） 健全学习制度",
            "13 1-2 办好委员讲堂",
            "17 1-3 （三） 用好书香政协",
            "19 2 二、 提高协商质量",
            "21 2-1 （一） 开展专题协商。",
            "23 2-4 （四） 开展对口协商",
            "25 2-4-1 1. 对口协商每半年一次。",
            "26 2-4-2 2. 界别协商每季度一次。",
        ],
        [("missing_number", 13, "", "1-2"), ("skipped_number", 23, "（四）", "2-4")],
    ),
    "arabic-clauses": (
        [
            "4 1 一、 深入调查研究",
            "5 1-1 1. 开展专题调研。",
            "6 1-1-1 （1）",
            "7 1-1-2 （2） 赴望茶县调研茶旅融合。",
            "8 1-2 2. 开展委员视察。",
            "10 2 二、 履职为民",
            "12 2-1 1． 办好提案。",
            "13 2-3 1． 督办提案。",
            "14 2-2 2． 反映社情民意",
        ],
        [("duplicate_number", 13, "1．", "2-3")],
    ),
    "flat-brackets": (
        [
            "3 1 (一) 组织学习。",
            "4 2 (二) 整理档案：",
            "5 2-1 1. 清点库存档案。",
            "6 2-2 2. 补齐缺失目录。",
            "7 10 (十) 筹备会议。",
        ],
        [("skipped_number", 7, "(十)", "10")],
    ),
    "flat-numbers": (
        [
            "2 1 1、 筹备全会",
            "3 2 2、 编印文史资料第9辑",
            "4 2-1 （1） 征集口述稿件",
            "5 2-2 （2） 校对清样",
            "7 3 3、 走访委员",
        ],
        [],
    ),
    "many-parts": (
        [
            "1 1 一、 部分一",
            "2 1-1 (一) 甲。",
            "3 2 二、 部分二",
            "4 3 二、 部分三印错了号",
            "5 3-1 (一) 甲。",
            "6 3-3 (一) 乙。",
            "7 3-2 (二) 丙。",
            "8 10 十、 部分十",
            "9 11 十一、 部分十一",
            "10 11-23 (二十三) 第二十三条。",
            "11 11-102 (一百零二) 第一百零二条。",
            "12 11-103 () 漏了号的一条。",
            "13 12 十二、 部分十二",
        ],
        [
            ("duplicate_number", 4, "二、", "3"),
            ("duplicate_number", 6, "(一)", "3-3"),
            ("skipped_number", 8, "十、", "10"),
            ("skipped_number", 10, "(二十三)", "11-23"),
            ("skipped_number", 11, "(一百零二)", "11-102"),
            ("missing_number", 12, "()", "11-103"),
        ],
    ),
    "with-closing": (
        [
            "3 1 一、 总体要求",
            "9 2 二、 主要任务",
            "11 2-1 （一） 抓协商。",
            "13 2-2 （二） 抓监督。",
        ],
        [],
    ),
    "pasted": (
        [
            "2 1 一、 强化理论武装。",
            "3 1-1 （一） 理论学习：",
            "5 1-1-1 1. 党组学习。",
            "6 1-1-2 2. 支部学习。",
            "7 1-1-3 3. 小组学习。",
            "8 1-2 （二） 宣传教育。",
            "9 1-3 （三） 读书活动。",
            "25 2 二、 提升服务水平",
        ],
        [],
    ),
    "unnumbered": (
        ["3 1 学习", "5 1-1 学习制度", "9 2 协商", "11 2-1 专题协商", "15 2-2 对口协商"],
        [
            ("missing_number", 3, "", "1"),
            ("missing_number", 5, "", "1-1"),
            ("missing_number", 9, "", "2"),
            ("missing_number", 11, "", "2-1"),
            ("missing_number", 15, "", "2-2"),
        ],
    ),
    "through-numbers": (
        [
            "6 1 一、 坚持党的领导，把准履职方向（牵头单位：办公室）",
            "7 1-1 1． 抓好理论学习。",
            "8 1-2 2． 抓好委员培训。",
            "9 2 二、 聚焦县域发展，务实协商建言（牵头单位：各专委会）",
            "10 2-3 3． 开好专题议政会。",
            "11 2-4 4． 开好双月协商座谈会。",
            "12 2-5 5． 办好“有事来商量”。",
            "13 3 三、 服务民生改善",
            "14 3-6 6． 开展民主监督。",
            "15 3-6-1 （1） 专项监督。",
            "16 3-6-2 （2） 联动监督。",
            "17 3-7 7． 办好提案，办复率达到100%。",
        ],
        [],
    ),
    "half-brackets": (
        [
            "1 1 一、 常委会工作",
            "2 1-1 1） 全体会议。",
            "3 1-2 2) 常委会会议。",
            "4 1-2-1 （1） 会前调研。",
            "5 1-2-2 （2） 会后反馈。",
            "6 1-3 3） 主席会议。",
            "7 2 二、 专委会工作",
            "8 2-1 ① 提案委。",
            "9 2-2 ② 文史委。",
            "10 2-3 ③ 经济委。",
        ],
        [],
    ),
    "deep-headings": (
        [
            "5 1 一、 协商议政",
            "9 1-1 （一） 专题协商",
            "11 1-1-1 1. 议题：",
            "16 1-1-2 2. 议题：",
            "18 1-2 （二） 界别协商",
            "24 2 二、 民主监督",
            "26 2-1 （一） 专项监督",
        ],
        [],
    ),
    "bold-lines": (
        [
            "3 1 一、 总体要求",
            "7 2 二、 重点任务",
            "9 2-1 （一） 加强理论武装。",
            "11 2-2 （二） 提高协商质量",
            "15 2-3 （三） 做好委员工作。",
            "17 3 三、 工作保障",
            "19 3-1 1、 经费保障",
            "21 3-2 2、 人员保障",
        ],
        [],
    ),
    "gaps-and-repeats": (
        [
            "1 1 一、 学习",
            "2 1-1 （一） 制度。",
            "3 1-2 （一） 培训。",
            "4 1-4 （四） 调研。",
            "5 1-3 （三） 交流。",
            "6 3 三、 协商",
            "7 3-1 （） 专题协商。",
            "8 3-2 (二） 对口协商。",
            "9 3-3 （三） 界别协商。",
            "10 4 三、 监督",
            "11 5 五、 服务",
        ],
        [
            ("duplicate_number", 3, "（一）", "1-2"),
            ("skipped_number", 4, "（四）", "1-4"),
            ("backward_number", 5, "（三）", "1-3"),
            ("skipped_number", 6, "三、", "3"),
            ("missing_number", 7, "（）", "3-1"),
            ("duplicate_number", 10, "三、", "4"),
        ],
    ),
    "beyond-ten": (
        [
            "2 1 （一） 办好全会。",
            "3 2 （二） 开好常委会会议。",
            "4 9 （九） 编好会刊。",
            "5 10 （十） 建好书屋。",
            "6 11 （十一） 走访委员。",
            "7 11-1 1．",
            "9 11-10 10．",
            "10 11-11 11． 走访住外委员。",
            "11 12 （十二） 回访提案者。",
            "12 13 （十三） 总结全年工作：",
            "13 20 （二十） 其他。",
        ],
        [
            ("skipped_number", 4, "（九）", "9"),
            ("skipped_number", 9, "10．", "11-10"),
            ("skipped_number", 13, "（二十）", "20"),
        ],
    ),
    "only-parts": (
        [
            "3 1 一、 搬好家。",
            "4 2 二、 理好档。",
            "5 3 三、 修好钟。",
        ],
        [],
    ),
}


@pytest.mark.parametrize("name", sorted(HABITS))
def test_numbering_habits(name: str) -> None:
    parsed = parse_plan_text((PLANS / f"{name}.txt").read_text(encoding="utf-8"))
    assert (outline(parsed), slips(parsed)) == HABITS[name]


def test_every_plan_text_is_tested() -> None:
    assert {path.stem for path in PLANS.glob("*.txt")} == set(HABITS)


def test_numbers_before_the_first_part_are_preamble() -> None:
    plan = parse_plan_text((PLANS / "arabic-clauses.txt").read_text(encoding="utf-8")).plan
    assert plan.preamble.split("\n")[1] == "1. 以下各项由办公室督办；"


def test_closing_begins_with_the_attachments() -> None:
    plan = parse_plan_text((PLANS / "with-closing.txt").read_text(encoding="utf-8")).plan
    # A rule between two parts is decoration, and a paragraph after the last clause belongs to it.
    assert plan.parts[0].text.endswith("---")
    assert plan.parts[1].clauses[-1].text.endswith("认真落实。")
    assert plan.closing.startswith("附件：1. 任务分工表\n2. 时间安排表\n政协示例市委员会办公室")


@pytest.mark.parametrize(
    ("text", "closing"),
    [
        ("一、甲\n（一）乙。丙。\n\n---\n\n解释权属办公室。\n", "---\n解释权属办公室。"),
        ("一、甲\n（一）乙。丙。\n\n示例市政协\n2022年2月20日\n", "示例市政协\n2022年2月20日"),
        ("一、甲\n（一）乙。丙。\n二〇二二年二月二十日", "二〇二二年二月二十日"),
        ("（一）甲。\n附件1\n一、表\n（一）列", "附件1\n一、表\n（一）列"),
        ("一、甲\n附件：略\n二、乙", ""),
        ("一、甲\n附件齐全的提案先办。", ""),
        ("一、甲\n2022年2月20日\n二、乙", ""),
        ("一、甲\n[^1]: 注\n    续", "[^1]: 注\n续"),
        (
            "（一）甲。\n特此通知。\n示例市政协\n2022年2月20日\n（此件公开发布）\n抄送：各科室。",
            "特此通知。\n示例市政协\n2022年2月20日\n（此件公开发布）\n抄送：各科室。",
        ),
    ],
)
def test_closing(text: str, closing: str) -> None:
    assert parse_plan_text(text).plan.closing == closing


def test_item_levels() -> None:
    parsed = parse_plan_text(
        "一、甲\n（一）乙\n1. 丙\n（1）丁\n2. 戊\n（二）己\n（1）庚\n（2）辛\n"
    )
    assert [e.id for e in parsed.plan.entries()] == [
        "1", "1-1", "1-1-1", "1-1-2", "1-2", "1-2-1", "1-2-2",
    ]  # fmt: skip
    item = parsed.plan.entry("1-1-1")
    assert item is not None
    assert item.text == "（1）丁"


def test_a_list_within_an_item_is_its_text() -> None:
    parsed = parse_plan_text("（一）甲\n1. 乙\n    1. 子一\n    2. 子二\n2. 丙\n")
    assert outline(parsed) == ["1 1 （一） 甲", "2 1-1 1. 乙", "5 1-2 2. 丙"]


def test_an_unclosed_fence_costs_nothing() -> None:
    assert (
        len(parse_plan_text("一、甲\n```\n二、乙\n<div>\n三、丙\n<!-- x\n四、丁").plan.parts) == 4
    )


def test_line_ends_of_all_systems_count_once() -> None:
    parsed = parse_plan_text("前言\r\n一、甲\r（一）乙\n", first_line=7)
    assert [e.line for e in parsed.plan.entries()] == [8, 9]


def test_clauses_counted_through_all_parts_are_in_order() -> None:
    parsed = parse_plan_text("一、甲\n1. 乙\n2. 丙\n二、丁\n3. 戊\n三、己\n1. 庚\n四、辛\n3. 壬\n")
    assert [c.id for c in parsed.plan.clauses()] == ["1-1", "1-2", "2-3", "3-1", "4-3"]
    assert slips(parsed) == [("skipped_number", 9, "3.", "4-3")]


# Ids


@pytest.mark.parametrize(
    ("printed", "ids", "kinds"),
    [
        ("一二三三", "1 2 3 4", ["duplicate_number"]),
        ("一二三三四", "1 2 3 5 4", ["duplicate_number"]),
        ("一二三三五", "1 2 3 4 5", ["duplicate_number"]),
        ("一一二", "1 3 2", ["duplicate_number"]),
        ("一三二", "1 3 2", ["skipped_number", "backward_number"]),
        ("二三", "2 3", ["skipped_number"]),
        ("一_三", "1 2 3", ["missing_number"]),
        ("__一", "2 3 1", ["missing_number", "missing_number", "backward_number"]),
        ("一一一", "1 2 3", ["duplicate_number", "duplicate_number"]),
    ],
)
def test_ids_are_the_printed_numbers(printed: str, ids: str, kinds: list[str]) -> None:
    text = "".join(f"（{n.strip('_')}）条款\n" for n in printed)
    parsed = parse_plan_text(text)
    assert " ".join(c.id for c in parsed.plan.clauses()) == ids
    assert [slip.kind for slip in parsed.slips] == kinds


# Numbers and titles


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("一", 1), ("十", 10), ("十一", 11), ("二十", 20), ("二十三", 23), ("九十九", 99),
        ("一百", 100), ("一百零二", 102), ("一百一十", 110), ("一百二十三", 123), ("二〇", 20),
        ("一〇二", 102), ("零", None), ("", None), ("一一", None), ("二三", None), ("百", None),
        ("一百二", None), ("十十", None), ("零一", None), ("一百十", None),
    ],
)  # fmt: skip
def test_han_value(written: str, value: int | None) -> None:
    assert han_value(written) == value


@pytest.mark.parametrize(
    ("line", "style", "value"),
    [
        ("一、甲", Style.HAN, 1),
        ("十一．甲", Style.HAN, 11),
        ("（ 二 ）甲", Style.HAN_BRACKET, 2),
        ("(二）、甲", Style.HAN_BRACKET, 2),
        ("㈢甲", Style.HAN_BRACKET, 3),
        ("１２．甲", Style.ARABIC, 12),
        ("3 、甲", Style.ARABIC, 3),
        ("⒊甲", Style.ARABIC, 3),
        ("1.5G网络", None, None),
        ("(12)甲", Style.ARABIC_BRACKET, 12),
        ("⑵甲", Style.ARABIC_BRACKET, 2),
        ("2022年是…", None, None),
        ("2022、2023年", None, None),
        ("3.5亿元", None, None),
        ("1.5万亿", None, None),
        ("一、二季度", None, None),
        ("一、二、三产业", None, None),
        ("二、三级联动", Style.HAN, 2),
        ("3、4月份", None, None),
        ("三．八节", None, None),
        ("（一）至（三）项", None, None),
        ("2）甲", Style.HALF_BRACKET, 2),
        ("12)甲", Style.HALF_BRACKET, 12),
        ("③甲", Style.CIRCLED, 3),
        ("㉑、甲", Style.CIRCLED, 21),
        ("（1）、（2）项", None, None),
        ("（2022）1号", None, None),
        ("（甲）", None, None),
        ("0. 零", None, None),
        ("一是加强", None, None),
    ],
)
def test_markers(line: str, style: Style | None, value: int | None) -> None:
    marker = read_marker(line)
    assert (marker.style if marker else None, marker.value if marker else None) == (style, value)


@pytest.mark.parametrize(
    ("rest", "title", "text"),
    [
        ("标题。正文。", "标题。", "正文。"),
        ("标题：正文。", "标题：", "正文。"),
        ("标题", "标题", ""),
        ("开展“甲：乙”活动。正文", "开展“甲：乙”活动。", "正文"),
        ("未闭合“标题。正文", "未闭合“标题。", "正文"),
        ("见[甲：乙](a.md)。正文", "见[甲：乙](a.md)。", "正文"),
        ("坚持**重点。**正文", "坚持**重点。**", "正文"),
        ("标题。**重点**正文", "标题。", "**重点**正文"),
        ("长" * 41 + "。正文", "", "长" * 41 + "。正文"),
        ("长" * 40 + "。正文", "长" * 40 + "。", "正文"),
        ("抓学习（牵头单位：办公室）", "抓学习（牵头单位：办公室）", ""),
        ("到这里还没完，", "", "到这里还没完，"),
        ("。正文", "", "。正文"),
        ("", "", ""),
    ],
)
def test_run_in_titles(rest: str, title: str, text: str) -> None:
    assert split_title(rest, whole=False) == (title, text)


@pytest.mark.parametrize(
    "line",
    [
        "**（一）标题。**正文",
        "**（一）标题**。正文",
        "（一）**标题。**正文",
        "（一）**标题**。正文",
        "**（一）**标题。正文",
        "__（一）标题。__正文",
        "### （一）标题。正文",
        "  ### **（一） 标题。** 正文 ### {#a .b}",
    ],
)
def test_heading_marks_are_no_part_of_the_text(line: str) -> None:
    clause = next(parse_plan_text(f"一、甲\n{line}").plan.clauses())
    assert (clause.number, clause.title, clause.text) == ("（一）", "标题。", "正文")


def test_underlined_headings() -> None:
    parsed = parse_plan_text("一、甲\n===\n\n（一）乙\n---\n丙")
    assert [e.title for e in parsed.plan.entries()] == ["甲", "乙"]
    assert "".join(parsed.plan.strings()) == "一、甲（一）乙丙"


# The laws

FRAGMENTS = [
    *"一、 二、 三、 十一、 （一） (一) （二） (三) （） 1. 2、 ３． （1） (2)".split(),
    *"标题 正文 。 ： ， “ ” （ ） ** __ * ` # ## ### [链](a.md) [^1] --- ***".split(),
    *"=== ``` ~~~ <div> </div> <!-- --> !!!".split(),
    *"附件： 附件 2022年2月20日 政协示例市委员会 3.5亿元 {#x} {:.c} | |---|---| X &".split(),
    *["1. ", "- ", "> ", "    ", "\t", "　", " ", "\n", "\n", "\n", "\n\n", "\r\n", "[^1]: 注"],
]
PLAN_LIKE = st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join)
HEADING_MARK = re.compile(r"#+|\*\*|__|#*\s*\{[^{}]*\}")


@settings(max_examples=150, deadline=None)
@given(PLAN_LIKE | st.text(max_size=120))
@example("")
@example("﻿一、甲\x00（一）乙\u2028（二）丙")
def test_nothing_is_lost_and_ids_are_unique(text: str) -> None:
    """Every visible character of the source is in the plan, in order, but for heading marks.

    Those are counted one by one: each belongs to a line that opens something and is made of
    hashes, bold marks, an attribute list or the dashes below.
    """
    parsed = parse_plan_text(text)
    openings = {opening.index: opening for opening in parsed.openings}
    expected: list[str] = []
    for line in parsed.lines:
        opening = openings.get(line.index)
        if opening is not None:
            pieces = opening.cut.pieces
            assert visible("".join(piece for _, piece in pieces)) == visible(line.raw)
            assert all(HEADING_MARK.fullmatch(p) for kind, p in pieces if kind == "markup")
            expected += [piece for kind, piece in pieces if kind != "markup"]
        elif line.nature is Nature.UNDERLINE and line.index - 1 in openings:
            assert set(line.raw.strip()) <= {"=", "-"}
        else:
            expected.append(line.raw)
    assert visible("".join(line.raw for line in parsed.lines)) == visible(text)
    assert visible("".join(parsed.plan.strings())) == visible("".join(expected))

    ids = [entry.id for entry in parsed.plan.entries()]
    assert len(set(ids)) == len(ids)
    assert [opening.id for opening in parsed.openings] == [i for i in ids if i != WHOLE]


@settings(max_examples=100, deadline=None)
@given(PLAN_LIKE.map(lambda text: re.sub(r"[#*_={}-]", "", text)))
def test_without_heading_marks_the_characters_are_the_same(text: str) -> None:
    assert visible("".join(parse_plan_text(text).plan.strings())) == visible(text)
