"""Markdown → a converted text: HTML that has passed the allow-list, and what is known about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from site_plugins.domain.converted import ConversionError, ConvertedText, Heading
from site_plugins.domain.settings import Settings
from site_plugins.reading.plain_text import WIDE, one_line, text_blocks
from site_plugins.tools.extension_names import DEFAULT_EXTENSIONS, short_name
from site_plugins.tools.plain_markdown import is_usual, plain_text
from site_plugins.tools.sanitiser import EXTERNAL_MARK, CleanText, Sanitiser

if TYPE_CHECKING:
    from site_plugins.tools.markdown_extensions import LeanMarkdown


class MarkdownConverter:
    """Converts one text after another with one ``Markdown`` object, which is costly to make.

    ``extensions`` and ``configs`` are what mkdocs.yml says (``markdown_extensions``, with what
    MkDocs adds); the house's own settings fill what it leaves open. Whatever was converted before
    has no influence on a text. An object is for one thread; sent to another process it is made
    anew.
    An unknown extension raises what Python-Markdown raises (ImportError, AttributeError …).
    """

    def __init__(
        self,
        extensions: Sequence[str] = DEFAULT_EXTENSIONS,
        configs: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        self._settings = (tuple(extensions), dict(configs or {}))
        self._sanitiser = Sanitiser()
        self._is_usual = is_usual(*self._settings)
        self._made: LeanMarkdown | None = None
        if not self._is_usual:
            # Whatever is wrong with its extensions is told at once.
            self._engine()

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
        engine = self._engine()
        engine.reset()
        try:
            return engine.convert(markdown)
        except RecursionError:
            # The parser's state is that of the middle of a text now.
            self._made = None
            raise ConversionError("正文的列表、引用或括号嵌套过深，无法转换") from None

    def _engine(self) -> LeanMarkdown:
        if self._made is None:
            # Loaded here: the texts of most edits need none, and it takes as long as many texts.
            from site_plugins.tools.markdown_engine import engine_of

            self._made = engine_of(*self._settings)
        return self._made


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
    pieces[::2] = [_line_end().sub(r"\1", piece) for piece in pieces[::2]]
    return "".join(pieces)


@cache
def _line_end() -> re.Pattern[str]:
    """Compiled when it is first wanted: that takes milliseconds, for there are many such signs."""
    return re.compile(
        rf"(?<=[{WIDE}])((?:</{_INLINE}>)*)\n(?=(?:<{_INLINE}{_ATTRIBUTES}>)*[{WIDE}])"
    )


def _headings(html: str) -> tuple[Heading, ...]:
    found = []
    for match in _HEADING.finditer(html):
        anchor = _ID.search(match[2])
        found.append(Heading(int(match[1]), anchor[1] if anchor else "", one_line(match[3])))
    return tuple(found)
