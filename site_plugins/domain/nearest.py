"""The nearest known word to a mistyped one, for messages that suggest a correction."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable

_MANY = 500  # names in one folder above which a near one is not looked for: it would take seconds


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like ``word``, or None where none is near."""
    # Loaded here: where nothing is mistyped, nothing is compared.
    from difflib import get_close_matches

    matches = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


def suggestion(word: str, known: Iterable[str]) -> str:
    """``（是不是“title”？）`` or an empty text."""
    return suggested(nearest(word, known))


def suggested(near: str | None) -> str:
    """A near word as a message says it; empty where there is none."""
    return f"（是不是“{near}”？）" if near else ""


class KnownPaths:
    """Paths of files, asked for the one that a wrong path meant.

    People mistype a name, or put the right name into a wrong folder; that whole paths look alike
    means little, since all of one folder do.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self._in_folder: dict[str, list[str]] = defaultdict(list)
        self._of_name: dict[str, list[str]] = defaultdict(list)
        for path in paths:
            folder, name = posixpath.split(path)
            self._in_folder[folder].append(name)
            self._of_name[name].append(path)

    def nearest(self, path: str) -> str | None:
        """The path most likely meant: a like name beside it, else the same name elsewhere."""
        folder, name = posixpath.split(path)
        beside = self._in_folder.get(folder, [])
        if len(beside) <= _MANY:
            # By the names without their endings, which make all pictures of a folder look alike.
            stems = {name.partition(".")[0]: name for name in sorted(beside)}
            near = nearest(name.partition(".")[0], stems)
            if near is not None:
                return posixpath.join(folder, stems[near])
        return min(self._of_name.get(name, ()), default=None)
