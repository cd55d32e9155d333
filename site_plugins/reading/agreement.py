"""What a folder says and what front matter says must agree (CONTENT.md, "Kinds")."""

from __future__ import annotations

import posixpath
import re

from site_plugins.domain.model.holders import Holder, IssueHolder
from site_plugins.domain.model.records import Plan, Proposal, Record
from site_plugins.reading.values import ValueReader

_ISSUE_FOLDER = re.compile(r"(\d{4})-(\d{1,3})")
_YEAR = re.compile(r"(?:19|20)\d\d")


def check_holder(holder: Holder, reader: ValueReader) -> None:
    """An issue's folder is its year and number: ``magazine/2022-01``."""
    if not isinstance(holder, IssueHolder):
        return
    folder = posixpath.basename(holder.path)
    found = _ISSUE_FOLDER.fullmatch(folder)
    year, number = holder.issue.year, holder.issue.number
    if found is None or int(found[1]) != year:
        reader.tell("JY031", "issue.year", folder=folder, key="year", value=year)
    if found is None or int(found[2]) != number:
        reader.tell("JY031", "issue.number", folder=folder, key="number", value=number)


def check_record(record: Record, reader: ValueReader) -> None:
    """A plan's folder is its year, a proposal's file its number, a year folder the date's year."""
    last = posixpath.basename(record.id)
    if isinstance(record, Plan):
        years = [name for name in record.id.split("/") if _YEAR.fullmatch(name)]
        if years and int(years[-1]) != record.year:
            reader.tell("JY031", "year", folder=years[-1], key="year", value=record.year)
        return
    if isinstance(record, Proposal):
        if last.isdigit() and int(last) != record.number:
            reader.tell("JY031", "number", folder=last, key="number", value=record.number)
        return
    _check_year(record, reader)


def _check_year(record: Record, reader: ValueReader) -> None:
    folders = record.id.split("/")[:-1]
    years = [folder for folder in folders if _YEAR.fullmatch(folder)]
    if record.date is not None and years and int(years[-1]) != record.date.day.year:
        reader.tell("JY042", "date", folder=years[-1], value=record.date.stamp)
