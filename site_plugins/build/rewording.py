"""An edit of words alone: the edition after it, without all texts being read and resolved again.

Most edits correct a title or a sentence. Dates, columns, tags, links and anchors stay, and with
them everything that a text is to others: where each stands, what lists hold it, what is checked.
Of such an edit the texts concerned are read; all else is as the last build left it.

What mere words are says :func:`site_plugins.build.sheets.with_text`; whatever is more than that
is an edit like any other (:mod:`site_plugins.build.preparation`). How pages hang on what was
reworded is noted and found out as after any edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from site_plugins.build.attachment_texts import attachments_are_searched
from site_plugins.build.intake import surroundings_key, task_for
from site_plugins.build.outline import Outline, listing_digest, row_of
from site_plugins.build.outlined_site import OutlinedSite
from site_plugins.build.packing import PackedSheet, unpack_sheet
from site_plugins.build.ports import SheetTask, Workshop
from site_plugins.build.preparation import Prepared, StoredTexts, agenda_at, plan_html_of
from site_plugins.build.sheets import Sheet
from site_plugins.domain.distant import Lazily
from site_plugins.domain.edition import Edition
from site_plugins.domain.following import follow
from site_plugins.domain.model.records import Plan
from site_plugins.domain.plan import PlanText
from site_plugins.domain.problems import Problem
from site_plugins.domain.progress import PlanProgress
from site_plugins.domain.settings import Settings
from site_plugins.domain.site import Evidence, Site
from site_plugins.reading.markdown_file import read_file
from site_plugins.reading.sources import Source, content_digest

MOST = 40
"""Texts that are read so; of more the edition is prepared as a whole."""


class LastBuild(Struct, frozen=True, kw_only=True):
    """What is known of the last build of a site, whose tree and memory are as it left them.

    ``changed`` are the numbers, in the listing of content/, of the files that may have changed
    since; the clock is at ``since`` or later and before ``until``.
    """

    outline: Outline
    changed: Sequence[int]
    problems: tuple[Problem, ...]
    left_out: int
    since: datetime | None
    until: datetime | None


def reword(
    last: LastBuild, settings: Settings, now: datetime, workshop: Workshop
) -> Prepared | None:
    """The edition where nothing but words has changed since the last build; else None, and nothing
    was noted."""
    sources = list(workshop.sources())
    rewording = Rewording(last, settings, now, workshop, sources)
    if not rewording.may_be():
        return None
    return rewording.prepared() if rewording.read() else None


class Rewording:
    """One such edit."""

    def __init__(
        self,
        last: LastBuild,
        settings: Settings,
        now: datetime,
        workshop: Workshop,
        sources: Sequence[Source],
    ) -> None:
        self._last = last
        self._outline = last.outline
        self._settings = settings
        self._now = now
        self._shop = workshop
        self._sources = sources
        self._paths = [source.path for source in sources]
        self._sheets: dict[str, Sheet] = {}
        """Of the texts that may have changed."""
        self._remade: dict[str, Sheet] = {}

    def may_be(self) -> bool:
        """Whether the same files are there, and those that have changed are public texts without
        faults whose words concern nobody else."""
        outline, changed = self._outline, self._last.changed
        if len(changed) > MOST or outline.listing != listing_digest(self._paths):
            return False
        public = row_of(outline.site.records)
        told = {self._settings.content_name + self._paths[n] for n in changed}
        return all(outline.fixed[n] and n in public for n in changed) and not any(
            problem.path in told for problem in self._last.problems
        )

    def read(self) -> bool:
        """Read them; whether they have other words at most. Only then they are remembered."""
        shop, changed = self._shop, self._last.changed
        shop.progress.stage("读稿", len(changed))
        tasks = [self._task(self._sources[number]) for number in changed]
        found = list(zip(changed, tasks, shop.bench.sheets(tasks), strict=True))
        if not all(_fixed(packed) == self._outline.fixed[number] for number, _, packed in found):
            return False
        for number, task, packed in found:
            # What is known of the file, and the sheet of the very bytes that were read: it may
            # have been saved in between.
            self._sources[number].digest()
            digest = content_digest(task.content)
            sheet = shop.store.keep(task.path, digest, task.around.signature, packed)
            self._sheets[task.path] = sheet
            shop.progress.step()
        return True

    def _task(self, source: Source) -> SheetTask:
        return task_for(source, self._outline.around[surroundings_key(source.path)], self._settings)

    def prepared(self) -> Prepared:
        """The edition."""
        shop, paths, last = self._shop, self._paths, self._last
        shop.store.remake = self._remake
        outline = self._reworded
        texts = dict(zip(paths, outline.text, strict=True))
        shop.store.trust(texts)
        outlined = OutlinedSite(outline, paths, self._sheet, last.changed)
        site = outlined.site()
        digests = {paths[n]: digest for n, digest in outline.files}
        attached = {paths[n]: tuple(paths[f] for f in files) for n, files in outline.attached}
        plans = {plan.id: plan for plan in site.plans}
        plan_texts = {name: self._plan_text(plan) for name, plan in plans.items()}
        edition = Edition(
            site=site,
            settings=self._settings,
            texts=StoredTexts(shop.store),
            text_digests={p: texts[p] for p in site.addresses if p not in site.notices},
            told=dict(zip(paths, outline.told, strict=True)),
            directory=outlined.directory(site.addresses),
            sizes=self._sizes(outlined),
            pictures={paths[n]: (width, height) for n, width, height in outline.pictures},
            plan_html=lambda plan: plan_html_of(plan, self._body, shop.store),
            clauses={name: self._sheet(plan.where.path).clauses for name, plan in plans.items()},
            plan_texts=plan_texts,
            progress=Lazily(plans, lambda name: self._follow(site, plans[name], plan_texts[name])),
            agenda=agenda_at(site, shop, self._now),
            files=digests,
            attached=attached if attachments_are_searched(self._settings) else {},
            attachment=lambda path: shop.attachments.text(path, digests[path]).blocks,
            reworded=frozenset(self._sheets),
            known=outline.lasting,
        )
        return Prepared(
            edition=edition,
            files=digests,
            problems=last.problems,
            left_out=last.left_out,
            outline=lambda: outline,
            read=len(self._sheets),
            texts=outline.texts,
            since=last.since,
            until=last.until,
        )

    @cached_property
    def _reworded(self) -> Outline:
        """The outline with what the texts are now."""
        told, text = list(self._outline.told), list(self._outline.text)
        for number in self._last.changed:
            sheet = self._sheets[self._paths[number]]
            told[number], text[number] = sheet.told, sheet.text
        return replace(self._outline, told=tuple(told), text=tuple(text))

    @cached_property
    def _at(self) -> Mapping[str, Source]:
        return dict(zip(self._paths, self._sources, strict=True))

    def _sheet(self, path: str) -> Sheet:
        sheet = self._remade.get(path) or self._shop.store.sheet(path)
        if sheet is None:
            # What is not public is not kept; anything else may have been lost.
            packed = self._remake(path)
            sheet = self._remade[path] = unpack_sheet(packed.kind, packed.sheet)
        return sheet

    def _remake(self, path: str) -> PackedSheet:
        return next(iter(self._shop.bench.sheets([self._task(self._at[path])])))

    def _body(self, path: str) -> str:
        around = self._outline.around[surroundings_key(path)]
        return read_file(self._at[path], around, self._settings).body

    def _sizes(self, outlined: OutlinedSite) -> dict[str, int]:
        names = outlined.names(self._outline.directory.files)
        return {name: self._at[name].size for name in names}

    def _plan_text(self, plan: Plan) -> PlanText:
        text = self._sheet(plan.where.path).plan
        assert text is not None, "a plan's sheet has its text"
        return text

    def _follow(self, site: Site, plan: Plan, text: PlanText) -> PlanProgress:
        return follow(plan, text, site.evidence.get(plan.id, Evidence({})), self._now)


def _fixed(packed: PackedSheet) -> int:
    return unpack_sheet(packed.kind, packed.sheet).fixed
