"""``scripts/performance-page``: tables and chart of docs/performance.md from its JSON files."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.benchmark.performance_chart import draw_chart
from scripts.benchmark.performance_tables import Answer, all_tables

DOCS = Path(__file__).resolve().parents[2] / "docs"
_BEGIN, _END = "<!-- measured -->", "<!-- /measured -->"


def read_answers(folder: Path) -> list[Answer]:
    """The answers kept in a folder, by the names of their files."""
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]


def with_tables(page: str, answers: Sequence[Answer]) -> str:
    """The page with the tables of these answers between its marks.

    Raises:
        ValueError: the page lacks a mark.
    """
    before, begin, rest = page.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise ValueError(f"{_BEGIN} … {_END}")
    return f"{before}{_BEGIN}\n\n{all_tables(answers)}\n\n{_END}{after}"


def main(arguments: Sequence[str], docs: Path = DOCS) -> int:
    """Write page and chart where they have changed; with ``--check`` only name them, status 1."""
    if set(arguments) - {"--check"}:
        print("用法：scripts/performance-page [--check]", file=sys.stderr)
        return 2
    answers = read_answers(docs / "performance")
    page, chart = docs / "performance.md", docs / "images" / "performance.svg"
    fresh = {
        page: with_tables(page.read_text(encoding="utf-8"), answers),
        chart: draw_chart(answers),
    }
    stale = [
        file
        for file, text in fresh.items()
        if not file.is_file() or file.read_text(encoding="utf-8") != text
    ]
    for file in stale:
        print(file.relative_to(docs).as_posix())
        if "--check" not in arguments:
            file.write_text(fresh[file], encoding="utf-8", newline="\n")
    return int(bool(stale) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
