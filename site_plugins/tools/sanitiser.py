"""The allow-list every finished text passes: what Markdown and its extensions emit, and no more.

nh3 parses the HTML as a browser does and writes it anew, so that nothing can hide in bad nesting.
While it does, :class:`Sanitiser` reads every address once: internal ones become tokens
(:mod:`site_plugins.domain.links`), the rest is classified or taken away.

Raw HTML is not the only danger. An attribute list (``{onclick=…}``) and a plain Markdown link
(``[x](javascript:…)``) reach the page without a single ``<`` in the source.
"""

from __future__ import annotations

import re
from html import unescape

import nh3
from msgspec import Struct

from site_plugins.domain.converted import LinkRole, TextLink
from site_plugins.domain.links import Target, link_token, resolve_target

_TAGS = (
    "a abbr audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl "
    "dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd label li mark ol p pre q rp "
    "rt ruby s samp section small source span strong sub summary sup table tbody td tfoot th thead "
    "time tr track u ul var video wbr"
)
ALLOWED_TAGS = frozenset(_TAGS.split())
"""What may stand in a text; every other tag goes, and what it holds stays."""

ALLOWED_ATTRIBUTES: dict[str, frozenset[str]] = {
    "*": frozenset({"class", "id", "title", "lang", "dir"}),
    "a": frozenset({"href"}),
    "audio": frozenset({"src", "controls"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "del": frozenset({"datetime"}),
    "details": frozenset({"open"}),
    "div": frozenset({"data-tabs"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "input": frozenset({"checked", "disabled", "name"}),
    "ins": frozenset({"datetime"}),
    "label": frozenset({"for"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "reversed", "type"}),
    "source": frozenset({"src", "type"}),
    "span": frozenset({"data-linenos"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan"}),
    "time": frozenset({"datetime"}),
    "track": frozenset({"src", "kind", "srclang", "label", "default"}),
    "video": frozenset({"src", "controls", "poster", "width", "height"}),
}
_CHOICES = {
    "input": {"type": {"checkbox", "radio"}},
    "th": {"scope": {"col", "row", "colgroup", "rowgroup"}},
}
_ALWAYS = {
    # Without controls nobody can start a recording where scripts are off. (One attribute a tag:
    # nh3 writes several in an order that differs from one run to the next.)
    "audio": {"controls": ""},
    "video": {"controls": ""},
}
# What the converter sets itself: nothing is lost with the author's own.
_UNSAID = frozenset({"loading", "decoding", "rel"})
# These go with all they hold.
_HOLLOW = (
    "applet embed frame frameset iframe math noembed noframes noscript object option plaintext "
    "script select style svg template textarea title xmp"
)
EXTERNAL_MARK = "/~~external~~/"
"""What :meth:`Sanitiser.clean` writes before an external address until the converter marks it."""

_ROLES: dict[str, LinkRole] = {"a": "link", "img": "image"}
_CLASSES = re.compile(r"[\w-]+(?: [\w-]+)*")
_CLASS = re.compile(r"[\w-]+")
IDENTIFIER = re.compile(r"[^\s\"'<>&`\x00-\x1f\x7f]{1,200}")
"""What an id may be."""
_WHITE = re.compile(r"\s+")
_VALUES = {
    "width": re.compile(r"[0-9]{1,5}"),
    "height": re.compile(r"[0-9]{1,5}"),
    "colspan": re.compile(r"[0-9]{1,3}"),
    "rowspan": re.compile(r"[0-9]{1,4}"),
    "span": re.compile(r"[0-9]{1,3}"),
    "start": re.compile(r"-?[0-9]{1,9}"),
    "value": re.compile(r"-?[0-9]{1,9}"),
    "lang": re.compile(r"[A-Za-z0-9-]{1,35}"),
    "srclang": re.compile(r"[A-Za-z0-9-]{1,35}"),
    "dir": re.compile(r"ltr|rtl|auto"),
    "kind": re.compile(r"subtitles|captions|descriptions|chapters"),
    "name": re.compile(r"__tabbed_[0-9]{1,4}"),
    "data-tabs": re.compile(r"[0-9:]{1,16}"),
    "data-linenos": re.compile(r"[0-9 ]{1,12}"),
}


class CleanText(Struct, frozen=True):
    """HTML after the allow-list, the links in it, its anchors, and what was taken out."""

    html: str
    links: tuple[TextLink, ...]
    ids: frozenset[str]
    removed: tuple[str, ...]


class Sanitiser:
    """The allow-list, made once and used for one text after another (not by two threads)."""

    def __init__(self) -> None:
        self._path = ""
        self._links: list[TextLink] = []
        self._ids: set[str] = set()
        self._removed: set[str] = set()
        self._hrefs = 0
        self._pictures = 0
        self._cleaner = nh3.Cleaner(
            tags=ALLOWED_TAGS,
            clean_content_tags=set(_HOLLOW.split()),
            attributes=ALLOWED_ATTRIBUTES,
            attribute_filter=self._filter,
            tag_attribute_values=_CHOICES,
            set_tag_attribute_values=_ALWAYS,
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel=None,
            strip_comments=True,
        )

    def clean(self, html: str, path: str, *, suspicious: bool = True) -> CleanText:
        """Pass ``html`` of the content file ``path`` through the allow-list.

        ``suspicious`` says that the author may have written tags or attributes himself; then what
        is taken out is named in ``removed``. Where it is False, only addresses are looked at.
        """
        self._path = path
        self._links, self._ids, self._removed = [], set(), set()
        self._hrefs = self._pictures = 0
        clean = self._cleaner.clean(html)
        # nh3 drops an address with a forbidden scheme before it asks the filter: then there are
        # fewer addresses than links.
        links = clean.count("<a ") + clean.count("<a>")
        pictures = clean.count("<img")
        if suspicious or links != self._hrefs or pictures != self._pictures:
            self._inspect(_without_comments(html))
        if "<input" in clean:
            clean = _INPUT.sub(self._control, clean)
        if pictures != self._pictures:
            clean = _PICTURE_WITHOUT_SRC.sub("", clean)
        return CleanText(
            clean, tuple(self._links), frozenset(self._ids), tuple(sorted(self._removed))
        )

    def _filter(self, tag: str, name: str, value: str) -> str | None:
        """The value an allowed attribute gets in the clean text; None takes it away.

        nh3 also takes an attribute away whenever this raises.
        """
        if tag not in ALLOWED_TAGS:
            return None  # the tag goes, and its attributes with it
        if name == "class":
            if _CLASSES.fullmatch(value):
                return value
            return " ".join(t for t in value.split() if _CLASS.fullmatch(t)) or None
        if name == "href":
            return self._link(value)
        if name == "src" or name == "poster":
            return self._source(tag, name, value)
        if name == "id" or name == "for":
            return self._identifier(name, value)
        rule = _VALUES.get(name)
        if rule is None or rule.fullmatch(value):
            return value
        self._removed.add(name)
        return None

    def _identifier(self, name: str, value: str) -> str | None:
        # A footnote's label may hold spaces, an id may not.
        identifier = _WHITE.sub("-", value.strip())
        if not IDENTIFIER.fullmatch(identifier):
            self._removed.add(name)
            return None
        if name == "id":
            self._ids.add(identifier)
        return identifier

    def _link(self, value: str) -> str | None:
        target = resolve_target(value, self._path)
        if target.kind == "anchor":
            anchor = _WHITE.sub("-", target.anchor.strip())
            target = Target("anchor", target.path, anchor)
        self._links.append(TextLink("link", value, target))
        self._hrefs += 1
        if target.kind == "internal":
            return link_token(target)
        if target.kind == "anchor":
            return f"#{target.anchor}"
        if target.kind == "external":
            return EXTERNAL_MARK + target.path
        if target.kind == "unsafe":
            self._removed.add(target.path)
        return None

    def _source(self, tag: str, name: str, value: str) -> str | None:
        role: LinkRole = "image" if name == "poster" else _ROLES.get(tag, "media")
        target = resolve_target(value, self._path)
        self._links.append(TextLink(role, value, target))
        if target.kind == "unsafe":
            self._removed.add(target.path)
        if target.kind != "internal":
            return None
        if tag == "img":
            self._pictures += 1
        return link_token(target)

    def _inspect(self, html: str) -> None:
        """Name what the allow-list took out, and note the addresses that it never showed."""
        seen = {link.raw for link in self._links}
        for tag in _TAG.finditer(html):
            name = tag[1].lower()
            if name not in ALLOWED_TAGS:
                self._removed.add(f"<{name}>")
                continue
            allowed = ALLOWED_ATTRIBUTES["*"] | ALLOWED_ATTRIBUTES.get(name, frozenset())
            for attribute in _ATTRIBUTE.finditer(tag[2]):
                key = attribute[1].lower()
                if key in _UNSAID:
                    continue
                if key not in allowed and key not in _CHOICES.get(name, {}):
                    self._removed.add(key)
                elif key in ("href", "src", "poster"):
                    raw = unescape(attribute[2] or attribute[3] or attribute[4] or "")
                    if raw not in seen:
                        seen.add(raw)
                        self._refused(name, raw)

    def _refused(self, tag: str, raw: str) -> None:
        target = resolve_target(raw, self._path)
        if target.kind in ("unsafe", "external"):
            # An external address that did not get through is one that browsers cannot read.
            target = Target("unsafe", target.path)
            self._removed.add(target.path)
            self._links.append(TextLink(_ROLES.get(tag, "media"), raw, target))

    def _control(self, match: re.Match[str]) -> str:
        """A task's box or a tab's button; nothing that a reader could fill in."""
        attributes = match[1]
        if ' type="checkbox"' in attributes:
            done = " checked" in attributes
            label = "已完成" if done else "未完成"
            mark = ' checked=""' if done else ""
            return f'<input type="checkbox" disabled=""{mark} aria-label="{label}">'
        if ' type="radio"' in attributes and ' name="' in attributes:
            return match[0]
        self._removed.add("<input>")
        return ""


# Bounded and without a way back, so that a text full of unclosed tags and quotes costs no more than
# its length.
_TAG = re.compile(r"""<([A-Za-z][^\s/<>]*)((?:[^"'<>]++|"[^"]*+"|'[^']*+'){0,60}+)>""")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
_INPUT = re.compile(r'<input((?: [^\s"=<>]+="[^"]*")*)>')
_PICTURE_WITHOUT_SRC = re.compile(r'<img(?: (?!src=)[^\s"=<>]+="[^"]*")*>')


def _without_comments(html: str) -> str:
    first, *rest = html.split("<!--")
    return first + "".join(part.partition("-->")[2] for part in rest)
