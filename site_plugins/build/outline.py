"""The outline of a site: where every text stands, kept from one build to the next.

An edit that changes nothing but words leaves it as it is. With it such an edit need not read and
resolve all texts again (:mod:`site_plugins.build.rewording`).

Files of content/ are named by their numbers in its listing, so that no name of what is not public
is kept.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Sequence

import msgspec
from msgspec import Struct

from site_plugins.domain.digests import digest_of
from site_plugins.domain.moments import Moment
from site_plugins.reading.markdown_file import Surroundings

Numbers = bytes
"""Numbers of files in an order."""

NUMBER, YEAR, INSTANT = "I", "H", "d"
"""Types of numbers, see :mod:`array`."""


class ColumnOutline(Struct, frozen=True, array_like=True):
    """A column: its folder, its file, the folders of its children, its records."""

    folder: str
    file: int
    children: tuple[str, ...]
    own: Numbers
    all: Numbers
    others: Numbers


class IssueOutline(Struct, frozen=True, array_like=True):
    """An issue: its file, its sections with their articles, all articles."""

    file: int
    sections: tuple[tuple[str, Numbers], ...]
    articles: Numbers


class SiteOutline(Struct, frozen=True, array_like=True, kw_only=True):
    """A :class:`~site_plugins.domain.site.Site` whose records are numbers.

    ``addressed`` are the files that have an address, ``addresses`` these.
    """

    updated: Moment | None
    records: Numbers
    notices: tuple[tuple[int, str], ...]
    columns: tuple[ColumnOutline, ...]
    top: tuple[str, ...]
    pages: Numbers
    plans: Numbers
    events: Numbers
    reports: tuple[tuple[str, Numbers], ...]
    renamed: Numbers
    topics: tuple[tuple[int, Numbers], ...]
    periodicals: tuple[tuple[int, tuple[IssueOutline, ...]], ...]
    listed: Numbers
    tags: tuple[tuple[str, str, Numbers], ...]
    evidence: tuple[tuple[str, tuple[tuple[str, Numbers], ...]], ...]
    hidden: Numbers
    faulty: Numbers
    addressed: Numbers
    addresses: tuple[str, ...]


class DirectoryOutline(Struct, frozen=True, array_like=True):
    """A :class:`~site_plugins.domain.directory.Directory` beside the addresses of a site."""

    files: Numbers
    hidden: Numbers
    faulty: Numbers
    generated: tuple[str, ...]


class Outline(Struct, frozen=True, array_like=True, kw_only=True):
    """See the module.

    Attributes:
        listing: digest of the names of all files of content/.
        texts: how many Markdown files there are.
        told, text: the digests of each file's sheet, empty where there is none.
        fixed: what of each sheet is no mere wording, 0 where words may concern other texts.
        years, instants: of each file's moment (see :class:`~site_plugins.domain.distant.Distance`).
        site, directory: where everything stands.
        around: what surrounds public texts.
        files: the published files and the digests of their bytes.
        pictures: those of them that are pictures, with width and height.
        attached: texts and the files that they name and whose text is searched.
        lasting: see :meth:`~site_plugins.domain.edition.Edition.lasting_digest`.
    """

    listing: str
    texts: int
    told: tuple[str, ...]
    text: tuple[str, ...]
    fixed: tuple[int, ...]
    years: bytes
    instants: bytes
    site: SiteOutline
    directory: DirectoryOutline
    around: dict[str, Surroundings]
    files: tuple[tuple[int, str], ...]
    pictures: tuple[tuple[int, int, int], ...]
    attached: tuple[tuple[int, tuple[int, ...]], ...]
    lasting: dict[str, str]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Outline).decode


def pack_outline(outline: Outline) -> bytes:
    """An outline as bytes."""
    return _encode(outline)


def unpack_outline(content: bytes) -> Outline | None:
    """The outline that was packed; None where the bytes are none."""
    try:
        return _decode(content)
    except (msgspec.DecodeError, ValueError, OverflowError):
        return None


def listing_digest(paths: Iterable[str]) -> str:
    """A digest of the names of all files, and of how numbers are written here."""
    return digest_of(sys.byteorder, *paths)


def row_of(packed: Numbers) -> Sequence[int]:
    """The numbers of files in an order."""
    numbers = array(NUMBER)
    numbers.frombytes(packed)
    return numbers
