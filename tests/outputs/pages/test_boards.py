"""The board of a plan: parts, charts, filters, what was done and what is due."""

from __future__ import annotations

import pytest

from site_plugins.domain.progress import ClauseProgress, PartProgress, State
from site_plugins.outputs.pages.charts import months_chart, states_chart
from site_plugins.outputs.pages.views.boards import BoardView
from tests.site_in_memory import Files, at, column, edition_of, pages_of, record

PLAN = "一、学习\n\n（一）读书。常读书。\n\n（二）培训。办班。\n\n二、协商\n\n（一）座谈。开会。\n"
FILES: Files = {
    "news/index.md": column("要闻"),
    "plans/index.md": column("计划", "plan"),
    "consultation/index.md": column("协商活动", "consultation"),
    "plans/2021/index.md": record("2021年工作要点", "2021-01-10", year=2021, text=PLAN),
    "plans/2022/index.md": record(
        "2022年工作要点",
        "2022-01-10",
        year=2022,
        text=PLAN,
        targets='\n  - {clause: "1-2", what: 培训班, count: 2, unit: 期, by: 2022-03-31}'
        '\n  - {clause: "2-1", what: 座谈会, count: 1, unit: 次, by: 2022-06-15}',
    ),
    "news/a.md": record("甲", "2022-05-01", implements="[plans/2022#1-2, plans/2022#1-1]"),
    "news/b.md": record("乙", "2022-03-01", implements="plans/2022#1-1"),
    "consultation/c.md": "---\ntitle: 丙\nstart: 2022-09-01 14:30\n"
    "implements: [plans/2022#2-1]\n---\n",
}
NOW = at("2022-05-10")
PAGES = pages_of(edition_of(FILES, NOW))


def _view(address: str = "plans/2022/progress/") -> BoardView:
    view = PAGES[address].view
    assert isinstance(view, BoardView)
    return view


def test_states_add_up_and_lead_to_their_clauses() -> None:
    view = _view()
    assert [(s.key, s.count) for s in view.tally] == [
        ("overdue", 1),
        ("not-started", 1),
        ("unmeasured", 1),
    ]
    assert sum(s.count or 0 for s in view.tally) == view.clause_count == 3
    assert [(s.key, [row.id for row in rows]) for s, rows in view.filters] == [
        ("overdue", ["1-2"]),
        ("not-started", ["2-1"]),
        ("unmeasured", ["1-1"]),
    ]


def test_what_was_done_this_month_what_is_due_what_is_arranged() -> None:
    view = _view()
    assert view.month == "2022年5月"
    assert [(d.entry.title, [c.url for c in d.clauses]) for d in view.recent] == [
        ("甲", ["plans/2022/#1-1", "plans/2022/#1-2"])
    ]
    assert [(d.title, d.target.state.key) for d in view.due] == [
        ("一（二）培训", "overdue"),
        ("二（一）座谈", "not-started"),
    ]
    assert [d.entry.title for d in view.planned] == ["丙"]


def test_the_board_of_a_past_year_tells_its_last_month() -> None:
    view = pages_of(edition_of(FILES, at("2023-05-10")))["plans/2022/progress/"].view
    assert (view.is_over, view.month) == (True, "2022年9月")
    assert [d.entry.title for d in view.recent] == ["丙"]
    assert [d.target.state.key for d in view.due] == ["overdue"]


def test_a_plan_without_evidence_has_a_board() -> None:
    view = pages_of(edition_of(FILES, at("2022-12-10")))["plans/2021/progress/"].view
    assert (view.month, view.recent, view.newest) == ("", (), None)
    assert view.parts[0].months.label == "各月佐证件数：尚无佐证"


def test_the_embedded_board_is_left_out_by_search_engines() -> None:
    page = PAGES["plans/2022/progress/embed/"]
    assert (page.layout, page.page.robots) == ("embed", "noindex")
    assert page.view == _view()
    assert _view().embed_url == "https://zx.example.com/plans/2022/progress/embed/"
    assert [link.url for link in _view().others] == ["plans/2021/progress/"]


def test_data_feeds_and_calendar_are_offered() -> None:
    view = _view()
    urls = [link.url for _, links in view.files for link in links]
    assert urls == [
        f"data/plans/2022/{table}.{ending}"
        for table in ("clauses", "targets", "evidence")
        for ending in ("csv", "json")
    ]
    assert [link.url for link in view.feeds] == [
        "plans/2022/feed.xml",
        "plans/2022/atom.xml",
        "plans/2022/feed.json",
    ]
    assert view.calendar_url == "plans/2022/calendar.ics"
    assert _view("plans/2021/progress/").calendar_url == ""


def test_a_page_changes_with_states_alone() -> None:
    again = pages_of(edition_of(FILES, at("2022-05-11")))
    assert again["plans/2022/progress/"].view == _view()
    assert again["plans/2022/"].view == PAGES["plans/2022/"].view
    assert again[""].view == PAGES[""].view


def _part(*states: State, by_month: tuple[int, ...] = (0,) * 12) -> PartProgress:
    clauses = tuple(
        ClauseProgress(
            id=f"1-{n}",
            part="1",
            number="",
            title="条",
            state=state,
            targets=(),
            done=(),
            planned=(),
            words=(),
        )
        for n, state in enumerate(states, 1)
    )
    return PartProgress(id="1", number="一、", title="部分", clauses=clauses, by_month=by_month)


def test_the_chart_of_states_has_a_square_for_each_clause_and_says_so() -> None:
    chart = states_chart(_part(State.DONE, State.OVERDUE, State.DONE))
    assert [square.key for square in chart.squares] == ["done", "overdue", "done"]
    assert chart.label == "各条进展：已完成2条，逾期1条"
    assert len({square.outline for square in chart.squares}) == 3


@pytest.mark.parametrize("count", [0, 1, 9, 10, 40])
def test_the_chart_of_states_holds_its_squares(count: int) -> None:
    chart = states_chart(_part(*[State.UNMEASURED] * count))
    assert len(chart.squares) == count
    for square in chart.squares:
        x, y = map(int, square.outline[1:].split("h")[0].split(" "))
        assert 0 <= x <= chart.width - 26
        assert 0 <= y <= chart.height - 26


def test_bars_have_one_scale_for_the_whole_plan() -> None:
    low = months_chart(_part(by_month=(1, 0, 2) + (0,) * 9), most=4)
    assert [bar.height for bar in low.bars[:3]] == [11, 0, 22]
    assert [bar.number for bar in low.bars[:3]] == ["1", "", "2"]
    assert low.label == "各月佐证件数：1月1件，3月2件"
    assert all(bar.y + bar.height == low.base for bar in low.bars)
