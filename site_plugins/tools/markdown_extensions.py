"""Python-Markdown as this site uses it: its house style, and a leaner way through its steps.

``LeanMarkdown`` gives exactly the output of ``markdown.Markdown`` with the same extensions. It
saves the steps that cannot do anything in the text at hand: most Chinese paragraphs hold no sign
that any inline pattern or block processor looks for. What it knows of a step (which signs it needs)
is known by the step's module; a step of any other module is always taken, and switches the
shortcuts off that its presence could make wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown import inlinepatterns as patterns
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor, ParagraphProcessor
from markdown.extensions import Extension
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.footnotes import FootnoteExtension, FootnoteTreeprocessor
from markdown.extensions.toc import TocExtension, TocTreeprocessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import AtomicString

# --- House style -------------------------------------------------------------------------------

BOX_TITLES: Mapping[str, str] = {
    **dict.fromkeys(("abstract", "summary", "tldr"), "摘要"),
    **dict.fromkeys(("bug",), "缺陷"),
    **dict.fromkeys(("danger", "error"), "警告"),
    **dict.fromkeys(("example", "snippet"), "示例"),
    **dict.fromkeys(("failure", "fail", "missing"), "失败"),
    **dict.fromkeys(("important",), "重要"),
    **dict.fromkeys(("info",), "信息"),
    **dict.fromkeys(("note",), "说明"),
    **dict.fromkeys(("question", "help", "faq"), "问题"),
    **dict.fromkeys(("quote", "cite"), "引用"),
    **dict.fromkeys(("success", "check", "done"), "成果"),
    **dict.fromkeys(("tip", "hint"), "提示"),
    **dict.fromkeys(("todo",), "待办"),
    **dict.fromkeys(("warning", "caution", "attention"), "注意"),
}
"""The title of a box (``!!! note``, ``??? note``) whose author gave none."""


class HouseStyle(Extension):
    """Chinese box titles and table alignment by class. To be registered after all others."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Put the house's processors in the places of the stock ones that are in use."""
        boxes = md.parser.blockprocessors
        if "admonition" in boxes and type(boxes["admonition"]) is AdmonitionProcessor:
            boxes.register(_Admonition(md.parser), "admonition", 105)
        if "details" in boxes and _module(boxes["details"]) == "pymdownx.details":
            boxes.register(_Details(md.parser, boxes["details"]), "details", 105)
        # After "prettify" and before "attr_list", so that an author's class joins this one.
        md.treeprocessors.register(_Alignment(md), "alignment", 9)


class _Admonition(AdmonitionProcessor):
    def get_class_and_title(self, match: re.Match[str]) -> tuple[str, str | None]:
        kind, title = super().get_class_and_title(match)
        if match.group(2) is None:
            title = BOX_TITLES.get(kind.split(" ", 1)[0], title)
        return kind, title


class _Details(BlockProcessor):
    """Writes the Chinese title into a header that has none, then lets the stock processor work."""

    HEADER = re.compile(r"((?:^|\n)\?{3}\+? ?([\w-]+)(?: +[\w-]+)*) *(?=\n|$)")

    def __init__(self, parser: BlockParser, stock: BlockProcessor) -> None:
        super().__init__(parser)
        self.stock = stock

    def test(self, parent: Element, block: str) -> bool:
        return self.stock.test(parent, block)

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        if "???" in blocks[0]:
            blocks[0] = self.HEADER.sub(self._titled, blocks[0])
        return self.stock.run(parent, blocks)

    def _titled(self, match: re.Match[str]) -> str:
        title = BOX_TITLES.get(match[2].lower())
        return f'{match[1]} "{title}"' if title else match[0]


class _Alignment(Treeprocessor):
    """``style="text-align: right;"`` or ``align="right"`` → ``class="is-right"``."""

    def run(self, root: Element) -> None:
        for table in root.iter("table"):
            for cell in table.iter():
                if cell.tag not in ("td", "th"):
                    continue
                align = cell.attrib.pop("align", "")
                style = cell.get("style", "")
                if style.startswith("text-align: "):
                    del cell.attrib["style"]
                    align = style[12:].rstrip(";")
                if align:
                    cell.set("class", f"is-{align}")


# --- What is known of the steps ----------------------------------------------------------------

