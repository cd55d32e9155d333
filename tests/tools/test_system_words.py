"""What the system refuses is told in Chinese."""

import errno
import os
from pathlib import Path

import pytest

from site_plugins.tools.system_words import about, system_words
from tests.tools.narrow_disk import no_file_beyond


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


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    file, elsewhere = tmp_path / "a", tmp_path / "none/b"
    with no_file_beyond(1000), pytest.raises(OSError, match="large") as refused, about(file):
        file.write_bytes(b"x" * 2000)
    assert refused.value.filename == str(file)
    with pytest.raises(FileNotFoundError) as missing, about(file):
        elsewhere.write_bytes(b"x")
    assert missing.value.filename == str(elsewhere)
