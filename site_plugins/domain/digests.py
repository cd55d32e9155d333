"""Digests of texts: short, and another one for every other text."""

from __future__ import annotations

from collections.abc import Callable, Collection
from hashlib import blake2b

_BETWEEN = "\x1e"
_LARGEST = (1 << 96) - 1


def _value_of(digest: str) -> int:
    return int(digest, 16)


def digest_of(*parts: str) -> str:
    """A digest of texts, told apart from any other division of the same characters."""
    written = "\x1f".join(parts)
    return blake2b(written.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


class Digests(dict[str, str]):
    """Digests by key; of what is not there it is empty."""

    def __missing__(self, key: str) -> str:
        return ""


def digest_of_set(digests: Collection[str]) -> str:
    """A digest of digests in whatever order: their number and their sum.

    Two sets with one sum would be an accident that does not happen.
    """
    return f"{len(digests)} {sum(map(_value_of, digests)) & _LARGEST:x}"


def digest_of_all(keys: Collection[str], digest_at: Callable[[str], str]) -> str:
    """A digest of keys, each with its own digest.

    An edit asks for those of every text: nothing is done for each that C can do for all. As there
    are as many digests as keys, the two lists can be told apart.
    """
    return digest_of(_BETWEEN.join(keys), _BETWEEN.join(map(digest_at, keys)))