_KNOWN = (
    "markdown.preprocessors markdown.blockprocessors markdown.inlinepatterns "
    "markdown.treeprocessors markdown.postprocessors markdown.extensions.abbr "
    "markdown.extensions.admonition markdown.extensions.attr_list markdown.extensions.def_list "
    "markdown.extensions.fenced_code markdown.extensions.footnotes markdown.extensions.md_in_html "
    "markdown.extensions.nl2br markdown.extensions.sane_lists markdown.extensions.tables "
    "markdown.extensions.toc pymdownx.details pymdownx.highlight pymdownx.superfences "
    "pymdownx.tabbed pymdownx.tasklist"
)
_KNOWN_MODULES = frozenset([__name__, *_KNOWN.split()])
# (module, class) → the step does nothing in a text that holds none of these.
_STEP_SIGNS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("pymdownx.superfences", "SuperFencesBlockPreprocessor"): ("```", "~~~"),
    ("markdown.extensions.fenced_code", "FencedBlockPreprocessor"): ("```", "~~~"),
    ("markdown.preprocessors", "HtmlBlockPreprocessor"): ("<", "&"),
    ("markdown.extensions.md_in_html", "HtmlBlockPreprocessor"): ("<", "&"),
    ("markdown.extensions.attr_list", "AttrListTreeprocessor"): ("{",),
    ("markdown.treeprocessors", "UnescapeTreeprocessor"): ("\\",),
    ("pymdownx.tasklist", "TasklistTreeprocessor"): ("[ ]", "[x]", "[X]"),
    (__name__, "_Alignment"): ("|",),
}
# An inline pattern → the signs without any of which it matches nothing.
_PATTERN_SIGNS: Mapping[str, tuple[str, ...]] = {
    patterns.BACKTICK_RE: ("`",),
    patterns.ESCAPE_RE: ("\\",),
    patterns.LINK_RE: ("[",),
    patterns.IMAGE_LINK_RE: ("![",),
    patterns.AUTOLINK_RE: ("<",),
    patterns.AUTOMAIL_RE: ("<",),
    patterns.LINE_BREAK_RE: ("  \n",),
    patterns.HTML_RE: ("<",),
    patterns.ENTITY_RE: ("&",),
    r"\[\^([^\]]*)\]": ("[^",),
    r"\*|_": ("*", "_"),
    r"\n": ("\n",),
}
# Every known block processor but the paragraph's looks for a sign at the beginning of a line: one
# of # > - * + = _ : | [ ! ? a space, a placeholder, or a number with a point. Lines that begin with
# a letter, a Chinese character or a Chinese quotation mark are none of these.
_LETTER = r"[A-Za-z\u2018-\u201d\u2e80-\u9fff\uac00-\ud7a3\uf900-\uff0f\uff1a-\uffef]"
_PLAIN = re.compile(rf"(?:{_LETTER}|[0-9](?!\d*\.))[^\n]*(?:\n{_LETTER}[^\n]*)*\Z")


def _module(step: object) -> str:
    return type(step).__module__


def _are_known(steps: Iterable[object]) -> bool:
    return all(_module(step) in _KNOWN_MODULES for step in steps)


def _signs(step: object) -> tuple[str, ...]:
    return _STEP_SIGNS.get((_module(step), type(step).__name__), ())


# --- The leaner way ----------------------------------------------------------------------------


