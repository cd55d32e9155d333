"""Writes the benchmark's site: the same bytes for the same number of articles, always."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from scripts.benchmark import vocabulary as words
from scripts.benchmark.articles import article, headline
from scripts.benchmark.pictures import write_pictures

NOW = "2024-01-01T09:00:00+08:00"
"""The site's clock: the day after the last article's."""

NOTE = "corpus.json"
"""File beside mkdocs.yml that says what a complete corpus holds."""

_SETTINGS = """\
site_name: 示例市政协
site_url: https://zx.example.org/
docs_dir: content
theme:
  name: material
plugins:
  - jianyan/site
  - jianyan/plans
  - jianyan/periodicals
  - jianyan/feeds
  - jianyan/search
"""


def prepare_corpus(folder: Path, total: int) -> Path:
    """Make sure that a folder holds the site of ``total`` articles; return its mkdocs.yml.

    A complete site of the same recipe is kept, anything else in the folder is replaced.
    """
    note = folder / NOTE
    wanted = {"articles": total, "recipe": _recipe()}
    if not note.is_file() or json.loads(note.read_text(encoding="utf-8")) != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        write_corpus(folder, total)
        note.write_text(json.dumps(wanted), encoding="utf-8")
    return folder / "mkdocs.yml"


def write_corpus(folder: Path, total: int) -> None:
    """Write the site of ``total`` articles into a folder."""
    write_pictures(folder / "content" / "pictures")
    for path, text in corpus_texts(total):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


def corpus_texts(total: int) -> Iterator[tuple[str, str]]:
    """Every text file of the site: path below its folder, and contents."""
    yield "mkdocs.yml", _SETTINGS
    yield "content/index.md", "---\ntitle: 首页\n---\n本站内容由程序生成，仅用于测量速度。\n"
    for order, (column, title) in enumerate(words.COLUMNS.items(), start=1):
        yield f"content/{column}/index.md", _column(title, order)
    for index in range(total):
        yield f"content/{headline(index, total).path}", article(index, total)


def _column(title: str, order: int) -> str:
    return (
        f"---\ntitle: {title}\nintro: {title}栏目\nkeywords: [政协, {title}]\n"
        f"column:\n  holds: [article]\n  layout: list\n  order: {order}\n---\n"
    )


def _recipe() -> str:
    """Digest of the modules that decide the corpus."""
    folder = Path(__file__).parent
    names = ("articles", "corpus", "draws", "names", "pictures", "prose", "vocabulary")
    digest = hashlib.sha256()
    for name in names:
        digest.update((folder / f"{name}.py").read_bytes())
    return digest.hexdigest()
