"""A seal on a finished build: while it holds, there is nothing to do."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b, sha256
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from site_plugins.build.tree_files import TreeFiles
from site_plugins.domain.problems import Problem
from site_plugins.tools.stamps import SETTLED, STAMP_SIZE, Stamp, packed, stamp_of

_SIZE = 16
_LENGTH = 8


class Seal(Struct, frozen=True, kw_only=True):
    """What a build saw and left.

    Attributes:
        key: digest of all that pages depend on beside content/.
        content: digest of the stamps of content/.
        seen: when content/ was looked at, in nanoseconds.
        since: from when on the same is public, None for ever before.
        until: up to when (not included), None for ever after.
        files: how many files the tree has.
        places: these and its folders, packed: most builds do not come to look at them.
        tree: digest of the stamps of both.
        records: how many records are public.
        left_out: how many files were left out for their errors.
        problems: what was told.
        outline: digest of what lies beside the seal, empty where nothing does: the stamps of
            content/, and the outline of the site.
    """

    key: str
    content: str
    seen: int
    since: datetime | None
    until: datetime | None
    files: int
    places: bytes
    tree: str
    records: int
    left_out: int
    problems: tuple[Problem, ...]
    outline: str = ""


_encode = msgspec.msgpack.Encoder().encode
_decode_places = msgspec.msgpack.Decoder(tuple[str, str]).decode
_BETWEEN = "\0"


class SealFile:
    """The seal of one site folder."""

    def __init__(self, cache: str, folder: str) -> None:
        name = sha256(folder.encode("utf-8", "surrogateescape")).hexdigest()[:12]
        self._file = Path(cache) / "trees" / f"{name}.seal"
        self._beside = self._file.with_suffix(".outline")
        self._folder = folder

    def write(self, seal: Seal, content: Content, outline: bytes) -> None:
        """Put the seal on; ``content`` are the stamps of content/ as it was looked at."""
        beside = len(content.packed).to_bytes(_LENGTH, "little") + content.packed + outline
        digest = blake2b(beside, digest_size=_SIZE).hexdigest()
        self._put(self._beside, beside)
        written = _encode(replace(seal, outline=digest))
        self._put(self._file, blake2b(written, digest_size=_SIZE).digest() + written)

    def _put(self, file: Path, content: bytes) -> None:
        fresh = file.with_suffix(".new")
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(content)
        os.replace(fresh, file)

    def changed_since(self, seal: Seal, content: Content) -> tuple[list[int], bytes] | None:
        """The numbers of the files of content/ that may have changed since the sealed build, and
        its outline; None where that cannot be told.

        ``content`` are the stamps of content/ as it is.
        """
        try:
            beside = self._beside.read_bytes()
        except OSError:
            return None
        if blake2b(beside, digest_size=_SIZE).hexdigest() != seal.outline:
            return None
        end = _LENGTH + len(content.packed)
        if int.from_bytes(beside[:_LENGTH], "little") != len(content.packed):
            return None
        return content.unlike(beside[_LENGTH:end], seal.seen - SETTLED), beside[end:]

    def break_open(self) -> None:
        """Take the seal off: a build begins.

        What lies beside it goes as well: whatever becomes of the build, it may name what is not
        public any more.
        """
        self._file.unlink(missing_ok=True)
        self._beside.unlink(missing_ok=True)

    def read(self) -> Seal | None:
        """The seal, None where there is none or it is damaged."""
        try:
            written = self._file.read_bytes()
            digest, content = written[:_SIZE], written[_SIZE:]
            if digest != blake2b(content, digest_size=_SIZE).digest():
                return None
            return msgspec.msgpack.decode(content, type=Seal)
        except (OSError, msgspec.DecodeError):
            return None

    def is_of(self, seal: Seal, key: str, now: datetime) -> bool:
        """Whether a build now would show the same of what there was then."""
        if seal.key != key:
            return False
        if seal.since is not None and now < seal.since:
            return False
        return seal.until is None or now < seal.until

    def holds(self, seal: Seal, key: str, now: datetime, content: Content) -> bool:
        """Whether a build now would give what is there.

        ``content`` are the stamps of content/.
        """
        return (
            self.is_of(seal, key, now)
            and content.digest == seal.content
            and seal.seen - content.newest > SETTLED
            and _look_at(self._folder, *_decode_places(seal.places)) == seal.tree
        )


def places_of(files: TreeFiles, folders: Iterable[str]) -> bytes:
    """Files and folders of a tree, packed for a seal."""
    joined = (section.joined for section in files.sections() if section.runs)
    return _encode((_BETWEEN.join(joined), _BETWEEN.join(folders)))


class Content:
    """The stamps of content/ as bytes and as one digest, and when the newest file was changed."""

    def __init__(self, stamps: Iterable[tuple[str, Stamp]]) -> None:
        known = list(stamps)
        paths = "\0".join(path for path, _ in known)
        digest = blake2b(paths.encode("utf-8", "surrogateescape"), digest_size=_SIZE)
        self.packed = packed(stamp for _, stamp in known)
        digest.update(self.packed)
        self.digest = digest.hexdigest()
        self._changed = [max(changed, told) for _, (_, changed, told, _) in known]
        self.newest = max(self._changed, default=0)

    def unlike(self, others: bytes, settled: int) -> list[int]:
        """The numbers of the files whose stamps are not the ``others``, or that are younger than
        ``settled``, in nanoseconds."""
        mine, size = self.packed, STAMP_SIZE
        found = {number for number, time in enumerate(self._changed) if time >= settled}
        for start in range(0, len(mine), _BLOCK):
            if mine[start : start + _BLOCK] == others[start : start + _BLOCK]:
                continue
            for at in range(start, min(start + _BLOCK, len(mine)), size):
                if mine[at : at + size] != others[at : at + size]:
                    found.add(at // size)
        return sorted(found)


def tree_digest(stamps: bytes, times: Iterable[int]) -> str:
    """The stamps of a site folder's files, packed, and the times of its folders, as one digest."""
    digest = blake2b(stamps, digest_size=_SIZE)
    digest.update(packed((time,) for time in times))
    return digest.hexdigest()


def _look_at(folder: str, paths: str, folders: str) -> str:
    """The same of a site folder as it is now; empty where something is missing."""
    root, lstat = folder + "/", os.lstat
    try:
        return tree_digest(
            packed(stamp_of(lstat(root + path)) for path in paths.split(_BETWEEN)),
            (lstat(root + path).st_mtime_ns for path in folders.split(_BETWEEN)),
        )
    except OSError:
        return ""


_BLOCK = 256 * STAMP_SIZE
