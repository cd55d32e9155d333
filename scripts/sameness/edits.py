"""Edits of every kind that a site meets, drawn at random but the same for the same seed."""

import os
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image

from scripts.sameness.changing_site import START

_TITLES = ("修订", "更正", "补充", "再次修订")
_WORDS = ("口袋公园", "老旧小区", "乡村振兴", "水环境治理", "新标签甲", "新标签乙")


@dataclass(slots=True)
class Changing:
    """A site under edits.

    Attributes:
        folder: where it lies.
        draw: what decides.
        now: the clock of the next build.
        deleted: texts of deleted files, to be added back.
        secrets: what must not stand in any published file: phrase → file that held it.
        packages: a folder on Python's path where packages seem to be installed.
    """

    folder: Path
    draw: random.Random
    now: datetime = field(default_factory=lambda: datetime.fromisoformat(START))
    deleted: dict[str, bytes] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)

    @property
    def content(self) -> Path:
        """content/."""
        return self.folder / "content"

    @property
    def packages(self) -> Path:
        """A folder on Python's path where packages seem to be installed."""
        return self.folder / "packages"

    def records(self) -> list[Path]:
        """Texts that stand in columns, in a fixed order."""
        return sorted(p for p in self.content.glob("*/20*/*.md"))

    def pick(self) -> Path:
        """Any of them."""
        return self.draw.choice(self.records())

    def name(self, path: Path) -> str:
        """How a file is told."""
        return path.relative_to(self.folder).as_posix()


def body(site: Changing) -> str:
    """A sentence more at the end of a text, or one less."""
    path = site.pick()
    text = path.read_text(encoding="utf-8")
    if site.draw.random() < 0.3 and text.count("\n\n") > 2:
        text = text.rpartition("\n\n")[0] + "\n"
    else:
        text += f"\n补记第{site.draw.randrange(1000)}号。\n"
    path.write_text(text, encoding="utf-8")
    return f"正文 {site.name(path)}"


def title(site: Changing) -> str:
    """Another title."""
    path = site.pick()
    _set(path, "title", f"{site.draw.choice(_TITLES)}{site.draw.randrange(100)}：{path.stem}")
    return f"标题 {site.name(path)}"


def date(site: Changing) -> str:
    """Another day, perhaps in another year."""
    path = site.pick()
    day = datetime(2014, 1, 1) + timedelta(days=site.draw.randrange(3650))
    _set(path, "start" if "talks" in path.parts else "date", f"{day:%Y-%m-%d}")
    return f"日期 {site.name(path)}"


def column(site: Changing) -> str:
    """An article moves to another column."""
    path = _article(site)
    others = [
        c for c in ("news", "consult", "supervise", "research") if (site.content / c).is_dir()
    ]
    target = site.content / site.draw.choice(others) / path.parent.name / path.name
    if target == path or target.exists():
        return "栏目（没有变）"
    target.parent.mkdir(parents=True, exist_ok=True)
    path.rename(target)
    return f"栏目 {site.name(path)} → {site.name(target)}"


def tag(site: Changing) -> str:
    """Other tags."""
    path = site.pick()
    tags = site.draw.sample(_WORDS, site.draw.randrange(0, 4))
    _set(path, "tags", f"[{', '.join(tags)}]")
    return f"标签 {site.name(path)}"


def status(site: Changing) -> str:
    """To a draft, withdrawn, or published again."""
    path = _article(site)
    to = site.draw.choice(("draft", "withdrawn", "published", "withdrawn"))
    phrase = f"秘语{site.draw.randrange(10**6):06d}号"
    if to == "published":
        _take_phrases(site, path)
    else:
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}\n{phrase}不可外传。\n", encoding="utf-8")
        site.secrets[phrase] = site.name(path)
    _set(path, "status", to)
    return f"状态 {to} {site.name(path)}"


def publish_then_withdraw(site: Changing) -> str:
    """A phrase that was public goes with its text."""
    paths = [p for p in site.records() if "机密语" in p.read_text(encoding="utf-8")]
    if paths and site.draw.random() < 0.7:
        path = site.draw.choice(paths)
        for phrase in re.findall(r"机密语\d{6}号", path.read_text(encoding="utf-8")):
            site.secrets[phrase] = site.name(path)
        _set(path, "status", "withdrawn")
        return f"撤下 {site.name(path)}"
    path = _article(site)
    if "status: " in path.read_text(encoding="utf-8"):
        return "撤下（没有变）"
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n机密语{site.draw.randrange(10**6):06d}号暂时公开。\n")
    return f"加一句将撤下的话 {site.name(path)}"


