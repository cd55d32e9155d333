"""What ``scripts/bench edit`` does to the corpus, and how the corpus is made whole again."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.benchmark.articles import article, headline
from scripts.benchmark.corpus import NOTE

_TITLE = re.compile(r"^title: .*$", re.MULTILINE)


def with_body_edit(text: str, run: int) -> str:
    """An article with one paragraph more, another one in each run."""
    return f"{text}\n第{run}次修改：补记一段，说明办理结果。\n"


def with_title(text: str, title: str) -> str:
    """An article under another title.

    Raises:
        ValueError: the text has no title.
    """
    edited, found = _TITLE.subn(f"title: {title}", text, count=1)
    if not found:
        raise ValueError("an article has a title")
    return edited


def edited_title(run: int) -> str:
    """A title no article of the corpus has, another one in each run."""
    return f"更正后的标题（第{run}次）"


def middle(total: int) -> int:
    """The article in the middle of the years."""
    return total // 2


def article_path(index: int, total: int) -> str:
    """The file of an article below the site's folder."""
    return f"content/{headline(index, total).path}"


def new_article(total: int, run: int) -> tuple[str, str]:
    """A file that the corpus does not have, dated as the newest article, and its contents."""
    newest = headline(total - 1, total)
    path = f"content/{newest.column}/{newest.date.year}/{newest.date:%m%d}-added-{run}.md"
    return path, with_title(article(total - 1, total), f"新发布的文章（第{run}次）")


@contextmanager
def borrowed(folder: Path) -> Iterator[None]:
    """Let a corpus be changed: meanwhile it does not pass for whole, should all be killed."""
    note = folder / NOTE
    kept = note.read_bytes()
    note.unlink()
    try:
        yield
    finally:
        note.write_bytes(kept)


@contextmanager
def changed(file: Path, text: str) -> Iterator[None]:
    """Write a file, and in the end, however that comes, put back what there was."""
    before = file.read_bytes() if file.is_file() else None
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
    try:
        yield
    finally:
        if before is None:
            file.unlink(missing_ok=True)
        else:
            file.write_bytes(before)
