"""The clock of a build: ``--now``, else the settings' clock, else the machine's."""

from __future__ import annotations

import os
from datetime import datetime

from site_plugins.domain.moments import SHANGHAI, moment_of

NOW = "JIANYAN_NOW"
"""The environment variable that is ``--now`` for hosts that know no such option."""


class NoTime(ValueError):
    """What was told is no time; the exception's text says so in Chinese."""


def read_clock(told: str | None, fixed: datetime | None) -> datetime:
    """The time of the build: as told, else as :data:`NOW` says, else ``fixed``, else now.

    Raises:
        NoTime: ``told``, or what :data:`NOW` says, is no time.
    """
    told = told or os.environ.get(NOW)
    if told:
        moment = moment_of(told)
        if moment is None:
            raise NoTime(f"时间“{told}”不成立。请写成 2023-10-20T09:00:00+08:00")
        return moment.at
    if fixed is not None:
        return fixed
    return datetime.now(tz=SHANGHAI)
