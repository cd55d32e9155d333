"""scripts/serve: its command line, and what it says when it cannot serve."""

import socket
import subprocess
import sys

import pytest

from scripts.setup import serve_site
from scripts.setup.console import SetupFault
from scripts.setup.serve_site import Wishes, WrongUse, need_free_port, read_wishes


@pytest.mark.parametrize(
    ("arguments", "wishes"),
    [
        ([], Wishes()),
        (["--build-only"], Wishes(build_only=True)),
        (["--setup-only"], Wishes(setup_only=True)),
        (["--build-only", "--no-fonts"], Wishes(build_only=True, no_fonts=True)),
        (["--port", "8080"], Wishes(port=8080)),
        (["--port=8080"], Wishes(port=8080)),
        (["-h"], Wishes(help=True)),
    ],
)
def test_command_line(arguments: list[str], wishes: Wishes) -> None:
    assert read_wishes(arguments) == wishes


@pytest.mark.parametrize(
    "arguments", [["--port"], ["--port", "0"], ["--port", "65536"], ["--port=八"], ["site"]]
)
def test_wrong_command_lines(arguments: list[str]) -> None:
    with pytest.raises(WrongUse):
        read_wishes(arguments)


def test_a_busy_port_is_told_with_another_one() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SetupFault) as caught:
            need_free_port(port)
    assert caught.value.fault == f"端口 {port} 不能用：已被别的程序占用"
    assert "scripts/serve --port " in caught.value.remedy


def test_a_server_that_ends_at_once_is_a_fault() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as server:
        server.wait()
        with pytest.raises(SetupFault, match="没有启动"):
            serve_site._wait_for(server, 9)
