"""``scripts/serve``: set up, build the sample site, serve it and print its address."""

import errno
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import FrameType

from scripts.setup.console import SetupFault, report, run_aloud, say
from scripts.setup.node_packages import prepare_print_fonts
from scripts.setup.places import ROOT, SITE, SITE_ENVIRONMENT
from scripts.setup.python_environment import PythonEnvironment
from site_plugins.tools.system_words import system_words

HOST = "127.0.0.1"
DEFAULT_PORT = 8000
STARTING_SECONDS = 300
"""How long the server may take for its first build before it is given up."""

USAGE = """\
用法：scripts/serve [--build-only] [--setup-only] [--no-fonts] [--port 端口]

首次运行时把所需软件装进 .venv/，有 npm 时把打印用的字体装进 node_modules/，
然后生成示例网站并在本机预览；
地址印在标准输出，按 Ctrl+C 结束。

  --build-only   只生成网站，写入 site/，不预览
  --setup-only   只安装，不生成
  --no-fonts     不装打印用的字体
  --port 端口    预览所用的端口，默认 8000
  -h, --help     显示本说明
"""


class WrongUse(Exception):
    """The command line is not understood; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks for.

    Attributes:
        help: print the usage and stop.
        build_only: stop after the build.
        setup_only: stop before the build.
        no_fonts: leave the fonts for printing alone.
        port: TCP port of the preview.
    """

    help: bool = False
    build_only: bool = False
    setup_only: bool = False
    no_fonts: bool = False
    port: int = DEFAULT_PORT


def read_wishes(arguments: Sequence[str]) -> Wishes:
    """Read the command line.

    Raises:
        WrongUse: an unknown option, or a port that is none.
    """
    flags: set[str] = set()
    port = DEFAULT_PORT
    rest = iter(arguments)
    for argument in rest:
        name, _, value = argument.partition("=")
        if name == "--port":
            value = value or next(rest, "")
            if not (value.isascii() and value.isdigit() and 0 < int(value) < 65536):
                raise WrongUse(f"端口应是 1 到 65535 的整数，不是“{value}”")
            port = int(value)
        elif argument in {"-h", "--help", "--build-only", "--setup-only", "--no-fonts"}:
            flags.add(argument)
        else:
            raise WrongUse(f"不认识“{argument}”")
    return Wishes(
        help=bool(flags & {"-h", "--help"}),
        build_only="--build-only" in flags,
        setup_only="--setup-only" in flags,
        no_fonts="--no-fonts" in flags,
        port=port,
    )


def main(arguments: Sequence[str]) -> int:
    """Run the command; return its exit status: 0 done, 1 failed, 2 wrong use."""
    try:
        wishes = read_wishes(arguments)
    except WrongUse as fault:
        say(f"{fault}\n\n{USAGE}")
        return 2
    if wishes.help:
        print(USAGE, end="")
        return 0
    try:
        return _fulfil(wishes)
    except SetupFault as fault:
        report(fault)
        return 1
    except KeyboardInterrupt:
        say("已停止")
        return 130


def _fulfil(wishes: Wishes) -> int:
    serving = not (wishes.build_only or wishes.setup_only)
    if serving:
        # Told before the minutes of a first installation, not after them.
        need_free_port(wishes.port)
    environment = PythonEnvironment(SITE_ENVIRONMENT, "site")
    environment.prepare()
    if not wishes.no_fonts:
        prepare_print_fonts()
    if wishes.setup_only:
        return 0
    say("正在生成网站……")
    if not run_aloud([environment.program("jianyan"), "build", "--strict"], folder=ROOT):
        raise SetupFault("网站没有生成（原因见上面几行）", "按上面的提示改正后再运行本命令")
    say(f"网站已写入 {SITE.relative_to(ROOT)}/")
    return _serve(environment, wishes.port) if serving else 0


def need_free_port(port: int) -> None:
    """Check that a server can listen on the port.

    Raises:
        SetupFault: another program has it, or the system keeps it for itself.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            other = port + 1 if 1024 <= port < 65535 else DEFAULT_PORT
            ending = "结束占用它的程序，或" if error.errno == errno.EADDRINUSE else ""
            raise SetupFault(
                f"端口 {port} 不能用：{system_words(error)}",
                f"{ending}换一个端口：scripts/serve --port {other}",
            ) from error


def _serve(environment: PythonEnvironment, port: int) -> int:
    """Run the preview server until it ends or the operator stops it."""
    command = [str(environment.program("jianyan")), "serve"]
    if port != DEFAULT_PORT:
        command += ["--dev-addr", f"{HOST}:{port}"]
    say("正在启动预览……")
    server = subprocess.Popen(command, cwd=ROOT, stdout=sys.stderr.fileno())

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        _wait_for(server, port)
        print(f"http://{HOST}:{port}/", flush=True)
        say("预览已就绪，修改 content/ 后网页自动更新；按 Ctrl+C 结束")
        status = server.wait()
        say(f"预览服务已退出（状态 {status}）")
        return 1 if status else 0
    except KeyboardInterrupt:
        say("预览已结束")
        return 0
    finally:
        _end(server)


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    """Wait until the server answers.

    Raises:
        SetupFault: it ended, or does not answer in time.
    """
    for _ in range(STARTING_SECONDS * 10):
        if server.poll() is not None:
            raise SetupFault("预览服务没有启动（原因见上面几行）", "按上面的提示改正后再运行本命令")
        try:
            socket.create_connection((HOST, port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SetupFault(
        f"预览服务 {STARTING_SECONDS} 秒内没有应答", "用 scripts/serve --build-only 看生成是否正常"
    )


def _end(server: subprocess.Popen[bytes]) -> None:
    """End the server if it still runs: politely, then by force."""
    if server.poll() is not None:
        return
    server.terminate()
    try:
        server.wait(timeout=5)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
