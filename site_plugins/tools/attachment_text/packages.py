"""Reads the XML parts of zipped documents (Office Open XML, OpenDocument) within limits."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Protocol

from lxml import etree

MOST_UNPACKED = 100_000_000
"""Bytes that are unpacked of one document at most."""

MOST_PARTS = 10_000

_CHUNK = 1 << 16
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of the old Office begin; the new one wraps encrypted documents in such a file."""


class Unreadable(Exception):
    """The text cannot be read; the exception's text says why, in Chinese."""


class Locked(Exception):
    """A password keeps the text from being read."""


class Gatherer(Protocol):
    """Hears a part's XML and keeps the blocks that are complete.

    ``name`` is ``{namespace}local``.
    """

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Characters within an element."""

    def taken(self) -> list[str]:
        """The blocks completed since the last call."""


class Package:
    """A zipped document.

    Raises:
        Locked: it is encrypted.
        Unreadable: it is no zip file, or a part is missing, damaged or too large.
    """

    def __init__(self, content: bytes) -> None:
        if content.startswith(_OLE):
            raise Locked
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise Unreadable("不是完好的文档") from error
        self._names = frozenset(self._zip.namelist())
        if len(self._names) > MOST_PARTS:
            raise Unreadable("文档里的文件太多")
        self._left = MOST_UNPACKED

    @property
    def names(self) -> frozenset[str]:
        """The paths of all parts."""
        return self._names

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, a piece at a time."""
        if name not in self._names:
            raise Unreadable(f"文档里缺 {name}")
        if self._zip.getinfo(name).flag_bits & 1:
            raise Locked
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise Unreadable("展开后太大")
                    yield chunk
        except (
            zipfile.BadZipFile,
            zlib.error,
            lzma.LZMAError,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
        ) as error:
            raise Unreadable("文档已损坏") from error

    def blocks(self, name: str, gatherer: Gatherer) -> Iterator[str]:
        """What a gatherer makes of a part, given out as soon as it is complete."""
        # Entities stay unexpanded, no DTD is loaded, and libxml2 limits depth and lengths.
        listener: Any = _Listener(gatherer)
        parser = etree.XMLParser(
            target=listener, resolve_entities=False, no_network=True, load_dtd=False
        )
        try:
            for chunk in self.chunks(name):
                parser.feed(chunk)
                yield from gatherer.taken()
            parser.close()
        except etree.LxmlError as error:
            raise Unreadable("文档已损坏") from error
        yield from gatherer.taken()


class _Listener:
    """Passes on what a parser meets, and refuses what no document of these kinds has."""

    def __init__(self, gatherer: Gatherer) -> None:
        self.data = gatherer.data
        self.end = gatherer.end
        self._start = gatherer.start

    def start(self, name: str, attributes: Any) -> None:
        self._start(name, dict(attributes))

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise Unreadable("文档里有不该有的 DOCTYPE")

    def close(self) -> None:
        """Nothing to hand over."""
