"""From files to an edition: read, resolve, convert, check; every problem is gathered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from site_plugins.build.attachment_texts import attachment_problems, attachments_are_searched
from site_plugins.build.checking import Checking
from site_plugins.build.intake import Intake, clauses_of
from site_plugins.build.outline import Outline
from site_plugins.build.outline_drawing import Drawing
from site_plugins.build.ports import SheetStore, Workshop
from site_plugins.build.sheets import Owner
from site_plugins.checks.following import check_progress
from site_plugins.domain.agenda import Agenda, agenda_of, forms_of
from site_plugins.domain.catalogue import problem
from site_plugins.domain.converted import TextFacts
from site_plugins.domain.directory import Directory, Found
from site_plugins.domain.edition import Edition
from site_plugins.domain.following import follow
from site_plugins.domain.generated import generated_addresses
from site_plugins.domain.links import Target
from site_plugins.domain.model.records import Consultation, Event, Plan, Supervision
from site_plugins.domain.moments import SHANGHAI
from site_plugins.domain.paths import ancestors, folder_of
from site_plugins.domain.plan import PlanHtml, PlanText
from site_plugins.domain.problems import Problem, in_order
from site_plugins.domain.progress import PlanProgress
from site_plugins.domain.settings import Settings
from site_plugins.domain.site import Evidence, Site
from site_plugins.reading.content import Content
from site_plugins.reading.resolve import resolve


class Prepared(Struct, frozen=True):
    """An edition ready to be rendered, the files it publishes, and every problem found.

    ``files``: content path → digest of the bytes. ``read`` counts the texts that were not
    remembered, ``texts`` all of them. From ``since`` to before ``until`` the same is public, None
    for ever. ``outline`` gives the outline of the site once all questions are asked.
    """

    edition: Edition
    files: Mapping[str, str]
    problems: tuple[Problem, ...]
    left_out: int
    outline: Callable[[], Outline]
    read: int = 0
    texts: int = 0
    since: datetime | None = None
    until: datetime | None = None

    @property
    def errors(self) -> int:
        """How many of the problems fail a strict build."""
        return sum(problem.is_error for problem in self.problems)


def prepare(settings: Settings, now: datetime, workshop: Workshop) -> Prepared:
    """Read and check everything; what is faulty is left out of the edition.

    Everything is checked as if nothing were left out, so that all faults are told at once and none
    is told that only follows from another.
    """
    intake = Intake(settings, workshop)
    content = intake.read()
    intended = resolve(content, now, workshop.tag_ids, frozenset())
    if workshop.events is not None:
        intake.convert(content, intended)
    clauses = clauses_of(content, intake.sheets)
    checking = Checking(content, intended, intake, clauses, settings, workshop)
    directory = _directory(content, intended, settings)
    found = [*content.problems, *checking.problems(directory)]
    faulty = _faulty(found, settings)
    site = intended
    if faulty:
        site = resolve(content, now, workshop.tag_ids, faulty)
        directory = _directory(content, site, settings, faulty)
    sheets = intake.sheets
    # In order: what lies together in memory is looked at together.
    public = dict.fromkeys(owner.where.path for owner in _owners(site))
    workshop.store.forget(sheets.keys() - public.keys())
    names = {path: sheets[path].names for path in public if sheets[path].names}
    named_files = _named_files(names, directory)
    files = tuple(sorted({*settings.styles, *settings.scripts, *named_files.values()}))
    digests = {path: intake.digest(path) for path in files}
    found += attachment_problems(settings, digests, workshop.attachments)
    plan_texts = {plan.id: _plan_text(plan, intake) for plan in site.plans}
    pictures = {
        path: workshop.measure(path, intake.digest(path)) for path in files if _is_picture(path)
    }
    attached = _attached(names, named_files)
    edition = Edition(
        site=site,
        settings=settings,
        texts=StoredTexts(workshop.store),
        text_digests={path: sheets[path].text for path in public},
        told={path: sheet.told for path, sheet in sheets.items()},
        directory=directory,
        sizes=content.files,
        pictures=pictures,
        plan_html=lambda plan: plan_html_of(plan, intake.body, workshop.store),
        clauses={plan.id: clauses[plan.id] for plan in site.plans},
        plan_texts=plan_texts,
        progress=_progress(site, plan_texts, now),
        agenda=agenda_at(site, workshop, now),
        files=digests,
        attached=attached if attachments_are_searched(settings) else {},
        attachment=lambda path: workshop.attachments.text(path, digests[path]).blocks,
    )
    found += _check_progress(edition, now, settings)
    named = set[str]().union(*(sheet.names for sheet in sheets.values()))
    found += _unused(content, {name.lstrip("/") for name in named}.union(files), settings)
    dependent = _dependent(content, intended, site, faulty)
    told = settings.content_name
    found += (problem("JY035", told + path, 1, count=n) for path, n in dependent.items())
    left_out = len(faulty - intended.hidden - intended.notices.keys()) + sum(dependent.values())
    texts = len(intake.sheets)
    since, until = _standing_still(content, now)
    drawing = Drawing(
        paths=intake.paths,
        sheets=sheets,
        records=content.records,
        around=intake.surroundings(_shown(site)),
        edition=edition,
        files=digests,
        pictures=pictures,
        attached=attached,
    )
    return Prepared(
        edition=edition,
        files=digests,
        problems=in_order(found),
        left_out=left_out,
        outline=drawing.outline,
        read=intake.made,
        texts=texts,
        since=since,
        until=until,
    )


def _standing_still(content: Content, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Around ``now``, the last time at which something appeared or went, and the next."""
    records = content.records.values()
    turns = [record.publish_at.at for record in records if record.publish_at is not None]
    turns += [record.expire_at.at for record in records if record.expire_at is not None]
    turns += [i.issue.publish_at.at for i in content.issues.values() if i.issue.publish_at]
    events: tuple[Event, ...] = (*content.of(Consultation), *content.of(Supervision))
    for event in events:
        turns += [moment.at for moment in (event.moment, event.end) if moment is not None]
    if events or content.of(Plan):
        # Plans are followed, and days are over, by the day.
        today = now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
        turns += [today, today + timedelta(days=1)]
    return (
        max((at for at in turns if at <= now), default=None),
        min((at for at in turns if at > now), default=None),
    )


