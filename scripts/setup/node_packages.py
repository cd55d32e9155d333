"""The Node packages that browser tests use, installed from package-lock.json.

Optional like the browsers: a machine without Node builds and serves all the same.
"""

import hashlib
import re
import shutil

from scripts.setup.console import SetupFault, run_aloud, run_silently, say
from scripts.setup.places import NODE_MODULES, ROOT
from scripts.setup.system_packages import typed_line

OLDEST_NODE = 20
"""Oldest major version of Node that the locked packages run on."""

_STAMP = NODE_MODULES / ".jianyan"


def prepare_node_packages() -> bool:
    """Fill node_modules/ from the lock; do nothing when it is current.

    Returns:
        whether the browser tests have their packages. Without Node, or with one that is
        too old, says which tests will be skipped.

    Raises:
        SetupFault: npm is there and fails.
    """
    fault = _missing_node()
    if fault is not None:
        say(f"{fault}，将跳过：浏览器交互、无障碍（axe）和站内搜索页面的测试")
        say(f"  办法：安装 Node {OLDEST_NODE} 或更新版本，例如：{typed_line(['nodejs', 'npm'])}")
        return False
    fingerprint = _fingerprint()
    if _STAMP.is_file() and _STAMP.read_text(encoding="utf-8") == fingerprint:
        say("node_modules：已就绪")
        return True
    say("node_modules：正在安装浏览器测试用的 Node 软件包……")
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if not run_aloud(command, folder=ROOT):
        raise SetupFault(
            "没有装好 package-lock.json 中的 Node 软件包（原因见上面几行）",
            "检查网络和 npm 的设置（npm config list）后重试",
        )
    NODE_MODULES.mkdir(exist_ok=True)
    _STAMP.write_text(fingerprint, encoding="utf-8")
    say("node_modules：安装完毕")
    return True


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
