"""What the build needs from the world outside; the tools fit these shapes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar

from msgspec import Struct, field

from site_plugins.build.packing import PackedSheet
from site_plugins.build.sheets import ConvertText, Sheet
from site_plugins.build.tree_files import TreeFiles
from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.attachment_text import AttachmentText
from site_plugins.domain.converted import TextFacts
from site_plugins.domain.model.parts import FixedId
from site_plugins.domain.noting import Fact, Notebook
from site_plugins.outputs.pages import Assets, PageDraft, SiteView
from site_plugins.reading.markdown_file import Surroundings
from site_plugins.reading.sources import Source


class SheetTask(NamedTuple):
    """A file to be read: its path, bytes and surroundings.

    ``outside``: a link that leads out of content/; ``size`` is then told without bytes.
    """

    path: str
    content: bytes
    around: Surroundings
    size: int = 0
    outside: bool = False


_Task = TypeVar("_Task")
_Done = TypeVar("_Done")


class SheetStore(Protocol):
    """Keeps sheets and texts from one build to the next, or for one build only.

    ``remake`` makes a file's sheet again where the store finds that it has lost the text.
    """

    remake: Callable[[str], PackedSheet] | None

    def read_all(self) -> None:
        """Read all that is remembered: all texts will be gone through."""

    def recall(self, path: str, digest: str, around: int) -> Sheet | None:
        """The sheet of a file with these bytes in these surroundings."""

    def sheet(self, path: str) -> Sheet | None:
        """The sheet of a file that has not changed since the last build; None where it is lost."""

    def trust(self, texts: Mapping[str, str]) -> None:
        """Take files for what they were in the last build: the digest of each one's text."""

    def keep(self, path: str, digest: str, around: int, packed: PackedSheet) -> Sheet:
        """Keep a sheet, and unpack it."""

    def forget(self, paths: Iterable[str]) -> None:
        """Keep nothing of these files any longer."""

    def facts(self, path: str) -> TextFacts:
        """What is known of a file's text; empty where it has none."""

    def packed_html(self, path: str) -> bytes:
        """The HTML of a file's converted text, in UTF-8; empty where it has none."""

    def blocks(self, path: str) -> tuple[str, ...]:
        """The plain blocks of a file's text."""


class Ledger(Protocol):
    """Remembers what each unit was made from, and what became of it.

    A unit is the smallest thing that is made anew or not: a page, a feed, the check of a file.
    """

    def stale(self, book: Notebook, keys: Collection[str]) -> dict[str, tuple[Fact, ...]]:
        """The units of ``keys`` that must be made, each with the facts that have changed; with
        none where the unit is new."""

    def results(self) -> Mapping[str, bytes]:
        """What units gave when they were made, of those that gave anything."""

    def record(
        self, key: str, facts: Iterable[Fact], result: bytes = b"", reason: str = ""
    ) -> None:
        """Note what a unit was made from, what it gave, and in words why it was made."""

    def settle(self, book: Notebook, keys: Collection[str]) -> None:
        """Forget all units but ``keys``, and note what every fact is now."""


class Tree(Ledger, Protocol):
    """The ledger of everything published, and the files that are there because of it."""

    @property
    def new_because(self) -> str:
        """Why a unit that is not remembered is made, in words."""

    @property
    def files(self) -> TreeFiles:
        """The files of the last tree, which the build makes those of the new one."""

    def remember(self) -> None:
        """Keep the files, and all that was noted, now that the tree is published."""

    def attic(self, name: str) -> bytes:
        """What an output keeps for itself from one build to the next; empty for nothing."""

    def store(self, name: str, content: bytes) -> None:
        """Keep something for an output."""


class Laid(NamedTuple):
    """A file that waits for the new tree: the SHA-256 of its bytes, and whether they are others
    than those published."""

    path: str
    digest: str
    is_new: bool


class Tray(Protocol):
    """Lays files of the new tree where the publisher finds them; may be sent to another process."""

    def lay(self, artifact: Artifact) -> Laid:
        """Lay a file; each path once in a build."""


