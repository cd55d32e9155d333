"""Open data: the same numbers in CSV, JSON and on the board, as the descriptor says."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from datetime import date
from typing import Any

import pytest

from site_plugins.domain.edition import Edition
from site_plugins.domain.generated import generated_addresses
from site_plugins.outputs.data import render_data
from site_plugins.outputs.pages.views.boards import BoardView
from tests.site_in_memory import Files, at, column, edition_of, pages_of, record, settings

PLAN = "一、学习\n\n（一）读书。常读书。\n\n（二）培训。办班。\n\n二、协商\n\n（一）座谈。开会。\n"
FILES: Files = {
    "news/index.md": column("要闻"),
    "plans/index.md": column("计划", "plan"),
    "consultation/index.md": column("协商活动", "consultation"),
    "plans/2022/index.md": record(
        "工作要点",
        "2022-01-10",
        year=2022,
        text=PLAN,
        targets='\n  - {clause: "1-2", what: "班,\\"期\\"", count: 2, unit: 期, by: 2022-03-31}'
        '\n  - {clause: "2-1", what: 座谈会, count: 1, unit: 次}',
        progress='\n  - {clause: "1-2", date: 2022-04-02, state: 进行中, note: 第二期改在五月}',
    ),
    "news/a.md": record("甲", "2022-02-01", implements="[plans/2022#1-2, plans/2022#2-1]"),
    "news/b.md": record("乙", "2022-03-01", implements="plans/2022#1-1"),
    "consultation/c.md": "---\ntitle: 丙\nstart: 2022-09-01 14:30\n"
    "implements: [plans/2022#2-1]\n---\n",
}
EDITION = edition_of(FILES, at("2022-05-01"))
TABLES = ("clauses", "targets", "evidence")


def _made(edition: Edition = EDITION) -> dict[str, bytes]:
    return {artifact.path: artifact.content for artifact in render_data(edition)}


MADE = _made()
PACKAGE = json.loads(MADE["data/datapackage.json"])
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}


def _csv(table: str, made: dict[str, bytes] = MADE) -> list[dict[str, str]]:
    content = made[f"data/plans/2022/{table}.csv"]
    assert content.startswith(b"\xef\xbb\xbf"), "spreadsheets know UTF-8 by its mark alone"
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _json(table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(MADE[f"data/plans/2022/{table}.json"])
    return rows


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


@pytest.mark.parametrize("table", TABLES)
def test_both_formats_say_the_same(table: str) -> None:
    written = [{name: _written(v) for name, v in row.items()} for row in _json(table)]
    assert _csv(table) == written
    assert written


@pytest.mark.parametrize("name", RESOURCES)
def test_every_file_is_as_the_descriptor_says(name: str) -> None:
    resource = RESOURCES[name]
    content = MADE["data/" + resource["path"]]
    table = resource["path"].rpartition("/")[2].rpartition(".")[0]
    if resource["format"] == "csv":
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert resource["dialect"]["lineTerminator"] == "\r\n"
        assert content.count(b"\r\n") == content.count(b"\n")
    fields = resource["schema"]["fields"]
    rows = _csv(table)
    assert list(rows[0]) == [field["name"] for field in fields]
    keys = [tuple(row[part] for part in resource["schema"]["primaryKey"]) for row in rows]
    assert len(set(keys)) == len(keys)
    for field in fields:
        assert field["title"]
        assert field["description"]
        for row in rows:
            _check(row[field["name"]], field)


def _check(cell: str, field: dict[str, Any]) -> None:
    limits = field.get("constraints", {})
    if cell == "":
        assert not limits.get("required"), field["name"]
        return
    if field["type"] == "integer":
        assert re.fullmatch(r"\d+", cell)
    elif field["type"] == "date":
        date.fromisoformat(cell)
    elif field["type"] == "boolean":
        assert cell in ("true", "false")
    assert cell in limits.get("enum", [cell]), field["name"]


def test_numbers_are_those_of_the_board() -> None:
    view = pages_of(EDITION)["plans/2022/progress/"].view
    assert isinstance(view, BoardView)
    rows = _csv("clauses")
    told = {state.key: state.count for state in view.tally}
    counted: dict[str, int] = {}
    for row in rows:
        counted[row["state"]] = counted.get(row["state"], 0) + 1
    assert told == counted
    assert view.clause_count == len(rows) == 3
    done = [row for row in _csv("evidence") if row["phase"] == "done"]
    assert view.evidence_count == len({row["record"] for row in done}) == 2
    assert sum(int(row["evidence"]) for row in rows) == len(done) == 3
    shown = {row.id: row for part in view.parts for row in part.rows}
    for row in rows:
        there = shown[row["clause"]]
        assert (there.state.key, there.evidence) == (row["state"], int(row["evidence"]))
        assert (there.newest.iso if there.newest else "") == row["last_evidence"]
    reached = {(r["clause"], r["what"]): r["reached"] for r in _csv("targets")}
    for clause, row_view in shown.items():
        for target in row_view.targets:
            what = target.what.rpartition(" ")[0].rpartition(" ")[0]
            number = re.search(r"\d+", target.reached)
            assert number is not None
            assert number[0] == reached[clause, what]


def test_what_a_row_says() -> None:
    overdue = next(row for row in _json("clauses") if row["clause"] == "1-2")
    assert overdue["state"] == "overdue"
    assert overdue["editor_note"] == "第二期改在五月"
    assert overdue["url"] == "https://zx.example.com/plans/2022/#1-2"
    (ahead,) = (row for row in _json("evidence") if row["phase"] == "planned")
    assert (ahead["record"], ahead["date"]) == ("consultation/c", "2022-09-01")
    assert _csv("targets")[0]["what"] == '班,"期"'


def test_a_day_without_news_changes_nothing() -> None:
    assert _made(edition_of(FILES, at("2022-05-02"))) == MADE
    assert _made(edition_of(FILES, at("2022-09-02"))) != MADE


def test_a_site_without_plans_has_no_data() -> None:
    assert _made(edition_of({"news/index.md": column("要闻")})) == {}


def test_texts_may_link_to_the_files() -> None:
    known = set(generated_addresses(EDITION.site, settings()))
    assert set(MADE) <= known
