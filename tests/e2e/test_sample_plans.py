"""The sample site's two plans: the customer's of 2022, and one of 2023 that is still running."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from site_plugins.build.preparation import Prepared
from site_plugins.cli.plan_file import open_plan
from site_plugins.domain.progress import State
from site_plugins.reading.plans.targets import read_targets
from site_plugins.reading.settings import load_configuration, read_settings
from site_plugins.tools.clock import read_clock
from site_plugins.wiring import check_site

ROOT = Path(__file__).resolve().parents[2]


@cache
def sample() -> Prepared:
    settings, _ = read_settings(load_configuration(str(ROOT / "mkdocs.yml")))
    return check_site(settings, read_clock("2023-10-20T09:00:00+08:00", settings.clock))


def test_every_state_occurs() -> None:
    progress = sample().edition.progress
    states = {clause.state for plan in progress.values() for clause in plan.clauses()}
    assert states == set(State)


@pytest.mark.parametrize(("plan", "least"), [("plans/2022", 40), ("plans/2023", 25)])
def test_there_is_evidence_enough(plan: str, least: int) -> None:
    assert sample().edition.progress[plan].evidence_count >= least


@pytest.mark.parametrize("year", [2022, 2023])
def test_every_number_of_the_text_is_an_accepted_target(year: int) -> None:
    plan = open_plan(str(ROOT / f"content/plans/{year}/index.md"))
    found = read_targets(plan.parsed, year, plan.targets, plan.matter.text_line)
    assert found.proposals
    assert [p.target for p in found.proposals if p.is_new] == []


@pytest.mark.parametrize("year", [2022, 2023])
def test_ids_are_fixed_as_the_text_has_them(year: int) -> None:
    plan = open_plan(str(ROOT / f"content/plans/{year}/index.md"))
    matching = plan.parsed.matching
    assert [given.entry() for given in matching.given] == list(plan.ids)
    assert matching.vanished == ()
