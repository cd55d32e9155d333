"""Old addresses: paths get a page that leads on, those with a query go to a table."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from site_plugins.domain.model.holders import Holder
from site_plugins.domain.model.records import Record
from site_plugins.domain.site import Site


def has_query(alias: str) -> bool:
    """Whether an alias needs a web server's help: a file cannot answer a query."""
    return "?" in alias


def alias_target(alias: str) -> str:
    """The address of this site that an alias occupies, without leading slash.

    ``/old/12.html`` is a file, ``/old/12``, ``/old/12/`` and ``/old/12/index.html`` are a folder's
    page; with a query the whole text is the address.

    >>> alias_target("/old/12"), alias_target("/old/12.html"), alias_target("/v.php?id=1")
    ('old/12/', 'old/12.html', 'v.php?id=1')
    """
    if has_query(alias):
        return alias.removeprefix("/")
    address = unquote(alias).removeprefix("/")
    if address == "index.html" or address.endswith("/index.html"):
        address = address.removesuffix("index.html")
    if address == "" or address.endswith("/"):
        return address
    name = address.rpartition("/")[2]
    return address if name.endswith((".html", ".htm", ".xml", ".json")) else address + "/"


def page_redirects(site: Site) -> Iterator[tuple[str, str, str]]:
    """(old address, new address, title) of every alias that is a path."""
    for owner in aliased(site):
        for alias in owner.aliases:
            if not has_query(alias):
                yield alias_target(alias), owner.where.address, owner.title


def aliased(site: Site) -> Iterator[Holder | Record]:
    """Everything public that has old addresses, withdrawn records too."""
    yield from site.renamed
    yield from (r for r, _ in site.notices.values() if r.aliases)
    yield from (n.column for n in site.columns.values() if n.column.aliases)
    for periodical in site.periodicals:
        holders: list[Holder] = [periodical.holder, *(i.holder for i in periodical.issues)]
        yield from (holder for holder in holders if holder.aliases)