class LeanMarkdown(Markdown):
    """``markdown.Markdown`` with the same output in less than half the time.

    Call :meth:`settle` once when the last extension is registered. ``toc`` and ``toc_tokens`` are
    not kept: who wants the headings reads them from the output.
    """

    def build_parser(self) -> LeanMarkdown:
        """Build the stock parser, then let a leaner block parser drive its processors."""
        super().build_parser()
        lean = _LeanBlockParser(self)
        lean.blockprocessors = self.parser.blockprocessors
        lean.state = self.parser.state
        for processor in lean.blockprocessors:
            processor.parser = lean
        self.parser = lean
        self._blocks: frozenset[str] = frozenset(self.block_level_elements)
        return self

    def settle(self) -> None:
        """Look once at the steps that the extensions registered, and replace the slow ones."""
        self.text = ""
        self._blocks = frozenset(self.block_level_elements)
        tree = self.treeprocessors
        if type(tree["inline"]) is InlineProcessor:
            tree.register(_LeanInline(self), "inline", 20)
        for extension in self.registeredExtensions:
            if type(extension) is TocExtension and type(tree["toc"]) is TocTreeprocessor:
                tree.register(_LeanToc(self, extension.getConfigs()), "toc", 5)
            elif type(extension) is FootnoteExtension:
                tree.register(_LeanNotes(self, extension), "footnote", 50)
        boxes = list(self.parser.blockprocessors)
        if isinstance(self.parser, _LeanBlockParser):
            self.parser.settle(boxes)
        before, trees = list(self.preprocessors), list(tree)
        known = _are_known([*before, *boxes, *self.inlinePatterns, *trees])
        self._before = [(step, _signs(step) if known else ()) for step in before]
        self._trees = [(step, _signs(step) if known else ()) for step in trees]
        self._after = list(self.postprocessors)

    def is_block_level(self, tag: Any) -> bool:
        """As the stock method; a set instead of a walk through a list of sixty names."""
        return isinstance(tag, str) and tag.lower().rstrip("/") in self._blocks

    def convert(self, source: str) -> str:
        """As the stock method, without the steps whose signs the text does not hold."""
        if not source.strip():
            return ""
        self.text = source
        self.lines = source.split("\n")
        for before, signs in self._before:
            if not signs or any(sign in self.text for sign in signs):
                self.lines = before.run(self.lines)
            if type(before) is NormalizeWhitespace:
                self.text = "\n".join(self.lines)
        root = cast(Element, self.parser.parseDocument(self.lines).getroot())
        for step, signs in self._trees:
            if not signs or any(sign in self.text for sign in signs):
                changed = step.run(root)
                root = root if changed is None else changed
        output = self.serializer(root)
        start, end = output.find(f"<{self.doc_tag}>"), output.rfind(f"</{self.doc_tag}>")
        output = output[start + len(self.doc_tag) + 2 : end].strip() if 0 <= start < end else ""
        for after in self._after:
            output = after.run(output)
        return output.strip()


class _LeanBlockParser(BlockParser):
    """Passes a plain paragraph to the paragraph processor without asking the twenty before it."""

    md: LeanMarkdown

    def settle(self, processors: list[BlockProcessor]) -> None:
        self.processors = processors
        last = processors[-1]
        plain = type(last) is ParagraphProcessor and _are_known(processors)
        self.paragraph = last if plain else None

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:
        paragraph = self.paragraph
        while blocks:
            if paragraph and _PLAIN.match(blocks[0]):
                paragraph.run(parent, blocks)
                continue
            for processor in self.processors:
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break


class _LeanInline(InlineProcessor):
    """Tries a pattern only on a text that holds one of its signs."""

    ANY = re.compile(r"[`\\\[<&*_\n]")

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        self.signed = [
            (pattern, _PATTERN_SIGNS.get(pattern.pattern))
            for pattern in cast("Iterable[patterns.Pattern]", self.inlinePatterns)
        ]
        self.all_signed = all(signs for _, signs in self.signed)
        return super().run(tree, ancestors)

    # The stock class calls this method by the private name it has there. Were it renamed, the stock
    # method would be called instead: slower, never wrong.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        if isinstance(data, AtomicString):
            return data
        if self.all_signed and not self.ANY.search(data):
            return data
        # A pattern only ever puts placeholders in the place of what it matched, so that a sign
        # which is not in the text now does not come into it later.
        start = 0
        for index in range(patternIndex, len(self.signed)):
            pattern, signs = self.signed[index]
            if signs and not any(sign in data for sign in signs):
                continue
            matched = True
            while matched:
                data, matched, start = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined]
                    pattern, data, index, start
                )
        return data


class _LeanToc(TocTreeprocessor):
    """Gives the headings their ids; makes the list of contents only where the author asks for it.

    The marker stands in the source as it stands in the tree: a paragraph of nothing else.
    """

    md: LeanMarkdown

    def build_toc_div(self, toc_list: list[Any]) -> Element:
        if self.marker and self.marker in self.md.text:
            return super().build_toc_div(toc_list)
        return Element("div")

    def replace_marker(self, root: Element, elem: Element) -> None:
        if self.marker in self.md.text:
            super().replace_marker(root, elem)


class _LeanNotes(FootnoteTreeprocessor):
    """Looks for the place of the notes only where the author gave one."""

    md: LeanMarkdown

    def __init__(self, md: LeanMarkdown, notes: FootnoteExtension) -> None:
        super().__init__(notes)
        self.md = md

    def run(self, root: Element) -> None:
        if self.footnotes.getConfig("PLACE_MARKER") in self.md.text:
            super().run(root)
            return
        notes = self.footnotes.makeFootnotesDiv(root)
        if notes is not None:
            root.append(notes)
