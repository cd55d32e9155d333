"""What a build tells the person at the terminal: on stderr, in Chinese, problems first."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence

from site_plugins.build.pipeline import Outcome
from site_plugins.domain.problems import Problem, Severity
from site_plugins.domain.settings import Settings
from site_plugins.tools.site_folder import Changes

_LOG = logging.getLogger("mkdocs.plugins.jianyan")


class Telling:
    """Tells problems and results; silent below the level that the host has set (``-q``)."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._errors = 0

    def problems(self, problems: Sequence[Problem]) -> None:
        """Errors and warnings, each under its heading, as ``jianyan check`` tells them;
        information is counted.

        MkDocs counts its own warnings in strict mode; ours never fail a build.
        """
        for severity in (Severity.ERROR, Severity.WARNING):
            those = [problem.text for problem in problems if problem.severity is severity]
            if those:
                text = "\n".join((f"{severity.label}：", *those))
                self._say(text, always=severity is Severity.ERROR)
        self._errors += sum(problem.is_error for problem in problems)
        information = sum(problem.severity is Severity.INFO for problem in problems)
        if information:
            self._say(f"另有 {information} 条提示，用 jianyan check 查看")

    def refusal(self) -> str:
        """Why a strict build stopped."""
        return f"有 {self._errors} 处错误，网站没有更新。请按上面所列改正后再试"

    def done(self, outcome: Outcome, changes: Changes) -> None:
        """What was built."""
        if outcome.left_out:
            self._say(f"{outcome.left_out} 个文件因错误没有发布", always=True)
        folder = os.path.relpath(self._settings.output)
        spent = sum(outcome.seconds.values())
        self._say(
            f"完成：{outcome.records} 篇，{outcome.files} 个文件，写入 {len(changes.written)}，"
            f"未变 {changes.unchanged}，移除 {len(changes.removed)}；用时 {spent:.1f} 秒，"
            f"在 {folder if not folder.startswith('..') else self._settings.output}"
        )

    def say(self, text: str) -> None:
        """Anything else a person should know."""
        self._say(text)

    def _say(self, text: str, *, always: bool = False) -> None:
        if always or _LOG.isEnabledFor(logging.INFO):
            print(text, file=sys.stderr)
