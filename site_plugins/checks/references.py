"""Ids that front matter names: records, clauses of plans, articles of an issue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from site_plugins.checks.grounds import Grounds
from site_plugins.domain.catalogue import problem
from site_plugins.domain.model.holders import IssueHolder
from site_plugins.domain.model.parts import Section
from site_plugins.domain.model.records import PeriodicalArticle, Plan, Record
from site_plugins.domain.model.values import Many, Reference, keys_of
from site_plugins.domain.nearest import suggested, suggestion
from site_plugins.domain.paths import ancestors, folder_of
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings
from site_plugins.reading.content import Content


def check_references(record: Record, grounds: Grounds) -> Iterator[Problem]:
    """The records and clauses of plans that a record names."""
    told = grounds.settings.content_name + record.where.path
    for key, name in _references(record):
        # What was left out already: naming it is no second fault.
        if name not in grounds.ids and name not in grounds.left_out:
            line = record.where.line(key)
            near = suggested(grounds.nearest_id(name))
            yield problem("JY039", told, line, key=key.partition("[")[0], id=name, near=near)
    yield from _clauses(record, grounds, told)


def check_periodicals(content: Content, settings: Settings) -> Iterator[Problem]:
    """Issues lie where they belong, and their contents name what is there."""
    faulty = {path.removesuffix(".md").removesuffix("/index") for path in content.unread}
    beside: dict[str, dict[str, str]] = defaultdict(dict)
    for article in content.of(PeriodicalArticle):
        path = article.where.path
        beside[folder_of(path)][article.id.rpartition("/")[2]] = path
    for issue in content.issues.values():
        yield from _contents(issue, beside[issue.path], faulty, settings)
    yield from _periodical_folders(content, settings)


def _periodical_folders(content: Content, settings: Settings) -> Iterator[Problem]:
    """An issue lies right below its periodical, an article right beside its issue's index.md."""
    for folder, issue in content.issues.items():
        above = folder_of(folder)
        if above not in content.periodicals and above not in content.broken:
            facts = {
                "reason": _NO_PERIODICAL,
                "advice": "请移到刊物的文件夹里，如 magazine/2023-01",
            }
            told = settings.content_name + issue.where.path
            yield problem("JY046", told, issue.where.line("issue"), **facts)
    for article in content.of(PeriodicalArticle):
        path = article.where.path
        if folder_of(path) not in content.issues:
            issue_folder = next(f for f in ancestors(folder_of(path)) if f in content.issues)
            facts = {"reason": _NOT_BESIDE, "advice": f"请移到 {issue_folder}/ 里"}
            yield problem("JY046", settings.content_name + path, 1, **facts)


_NO_PERIODICAL = "刊物的一期应当放在刊物的文件夹之下"
_NOT_BESIDE = "期刊文章应当与本期的 index.md 放在一起"


def _references(record: Record) -> Iterator[tuple[str, str]]:
    for key in keys_of(type(record)).values():
        if isinstance(key.value, Reference):
            name = getattr(record, key.field)
            if name:
                yield key.name, name
        elif isinstance(key.value, Many) and isinstance(key.value.of, Reference):
            for index, name in enumerate(getattr(record, key.field)):
                yield f"{key.name}[{index}]", name


def _clauses(record: Record, grounds: Grounds, told: str) -> Iterator[Problem]:
    clauses = grounds.clauses
    for index, name in enumerate(record.implements):
        plan, _, clause = name.partition("#")
        if clause in clauses.get(plan, ()) or plan in grounds.left_out:
            continue
        # Of the clauses of the plan that is named, else the same clause of other plans.
        known = [f"{plan}#{own}" for own in clauses.get(plan, ())]
        known = known or [f"{other}#{clause}" for other in clauses if clause in clauses[other]]
        line = record.where.lines.get(f"implements[{index}]") or record.where.line("implements")
        yield problem("JY053", told, line, clause=name, near=suggestion(name, known))
    if isinstance(record, Plan):
        # In the plan itself a clause is named by the id that it has now.
        own = clauses.get(record.id, {}).keys() - record.former_ids.keys()
        for index, target in enumerate(record.targets):
            if target.clause not in own:
                line = record.where.line(f"targets[{index}]")
                heir = record.former_ids.get(target.clause)
                near = suggested(heir) if heir else suggestion(target.clause, own)
                yield problem("JY054", told, line, clause=target.clause, near=near)


def _contents(
    issue: IssueHolder, beside: Mapping[str, str], faulty: set[str], settings: Settings
) -> Iterator[Problem]:
    """Contents name articles that are there, each once; articles not named are told.

    ``beside``: name → content path of the articles in the issue's folder.
    """
    told = settings.content_name + issue.where.path
    named: set[str] = set()
    for index, section in enumerate(issue.issue.contents):
        for stem, line in _named(issue, section, index):
            if stem in named:
                yield problem("JY038", told, line, article=stem)
            elif stem not in beside and f"{issue.path}/{stem}" not in faulty:
                near = suggestion(stem, beside)
                yield problem("JY036", told, line, article=stem, near=near)
            named.add(stem)
    # Without contents an issue shows its articles by their file names.
    for stem in sorted(beside.keys() - named) if issue.issue.contents else ():
        yield problem("JY037", settings.content_name + beside[stem], 1, article=stem)


def _named(issue: IssueHolder, section: Section, index: int) -> Iterator[tuple[str, int]]:
    lines = issue.where.lines
    head = f"issue.contents[{index}]"
    for place, stem in enumerate(section.articles):
        line = lines.get(f"{head}.articles[{place}]") or lines.get(f"{head}.articles")
        yield stem.removesuffix(".md"), line or lines.get(head) or issue.where.line("issue")
