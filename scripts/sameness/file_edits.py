"""Edits of files: moved, renamed, deleted, added; pictures and attachments."""

import os
from pathlib import Path

from scripts.benchmark.vocabulary import COLUMNS
from scripts.sameness.changing import Changing, put, read, write
from scripts.sameness.changing_site import docx, plain_picture

_TAGS = ("口袋公园", "老旧小区", "新标签甲")


def column(site: Changing) -> str:
    """An article moves to another column, with what it names left behind."""
    articles = site.articles()
    if not articles:
        return "栏目（空）"
    path = site.draw.choice(articles)
    others = [c for c in (*COLUMNS, "notices", "notices/rules") if (site.content / c).is_dir()]
    target = site.content / site.draw.choice(others) / path.parent.name / path.name
    if target == path or target.exists():
        return "栏目（没有变）"
    target.parent.mkdir(parents=True, exist_ok=True)
    path.rename(target)
    return f"栏目 {site.name(path)} → {site.name(target)}"


def rename(site: Changing) -> str:
    """A file gets another name."""
    path = site.pick()
    target = path.with_name(f"{path.stem[:4]}-r{site.number()}.md")
    path.rename(target)
    return f"改名 {site.name(path)} → {site.name(target)}"


def exchange(site: Changing) -> str:
    """Two texts change places; each keeps its size and its times."""
    one, other = site.pick(), site.pick()
    if one == other:
        return "对调（没有变）"
    between = one.with_name(".between")
    one.rename(between)
    other.rename(one)
    between.rename(other)
    return f"对调 {site.name(one)}、{site.name(other)}"


def folder(site: Changing) -> str:
    """A whole column gets another name, or its folder becomes a file and a folder again."""
    folders = sorted(p.parent for p in site.holders() if p.parent.parent == site.content)
    path = site.draw.choice(folders)
    target = path.with_name(f"{path.name.partition('-')[0]}-{site.draw.randrange(3)}")
    if target.exists():
        return "文件夹（没有变）"
    path.rename(target)
    return f"文件夹 {site.name(path)} → {site.name(target)}"


def delete(site: Changing) -> str:
    """A file goes: a text, seldom what says what lies below it."""
    paths = site.texts()
    if len(paths) < 4:
        return "删除（没有变）"
    path = site.draw.choice(paths if site.draw.random() < 0.8 else site.holders())
    site.deleted[site.name(path)] = path.read_bytes()
    path.unlink()
    return f"删除 {site.name(path)}"


def add_back(site: Changing) -> str:
    """A deleted file comes back."""
    if not site.deleted:
        return add(site)
    name = site.draw.choice(sorted(site.deleted))
    path = site.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(site.deleted.pop(name))
    return f"恢复 {name}"


def add(site: Changing) -> str:
    """A new text."""
    number, day = site.number(), site.day()
    path = site.content / "news" / day[:4] / f"{day[5:7]}{day[8:]}-n{number}.md"
    write(
        path,
        f"---\ntitle: 新稿{number}\ndate: {day}\nsource: 示例市政协办公室\n"
        f"tags: [{site.draw.choice(_TAGS)}]\n"
        f"implements: [plans/2023#1-2]\n---\n新稿正文{number}，{site.phrase()}。\n",
    )
    return f"新增 {site.name(path)}"


def twin(site: Changing) -> str:
    """A text is there twice: as a file and as a folder's index, at one address."""
    path = site.pick()
    if path.name == "index.md":
        return "重复（没有变）"
    write(path.with_suffix("") / "index.md", read(path))
    return f"重复 {site.name(path)}"


def picture(site: Changing) -> str:
    """A picture is replaced in place by one of the same size and time."""
    path = site.content / "pictures" / "plain.png"
    before = path.stat()
    size = site.draw.choice(((40, 30), (40, 30), (30, 40)))
    path.write_bytes(plain_picture(site.draw.randrange(256), size))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    return f"图片 {size}"


def picture_used(site: Changing) -> str:
    """A text gets a picture at its head, or none."""
    user = site.pick()
    if site.draw.random() < 0.2:
        put(user, "image", None)
        return f"无题图 {site.name(user)}"
    names = ("plain.png", "view-01.webp", "none.png")
    path = site.content / "pictures" / site.draw.choice(names)
    put(user, "image", _way(path, user))
    put(user, "image_alt", "一块颜色")
    return f"题图 {site.name(user)}"


def cover(site: Changing) -> str:
    """An issue's cover comes and goes by its name alone."""
    path = site.content / "paper" / "2023-01" / "cover.png"
    if path.exists():
        path.unlink()
        return "封面（删去）"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(plain_picture(site.draw.randrange(256), (30, 40)))
    return "封面"


def attachment(site: Changing) -> str:
    """An attachment whose text is searched is written anew, damaged, deleted, or named."""
    paths = sorted(p for p in site.content.rglob("*.docx"))
    kind = site.draw.choice(("text", "text", "damage", "delete", "name", "unname"))
    if not paths or kind == "text":
        path = site.draw.choice(paths) if paths else site.content / "news" / "2023" / "notes.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(docx(f"会议记录{site.phrase()}。"))
        return f"附件 {site.name(path)}"
    path = site.draw.choice(paths)
    if kind == "damage":
        path.write_bytes(path.read_bytes()[:-30])
    elif kind == "delete":
        site.deleted[site.name(path)] = path.read_bytes()
        path.unlink()
    else:
        user = site.pick()
        put(user, "attachments", f"[{{file: {_way(path, user)}}}]" if kind == "name" else None)
        return f"附件 {kind} {site.name(user)}"
    return f"附件 {kind} {site.name(path)}"


def file_name(site: Changing) -> str:
    """A file that is no text gets another type by its name, and back."""
    path = site.content / "news" / "2023" / "notes.docx"
    other = path.with_suffix(".txt")
    one, two = (path, other) if path.exists() else (other, path)
    if not one.exists():
        return "换类型（已不在）"
    one.rename(two)
    for user in site.texts():
        text = read(user)
        if one.name in text and "\ufffd" not in text:
            write(user, text.replace(one.name, two.name))
    return f"换类型 {two.name}"


def link(site: Changing) -> str:
    """A link that leads out of content/ stands in a file's place, and goes again."""
    path = site.content / "news" / "linked.md"
    if path.is_symlink():
        path.unlink()
        return "链接（删去）"
    outside = site.folder / "outside.md"
    write(outside, "---\ntitle: 外面\n---\n外面的话。\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(outside)
    return "链接"


def _way(path: Path, user: Path) -> str:
    return os.path.relpath(path, user.parent).replace(os.sep, "/")
