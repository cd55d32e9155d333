"""What the system says of a file or an address that it refuses, in Chinese."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

_WORDS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只能读，不能写",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘空间的配额用完了",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EEXIST: "已经有了",
    errno.ENAMETOOLONG: "名字太长",
    errno.EFBIG: "文件太大",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件太多",
    errno.EADDRINUSE: "已被别的程序占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
}


def system_words(error: OSError) -> str:
    """Why the system refused; what is rare stays in its own words."""
    return _WORDS.get(error.errno or 0) or error.strerror or str(error)


@contextmanager
def about(path: str | os.PathLike[str]) -> Iterator[None]:
    """What the system refuses within is about this file, where it names none itself: it does so
    where a file is opened, not where it is written."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = os.fspath(path)
        raise
