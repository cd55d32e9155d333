"""Renders the theme's templates as the build does, and writes a preview for the browser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2
from markupsafe import Markup

from site_plugins.outputs.pages.views.frame import PageView, SiteView
from site_plugins.outputs.pages.views.parts import LinkView
from site_plugins.tools.template_engine import keep

from . import pictures
from .sample_views import FEEDS, site

THEME = Path(__file__).parents[2] / "theme"
ROOT = "../../"


@dataclass(frozen=True, slots=True)
class Assets:
    """Addresses of the style sheet and the script below the site's root."""

    css: str = "assets/site.css"
    js: str = "assets/scripts/site.js"


@dataclass(frozen=True, slots=True)
class Example:
    """A page to render: its layout, its view, and what of the frame matters."""

    layout: str
    view: object
    title: str = "示例页"
    menu: str = "news/"
    site: SiteView | None = None
    crumbs: tuple[LinkView, ...] = ()
    robots: str = ""


def environment(theme: Path = THEME) -> jinja2.Environment:
    """The environment that templates are written for."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(theme),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    env.globals["icon"] = lambda name: Markup((theme / "icons" / f"{name}.svg").read_text().strip())
    env.globals["keep"] = keep
    return env


def style_sheet(theme: Path = THEME) -> str:
    """The files of order.txt joined, without comments and idle white space."""
    lines = (theme / "styles" / "order.txt").read_text().splitlines()
    names = [line for line in lines if line and not line.startswith("#")]
    text = "".join((theme / name).read_text() for name in names)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", text).strip() + "\n"


def render(env: jinja2.Environment, example: Example, address: str = "news/x/") -> str:
    """One page, complete with header and footer."""
    whole = example.site or site()
    page = PageView(
        title=example.title,
        root=ROOT,
        address=address,
        canonical=f"https://example.org/{address}",
        description="示例页的说明",
        breadcrumbs=example.crumbs,
        menu=example.menu,
        feeds=FEEDS,
        labels=(("ArticleTitle", example.title), ("SiteName", whole.name)),
        json_ld='{"@type":"WebPage"}',
        robots=example.robots,
    )
    parts = {
        f"{name}_html": Markup(
            env.get_template(f"partials/{name}.html").render(
                site=whole, root=ROOT, current=example.menu
            )
        )
        for name in ("header", "footer")
    }
    layout = env.get_template(f"layouts/{example.layout}.html")
    return layout.render(site=whole, page=page, view=example.view, assets=Assets(), **parts)


def write(target: Path, pages: Mapping[str, Example]) -> None:
    """Write the preview: every page two folders deep, style sheet, scripts, pictures."""
    env = environment()
    for name, example in pages.items():
        page = target / "pages" / name / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(render(env, example, f"pages/{name}/"))
    files = {
        "assets/site.css": style_sheet(),
        "assets/images/favicon.svg": (THEME / "images/favicon.svg").read_text(),
    }
    files |= {
        f"assets/scripts/{path.name}": path.read_text() for path in (THEME / "scripts").glob("*.js")
    }
    files |= {f"pictures/{number}.svg": pictures.landscape(number) for number in range(1, 9)}
    for address, content in files.items():
        (target / address).parent.mkdir(parents=True, exist_ok=True)
        (target / address).write_text(content)
