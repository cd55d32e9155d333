"""``jianyan why``: why a page was made when it was last made, and what it is made from."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from site_plugins.build.reasons import name_of
from site_plugins.cli.project import CommandFailed, find_config, load_project, say
from site_plugins.domain.artifacts import page_path
from site_plugins.domain.paths import address_of
from site_plugins.domain.settings import Settings
from site_plugins.reading.settings import read_settings
from site_plugins.tools.tree_ledger import LastMade, last_made

_THEME = "样式、脚本和图片来自主题，每次都查对一遍"
_MOST = 40  # facts listed; a home page has more than anyone reads


def run(arguments: argparse.Namespace) -> int:
    """Print the reason and the parts."""
    try:
        project = load_project(find_config(arguments.config))
        output = os.path.abspath(arguments.site_dir) if arguments.site_dir else None
        settings, _ = read_settings(project, output)
        found = _last_made(arguments.page, settings)
    except CommandFailed as error:
        say(str(error))
        return error.status
    print(found.path)
    print(f"上次生成的原因：{found.reason or _THEME}")
    names = list(dict.fromkeys(map(name_of, found.facts)))
    if names:
        print(f"取用 {len(names)} 项内容，其中任何一项变了，这一页就重新生成：")
        for name in names[:_MOST]:
            print(f"  {name}")
        if len(names) > _MOST:
            print(f"  ……另有 {len(names) - _MOST} 项")
    return 0


def _last_made(page: str, settings: Settings) -> LastMade:
    """Raises CommandFailed: nothing is known of the page."""
    found = last_made(Path(settings.cache), settings.output, list(_files(page, settings)))
    if found is None:
        raise CommandFailed(
            f"上次生成的网站里没有“{page}”。请写页面的网址（如 /news/）或稿件的文件名；"
            "还没有生成过的，先运行 jianyan build"
        )
    return found


def _files(page: str, settings: Settings) -> Iterator[str]:
    """Files of the tree that a page's name may mean: an address, a file of the site, a text."""
    path = unquote(urlsplit(page).path)
    base = settings.base
    if path.startswith(base) and "://" in page:
        path = path[len(base) - 1 :]
    real = os.path.realpath(page)
    for folder in (settings.output, settings.content):
        root = os.path.realpath(folder) + os.sep
        if real.startswith(root):
            inside = real[len(root) :].replace(os.sep, "/")
            yield page_path(address_of(inside)) if inside.endswith(".md") else inside
    plain = path.lstrip("/")
    if plain.startswith(settings.content_name):
        plain = plain.removeprefix(settings.content_name)
    if plain.endswith(".md"):
        yield page_path(address_of(plain))
    yield page_path(plain)
    yield plain
    yield page_path(plain.rstrip("/") + "/")
