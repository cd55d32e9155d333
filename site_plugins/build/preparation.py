"""From files to an edition: read, resolve, convert, check; every problem is gathered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from site_plugins.build.attachment_texts import read_attachment_texts
from site_plugins.build.ports import Workshop
from site_plugins.checks.addresses import check_addresses
from site_plugins.checks.files import check_files
from site_plugins.checks.plans import check_plans
from site_plugins.checks.references import check_references
from site_plugins.checks.texts import check_texts
from site_plugins.domain.catalogue import problem
from site_plugins.domain.converted import ConversionError, ConvertedText
from site_plugins.domain.directory import Directory, Found
from site_plugins.domain.edition import Edition
from site_plugins.domain.generated import generated_addresses
from site_plugins.domain.links import Target
from site_plugins.domain.model.holders import Holder
from site_plugins.domain.model.records import Plan, Record
from site_plugins.domain.named_files import files_of
from site_plugins.domain.paths import ancestors, folder_of
from site_plugins.domain.plan import WHOLE, PlanHtml
from site_plugins.domain.problems import Problem, in_order
from site_plugins.domain.settings import Settings
from site_plugins.domain.site import Site
from site_plugins.reading.content import Content, read_content
from site_plugins.reading.plans.marks import without_marks
from site_plugins.reading.plans.markup import mark_up
from site_plugins.reading.plans.pieces import split_html
from site_plugins.reading.plans.text import ParsedPlan, parse_plan_text
from site_plugins.reading.resolve import resolve

Owner = Holder | Record


@dataclass(frozen=True, slots=True)
class Prepared:
    """An edition ready to be rendered, the files it publishes, and every problem found."""

    edition: Edition
    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    left_out: int

    @property
    def errors(self) -> int:
        """How many of the problems fail a strict build."""
        return sum(problem.is_error for problem in self.problems)


def prepare(settings: Settings, now: datetime, workshop: Workshop) -> Prepared:
    """Read and check everything; what is faulty is left out of the edition.

    Everything is checked as if nothing were left out, so that all faults are told at once and none
    is told that only follows from another.
    """
    content = read_content(workshop.sources(), settings)
    desk = _Desk(content, settings, workshop)
    intended = resolve(content, now, workshop.tag_ids, frozenset())
    found = [*content.problems, *desk.check(intended)]
    faulty = _faulty(found, settings)
    site = resolve(content, now, workshop.tag_ids, faulty) if faulty else intended
    directory = desk.directory(site, faulty)
    texts = desk.texts_of(_owners(site))
    files = _published_files(settings, site, texts, directory)
    attachments, told_of_files = read_attachment_texts(settings, files, workshop.attachment)
    found += told_of_files
    edition = Edition(
        site=site,
        settings=settings,
        texts=texts,
        directory=directory,
        sizes=content.files,
        pictures={path: workshop.measure(path) for path in files if _is_picture(path)},
        plans=desk.plan_html(site),
        clauses=desk.clause_words,
        attachments=attachments,
    )
    found += _unused(content, desk.named_files().union(files), settings)
    dependent = _dependent(content, intended, site, faulty)
    told = settings.content_name
    found += (problem("JY035", told + path, 1, count=n) for path, n in dependent.items())
    left_out = len(faulty - intended.hidden - intended.notices.keys()) + sum(dependent.values())
    return Prepared(edition, files, in_order(found), left_out)


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


class _Desk:
    """Converts texts, parses plans and checks everything; a text is converted once."""

    def __init__(self, content: Content, settings: Settings, workshop: Workshop) -> None:
        self._content = content
        self._settings = settings
        self._workshop = workshop
        self._texts: dict[str, ConvertedText] = {}
        self._plans: dict[str, ParsedPlan] = {}
        self.clause_words: dict[str, Mapping[str, str]] = {}
        self.problems: list[Problem] = []

    def parse_plans(self) -> Mapping[str, ParsedPlan]:
        """Every plan of content/, by path; clause words by plan id."""
        for path, record in self._content.records.items():
            if isinstance(record, Plan):
                parsed = parse_plan_text(record.text, record.where.body_line)
                self._plans[path] = parsed
                self.clause_words[record.id] = _clause_words(parsed)
        return self._plans

    def check(self, intended: Site) -> Iterator[Problem]:
        """Every problem of what was read, in a site from which nothing is left out."""
        content, settings = self._content, self._settings
        plans = self.parse_plans()
        clauses = {plan_id: frozenset(words) for plan_id, words in self.clause_words.items()}
        yield from check_files(content, settings)
        yield from check_references(content, clauses, settings)
        yield from check_plans(plans, content.records, settings)
        yield from check_addresses(content, intended, settings)
        owners = {owner.where.path: owner for owner in content.owners()}
        public = intended.addresses.keys() - intended.notices.keys()
        self._texts = {
            path: self._convert(owner, path, is_public=path in public)
            for path, owner in owners.items()
            if owner.text.strip()
        }
        yield from self.problems
        # What is withdrawn is not shown again; its links need not be kept right.
        shown = {path: o for path, o in owners.items() if path not in intended.notices}
        directory = self.directory(intended, frozenset())
        anchors = self._anchors()
        yield from check_texts(shown, self._texts, anchors, directory, settings)

    def texts_of(self, owners: Iterator[Owner]) -> dict[str, ConvertedText]:
        """The converted texts of owners, by path."""
        paths = (owner.where.path for owner in owners)
        return {path: self._texts[path] for path in paths if path in self._texts}

    def named_files(self) -> frozenset[str]:
        """Content paths that any text or front matter names, public or not."""
        named = {path for owner in self._content.owners() for path in files_of(owner)}
        for text in self._texts.values():
            named.update(link.target.path.lstrip("/") for link in text.links)
        return frozenset(named)

    def _convert(self, owner: Owner, path: str, *, is_public: bool) -> ConvertedText:
        tools = self._workshop
        convert = tools.convert if is_public or tools.unseen is None else tools.unseen
        plan = self._plans.get(path)
        markdown = owner.text if plan is None else mark_up(owner.text, plan)
        try:
            text = convert(markdown, path)
        except ConversionError as error:
            told = self._settings.content_name + path
            self.problems.append(problem("JY056", told, owner.where.body_line, reason=str(error)))
            return ConvertedText("")
        if plan is None:
            return text
        # Clauses are anchors too; their marks are not words.
        ids = text.ids | {entry.id for entry in plan.plan.entries() if entry.id != WHOLE}
        blocks = tuple(filter(None, map(without_marks, text.blocks)))
        return replace(text, ids=ids, blocks=blocks, characters=sum(map(len, blocks)))

    def plan_html(self, site: Site) -> dict[str, PlanHtml]:
        """The public plans' HTML in parts."""
        return {
            plan.where.path: split_html(
                self._texts.get(plan.where.path, ConvertedText("")).html,
                self._plans[plan.where.path],
            )
            for plan in site.plans
        }

    def _anchors(self) -> dict[str, frozenset[str]]:
        """The anchors of every page that has a text; list pages have none of their own."""
        return {
            path: self._texts[path].ids if path in self._texts else frozenset()
            for path in self._content.records
        }

    def directory(self, site: Site, faulty: frozenset[str]) -> Directory:
        """Where links may lead."""
        return Directory(
            addresses=site.addresses,
            files=self._content.files.keys(),
            hidden=site.hidden | self._hidden_issues(site),
            faulty=faulty | self._content.unread | self._content.rejected,
            generated=frozenset(generated_addresses(site, self._settings)),
            paths={address: path for path, address in site.addresses.items()},
        )

    def _hidden_issues(self, site: Site) -> frozenset[str]:
        every = {issue.where.path for issue in self._content.issues.values()}
        return frozenset(every - site.addresses.keys())


