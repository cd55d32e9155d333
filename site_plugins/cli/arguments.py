"""Arguments of every command, with help in Chinese."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from site_plugins import __version__
from site_plugins.domain.model.kinds import KINDS


class ChineseFormatter(argparse.HelpFormatter):
    """Help that begins with 用法."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """The usage line with a Chinese word before it."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class ChineseParser(argparse.ArgumentParser):
    """An argument parser whose own words are Chinese; wrong use ends with status 2."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=ChineseFormatter, **options)

    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> Any:
        """What was given for an argument."""
        if action.option_strings and action.nargs is None and arg_strings == ["--"]:
            # Python before 3.13 drops it, and gives an empty list for ``--title=--``.
            return self._get_value(action, "--")
        return super()._get_values(action, arg_strings)

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong and how to see the usage."""
        message = _ARGUMENT.sub(r"\1：", _CHOICE.sub(_told_choices, message))
        for english, chinese in _WORDS:
            message = message.replace(english, chinese)
        print(f"用法不对：{message}。用 {self.prog} -h 查看用法", file=sys.stderr)
        sys.exit(2)


_ARGUMENT = re.compile(r"^argument (.+?): ")
_CHOICE = re.compile(r"invalid choice: '([^']*)' \(choose from (.*)\)")


def _told_choices(match: re.Match[str]) -> str:
    # Python 3.12 and later quote no choice.
    choices = "、".join(name.strip(" '") for name in match[2].split(","))
    return f"没有“{match[1]}”这一项；可用：{choices}"


