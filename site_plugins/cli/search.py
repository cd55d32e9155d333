"""``jianyan search query``: asks the index of a built site, as the search page does."""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from site_plugins.cli.project import CommandFailed, say
from site_plugins.outputs.search.reader.answers import IndexReader
from site_plugins.outputs.search.reader.candidates import FILTERS
from site_plugins.outputs.search.reader.query import Query
from site_plugins.outputs.search.reader.words import parse
from site_plugins.tools.system_words import system_words

_FOLDER = "search"
_NAMES = {"kind": "类型", "column": "栏目", "year": "年份", "periodical": "刊物"}
_YEAR = re.compile("([0-9]{4})年?")


def run_query(arguments: argparse.Namespace) -> int:
    """Print what is found."""
    folder = Path(arguments.site) / _FOLDER
    try:
        _check(arguments)
        index = IndexReader(lambda path: (folder / path).read_bytes())
        query = Query(
            words=" ".join(arguments.words),
            limit=None if arguments.all else arguments.limit,
            offset=arguments.offset,
            sort=arguments.sort,
            filters=_filters(arguments, index.choices()),
        )
        answer = index.found(query)
    except CommandFailed as error:
        say(str(error))
        return error.status
    except FileNotFoundError as error:
        if error.filename == str(folder / "catalogue.bin"):
            say(
                f"{arguments.site} 里没有搜索索引。请用 --site 写明生成好的网站文件夹；"
                "网站要启用 jianyan/search"
            )
        else:
            say(f"搜索索引缺少文件 {error.filename}。请运行 jianyan build --compact 重建")
        return 1
    except (OSError, LookupError, TypeError, ValueError):
        say(f"{folder} 里的搜索索引读不懂：已损坏，或由另一版本生成。请重新生成网站")
        return 1
    told = json.dumps(answer, ensure_ascii=False, indent=1) if arguments.json else _told(answer)
    try:
        print(told, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        say(f"结果没有写完：{system_words(error)}")
        return 1
    return 0


def _check(arguments: argparse.Namespace) -> None:
    """Refuse what nothing can be found by, whatever the index holds."""
    for name in ("limit", "offset"):
        if getattr(arguments, name) < 0:
            raise CommandFailed(f"--{name} 不能小于 0", 2)
    if not parse(" ".join(arguments.words)).wanted:
        raise CommandFailed("请输入要找的字词，标点不算", 2)


def _filters(
    arguments: argparse.Namespace, choices: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    """The values of the filters that are set: as the index has them, however typed."""
    typed = {name: value for name in FILTERS if (value := getattr(arguments, name))}
    return {
        name: _year(value, choices[name]) if name == "year" else _value(name, value, choices[name])
        for name, value in typed.items()
    }


def _year(typed: str, years: Mapping[str, str]) -> str:
    found = _YEAR.fullmatch(unicodedata.normalize("NFKC", typed).strip())
    if not found:
        raise CommandFailed(f"年份“{typed}”不成立。请写成 2022；有：{'、'.join(sorted(years))}", 2)
    return found[1]


def _value(name: str, typed: str, labels: Mapping[str, str]) -> str:
    """The value that is meant: by itself or by its name for people."""
    plain = typed.strip().strip("/") if name == "column" else typed.strip()
    if plain in labels:
        return plain
    meant = [value for value, label in labels.items() if plain in (label, label.strip("《》"))]
    if len(meant) == 1:
        return meant[0]
    told = "、".join(
        value if labels[value] == value else f"{value}（{labels[value]}）"
        for value in meant or sorted(labels)
    )
    how = f"有几个{_NAMES[name]}叫“{typed}”" if meant else f"没有“{typed}”这个{_NAMES[name]}"
    raise CommandFailed(f"{how}；可用：{told or '（没有）'}", 2)


def _told(answer: dict[str, Any]) -> str:
    """The answer for a person."""
    lines = [f"找到 {answer['total']} 条"]
    if not answer["exact"]:
        lines = [f"可能有 {answer['total']} 条，没有逐篇核对；要确切的数，用 --all"]
    if answer["pinyin"]:
        lines[0] += "（按拼音）"
    if answer["approximate"]:
        how = "只差一个字" if answer["near"] else "相近"
        lines = [f"没有找到完全相符的，下面这些{how}"]
    if answer["suggestions"]:
        lines.append(f"可以改搜：{'　'.join(answer['suggestions'])}")
    for result in answer["results"]:
        labels = result["labels"]
        beside = [result["date"], labels["column"] or labels["periodical"], labels["kind"]]
        lines += ["", result["title"], "  " + "　".join(filter(None, (result["url"], *beside)))]
        lines += [f"  {result['excerpt']}"] if result["excerpt"] else []
    if answer["approximate"] and answer["next"] is not None:
        lines += ["", f"可能还有相近的，用 --offset {answer['next']} 接着找"]
    return "\n".join(lines)
