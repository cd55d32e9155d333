"""From a text to a printed file: document, fonts, layout, press; every problem is gathered.

Whatever is printed goes through :func:`print_document`; what it is made of, a function beside
:func:`plan_print` says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from msgspec import Struct

from site_plugins.build.sheets import ConvertText
from site_plugins.domain.catalogue import problem
from site_plugins.domain.converted import ConversionError
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings
from site_plugins.outputs.print.atoms import needed
from site_plugins.outputs.print.document import PrintDocument
from site_plugins.outputs.print.faces import Face, TypeCase
from site_plugins.outputs.print.plan import PlanFacts, plan_document
from site_plugins.reading.plans.file import PlanFile
from site_plugins.reading.plans.markup import mark_up
from site_plugins.reading.plans.pieces import split_html

Layout = Callable[[PrintDocument, TypeCase], str]
"""A way to lay out documents: the source for the press."""

Case = TypeVar("Case", bound=TypeCase)

FONT_PACKAGES = (
    "@expo-google-fonts/noto-serif-sc @expo-google-fonts/noto-sans-sc @fontsource/lxgw-wenkai"
)
"""What brings free fonts for every face but 仿宋 and 小标宋, as it is typed."""

_EXAMPLES = {
    Face.TITLE: "如方正小标宋",
    Face.HEI: "如黑体、思源黑体",
    Face.KAI: "如楷体_GB2312、霞鹜文楷",
    Face.FANG: "如仿宋_GB2312、朱雀仿宋",
    Face.SONG: "如宋体、思源宋体",
}
_NOT_TO_BE_HAD = frozenset((Face.TITLE, Face.FANG))  # no package of npm has them
_MOST_LINES = 20  # of one character in one file; more would hide the other problems


class PressRefusal(Exception):
    """The press does not accept a source; the text is the press's own."""


class PrintShop(Protocol[Case]):
    """What printing needs from outside."""

    @property
    def unusable(self) -> Sequence[tuple[str, str]]:
        """Font files of the site that cannot be used, and why, in Chinese."""

    def case(self, characters: Iterable[str]) -> Case | None:
        """The fonts for a document of these characters; None without any Chinese font."""

    def press(self, case: Case, source: str) -> bytes:
        """The PDF of a source in the language of the press.

        Raises:
            PressRefusal: the press does not accept it.
        """


class Draft(Struct, frozen=True):
    """A document to print: what it is made of, the file it comes from and that file's text."""

    document: PrintDocument
    told: str
    source: str
    problems: tuple[Problem, ...] = ()


class Printed(Struct, frozen=True):
    """The PDF, None where it could not be made; the problems say why."""

    pdf: bytes | None
    problems: tuple[Problem, ...]


def plan_print(
    file: PlanFile, told: str, source: str, convert: ConvertText, settings: Settings, number: str
) -> Draft | Problem:
    """The draft of a plan, or the problem that keeps its text from being converted.

    ``told`` is how messages name the file, ``source`` its whole text, ``number`` the document's
    number below the red head.
    """
    try:
        converted = convert(mark_up(file.text, file.parsed), told)
    except ConversionError as error:
        return problem("JY056", told, file.text_line, reason=str(error))
    facts = PlanFacts(
        title=file.title,
        body=file.body,
        adopted=file.adopted,
        date=file.date.label if file.date is not None else "",
        attachments=tuple(a.name or _stem(a.file) for a in file.attachments),
    )
    html = split_html(converted.html, file.parsed)
    laid = plan_document(facts, html, red_head=settings.red_head, number=number)
    left_out = (problem("JY092", told, file.text_line, count=laid.left_out),)
    return Draft(laid.document, told, source, left_out if laid.left_out else ())


def _stem(file: str) -> str:
    return file.rpartition("/")[2].rpartition(".")[0] or file


def print_document(draft: Draft, layout: Layout, own: str, shop: PrintShop[Case]) -> Printed:
    """Print a draft; nothing is printed where a character would be an empty box.

    ``own`` are the characters that the layout adds.
    """
    problems = list(draft.problems)
    problems += (problem("JY091", path, reason=reason) for path, reason in shop.unusable)
    characters = needed(own + "".join(run.text for run in draft.document.runs()))
    case = shop.case(characters)
    if case is None:
        problems.append(problem("JY090", draft.told, packages=FONT_PACKAGES))
        return Printed(None, tuple(problems))
    problems += _substituted(case, draft.told)
    if case.missing:
        return Printed(None, (*problems, *_missing(case.missing, draft)))
    try:
        return Printed(shop.press(case, layout(draft.document, case)), tuple(problems))
    except PressRefusal as error:
        problems.append(problem("JY093", draft.told, reason=str(error)))
        return Printed(None, tuple(problems))


def _substituted(case: TypeCase, told: str) -> Iterator[Problem]:
    for face, used in case.substitutes.items():
        packages = "" if face in _NOT_TO_BE_HAD else f"，或运行 npm install {FONT_PACKAGES}"
        facts = {"used": used, "example": _EXAMPLES[face], "other": packages}
        yield problem("JY088", told, 1, face=face.value, **facts)


def _missing(characters: Iterable[str], draft: Draft) -> Iterator[Problem]:
    """Each missing character at every line that has it; one that an entity wrote, at the first."""
    lines = draft.source.split("\n")
    for char in characters:
        found = [number for number, line in enumerate(lines, 1) if char in line]
        for line in found[:_MOST_LINES] or [1]:
            yield problem("JY089", draft.told, line, char=char, point=f"U+{ord(char):04X}")
