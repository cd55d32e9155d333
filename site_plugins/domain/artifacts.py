"""An artifact: one file of the published tree."""

from __future__ import annotations

from msgspec import Struct


class Artifact(Struct, frozen=True):
    """``path`` is relative to the site folder, with ``/``; ``content`` the file's bytes."""

    path: str
    content: bytes


def page_path(address: str) -> str:
    """The file behind an address: ``news/x/`` → ``news/x/index.html``; ``404.html`` stays."""
    return address + "index.html" if address == "" or address.endswith("/") else address