class Bench(Protocol):
    """Does the heavy work, here or in other processes; the same bytes either way."""

    def sheets(self, tasks: Iterable[SheetTask]) -> Iterator[PackedSheet]:
        """The sheet of each file, in their order."""

    def aside(self, work: Callable[[_Task], _Done], task: _Task) -> Callable[[], _Done]:
        """Begin some work; what is returned waits for its outcome. The work must be a function of
        a module, the task something that can be sent."""

    def pages(
        self, site: SiteView, assets: Assets, drafts: Iterable[PageDraft], store: SheetStore
    ) -> Iterator[Artifact]:
        """The page of each draft, in their order."""

    def laid_pages(
        self,
        site: SiteView,
        assets: Assets,
        drafts: Iterable[PageDraft],
        store: SheetStore,
        tray: Tray,
    ) -> Iterator[Laid]:
        """The same, each page laid on the tray where it is made."""

    def spool(self, pieces: Iterable[bytes]) -> Iterable[bytes]:
        """Something that gives these pieces and can be sent: not all of them are in memory."""


class Publisher(Protocol):
    """Brings the finished tree into the site folder."""

    def damaged(self) -> Collection[str]:
        """The files of the last tree that are not as it left them."""

    def published(self, path: str) -> bytes | None:
        """A file as it is published now; None where there is none."""

    def put(self, artifact: Artifact) -> None:
        """Take a file of the new tree."""

    def take(self, laid: Laid) -> None:
        """Take a file of the new tree that was laid on the tray."""

    def commit(self, gone: Collection[str], kept: int) -> None:
        """Make the site folder the new tree: with what was put and taken, without the files of the
        last tree that are ``gone``, and with as many of it as are ``kept`` as they are."""


class Attachments(Protocol):
    """Reads the plain text of files of content/; types that have none give no blocks. What hinders
    it is told, never raised."""

    def text(self, path: str, digest: str) -> AttachmentText:
        """The text of the file at a content path; ``digest`` is that of its bytes."""

    def hindrance(self, path: str, digest: str) -> AttachmentText:
        """The same without the text."""


class NoAttachments:
    """No file has a text."""

    def text(self, path: str, digest: str) -> AttachmentText:
        """See :class:`Attachments`."""
        return AttachmentText()

    def hindrance(self, path: str, digest: str) -> AttachmentText:
        """See :class:`Attachments`."""
        return AttachmentText()


class Progress(Protocol):
    """Tells a person how far the build is."""

    def stage(self, name: str, total: int) -> None:
        """A stage begins in which ``total`` things are done."""

    def step(self, count: int = 1) -> None:
        """So many more of them are done."""


class NoProgress:
    """Tells nothing."""

    def stage(self, name: str, total: int) -> None:
        """See :class:`Progress`."""

    def step(self, count: int = 1) -> None:
        """See :class:`Progress`."""


def _nothing(path: str) -> Iterable[FixedId]:
    return ()


class Workshop(Struct, frozen=True, kw_only=True):
    """The tools of a build, chosen by wiring.

    ``sources`` lists content/; ``measure`` gives a picture's (width, height) by its path and the
    digest of its bytes, (0, 0) where it has none; ``events`` converts public texts with the page
    events of other makers' plugins, ``plain`` without; where ``events`` is None, ``bench``
    converts all. ``checks`` is the ledger of checks; ``published_ids`` gives the clause ids that
    earlier versions of a plan published, by its content path, as far as they are known;
    ``attachments`` reads attachments for search.
    """

    sources: Callable[[], Iterable[Source]]
    measure: Callable[[str, str], tuple[int, int]]
    tag_ids: Callable[[Sequence[str]], Mapping[str, str]]
    read: Callable[[str], bytes]
    bench: Bench
    store: SheetStore
    checks: Ledger
    plain: ConvertText
    events: ConvertText | None = None
    progress: Progress = field(default_factory=NoProgress)
    published_ids: Callable[[str], Iterable[FixedId]] = _nothing
    attachments: Attachments = field(default_factory=NoAttachments)


class PressRoom(Struct, frozen=True, kw_only=True):
    """The tools that turn an edition into files.

    ``theme`` gives the theme's published files; ``post`` changes a finished page, for plugins of
    other makers, and is told the content path of the text that it shows; ``all_because`` says in
    words why every page must be made anew, empty where nothing asks for it; ``compact`` asks for
    a whole new search index; ``tray`` is the publisher's, None where files must come to it.
    """

    bench: Bench
    store: SheetStore
    tree: Tree
    theme: Callable[[], Assets]
    post: Callable[[Artifact, str | None], Artifact] | None = None
    all_because: str = ""
    compact: bool = False
    progress: Progress = field(default_factory=NoProgress)
    tray: Tray | None = None
