"""What the system refuses is told in Chinese."""

import errno
import os

import pytest

from site_plugins.tools.system_words import system_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "没有权限"),
        (errno.ENOSPC, "磁盘满了"),
        (errno.EADDRINUSE, "已被别的程序占用"),
    ],
)
def test_common_faults_are_told_in_chinese(number: int, words: str) -> None:
    assert system_words(OSError(number, os.strerror(number))) == words


def test_a_rare_fault_keeps_the_systems_words() -> None:
    assert system_words(OSError(errno.EXDEV, "Invalid cross-device link")).startswith("Invalid")
    assert system_words(OSError("nothing but a text")) == "nothing but a text"
