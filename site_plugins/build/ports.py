"""What the build needs from the world outside; the tools fit these shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.attachment_text import AttachmentText
from site_plugins.domain.converted import ConvertedText
from site_plugins.outputs.pages import Assets, Renderer
from site_plugins.reading.content import Source


class ConvertText(Protocol):
    """Converts the Markdown of a content file."""

    def __call__(self, markdown: str, path: str) -> ConvertedText:
        """The converted text.

        Raises:
            ConversionError: the text is nested too deeply.
        """


class ReadAttachment(Protocol):
    """Reads the plain text of a file of content/; types that have none give no blocks."""

    def __call__(self, path: str) -> AttachmentText:
        """The text of the file at a content path. What hinders it is told, never raised."""


class Publisher(Protocol):
    """Brings the finished tree into the site folder."""

    def put(self, artifact: Artifact) -> None:
        """Take a file of the new tree."""

    def commit(self) -> None:
        """Make the site folder the new tree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """The tools of a build, chosen by wiring.

    ``sources`` lists content/; ``measure`` gives a picture's (width, height), (0, 0) where it has
    none; ``attachment`` reads attachments for search, None where they are left out; ``unseen``
    converts what is not public where ``convert`` would show it to plugins of other makers, which
    may publish what they see; ``render`` and ``theme`` are None where nothing is rendered
    (``jianyan check``); ``post`` changes a finished page, for such plugins.
    """

    sources: Callable[[], Iterable[Source]]
    convert: ConvertText
    measure: Callable[[str], tuple[int, int]]
    tag_ids: Callable[[Sequence[str]], Mapping[str, str]]
    read: Callable[[str], bytes]
    attachment: ReadAttachment | None = None
    unseen: ConvertText | None = None
    render: Renderer | None = None
    theme: Callable[[], Assets] | None = None
    post: Callable[[Artifact], Artifact] | None = None
