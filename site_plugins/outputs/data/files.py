"""Writes tables as CSV and JSON, and the data package that describes them.

The descriptor follows Frictionless Data Package 1.0 with tabular resources: paths are relative to
it, and no time is told.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from datetime import date

from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.edition import Edition
from site_plugins.domain.generated import DATA, DATA_PACKAGE
from site_plugins.outputs.data.plans import plan_tables
from site_plugins.outputs.data.tables import Column, Table, Value

_BOM = "\ufeff"  # without it spreadsheet programs take UTF-8 for the system's own encoding
_KINDS = {"csv": "text/csv", "json": "application/json"}


def render_data(edition: Edition) -> Iterator[Artifact]:
    """Every table in both formats, then the descriptor; nothing where there is no plan."""
    resources: list[dict[str, object]] = []
    for plan in edition.site.plans:
        for table in plan_tables(edition, plan):
            for ending, content in (("csv", as_csv(table)), ("json", as_json(table))):
                yield Artifact(f"{DATA}{table.path}.{ending}", content)
                resources.append(_resource(table, ending, content))
    if resources:
        yield Artifact(DATA_PACKAGE, _package(edition, resources))


def as_csv(table: Table) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark; no value is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out)
    names = [column.name for column in table.columns]
    writer.writerow(names)
    for row in table.rows:
        writer.writerow([_cell(row[name]) for name in names])
    return (_BOM + out.getvalue()).encode("utf-8")


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def as_json(table: Table) -> bytes:
    """An array with an object for each row, keys as in the CSV; no value is null."""
    names = [column.name for column in table.columns]
    rows = [{name: _plain(row[name]) for name in names} for row in table.rows]
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _plain(value: Value) -> str | int | bool | None:
    return value.isoformat() if isinstance(value, date) else value


def _resource(table: Table, ending: str, content: bytes) -> dict[str, object]:
    told: dict[str, object] = {
        "profile": "tabular-data-resource",
        "name": f"{table.name}-{ending}",
        "title": table.title,
        "description": table.description,
        "path": f"{table.path}.{ending}",
        "format": ending,
        "mediatype": _KINDS[ending],
        "encoding": "utf-8",
    }
    if ending == "csv":
        # Of JSON the usual validators count no bytes, and refuse a number they cannot check.
        told["bytes"] = len(content)
        told["hash"] = "sha256:" + hashlib.sha256(content).hexdigest()
        told["dialect"] = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"'}
    told["schema"] = {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }
    return told


def _field(column: Column) -> dict[str, object]:
    described = column.description
    if column.words:
        words = "，".join(f"{word}（{label}）" for word, label in column.words.items())
        described = f"{described}：{words}"
    told: dict[str, object] = {
        "name": column.name,
        "type": column.type,
        "title": column.title,
        "description": described,
    }
    limits: dict[str, object] = {}
    if column.required:
        limits["required"] = True
    if column.words:
        limits["enum"] = list(column.words)
    if limits:
        told["constraints"] = limits
    return told


def _package(edition: Edition, resources: Sequence[object]) -> bytes:
    settings = edition.settings
    data: dict[str, object] = {
        "profile": "tabular-data-package",
        "name": "open-data",
        "title": f"{settings.name}开放数据",
        "description": "年度计划每条的进展、目标和佐证，与网页同一次算出",
    }
    if settings.url:
        data["homepage"] = settings.absolute("")
    data["resources"] = resources
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