def _clause_words(parsed: ParsedPlan) -> dict[str, str]:
    """Every clause's and item's id with its number and title."""
    words = {}
    for part in parsed.plan.parts:
        head = part.number.strip("、.．")
        for clause in part.clauses:
            title = (clause.title or clause.text[:20]).rstrip("。：:")
            words[clause.id] = f"{head}{clause.number}{title}"
            for item in clause.items:
                words[item.id] = f"{words[clause.id]} {item.number}{item.title.rstrip('。：:')}"
    return words


def _published_files(
    settings: Settings, site: Site, texts: Mapping[str, ConvertedText], directory: Directory
) -> tuple[str, ...]:
    """Content files that a published record or page names (COMMANDS.md, "What leaves content/")."""
    named = set(settings.styles) | set(settings.scripts)
    for owner in _owners(site):
        named.update(path for path in files_of(owner) if path in directory.files)
        text = texts.get(owner.where.path)
        targets = {link.target for link in text.links} if text is not None else set[Target]()
        for target in targets:
            if target.kind == "internal":
                located = directory.locate(target)
                if located.found is Found.FILE:
                    named.add(located.path)
    return tuple(sorted(named))


def _unused(content: Content, named: frozenset[str], settings: Settings) -> Iterator[Problem]:
    for path in sorted(content.files.keys() - named):
        yield problem("JY040", settings.content_name + path, 1)


def _is_picture(path: str) -> bool:
    return path.lower().endswith((".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif"))
