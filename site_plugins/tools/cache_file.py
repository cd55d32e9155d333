"""One file of the cache: a SQLite database that knows whether it is whole."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path

from site_plugins.tools.stamps import stamp_of
from site_plugins.tools.system_words import about

NEW = "第一次生成"
OTHER_KEY = "设置、主题、程序或软件包变了"
LOST = "缓存缺损"
DAMAGE = "缓存文件 {name} 已损坏，其中的内容重新生成"

_REFUSALS = {
    sqlite3.SQLITE_FULL: "磁盘满了",
    sqlite3.SQLITE_READONLY: "只能读，不能写",
    sqlite3.SQLITE_IOERR: "磁盘读写出错",
    sqlite3.SQLITE_BUSY: "正被别的程序占用",
    sqlite3.SQLITE_LOCKED: "正被别的程序占用",
    sqlite3.SQLITE_CANTOPEN: "打不开",
    sqlite3.SQLITE_PERM: "没有权限",
}
_PRIMARY = 0xFF
"""The part of an error's number that tells its sort."""

_LARGE_PAGE = 8192
"""Bytes of a page of a file of texts."""


class CacheFile:
    """A database below ``.cache/jianyan/``; whatever happens to it, it is only a cache.

    ``key`` stands for all that its contents depend on as a whole: with another key it is empty.
    A digest of the file beside it tells damage, and its stamp whether anybody has touched it since;
    if not, it need not be read for that. Where the digest is missing, the last build was
    stopped while it wrote, and the database says itself whether it is sound. What is deleted is
    overwritten.

    Args:
        file: where it lies.
        schema: SQL that makes its tables.
        key: see above.
        tell: hears of damage, in Chinese.
        is_summed: False for a large file whose rows carry checksums of their own.
    """

    def __init__(
        self,
        file: Path,
        schema: str,
        key: str,
        tell: Callable[[str], None],
        *,
        is_summed: bool = True,
    ) -> None:
        self._file = file
        self._sum = file.with_suffix(".sum")
        self._schema = schema
        self._key = key
        self._is_summed = is_summed
        self._tell = tell
        self.is_fresh = False
        """Whether nothing of a former build is in it."""
        self.why_fresh = NEW
        """Why it is fresh."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self.database = self._open()

    def commit(self) -> None:
        """Keep what was written since the last time."""
        if not self.database.in_transaction:
            return
        with contextlib.suppress(FileNotFoundError):
            self._sum.unlink()
        self.database.commit()
        if self._is_summed:
            fresh = self._sum.with_suffix(".new")
            with about(fresh):
                fresh.write_text(f"{_stamp(self._file)} {_digest(self._file)}", encoding="ascii")
            os.replace(fresh, self._sum)

    def start_anew(self, *, damaged: bool) -> None:
        """Empty the cache, because it is damaged or of no more use."""
        if damaged:
            self._tell(DAMAGE.format(name=self._file.name))
        self.database.close()
        self._remove()
        self.database = self._connect()
        self._make()

    def is_damaged(self, error: sqlite3.DatabaseError) -> bool:
        """Whether the file is to blame for an error. Where the system refuses something, because
        the disk is full, what the file holds is as good as it was."""
        if refusal_of(error) is None:
            return True
        # A damaged header may say that the file can only be read.
        return error.sqlite_errorcode == sqlite3.SQLITE_READONLY and os.access(self._file, os.W_OK)

    def close(self) -> None:
        """Let go of the file; what was not committed is lost."""
        self.database.close()

    def _open(self) -> sqlite3.Connection:
        if not self._file.exists():
            self._remove()
            database = self._connect()
            self.database = database
            self._make()
            return database
        if self._is_summed and not self._matches():
            self.why_fresh = LOST
            self._tell(DAMAGE.format(name=self._file.name))
            self._remove()
            return self._open()
        try:
            database = self._connect()
            (key,) = database.execute("SELECT key FROM meta").fetchone()
            if self._is_summed and not self._sum.exists():
                (answer,) = database.execute("PRAGMA integrity_check").fetchone()
                if answer != "ok":
                    raise sqlite3.DatabaseError(answer)
        except (sqlite3.DatabaseError, TypeError, ValueError) as error:
            if isinstance(error, sqlite3.DatabaseError) and not self.is_damaged(error):
                raise
            self.why_fresh = LOST
            self._tell(DAMAGE.format(name=self._file.name))
            with contextlib.suppress(UnboundLocalError, sqlite3.Error):
                database.close()
            self._remove()
            return self._open()
        if key != self._key:
            self.why_fresh = OTHER_KEY
            database.close()
            self._remove()
            return self._open()
        return database

    def _connect(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._file, isolation_level=None, check_same_thread=False)
        if not self._is_summed:
            # A text fits into one page or two, and is asked for without a lock being taken and
            # given back: only one build at a time comes here.
            database.execute(f"PRAGMA page_size = {_LARGE_PAGE}")
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
        # A power cut may damage the file; that is found out, and it is only a cache.
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA secure_delete = ON")
        # Of texts each is wanted once or twice: what is kept of their file is no use.
        database.execute(f"PRAGMA cache_size = {-16000 if self._is_summed else -4000}")
        return database

    def _make(self) -> None:
        self.is_fresh = True
        self.database.executescript(self._schema)
        self.database.execute("CREATE TABLE meta (key TEXT NOT NULL)")
        self.database.execute("INSERT INTO meta VALUES (?)", (self._key,))

    def _matches(self) -> bool:
        try:
            wanted = self._sum.read_text(encoding="ascii")
        except FileNotFoundError:
            return True
        except (OSError, UnicodeDecodeError):
            return False
        stamp, _, digest = wanted.partition(" ")
        return stamp == _stamp(self._file) or digest == _digest(self._file)

    def _remove(self) -> None:
        for path in (self._file, self._sum, Path(f"{self._file}-journal")):
            with contextlib.suppress(FileNotFoundError):
                path.unlink()


def refusal_of(error: sqlite3.Error) -> str | None:
    """What the system refused a database, in Chinese; None where the database is to blame."""
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    if code in (sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_READONLY_DBMOVED):
        # The file is shorter than it says, or somebody has removed it.
        return None
    return _REFUSALS.get(code & _PRIMARY)


def begin(database: sqlite3.Connection) -> None:
    """Write from here on within one transaction."""
    if not database.in_transaction:
        database.execute("BEGIN")


def _stamp(file: Path) -> str:
    return ".".join(map(str, stamp_of(file.stat())))


def _digest(file: Path) -> str:
    """Length and CRC-32: against accidents, and quickly."""
    check = size = 0
    with file.open("rb") as content:
        while chunk := content.read(1 << 20):
            check = zlib.crc32(chunk, check)
            size += len(chunk)
    return f"{size} {check:08x}"
