"""A virtual environment that holds exactly what a hash-locked file names.

Everything goes through ``venv`` and the ``pip`` that comes with it. What the machine says
about where packages come from (mirror, proxy, certificates, a folder of wheels) is kept;
what would bend an installation elsewhere is not. A stamp in the environment remembers what
was installed: while it holds, set-up starts no process and touches no network.
"""

import hashlib
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from scripts.setup.console import SetupFault, run_aloud, run_silently, say
from scripts.setup.places import REQUIREMENTS, ROOT
from scripts.setup.system_packages import install_debian_packages, typed_line

BUILD_LOCK = REQUIREMENTS / "build.txt"
"""Tools that build packages which come as source, and the project itself."""

CONTAINED_LOCKS = {"test": ("site",)}
"""Locks that a larger lock contains: installing the larger one makes them true as well."""

_BENDING_SETTING = re.compile(
    "PIP_("
    "BREAK_SYSTEM_PACKAGES|BUILD_CONSTRAINT|CONSTRAINT|DRY_RUN|EDITABLE|FORCE_REINSTALL|"
    "IGNORE_INSTALLED|NO_BINARY|NO_COMPILE|ONLY_BINARY|PREFIX|PYTHON|REQUIRE_HASHES|"
    "REQUIRE_VIRTUALENV|REQUIREMENT|ROOT|TARGET|UPGRADE|USER"
    ")"
)


@dataclass(frozen=True, slots=True)
class PythonEnvironment:
    """A virtual environment of the repository and the lock it is filled from.

    Attributes:
        folder: the environment's folder, for example ``.venv``.
        lock: the lock's name, ``site`` for ``requirements/site.txt``.
    """

    folder: Path
    lock: str

    @property
    def python(self) -> Path:
        """The environment's interpreter."""
        return self.folder / "bin" / "python"

    def program(self, name: str) -> Path:
        """Path of a console program of the environment, for example ``jianyan``."""
        return self.folder / "bin" / name

    def prepare(self) -> None:
        """Make the environment what its lock says; do nothing when it already is.

        Raises:
            SetupFault: no ``venv`` on the machine, or a package cannot be installed.
        """
        name = self.folder.name
        if self._is_current():
            say(f"{name}：已就绪")
            return
        self._create()
        self._forget_installation()
        count = len(locked_versions(REQUIREMENTS / f"{self.lock}.txt"))
        say(f"{name}：正在安装 {count} 个 Python 软件包（首次约需一两分钟）……")
        self._install_lock(BUILD_LOCK)
        self._install_lock(REQUIREMENTS / f"{self.lock}.txt")
        self._install_project()
        self._remember_installation()
        say(f"{name}：安装完毕")

    # -- stamps ---------------------------------------------------------------------------

    @property
    def _stamps(self) -> Path:
        return self.folder / ".jianyan"

    def _is_current(self) -> bool:
        return (
            self.python.exists()
            and _read(self._stamps / "home") == _home()
            and _read(self._stamps / self.lock) == _fingerprint(self.lock)
        )

    def _forget_installation(self) -> None:
        if self._stamps.is_dir():
            for stamp in self._stamps.iterdir():
                stamp.unlink()

    def _remember_installation(self) -> None:
        """Write the stamps last, so that an interrupted installation is done again."""
        self._stamps.mkdir(exist_ok=True)
        for lock in (self.lock, *CONTAINED_LOCKS.get(self.lock, ())):
            (self._stamps / lock).write_text(_fingerprint(lock), encoding="utf-8")
        (self._stamps / "home").write_text(_home(), encoding="utf-8")

    # -- the environment ------------------------------------------------------------------

    def _create(self) -> None:
        """Create the environment anew unless a sound one of this place is there."""
        if self._is_sound():
            return
        if self.folder.is_symlink():
            # To make it anew would empty what it leads to, perhaps another checkout's.
            raise SetupFault(
                f"{self.folder.name} 是一个链接，所指的文件夹不是本项目的虚拟环境",
                f"删去链接 {self.folder.name} 后重试；所指的文件夹没有动过",
            )
        say(f"{self.folder.name}：正在建立 Python {_version()} 虚拟环境……")
        _need_venv()
        if not run_aloud([sys.executable, "-m", "venv", "--clear", self.folder], folder=ROOT):
            raise SetupFault(
                f"不能建立虚拟环境 {self.folder.name}/",
                f"检查磁盘空间和写权限；若 {self.folder.name}/ 已损坏，删除后重试",
            )

    def _is_sound(self) -> bool:
        """Whether the environment runs, has pip and was not made for another place.

        Console programs carry the folder they were made in, so an environment that was
        copied along with the repository is of no use.
        """
        home = _read(self._stamps / "home")
        if home is not None and home != _home():
            return False
        question = "import sys, pip; print(sys.version_info >= (3, 11), sys.prefix)"
        works, answer = run_silently([self.python, "-c", question])
        return works and answer == f"True {self.folder}"

    # -- installation ---------------------------------------------------------------------

    def _install_lock(self, lock: Path) -> None:
        """Install a lock's packages, each checked against the hashes that the lock gives."""
        relative = lock.relative_to(ROOT)
        if not self._pip(
            [
                *("--require-hashes", "--no-deps", "--no-build-isolation", "--use-pep517"),
                *("--no-user", "--progress-bar", "off", "--requirement", str(relative)),
            ]
        ):
            raise SetupFault(
                f"没有装好 {relative} 中的软件包（原因见上面几行）",
                "检查网络后重试；镜像、代理、离线安装见 requirements/README.md",
            )

    def _install_project(self) -> None:
        """Install the project itself in place; its build tools are already there."""
        if not self._pip(
            ["--isolated", "--no-index", "--no-deps", "--no-build-isolation", "--editable", "."]
        ):
            raise SetupFault(
                "没有装好本项目（原因见上面几行）",
                "多半是 pyproject.toml 有误，按上面几行改正后重试",
            )

    def _pip(self, arguments: list[str]) -> bool:
        command = [str(self.python), "-m", "pip", "--disable-pip-version-check", "--no-input"]
        kept = {
            name: value
            for name, value in os.environ.items()
            if not _BENDING_SETTING.fullmatch(name)
        }
        return run_aloud(
            [*command, "install", "--quiet", *arguments], folder=ROOT, environment=kept
        )


