"""One build from beginning to end, and what it tells about itself."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from datetime import datetime

from msgspec import Struct, field

from site_plugins.build.ports import Laid, PressRoom, Publisher, Workshop
from site_plugins.build.preparation import Prepared, prepare
from site_plugins.build.reasons import COMPACT, DAMAGED, describe
from site_plugins.build.rewording import LastBuild, reword
from site_plugins.build.tree_digest import build_facts, digest_of_file
from site_plugins.build.tree_files import Output
from site_plugins.build.units import INDEX, THEME, Kept, SearchUnit, Unit, units_of
from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings
from site_plugins.outputs.pages import PageDraft

_OTHERS = "others"
_FACTS = "build.json"


class Refused(Exception):
    """A strict build found errors; the old site stays."""


class TwoOutputs(Exception):
    """Two files of the tree would have one path, which is the exception's text."""


class Outcome(Struct):
    """What a build did.

    ``seconds`` are wall-clock seconds per stage; ``hits`` per stage how much was remembered, of
    how much; ``reasons`` says of every unit that was made why, ``made`` gives each file that was
    made and its unit; ``all_because`` says why all were. ``only_words``: nothing but words had
    changed, so that most texts were not gone through.
    """

    problems: tuple[Problem, ...] = ()
    records: int = 0
    files: int = 0
    left_out: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    hits: dict[str, tuple[int, int]] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    all_because: str = ""
    only_words: bool = False


