"""``scripts/test``: set up all that the tests need, then run every check and test.

Nothing stops at the first failure: all steps run, and the summary names those that failed.
Reports of the tools go to stdout, set-up and summary to stderr, pytest's closing line last.
"""

import functools
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.setup.console import SetupFault, report, say
from scripts.setup.node_packages import prepare_node_packages
from scripts.setup.places import CORE_ENVIRONMENT, ROOT, SITE_ENVIRONMENT
from scripts.setup.python_environment import PythonEnvironment
from scripts.setup.system_packages import prepare_programs
from scripts.setup.test_report import ClosingLine, run_reporting, running_aside

USAGE = """\
用法：scripts/test [--setup-only] [-- pytest 的参数]

首次运行时装好测试所需的一切（.venv/、.venv-core/、node_modules/，
以 root 身份运行时还有浏览器），然后运行全部检查和测试。

  --setup-only   只安装，不测试
  --             其后的参数原样交给 pytest；这时只跑完整环境中的测试
  -h, --help     显示本说明
"""

CORE_FOLDERS = ("domain", "reading", "checks", "outputs", "build", "cli")
"""Test folders of the layers that must work without a host."""

ALL, CORE = "全部测试", "核心测试（无 MkDocs）"

_ABSENT_HOSTS = """
import importlib.util as modules, sys
hosts = [name for name in ("mkdocs", "material", "properdocs") if modules.find_spec(name)]
sys.exit(f"这个环境里不应有：{'、'.join(hosts)}" if hosts else 0)
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step came to.

    Attributes:
        step: its name, in Chinese.
        passed: whether it succeeded.
        seconds: wall time; of what runs aside, how long it was waited for.
    """

    step: str
    passed: bool
    seconds: float


def main(arguments: Sequence[str]) -> int:
    """Run the command; return its exit status: 0 all passed, 1 something failed, 2 wrong use."""
    own, pytest_arguments = _split(arguments)
    if set(own) & {"-h", "--help"}:
        print(USAGE, end="")
        return 0
    if set(own) - {"--setup-only"}:
        say(f"不认识“{'、'.join(own)}”；pytest 的参数写在 -- 之后\n\n{USAGE}")
        return 2
    try:
        start = time.monotonic()
        outcomes, programs = _set_up()
        if "--setup-only" not in own:
            closing_line = ClosingLine()
            outcomes += _check(programs, pytest_arguments, closing_line)
            _summarise(outcomes, time.monotonic() - start)
            closing_line.print()
        return 0 if all(outcome.passed for outcome in outcomes) else 1
    except SetupFault as fault:
        report(fault)
        return 1
    except KeyboardInterrupt:
        say("已停止")
        return 130


def _split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part the command's own arguments from those after ``--``."""
    given = list(arguments)
    cut = given.index("--") if "--" in given else len(given)
    return given[:cut], given[cut + 1 :]


def _set_up() -> tuple[list[Outcome], Mapping[str, str]]:
    """Install what the tests need; return the outcomes and the variables for the tests."""
    outcomes: list[Outcome] = []
    programs: dict[str, str] = {}

    def node() -> bool:
        try:
            prepare_node_packages()
        except SetupFault as fault:
            # Most tests need no Node: they run, and the whole run still counts as failed.
            report(fault)
            return False
        return True

    def python() -> bool:
        PythonEnvironment(SITE_ENVIRONMENT, "test").prepare()
        PythonEnvironment(CORE_ENVIRONMENT, "core").prepare()
        return True

    def system() -> bool:
        programs.update(prepare_programs())
        return True

    for step, action in (("Python 软件包", python), ("系统软件", system), ("Node 软件包", node)):
        outcomes.append(_timed(step, action))
    return outcomes, programs


def _check(
    programs: Mapping[str, str], pytest_arguments: Sequence[str], closing_line: ClosingLine
) -> list[Outcome]:
    """Run all checks and tests, the whole of pytest last."""
    environment = {**os.environ, **programs}
    python = SITE_ENVIRONMENT / "bin" / "python"
    core = CORE_ENVIRONMENT / "bin" / "python"
    pytest = ["-m", "pytest", "-rs"]
    steps: list[tuple[str, list[str | Path], ClosingLine | None]] = [
        ("代码规范（ruff check）", [python, "-m", "ruff", "check"], None),
        ("代码格式（ruff format）", [python, "-m", "ruff", "format", "--check"], None),
        ("类型（mypy）", [python, "-m", "mypy"], None),
        ("分层（import-linter）", [SITE_ENVIRONMENT / "bin" / "lint-imports"], None),
    ]
    everything: list[str | Path] = [python, *pytest, *pytest_arguments]
    folders = [f"tests/{name}" for name in CORE_FOLDERS if (ROOT / "tests" / name).is_dir()]
    if pytest_arguments:
        say("指定了 pytest 的参数：不另跑无 MkDocs 环境中的测试")
    else:
        steps.append(("核心环境中没有 MkDocs", [core, "-c", _ABSENT_HOSTS], None))

    outcomes = [_reported(*step, environment) for step in steps]
    if pytest_arguments or not folders:
        return [*outcomes, _reported(ALL, everything, closing_line, environment)]
    # Both at once: few tests keep two processors busy.
    with running_aside([core, *pytest, *folders], environment) as finish:
        outcomes.append(_reported(ALL, everything, closing_line, environment))
        say(f"\n── {CORE}（与上一步同时运行） ──")
        outcomes.append(_timed(CORE, finish))
    return outcomes


def _reported(
    step: str,
    command: Sequence[str | Path],
    closing_line: ClosingLine | None,
    environment: Mapping[str, str],
) -> Outcome:
    say(f"\n── {step} ──")
    return _timed(step, functools.partial(run_reporting, command, environment, closing_line))


def _timed(step: str, action: Callable[[], bool]) -> Outcome:
    start = time.monotonic()
    passed = action()
    return Outcome(step, passed, time.monotonic() - start)


def _summarise(outcomes: Sequence[Outcome], total: float) -> None:
    say("\n── 小结 ──")
    for outcome in outcomes:
        say(f"{'通过' if outcome.passed else '未过'} {outcome.seconds:7.1f} 秒  {outcome.step}")
    failed = [outcome.step for outcome in outcomes if not outcome.passed]
    say(f"共 {total:.1f} 秒；" + (f"未通过：{'、'.join(failed)}" if failed else "全部通过"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
