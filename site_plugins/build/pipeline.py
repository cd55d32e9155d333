"""One build from beginning to end, and what it tells about itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from site_plugins.build.ports import Publisher, Workshop
from site_plugins.build.preparation import Prepared, prepare
from site_plugins.build.rendering import TreeDigest, render
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


def build(
    settings: Settings,
    now: datetime,
    workshop: Workshop,
    open_publisher: Callable[[], Publisher],
    *,
    strict: bool = False,
    tell: Callable[[Prepared], None] = lambda prepared: None,
) -> Outcome:
    """Build the site; ``tell`` hears the problems before anything is rendered.

    Raises:
        Refused: ``strict`` and there is an error.
        TwoOutputs: two outputs write the same file; nothing is published.
    """
    outcome = Outcome()
    started = time.perf_counter()
    prepared = prepare(settings, now, workshop)
    outcome.seconds["prepare"] = time.perf_counter() - started
    outcome.problems, outcome.left_out = prepared.problems, prepared.left_out
    outcome.records = len(prepared.edition.site.records)
    tell(prepared)
    if strict and prepared.errors:
        raise Refused
    started = time.perf_counter()
    publisher = open_publisher()
    digest = TreeDigest()
    for path in prepared.files:
        digest.add(path, workshop.read(path))
        publisher.copy(path, path)
    for artifact in render(prepared, workshop):
        if artifact.path in digest:
            raise TwoOutputs(artifact.path)
        digest.add(artifact.path, artifact.content)
        publisher.put(artifact)
        outcome.files += 1
    publisher.put(digest.facts(prepared.edition))
    outcome.files += len(prepared.files) + 1
    outcome.seconds["render"] = time.perf_counter() - started
    started = time.perf_counter()
    publisher.commit()
    outcome.seconds["publish"] = time.perf_counter() - started
    return outcome
