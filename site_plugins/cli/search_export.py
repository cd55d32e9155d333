"""``jianyan search export``: the searched documents for those who run a search server."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from pathlib import Path

from site_plugins.cli.project import CommandFailed, clock, find_config, read_project, say
from site_plugins.domain.edition import Edition
from site_plugins.outputs.search.export.lines import bulk_lines, mapping
from site_plugins.outputs.search.published import search_documents, search_labels
from site_plugins.tools.search_database import write_search_database
from site_plugins.tools.system_words import system_words
from site_plugins.wiring import check_site


def run(arguments: argparse.Namespace) -> int:
    """Write the file, print the paths of what was written."""
    try:
        settings, problems = read_project(find_config(arguments.config))
        now = clock(arguments.now, settings)
    except CommandFailed as error:
        say(str(error))
        return error.status
    if fatal := [problem for problem in problems if problem.code == "JY061"]:
        say("\n".join(problem.text for problem in fatal))
        return 1
    target = Path(arguments.output)
    if target.is_dir():
        say(f"{target} 是文件夹。请写成文件名，如 {target / 'search.db'}")
        return 2
    prepared = check_site(settings, now)
    edition = prepared.edition
    try:
        if arguments.format == "sqlite":
            documents = search_documents(edition)
            count = write_search_database(target, documents, search_labels(edition))
            written = [target]
        else:
            count = _write_lines(target, edition)
            written = [target, _mapping_beside(target)]
            _write(written[1], [mapping()])
    except OSError as error:
        say(f"写不了 {target}：{system_words(error)}。请换一个位置，或看看磁盘是否已满")
        return 1
    for path in written:
        print(path)
    left_out = f"；有 {prepared.left_out} 篇因有错误没有导出，见 jianyan check"
    say(f"已导出 {count} 篇" + (left_out if prepared.left_out else ""))
    return 0


def _mapping_beside(target: Path) -> Path:
    return target.with_name(f"{target.stem}.mapping.json")


def _write_lines(target: Path, edition: Edition) -> int:
    documents = sorted(search_documents(edition), key=lambda one: one.address)
    _write(target, bulk_lines(documents))
    return len(documents)


def _write(target: Path, lines: Iterable[str]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.new")
    try:
        with fresh.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.writelines(lines)
        os.replace(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)