def locked_versions(lock: Path) -> dict[str, str]:
    """Return the packages of a lock file: name to version, in the file's order."""
    pins = (line.split() for line in lock.read_text(encoding="utf-8").splitlines())
    return dict(pin[0].split("==", 1) for pin in pins if pin and "==" in pin[0])


def _fingerprint(lock: str) -> str:
    """Digest of all that decides what an environment of this lock contains."""
    digest = hashlib.sha256()
    version = ROOT / "site_plugins" / "__init__.py"
    for source in (BUILD_LOCK, REQUIREMENTS / f"{lock}.txt", ROOT / "pyproject.toml", version):
        digest.update(hashlib.sha256(source.read_bytes()).digest())
    return digest.hexdigest()


def _home() -> str:
    """What an environment is bound to: the repository's place and the Python version."""
    return f"{ROOT}\n{_version()}\n"


def _version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _read(stamp: Path) -> str | None:
    try:
        return stamp.read_text(encoding="utf-8")
    except OSError:
        return None


def _need_venv() -> None:
    """Make sure that this Python can make environments; Debian packs that part on its own."""
    question = [sys.executable, "-c", "import ensurepip, venv"]
    if run_silently(question)[0]:
        return
    package = f"python{_version()}-venv"
    install_debian_packages([package])
    if not run_silently(question)[0]:
        raise SetupFault("这个 Python 没有 venv 模块", f"安装后重试：{typed_line([package])}")
