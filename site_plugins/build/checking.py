"""Checks every file of content/, each again only when it or what it names has changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property

from site_plugins.build.intake import Intake
from site_plugins.build.packing import Unpackable, pack_problems, unpack_problems
from site_plugins.build.ports import Workshop
from site_plugins.build.sheets import Owner
from site_plugins.checks.addresses import check_addresses
from site_plugins.checks.files import check_files
from site_plugins.checks.following import check_events, check_words
from site_plugins.checks.grounds import Grounds
from site_plugins.checks.plan_ids import check_published_ids
from site_plugins.checks.references import check_periodicals, check_references
from site_plugins.checks.texts import check_text
from site_plugins.domain.converted import TextFacts
from site_plugins.domain.digests import digest_of
from site_plugins.domain.directory import Directory, Located
from site_plugins.domain.links import Target
from site_plugins.domain.model.records import Plan, Record
from site_plugins.domain.nearest import KnownPaths
from site_plugins.domain.noting import Notebook
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings
from site_plugins.domain.shelves import Question, Table
from site_plugins.domain.site import Site
from site_plugins.reading.content import Content

_ADDRESSES = "addresses"


class Checking:
    """The checks of one build, in a site from which nothing is left out."""

    def __init__(
        self,
        content: Content,
        intended: Site,
        intake: Intake,
        clauses: Mapping[str, Mapping[str, str]],
        settings: Settings,
        workshop: Workshop,
    ) -> None:
        self._content = content
        self._intended = intended
        self._intake = intake
        self._clauses = clauses
        self._settings = settings
        self._shop = workshop
        self._book = Notebook()
        self._sources = Table(
            self._book,
            "sources",
            intake.sheets,
            lambda path: self._sources_told[path],
            is_sectioned=True,
        )

    @cached_property
    def _sources_told(self) -> Mapping[str, str]:
        # Asked for only where a former build is remembered: without one, files are not read again.
        return self._intake.sources_told()

    def problems(self, directory: Directory) -> Iterator[Problem]:
        """Every problem of what was read but those that reading has told itself."""
        content, ledger = self._content, self._shop.checks
        owners = {owner.where.path: owner for owner in content.owners()}
        grounds = self._grounds(directory)
        addresses = self._addresses(directory)
        # Nothing is remembered of what is not public: it is checked anew each time.
        public = self._intended.addresses.keys() - self._intended.notices.keys()
        lasting = dict.fromkeys([*(path for path in owners if path in public), _ADDRESSES])
        keys = [*owners, _ADDRESSES]
        stale = ledger.stale(self._book, lasting)
        results = ledger.results()
        for key in keys:
            found = None
            if key in lasting and key not in stale:
                if key not in results:
                    continue
                found = _recalled(results[key])
            if found is None:
                with self._book.noting() as facts:
                    if key == _ADDRESSES:
                        addresses("")
                        found = tuple(check_addresses(content, self._intended, self._settings))
                    else:
                        found = tuple(self._check(owners[key], grounds))
                if key in lasting:
                    ledger.record(key, facts, pack_problems(found))
            yield from found
        ledger.settle(self._book, lasting)
        yield from check_periodicals(content, self._settings)
        yield from check_words(content, self._clause_ids(), self._settings)
        yield from check_events(content, self._settings)
        yield from self._published_ids()

    def _clause_ids(self) -> dict[str, frozenset[str]]:
        return {plan: frozenset(words) for plan, words in self._clauses.items()}

    def _published_ids(self) -> Iterator[Problem]:
        """Ids of clauses that were published and have gone."""
        published = self._shop.published_ids
        for plan in self._content.of(Plan):
            path = plan.where.path
            text = self._intake.sheets[path].plan
            if text is not None:
                yield from check_published_ids(text, plan, published(path), self._settings)

    def _check(self, owner: Owner, grounds: Grounds) -> Iterator[Problem]:
        path = owner.where.path
        # Whatever of the file changes, lines may have moved.
        self._sources.look(path)
        yield from check_files(owner, grounds)
        if isinstance(owner, Record):
            yield from check_references(owner, grounds)
        # What is withdrawn is not shown again; its links need not be kept right.
        if path not in grounds.notices and self._intake.sheets[path].text:
            facts = self._shop.store.facts(path)
            yield from check_text(owner, facts, lambda: self._intake.body(path), grounds)

    def _facts(self, path: str) -> TextFacts:
        return self._shop.store.facts(path)

    def _grounds(self, directory: Directory) -> Grounds:
        content, book, sheets = self._content, self._book, self._intake.sheets
        ids = {record.id: "" for record in content.records.values()}
        left_out = {p.removesuffix(".md").removesuffix("/index"): "" for p in content.unread}
        rejected = dict.fromkeys(sorted(content.rejected), "")
        places = _Places(ids, directory)

        def clause_digest(plan: str) -> str:
            return digest_of(*self._clauses[plan])

        def anchors(path: str) -> frozenset[str] | None:
            if path not in content.records:
                return None
            return frozenset(self._facts(path).ids if sheets[path].text else ())

        def anchors_fact(path: str) -> str:
            return sheets[path].text if path in content.records else "-"

        def nearest(name: str, find: Callable[[str], str | None]) -> Question[str | None]:
            return Question(
                book,
                f"nearest-{name}",
                answer=find,
                fact=lambda what: str(find(what)),
                digest=places.digest,
            )

        return Grounds(
            settings=self._settings,
            files=Table(book, "files", content.files, lambda path: ""),
            rejected=Table(book, "rejected", rejected, lambda path: ""),
            ids=Table(book, "ids", ids, lambda name: ""),
            left_out=Table(book, "left-out", left_out, lambda name: ""),
            notices=Table(book, "notices", self._intended.notices, lambda path: ""),
            clauses=Table(book, "clauses", self._clauses, clause_digest),
            locate=Question(
                book,
                "places",
                answer=places.locate,
                fact=lambda what: str(places.locate(what)),
                digest=places.digest,
            ),
            anchors=Question(
                book,
                "anchors",
                answer=anchors,
                fact=anchors_fact,
                digest=lambda: digest_of(*(f"{p} {anchors_fact(p)}" for p in content.records)),
            ),
            nearest_file=nearest("file", lambda what: places.files.nearest(what)),
            nearest_place=nearest("place", lambda what: places.all.nearest(what)),
            nearest_address=nearest("address", lambda what: places.addresses.nearest(what)),
            nearest_id=nearest("id", lambda what: places.ids.nearest(what)),
        )

    def _addresses(self, directory: Directory) -> Question[str]:
        """All that the check of addresses depends on, as one question."""
        content = self._content

        def digest() -> str:
            folders = (*content.columns, "", *content.periodicals, "", *content.issues, "")
            aliases = (
                f"{owner.where.path} {' '.join(owner.aliases)} {owner.where.line('aliases')}"
                for owner in content.owners()
                if owner.aliases
            )
            return digest_of(directory.digest(), *folders, *content.records, "", *aliases)

        question: Question[str] = Question(
            self._book,
            _ADDRESSES,
            answer=lambda what: "",
            fact=lambda what: question.digest(),
            digest=digest,
        )
        return question


class _Places:
    """Where links lead, and what wrong ones most likely meant."""

    def __init__(self, ids: Collection[str], directory: Directory) -> None:
        self._ids = ids
        self._directory = directory
        self._located: dict[str, Located] = {}

    def locate(self, path: str) -> Located:
        located = self._located.get(path)
        if located is None:
            located = self._located[path] = self._directory.locate(Target("internal", path))
        return located

    def digest(self) -> str:
        return self._digest

    @cached_property
    def _digest(self) -> str:
        return digest_of(self._directory.digest(), *self._ids)

    @cached_property
    def files(self) -> KnownPaths:
        return KnownPaths(self._directory.files)

    @cached_property
    def all(self) -> KnownPaths:
        return KnownPaths((*self._directory.addresses, *self._directory.files))

    @cached_property
    def addresses(self) -> KnownPaths:
        return KnownPaths(address.strip("/") for address in self._directory.paths if address)

    @cached_property
    def ids(self) -> KnownPaths:
        return KnownPaths(self._ids)


def _recalled(packed: bytes) -> tuple[Problem, ...] | None:
    try:
        return unpack_problems(packed)
    except Unpackable:
        return None
