"""The theme: where it lies, its templates, its published files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from rjsmin import jsmin

from site_plugins.domain.artifacts import Artifact
from site_plugins.outputs.pages import Assets
from site_plugins.tools.compiled_templates import CompiledTemplates
from site_plugins.tools.template_engine import TemplateEngine, keep

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANK_LINES = re.compile(r"\n\s*")
# Elements that begin with these are looked up below .icons/ of mkdocs-material as well.
_ICON_FOLDERS = ("icons", ".icons")


def packaged_theme() -> Path:
    """The folder of the theme that comes with Jianyan: in the wheel, else in the repository."""
    inside = Path(__file__).resolve().parent.parent / "theme"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "theme"


class Theme:
    """The theme made of several folders; a file of an earlier one hides that of a later one.

    ``environment`` may be given by a host whose plugins have added filters to it; else compiled
    templates are remembered in the folder ``templates``, where one is given.
    """

    def __init__(
        self,
        folders: Sequence[str],
        environment: jinja2.Environment | None = None,
        templates: str = "",
    ) -> None:
        self._folders = [Path(folder) for folder in folders]
        options: dict[str, Any] = {
            "autoescape": True,
            "trim_blocks": True,
            "lstrip_blocks": True,
            "undefined": jinja2.StrictUndefined,
            "auto_reload": False,
            "cache_size": 400,
        }
        loader = jinja2.FileSystemLoader([str(folder) for folder in self._folders])
        if environment is None:
            compiled = CompiledTemplates(templates) if templates else None
            self._environment: jinja2.Environment = TemplateEngine(
                loader=loader, bytecode_cache=compiled, **options
            )
        else:
            self._environment = environment.overlay(loader=loader, **options)
        self._environment.globals["icon"] = self.icon
        self._environment.globals["keep"] = keep
        self._templates: dict[str, jinja2.Template] = {}
        self._icons: dict[str, Markup] = {}

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        """The HTML of a template, safe to stand in another."""
        found = self._templates.get(template)
        if found is None:
            found = self._templates[template] = self._environment.get_template(template)
        return Markup(found.render(context))

    def icon(self, name: str) -> Markup:
        """The SVG of ``icons/<name>.svg`` of the theme, or of the icons of mkdocs-material."""
        svg = self._icons.get(name)
        if svg is None:
            for folder in _ICON_FOLDERS:
                file = self._find(f"{folder}/{name}.svg")
                if file is not None:
                    svg = Markup(file.read_text(encoding="utf-8").strip())
                    break
            else:
                raise FileNotFoundError(f"theme icon {name}")
            self._icons[name] = svg
        return svg

    def files(self) -> Assets:
        """The style sheet, the scripts, pictures and the search client, named by content.

        Scripts of Jianyan's own theme lose their comments and indentation, a third of what a
        reader's first visit would fetch; those of other folders are published as they are.
        """
        css = self._style_sheet()
        css_path = f"assets/site.{_digest(css)}.css"
        files = [Artifact(css_path, css)]
        scripts = self._scripts("scripts")
        folder = f"assets/scripts.{_digest(b''.join(c for _, c in scripts))}"
        files += [Artifact(f"{folder}/{name}", content) for name, content in scripts]
        for name, path in self._all("images", ""):
            files.append(Artifact(f"assets/images/{name}", path.read_bytes()))
        for name, content in self._scripts("search"):
            files.append(Artifact(f"search/{name}", content))
        return Assets(css_path, f"{folder}/site.js", tuple(files))

    def _style_sheet(self) -> bytes:
        """The files that styles/order.txt names, joined, without comments and indentation."""
        order = self._find("styles/order.txt")
        assert order is not None, "the theme has no styles/order.txt"
        names = [line.strip() for line in order.read_text(encoding="utf-8").splitlines()]
        sheets = []
        for name in names:
            if not name or name.startswith("#"):
                continue
            file = self._find(name)
            assert file is not None, f"styles/order.txt names {name}, which is not there"
            sheets.append(file.read_text(encoding="utf-8"))
        joined = _COMMENT.sub("", "\n".join(sheets))
        return (_BLANK_LINES.sub("\n", joined).strip() + "\n").encode("utf-8")

    def _find(self, name: str) -> Path | None:
        return next((f / name for f in self._folders if (f / name).is_file()), None)

    def _scripts(self, folder: str) -> list[tuple[str, bytes]]:
        """The scripts of a folder of the theme, by name, as they are published."""
        own = packaged_theme() / folder
        # Resolved: by whatever way the theme is reached, the same bytes are published.
        return [
            (name, published_script(path) if path.parent.resolve() == own else path.read_bytes())
            for name, path in self._all(folder, ".js")
        ]

    def _all(self, folder: str, ending: str) -> list[tuple[str, Path]]:
        """Files of a folder of the theme, by name, the earliest of each name."""
        found: dict[str, Path] = {}
        for root in reversed(self._folders):
            # Only folders of a theme of ours: mkdocs-material's assets are not published.
            if (root / "layouts").is_dir() or not (root / "mkdocs_theme.yml").is_file():
                found |= {
                    path.name: path
                    for path in sorted((root / folder).glob(f"*{ending}"))
                    if path.is_file()
                }
        return sorted(found.items())


def published_script(path: Path) -> bytes:
    """A script of Jianyan's own theme as it is published: without comments and indentation."""
    return f"{jsmin(path.read_text(encoding='utf-8'))}\n".encode()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:8]
