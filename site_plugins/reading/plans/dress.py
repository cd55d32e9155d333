"""Number and run-in title of an opening, wrapped in elements of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from site_plugins.domain.plan import Rank
from site_plugins.reading.plans.marks import TEXT, TITLE

TAG = re.compile(
    r"""<!--.*?-->|<(/?)([A-Za-z][\w:-]*)((?:[^"'>]|"[^"]*"|'[^']*')*)>""",
    re.DOTALL,
)
"""A tag or comment; groups: the slash of an end tag, the name (None for a comment), the rest."""

VOID = frozenset(
    ("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
"""Elements without an end tag."""

_TOKEN = re.compile(rf"{TAG.pattern}|[{TITLE}{TEXT}]|[^<{TITLE}{TEXT}]+|<", re.DOTALL)
_ID = re.compile(r"""\sid=(?:"[^"]*"|'[^']*')""")
_TITLE_TAG: Mapping[Rank, str] = {"part": "span", "clause": "strong", "item": "strong"}


class Dressed(Struct, frozen=True):
    """A block cut around number and title: what is before, number and title as HTML, the rest.

    ``title`` is the title's inner HTML.
    """

    before: str
    heading: str
    title: str
    after: str

    def paragraph(self, *, with_heading: bool) -> str:
        """The block again, with number and title or without."""
        return self.before + (self.heading if with_heading else "") + self.after


def dress(block: str, match: re.Match[str], rank: Rank) -> Dressed:
    """Wraps number and title; an inline element that a boundary cuts is closed and opened again."""
    number, title = _Run(), _Run()
    run = number
    at = match.end()
    while at < len(block):
        token = _TOKEN.match(block, at)
        if token is None or not run.takes(token):
            break
        at = token.end()
        if token[0] == TITLE:
            title.resume(number.close())
            run = title
        elif token[0] == TEXT:
            break
    rest = _Run()
    rest.resume(run.close())
    after = rest.reopened(block, at)
    heading = ""
    if number.html:
        heading += f'<span class="{rank}__number">{number.html}</span>'
    if title.html:
        tag = _TITLE_TAG[rank]
        heading += f'<{tag} class="{rank}__title">{title.html}</{tag}>'
    return Dressed(block[: match.start()], heading, title.html, after)


class _Run:
    """A run of inline HTML that is closed at its end, whatever is open there."""

    def __init__(self) -> None:
        self.html = ""
        self._open: list[tuple[str, str]] = []
        self._waiting = False  # whether what is open was not yet written

    def resume(self, elements: list[tuple[str, str]]) -> None:
        self._open, self._waiting = elements, bool(elements)

    def takes(self, token: re.Match[str]) -> bool:
        """Adds a token; False for the end of an element that holds the run."""
        if token[0] in (TITLE, TEXT):
            return True
        name = token[2]
        if name is not None and token[1]:
            if not self._open:
                return False
            self._open.pop()
            if not self._waiting:
                self.html += token[0]
            self._waiting = self._waiting and bool(self._open)
            return True
        self._write_waiting()
        self.html += token[0]
        if name is not None and name.lower() not in VOID and not token[3].endswith("/"):
            self._open.append((name, _ID.sub("", token[0])))
        return True

    def _write_waiting(self) -> None:
        if self._waiting:
            self.html += "".join(tag for _, tag in self._open)
            self._waiting = False

    def close(self) -> list[tuple[str, str]]:
        """Ends the run; what was open in it."""
        if not self._waiting:
            self.html += "".join(f"</{name}>" for name, _ in reversed(self._open))
        return list(self._open)

    def reopened(self, block: str, at: int) -> str:
        """The rest of ``block`` with what is open begun again, unless it ends at once."""
        while self._open and block.startswith(f"</{self._open[-1][0]}>", at):
            at += len(self._open.pop()[0]) + 3
        return "".join(tag for _, tag in self._open) + block[at:]
