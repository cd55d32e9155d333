"""The files of a tree, packed: tens of thousands of which a build changes a few.

Every build looks at all of them: whether they are as they were left, and what digest they make
together. As objects of their own they would cost it more than all that it changes; so they lie in
sections in the order of their paths, each with what is asked of all files ready in one piece, and
only sections that hold what is changed are opened.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from msgspec import Struct

STAMP = 32
"""Bytes of a stamp, which are nobody's business here."""

NO_STAMP = bytes(STAMP)
"""The stamp of a file that was not looked at."""

SECTION = 64
"""Files of a section; one that grew to twice as many is parted."""

_LOWEST = ""
"""What the section is called that begins before every path."""
_DIGEST = 64
_BETWEEN = "\0"
"""No path has it."""


class Output(NamedTuple):
    """A file of the tree: the unit that made it, and the SHA-256 of its bytes, empty where the
    tree's digest leaves it out."""

    unit: str
    digest: str


class Run(NamedTuple):
    """Files one after another that one unit made: how many, and whether the tree's digest takes
    them in."""

    unit: str
    length: int
    is_told: bool


class FileSection(Struct, frozen=True, array_like=True):
    """Files that follow each other in the order of paths.

    Attributes:
        joined: the paths, a zero character between two.
        runs: who made them.
        stamps: what tells whether they are as they were left, one after another.
        lines: of those that the tree's digest takes in, what it takes (see :meth:`TreeFiles.told`).
    """

    joined: str = ""
    runs: tuple[Run, ...] = ()
    stamps: bytes = b""
    lines: str = ""

    @property
    def paths(self) -> list[str]:
        """The path of each file."""
        return self.joined.split(_BETWEEN) if self.runs else []

    def stamped(self) -> Iterator[tuple[str, bytes]]:
        """The path of each file, and its stamp."""
        for number, path in enumerate(self.paths):
            yield path, self.stamps[number * STAMP : (number + 1) * STAMP]

    def rows(self) -> Iterator[tuple[str, _Row]]:
        """Each file."""
        files, at = self.stamped(), 0
        for unit, length, is_told in self.runs:
            for path, stamp in islice(files, length):
                digest = ""
                if is_told:
                    digest = self.lines[at : at + _DIGEST]
                    at += len(_line(digest, path))
                yield path, _Row(Output(unit, digest), stamp)


class _Row(NamedTuple):
    output: Output
    stamp: bytes


class TreeFiles:
    """The files of the last tree, and then those of the new.

    Args:
        sections: name → section, as :meth:`section` gave them, if anything is remembered.
    """

    def __init__(self, sections: Mapping[str, FileSection] | None = None) -> None:
        self._sections = dict(sections or {})
        self._sections.setdefault(_LOWEST, FileSection())
        self._firsts = sorted(self._sections)
        self._opened: dict[str, dict[str, _Row]] = {}
        self._count = sum(run.length for section in self.sections() for run in section.runs)
        self.touched: set[str] = set()
        """Sections that are not what they were, some of which may be gone."""

    def __len__(self) -> int:
        return self._count

    def sections(self) -> Iterator[FileSection]:
        """All, in order."""
        return (self._sections[first] for first in self._firsts)

    def section(self, first: str) -> FileSection | None:
        """The section of a name; None where there is none."""
        return self._sections.get(first)

    def paths(self) -> Iterator[str]:
        """The path of each file, in order."""
        for section in self.sections():
            yield from section.paths

    def get(self, path: str) -> Output | None:
        """A file; None where there is none of the path."""
        row = self._rows(section_of(self._firsts, path)).get(path)
        return row.output if row is not None else None

    def of_others(self, units: Container[str]) -> Iterator[str]:
        """The files that no one of these units has made."""
        for section in self.sections():
            if all(run.unit in units for run in section.runs):
                continue
            place, paths = 0, section.paths
            for run in section.runs:
                if run.unit not in units:
                    yield from paths[place : place + run.length]
                place += run.length

    def told(self) -> str:
        """What the tree's digest is made from: of every file that it takes in, in the order of
        paths, its digest, two spaces, its path and the end of a line."""
        return "".join(section.lines for section in self.sections())

    def count_told(self) -> int:
        """How many files that are."""
        return sum(r.length for section in self.sections() for r in section.runs if r.is_told)

    def stamps(self) -> bytes:
        """The stamps of all files, in the order of paths."""
        return b"".join(section.stamps for section in self.sections())

    def change(self, fresh: Mapping[str, Output], gone: Collection[str] = ()) -> None:
        """Put files that were made, each in place of any of its path, without a stamp; take others
        away."""
        changes: dict[str, dict[str, _Row | None]] = defaultdict(dict)
        for path in gone:
            changes[section_of(self._firsts, path)][path] = None
        for path, output in fresh.items():
            changes[section_of(self._firsts, path)][path] = _Row(output, NO_STAMP)
        self._apply(changes)

    def stamp(self, stamps: Mapping[str, bytes]) -> None:
        """Give files their stamps; what is not of the tree is passed over."""
        changes: dict[str, dict[str, _Row | None]] = defaultdict(dict)
        for path, stamp in stamps.items():
            first = section_of(self._firsts, path)
            row = self._rows(first).get(path)
            if row is not None and row.stamp != stamp:
                changes[first][path] = row._replace(stamp=stamp)
        self._apply(changes)

    def _rows(self, first: str) -> dict[str, _Row]:
        rows = self._opened.get(first)
        if rows is None:
            rows = self._opened[first] = dict(self._sections[first].rows())
        return rows

    def _apply(self, changes: Mapping[str, Mapping[str, _Row | None]]) -> None:
        for first, changed in changes.items():
            before = self._rows(first)
            after = {**before, **changed}
            rows = [(path, row) for path, row in sorted(after.items()) if row is not None]
            self._count += len(rows) - len(before)
            self._replace(first, rows)
        self._firsts = sorted(self._sections)

    def _replace(self, first: str, rows: Sequence[tuple[str, _Row]]) -> None:
        """Put a section's files anew, in several sections if it has grown.

        Each is called by its first path, but the lowest, which takes whatever comes before it and
        stays.
        """
        del self._sections[first]
        self._opened.pop(first, None)
        self.touched.add(first)
        size = SECTION if len(rows) >= 2 * SECTION else 2 * SECTION
        parts = [rows[at : at + size] for at in range(0, len(rows), size)]
        if not parts and first == _LOWEST:
            parts = [[]]
        for number, part in enumerate(parts):
            name = part[0][0] if number or first != _LOWEST else _LOWEST
            self._sections[name] = _packed(part)
            self.touched.add(name)


def section_of(firsts: Sequence[str], path: str) -> str:
    """What the section of a path is called, of those of a tree."""
    return firsts[bisect_right(firsts, path) - 1]


def _packed(rows: Sequence[tuple[str, _Row]]) -> FileSection:
    runs = groupby((row.output.unit, bool(row.output.digest)) for _, row in rows)
    lines = (_line(row.output.digest, path) for path, row in rows if row.output.digest)
    return FileSection(
        joined=_BETWEEN.join(path for path, _ in rows),
        runs=tuple(Run(unit, sum(1 for _ in run), is_told) for (unit, is_told), run in runs),
        stamps=b"".join(row.stamp for _, row in rows),
        lines="".join(lines),
    )


def _line(digest: str, path: str) -> str:
    return f"{digest}  {path}\n"
