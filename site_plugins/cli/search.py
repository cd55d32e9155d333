"""``jianyan search query``: asks the index of a built site, as the search page does."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from site_plugins.cli.project import say
from site_plugins.outputs.search.reader.answers import IndexReader
from site_plugins.outputs.search.reader.candidates import FILTERS
from site_plugins.outputs.search.reader.query import Query

_FOLDER = "search"


def run_query(arguments: argparse.Namespace) -> int:
    """Print what is found."""
    folder = Path(arguments.site) / _FOLDER
    query = Query(
        words=" ".join(arguments.words),
        limit=None if arguments.all else max(0, arguments.limit),
        offset=max(0, arguments.offset),
        sort=arguments.sort,
        filters={name: getattr(arguments, name) or "" for name in FILTERS},
    )
    try:
        index = IndexReader(lambda path: (folder / path).read_bytes())
        answer = index.found(query)
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
    if arguments.json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        print(_told(answer))
    return 0


def _told(answer: dict[str, Any]) -> str:
    """The answer for a person."""
    about = "" if answer["exact"] else "约"
    lines = [f"找到{about} {answer['total']} 条"]
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
    return "\n".join(lines)
