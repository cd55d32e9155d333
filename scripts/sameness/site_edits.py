"""Edits of all but content/: time, theme, mkdocs.yml, extensions, plugins, hooks, packages."""

import re
from datetime import timedelta

from scripts.sameness.changing import Changing, read, write
from scripts.sameness.changing_site import OWN_EXTENSION

_LAYOUT = (
    '{% extends "layouts/base.html" %}{% block main %}<div class="wrap"><p>没有这一页，'
    "第NUMBER版。</p></div>{% endblock %}\n"
)
_HOOK = (
    "def on_page_content(html, **more):\n"
    "    return html + '<p>钩子NUMBER</p>'\n\n\n"
    "def on_post_page(output, **more):\n"
    "    return output.replace('</body>', '<!-- NUMBER --></body>')\n\n\n"
    "def on_env(env, **more):\n"
    "    env.globals['hooked'] = 'NUMBER'\n"
    "    return env\n"
)


def time_passes(site: Changing) -> str:
    """The clock goes on, seldom back."""
    site.now += timedelta(hours=site.draw.choice((1, 7, 24, 72, 400, -24)))
    return f"时间 {site.now.isoformat()}"


def template(site: Changing) -> str:
    """A template of the site's own hides one of the theme, or goes again."""
    theme, number = site.folder / "theme", site.draw.randrange(1000)
    kind = site.draw.choice(("404", "footer", "plain", "gone"))
    footer = theme / "partials" / "footer.html"
    if kind == "404":
        write(theme / "layouts" / "404.html", _LAYOUT.replace("NUMBER", str(number)))
    elif kind == "footer":
        write(footer, f"<footer>第{number}版</footer>\n")
    elif kind == "plain":
        write(footer, f"<footer>{{{{ hooked | default('{number}') }}}}</footer>\n")
    else:
        footer.unlink(missing_ok=True)
    return f"模板 {kind}"


def style(site: Changing) -> str:
    """A style sheet changes: the theme's, or the site's own in content/."""
    number = site.draw.randrange(40)
    if site.draw.random() < 0.5:
        path = site.folder / "theme" / "styles" / "print.css"
        write(path, f"@media print {{ body {{ margin: {number}px }} }}\n")
        return "样式"
    write(site.content / "extra.css", f"p {{ margin: {number}px }}\n")
    return _swapped(site, "\nextra_css: [extra.css]\n", "自己的样式")


def script(site: Changing) -> str:
    """A script or a picture of the site's theme comes, changes or goes."""
    theme = site.folder / "theme"
    path = theme / site.draw.choice(("scripts/own.js", "images/own.svg", "search/client.js"))
    if path.exists() and site.draw.random() < 0.5:
        path.unlink()
    else:
        write(path, f"// {site.draw.randrange(1000)}\n")
    return f"主题文件 {path.name}"


def setting(site: Changing) -> str:
    """A setting of mkdocs.yml changes."""
    kind = site.draw.choice(("page", "name", "url", "items", "attachments", "office", "limit"))
    text = read(site.settings)
    number = site.draw.randrange(2, 9)
    if kind == "page":
        text = re.sub(r"per_page: \d+", f"per_page: {site.draw.choice((1, 2, 3, 20))}", text)
    elif kind == "name":
        text = re.sub(r"site_name: .*", f"site_name: 示例{number}", text)
    elif kind == "url":
        text = re.sub(r"site_url: .*", f"site_url: https://zx{number}.example.org/", text)
    elif kind == "items":
        text = re.sub(
            r"jianyan/feeds:?.*(\n      items.*)?",
            f"jianyan/feeds:\n      items: {number}",
            text,
        )
    elif kind == "attachments":
        told = "false" if "attachments: true" in text else "true"
        text = re.sub(
            r"jianyan/search:?.*(\n      attachments.*)?",
            f"jianyan/search:\n      attachments: {told}",
            text,
        )
    elif kind == "office":
        text = re.sub(r"\n      office: .*", "", text)
        text = text.replace(
            "      per_page", f"      office: {{phone: '{number}'}}\n      per_page"
        )
    else:
        text = re.sub(r"\n      markdown_limit: .*", "", text)
        limit = site.draw.choice((150, 4000, 2_000_000))
        text = text.replace("      per_page", f"      markdown_limit: {limit}\n      per_page")
    write(site.settings, text)
    return f"设置 {kind}"


