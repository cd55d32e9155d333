"""A file of the cache knows whether it is whole; what is deleted from it is gone."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_plugins.tools import cache_file
from site_plugins.tools.cache_file import DAMAGE, CacheFile, begin, refusal_of
from tests.tools.narrow_disk import no_file_beyond

SCHEMA = "CREATE TABLE word (name TEXT PRIMARY KEY, said TEXT) WITHOUT ROWID;"
TOLD = DAMAGE.format(name="words.sqlite3")


def _open(folder: Path, told: list[str], key: str = "key", *, is_summed: bool = True) -> CacheFile:
    return CacheFile(folder / "words.sqlite3", SCHEMA, key, told.append, is_summed=is_summed)


def _write(folder: Path, words: dict[str, str], *, is_summed: bool = True) -> None:
    file = _open(folder, [], is_summed=is_summed)
    begin(file.database)
    file.database.executemany("REPLACE INTO word VALUES (?, ?)", list(words.items()))
    file.commit()
    file.close()


def _read(file: CacheFile) -> dict[str, str]:
    return dict(file.database.execute("SELECT name, said FROM word"))


def _error(file: CacheFile, *statements: str) -> sqlite3.DatabaseError:
    """What goes wrong with the last of them."""
    *before, last = statements
    for statement in before:
        file.database.execute(statement)
    with pytest.raises(sqlite3.DatabaseError) as raised:
        file.database.execute(last)
    return raised.value


WORDS = {f"word {n}": "said " * 50 + str(n) for n in range(100)}


def test_a_file_is_read_for_its_sum_only_where_somebody_has_touched_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, WORDS)
    summed: list[Path] = []
    digest = cache_file._digest

    def counted(file: Path) -> str:
        summed.append(file)
        return digest(file)

    monkeypatch.setattr(cache_file, "_digest", counted)
    told: list[str] = []
    for is_touched in (False, True):
        file = tmp_path / "words.sqlite3"
        if is_touched:
            # The same bytes, with the same times, as another file: as a copy of the cache has them.
            before = file.stat()
            content = file.read_bytes()
            file.unlink()
            file.write_bytes(content)
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        with closing(_open(tmp_path, told)) as opened:
            assert _read(opened) == WORDS
        assert bool(summed) == is_touched
    assert told == []


@pytest.mark.parametrize("is_summed", [True, False])
def test_what_was_committed_is_there_next_time(tmp_path: Path, is_summed: bool) -> None:
    told: list[str] = []
    first = _open(tmp_path, told, is_summed=is_summed)
    assert first.is_fresh
    first.close()
    _write(tmp_path, WORDS, is_summed=is_summed)
    again = _open(tmp_path, told, is_summed=is_summed)
    assert (_read(again), again.is_fresh, told) == (WORDS, False, [])
    assert (tmp_path / "words.sum").exists() == is_summed


def test_what_was_not_committed_is_lost(tmp_path: Path) -> None:
    _write(tmp_path, {"a": "1"})
    file = _open(tmp_path, [])
    begin(file.database)
    file.database.execute("REPLACE INTO word VALUES ('b', '2')")
    file.close()
    told: list[str] = []
    assert (_read(_open(tmp_path, told)), told) == ({"a": "1"}, [])


def test_a_commit_of_nothing_writes_nothing(tmp_path: Path) -> None:
    _write(tmp_path, {"a": "1"})
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    file = _open(tmp_path, [])
    file.commit()
    file.close()
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_with_another_key_it_is_empty_and_no_damage_is_told(tmp_path: Path) -> None:
    _write(tmp_path, WORDS)
    told: list[str] = []
    other = _open(tmp_path, told, "other")
    assert (_read(other), other.is_fresh, told) == ({}, True, [])
    assert (tmp_path / "words.sqlite3").stat().st_size < 20_000


def _size(folder: Path) -> int:
    return (folder / "words.sqlite3").stat().st_size


def _damage(folder: Path, how: str, at: int = 0) -> None:
    file = folder / "words.sqlite3"
    content = bytearray(file.read_bytes())
    if how == "truncated":
        content = content[: at % len(content)]
    elif how == "flipped":
        content[at % len(content)] ^= 0xFF
    elif how == "longer":
        content += b"x"
    elif how == "of another program":
        content = bytearray(b"%PDF-1.7 " * 500)
    file.write_bytes(content)


@pytest.mark.parametrize("how", ["truncated", "flipped", "longer", "of another program"])
@pytest.mark.parametrize("at", [0, 20, 1000, 5000, 9000])
def test_damage_is_told_once_and_it_begins_anew(tmp_path: Path, how: str, at: int) -> None:
    _write(tmp_path, WORDS)
    _damage(tmp_path, how, at)
    told: list[str] = []
    file = _open(tmp_path, told)
    assert (_read(file), file.is_fresh, told) == ({}, True, [TOLD])
    file.close()
    _write(tmp_path, {"a": "1"})
    assert _read(_open(tmp_path, told)) == {"a": "1"}
    assert told == [TOLD]


@pytest.mark.parametrize("written", [b"", b"0" * 32, b"\xff\xfe"])
def test_a_wrong_sum_is_damage(tmp_path: Path, written: bytes) -> None:
    _write(tmp_path, WORDS)
    (tmp_path / "words.sum").write_bytes(written)
    told: list[str] = []
    assert (_read(_open(tmp_path, told)), told) == ({}, [TOLD])


def test_without_its_sum_a_sound_file_is_read(tmp_path: Path) -> None:
    """The build before was stopped between the database and its sum."""
    _write(tmp_path, WORDS)
    (tmp_path / "words.sum").unlink()
    told: list[str] = []
    assert (_read(_open(tmp_path, told)), told) == (WORDS, [])


def test_without_its_sum_a_damaged_file_is_found_out(tmp_path: Path) -> None:
    _write(tmp_path, WORDS)
    (tmp_path / "words.sum").unlink()
    file = tmp_path / "words.sqlite3"
    content = bytearray(file.read_bytes())
    # The pages of the table: its tree no longer holds together.
    content[2 * 4096 : 3 * 4096] = bytes(4096)
    file.write_bytes(content)
    told: list[str] = []
    assert (_read(_open(tmp_path, told)), told) == ({}, [TOLD])


@pytest.mark.parametrize("is_summed", [True, False])
def test_an_empty_file_begins_anew(tmp_path: Path, is_summed: bool) -> None:
    """A build was stopped when the file had just been made."""
    (tmp_path / "words.sqlite3").write_bytes(b"")
    told: list[str] = []
    assert _read(_open(tmp_path, told, is_summed=is_summed)) == {}
    assert told == [TOLD]


@settings(max_examples=60)
@given(st.integers(0, 30_000), st.sampled_from(["truncated", "flipped"]), st.booleans())
def test_no_damage_stops_a_build(
    tmp_path_factory: pytest.TempPathFactory, at: int, how: str, is_summed: bool
) -> None:
    folder = tmp_path_factory.mktemp("cache")
    _write(folder, WORDS, is_summed=is_summed)
    _damage(folder, how, at)
    file = _open(folder, [], is_summed=is_summed)
    try:
        found = _read(file)
    except sqlite3.DatabaseError:
        # Rows without a sum of the file carry their own: whoever reads them looks at these.
        assert not is_summed
        file.start_anew(damaged=True)
        found = _read(file)
    if is_summed:
        assert found == {}
    begin(file.database)
    file.close()


FILL = "INSERT INTO word VALUES ('full', zeroblob(1000000))"


def test_a_full_disk_is_no_damage(tmp_path: Path) -> None:
    _write(tmp_path, WORDS)
    told: list[str] = []
    file = _open(tmp_path, told)
    error = _error(file, "PRAGMA max_page_count = 8", FILL)
    assert (file.is_damaged(error), refusal_of(error)) == (False, "磁盘满了")
    file.close()
    file = _open(tmp_path, told)
    with no_file_beyond(20_000):
        error = _error(file, FILL)
    assert (file.is_damaged(error), refusal_of(error)) == (False, "磁盘读写出错")
    file.close()
    assert (_read(_open(tmp_path, told)), told) == (WORDS, [])


def test_a_file_that_others_hold_is_no_damage(tmp_path: Path) -> None:
    _write(tmp_path, WORDS)
    told: list[str] = []
    file = _open(tmp_path, told)
    with closing(sqlite3.connect(tmp_path / "words.sqlite3")) as other:
        other.execute("BEGIN EXCLUSIVE")
        error = _error(file, "PRAGMA busy_timeout = 0", FILL)
        assert (file.is_damaged(error), refusal_of(error)) == (False, "正被别的程序占用")
    assert (_read(_open(tmp_path, told)), told) == (WORDS, [])


def test_a_damaged_header_is_damage_whatever_it_says(tmp_path: Path) -> None:
    _write(tmp_path, WORDS, is_summed=False)
    path = tmp_path / "words.sqlite3"
    content = bytearray(path.read_bytes())
    # Version of the format for writing: higher than known means that it can only be read.
    content[18] = 9
    path.write_bytes(content)
    file = _open(tmp_path, [], is_summed=False)
    error = _error(file, FILL)
    assert error.sqlite_errorcode == sqlite3.SQLITE_READONLY
    assert file.is_damaged(error)


KILLED = """\
import os, signal, sys
from pathlib import Path
from site_plugins.tools.cache_file import CacheFile, begin

