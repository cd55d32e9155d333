"""The plain text of an attachment, and what kept it from being read."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from site_plugins.domain.catalogue import problem
from site_plugins.domain.problems import Problem

MOST_CHARACTERS = 300_000
"""Characters of one attachment that are searched; what follows is left out."""


class Hindrance(Enum):
    """Why an attachment's text is not searched, or not all of it; the value is the code."""

    UNREADABLE = "JY075"
    LOCKED = "JY076"
    NO_TEXT = "JY077"
    TOO_LONG = "JY078"


class AttachmentText(Struct, frozen=True):
    """What was read of an attachment.

    Attributes:
        blocks: its paragraphs and cells in order, none empty.
        hindrance: what kept some or all of it from being read, None where nothing did.
        reason: more about it in Chinese, for UNREADABLE.
    """

    blocks: tuple[str, ...] = ()
    hindrance: Hindrance | None = None
    reason: str = ""

    def problem(self, path: str) -> Problem | None:
        """The problem to tell of the file ``path``, which is relative to mkdocs.yml."""
        if self.hindrance is None:
            return None
        told = {"reason": self.reason, "most": MOST_CHARACTERS // 10_000}
        return problem(self.hindrance.value, path, 1, **told)
