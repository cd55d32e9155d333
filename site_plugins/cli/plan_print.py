"""``jianyan plan print``: a plan as a PDF in the layout of official documents."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from site_plugins.build.printing import plan_print, print_document
from site_plugins.cli.plan_file import no_plan_file
from site_plugins.cli.project import CommandFailed, find_config, read_project, say
from site_plugins.domain.problems import Problem, in_order
from site_plugins.domain.settings import Settings
from site_plugins.outputs.print.document import LINE_END
from site_plugins.outputs.print.gb9704 import OWN_CHARACTERS, gb9704
from site_plugins.reading.plans.file import read_plan_file
from site_plugins.tools.markdown_converter import LazyConverter
from site_plugins.tools.system_words import system_words
from site_plugins.wiring import print_shop


def run(arguments: argparse.Namespace) -> int:
    """Print a plan; 1 if it could not be printed. An earlier PDF stays as it is then."""
    try:
        content = _read(arguments.file)
        settings = _settings(arguments)
        pdf, problems = _print(arguments, content, settings)
        _tell(problems)
        if pdf is None:
            raise CommandFailed("没有排印")
        _write(Path(arguments.output), pdf)
    except CommandFailed as error:
        say(str(error))
        return error.status
    say(f"已写入 {arguments.output}")
    return 0


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:
        raise no_plan_file(path) from None


def _settings(arguments: argparse.Namespace) -> Settings:
    start = os.path.dirname(os.path.abspath(arguments.file))
    settings, problems = read_project(find_config(arguments.config, start))
    _tell([p for p in problems if p.is_error])
    return settings


def _print(
    arguments: argparse.Namespace, content: bytes, settings: Settings
) -> tuple[bytes | None, Sequence[Problem]]:
    told = _told(arguments.file, settings)
    read = read_plan_file(content, told)
    if read.file is None:
        return None, read.problems
    source = content.decode("utf-8-sig", errors="replace")
    convert = LazyConverter(settings).convert
    file = replace(read.file, title=_title(arguments.title, read.file.title))
    draft = plan_print(file, told, source, convert, settings, arguments.number)
    if isinstance(draft, Problem):
        return None, (*read.problems, draft)
    printed = print_document(draft, gb9704, OWN_CHARACTERS, print_shop(settings))
    return printed.pdf, (*read.problems, *printed.problems)


def _title(given: str | None, title: str) -> str:
    """The title with the line ends that the person asks for.

    Raises:
        CommandFailed: what is given is another title.
    """
    if given is None:
        return title
    if "".join(given.replace("/", "").split()) != "".join(title.replace("/", "").split()):
        raise CommandFailed(f"--title 的字与标题“{title}”不同。请照抄标题，只在分行的地方加 /", 2)
    return LINE_END.join(line.strip() for line in given.split("/"))


def _told(path: str, settings: Settings) -> str:
    """How messages name the file: relative to mkdocs.yml where it lies below that."""
    relative = os.path.relpath(os.path.abspath(path), settings.root).replace(os.sep, "/")
    return path if relative.startswith("../") else relative


def _tell(problems: Sequence[Problem]) -> None:
    for found in in_order(problems):
        say(f"{found.severity.label}：{found.text}")


def _write(target: Path, pdf: bytes) -> None:
    """Write the PDF aside and rename it, so that there is never half a file.

    Raises:
        CommandFailed: the file cannot be written.
    """
    try:
        handle, part = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".pdf")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(pdf)
            os.chmod(part, 0o644)
            os.replace(part, target)
        finally:
            Path(part).unlink(missing_ok=True)
    except OSError as error:
        text = f"写不了 {target}（{system_words(error)}）。请核对文件夹是否存在、能否写入"
        raise CommandFailed(text) from None
