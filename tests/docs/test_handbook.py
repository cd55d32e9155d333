"""The handbook's tables hold every key that the content model declares."""

import os
import re
from pathlib import Path

import pytest

from scripts.handbook import write_tables
from scripts.handbook.tables import TABLE, TABLES, UnknownTable, with_tables
from site_plugins.domain.model import holders, parts
from site_plugins.domain.model.kinds import KINDS
from site_plugins.domain.model.values import keys_of
from tests.docs.pages import HANDBOOK, ROOT, read

PAGES = sorted(HANDBOOK.glob("*.md"))
KEY = re.compile(r"^\| `([a-z_]+)` \|", re.MULTILINE)

HELD = {
    "column": holders.Column,
    "column-keys": holders.ColumnKeys,
    "home": holders.HomeBox,
    "periodical": holders.PeriodicalHolder,
    "periodical-keys": holders.PeriodicalKeys,
    "issue": holders.IssueHolder,
    "issue-keys": holders.IssueKeys,
    "section": parts.Section,
    "attachment": parts.Attachment,
    "target": parts.Target,
    "progress-word": parts.ProgressWord,
    "fixed-id": parts.FixedId,
    "speech": parts.Speech,
    "feedback": parts.Feedback,
    "reply": parts.Reply,
    "author": parts.Author,
}


def tables() -> dict[str, set[str]]:
    """The keys of every table in the handbook, by the table's name."""
    found: dict[str, set[str]] = {}
    for page in PAGES:
        for match in TABLE.finditer(read(page)):
            found[match[2]] = set(KEY.findall(match[0]))
    return found


TOLD = tables()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_tables_are_as_the_model_declares(page: Path) -> None:
    text = read(page)
    assert with_tables(text) == text, "run scripts/handbook-tables"


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_key_of_a_kind_is_in_its_tables(kind: object) -> None:
    name, record = getattr(kind, "name"), getattr(kind, "record")  # noqa: B009
    assert set(keys_of(record)) == TOLD["record"] | TOLD[name]


@pytest.mark.parametrize("name", HELD)
def test_every_key_of_what_holds_records_is_in_its_table(name: str) -> None:
    assert set(keys_of(HELD[name])) == TOLD[name]


def test_every_table_stands_in_the_handbook() -> None:
    assert set(TOLD) == set(TABLES)


def test_required_keys_are_marked() -> None:
    rows = "".join(TABLES["notice"].rows())
    assert re.search(r"\| `date` \|.*\| 是 \|", rows)
    assert re.search(r"\| `number` \|.*\|  \|", rows)


def test_the_script_can_be_run() -> None:
    assert os.access(ROOT / "scripts" / "handbook-tables", os.X_OK)


def test_unknown_table_is_refused() -> None:
    with pytest.raises(UnknownTable):
        with_tables("<!-- 表：nothing -->\n<!-- 表完 -->\n")


def test_command_tells_and_mends_stale_pages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "a.md"
    page.write_text("<!-- 表：author -->\n旧\n<!-- 表完 -->\n", encoding="utf-8")
    assert write_tables.main(["--check"], tmp_path) == 1
    assert "旧" in read(page)
    assert write_tables.main([], tmp_path) == 0
    assert "`affiliation`" in read(page)
    assert write_tables.main(["--check"], tmp_path) == 0
    assert capsys.readouterr().out == "a.md\na.md\n"
    assert write_tables.main(["--all"], tmp_path) == 2
