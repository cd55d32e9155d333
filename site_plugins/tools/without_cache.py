"""For one build only: nothing is remembered from before, nothing is kept for later."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from site_plugins.build.packing import (
    PackedSheet,
    packed_html,
    unpack_blocks,
    unpack_facts,
    unpack_sheet,
)
from site_plugins.build.sheets import Sheet
from site_plugins.build.tree_files import TreeFiles
from site_plugins.domain.converted import TextFacts
from site_plugins.domain.noting import Fact, Notebook


class SheetsInMemory:
    """Sheets of one build (see build.ports.SheetStore)."""

    def __init__(self) -> None:
        self._packed: dict[str, tuple[bytes, bytes]] = {}
        self.remake: Callable[[str], PackedSheet] | None = None

    def read_all(self) -> None:
        """Nothing is remembered."""

    def recall(self, path: str, digest: str, around: int) -> Sheet | None:
        """Nothing is known from before."""
        return None

    def sheet(self, path: str) -> Sheet | None:
        """Nothing is known from before."""
        return None

    def trust(self, texts: Mapping[str, str]) -> None:
        """There was no last build."""

    def keep(self, path: str, digest: str, around: int, packed: PackedSheet) -> Sheet:
        """Keep the text for this build."""
        self._packed[path] = (packed.facts, packed.text)
        return unpack_sheet(packed.kind, packed.sheet)

    def forget(self, paths: Iterable[str]) -> None:
        """Nothing outlives the build anyway."""

    def facts(self, path: str) -> TextFacts:
        """See :class:`~site_plugins.build.ports.SheetStore`."""
        return unpack_facts(self._packed.get(path, _NOTHING)[0])

    def packed_html(self, path: str) -> bytes:
        """See :class:`~site_plugins.build.ports.SheetStore`."""
        return packed_html(self._packed.get(path, _NOTHING)[1])

    def blocks(self, path: str) -> tuple[str, ...]:
        """See :class:`~site_plugins.build.ports.SheetStore`."""
        return unpack_blocks(self._packed.get(path, _NOTHING)[1])


_NOTHING = (b"", b"")


class NoLedger:
    """Everything must be made (see build.ports.Tree)."""

    new_because = "不用缓存，全部生成"

    def __init__(self) -> None:
        self.files = TreeFiles()

    def stale(self, book: Notebook, keys: Collection[str]) -> dict[str, tuple[Fact, ...]]:
        """All are new."""
        return dict.fromkeys(keys, ())

    def results(self) -> Mapping[str, bytes]:
        """Nothing is known."""
        return {}

    def record(
        self, key: str, facts: Iterable[Fact], result: bytes = b"", reason: str = ""
    ) -> None:
        """Nothing is kept."""

    def settle(self, book: Notebook, keys: Collection[str]) -> None:
        """Nothing is kept."""

    def remember(self) -> None:
        """Nothing is kept."""

    def attic(self, name: str) -> bytes:
        """Nothing is known."""
        return b""

    def store(self, name: str, content: bytes) -> None:
        """Nothing is kept."""
