"""Digests of all that a site depends on beside its content: program, packages, settings, theme."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from importlib.util import find_spec
from operator import itemgetter
from pathlib import Path
from types import ModuleType
from typing import Any

from msgspec import Struct

from site_plugins.domain.settings import Settings
from site_plugins.tools.stamps import Stamp, stamp_of

# Where the site lies and what time it is change no page by themselves.
_NO_MATTER = frozenset({"root", "config", "content", "output", "cache", "clock", "theme_folders"})
_PACKAGES = frozenset({"site-packages", "dist-packages"})
_OWN = Path(__file__).resolve().parents[1]
_OF_SHEETS = ("content_name", "markdown_limit", "file_limit", "extensions", "extension_configs")


class Unknowable(Exception):
    """A setting of which nobody can tell whether it has changed."""


@functools.cache
def program_digest() -> str:
    """Jianyan's own modules, the Python that runs them, and every package installed beside it."""
    package = Path(__file__).resolve().parent.parent
    digest = blake2b(digest_size=16)
    digest.update(sys.version.encode("utf-8"))
    _add_files(digest, str(package), ".py")
    for name in sorted(set(_installed())):
        digest.update(name.encode("utf-8") + b"\0")
    return digest.hexdigest()


def _installed() -> Iterator[str]:
    """Names with versions of the packages on Python's path, without reading any of them."""
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        yield from (name for name in names if name.endswith((".dist-info", ".egg-info")))


def sheet_settings_digest(settings: Settings) -> str:
    """The settings on which sheets depend.

    Raises:
        Unknowable: a setting is an object that cannot be told from another.
    """
    return _digest(*(_told(getattr(settings, name)) for name in _OF_SHEETS))


def settings_digest(settings: Settings) -> str:
    """The settings on which pages depend.

    Raises:
        Unknowable: a setting is an object that cannot be told from another.
    """
    names = (name for name in settings.__struct_fields__ if name not in _NO_MATTER)
    return _digest(*(f"{name}={_told(getattr(settings, name))}" for name in names))


def theme_digest(folders: Sequence[str]) -> str:
    """The files of the theme's own folders; an installed theme is known by its version."""
    digest = blake2b(digest_size=16)
    for folder in map(Path, folders):
        if _is_own(folder):
            _add_files(digest, str(folder))
        else:
            digest.update(folder.name.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def theme_stamps(folders: Sequence[str]) -> tuple[tuple[str, Stamp], ...]:
    """The files of the theme's own folders as they are now, without reading them."""
    own = (str(folder) for folder in map(Path, folders) if _is_own(folder))
    names = sorted(name for folder in own for name in _files_below(folder))
    return tuple((name, stamp_of(os.stat(name))) for name in names)


def _is_own(folder: Path) -> bool:
    is_installed = is_packaged(folder) and (folder / "mkdocs_theme.yml").is_file()
    return folder.is_dir() and not is_installed


def _add_files(digest: blake2b, folder: str, ending: str = "") -> None:
    """Add the names and bytes of all files below a folder, by their names.

    Every build does so, even one of which nothing has changed: without ``pathlib`` it takes half.
    """
    start = len(folder) + 1
    for name in sorted(_files_below(folder)):
        if name.endswith(ending):
            with open(name, "rb", buffering=0) as file:
                digest.update(os.fsencode(name[start:]) + b"\0" + file.readall())


def is_packaged(place: Path) -> bool:
    """Whether a file or folder belongs to an installed package, whose version tells its bytes."""
    return not _PACKAGES.isdisjoint(place.parts)


def _files_below(folder: str, above: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every file, those behind links to folders too, which templates and style sheets follow."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files_below(entry.path, above)
            elif entry.is_file():
                yield entry.path
            elif entry.is_dir():
                real = os.path.realpath(entry.path)
                # A link to a folder above it would lead round for ever.
                if real not in above and not f"{os.path.realpath(folder)}/".startswith(f"{real}/"):
                    yield from _files_below(entry.path, above | {real})


@functools.cache
def source_digest(module: str) -> str:
    """The Python files of the module or package that a dotted name begins with.

    Asked once: a process goes on with what it has loaded, whatever becomes of the files.
    """
    digest = blake2b(digest_size=16)
    spec = find_spec(module.partition(".")[0])
    places = () if spec is None else (spec.submodule_search_locations or (spec.origin or "",))
    for place in map(Path, places):
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            if file.is_file():
                digest.update(file.relative_to(place.parent).as_posix().encode("utf-8") + b"\0")
                digest.update(file.read_bytes())
    return digest.hexdigest()


def told(value: Any) -> str:
    """Any value of mkdocs.yml as a text that is the same only for the same value.

    Raises:
        Unknowable: the value is an object that cannot be told from another.
    """
    return _told(value)


def _told(value: Any) -> str:
    if value is None or isinstance(value, str | int | float | bool | bytes | date):
        return repr(value)
    if isinstance(value, Mapping):
        items = sorted((_told(k), _told(v)) for k, v in value.items())
        return "{" + ",".join(f"{k}:{v}" for k, v in items) + "}"
    if isinstance(value, set | frozenset):
        return "{" + ",".join(sorted(map(_told, value))) + "}"
    if isinstance(value, Sequence):
        return "[" + ",".join(map(_told, value)) + "]"
    if isinstance(value, functools.partial):
        return f"partial({_told(value.func)},{_told(value.args)},{_told(value.keywords)})"
    if isinstance(value, Struct) or hasattr(value, "__dataclass_fields__"):
        names = value.__struct_fields__ if isinstance(value, Struct) else value.__dataclass_fields__
        parts = (_told(getattr(value, name)) for name in names)
        return f"{type(value).__qualname__}({','.join(parts)})"
    name = getattr(value, "__qualname__", "")
    if name and "<" not in name:
        return f"{value.__module__}.{name} {_module_digest(value.__module__)}"
    raise Unknowable(type(value).__qualname__)


def _module_digest(name: str) -> str:
    """A module that belongs to no package has no version: its file, and those of all such modules,
    for it may use any of them."""
    module = sys.modules.get(name)
    return loose_modules_digest() if module is not None and _is_loose(module) else ""


def loose_modules_digest() -> str:
    """The loaded modules that belong neither to a package nor to Python: they lie beside the site.

    Each is read once: a process goes on with what it has loaded, whatever becomes of the files.
    """
    loaded = sorted(sys.modules.items(), key=itemgetter(0))
    others = (module for name, module in loaded if name != "__main__")
    return _digest(*(_file_digest(module) for module in others if _is_loose(module)))


def _is_loose(module: ModuleType) -> bool:
    name = getattr(module, "__file__", None)
    if name is None:
        return False
    file = Path(name)
    own = (_OWN, *_of_python())
    return not is_packaged(file) and not any(file.is_relative_to(place) for place in own)


@functools.cache
def _of_python() -> tuple[Path, ...]:
    """The folders of the standard library."""
    # Loaded here: only a site with modules of its own asks.
    import sysconfig

    return tuple(Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib"))


@functools.cache
def _file_digest(module: ModuleType) -> str:
    try:
        return blake2b(Path(str(module.__file__)).read_bytes(), digest_size=8).hexdigest()
    except OSError:
        return ""


def _digest(*parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
