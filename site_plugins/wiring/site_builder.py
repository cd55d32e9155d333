"""Tools to build a site, and one build from beginning to end."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import jinja2
from msgspec.structs import replace

from site_plugins.build.outline import pack_outline, unpack_outline
from site_plugins.build.pipeline import Build, Outcome
from site_plugins.build.ports import (
    NoProgress,
    PressRoom,
    Progress,
    SheetStore,
    Workshop,
)
from site_plugins.build.rewording import LastBuild
from site_plugins.build.sheets import ConvertText
from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.plan_ids import ids_of
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings
from site_plugins.tools import fingerprints
from site_plugins.tools.build_report import write_report
from site_plugins.tools.cache_folder import cache_of_one_build
from site_plugins.tools.content_cache import ContentCache
from site_plugins.tools.content_folder import ContentFolder
from site_plugins.tools.fact_ledger import CheckLedger
from site_plugins.tools.seal import Content as ContentStamps
from site_plugins.tools.seal import Seal, SealFile, places_of, tree_digest
from site_plugins.tools.site_folder import Changes, SiteFolder
from site_plugins.tools.telling import Telling
from site_plugins.tools.theme_folder import Theme
from site_plugins.tools.tree_ledger import TreeLedger
from site_plugins.tools.unsteady_extensions import pure_extensions, unsteady_extensions
from site_plugins.tools.without_cache import SheetsInMemory
from site_plugins.tools.workbench import Workbench
from site_plugins.wiring.reading import theme_folders, workshop

Say = Callable[[str], None]


class SiteBuilder:
    """Builds a site into its folder, step by step; other builds of the site wait meanwhile.

    Args:
        settings: of the site.
        owned: whether whatever lies in the site folder may go.
        say: tells a person something, in Chinese.
        jobs: processes at most; None for as many as there are processors.
        compact: make the search index anew as a whole.
        progress: tells how far the build is.
        all_because: why nothing may be remembered, in Chinese; empty where it may.
        plugins: what of other makers' plugins pages depend on, as a text.
        is_alone: nobody else writes into the tree, so that a build of which nothing has changed
            need not be gone through.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        owned: bool,
        say: Say,
        jobs: int | None = None,
        compact: bool = False,
        progress: Progress | None = None,
        all_because: str = "",
        plugins: str = "",
        is_alone: bool = True,
    ) -> None:
        self._settings = settings
        self._say = say
        self._progress = progress or NoProgress()
        self._build = Build()
        self._owned = owned
        self._open = ExitStack()
        self._because = all_because
        self._plugins = plugins
        self._is_alone = is_alone
        self._compact = compact
        self._theme = theme_folders(settings)
        self._bench = Workbench(
            settings,
            self._theme,
            jobs=jobs or _processors(),
            templates=str(Path(settings.cache) / "templates"),
        )
        self._cache: ContentCache | None = None
        self._content = ContentFolder(settings.content)
        self._seal_file = SealFile(settings.cache, settings.output)
        self._sealed: Seal | None = None
        self._last: Seal | None = None
        self._stamps: ContentStamps | None = None
        self._now: datetime | None = None
        self._seen = 0
        self._theme_seen: Sequence[object] = ()

    def prepare(
        self,
        now: datetime,
        *,
        strict: bool,
        tell: Callable[[Sequence[Problem]], None],
        convert: ConvertText | None = None,
    ) -> None:
        """Read and check; ``convert`` is the host's way to convert a public text, with plugins of
        other makers.

        Raises:
            Refused: strict, and there is an error.
        """
        settings = self._settings
        self._open.enter_context(cache_of_one_build(settings.cache, self._say))
        self._open.callback(self._bench.close)
        self._seen = time.time_ns()
        self._theme_seen = fingerprints.theme_stamps(self._theme)
        keys = self._keys()
        if keys is not None and self._rests(keys[1], now, strict=strict):
            assert self._sealed is not None
            tell(self._sealed.problems)
            return
        events = None
        if convert is not None:
            # Plugins that look at nothing but the page they are given may be skipped for pages
            # that have not changed; all others hear of every text.
            self._bench.use_converter(convert)
            events = convert if self._because else None
        store: SheetStore = SheetsInMemory()
        cache: ContentCache | None = None
        key = keys[0] if keys is not None else ""
        if key and events is None:
            cache = self._cache = ContentCache(Path(settings.cache), key, self._say)
            self._open.callback(cache.close)
            store = cache
            self._content.known = cache.digest
        self._store = store
        shop = workshop(
            settings,
            self._content,
            self._bench,
            store,
            cache=cache,
            events=events,
            progress=self._progress,
        )
        if cache is None:
            self._prepare_all(now, shop, strict=strict, tell=tell)
            return
        last = self._last_build() if not cache.is_fresh else None
        if last is not None and self._build.reword(
            last, settings, now, shop, tell=lambda p: tell(p.problems)
        ):
            cache.commit()
            return
        checks = CheckLedger(Path(settings.cache), key, self._say)
        self._open.callback(checks.close)
        self._prepare_all(now, replace(shop, checks=checks), strict=strict, tell=tell)
        cache.commit()
        checks.commit()

    def _prepare_all(
        self,
        now: datetime,
        shop: Workshop,
        *,
        strict: bool,
        tell: Callable[[Sequence[Problem]], None],
    ) -> None:
        """Prepare the site as a whole."""
        self._build.prepare(
            self._settings, now, shop, strict=strict, tell=lambda p: tell(p.problems)
        )

    def _rests(self, key: str, now: datetime, *, strict: bool) -> bool:
        """Whether nothing has changed since the last build, so that there is nothing to do."""
        if not self._is_alone or self._compact or self._because:
            return False
        seal = self._seal_file.read()
        if seal is None or (strict and any(p.is_error for p in seal.problems)):
            return False
        content = self._stamps = ContentStamps(self._content.look())
        if self._seal_file.holds(seal, key, now, content):
            self._sealed = seal
        elif self._seal_file.is_of(seal, key, now):
            self._last = seal
        return self._sealed is not None

    def _last_build(self) -> LastBuild | None:
        """What the last build has left, where its tree and memory are those that it sealed."""
        seal, content = self._last, self._stamps
        if seal is None or content is None:
            return None
        found = self._seal_file.changed_since(seal, content)
        if found is None:
            return None
        changed, packed = found
        outline = unpack_outline(packed)
        if outline is None:
            return None
        return LastBuild(
            outline=outline,
            changed=changed,
            problems=seal.problems,
            left_out=seal.left_out,
            since=seal.since,
            until=seal.until,
        )

    def _keys(self) -> tuple[str, str] | None:
        """Digests of what sheets and pages depend on beside content/; None where that cannot
        be told, and the reason is said."""
        settings = self._settings
        unsteady = list(unsteady_extensions(settings))
        if unsteady and not self._because:
            self._because = (
                f"Markdown 扩展 {'、'.join(unsteady)} 可能读取正文以外的东西，全部稿件重新转换；"
                "确知它只看正文和设置的，可写进 jianyan/site 的 pure"
            )
        program = fingerprints.program_digest()
        self._page_key = ""
        try:
            of_sheets = fingerprints.sheet_settings_digest(settings)
            extensions = list(pure_extensions(settings))
            sheets = fingerprints.told([program, of_sheets, self._plugins, extensions])
            pages = [sheets, fingerprints.settings_digest(settings)]
        except fingerprints.Unknowable as error:
            self._because = f"设置里有无法比较的内容（{error}），全部重新生成"
            return None
        pages.append(fingerprints.theme_digest(self._theme))
        self._page_key = fingerprints.told(pages)
        return None if unsteady else (sheets, self._page_key)

    def render(
        self,
        environment: jinja2.Environment | None = None,
        post: Callable[[Artifact, str | None], Artifact] | None = None,
    ) -> None:
        """Make the new tree beside the site folder.

        Raises:
            ForeignFolder: the folder holds something else than a former build.
            WorkerDied: a process died.
        """
        if self._sealed is not None:
            return
        settings = self._settings
        theme = Theme(self._theme, environment)
        if environment is not None:
            self._bench.use_renderer(theme.render)
        tree = self._tree = TreeLedger(
            Path(settings.cache), settings.output, self._page_key, self._say
        )
        self._open.callback(tree.close)
        self._folder = SiteFolder(
            settings.output, settings.cache, owned=self._owned, memory=tree
        ).open()
        self._seal_file.break_open()
        if self._because:
            self._say(self._because)
        room = PressRoom(
            bench=self._bench,
            store=self._store,
            tree=tree,
            theme=theme.files,
            post=post,
            all_because=self._because,
            compact=self._compact,
            progress=self._progress,
            tray=self._folder.tray,
        )
        self._build.render(room, self._folder, self._content.read)

    def publish(self, extra: Sequence[Artifact] = ()) -> tuple[Outcome, Changes]:
        """Bring the new tree, with the files of others, into the site folder; write the report.

        Raises:
            TwoOutputs: a plugin of another maker writes a file of the site's own.
        """
        if self._sealed is not None:
            return self._rested(self._sealed)
        self._build.publish(extra)
        changed = self._content.changed
        is_sure = not changed and fingerprints.theme_stamps(self._theme) == self._theme_seen
        if not is_sure:
            # What was read is not what was noted: were it changed back, nobody would see it.
            self._tree.start_anew()
        if self._cache is not None:
            files = self._build.prepared.files
            self._cache.distrust(files[path] for path in sorted(changed) if path in files)
            edition = self._build.prepared.edition
            texts = edition.plan_texts
            self._cache.note_published(
                {plan.where.path: ids_of(texts[plan.id]) for plan in edition.plain.plans},
                edition.plain.faulty,
            )
            # With them, damaged texts that were made again.
            self._cache.commit()
            if is_sure:
                self._put_seal()
        outcome, changes = self._build.outcome, self._folder.changes
        write_report(self._settings.cache, outcome, changes, self._say)
        self.close()
        return outcome, changes

    def _put_seal(self) -> None:
        outcome, tree, prepared = self._build.outcome, self._tree, self._build.prepared
        content = self._stamps or ContentStamps(self._content.look())
        seal = Seal(
            key=self._page_key,
            content=content.digest,
            seen=self._seen,
            since=prepared.since,
            until=prepared.until,
            files=len(tree.files),
            places=places_of(tree.files, tree.folders),
            tree=tree_digest(tree.files.stamps(), tree.folders.values()),
            records=outcome.records,
            left_out=outcome.left_out,
            problems=outcome.problems,
        )
        self._seal_file.write(seal, content, pack_outline(prepared.outline()))

    def _rested(self, seal: Seal) -> tuple[Outcome, Changes]:
        outcome = Outcome(
            problems=seal.problems,
            records=seal.records,
            files=seal.files,
            left_out=seal.left_out,
            seconds={"prepare": (time.time_ns() - self._seen) / 1e9},
        )
        changes = Changes(unchanged=seal.files)
        write_report(self._settings.cache, outcome, changes, self._say)
        self.close()
        return outcome, changes

    def close(self) -> None:
        """Let other builds go on; nothing happens where none waits."""
        self._open.close()


def build_site(
    settings: Settings,
    now: datetime,
    telling: Telling,
    *,
    strict: bool,
    owned: bool,
    jobs: int | None = None,
    compact: bool = False,
    progress: Progress | None = None,
) -> object:
    """One build from beginning to end, without a host.

    Returns:
        what holds all that the build had in memory: whoever ends the process next keeps it, for to
        take a large site apart takes long.

    Raises:
        BuildFailed: something has stopped it.
    """
    builder = SiteBuilder(
        settings, owned=owned, say=telling.say, jobs=jobs, compact=compact, progress=progress
    )
    try:
        with telling.explained():
            builder.prepare(now, strict=strict, tell=telling.problems)
            builder.render()
            telling.done(*builder.publish())
    finally:
        builder.close()
    return builder


def _processors() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
