"""Damage: to the site folder, to the cache."""

import shutil
from pathlib import Path

from scripts.sameness.changing import Changing

_KINDS = ("flip", "cut", "remove", "empty")


def published(site: Changing) -> str:
    """Somebody changes, removes or adds a file of the site folder, or puts a link there."""
    tree = site.folder / "site"
    files = sorted(p for p in tree.rglob("*") if p.is_file() and not p.is_symlink())
    if not files:
        return "网站文件夹（空）"
    path = site.draw.choice(files)
    kind = site.draw.choice(("change", "remove", "add", "folder", "link"))
    if kind == "change":
        path.write_bytes(path.read_bytes() + b"?")
    elif kind == "remove":
        path.unlink()
    elif kind == "add":
        (path.parent / "stray.txt").write_text("外来文件\n", encoding="utf-8")
    elif kind == "folder":
        path.unlink()
        (path / "within").mkdir(parents=True)
        (path / "within" / "stray.txt").write_text("外来文件\n", encoding="utf-8")
    elif path.parent != tree:
        shutil.rmtree(path.parent)
        path.parent.symlink_to(site.content, target_is_directory=True)
    return f"网站文件夹 {kind} {site.name(path)}"


def cache(site: Changing) -> str:
    """Files of the cache are damaged, cut short, emptied or removed."""
    folder = site.folder / ".cache" / "jianyan"
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.stat().st_size)
    if not files:
        return "缓存（空）"
    # Of templates there are many, and each is like the other.
    few = [p for p in files if p.parent.name != "templates"]
    paths = files if site.draw.random() < 0.1 else [site.draw.choice(few or files)]
    kind = site.draw.choice(_KINDS)
    for path in paths:
        _damage(path, kind, site)
    return f"缓存 {kind} {site.name(paths[0])}{' 等' if len(paths) > 1 else ''}"


def no_cache(site: Changing) -> str:
    """The cache is deleted as a whole."""
    shutil.rmtree(site.folder / ".cache", ignore_errors=True)
    return "缓存（删去）"


def _damage(path: Path, kind: str, site: Changing) -> None:
    content = bytearray(path.read_bytes())
    if kind == "flip":
        for _ in range(5):
            content[site.draw.randrange(len(content))] ^= 1 << site.draw.randrange(8)
        path.write_bytes(content)
    elif kind == "cut":
        path.write_bytes(content[: site.draw.randrange(len(content))])
    elif kind == "empty":
        path.write_bytes(b"")
    else:
        path.unlink()