file = CacheFile(Path(sys.argv[1]), sys.argv[2], "key", print)
begin(file.database)
for n in range(20000):
    file.database.execute("REPLACE INTO word VALUES (?, ?)", (f"new {n}", "x" * 500))
if sys.argv[3] == "writing":
    os.kill(os.getpid(), signal.SIGKILL)
os.replace = lambda *names: os.kill(os.getpid(), signal.SIGKILL)
file.commit()
"""


@pytest.mark.parametrize("when", ["writing", "committed"])
def test_a_process_killed_while_it_writes_leaves_a_sound_file(tmp_path: Path, when: str) -> None:
    _write(tmp_path, WORDS)
    file = tmp_path / "words.sqlite3"
    done = subprocess.run(
        [sys.executable, "-c", KILLED, file, SCHEMA, when], check=False, timeout=60
    )
    assert done.returncode == -signal.SIGKILL
    told: list[str] = []
    found = _read(_open(tmp_path, told))
    assert told in ([], [TOLD])
    if when == "committed":
        assert (len(found), told) == (20100, [])
    else:
        assert found in (WORDS, {})
    assert not Path(f"{file}-journal").exists()


@pytest.mark.parametrize("is_summed", [True, False])
def test_what_is_deleted_is_overwritten(tmp_path: Path, is_summed: bool) -> None:
    secret = {"secret name": "never to be seen " * 800, "b": "2"}
    _write(tmp_path, secret, is_summed=is_summed)
    assert b"never to be seen" in (tmp_path / "words.sqlite3").read_bytes()
    file = _open(tmp_path, [], is_summed=is_summed)
    begin(file.database)
    file.database.execute("DELETE FROM word WHERE name = 'secret name'")
    file.commit()
    file.close()
    for path in tmp_path.iterdir():
        assert b"secret name" not in path.read_bytes()
        assert b"never to be seen" not in path.read_bytes()
    assert _read(_open(tmp_path, [], is_summed=is_summed)) == {"b": "2"}


def test_started_anew_nothing_is_left(tmp_path: Path) -> None:
    _write(tmp_path, WORDS)
    told: list[str] = []
    file = _open(tmp_path, told)
    file.start_anew(damaged=False)
    assert (_read(file), file.is_fresh, told) == ({}, True, [])
    file.start_anew(damaged=True)
    assert told == [TOLD]
    file.close()
    assert b"said said" not in (tmp_path / "words.sqlite3").read_bytes()
    assert os.listdir(tmp_path) == ["words.sqlite3"]