def capability(site: Changing) -> str:
    """One of Jianyan's own plugins comes or goes."""
    name = site.draw.choice(("feeds", "search", "plans", "periodicals"))
    text = read(site.settings)
    there = re.search(rf"  - jianyan/{name}:?\n(?:      .*\n)*", text)
    text = text.replace(there[0], "") if there else _with(text, f"  - jianyan/{name}\n")
    write(site.settings, text)
    return f"插件 {name}"


def extension(site: Changing) -> str:
    """A Markdown extension comes or goes, or says something else."""
    text = read(site.settings).partition("markdown_extensions:\n")[0]
    listed = site.draw.choice(
        (
            "",
            "  - sane_lists\n  - pymdownx.tilde\n",
            "  - toc:\n      permalink: true\n",
            "  - pymdownx.snippets:\n      base_path: [parts]\n",
            "  - own_extension\n",
            "  - attr_list\n  - own_extension\n",
        )
    )
    write(site.folder / "parts" / "part.txt", f"片段{site.draw.randrange(100)}\n")
    write(site.settings, text + (f"markdown_extensions:\n{listed}" if listed else ""))
    return f"Markdown 扩展 {' '.join(listed.split())}"


def own_extension(site: Changing) -> str:
    """The module of the site's own Markdown extension is written anew, and said to be pure."""
    write(site.packages / "own_extension.py", _numbered(site, OWN_EXTENSION))
    if "own_extension" not in read(site.settings):
        text = read(site.settings).partition("markdown_extensions:\n")[0]
        write(site.settings, text + "markdown_extensions:\n  - own_extension\n")
    _set_pure(site, site.draw.choice((("own_extension",), ("own_extension", "hook.py"), ())))
    return "自己的 Markdown 扩展"


def hook(site: Changing) -> str:
    """A hook comes, changes, goes, or is said to be pure."""
    path = site.folder / "hook.py"
    kind = site.draw.choice(("write", "write", "pure", "go"))
    if kind == "write" or not path.exists():
        write(path, _numbered(site, _HOOK))
    text = read(site.settings).replace("hooks: [hook.py]\n", "")
    if kind != "go":
        text = f"hooks: [hook.py]\n{text}"
    write(site.settings, text)
    if kind == "pure":
        _set_pure(site, site.draw.choice((("hook.py",), ("hook",), ())))
    return f"钩子 {kind}"


def plugin(site: Changing) -> str:
    """A plugin of another maker comes, gets other options, is said to be pure, or goes."""
    text = re.sub(r"  - glightbox:?\n(      .*\n)*", "", read(site.settings))
    kind = site.draw.choice(("listed", "options", "pure", "go"))
    if kind == "options":
        text = _with(text, f"  - glightbox:\n      width: {site.draw.randrange(10, 99)}%\n")
    elif kind != "go":
        text = _with(text, "  - glightbox\n")
    write(site.settings, text)
    _set_pure(site, ("glightbox",) if kind in ("pure", "options") else ())
    return f"插件 glightbox {kind}"


def package(site: Changing) -> str:
    """A package seems to be installed in another version."""
    for old in site.packages.glob("*.dist-info"):
        old.rmdir()
    version = site.draw.randrange(100)
    (site.packages / f"example_package-{version}.dist-info").mkdir(parents=True)
    return f"软件包 {version}"


def _numbered(site: Changing, text: str) -> str:
    return text.replace("NUMBER", str(site.draw.randrange(1000)))


def _set_pure(site: Changing, names: tuple[str, ...]) -> None:
    text = re.sub(r"\n      pure: .*", "", read(site.settings))
    if names:
        text = text.replace("      per_page", f"      pure: [{', '.join(names)}]\n      per_page")
    write(site.settings, text)


def _with(text: str, plugin_lines: str) -> str:
    """mkdocs.yml with one plugin more, the last of them."""
    head, mark, rest = text.partition("plugins:\n")
    listed = re.match(r"(?:  .*\n)*", rest)
    assert listed is not None
    return head + mark + listed[0] + plugin_lines + rest[listed.end() :]


def _swapped(site: Changing, line: str, told: str) -> str:
    """A line of mkdocs.yml comes or goes."""
    text = read(site.settings)
    there = line.lstrip("\n")
    write(site.settings, text.replace(there, "") if there in text else there + text)
    return told
