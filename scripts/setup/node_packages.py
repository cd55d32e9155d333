"""Packages from npm, pinned in package-lock.json: fonts for printing, what browser tests use.

Optional like the browsers: a machine without Node builds and serves all the same, and prints with
the fonts it has.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.setup.console import SetupFault, run_silently, say
from scripts.setup.places import NODE_MODULES, ROOT
from scripts.setup.system_packages import typed_line

OLDEST_NODE = 20
"""Oldest major version of Node that the locked packages run on."""

_STAMP = NODE_MODULES / ".jianyan"
_FONTS, _ALL = "fonts", "all"
_INSTALL = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
_PAUSE = 5  # seconds between two lines of progress


def prepare_print_fonts() -> bool:
    """Fetch the fonts that ``jianyan plan print`` uses; do nothing when they are there.

    Returns:
        whether they are there. Where npm is missing or fails, says so and what printing does then;
        nothing else needs them.
    """
    if _is_current(_FONTS, _ALL):
        say("打印用的字体：已就绪")
        return True
    if shutil.which("npm") is None:
        say("没有 npm，不装打印用的字体：排印 PDF 时用网站 fonts/ 里的和系统的字体")
        say(f"  办法：需要时安装 Node，例如：{typed_line(['nodejs', 'npm'])}")
        return False
    say("打印用的字体：正在下载（约 180 MB，只需一次；不要的话用 --no-fonts）……")
    if not _install("--omit=dev"):
        say("没有装好打印用的字体（原因见上面几行）：排印 PDF 时用网站 fonts/ 里的和系统的字体")
        say("  办法：检查网络和 npm 的设置（npm config list），再运行本命令")
        return False
    _remember(_FONTS)
    say("打印用的字体：安装完毕")
    return True


def prepare_node_packages() -> bool:
    """Fill node_modules/ from the lock, fonts and all; do nothing when it is current.

    Returns:
        whether the browser tests have their packages. Without Node, or with one that is
        too old, says which tests will be skipped.

    Raises:
        SetupFault: npm is there and fails.
    """
    fault = _missing_node()
    if fault is not None:
        say(
            f"{fault}，将跳过：浏览器交互、无障碍（axe）和站内搜索页面的测试，用 npm 字体的排印测试"
        )
        say(f"  办法：安装 Node {OLDEST_NODE} 或更新版本，例如：{typed_line(['nodejs', 'npm'])}")
        return False
    if _is_current(_ALL):
        say("node_modules：已就绪")
        return True
    say("node_modules：正在安装打印用的字体和浏览器测试用的软件包（约 180 MB，只需一次）……")
    if not _install():
        raise SetupFault(
            "没有装好 package-lock.json 中的 Node 软件包（原因见上面几行）",
            "检查网络和 npm 的设置（npm config list）后重试",
        )
    _remember(_ALL)
    say("node_modules：安装完毕")
    return True


def _install(*options: str) -> bool:
    """Run npm and tell from time to time how far it is; return whether it succeeded."""
    _STAMP.unlink(missing_ok=True)
    command = [*_INSTALL, *options]
    npm = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=sys.stderr.fileno())
    while True:
        try:
            return npm.wait(timeout=_PAUSE) == 0
        except subprocess.TimeoutExpired:
            say(f"  已写入 {_size(NODE_MODULES) // 1_000_000} MB……")


def _size(folder: Path) -> int:
    """Bytes of all files below a folder that is being filled."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_size
            except OSError:
                continue  # moved meanwhile
    return total


def _is_current(*scopes: str) -> bool:
    """Whether node_modules/ holds what the lock says for one of the scopes."""
    try:
        told = _STAMP.read_text(encoding="utf-8")
    except OSError:
        return False
    return told in {f"{scope} {_fingerprint()}" for scope in scopes}


def _remember(scope: str) -> None:
    """Write the stamp last, so that an interrupted installation is done again."""
    NODE_MODULES.mkdir(exist_ok=True)
    _STAMP.write_text(f"{scope} {_fingerprint()}", encoding="utf-8")


def _missing_node() -> str | None:
    """Return what keeps the packages from running, in Chinese, or None."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return "没有 Node（node 和 npm）"
    works, version = run_silently(["node", "--version"])
    major = re.match(r"v(\d+)\.", version)
    if not works or major is None:
        return "Node 不能运行"
    if int(major[1]) < OLDEST_NODE:
        return f"Node {version} 太旧"
    return None


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for name in ("package.json", "package-lock.json"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()