class Build:
    """One build in three steps, between which plugins of a host do their work.

    ``outcome`` says what was done so far.
    """

    def __init__(self) -> None:
        self.outcome = Outcome()
        self._prepared: Prepared | None = None
        self._room: PressRoom | None = None
        self._publisher: Publisher | None = None
        self._units: dict[str, Unit] = {}
        self._fresh: dict[str, Output] = {}
        self._left: AbstractSet[str] = frozenset()
        """Units whose files stay as they are."""
        self._kept: dict[str, Collection[str]] = {}
        """Units whose files stay as they are but for some."""

    def prepare(
        self,
        settings: Settings,
        now: datetime,
        workshop: Workshop,
        *,
        strict: bool = False,
        tell: Callable[[Prepared], None] = lambda prepared: None,
    ) -> None:
        """Read, convert and check; ``tell`` hears the problems.

        Raises:
            Refused: ``strict`` and there is an error.
        """
        with self._timed("prepare"):
            prepared = prepare(settings, now, workshop)
        self._take_up(prepared, tell)
        if strict and prepared.errors:
            raise Refused

    def reword(
        self,
        last: LastBuild,
        settings: Settings,
        now: datetime,
        workshop: Workshop,
        *,
        tell: Callable[[Prepared], None] = lambda prepared: None,
    ) -> bool:
        """Take the place of :meth:`prepare` where nothing but words has changed since the last
        build, or do nothing; which of these it was."""
        with self._timed("prepare"):
            prepared = reword(last, settings, now, workshop)
        if prepared is None:
            return False
        self.outcome.only_words = True
        self._take_up(prepared, tell)
        return True

    def _take_up(self, prepared: Prepared, tell: Callable[[Prepared], None]) -> None:
        self._prepared = prepared
        outcome = self.outcome
        outcome.problems, outcome.left_out = prepared.problems, prepared.left_out
        outcome.records = len(prepared.edition.plain.records)
        outcome.hits["prepare"] = (prepared.texts - prepared.read, prepared.texts)
        tell(prepared)

    @property
    def prepared(self) -> Prepared:
        """What :meth:`prepare` has prepared."""
        assert self._prepared is not None, "prepare comes first"
        return self._prepared

    def render(self, room: PressRoom, publisher: Publisher, read: Callable[[str], bytes]) -> None:
        """Make every file of the site that is not as it should be, for the publisher; ``read``
        gives the bytes of a file of content/.

        Raises:
            TwoOutputs: two of them have one path.
        """
        assert self._prepared is not None, "prepare comes first"
        self._publisher, self._room = publisher, room
        with self._timed("render"):
            assets = room.theme()
            self._last = _Last(room, publisher)
            site_view, self._units = units_of(self._prepared, assets, read, self._last)
            stale = self._stale(room)
            self.outcome.reasons = {key: stale[key] for key in self._units if key in stale}
            self.outcome.hits["render"] = (len(self._units) - len(stale), len(self._units))
            self.outcome.all_because = room.all_because
            self._left = self._units.keys() - stale.keys()
            for key in stale:
                unit = self._units.get(key)
                if isinstance(unit, SearchUnit):
                    unit.begin(room.bench, room.tray)
            room.progress.stage("成页", len(stale))
            waiting: deque[tuple[str, str]] = deque()
            drafts = self._drafts(stale, waiting)
            if room.tray is not None and room.post is None:
                laid = room.bench.laid_pages(site_view, assets, drafts, room.store, room.tray)
                for each in laid:
                    self._take(waiting.popleft()[0], each)
                return
            texts = self._prepared.edition.texts_at() if room.post is not None else {}
            for page in room.bench.pages(site_view, assets, drafts, room.store):
                key, path = waiting.popleft()
                if room.post is not None:
                    page = room.post(page, texts.get(path))
                self._put(key, page)

    def _stale(self, room: PressRoom) -> dict[str, str]:
        """The units to be made, each with the reason in words."""
        assert self._prepared is not None
        assert self._publisher is not None
        self._last.look()
        if room.all_because:
            return dict.fromkeys(self._units, room.all_because)
        changed = room.tree.stale(self._prepared.edition.book, self._units.keys())
        new = room.tree.new_because
        stale = {key: describe(facts) if facts else new for key, facts in changed.items()}
        stale.setdefault(THEME, "")
        if room.compact and INDEX in self._units:
            stale.setdefault(INDEX, COMPACT)
        for unit in self._last.damaged_units():
            if unit in self._units:
                stale.setdefault(unit, DAMAGED)
        return stale

    def _drafts(
        self, stale: dict[str, str], waiting: deque[tuple[str, str]]
    ) -> Iterator[PageDraft]:
        """What the stale units make: pages still to be made, other files put at once.

        ``waiting`` then has the unit of each page that is to come.
        """
        assert self._prepared is not None
        assert self._room is not None
        book, tree = self._prepared.edition.book, self._room.tree
        for key, unit in self._units.items():
            if key not in stale:
                continue
            pages: list[PageDraft] = []
            with book.noting() as facts:
                made = unit()
                for one in (made,) if isinstance(made, PageDraft) else made:
                    if isinstance(one, PageDraft):
                        pages.append(one)
                    elif isinstance(one, Kept):
                        self._keep(key, one.but)
                    elif isinstance(one, Laid):
                        self._take(key, one)
                    else:
                        self._put(key, one)
            tree.record(key, facts, reason=stale[key])
            for page in pages:
                waiting.append((key, page.path))
                yield page
            self._room.progress.step()

    def publish(self, extra: Iterable[Artifact] = ()) -> None:
        """Add the files of others, and make the site folder the new tree.

        Raises:
            TwoOutputs: one of them has the path of a file of the site; nothing is published.
        """
        assert self._prepared is not None, "prepare comes first"
        assert self._publisher is not None, "render comes first"
        assert self._room is not None
        edition, tree = self._prepared.edition, self._room.tree
        with self._timed("publish"):
            for artifact in extra:
                self._put(_OTHERS, artifact)
            gone = set(self._gone())
            tree.files.change(self._fresh, gone)
            self._put(_FACTS, build_facts(edition.plain, tree.files))
            tree.files.change({_FACTS: self._fresh[_FACTS]})
            self._publisher.commit(gone - {_FACTS}, len(tree.files) - len(self._fresh))
            self.outcome.files = len(tree.files)
        with self._timed("remember"):
            tree.settle(edition.book, self._units.keys())
            self.outcome.made = {path: output.unit for path, output in self._fresh.items()}
            tree.remember()

    def _keep(self, unit: str, but: Collection[str]) -> None:
        """Leave what a unit has made as it is, but for some files."""
        self._kept[unit] = but
        for path in filter(self._stays, self._fresh):
            raise TwoOutputs(path)

    def _stays(self, path: str) -> bool:
        """Whether a file of the path is left as it is."""
        assert self._room is not None
        known = self._room.tree.files.get(path)
        if known is None:
            return False
        but = self._kept.get(known.unit)
        return path not in but if but is not None else known.unit in self._left

    def _gone(self) -> Iterator[str]:
        """The files of the last tree that are neither left as they are nor made anew."""
        assert self._room is not None
        files = self._room.tree.files
        others = files.of_others(self._left | self._kept.keys())
        yield from (path for path in others if path not in self._fresh)
        for unit, but in self._kept.items():
            for path in but:
                known = files.get(path)
                if known is not None and known.unit == unit and path not in self._fresh:
                    yield path

    def _put(self, unit: str, artifact: Artifact) -> None:
        assert self._publisher is not None
        digest = digest_of_file(artifact.content) if unit != INDEX else ""
        self._note(artifact.path, Output(unit, digest))
        self._publisher.put(artifact)

    def _take(self, unit: str, laid: Laid) -> None:
        assert self._publisher is not None
        self._note(laid.path, Output(unit, laid.digest if unit != INDEX else ""))
        self._publisher.take(laid)

    def _note(self, path: str, output: Output) -> None:
        if path in self._fresh or self._stays(path):
            raise TwoOutputs(path)
        self._fresh[path] = output

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.outcome.seconds[stage] = time.perf_counter() - started


class _Last:
    """What is left of the last build (see build.units.Last)."""

    def __init__(self, room: PressRoom, publisher: Publisher) -> None:
        self._tree = room.tree
        self._publisher = publisher
        self.compact = room.compact
        self._damaged: frozenset[str] = frozenset()

    def look(self) -> None:
        """Find out which files are not as they were left."""
        found = map(self._tree.files.get, self._publisher.damaged())
        self._damaged = frozenset(output.unit for output in found if output is not None)

    def damaged_units(self) -> Iterable[str]:
        """Units some of whose files are not as they were left."""
        return sorted(self._damaged)

    def is_damaged(self, unit: str) -> bool:
        return unit in self._damaged

    def published(self, path: str) -> bytes | None:
        return self._publisher.published(path)

    def attic(self, name: str) -> bytes:
        return self._tree.attic(name)

    def store(self, name: str, content: bytes) -> None:
        self._tree.store(name, content)
