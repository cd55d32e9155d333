"""The clock of a build: ``--now``, else the settings' clock, else the machine's."""

from __future__ import annotations

from datetime import datetime

from site_plugins.domain.moments import SHANGHAI, moment_of


def read_clock(told: str | None, fixed: datetime | None) -> datetime:
    """The time of the build.

    Raises:
        ValueError: ``told`` is no time.
    """
    if told:
        moment = moment_of(told)
        if moment is None:
            raise ValueError(told)
        return moment.at
    if fixed is not None:
        return fixed
    return datetime.now(tz=SHANGHAI)
