"""The site under test: the repository's sample site and a column that uses everything else.

What the sample site happens not to show (a withdrawn text, every list layout, a page of a list
long enough to be cut, each thing Markdown can do) stands in ``content/showcase`` and in the
records written here, so that the checks do not depend on what the sample texts use.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from PIL import Image

ROOT = Path(__file__).parents[2]
SHOWCASE = Path(__file__).with_name("content") / "showcase"
SITE_URL = "https://zx.example.com/"
ADDRESS_BELOW = "https://x.example/zx/"
"""``site_url`` of the second build, whose site does not stand at the root of its host."""

PAGES: Mapping[str, str] = {
    "home": "",
    "column": "news/",
    "column-cards": "showcase/",
    "column-gallery": "showcase/gallery/",
    "column-timeline": "showcase/timeline/",
    "column-table": "showcase/table/",
    "column-video": "showcase/video/",
    "column-people": "showcase/people/",
    "column-empty": "showcase/empty/",
    "column-long": "showcase/paged/",
    "column-page": "showcase/paged/page/1/",
    "archive": "news/archive/2022/",
    "article": "news/2022/0318-bimonthly/",
    "article-long-stretches": "news/2023/0330-open-day/",
    "article-everything": "showcase/everything/",
    "article-contents": "consult/2023/0420-bridges/",
    "article-short": "showcase/plain/",
    "notice": "showcase/notices/wanted/",
    "withdrawn": "showcase/withdrawn/",
    "expired": "showcase/expired/",
    "page": "about/",
    "page-long": "about/accessibility/",
    "plan": "plans/2022/",
    "event": "consultation/2022/0616-waterlogging/",
    "supervision": "supervision/2022/0324-harbour-works/",
    "calendar": "calendar/",
    "calendar-year": "calendar/2022/",
    "board": "plans/2023/progress/",
    "board-embedded": "plans/2023/progress/embed/",
    "topic": "topics/old-town/",
    "tags": "tags/",
    "tag": "tags/shuang-yue-xie-shang/",
    "magazine": "magazine/",
    "journal": "journal/",
    "issue": "magazine/*/",
    "journal-issue": "journal/*/",
    "periodical-article": "magazine/*/*/",
    "journal-article": "journal/*/*/",
    "feeds": "feeds/",
    "sitemap": "sitemap/",
    "search": "search/",
    "search-results": f"search/?q={quote('协商')}",
    "search-similar": f"search/?q={quote('双月协商座淡会')}",
    "search-nothing": f"search/?q={quote('查无此词甲乙丙')}",
    "404": "404.html",
}
"""One page of every layout, and of every form of it that looks different: name → address.

Addresses are relative to the site's root; ``*`` stands for any folder.
"""

WITH_MASTHEAD = tuple(name for name in PAGES if name != "board-embedded")
"""The pages of the site proper; what other sites embed has neither masthead, footer nor script."""

READY: Mapping[str, str] = {
    "search": "[data-search-empty] p",
    "search-results": "[data-search-hits] li",
    "search-similar": "[data-search-empty] p",
    "search-nothing": "[data-search-empty] li",
}
"""What stands on a page only when its script has done its work: name → CSS selector."""

_LISTED = {"gallery": 7, "timeline": 5, "table": 5, "video": 3}
_PAGED = 43


def write_sources(folder: Path) -> None:
    """Put mkdocs.yml, content/ and the theme of the site under test into ``folder``."""
    shutil.copytree(ROOT / "content", folder / "content")
    (folder / "theme").symlink_to(ROOT / "theme")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert SITE_URL in settings
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    below = settings.replace(SITE_URL, ADDRESS_BELOW)
    (folder / "below.yml").write_text(below, encoding="utf-8")
    showcase = folder / "content" / "showcase"
    shutil.copytree(SHOWCASE, showcase)
    _draw(showcase / "picture.png")
    _draw(showcase / "图 二.png")
    (showcase / "files").mkdir()
    for name in ("table.csv", "桥档 一.csv"):
        (showcase / "files" / name).write_text("桥名,跨数\n迎澜桥,3\n", encoding="utf-8")
    _write_records(showcase)


def build(folder: Path, settings: str, site: Path) -> None:
    """Build the site; the build's own words are the message when it fails."""
    program = Path(sys.executable).with_name("jianyan")
    command = [str(program), "build", "--strict", "-f", str(folder / settings), "-d", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def pages_of(site: Path) -> dict[str, str]:
    """The addresses of :data:`PAGES` on a built site, relative to its root."""
    return {name: _resolve(site, pattern) for name, pattern in PAGES.items()}


def html_files(site: Path) -> dict[str, Path]:
    """Every page of the site: address → file."""
    files = {f.relative_to(site).as_posix(): f for f in sorted(site.rglob("*.html"))}
    return {re.sub(r"(^|/)index\.html$", r"\1", name): file for name, file in files.items()}


def _resolve(site: Path, pattern: str) -> str:
    """The pattern itself, or the last folder that fits it and holds a page."""
    if "*" not in pattern:
        return pattern
    found = sorted(f.parent.relative_to(site).as_posix() for f in site.glob(f"{pattern}index.html"))
    assert found, f"the sample site has no {pattern}"
    return found[-1] + "/"


def _draw(path: Path) -> None:
    Image.new("RGB", (1200, 800), (30, 84, 87)).save(path)


def _write_records(showcase: Path) -> None:
    for layout, count in _LISTED.items():
        _draw(showcase / layout / "picture.png")
        for number in range(1, count + 1):
            _write_article(showcase / layout, number, "样稿" * (number % 3 + 1) + f"之{number}")
    paged = showcase / "paged"
    paged.mkdir()
    head = "title: 长栏目\ncolumn:\n  holds: [article]\n  menu: false\n"
    (paged / "index.md").write_text(f"---\n{head}---\n", encoding="utf-8")
    for number in range(1, _PAGED + 1):
        _write_article(paged, number, f"长栏目中的第{number}篇")
    for number in range(1, 4):
        head = f"title: 某{'甲乙丙'[number - 1]}\nkind: member\nsector: 示例界别\npost: 委员\n"
        (showcase / "people" / f"m{number}.md").write_text(f"---\n{head}---\n介绍。\n", "utf-8")


def _write_article(folder: Path, number: int, title: str) -> None:
    date = f"2022-{number % 12 + 1:02}-{number % 27 + 1:02}"
    head = f"title: {title}\ndate: {date}\nsource: 示例市政协办公室\n"
    if (folder / "picture.png").exists() and number % 4:
        head += "image: picture.png\nimage_alt: 测试用的图\n"
    text = f"这是{title}的正文。" * 6
    (folder / f"n{number:02}.md").write_text(f"---\n{head}---\n{text}\n", encoding="utf-8")
