"""An edition: everything an output may look at. Outputs read it and nothing else.

Every look is noted (:mod:`~site_plugins.domain.noting`), so that a later build knows what a page
was made from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from itertools import count, repeat
from typing import Protocol
from urllib.parse import quote

from site_plugins.domain.agenda import Agenda, Entry
from site_plugins.domain.artifacts import page_path
from site_plugins.domain.converted import TextFacts
from site_plugins.domain.digests import Digests, digest_of
from site_plugins.domain.directory import Directory, Found, Located
from site_plugins.domain.distant import paths_of, reworded_in
from site_plugins.domain.links import Target, replace_links
from site_plugins.domain.list_pages import ListPages
from site_plugins.domain.model.holders import Holder
from site_plugins.domain.model.records import Plan, Record
from site_plugins.domain.neighbours import Neighbours
from site_plugins.domain.noted_site import noted_site
from site_plugins.domain.noting import Notebook
from site_plugins.domain.paths import beside
from site_plugins.domain.plan import PlanHtml, PlanText
from site_plugins.domain.progress import PlanProgress
from site_plugins.domain.settings import Settings
from site_plugins.domain.shelves import Question, Table
from site_plugins.domain.site import ColumnNode, Site, Tag, instant_at

_SAFE = "/-._~!$'()*,;=:@"
_PLAIN = re.compile(r"[A-Za-z0-9/._~!$'()*,;=:@-]*")
_NOTHING: Mapping[str, str] = {}
_NEAR = 10  # how many of a tag's records on either side of a record are its near ones


class Texts(Protocol):
    """The converted texts of public files, by content path; empty where a file has none."""

    def facts(self, path: str) -> TextFacts:
        """What is known of the text."""

    def html(self, path: str) -> str:
        """Its HTML, links as tokens."""

    def blocks(self, path: str) -> tuple[str, ...]:
        """Its plain blocks."""


class Edition:
    """The resolved site with its converted texts, at one clock.

    Args:
        site: the public site.
        settings: of this build.
        directory: where links lead.
        texts: the converted texts.
        text_digests: content path → digest of the converted text of that file.
        told: content path → digest of the front matter of that file.
        sizes: content path of a file → bytes.
        pictures: content path of a picture → (width, height) in pixels.
        clauses: plan id → clause id → the clause in a few words.
        plan_html: gives a plan's HTML in parts.
        plan_texts: plan id → its text in parts.
        progress: plan id → how far it has come.
        agenda: the events with their days.
        files: content path → digest of each published file whose text is searched.
        attached: content path → the files of these that its front matter or text names.
        attachment: gives the blocks of such a file.
        reworded: content paths of the texts of which nothing but words has changed since the last
            build, where all else is as it was; None where more may have changed.
        known: digests that are known from that build, by name: see :meth:`lasting_digest`.
    """

    def __init__(
        self,
        *,
        site: Site,
        settings: Settings,
        directory: Directory,
        texts: Texts,
        text_digests: Mapping[str, str],
        told: Mapping[str, str],
        sizes: Mapping[str, int],
        pictures: Mapping[str, tuple[int, int]],
        clauses: Mapping[str, Mapping[str, str]],
        plan_html: Callable[[Plan], PlanHtml],
        plan_texts: Mapping[str, PlanText],
        progress: Mapping[str, PlanProgress],
        agenda: Agenda,
        files: Mapping[str, str],
        attached: Mapping[str, tuple[str, ...]],
        attachment: Callable[[str], tuple[str, ...]],
        reworded: frozenset[str] | None = None,
        known: Mapping[str, str] = _NOTHING,
    ) -> None:
        self.plain = site
        """The site without notes, for what lists all there is to make."""
        self.directory = directory
        self.settings = settings
        self.reworded = reworded
        self._known = known
        self.lasting: dict[str, str] = {}
        """Digests that no change of mere words touches, by name, as far as they were asked for."""
        self.book = book = Notebook()
        self._told = told = Digests(told)
        self._text_digests = text_digests = Digests(text_digests)
        self.site = noted_site(site, book, told, reworded)
        self._texts = texts
        self._files = files
        self._attached = attached
        self._attachment = attachment
        self._plan_html = plan_html
        self._located: dict[str, Located] = {}
        self._neighbours = neighbours = Neighbours(site, told)
        self.clauses = Table(
            book,
            "clauses",
            clauses,
            lambda plan: digest_of(*(f"{k} {v}" for k, v in clauses[plan].items())),
        )
        self.plan_texts = Table(
            book, "plan-texts", plan_texts, lambda plan: digest_of(repr(plan_texts[plan]))
        )
        self.progress = Table(
            book,
            "progress",
            progress,
            lambda plan: self.lasting_digest(
                f"progress {plan}", lambda: digest_of(repr(progress[plan]))
            ),
        )
        self._entries = {entry.record.id: entry for entry in agenda.entries}
        self._agenda = Question(
            book,
            "agenda",
            answer=lambda what: agenda,
            fact=lambda what: self._agenda.digest(),
            digest=lambda: digest_of(repr(agenda)),
        )
        self._entry = Question(
            book,
            "entries",
            answer=self._entries.get,
            fact=lambda name: digest_of(repr(self._entries.get(name))),
            digest=self._agenda.digest,
        )
        self.sizes = Table(book, "sizes", sizes, lambda path: str(sizes[path]))
        self._facts = Question(
            book,
            "texts",
            answer=texts.facts,
            fact=text_digests.__getitem__,
            keys=lambda: site.addresses,
            touched=lambda: reworded,
        )
        self._place = Question(
            book,
            "places",
            answer=self._find,
            fact=self._place_fact,
            digest=lambda: self.lasting_digest("places", directory.digest),
        )
        self.pictures = Table(book, "pictures", pictures, lambda path: str(pictures[path]))
        self._around = Question(
            book,
            "around",
            answer=neighbours.of,
            fact=neighbours.digest,
            keys=lambda: neighbours.digests,
            touched=lambda: neighbours.beside(reworded) if reworded is not None else None,
        )
        self._near = {name: self._near_of(name) for name in site.tags}
        lists = {f"all:{folder}": node.all for folder, node in site.columns.items()}
        lists |= {f"tag:{name}": tag.records for name, tag in site.tags.items()}
        self._pages = {
            name: ListPages(book, book.shelves[name], records, told, settings.per_page)
            for name, records in lists.items()
        }

    def lasting_digest(self, name: str, find: Callable[[], str]) -> str:
        """A digest that no change of mere words touches: the one that is known, or ``find``'s.

        Whoever keeps what is known for the next build finds it under ``name`` in
        :attr:`lasting`.
        """
        digest = self.lasting.get(name)
        if digest is None:
            digest = self.lasting[name] = self._known.get(name) or find()
        return digest

    # --- texts

    def texts_at(self) -> dict[str, str]:
        """File of a page → content path of the text that it shows, for every public text."""
        addresses = self.plain.addresses
        return {page_path(addresses[p]): p for p, d in self._text_digests.items() if d}

    def text_of(self, owner: Holder | Record) -> TextFacts:
        """What is known of an owner's converted text; empty where it has none."""
        return self._facts(owner.where.path)

    def digest_of(self, owner: Holder | Record) -> str:
        """Changes with an owner's front matter and text, and with nothing else."""
        path = owner.where.path
        return f"{self._told[path]} {self._text_digests[path]}"

    @property
    def with_attachments(self) -> Collection[str]:
        """Content paths of the texts that name files whose text is searched."""
        return self._attached.keys()

    def attached(self, owner: Holder | Record) -> tuple[str, ...]:
        """Digests of the files that an owner names and whose text is searched."""
        paths = self._attached.get(owner.where.path)
        return tuple(map(self._files.__getitem__, paths)) if paths else ()

    def attachment_blocks(self, owner: Holder | Record) -> tuple[str, ...]:
        """The plain blocks of those files."""
        found = map(self._attachment, self._attached.get(owner.where.path, ()))
        return tuple(block for blocks in found for block in blocks)

    def blocks_of(self, owner: Holder | Record) -> tuple[str, ...]:
        """The plain blocks of an owner's text."""
        self._facts.look(owner.where.path)
        return self._texts.blocks(owner.where.path)

    def html(self, owner: Holder | Record, prefix: str) -> str:
        """The HTML of an owner's text with its links leading below ``prefix``.

        ``prefix`` is a page's way to the root (``../../``) or the site's absolute address.
        A link to what is not public loses its address, such a picture is left out.
        """
        self._facts.look(owner.where.path)
        return self.linked(self._texts.html(owner.where.path), prefix)

    def converted(self, path: str) -> str:
        """The HTML of a text as it was converted, links as tokens."""
        self._facts.look(path)
        return self._texts.html(path)

    def linked(self, html: str, prefix: str) -> str:
        """A piece of converted HTML with its links leading below ``prefix``."""

        def resolve(path: str, anchor: str, query: str, attribute: str) -> str | None:
            located = self.locate(path)
            if located.found is not Found.PAGE and located.found is not Found.FILE:
                return None
            return prefix + url_of(located.address) + tail_of(anchor, query)

        return replace_links(html, resolve)

    def links_of(self, text: TextFacts) -> dict[str, str]:
        """Where the internal links of a text lead: target path → address in a link; those that
        lead to nothing public are not in it."""
        links = {}
        for link in text.links:
            if link.target.kind == "internal":
                located = self.locate(link.target.path)
                if located.found is Found.PAGE or located.found is Found.FILE:
                    links[link.target.path] = url_of(located.address)
        return links

    def plan_html(self, plan: Plan) -> PlanHtml:
        """A plan's HTML in parts."""
        self.look(plan)
        self._facts.look(plan.where.path)
        return self._plan_html(plan)

    # --- events

    @property
    def agenda(self) -> Agenda:
        """Every event with its day."""
        return self._agenda("")

    def entry(self, event: Record) -> Entry | None:
        """An event in the agenda, None where its day is not known."""
        return self._entry(event.id)

    # --- records

    def look(self, record: Record) -> None:
        """Note that a record is looked at that came from somewhere without notes."""
        self.site.records.get(record.where.path)

    def around(self, record: Record) -> tuple[Record | None, Record | None]:
        """A record's neighbours in its column by date, or in its issue: (older, newer)."""
        return self._around(record.where.path)

    def near(self, tag: str, record: Record) -> tuple[tuple[float, Record], ...]:
        """Records of a tag nearest in time to one of its records, with their moments in seconds.

        Only what stands near: a new text must not change the pages of all that share its tag.
        """
        return self._near[tag](record.where.path)

    def pages(self, listed: ColumnNode | Tag) -> ListPages:
        """The pages and years of a column's or tag's list."""
        name = f"tag:{listed.name}" if isinstance(listed, Tag) else f"all:{listed.path}"
        return self._pages[name]

    # --- links and files

    def locate(self, path: str) -> Located:
        """What an internal link target is; asked once for each target."""
        return self._place(path)

    def file(self, owner: Holder | Record, written: str) -> str:
        """The content path of a file that front matter names; the checks saw that it is there."""
        return beside(owner.where.path, written) or ""

    # --- how the answers are found

    def _find(self, path: str) -> Located:
        located = self._located.get(path)
        if located is None:
            located = self._located[path] = self.directory.locate(Target("internal", path))
        return located

    def _place_fact(self, path: str) -> str:
        located = self._find(path)
        return f"{located.found.value} {located.address}"

    def _near_of(self, name: str) -> Question[tuple[tuple[float, Record], ...]]:
        records = self.plain.tags[name].records
        stamps: dict[int, float] = {}
        told: list[str] = []
        index: dict[str, int] = {}

        def stretch(path: str) -> slice:
            if not index:
                paths = paths_of(records)
                index.update(zip(paths, count(), strict=False))
                told.extend(repeat("", len(records)))
            at = index.get(path)
            if at is None:
                return slice(0)
            around = slice(max(0, at - _NEAR), at + _NEAR + 1)
            if "" in told[around]:
                # Of thousands an edit asks about a few: the others need no moment.
                paths = paths_of(records[around])
                for place, near in enumerate(paths, around.start):
                    stamp = stamps[place] = instant_at(records, place)
                    told[place] = f"{near} {stamp}"
            return around

        def answer(path: str) -> tuple[tuple[float, Record], ...]:
            around = stretch(path)
            if not around.stop:
                return ()
            places = range(around.start, len(records))
            return tuple(
                (stamps[place], record)
                for place, record in zip(places, records[around], strict=False)
            )

        def fact(path: str) -> str:
            around = stretch(path)
            return digest_of(*told[around])

        return Question(
            self.book,
            f"near:{name}",
            answer=answer,
            fact=fact,
            digest=self.book.shelves[f"tag:{name}"].digest,
            # Other words leave every moment and every place in the order as it is.
            touched=lambda: () if reworded_in(records) is not None else None,
        )


def tail_of(anchor: str, query: str) -> str:
    """Query and anchor as they stand at the end of an address."""
    return (f"?{query}" if query else "") + (f"#{quote(anchor)}" if anchor else "")


def url_of(address: str) -> str:
    """An address as it stands in a link: percent-encoded UTF-8."""
    return address if _PLAIN.fullmatch(address) else quote(address, safe=_SAFE)


def root_of(address: str) -> str:
    """The way from a page to the site's root: ``./``, ``../``, ``../../`` …"""
    depth = address.count("/")
    return "../" * depth if depth else "./"
