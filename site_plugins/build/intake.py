"""Takes in content/: every Markdown file becomes a sheet, remembered or made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from site_plugins.build.packing import PackedSheet, pack_sheet
from site_plugins.build.ports import SheetTask, Workshop
from site_plugins.build.sheets import Sheet, SheetOf, with_text
from site_plugins.domain.model.records import Plan
from site_plugins.domain.settings import Settings
from site_plugins.domain.site import Site
from site_plugins.reading.content import Content, read_content
from site_plugins.reading.markdown_file import Outcome, Reading, Surroundings, read_file
from site_plugins.reading.sources import Source, content_digest


class Intake:
    """Reads content/ once; ``sheets`` then has every Markdown file's sheet by its path."""

    def __init__(self, settings: Settings, workshop: Workshop) -> None:
        self._settings = settings
        self._shop = workshop
        self._readings: dict[str, Reading] = {}
        self._sources: dict[str, Source] = {}
        self._around: dict[str, Surroundings] = {}
        self._digests: dict[str, str] = {}
        self.sheets: dict[str, Sheet] = {}
        self.made = 0
        """How many sheets were not remembered."""

    def read(self) -> Content:
        """What content/ holds."""
        sources = list(self._shop.sources())
        self._sources = {source.path: source for source in sources}
        self._shop.store.remake = self._remake
        self._shop.store.read_all()
        texts = sum(source.path.lower().endswith(".md") for source in sources)
        self._shop.progress.stage("读稿", texts)
        return read_content(sources, self._settings, self._read_files)

    @property
    def paths(self) -> Sequence[str]:
        """Every file of content/, in the order in which it was listed."""
        return tuple(self._sources)

    def digest(self, path: str) -> str:
        """The digest of a file's bytes."""
        known = self._digests.get(path)
        return self._sources[path].digest() if known is None else known

    def sources_told(self) -> dict[str, str]:
        """Of every Markdown file what settles which problems it has by itself: its bytes, and
        what its sheet tells, for the columns above decide how it is read. What leads out of
        content/ is not read at all.
        """
        known, sources = self._digests, self._sources
        return {
            path: "-"
            if sources[path].outside
            else f"{known.get(path) or sources[path].digest()} {sheet.told}"
            for path, sheet in self.sheets.items()
        }

    def surroundings(self, paths: Iterable[str]) -> dict[str, Surroundings]:
        """What surrounds texts: by path for an index.md, by folder for all others of it."""
        return {surroundings_key(path): self._around[path] for path in paths}

    def body(self, path: str) -> str:
        """The Markdown text of a file, read again."""
        return read_file(self._sources[path], self._around[path], self._settings).body

    def convert(self, content: Content, intended: Site) -> None:
        """Convert the texts where plugins of other makers take part: only what is public is
        shown to them, for they may publish what they see."""
        assert self._shop.events is not None
        public = intended.addresses.keys() - intended.notices.keys()
        for path in sorted(self._readings):
            reading = self._readings[path]
            convert = self._shop.events if path in public else self._shop.plain
            full = with_text(reading, self._settings, convert)
            self.sheets[path] = full.sheet
            self._shop.store.keep(path, "", 0, pack_sheet(full))
            told = full.sheet.problems[len(reading.problems) :]
            content.problems.extend(told)
        self._readings.clear()

    def _remake(self, path: str) -> PackedSheet:
        task = self._task(self._sources[path], self._around[path])
        return next(iter(self._shop.bench.sheets([task])))

    def _read_files(self, files: Sequence[tuple[Source, Surroundings]]) -> Iterable[Outcome]:
        self._around.update((source.path, around) for source, around in files)
        if self._shop.events is not None:
            return [self._read_only(source, around) for source, around in files]
        return self._recalled(files)

    def _read_only(self, source: Source, around: Surroundings) -> Reading:
        reading = read_file(source, around, self._settings)
        self.made += 1
        self.sheets[source.path] = SheetOf(made=reading.made)
        if reading.made is not None:
            self._readings[source.path] = reading
        self._shop.progress.step()
        return replace(reading, body="")

    def _recalled(self, files: Sequence[tuple[Source, Surroundings]]) -> Iterable[Outcome]:
        """Remembered sheets, and the others made, however many at once."""
        store, sheets = self._shop.store, self.sheets
        todo: list[tuple[Source, Surroundings]] = []
        digests: dict[str, str] = {}

        def tasks() -> Iterator[SheetTask]:
            for source, around in todo:
                task = self._task(source, around)
                # Of the very bytes that are read now: the file may have been saved meanwhile.
                digests[source.path] = content_digest(task.content)
                yield task

        signatures: dict[int, int] = {}
        for source, around in files:
            path = source.path
            digest = "" if source.outside else source.digest()
            # Files of a folder have the very same surroundings.
            signature = signatures.get(id(around))
            if signature is None:
                signature = signatures[id(around)] = around.signature
            sheet = store.recall(path, digest, signature)
            if sheet is not None:
                sheets[path] = sheet
                self._digests[path] = digest
            else:
                todo.append((source, around))
        self._shop.progress.step(len(files) - len(todo))
        packed_sheets = self._shop.bench.sheets(tasks())
        for (source, around), packed in zip(todo, packed_sheets, strict=True):
            digest = digests.pop(source.path)
            sheets[source.path] = store.keep(source.path, digest, around.signature, packed)
            self._shop.progress.step()
        self.made += len(todo)
        return [sheets[source.path] for source, _ in files]

    def _task(self, source: Source, around: Surroundings) -> SheetTask:
        return task_for(source, around, self._settings)


def surroundings_key(path: str) -> str:
    """Under which name the surroundings of a file are kept: in a folder they are the same."""
    folder, _, name = path.rpartition("/")
    return path if name == "index.md" else folder


def task_for(source: Source, around: Surroundings, settings: Settings) -> SheetTask:
    """The task of reading a file."""
    is_read = not source.outside and source.size <= settings.markdown_limit
    content = source.read() if is_read else b""
    return SheetTask(source.path, content, around, source.size, source.outside)


def clauses_of(content: Content, sheets: Mapping[str, Sheet]) -> dict[str, Mapping[str, str]]:
    """Plan id → clause id → the clause in a few words; of a plan without a clause, nothing."""
    return {plan.id: sheets[plan.where.path].clauses for plan in content.of(Plan)}
