"""A plan's page text through the real converter and allow-list, and what ``plan show`` says."""

from __future__ import annotations

import json
import re
from collections import Counter
from html import unescape
from pathlib import Path

import markdown
import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_plugins.domain.plan import PlanHtml
from site_plugins.outputs.answers.plan import plan_answer, plan_outline
from site_plugins.reading.plans.markup import mark_up, split_html, without_marks
from site_plugins.reading.plans.text import parse_plan_text

ROOT = Path(__file__).resolve().parents[3]
PLANS = sorted((ROOT / "tests" / "plans").glob("*.txt"))
SEED = ROOT / "content" / "plans" / "2022" / "index.md"
EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc",
    "pymdownx.betterem", "pymdownx.caret", "pymdownx.details", "pymdownx.magiclink",
    "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde",
]  # fmt: skip
ALLOWED = {"*": {"id", "class"}, "a": {"href", "title"}, "img": {"src", "alt"}}


def convert(source: str) -> str:
    html = markdown.Markdown(extensions=EXTENSIONS).convert(source)
    return nh3.clean(html, attributes=ALLOWED, link_rel=None)


def page(text: str) -> PlanHtml:
    plan = parse_plan_text(text)
    return split_html(convert(mark_up(text, plan)), plan)


def pieces(html: PlanHtml) -> list[str]:
    """Everything the page shows, in order."""
    shown = [html.preamble_html]
    for part in html.parts:
        shown += [part.heading_html, part.intro_html]
        for clause in part.clauses:
            shown += [clause.html, *(item.html for item in clause.items)]
    return [*shown, html.closing_html]


def words(html: str) -> str:
    """What a reader sees, without white space."""
    tagless = re.sub(r"<!--.*?-->|</?[A-Za-z](?:[^\"'>]|\"[^\"]*\"|'[^']*')*>", "", html)
    return "".join(unescape(tagless).split())


def visible(text: str) -> str:
    return "".join(text.split())


def seed_text() -> str:
    return SEED.read_text(encoding="utf-8").split("---\n", 2)[2]


def test_seed_page() -> None:
    html = page(seed_text())
    assert [len(part.clauses) for part in html.parts] == [3, 4, 3, 3, 6, 5]
    part = html.parts[1]
    assert part.heading_html == (
        '<span class="part__number">二、</span>'
        '<span class="part__title">强化使命担当，助推“五个XX”建设</span>'
    )
    assert part.title == "强化使命担当，助推“五个XX”建设"
    assert part.intro_html.startswith("<p>坚持“党委有声音")
    clause = part.clauses[3]
    assert (clause.id, clause.number, clause.title) == ("2-4", "（三）", "民主监督盯住难点")
    assert clause.html.startswith(
        '<p><span class="clause__number">（三）</span>'
        '<strong class="clause__title">民主监督盯住难点。</strong>发挥协商式民主监督作用'
    )
    assert clause.html.endswith("为群众解忧。</p>")
    assert html.closing_html == ""


@pytest.mark.parametrize("path", [SEED, *PLANS], ids=lambda path: path.stem)
def test_each_entry_shows_its_own_characters(path: Path) -> None:
    text = seed_text() if path == SEED else path.read_text(encoding="utf-8")
    parsed = parse_plan_text(text)
    html = split_html(convert(mark_up(text, parsed)), parsed)
    for part, shown in zip(parsed.plan.parts, html.parts, strict=True):
        assert words(shown.heading_html) == visible(part.number + part.title)
        for clause, clause_html in zip(part.clauses, shown.clauses, strict=True):
            assert words(clause_html.html).startswith(visible(clause.number + clause.title))
            assert clause_html.html.startswith("<p>")
            for item, item_html in zip(clause.items, clause_html.items, strict=True):
                assert words(item_html.html) == visible(item.number + item.title + item.text)