class StoredTexts(Struct, frozen=True):
    """The texts of an edition, as the store keeps them (see domain.edition.Texts)."""

    store: SheetStore

    def facts(self, path: str) -> TextFacts:
        """See :class:`~site_plugins.domain.edition.Texts`."""
        return self.store.facts(path)

    def html(self, path: str) -> str:
        """See :class:`~site_plugins.domain.edition.Texts`."""
        return self.store.packed_html(path).decode("utf-8")

    def blocks(self, path: str) -> tuple[str, ...]:
        """See :class:`~site_plugins.domain.edition.Texts`."""
        return self.store.blocks(path)


def plan_html_of(plan: Plan, body: Callable[[str], str], store: SheetStore) -> PlanHtml:
    """A plan's HTML in parts; ``body`` gives the Markdown of a file."""
    # Loaded here: most builds show no plan anew.
    from site_plugins.build.plan_texts import plan_html

    path = plan.where.path
    return plan_html(body(path), plan, store.packed_html(path).decode("utf-8"))


def _plan_text(plan: Plan, intake: Intake) -> PlanText:
    text = intake.sheets[plan.where.path].plan
    assert text is not None, "a plan's sheet has its text"
    return text


def _progress(site: Site, texts: Mapping[str, PlanText], now: datetime) -> dict[str, PlanProgress]:
    """How far every public plan has come at ``now``, by the plan's id."""
    return {
        plan.id: follow(plan, texts[plan.id], site.evidence.get(plan.id, Evidence({})), now)
        for plan in site.plans
    }


