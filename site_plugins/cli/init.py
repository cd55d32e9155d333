"""``jianyan init``: a new site that builds and checks without a word."""

from __future__ import annotations

import argparse
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from site_plugins.cli.project import say
from site_plugins.tools.system_words import system_words

_SKELETON = "skeleton"


def run(arguments: argparse.Namespace) -> int:
    """Write the skeleton of a site into a new or empty folder."""
    folder = Path(arguments.folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        say(f"{folder} 不是空文件夹，没有写入任何东西。请换一个新的文件夹")
        return 1
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _copy(files("site_plugins.cli").joinpath(_SKELETON), folder)
    except OSError as error:
        say(f"不能写入 {folder}：{system_words(error)}。请换一个位置")
        return 1
    print(arguments.folder)
    say("网站已建好。下一步：")
    say(f"  cd {folder}")
    say("  jianyan serve          在 http://127.0.0.1:8000 预览")
    say("  jianyan new article --column news --title 第一篇稿件")
    return 0


def _copy(source: Traversable, target: Path) -> None:
    for entry in sorted(source.iterdir(), key=lambda item: item.name):
        if entry.name.startswith((".", "__")):
            continue
        place = target / entry.name
        if entry.is_dir():
            place.mkdir()
            _copy(entry, place)
        else:
            place.write_bytes(entry.read_bytes())