def test_inline_markdown_survives() -> None:
    html = page(
        "一、甲**乙**\n（一）见[标题：丙](a.md)。**重点**与[链接](b.md)[^1]。\n\n[^1]: 注释\n"
    )
    assert html.parts[0].heading_html.endswith("甲<strong>乙</strong></span>")
    assert html.parts[0].title == "甲乙"
    clause = html.parts[0].clauses[0]
    assert clause.title == "见标题：丙"
    assert '<strong class="clause__title">见<a href="a.md">标题：丙</a>。</strong>' in clause.html
    assert '<strong>重点</strong>与<a href="b.md">链接</a><sup id="fnref:1">' in clause.html
    assert html.closing_html.startswith('<div class="footnote">')
    assert "注释" in html.closing_html
    assert "注释" not in clause.html


def test_bold_that_a_title_cuts_is_closed_and_opened_again() -> None:
    clause = page("一、甲\n（一）坚持***重点。*其余**正文").parts[0].clauses[0]
    assert words(clause.html) == "（一）坚持重点。其余正文"
    assert clause.html.count("<strong") == clause.html.count("</strong>")
    assert clause.html.count("<em") == clause.html.count("</em>")
    assert not re.search(r"<(strong|em)></", clause.html)


def test_a_clause_that_is_bold_all_through_stays_bold() -> None:
    long = "很长" * 25
    clause = page(f"一、甲\n**（一）{long}，正文。**其余").parts[0].clauses[0]
    assert clause.html == (
        f'<p><span class="clause__number">（一）</span><strong>{long}，正文。</strong>其余</p>'
    )


def test_numbers_are_no_list_and_keep_their_place() -> None:
    items = "1. 戊\n    1. 己\n\n    ```\n    1. 码\n    ```\n2. 庚\n"
    html = page("前言：\n1. 甲\n2. 乙\n\n一、丙\n（一）丁\n" + items)
    assert html.preamble_html == "<p>前言：</p>\n<p>1. 甲</p>\n<p>2. 乙</p>"
    first, second = html.parts[0].clauses[0].items
    assert first.html.startswith(
        '<p><span class="item__number">1.</span><strong class="item__title">戊</strong></p>\n'
        "<p>1. 己</p>\n<div"
    )
    assert "<code>1. 码" in first.html
    assert (first.id, second.id) == ("1-1-1", "1-1-2")


def test_lists_and_tables_right_below_a_clause() -> None:
    table = "| 丁 | 戊 |\n|---|---|\n| 己 | 庚 |\n"
    text = "一、甲\n（一）分工：\n- 乙\n- 丙\n（二）时间\n"
    first, second, third = page(text + table + "（三）辛\n").parts[0].clauses
    assert first.html.endswith("<ul>\n<li>乙</li>\n<li>丙</li>\n</ul>")
    assert "<td>庚</td>" in second.html
    assert words(third.html) == "（三）辛"


def test_headings_become_the_plan_s_own() -> None:
    html = page("# 计划\n\n## 一、甲 {#x}\n\n### （一）乙\n\n正文。\n\n#### 说明\n\n丙")
    assert html.preamble_html == '<h1 id="_1">计划</h1>'
    assert words(html.parts[0].heading_html) == "一、甲"
    clause = html.parts[0].clauses[0]
    assert clause.html.startswith('<p><span class="clause__number">（一）</span>')
    assert "说明</h4>" in clause.html


def test_a_run_in_part_and_a_plan_without_parts() -> None:
    part = page("一、标题。正文在后。").parts[0]
    assert words(part.heading_html) == "一、标题。"
    assert part.intro_html == "<p>正文在后。</p>"
    whole = page("通知\n（一）甲。乙。").parts[0]
    assert (whole.heading_html, whole.intro_html, whole.clauses[0].id) == ("", "", "1")


def test_paragraphs_of_a_pasted_text_stay_paragraphs() -> None:
    html = page("一、甲\n第一段。\n第二段没有\n结束。\n**跨行。\n粗体。**\n")
    assert html.parts[0].intro_html == (
        "<p>第一段。</p>\n<p>第二段没有\n结束。</p>\n<p><strong>跨行。\n粗体。</strong></p>"
    )


