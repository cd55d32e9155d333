"""Remembers compiled templates: compiling all of them takes longer than an edit may."""

from __future__ import annotations

import marshal
import os
import sys
from hashlib import blake2b
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

_SIZE = 16


class CompiledTemplates(jinja2.BytecodeCache):
    """Code of templates in a folder, one file each.

    Jinja's own cache reads pickles; here a digest stands before the code, and nothing is read
    that does not fit it.
    """

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)
        version = f"{jinja2.__version__} {sys.implementation.cache_tag} {sys.hexversion}"
        self._version = version.encode("ascii")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a template from its file, where that is whole and of this source."""
        try:
            content = self._file(bucket).read_bytes()
        except OSError:
            return
        code = content[_SIZE:]
        if content[:_SIZE] == self._seal(bucket, code):
            bucket.code = marshal.loads(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        code = marshal.dumps(bucket.code)
        file = self._file(bucket)
        fresh = file.with_name(f"{file.name}.{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(self._seal(bucket, code) + code)
            os.replace(fresh, file)
        except OSError:
            # A cache that cannot be written is no reason to stop.
            return

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}.bin"

    def _seal(self, bucket: Bucket, code: bytes) -> bytes:
        sealed = b"\0".join((self._version, bucket.checksum.encode("ascii"), code))
        return blake2b(sealed, digest_size=_SIZE).digest()
