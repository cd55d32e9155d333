"""A generated site of every kind of content, which edits then change."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from scripts.benchmark.corpus import corpus_texts
from scripts.benchmark.pictures import write_pictures

START = "2024-01-01T09:00:00+08:00"
"""The site's first clock."""

THEME_FILES = {
    "theme/components/extra.css": "/* none yet */\n",
    "theme/partials/note.html": "<!-- 0 -->\n",
}

_MORE = {
    "content/plans/index.md": "---\ntitle: 年度计划\ncolumn:\n  holds: [plan]\n  order: 50\n---\n",
    "content/plans/2023/index.md": (
        "---\ntitle: 示例市政协2023年工作要点\nkind: plan\nyear: 2023\ndate: 2023-02-01\n"
        "source: 示例市政协办公室\ntargets:\n"
        '  - {clause: "1-1", what: 座谈会, count: 2, unit: 次, by: 2023-12-31}\n---\n'
        "一、协商议政\n\n（一）双月协商。召开2次座谈会。\n\n（二）网络议政。常年进行。\n\n"
        "二、自身建设\n\n（一）委员学习。举办培训。\n"
    ),
    "content/talks/index.md": (
        "---\ntitle: 协商\ncolumn:\n  holds: [consultation]\n  order: 60\n---\n"
    ),
    "content/talks/2023/0301-water.md": (
        "---\ntitle: 供水座谈会\nform: 双月协商座谈会\nstart: 2023-03-01 14:30\n"
        "place: 一号会议室\nimplements: [plans/2023#1-1]\n---\n谈供水。\n"
    ),
    "content/talks/2024/0110-school.md": (
        "---\ntitle: 办学座谈会\nform: 双月协商座谈会\nstart: 2024-01-10 09:00\n"
        "end: 2024-01-10 11:30\nplace: 二号会议室\nimplements: [plans/2023#1-1]\n---\n谈办学。\n"
    ),
    "content/topics/index.md": ("---\ntitle: 专题\ncolumn:\n  holds: [topic]\n  order: 70\n---\n"),
    "content/topics/water.md": "---\ntitle: 水\ngathers_tags: [水环境治理]\n---\n关于水。\n",
    "content/paper/index.md": "---\ntitle: 示例\nperiodical: {order: 80, frequency: 季刊}\n---\n",
    "content/paper/2023-01/index.md": (
        "---\ntitle: 2023年第1期\nissue:\n  year: 2023\n  number: 1\n  published: 2023-03-01\n"
        "  contents:\n    - section: 卷首\n      articles: [a, b]\n---\n"
    ),
    "content/paper/2023-01/a.md": "---\ntitle: 卷首语\ndate: 2023-03-01\n---\n开卷。\n",
    "content/paper/2023-01/b.md": "---\ntitle: 老街\ndate: 2023-03-01\n---\n老街的事。\n",
    "content/about.md": "# 关于本站\n\n见[供水座谈会](talks/2023/0301-water.md)。\n",
}


def write_site(folder: Path, articles: int) -> None:
    """Write the site anew; whatever was in the folder goes."""
    shutil.rmtree(folder, ignore_errors=True)
    write_pictures(folder / "content" / "pictures")
    for path, text in _texts(articles):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    Image.new("RGB", (40, 30), "#806040").save(folder / "content" / "pictures" / "plain.png")


def _texts(articles: int) -> Iterator[tuple[str, str]]:
    for path, text in corpus_texts(articles):
        if path == "mkdocs.yml":
            text = text.replace("  name: material\n", "  name: material\n  custom_dir: theme\n")
            text = text.replace("  - jianyan/site\n", "  - jianyan/site:\n      per_page: 20\n")
        yield path, text
    yield from _MORE.items()
    yield from THEME_FILES.items()
