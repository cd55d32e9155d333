"""The files below content/ as they are handed to be read."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Protocol

from msgspec import Struct

from site_plugins.domain.catalogue import problem
from site_plugins.domain.generated import is_reserved_file
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings


class Source(Protocol):
    """A file below content/."""

    @property
    def path(self) -> str:
        """Where it lies, relative to content/."""

    @property
    def size(self) -> int:
        """Its length in bytes."""

    @property
    def outside(self) -> bool:
        """Whether it is a link that leads out of content/."""

    def read(self) -> bytes:
        """Its bytes."""

    def digest(self) -> str:
        """Tells its bytes from any others (see :func:`content_digest`), perhaps from memory."""


class FileAtHand(Struct, frozen=True):
    """A :class:`Source` whose bytes ``read`` gives."""

    path: str
    size: int
    read: Callable[[], bytes]
    outside: bool = False

    def digest(self) -> str:
        """See :class:`Source`."""
        return content_digest(self.read())


def content_digest(content: bytes) -> str:
    """The digest of a file's bytes."""
    return blake2b(content, digest_size=20).hexdigest()


def misfit(source: Source, limit: int, code: str, settings: Settings) -> Problem | None:
    """Why a file is not taken at all."""
    told = settings.content_name + source.path
    if source.outside:
        return problem("JY008", told)
    if source.size > limit:
        facts = {"size": _bytes(source.size, limit), "limit": _bytes(limit, source.size)}
        return problem(code, told, 1, **facts)
    if is_reserved_file(source.path) and not source.path.endswith(".md"):
        return problem("JY032", told, 1, address=source.path)
    return None


def _bytes(size: int, other: int) -> str:
    """A size as people read it, exact where it would look like the ``other`` one."""
    words = [
        f"{n / 1_000_000:.1f} MB" if max(size, other) >= 1_000_000 else f"{n / 1000:.0f} KB"
        for n in (size, other)
    ]
    return words[0] if words[0] != words[1] else f"{size} 字节"