def _check_progress(edition: Edition, now: datetime, settings: Settings) -> Iterator[Problem]:
    """What the progress of the public plans tells editors."""
    plans = {plan.id: plan for plan in edition.plain.plans}
    texts = edition.plan_texts
    lines = {name: {c.id: c.line for c in texts[name].clauses()} for name in plans}
    return check_progress(edition.progress, plans, lines, now, settings)


def agenda_at(site: Site, workshop: Workshop, now: datetime) -> Agenda:
    """The calendar at ``now``; a form's id is made like that of a tag."""
    forms = forms_of(site.events)
    ids = workshop.tag_ids(forms)
    return agenda_of(site.events, {form: ids[form] for form in forms}, now)


def _directory(
    content: Content, site: Site, settings: Settings, faulty: frozenset[str] = frozenset()
) -> Directory:
    """Where links may lead."""
    issues = {issue.where.path for issue in content.issues.values()}
    return Directory(
        addresses=site.addresses,
        files=content.files.keys(),
        hidden=site.hidden | (issues - site.addresses.keys()),
        faulty=faulty | content.unread | content.rejected,
        generated=frozenset(generated_addresses(site, settings)),
        paths=dict(zip(site.addresses.values(), site.addresses, strict=True)),
    )


def _dependent(
    content: Content, intended: Site, site: Site, faulty: frozenset[str]
) -> Mapping[str, int]:
    """How many sound texts are left out with a faulty column, periodical or issue, by its file."""
    lost = intended.addresses.keys() | content.unread
    counts: Counter[str] = Counter()
    for path in lost - site.addresses.keys() - faulty:
        above = next((f for f in _indexes_above(path) if f in faulty), None)
        if above is not None:
            counts[above] += 1
    return counts


def _indexes_above(path: str) -> Iterator[str]:
    return (f"{folder}/index.md" for folder in ancestors(folder_of(path)))


def _faulty(problems: list[Problem], settings: Settings) -> frozenset[str]:
    """Content paths of the Markdown files with an error."""
    prefix = settings.content_name
    return frozenset(
        p.path.removeprefix(prefix)
        for p in problems
        if p.is_error and p.path.startswith(prefix) and p.path.lower().endswith(".md")
    )


def _owners(site: Site) -> Iterator[Owner]:
    """Everything whose text is shown."""
    yield from site.records.values()
    yield from (node.column for node in site.columns.values())
    for periodical in site.periodicals:
        yield periodical.holder
        yield from (issue.holder for issue in periodical.issues)


def _shown(site: Site) -> Iterator[str]:
    """Content paths of all texts that stand anywhere."""
    yield from site.addresses
    for periodical in site.periodicals:
        for issue in periodical.issues:
            yield from (article.where.path for article in issue.articles)


def _named_files(names: Mapping[str, Iterable[str]], directory: Directory) -> dict[str, str]:
    """Content files that a published record or page names (COMMANDS.md, "What leaves content/"),
    by the name that it uses.

    ``names``: content path of each → what it names.
    """
    # Most are names of other texts.
    named = sorted(set[str]().union(*names.values()) - directory.addresses.keys())
    located = {name: directory.locate(Target("internal", name)) for name in named}
    return {name: at.path for name, at in located.items() if at.found is Found.FILE}


def _attached(
    names: Mapping[str, Iterable[str]], files: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Content path of each public text → the files that it names, each once.

    ``names``: see :func:`_named_files`, which gives ``files``.
    """
    return {
        path: tuple(dict.fromkeys(files[name] for name in those if name in files))
        for path, those in names.items()
        if not files.keys().isdisjoint(those)
    }


def _unused(content: Content, named: set[str], settings: Settings) -> Iterator[Problem]:
    for path in sorted(content.files.keys() - named):
        yield problem("JY040", settings.content_name + path, 1)


def _is_picture(path: str) -> bool:
    return path.lower().endswith((".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif"))