_WORDS = (
    ("the following arguments are required: ", "缺少 "),
    ("unrecognized arguments: ", "不认识的参数 "),
    ("expected one argument", "后面要写一个值"),
    ("invalid int value: ", "应当是整数，不是 "),
)


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The command and its arguments.

    ``run`` names the module and function that carry it out, loaded only then: help and wrong use
    need not wait for the tools of a build.
    """
    parser = ChineseParser(
        prog="jianyan", description="建言：用 Markdown 发布政协网站、杂志和文史期刊", add_help=False
    )
    _help(parser)
    parser.add_argument(
        "--version", action="version", version=f"jianyan {__version__}", help="显示版本"
    )
    commands = parser.add_subparsers(
        title="命令", metavar="命令", dest="command", required=True, parser_class=ChineseParser
    )
    every = {
        "init": _init,
        "build": _build,
        "serve": _serve,
        "check": _check,
        "why": _why,
        "new": _new,
        "plan": _plan,
        "search": _search,
    }
    # Where a command is named at once nothing is told of the others.
    named = every.get(argv[0]) if argv else None
    for add in (named,) if named is not None else every.values():
        add(commands)
    return parser.parse_args(argv)


def _help(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-h", "--help", action="help", help="显示用法")
    parser._positionals.title = "参数"
    parser._optionals.title = "选项"


def _command(commands: Any, name: str, run: str, told: str) -> ChineseParser:
    parser: ChineseParser = commands.add_parser(name, help=told, description=told, add_help=False)
    _help(parser)
    parser.set_defaults(run=run)
    return parser


def _config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-f", "--config", metavar="文件", help="mkdocs.yml；缺省从当前文件夹向上找")


def _now(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--now", metavar="时间", help="按这个时间发布，如 2023-10-20T09:00:00+08:00"
    )


def _init(commands: Any) -> None:
    parser = _command(commands, "init", "init:run", "新建一个网站")
    parser.add_argument("folder", metavar="文件夹", help="新的或空的文件夹")


def _build(commands: Any) -> None:
    parser = _command(commands, "build", "build:run_build", "生成网站")
    _config(parser)
    parser.add_argument("-d", "--site-dir", metavar="文件夹", help="网站输出到哪里；缺省 site/")
    _now(parser)
    parser.add_argument("--strict", action="store_true", help="有错误就不更新网站")
    parser.add_argument(
        "--jobs", type=int, metavar="N", help="最多用几个进程；缺省有几个处理器用几个，结果都一样"
    )
    parser.add_argument("--compact", action="store_true", help="把搜索索引整个重建一遍")
    parser.add_argument("-q", "--quiet", action="store_true", help="只说错误")


def _serve(commands: Any) -> None:
    parser = _command(commands, "serve", "build:run_serve", "在本机预览，保存后自动刷新")
    _config(parser)
    _now(parser)
    parser.add_argument(
        "-a", "--dev-addr", metavar="地址", default="127.0.0.1:8000", help="缺省 127.0.0.1:8000"
    )
    parser.add_argument("--strict", action="store_true", help="有错误就停下")


def _check(commands: Any) -> None:
    parser = _command(commands, "check", "check:run", "检查全部稿件，不生成网站")
    _config(parser)
    _now(parser)
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", metavar="格式", help="text 或 json"
    )


def _why(commands: Any) -> None:
    parser = _command(commands, "why", "why:run", "说明一个页面上次为什么重新生成")
    parser.add_argument("page", metavar="页面", help="网址（如 /news/）、网站文件或稿件文件")
    _config(parser)
    parser.add_argument("-d", "--site-dir", metavar="文件夹", help="哪个网站文件夹；缺省 site/")


def _new(commands: Any) -> None:
    parser = _command(commands, "new", "new:run", "新建一篇稿件，印出文件路径")
    parser.add_argument(
        "kind", metavar="类型", nargs="?", choices=sorted(KINDS), help="、".join(sorted(KINDS))
    )
    _config(parser)
    parser.add_argument("--column", metavar="栏目", help="栏目的文件夹，如 news")
    parser.add_argument("--title", metavar="标题", help="稿件标题")
    parser.add_argument("--date", metavar="日期", help="如 2023-10-20；缺省今天")
    _now(parser)


def _plan(commands: Any) -> None:
    parser = commands.add_parser("plan", help="年度计划", description="年度计划", add_help=False)
    _help(parser)
    below = parser.add_subparsers(
        title="命令", metavar="命令", dest="plan_command", required=True, parser_class=ChineseParser
    )
    show = _command(below, "show", "plan:run_show", "列出计划的部分、条款和编号")
    show.add_argument("file", metavar="文件", help="计划的 Markdown 文件")
    show.add_argument("--json", action="store_true", help="以 JSON 输出")
    ids = _command(below, "ids", "plan_ids:run_ids", "固定条款编号，列出每个编号是怎么来的")
    ids.add_argument("file", metavar="文件", help="计划的 Markdown 文件")
    ids.add_argument("--write", action="store_true", help="写进文首的 ids；不写就只列出")
    targets = _command(below, "targets", "plan_targets:run_targets", "从原文读出目标，供编辑取舍")
    targets.add_argument("file", metavar="文件", help="计划的 Markdown 文件")
    targets.add_argument("--json", action="store_true", help="以 JSON 输出")
    targets.add_argument("--write", action="store_true", help="把新的目标写进文首的 targets")
    targets.add_argument("--accept", metavar="序号", help="只写这几个，如 1,3；缺省全部新的")
    report = _command(below, "report", "plan_report:run_report", "写出年终落实情况报告的草稿")
    report.add_argument("file", metavar="文件", help="计划的 Markdown 文件")
    report.add_argument("-o", "--output", metavar="文件", help="写到这个新文件；缺省印在屏幕上")
    _config(report)
    _now(report)
    _plan_print(below)


def _plan_print(below: Any) -> None:
    parser = _command(below, "print", "plan_print:run", "按公文格式排成 PDF")
    parser.add_argument("file", metavar="文件", help="计划的 Markdown 文件")
    parser.add_argument("-o", "--output", metavar="PDF", required=True, help="写到哪里")
    _config(parser)
    parser.add_argument(
        "--title", metavar="标题", help="标题分行的地方写 /，如 示例市政协/2023年要点"
    )
    parser.add_argument("--number", metavar="文号", default="", help="红头下面的发文字号")


def _search(commands: Any) -> None:
    parser = commands.add_parser("search", help="搜索", description="搜索", add_help=False)
    _help(parser)
    below = parser.add_subparsers(
        title="命令",
        metavar="命令",
        dest="search_command",
        required=True,
        parser_class=ChineseParser,
    )
    _search_export(below)
    _search_query(below)


def _search_export(below: Any) -> None:
    told = "导出全部文字，供自己的搜索服务器用，印出写好的文件"
    parser = _command(below, "export", "search_export:run", told)
    parser.add_argument(
        "--format",
        choices=("sqlite", "ndjson"),
        required=True,
        metavar="格式",
        help="sqlite 或 ndjson",
    )
    parser.add_argument("-o", "--output", required=True, metavar="文件", help="写到哪里")
    _config(parser)
    _now(parser)


def _search_query(below: Any) -> None:
    query = _command(below, "query", "search:run_query", "搜索，结果与网站的搜索页相同")
    query.add_argument(
        "words", metavar="词", nargs="+", help="几个词用空格分开；“…”原样搜，-词 不要含有它的"
    )
    query.add_argument("--site", metavar="文件夹", default="site", help="生成好的网站；缺省 site/")
    query.add_argument("--json", action="store_true", help="以 JSON 输出")
    query.add_argument("--limit", type=int, metavar="N", default=10, help="列出几条；缺省 10")
    query.add_argument("--offset", type=int, metavar="N", default=0, help="跳过前几条")
    query.add_argument("--all", action="store_true", help="全部列出")
    query.add_argument("--kind", metavar="类型", help="只要这一类，如 article")
    query.add_argument("--column", metavar="栏目", help="只要这个栏目和它下面的，如 news")
    query.add_argument("--year", metavar="年份", help="只要这一年的")
    query.add_argument("--periodical", metavar="刊物", help="只要这个刊物的，写它的文件夹")
    query.add_argument(
        "--sort",
        choices=("relevance", "date", "oldest"),
        default="relevance",
        metavar="次序",
        help="relevance 最相关的在前，date 新的在前，oldest 旧的在前",
    )
