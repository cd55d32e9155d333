"""Two things never share an address; records stay out of the addresses of generated pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from site_plugins.domain.catalogue import problem
from site_plugins.domain.generated import ROOT_FILES, generated_addresses, is_reserved
from site_plugins.domain.model.holders import Holder
from site_plugins.domain.model.records import Record
from site_plugins.domain.paths import ancestors
from site_plugins.domain.problems import Problem
from site_plugins.domain.redirects import alias_target
from site_plugins.domain.settings import Settings
from site_plugins.domain.site import Site
from site_plugins.reading.content import Content

_GOOD_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")


def check_addresses(content: Content, site: Site, settings: Settings) -> Iterator[Problem]:
    """Addresses of all files of content/, public or not, and their aliases."""
    told = settings.content_name
    taken: dict[str, str] = {}
    # Of two with one address the record is told, not the column that everything in it needs.
    owners = sorted(_owners(content), key=lambda o: (isinstance(o, Record), o.where.path))
    for owner in owners:
        address, path = owner.where.address, owner.where.path
        if is_reserved(address):
            yield problem("JY032", told + path, 1, address=address)
        elif address in taken:
            yield problem("JY030", told + path, 1, address=address, other=told + taken[address])
        taken.setdefault(address, path)
        bad = [part for part in address.split("/") if part and not _GOOD_NAME.fullmatch(part)]
        if bad:
            yield problem("JY009", told + path, 1, name=bad[0])
    yield from _aliases(content, site, settings, taken)


def _owners(content: Content) -> Iterator[Holder | Record]:
    yield from content.columns.values()
    yield from content.periodicals.values()
    yield from content.issues.values()
    yield from content.records.values()


def _aliases(
    content: Content, site: Site, settings: Settings, taken: dict[str, str]
) -> Iterator[Problem]:
    told = settings.content_name
    generated = {"", *generated_addresses(site, settings)}
    claimed: dict[str, str] = {}
    for owner in sorted(_owners(content), key=lambda o: o.where.path):
        for index, alias in enumerate(owner.aliases):
            target = alias_target(alias)
            line = owner.where.lines.get(f"aliases[{index}]", owner.where.line("aliases"))
            other = (
                taken.get(target) or claimed.get(target) or _in_the_way(target, content, claimed)
            )
            if other is not None:
                named = f" {told}{other} "
                yield problem("JY034", told + owner.where.path, line, alias=alias, other=named)
            elif target in generated or is_reserved(target) or target in ROOT_FILES:
                other = "系统生成的页面"
                yield problem("JY034", told + owner.where.path, line, alias=alias, other=other)
            claimed.setdefault(target, owner.where.path)


def _in_the_way(target: str, content: Content, claimed: Mapping[str, str]) -> str | None:
    """A file where the old address needs a folder, or a folder where it needs a file."""
    for above in ancestors(target.rstrip("/")):
        if above in content.files:
            return above
        if above in claimed:
            return claimed[above]
    below = (owner for other, owner in claimed.items() if other.startswith(target + "/"))
    return next(below, None) if not target.endswith("/") and "?" not in target else None