def schedule(site: Changing) -> str:
    """A text that appears or goes at a time."""
    path = _article(site)
    key = site.draw.choice(("publish_at", "expire_at"))
    at = site.now + timedelta(hours=site.draw.randrange(-30, 60))
    _set(path, key, f"{at:%Y-%m-%d %H:%M}")
    return f"{key} {site.name(path)}"


def time_passes(site: Changing) -> str:
    """The clock goes on, seldom back."""
    site.now += timedelta(hours=site.draw.choice((1, 7, 24, 72, 400, -24)))
    return f"时间 {site.now.isoformat()}"


def alias(site: Changing) -> str:
    """Old addresses, with and without a query."""
    path = site.pick()
    number = site.draw.randrange(10**6)
    _set(path, "aliases", f"['/old/{number}.html', '/view.php?id={number}']")
    return f"旧地址 {site.name(path)}"


def picture(site: Changing) -> str:
    """A picture is replaced in place by one of the same size and time."""
    path = site.content / "pictures" / "plain.png"
    before = path.stat()
    colour = site.draw.randrange(256)
    picture = Image.new("RGB", (40, 30), (colour, 255 - colour, 64))
    picture.save(path)
    content = path.read_bytes()
    if len(content) < before.st_size:
        path.write_bytes(content + b"\0" * (before.st_size - len(content)))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    user = site.pick()
    _set(user, "image", os.path.relpath(path, user.parent).replace(os.sep, "/"))
    _set(user, "image_alt", "一块颜色")
    return f"图片 {site.name(user)}"


def rename(site: Changing) -> str:
    """A file gets another name."""
    path = site.pick()
    target = path.with_name(f"{path.stem[:4]}-r{site.draw.randrange(10**6)}.md")
    path.rename(target)
    return f"改名 {site.name(path)} → {site.name(target)}"


def delete(site: Changing) -> str:
    """A file goes."""
    path = site.pick()
    site.deleted[site.name(path)] = path.read_bytes()
    path.unlink()
    return f"删除 {site.name(path)}"


def add_back(site: Changing) -> str:
    """A deleted file comes back, or a new one."""
    if site.deleted and site.draw.random() < 0.7:
        name = site.draw.choice(sorted(site.deleted))
        path = site.folder / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(site.deleted.pop(name))
            return f"恢复 {name}"
    number = site.draw.randrange(10**6)
    day = datetime(2014, 1, 1) + timedelta(days=site.draw.randrange(3650))
    path = site.content / "news" / str(day.year) / f"{day:%m%d}-n{number}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"---\ntitle: 新稿{number}\ndate: {day:%Y-%m-%d}\nsource: 示例市政协办公室\n"
        f"tags: [{site.draw.choice(_WORDS)}]\n"
        f"implements: [plans/2023#1-2]\n---\n新稿正文{number}。\n",
        encoding="utf-8",
    )
    return f"新增 {site.name(path)}"


def broken(site: Changing) -> str:
    """A text gets an error, or loses it."""
    path = site.pick()
    text = path.read_text(encoding="utf-8")
    if "\ncolour: red\n" in text:
        path.write_text(text.replace("\ncolour: red\n", "\n"), encoding="utf-8")
    else:
        path.write_text(text.replace("---\n", "---\ncolour: red\n", 1), encoding="utf-8")
    return f"错误 {site.name(path)}"


def holder(site: Changing) -> str:
    """A column, plan, issue or topic is edited."""
    names = ("news/index.md", "plans/2023/index.md", "paper/2023-01/index.md", "topics/water.md")
    path = site.content / site.draw.choice(names)
    if not path.exists():
        return "上级（已不在）"
    if path.name == "index.md" and path.parent.name == "news":
        _set(path, "intro", f"第{site.draw.randrange(1000)}版简介")
    elif path.parent.name == "2023":
        text = path.read_text(encoding="utf-8")
        path.write_text(text + f"\n（三）另加一条{site.draw.randrange(100)}。\n", encoding="utf-8")
    else:
        _set(path, "title", f"改名{site.draw.randrange(1000)}")
    return f"上级 {site.name(path)}"


def template(site: Changing) -> str:
    """A template of the site's own hides one of the theme."""
    layout = site.folder / "theme" / "layouts" / "404.html"
    layout.parent.mkdir(parents=True, exist_ok=True)
    number = site.draw.randrange(1000)
    layout.write_text(
        '{% extends "layouts/base.html" %}{% block main %}<div class="wrap"><p>没有这一页，'
        f"第{number}版。</p></div>{{% endblock %}}\n",
        encoding="utf-8",
    )
    return "模板"


def style(site: Changing) -> str:
    """The style sheet changes."""
    theme = site.folder / "theme" / "styles"
    theme.mkdir(parents=True, exist_ok=True)
    (theme / "print.css").write_text(
        f"@media print {{ body {{ margin: {site.draw.randrange(40)}px }} }}\n", encoding="utf-8"
    )
    return "样式"


