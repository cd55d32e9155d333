"""The directory of a site: which address every content file and generated page has."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum

from msgspec import Struct, field

from site_plugins.domain.digests import digest_of
from site_plugins.domain.links import Target


class Found(Enum):
    """What stands where a link leads."""

    PAGE = "page"
    FILE = "file"
    HIDDEN = "hidden"
    FAULTY = "faulty"
    MISSING = "missing"


class Located(Struct, frozen=True):
    """Where a link leads: the address without leading slash, and the content file behind it."""

    found: Found
    address: str = ""
    path: str = ""


class Directory(Struct, frozen=True):
    """Answers what a link target is.

    ``addresses``: content path → address, of public pages; ``files``: content files that may be
    published because a text names them; ``generated``: addresses of pages made from lists.
    """

    addresses: Mapping[str, str]
    files: Collection[str]
    hidden: Collection[str]
    faulty: Collection[str]
    generated: Collection[str]
    paths: Mapping[str, str]
    _digest: list[str] = field(default_factory=list)

    def digest(self) -> str:
        """While it is the same, every target is what it was."""
        if not self._digest:
            self._digest.append(self._find_digest())
        return self._digest[0]

    def _find_digest(self) -> str:
        sets = (self.files, self.hidden, self.faulty, self.generated)
        addresses = (f"{path} {address}" for path, address in sorted(self.addresses.items()))
        return digest_of(*addresses, *("\x1e".join(sorted(one)) for one in sets))

    def locate(self, target: Target) -> Located:
        """What an internal target is; a folder or an address without ``.md`` is understood too."""
        written = target.path
        rooted = written.startswith("/")
        path = written.strip("/")
        if not written.endswith("/"):
            exact = self._exact(path)
            if exact.found is not Found.MISSING:
                return exact
        if path == "":
            return Located(Found.PAGE, "", "index.md")
        address = path + "/"
        if address in self.paths:
            return self._exact(self.paths[address])
        for guess in (f"{path}.md", f"{path}/index.md"):
            located = self._exact(guess)
            if located.found is not Found.MISSING:
                return located
        if address in self.generated:
            return Located(Found.PAGE, address)
        if rooted and path in self.generated:
            return Located(Found.PAGE, path)
        return Located(Found.MISSING)

    def _exact(self, path: str) -> Located:
        if path in self.addresses:
            return Located(Found.PAGE, self.addresses[path], path)
        if path in self.faulty:
            return Located(Found.FAULTY, "", path)
        if path in self.hidden:
            return Located(Found.HIDDEN, "", path)
        if path in self.files:
            return Located(Found.FILE, path, path)
        if path in self.generated:
            return Located(Found.PAGE, path)
        return Located(Found.MISSING)
