"""Markdown → a converted text: HTML that has passed the allow-list, and what is known about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from markdown.extensions import Extension
from markdown.extensions.toc import slugify_unicode

from site_plugins.domain.converted import ConversionError, ConvertedText, Heading
from site_plugins.domain.settings import Settings
from site_plugins.reading.plain_text import WIDE, one_line, text_blocks
from site_plugins.tools.markdown_extensions import HouseStyle, LeanMarkdown
from site_plugins.tools.plain_markdown import is_usual, plain_text
from site_plugins.tools.sanitiser import EXTERNAL_MARK, CleanText, Sanitiser

DEFAULT_EXTENSIONS: tuple[str, ...] = (
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
)
"""What a new site's mkdocs.yml lists under ``markdown_extensions``."""

DEFAULT_CONFIGS: Mapping[str, Mapping[str, Any]] = {
    "footnotes": {
        # The variation selector keeps phones from drawing the arrow as a coloured picture.
        "BACKLINK_TEXT": "&#8617;&#xFE0E;",
        "BACKLINK_TITLE": "返回正文中注释 %d 处",
    },
    "toc": {"slugify": slugify_unicode},
    "pymdownx.tabbed": {"alternate_style": True},
}
"""How extensions are set where the site's own settings say nothing."""


class MarkdownConverter:
    """Converts one text after another with one ``Markdown`` object, which is costly to make.

    ``extensions`` and ``configs`` are what mkdocs.yml says (``markdown_extensions``, with what
    MkDocs adds); ``DEFAULT_CONFIGS`` fill what it leaves open. Whatever was converted before has
    no influence on a text. An object is for one thread; sent to another process it is made anew.
    An unknown extension raises what Python-Markdown raises (ImportError, AttributeError …).
    """

    def __init__(
        self,
        extensions: Sequence[str] = DEFAULT_EXTENSIONS,
        configs: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        self._settings = (tuple(extensions), dict(configs or {}))
        self._markdown = _engine(*self._settings)
        self._sanitiser = Sanitiser()
        self._is_usual = is_usual(*self._settings)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as its settings."""
        return (MarkdownConverter, self._settings)

    def convert(self, markdown: str, path: str) -> ConvertedText:
        """Convert the body of the content file ``path`` (posix, relative to content/).

        Raises ConversionError for a text nested too deeply to be read.
        """
        clean = plain_text(markdown, path) if self._is_usual else None
        if clean is None:
            clean = self._by_engine(markdown, path)
        html = _finish(clean.html)
        blocks = text_blocks(html)
        return ConvertedText(
            html=html,
            headings=_headings(html),
            ids=clean.ids,
            blocks=blocks,
            links=clean.links,
            removed=clean.removed,
            characters=sum(len(block) - block.count(" ") for block in blocks),
        )

    def _by_engine(self, markdown: str, path: str) -> CleanText:
        html = self._to_html(markdown)
        return self._sanitiser.clean(html, path, suspicious="<" in markdown or "{" in markdown)

    def _to_html(self, markdown: str) -> str:
        self._markdown.reset()
        try:
            return self._markdown.convert(markdown)
        except RecursionError:
            # The parser's state is that of the middle of a text now.
            self._markdown = _engine(*self._settings)
            raise ConversionError("正文的列表、引用或括号嵌套过深，无法转换") from None


def converter_of(settings: Settings) -> MarkdownConverter:
    """The site's converter: the usual extensions, and those of mkdocs.yml."""
    names = dict.fromkeys((*DEFAULT_EXTENSIONS, *map(short_name, settings.extensions)))
    configs = {short_name(name): config for name, config in settings.extension_configs.items()}
    return MarkdownConverter(tuple(names), configs)


class LazyConverter:
    """The site's converter, made when it is first wanted."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._made: MarkdownConverter | None = None

    def convert(self, markdown: str, path: str) -> ConvertedText:
        """See :meth:`MarkdownConverter.convert`."""
        if self._made is None:
            self._made = converter_of(self._settings)
        return self._made.convert(markdown, path)


def short_name(name: str) -> str:
    """MkDocs and Python-Markdown call their own extensions by two names."""
    return name.removeprefix("markdown.extensions.")


def _engine(extensions: Sequence[str], configs: Mapping[str, Mapping[str, Any]]) -> LeanMarkdown:
    merged: dict[str, dict[str, Any]] = {}
    for name in extensions:
        defaults = DEFAULT_CONFIGS.get(name.removeprefix("markdown.extensions."), {})
        merged[name] = {**defaults, **(configs.get(name) or {})}
    made = [_extension(name, merged[name]) for name in extensions]
    engine = LeanMarkdown(extensions=[*made, HouseStyle()], extension_configs=merged)
    engine.settle()
    return engine


def _extension(name: str, config: Mapping[str, Any]) -> Extension | str:
    """An extension of which it is known where it is, made; the name of any other.

    To find an extension by its name, Python-Markdown goes through every installed package.
    """
    if name not in DEFAULT_EXTENSIONS:
        return name
    module = import_module(name if "." in name else f"markdown.extensions.{name}")
    made: Extension = module.makeExtension(**config)
    return made


# --- What is done to the clean HTML ------------------------------------------------------------
#
# nh3 writes well-formed HTML in which "<" and ">" occur in tags alone and every attribute has the
# form name="value", so that these expressions are exact.

_ATTRIBUTES = r'(?: [^\s"=<>]+="[^"]*")*'
_EXTERNAL_LINK = re.compile(
    rf'<a({_ATTRIBUTES}?) href="{re.escape(EXTERNAL_MARK)}([^"]*)"({_ATTRIBUTES})>'
)
_CLASS = re.compile(r' class="([^"]*)"')
_LONE_PICTURE = re.compile(
    rf'<p((?: class="[^"]*")?)>(<img{_ATTRIBUTES}?) title="([^"]+)"({_ATTRIBUTES}>)\s*</p>'
)
_EMPTY_PARAGRAPH = re.compile(r"<p>\s*</p>\n?")
_HEADING_TAG = re.compile(r"<(/?)h([1-5])(?=[ >])")
_HEADING = re.compile(rf"<h([1-6])({_ATTRIBUTES})>(.*?)</h\1>", re.DOTALL)
_ID = re.compile(r' id="([^"]*)"')
_INLINE = r"(?:a|abbr|b|code|del|em|i|ins|kbd|mark|small|span|strong|sub|sup|u)"
_LINE_END = re.compile(
    rf"(?<=[{WIDE}])((?:</{_INLINE}>)*)\n(?=(?:<{_INLINE}{_ATTRIBUTES}>)*[{WIDE}])"
)
_TAGS_MEET = re.compile(rf"</{_INLINE}>\n<{_INLINE}[ >]")
_CODE = re.compile(r"(<pre[ >].*?</pre>)", re.DOTALL)


def _finish(html: str) -> str:
    """The house's form: headings below the page's own, figures, marked external links."""
    if EXTERNAL_MARK in html:
        html = _EXTERNAL_LINK.sub(_mark_external, html)
    if "<p><img " in html or "<p class=" in html:
        html = _LONE_PICTURE.sub(_figure, html)
    if "<p></p>" in html:
        html = _EMPTY_PARAGRAPH.sub("", html)
    if "<h1" in html:
        html = _HEADING_TAG.sub(lambda m: f"<{m[1]}h{int(m[2]) + 1}", html)
    if "<img " in html:
        html = html.replace("<img ", '<img loading="lazy" decoding="async" ')
    return _join_lines(html).strip()


def _figure(match: re.Match[str]) -> str:
    caption = match[3].replace("&quot;", '"')
    picture = match[2] + match[4]
    return f"<figure{match[1]}>{picture}<figcaption>{caption}</figcaption></figure>"


def _mark_external(match: re.Match[str]) -> str:
    rest = match[1] + match[3]
    address = match[2]
    if address.lower().startswith(("mailto:", "tel:")):
        return f'<a href="{address}"{rest}>'
    names = "is-external"
    if given := _CLASS.search(rest):
        rest = rest.replace(given[0], "", 1)
        names += " " + given[1]
    return f'<a href="{address}"{rest} class="{names}" rel="noopener noreferrer">'


def _join_lines(html: str) -> str:
    """A line end between two Chinese characters is how the author types, not a space to show."""
    if html.count("\n") == html.count(">\n<") and not _TAGS_MEET.search(html):
        return html
    pieces = _CODE.split(html) if "<pre" in html else [html]
    pieces[::2] = [_LINE_END.sub(r"\1", piece) for piece in pieces[::2]]
    return "".join(pieces)


def _headings(html: str) -> tuple[Heading, ...]:
    found = []
    for match in _HEADING.finditer(html):
        anchor = _ID.search(match[2])
        found.append(Heading(int(match[1]), anchor[1] if anchor else "", one_line(match[3])))
    return tuple(found)
