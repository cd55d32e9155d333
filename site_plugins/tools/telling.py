"""What a build tells the person at the terminal: on stderr, in Chinese, problems first."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from site_plugins.build.pipeline import Outcome, Refused, TwoOutputs
from site_plugins.domain.problems import Problem, Severity
from site_plugins.domain.settings import Settings
from site_plugins.tools.cache_file import refusal_of
from site_plugins.tools.cache_folder import NoCacheFolder
from site_plugins.tools.site_folder import Changes, ForeignFolder
from site_plugins.tools.system_words import system_words
from site_plugins.tools.workbench import WorkerDied

_AGAIN = "网站没有更新完，改正后再生成一次"


class BuildFailed(Exception):
    """A build has stopped; the text says why and what to do, in Chinese."""


class Telling:
    """Tells problems and results; ``is_quiet``: errors alone."""

    def __init__(self, settings: Settings, *, is_quiet: bool) -> None:
        self._settings = settings
        self._is_quiet = is_quiet
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
        if always or not self._is_quiet:
            print(text, file=sys.stderr)

    @contextmanager
    def explained(self) -> Iterator[None]:
        """What stops a build, in the words of an editor.

        Raises:
            BuildFailed: something has stopped it.
        """
        try:
            yield
        except Refused:
            raise BuildFailed(self.refusal()) from None
        except TwoOutputs as error:
            raise BuildFailed(
                f"文件 {error} 有两个来源：本系统之外，内容目录或别的插件也写这个文件，"
                "网站没有更新。请给内容目录里的文件改名，或停用那个插件"
            ) from None
        except WorkerDied as error:
            raise BuildFailed(
                f"处理 {error} 的进程意外结束，网站没有更新。请再生成一次；若仍如此，"
                "请用 --jobs 1 生成，并检查这份文件"
            ) from None
        except ForeignFolder as error:
            raise BuildFailed(
                f"文件夹 {error} 里有不是本系统生成的文件，为免误删，没有写入。"
                "请换一个空文件夹，或自行清空它"
            ) from None
        except NoCacheFolder as error:
            raise BuildFailed(
                f"{error} 应当是文件夹，却是别的东西，缓存没有地方放，网站没有更新。"
                "请移走它或给它改名，再生成一次"
            ) from None
        except sqlite3.Error as error:
            cache, refusal = self._settings.cache, refusal_of(error)
            if refusal is not None:
                reason = f"不能读写缓存 {cache}：{refusal}。{_AGAIN}"
            else:
                reason = f"缓存 {cache} 读写不了（{error}），网站没有更新完。请删去它，再生成一次"
            raise BuildFailed(reason) from None
        except OSError as error:
            place = error.filename or f"{self._settings.cache} 或 {self._settings.output}"
            raise BuildFailed(f"不能读写 {place}：{system_words(error)}。{_AGAIN}") from None
