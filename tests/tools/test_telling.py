"""What stops a build is told in Chinese, with what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from site_plugins.tools.telling import BuildFailed, Telling
from tests.site_in_memory import settings


def _told(error: Exception) -> str:
    with (
        pytest.raises(BuildFailed) as failed,
        Telling(settings(), is_quiet=True).explained(),
    ):
        raise error
    return str(failed.value)


def _of_database(*statements: str) -> sqlite3.Error:
    database = sqlite3.connect(":memory:", isolation_level=None)
    *before, last = statements
    for statement in before:
        database.execute(statement)
    with pytest.raises(sqlite3.Error) as raised:
        database.execute(last)
    return raised.value


def test_a_full_disk_is_told_as_such_for_files_and_databases() -> None:
    error = _of_database(
        "CREATE TABLE a (b)", "PRAGMA max_page_count = 2", "INSERT INTO a VALUES (zeroblob(99999))"
    )
    told = _told(error)
    assert "缓存" in told
    assert "磁盘满了" in told
    assert "再生成一次" in told
    assert "删去" not in told
    told = _told(OSError(28, "No space left on device", "/srv/site/a"))
    assert told.startswith("不能读写 /srv/site/a：磁盘满了。")


def test_a_database_that_is_at_fault_itself_may_be_deleted() -> None:
    assert "删去" in _told(_of_database("SELECT * FROM none"))


def test_where_the_system_names_no_file_both_folders_are_named(tmp_path: Path) -> None:
    told = _told(OSError(28, "No space left on device"))
    assert "None" not in told
    assert settings().cache in told
    assert settings().output in told