def test_closing_and_its_rule() -> None:
    html = page("一、甲\n（一）乙。丙。\n---\n示例市政协\n2022年2月20日")
    assert words(html.parts[0].clauses[0].html) == "（一）乙。丙。"
    assert html.closing_html == "<p>示例市政协</p>\n<p>2022年2月20日</p>"


def test_a_source_cannot_smuggle_marks_in() -> None:
    html = page("\ufdd0\ufde0\ufdd1前言\n\n一、甲\ufdd3乙\n\n\ufdd4\n\n（一）丙[链](\ufdd0.md)")
    assert words("".join(pieces(html))) == "前言一、甲乙（一）丙链"
    assert words(html.parts[0].heading_html) == "一、甲乙"


@pytest.mark.parametrize("text", ["<div>\n一、甲\n", "", "\n\n", "没有编号", "<p>一、甲</p>"])
def test_texts_that_are_no_plan(text: str) -> None:
    assert "".join(pieces(page(text))) is not None


# Laws

PLAIN = "一、 二、 三、 （一） (一) （二） （） 1. 2、 ３． （1） (2)".split()
PLAIN += "标题 正文 。 ： ， “ ” （ 附件： X".split()
PLAIN += ["1. ", "2022年2月20日", "一、二季度", "    ", "　", " ", "\n", "\n", "\n", "\n\n", "\r\n"]
MARKED = "** __ * ` # ## ### [链](a.md) [^1] --- === ``` <div> </div> <!-- --> {#x} {:.c} |".split()
MARKED += ["- ", "> ", "|---|---|", "[^1]: 注", "!!! note", ": ", "\t", "\ufdd0\ufde1\ufdd1"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PLAIN), max_size=50).map("".join))
def test_characters_of_a_plain_plan_stand_where_they_stood(text: str) -> None:
    parsed = parse_plan_text(text)
    html = split_html(convert(mark_up(text, parsed)), parsed)
    assert words("".join(pieces(html))) == visible(text)
    for part, shown in zip(parsed.plan.parts, html.parts, strict=True):
        for clause, clause_html in zip(part.clauses, shown.clauses, strict=True):
            assert words(clause_html.html) == visible(clause.number + clause.title + clause.text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PLAIN + MARKED), max_size=50).map("".join))
def test_cutting_loses_nothing_of_the_html(text: str) -> None:
    parsed = parse_plan_text(text)
    whole = convert(mark_up(text, parsed))
    shown = "".join(pieces(split_html(whole, parsed)))
    assert Counter(words(shown)) == Counter(words(without_marks(whole)))
    assert without_marks(shown) == shown


# plan show


def test_answer_has_the_shape_of_the_contract() -> None:
    plan = parse_plan_text("前言\n二、部分\n总述\n（二）条款。正文\n1. 项：内容\n附件：略").plan
    answer = plan_answer("计划", 2022, plan)
    assert json.loads(json.dumps(answer)) == {
        "title": "计划",
        "year": 2022,
        "preamble": "前言",
        "parts": [
            {
                "id": "2",
                "number": "二、",
                "title": "部分",
                "text": "总述",
                "clauses": [
                    {
                        "id": "2-2",
                        "number": "（二）",
                        "title": "条款。",
                        "text": "正文",
                        "items": [{"id": "2-2-1", "number": "1.", "title": "项：", "text": "内容"}],
                    }
                ],
            }
        ],
        "closing": "附件：略",
    }


def test_outline() -> None:
    plan = parse_plan_text("一、部分\n（一）条款。正文\n1. 甲\n2. 乙\n（二）" + "长" * 50).plan
    assert plan_outline("示例市政协2022年工作要点", 2022, plan) == (
        "示例市政协2022年工作要点\n"
        "1 个部分，2 条，2 项\n"
        "\n"
        "1    一、部分\n"
        "1-1    （一）条款　2 项\n"
        f"1-2    （二）{'长' * 24}…\n"
    )
    flat = plan_outline("安排", 2022, parse_plan_text("（一）甲").plan)
    assert flat == "安排（2022年）\n1 条\n1    （一）甲\n"
