"""From a draft to a page: the layout filled in. Nothing here looks at the site."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.edition import tail_of
from site_plugins.domain.links import replace_links
from site_plugins.outputs.pages.frame import THEME_SCRIPT, Assets, Body, PageDraft, Renderer
from site_plugins.outputs.pages.views.frame import SiteView


class PageMaker:
    """Makes pages of one site. Header and footer are rendered once per depth and menu entry."""

    def __init__(self, render: Renderer, site: SiteView, assets: Assets) -> None:
        self._render = render
        self._site = site
        # 最近更新 is a fact of the home page alone: see Frame.
        self._undated = replace(site, updated=None)
        self._assets = assets
        self._edges: dict[tuple[str, str], tuple[str, str]] = {}

    def make(self, draft: PageDraft, text_html: str = "") -> Artifact:
        """The finished page; ``text_html`` is the converted text that its body names."""
        page = draft.page
        view: Any = draft.view
        if draft.body is not None:
            view = replace(view, body_html=_linked(text_html, draft.body, page.root))
        if any(script.startswith(THEME_SCRIPT) for script in page.scripts):
            page = replace(page, scripts=tuple(map(self._script, page.scripts)))
        header, footer = self._edge(page.root, page.menu)
        context = {
            "site": self._seen_by(page.menu),
            "page": page,
            "view": view,
            "header_html": header,
            "footer_html": footer,
            "assets": self._assets,
        }
        html = self._render(f"layouts/{draft.layout}.html", context)
        return Artifact(draft.path, html.encode("utf-8"))

    def _seen_by(self, menu: str) -> SiteView:
        return self._site if menu == "" else self._undated

    def _script(self, name: str) -> str:
        if not name.startswith(THEME_SCRIPT):
            return name
        folder = self._assets.js.rpartition("/")[0]
        return f"{folder}/{name.removeprefix(THEME_SCRIPT)}"

    def _edge(self, root: str, menu: str) -> tuple[str, str]:
        edge = self._edges.get((root, menu))
        if edge is None:
            site = replace(
                self._seen_by(menu),
                menu=tuple(replace(m, current=m.url == menu) for m in self._site.menu),
            )
            context = {"site": site, "root": root, "current": menu}
            header = self._render("partials/header.html", context)
            edge = self._edges[root, menu] = (header, self._render("partials/footer.html", context))
        return edge


def _linked(html: str, body: Body, root: str) -> str:
    def resolve(path: str, anchor: str, query: str, attribute: str) -> str | None:
        address = body.links.get(path)
        return None if address is None else root + address + tail_of(anchor, query)

    return replace_links(html, resolve)
