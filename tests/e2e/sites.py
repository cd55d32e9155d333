"""Sites for the tests: the sample site, the fixtures of tests/sites, and small ones in words."""

from __future__ import annotations

import shutil
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

from tests.e2e.commands import ROOT

SITES = ROOT / "tests" / "sites"
Files = Mapping[str, str | bytes]


def copy_sample(folder: Path) -> Path:
    """The sample site of the repository, in a folder of its own."""
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for name in ("content", "theme"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def copy_fixture(name: str, folder: Path) -> Path:
    """A site of tests/sites."""
    shutil.copytree(SITES / name, folder)
    return folder


def write(folder: Path, files: Files) -> Path:
    """Write files into a folder, whatever folders they need."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return folder


def settings(*, url: str = "https://small.example.com/", more: str = "", options: str = "") -> str:
    """A mkdocs.yml; ``options`` are lines of ``jianyan/site``, ``more`` top-level lines."""
    site = f"  - jianyan/site:\n{options}" if options else "  - jianyan/site\n"
    names = ("plans", "periodicals", "feeds", "search")
    plugins = "".join(f"  - jianyan/{name}\n" for name in names)
    return (
        f"site_name: 小网站\nsite_url: {url}\ndocs_dir: content\n"
        f"theme:\n  name: material\n{more}plugins:\n{site}{plugins}"
    )


def article(title: str, date: str = "2023-01-05", text: str = "正文。", **keys: str) -> str:
    """An article or notice."""
    lines = "".join(f"{name}: {value}\n" for name, value in keys.items())
    return f"---\ntitle: {title}\ndate: {date}\nsource: 小网站\n{lines}---\n{text}\n"


def column(title: str, *holds: str) -> str:
    """A column's index.md."""
    return f"---\ntitle: {title}\ncolumn:\n  holds: [{', '.join(holds)}]\n---\n"


def picture(shade: int = 0) -> bytes:
    """A PNG of one pixel, another for each shade (0 to 255)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    dot = zlib.compress(bytes((0, shade)))
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", dot) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def small_site(folder: Path, files: Files | None = None) -> Path:
    """A site of two columns with two articles and a notice, and what ``files`` adds."""
    basis: dict[str, str | bytes] = {
        "mkdocs.yml": settings(),
        "content/index.md": "---\ntitle: 首页\n---\n欢迎。\n",
        "content/news/index.md": column("要闻", "article"),
        "content/news/2023/0105-first.md": article(
            "第一篇", tags="[甲]", image="first.png", image_alt="一个点"
        ),
        "content/news/2023/first.png": picture(1),
        "content/news/2023/0106-second.md": article(
            "第二篇", "2023-01-06", "见[第一篇](0105-first.md)。", tags="[甲, 乙]"
        ),
        "content/notices/index.md": column("公告", "notice"),
        "content/notices/2023/0107-notice.md": article("公告一则", "2023-01-07"),
    }
    return write(folder, {**basis, **(files or {})})