def setting(site: Changing) -> str:
    """A setting of mkdocs.yml changes."""
    number = site.draw.randrange(5, 40)
    return _settings(site, r"per_page: \d+", f"per_page: {number}", "设置")


def extension(site: Changing) -> str:
    """A Markdown extension comes or goes."""
    path = site.folder / "mkdocs.yml"
    text = path.read_text(encoding="utf-8")
    more = "markdown_extensions:\n  - sane_lists\n  - pymdownx.tilde\n"
    text = text.replace(more, "") if more in text else text + more
    path.write_text(text, encoding="utf-8")
    return "Markdown 扩展"


def package(site: Changing) -> str:
    """A package seems to be installed in another version."""
    for old in site.packages.glob("*.dist-info"):
        old.rmdir()
    version = site.draw.randrange(100)
    (site.packages / f"example_package-{version}.dist-info").mkdir(parents=True)
    return f"软件包 {version}"


def published_damage(site: Changing) -> str:
    """Somebody changes, removes or adds a file of the site folder."""
    files = sorted(p for p in (site.folder / "site").rglob("*") if p.is_file())
    if not files:
        return "网站文件夹（空）"
    path = site.draw.choice(files)
    kind = site.draw.choice(("change", "remove", "add"))
    if kind == "change":
        path.write_bytes(path.read_bytes() + b"?")
    elif kind == "remove":
        path.unlink()
    else:
        (path.parent / "stray.txt").write_text("外来文件\n", encoding="utf-8")
    return f"网站文件夹 {kind} {site.name(path)}"


def cache_damage(site: Changing) -> str:
    """A file of the cache is damaged, cut short or removed."""
    cache = site.folder / ".cache" / "jianyan"
    files = sorted(p for p in cache.rglob("*") if p.is_file() and p.stat().st_size)
    if not files:
        return "缓存（空）"
    path = site.draw.choice(files)
    kind = site.draw.choice(("flip", "cut", "remove"))
    content = bytearray(path.read_bytes())
    if kind == "flip":
        for _ in range(5):
            content[site.draw.randrange(len(content))] ^= 1 << site.draw.randrange(8)
        path.write_bytes(content)
    elif kind == "cut":
        path.write_bytes(content[: site.draw.randrange(len(content))])
    else:
        path.unlink()
    return f"缓存 {kind} {site.name(path)}"


Edit = Callable[[Changing], str]

EDITS: Mapping[str, tuple[Edit, int]] = {
    "body": (body, 6),
    "title": (title, 5),
    "date": (date, 3),
    "column": (column, 2),
    "tag": (tag, 3),
    "status": (status, 4),
    "withdrawal": (publish_then_withdraw, 4),
    "schedule": (schedule, 2),
    "time": (time_passes, 3),
    "alias": (alias, 2),
    "picture": (picture, 2),
    "rename": (rename, 2),
    "delete": (delete, 2),
    "add": (add_back, 3),
    "broken": (broken, 2),
    "holder": (holder, 3),
    "template": (template, 1),
    "style": (style, 1),
    "setting": (setting, 1),
    "extension": (extension, 1),
    "package": (package, 1),
    "published": (published_damage, 2),
    "cache": (cache_damage, 2),
}
"""Every kind of edit by name, with how often it is drawn."""


def any_edit(site: Changing) -> str:
    """One edit of any kind, told in a line."""
    names = list(EDITS)
    name = site.draw.choices(names, [EDITS[n][1] for n in names])[0]
    return EDITS[name][0](site)


def _article(site: Changing) -> Path:
    """A text of an ordinary column; an event's phrases are asked for elsewhere."""
    return site.draw.choice([p for p in site.records() if "talks" not in p.parts])


def _take_phrases(site: Changing, path: Path) -> None:
    """What becomes public is no secret any more."""
    text = path.read_text(encoding="utf-8")
    for phrase in [p for p in site.secrets if p in text]:
        del site.secrets[phrase]


def _set(path: Path, key: str, value: str) -> None:
    """Write a key of the front matter, in place of what it said."""
    head, mark, rest = path.read_text(encoding="utf-8").partition("\n---\n")
    lines = [line for line in head.split("\n") if not line.startswith(f"{key}:")]
    path.write_text("\n".join((*lines, f"{key}: {value}")) + mark + rest, encoding="utf-8")


def _settings(site: Changing, pattern: str, value: str, told: str) -> str:
    path = site.folder / "mkdocs.yml"
    path.write_text(re.sub(pattern, value, path.read_text(encoding="utf-8")), encoding="utf-8")
    return told
