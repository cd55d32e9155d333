"""One build from beginning to end, and what it tells about itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from site_plugins.build.ports import Publisher, Workshop
from site_plugins.build.preparation import Prepared, prepare
from site_plugins.build.rendering import TreeDigest, render
from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings


class Refused(Exception):
    """A strict build found errors; the old site stays."""


class TwoOutputs(Exception):
    """Two files of the tree would have one path, which is the exception's text."""


@dataclass(slots=True)
class Outcome:
    """What a build did. ``seconds`` are wall-clock seconds per stage."""

    problems: tuple[Problem, ...] = ()
    records: int = 0
    files: int = 0
    left_out: int = 0
    seconds: dict[str, float] = field(default_factory=dict)


class Build:
    """One build in three steps, between which plugins of a host do their work.

    ``outcome`` says what was done so far.
    """

    def __init__(self) -> None:
        self.outcome = Outcome()
        self._prepared: Prepared | None = None
        self._publisher: Publisher | None = None
        self._digest = TreeDigest()

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
            prepared = self._prepared = prepare(settings, now, workshop)
        outcome = self.outcome
        outcome.problems, outcome.left_out = prepared.problems, prepared.left_out
        outcome.records = len(prepared.edition.site.records)
        tell(prepared)
        if strict and prepared.errors:
            raise Refused

    def render(self, workshop: Workshop, publisher: Publisher) -> None:
        """Make every file of the site and hand it to the publisher.

        Raises:
            TwoOutputs: two of them have one path.
        """
        assert self._prepared is not None, "prepare comes first"
        self._publisher = publisher
        with self._timed("render"):
            for path in self._prepared.files:
                self._put(Artifact(path, workshop.read(path)))
            for artifact in render(self._prepared, workshop):
                self._put(artifact)

    def publish(self, extra: Iterable[Artifact] = ()) -> None:
        """Add the files of others, and make the site folder the new tree.

        Raises:
            TwoOutputs: one of them has the path of a file of the site; nothing is published.
        """
        assert self._prepared is not None, "prepare comes first"
        assert self._publisher is not None, "render comes first"
        with self._timed("publish"):
            for artifact in extra:
                self._put(artifact)
            self._publisher.put(self._digest.facts(self._prepared.edition))
            self.outcome.files += 1
            self._publisher.commit()

    def _put(self, artifact: Artifact) -> None:
        assert self._publisher is not None
        if artifact.path in self._digest:
            raise TwoOutputs(artifact.path)
        self._digest.add(artifact.path, artifact.content)
        self._publisher.put(artifact)
        self.outcome.files += 1

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.outcome.seconds[stage] = time.perf_counter() - started
