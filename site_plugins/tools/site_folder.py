"""Makes a folder exactly the new tree, or leaves it as it was.

New files wait in a staging folder until all are there. Then a journal says what is to be done,
and files are replaced by rename, what is no longer part of the tree is removed, the journal goes.
A build that was killed before the journal has changed nothing; one killed after it is completed
by the next build of the folder; a build of another folder drops journal and staging, for the next
build compares every file anyway. Files that are as they should be are not touched and keep their
dates.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Struct, field

from site_plugins.build.ports import Laid
from site_plugins.build.tree_files import FileSection, TreeFiles
from site_plugins.domain.artifacts import Artifact
from site_plugins.tools.site_journal import (
    UNFINISHED,
    Journal,
    remove_empty,
    remove_if_empty,
)
from site_plugins.tools.stamps import packed, stamp_of
from site_plugins.tools.tray import Tray
from site_plugins.tools.tree_folders import TreeFolders, folder_of, folders_above

_MARK = "build.json"


class ForeignFolder(Exception):
    """The folder holds something that no build has put there."""


class Changes(Struct):
    """What a build changed, paths relative to the site folder."""

    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0


class Memory(Protocol):
    """How the last build left the folder."""

    @property
    def files(self) -> TreeFiles:
        """The files and their stamps; when the folder is made the new tree, those of that."""

    @property
    def folders(self) -> Mapping[str, int]:
        """When each folder was last changed; empty where nothing is known."""

    def note_folders(self, folders: Mapping[str, int | None]) -> None:
        """Note folders that are not as they were, those without a time gone."""


class NoMemory:
    """Nothing is known of the folder; what is noted is."""

    def __init__(self) -> None:
        self.files = TreeFiles()
        self.folders: dict[str, int] = {}

    def note_folders(self, folders: Mapping[str, int | None]) -> None:
        """See :class:`Memory`."""
        for path, time in folders.items():
            if time is not None:
                self.folders[path] = time
            else:
                self.folders.pop(path, None)


class SiteFolder:
    """The site folder ``folder``; ``cache`` keeps staging folder and journal.

    ``owned``: the folder is the site's own by the
    settings, so whatever lies in it may go; any other folder must be empty or a former build.
    """

    def __init__(
        self, folder: str, cache: str, *, owned: bool, memory: Memory | None = None
    ) -> None:
        self._folder = Path(folder)
        self._stagings = Path(cache) / "staging"
        # One for each build: a process that a killed build has left behind may still lay files
        # into its own.
        self._staging = self._stagings / os.urandom(8).hex()
        self._journal = Journal(Path(cache) / "journal.json", self._folder, self._stagings)
        self._memory: Memory = memory or NoMemory()
        self.changes = Changes()
        self._touched: set[str] = set()
        self._stirred: set[str] = set()
        self._owned = owned
        # Where there is no site yet, the new tree is moved there as a whole.
        self._is_first = _is_nothing(self._folder)
        self.tray = Tray(str(self._folder), str(self._staging), is_tree=self._is_first)
        """Lays files of the new tree, here and in other processes."""
        self._folders = TreeFolders(folder)

    def open(self) -> SiteFolder:
        """Complete what a killed build left, and begin a new tree.

        Raises:
            ForeignFolder: the folder is neither empty nor a build.
        """
        folder = self._folder
        if not self._owned and not _is_free(folder) and not _is_build(folder):
            raise ForeignFolder(str(folder))
        self._journal.complete()
        # What such a process puts there meanwhile is left to the next build.
        shutil.rmtree(self._stagings, ignore_errors=True)
        self._staging.mkdir(parents=True)
        return self

    def damaged(self) -> set[str]:
        """The files that are not as the last build left them."""
        files, root = self._memory.files, f"{self._folder}/"
        found = {path for section in files.sections() for path in _unlike(section, root)}
        folders, known = self._folders, self._memory.folders
        if not known or not all(map(folders.is_plain, folders.unlike(known))):
            found.update(p for p in files.paths() if not folders.is_plain(folder_of(p)))
        return found

    def published(self, path: str) -> bytes | None:
        """A file as it is published now; None where there is none."""
        try:
            return (self._folder / path).read_bytes()
        except OSError:
            return None

    def put(self, artifact: Artifact) -> None:
        """Take a file into the new tree; one that is there already, byte by byte, stays."""
        self.take(self.tray.lay(artifact))

    def take(self, laid: Laid) -> None:
        """Take a file into the new tree that was laid on the tray."""
        self._touched.add(laid.path)
        if laid.is_new:
            self.changes.written.append(laid.path)
        else:
            self.changes.unchanged += 1

    def commit(self, gone: Collection[str] = (), kept: int = 0) -> None:
        """Make the folder the new tree; see :class:`~site_plugins.build.ports.Publisher`.

        What is kept was looked at by :meth:`damaged`.
        """
        self.changes.unchanged += kept
        removed = sorted(set(self._surplus(gone)))
        self.changes.written.sort()
        self.changes.removed = [os.fsencode(path).decode("utf-8", "replace") for path in removed]
        if removed or self.changes.written:
            # The mark first: whatever stops this build, the next may go on in the folder.
            written = sorted(self.changes.written, key=lambda path: (path != _MARK, path))
            self._journal.write(self._staging.name, written, removed, is_tree=self._is_first)
            if removed or not self._moved_whole():
                self._journal.complete(tidy=not self._memory.folders)
            self._journal.close()
        elif not self._memory.folders:
            remove_empty(self._folder)
        for path in self._stirred:
            remove_empty(self._folder / path)
        remove_if_empty(self._folder, self._stirred)
        self._folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self._stagings, ignore_errors=True)
        self._remember(removed)

    def _moved_whole(self) -> bool:
        """Put the whole new tree where there is none yet; False where it must go file by file."""
        folder = self._folder
        if not self._is_first or not _is_nothing(folder):
            return False
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            os.rename(self._staging, folder)
        except OSError:
            # On another disk than the cache.
            return False
        return True

    def _surplus(self, gone: Collection[str]) -> Iterator[str]:
        """Files and links of the folder that are not of the new tree; ``gone`` of the last one."""
        known = self._memory
        if not known.folders:
            yield from (path for path in self._present() if not self._is_of_the_tree(path, gone))
            return
        yield from gone
        root = f"{self._folder}/"
        for path, time in self._folders.unlike(known.folders).items():
            if time is None:
                continue
            if not self._folders.is_plain(path):
                # What lies behind a link is not the site's: the link alone goes.
                found = (p for p in (path, *folders_above(path)) if p)
                yield from (p for p in found if os.path.islink(root + p))
            else:
                self._stirred.add(path)
                yield from (p for p in self._present(path) if not self._is_of_the_tree(p, gone))

    def _is_of_the_tree(self, path: str, gone: Collection[str]) -> bool:
        if path in self._touched:
            return True
        return path not in gone and self._memory.files.get(path) is not None

    def _remember(self, removed: Sequence[str]) -> None:
        """Note how the folder is left."""
        memory, root = self._memory, f"{self._folder}/"
        stamps = {path: packed([stamp_of(os.lstat(root + path))]) for path in self._touched}
        memory.files.stamp(stamps)
        lowest = {folder_of(path) for path in (*self.changes.written, *removed)}
        # Of what lay there by chance as it was to be, the folder need not be known.
        lowest.update({folder_of(path) for path in self._touched} - memory.folders.keys())
        if not memory.folders:
            lowest.update(map(folder_of, memory.files.paths()))
        above = {"", *lowest, *(a for p in lowest for a in folders_above(p)), *self._stirred}
        memory.note_folders({path: _time_of(root + path) for path in above})

    def _present(self, below: str = "") -> Iterator[str]:
        """Every file and link of the folder, or of one within; links are never followed.

        What is hidden at the top is not the site's: ``.git`` of a work tree, ``.htaccess``. MkDocs
        leaves it too.
        """
        start = str(self._folder)
        for folder, folders, files in os.walk(os.path.join(start, below) if below else start):
            prefix = os.path.relpath(folder, start).replace(os.sep, "/")
            prefix = "" if prefix == "." else prefix + "/"
            if not prefix:
                folders[:] = [name for name in folders if not name.startswith(".")]
                files = [f for f in files if not f.startswith(".") or f.endswith(UNFINISHED)]
            linked = [name for name in folders if os.path.islink(os.path.join(folder, name))]
            yield from (prefix + name for name in (*files, *linked))


def _unlike(section: FileSection, root: str) -> list[str]:
    """The files of a section that are not as it says they were left."""
    lstat, paths = os.lstat, section.paths
    try:
        there = [lstat(root + path) for path in paths]
        # As stamp_of gives it: of every file of the tree a call less.
        stamps = packed((s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino) for s in there)
    except OSError:
        stamps = b""
    if stamps == section.stamps:
        return []
    return [path for path, stamp in section.stamped() if _stamp_at(root + path) != stamp]


def _stamp_at(path: str) -> bytes:
    try:
        return packed([stamp_of(os.lstat(path))])
    except OSError:
        return b""


def _is_free(folder: Path) -> bool:
    """Whether nothing is lost when a site is written there."""
    if folder.is_dir():
        # A build on another disk may have been killed while it copied its first file.
        unfinished = f".{_MARK}{UNFINISHED}"
        return all(entry.name == unfinished for entry in folder.iterdir())
    return not os.path.lexists(folder)


def _is_nothing(folder: Path) -> bool:
    """Whether there is no site yet, nor anything in its place."""
    return not folder.is_symlink() and _is_free(folder) and not folder.is_file()


def _is_build(folder: Path) -> bool:
    """Whether the folder is a former build; other programs have a build.json too."""
    try:
        facts = json.loads((folder / _MARK).read_text(encoding="utf-8"))
        return str(facts["generator"]).startswith("Jianyan ")
    except (OSError, LookupError, TypeError, ValueError):
        return False


def _time_of(folder: str) -> int | None:
    """When a folder was last changed; None where there is none."""
    try:
        there = os.lstat(folder)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return there.st_mtime_ns if stat.S_ISDIR(there.st_mode) else None
