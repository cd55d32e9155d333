"""Documents drawn by chance, of few characters, so that much repeats; the same for a seed."""

from __future__ import annotations

import random

from site_plugins.outputs.search.documents import SearchDocument, SearchLabels

LABELS = SearchLabels(kinds={"notice": "公告", "article": "文章"}, columns={"news": "要闻"})


def sample(count: int, seed: int = 1) -> list[SearchDocument]:
    """Documents with every sort of date, column and text, some of them empty."""
    draw = random.Random(seed)

    def text(longest: int) -> str:
        return "".join(draw.choices("政协委员市建言，ab𠮷", k=draw.randint(0, longest)))

    return [
        SearchDocument(
            address=f"/news/{number}/",
            title=text(9),
            headlines=tuple(text(5) for _ in range(draw.randint(0, 2))),
            date=draw.choice(["", "2021-05-06", "2022-01-02", "2022-01-03"]),
            kind=draw.choice(["article", "notice"]),
            column=draw.choice(["", "news", "news/meetings"]),
            year=draw.choice([None, 2021, 2022]),
            periodical=draw.choice(["", "", "magazine"]),
            texts=tuple(text(30) for _ in range(draw.randint(0, 5))),
            people=draw.choice([(), ("某甲",)]),
        )
        for number in range(count)
    ]
