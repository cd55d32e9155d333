"""From files to an edition: read, resolve, convert, check; every problem is gathered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

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

    Leaving a record out changes the lists, so the site is resolved again until no further record
    is found faulty; a text is converted once.
    """
    content = read_content(workshop.sources(), settings)
    read_errors = _faulty(content.problems, settings)
    desk = _Desk(content, settings, workshop)
    plans = desk.parse_plans()
    clauses = {plan_id: frozenset(words) for plan_id, words in desk.clause_words.items()}
    fixed = [
        *content.problems,
        *check_files(content, settings),
        *check_references(content, clauses, settings),
        *check_plans(plans, content.records, settings),
    ]
    found = list(fixed)
    faulty = _faulty(fixed, settings)
    while True:
        site = resolve(content, now, workshop.tag_ids, faulty)
        texts = desk.convert(_owners(site))
        directory = desk.directory(site, faulty | read_errors)
        found = [*fixed, *desk.problems, *check_addresses(content, site, settings)]
        found += check_texts(desk.owners(site), texts, desk.anchors(site), directory, settings)
        worse = faulty | _faulty(found, settings)
        if worse == faulty:
            break
        faulty = worse
    files = _published_files(site, texts, directory)
    edition = Edition(
        site=site,
        settings=settings,
        texts=texts,
        directory=directory,
        sizes=content.files,
        pictures={path: workshop.measure(path) for path in files if _is_picture(path)},
        plans=desk.plan_html(site),
        clauses=desk.clause_words,
    )
    found += _unused(content, files, settings)
    left_out = len(faulty | read_errors)
    return Prepared(edition, files, in_order(found), left_out)


def _faulty(problems: list[Problem], settings: Settings) -> frozenset[str]:
    """Content paths of the Markdown files with an error."""
    prefix = settings.content_name
    return frozenset(
        p.path.removeprefix(prefix)
        for p in problems
        if p.is_error and p.path.startswith(prefix) and p.path.endswith(".md")
    )


def _owners(site: Site) -> Iterator[Owner]:
    """Everything whose text is shown."""
    yield from site.records.values()
    yield from (node.column for node in site.columns.values())
    for periodical in site.periodicals:
        yield periodical.holder
        yield from (issue.holder for issue in periodical.issues)


class _Desk:
    """Converts texts and parses plans, each once, over the rounds of :func:`prepare`."""

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

    def convert(self, owners: Iterator[Owner]) -> dict[str, ConvertedText]:
        """The converted texts of owners, by path."""
        return {owner.where.path: self._convert(owner) for owner in owners if owner.text.strip()}

    def _convert(self, owner: Owner) -> ConvertedText:
        path = owner.where.path
        text = self._texts.get(path)
        if text is None:
            text = self._texts[path] = self._convert_once(owner, path)
        return text

    def _convert_once(self, owner: Owner, path: str) -> ConvertedText:
        plan = self._plans.get(path)
        markdown = owner.text if plan is None else mark_up(owner.text, plan)
        try:
            text = self._workshop.convert(markdown, path)
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

    def owners(self, site: Site) -> dict[str, Owner]:
        """Owners by path."""
        return {owner.where.path: owner for owner in _owners(site)}

    def anchors(self, site: Site) -> dict[str, frozenset[str]]:
        """The anchors of every page that has a text; list pages have none of their own."""
        return {
            path: self._texts[path].ids if path in self._texts else frozenset()
            for path in site.records
        }

    def directory(self, site: Site, faulty: frozenset[str]) -> Directory:
        """Where links may lead."""
        return Directory(
            addresses=site.addresses,
            files=self._content.files.keys(),
            hidden=site.hidden | self._hidden_issues(site),
            faulty=faulty,
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
    site: Site, texts: Mapping[str, ConvertedText], directory: Directory
) -> tuple[str, ...]:
    """Content files that a published record or page names (COMMANDS.md, "What leaves content/")."""
    named: set[str] = set()
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


def _unused(content: Content, files: tuple[str, ...], settings: Settings) -> Iterator[Problem]:
    used = set(files) | set(settings.extra_files)
    for path in sorted(content.files.keys() - used):
        yield problem("JY040", settings.content_name + path, 1)


def _is_picture(path: str) -> bool:
    return path.lower().endswith((".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif"))
