"""Spreadsheets of Office Open XML (ECMA-376): .xlsx."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from site_plugins.tools.attachment_text.packages import Package, Unreadable

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_P = "{http://schemas.openxmlformats.org/package/2006/relationships}"


class _Strings:
    """The shared strings, without the sounds that stand beside them; empty ones count."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._done: list[str] = []
        self._reads = False
        self._sound = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_S}si":
            self._text = []
        elif name == f"{_S}rPh":
            self._sound += 1
        self._reads = name == f"{_S}t" and not self._sound

    def end(self, name: str) -> None:
        self._reads = False
        if name == f"{_S}si":
            self._done.append("".join(self._text))
        elif name == f"{_S}rPh":
            self._sound -= 1

    def data(self, text: str) -> None:
        if self._reads:
            self._text.append(text)

    def taken(self) -> list[str]:
        done, self._done = self._done, []
        return done


class _Cells:
    """The cells of a sheet as text: numbers as they are stored, no formulas, no truth values."""

    def __init__(self, strings: list[str]) -> None:
        self._strings = strings
        self._type = ""
        self._text: list[str] = []
        self._done: list[str] = []
        self._reads = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_S}c":
            self._type, self._text = attributes.get("t", "n"), []
        self._reads = name == (f"{_S}t" if self._type == "inlineStr" else f"{_S}v")

    def end(self, name: str) -> None:
        self._reads = False
        if name == f"{_S}c":
            self._done.append(self._value("".join(self._text)))

    def _value(self, text: str) -> str:
        if self._type == "s":
            at = int(text) if text.isascii() and text.isdigit() else len(self._strings)
            return self._strings[at] if at < len(self._strings) else ""
        return text if self._type in ("inlineStr", "str", "n", "d") else ""

    def data(self, text: str) -> None:
        if self._reads:
            self._text.append(text)

    def taken(self) -> list[str]:
        done, self._done = self._done, []
        return done


class _Attributes:
    """The attributes of all elements of one name."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.found: list[dict[str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._name:
            self.found.append(attributes)

    def end(self, name: str) -> None:
        """Nothing to note."""

    def data(self, text: str) -> None:
        """Nothing to note."""

    def taken(self) -> list[str]:
        return []


def xlsx_blocks(content: bytes) -> Iterator[str]:
    """Each visible sheet's name and cells, row by row."""
    package = Package(content)
    sheets = _attributes(package, "xl/workbook.xml", f"{_S}sheet")
    links = _attributes(package, "xl/_rels/workbook.xml.rels", f"{_P}Relationship")
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    name = "xl/sharedStrings.xml"
    strings = list(package.blocks(name, _Strings())) if name in package.names else []
    for sheet in sheets:
        if sheet.get("state", "visible") != "visible":
            continue
        target = targets.get(sheet.get(f"{_R}id", ""), "")
        part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        if not target or part not in package.names:
            raise Unreadable(f"工作表“{sheet.get('name', '')}”缺失")
        if part.startswith("xl/worksheets/"):
            yield sheet.get("name", "")
            yield from package.blocks(part, _Cells(strings))


def _attributes(package: Package, part: str, name: str) -> list[dict[str, str]]:
    gatherer = _Attributes(name)
    for _ in package.blocks(part, gatherer):
        pass
    return gatherer.found
