"""The benchmark's articles as search gets them, without a build of the whole site."""

import re

from scripts.benchmark.articles import article, headline
from site_plugins.outputs.search.documents import SearchDocument

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ITEM = re.compile(r"^(-|\d+\.) ")


def search_document(index: int, total: int) -> SearchDocument:
    """Article ``index`` of ``total``."""
    head = headline(index, total)
    _, matter, body = article(index, total).split("---\n", 2)
    keys = dict(line.split(": ", 1) for line in matter.splitlines())
    beside = [keys["source"], keys.get("author", ""), *keys["tags"].strip("[]").split(", ")]
    return SearchDocument(
        address=f"/{head.path.removesuffix('.md')}/",
        title=head.title,
        headlines=tuple(keys[key] for key in ("kicker", "subtitle") if key in keys),
        date=head.date.isoformat(),
        kind="article",
        column=head.column,
        year=head.date.year,
        texts=tuple(filter(None, [*_blocks(body), *beside])),
    )


def _blocks(body: str) -> list[str]:
    blocks: list[str] = []
    for block in body.strip().split("\n\n"):
        if block.startswith("!["):
            continue
        plain = _LINK.sub(r"\1", block)
        if plain.startswith("|"):
            rows = [row for row in plain.splitlines() if "---" not in row]
            blocks += [cell.strip() for row in rows for cell in row.strip("|").split("|")]
        elif _ITEM.match(plain):
            blocks += [_ITEM.sub("", line).replace("**", "") for line in plain.splitlines()]
        else:
            blocks.append(plain.lstrip("# "))
    return blocks
