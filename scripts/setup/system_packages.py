"""Programs of the operating system that tests drive: browsers and a feed reader.

They are optional. As root on Debian and its kin they are installed; anywhere else the line
to type is printed, and the tests that need them are skipped and say so.
"""

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.setup.console import run_aloud, say
from scripts.setup.places import ROOT


@dataclass(frozen=True, slots=True)
class Program:
    """A program that tests drive.

    Attributes:
        variable: environment variable that tells the tests its path; a value that the
            operator has set wins.
        commands: names it goes by, the preferred first.
        package: the Debian package that brings it.
        purpose: what is not tested without it, in Chinese.
    """

    variable: str
    commands: tuple[str, ...]
    package: str
    purpose: str


PROGRAMS = (
    Program(
        "JIANYAN_CHROMIUM",
        ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome"),
        "chromium",
        "网页外观、交互、无障碍和站内搜索的浏览器测试",
    ),
    Program("JIANYAN_FIREFOX", ("firefox-esr", "firefox"), "firefox-esr", "Firefox 中的网页测试"),
    Program("JIANYAN_NEWSBOAT", ("newsboat",), "newsboat", "用阅读器打开订阅源的测试"),
)


def find_program(program: Program) -> Path | None:
    """Return the program's path: the operator's own choice, else the first one on PATH."""
    chosen = os.environ.get(program.variable)
    for command in (chosen,) if chosen else program.commands:
        found = shutil.which(command)
        if found:
            return Path(found)
    return None


def prepare_programs() -> Mapping[str, str]:
    """Install the missing programs where that is possible.

    Returns:
        environment variables with the path of every program that is there.
    """
    missing = [program for program in PROGRAMS if find_program(program) is None]
    if missing:
        install_debian_packages([program.package for program in missing])
    found: dict[str, str] = {}
    for program in PROGRAMS:
        path = find_program(program)
        if path is None:
            say(f"没有 {program.package}，将跳过：{program.purpose}")
            say(f"  办法：{typed_line([program.package])}")
        else:
            found[program.variable] = str(path)
    if not missing:
        say("浏览器和订阅阅读器：已就绪")
    return found


def install_debian_packages(packages: Sequence[str]) -> None:
    """Install packages with apt-get; without it, or without the right to, do nothing.

    One package that cannot be had does not keep the others away.
    """
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    say(f"正在安装系统软件：{'、'.join(packages)}……")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # A third-party source that fails must not keep Debian's own packages away.
    run_aloud(["apt-get", "update", "-qq"], folder=ROOT, environment=environment)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    if run_aloud([*install, *packages], folder=ROOT, environment=environment):
        return
    for package in packages if len(packages) > 1 else ():
        run_aloud([*install, package], folder=ROOT, environment=environment)


def typed_line(packages: Sequence[str]) -> str:
    """What the operator types, or does, to install the packages by hand."""
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        return f"用本机的软件管理工具安装 {names}"
    return f"{'' if os.geteuid() == 0 else 'sudo '}apt-get install {names}"
