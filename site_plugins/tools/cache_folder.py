"""The folder of the cache, for one build: whatever stands in the way there is told and removed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from site_plugins.tools.build_lock import one_build_at_a_time

BLOCKED = "缓存里的 {name} 不是{kind}，已移去，其中的内容重新生成"

_LOCK = "lock"
_TREES = "trees"
_OWN_FOLDERS = frozenset({"staging", _TREES})
_FOLDERS = frozenset({"fonts", "preview", "templates"})
"""These may lie elsewhere, behind a link."""
_FILES = (
    *(".sqlite3", ".sqlite3-journal", ".sqlite3-wal", ".sum"),
    *(".seal", ".outline", ".json", ".new"),
)


class NoCacheFolder(Exception):
    """Something else is where the folder must be; the exception's text is its path."""


@contextmanager
def cache_of_one_build(cache: str, tell: Callable[[str], None]) -> Iterator[None]:
    """Make the cache ready; other builds of the site wait until the block ends.

    Args:
        cache: ``.cache/jianyan``.
        tell: hears of what stood in the way, and why this build waits, in Chinese.

    Raises:
        NoCacheFolder: it cannot be made.
    """
    folder = Path(cache)
    for place in (folder.parent, folder):
        if os.path.lexists(place) and not place.is_dir():
            raise NoCacheFolder(str(place))
    lock = folder / _LOCK
    if lock.is_dir() and not lock.is_symlink():
        tell(BLOCKED.format(name=_LOCK, kind="文件"))
        # Another build may do the same: a lock that it has made meanwhile stays.
        shutil.rmtree(lock, ignore_errors=True)
    with one_build_at_a_time(cache, tell):
        _put_right(folder, tell)
        yield


def _put_right(cache: Path, tell: Callable[[str], None]) -> None:
    """Remove what is not of the kind that its name says; what lies behind a link stays."""
    for folder in (cache, cache / _TREES):
        blocking: list[tuple[os.DirEntry[str], str]] = []
        with suppress(FileNotFoundError), os.scandir(folder) as entries:
            blocking = [(entry, kind) for entry in entries if (kind := _missed(entry))]
        for entry, kind in sorted(blocking, key=lambda each: each[0].name):
            tell(BLOCKED.format(name=entry.name, kind=kind))
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry)
            else:
                os.unlink(entry)


def _missed(entry: os.DirEntry[str]) -> str:
    """The kind that an entry should be of and is not; empty for nothing."""
    name = entry.name
    if name in _OWN_FOLDERS:
        return "" if entry.is_dir(follow_symlinks=False) else "文件夹"
    if name in _FOLDERS:
        return "" if entry.is_dir() else "文件夹"
    if name.endswith(_FILES):
        return "" if entry.is_file(follow_symlinks=False) else "文件"
    return ""
