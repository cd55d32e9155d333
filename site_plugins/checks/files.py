"""Pictures and attachments that front matter names: there, of an allowed type, described."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_plugins.domain.catalogue import problem
from site_plugins.domain.model.holders import Holder, IssueHolder
from site_plugins.domain.model.parts import Attachment
from site_plugins.domain.model.records import Place, Record
from site_plugins.domain.named_files import pictures_of
from site_plugins.domain.nearest import suggestion
from site_plugins.domain.paths import beside
from site_plugins.domain.problems import Problem
from site_plugins.domain.settings import Settings
from site_plugins.reading.content import Content


def check_files(content: Content, settings: Settings) -> Iterator[Problem]:
    """Every picture and attachment of every file, public or not."""
    owners: list[Holder | Record] = [
        *content.columns.values(),
        *content.periodicals.values(),
        *content.issues.values(),
        *content.records.values(),
    ]
    for owner in owners:
        for picture in pictures_of(owner):
            place = owner.where
            if picture.file.startswith(("http://", "https://", "//")):
                yield _at(settings, place, "JY024", picture.key, file=picture.file)
                continue
            yield from _there(content, settings, place, "JY020", picture.key, picture.file)
            if not picture.alt:
                yield _at(settings, place, "JY017", picture.key, key=picture.alt_key)
        yield from _attachments(content, settings, owner)


def _attachments(content: Content, settings: Settings, owner: Holder | Record) -> Iterator[Problem]:
    prefix, attachments = _attachments_of(owner)
    for index, attachment in enumerate(attachments):
        key = f"{prefix}attachments[{index}]"
        kind = attachment.file.rpartition(".")[2].lower()
        if kind not in settings.attachment_types:
            choices = "、".join(settings.attachment_types)
            yield _at(settings, owner.where, "JY023", key, file=attachment.file, choices=choices)
        else:
            yield from _there(content, settings, owner.where, "JY021", key, attachment.file)


def _attachments_of(owner: Holder | Record) -> tuple[str, Sequence[Attachment]]:
    if isinstance(owner, IssueHolder):
        return "issue.", owner.issue.attachments
    return "", owner.attachments if isinstance(owner, Record) else ()


def _there(
    content: Content, settings: Settings, place: Place, code: str, key: str, file: str
) -> Iterator[Problem]:
    path = beside(place.path, file)
    if path is None:
        yield _at(settings, place, "JY022", key, file=file)
    elif path not in content.files:
        near = suggestion(path, content.files) if len(content.files) < 5000 else ""
        yield _at(settings, place, code, key, file=file, near=near)


def _at(settings: Settings, place: Place, code: str, at: str, **facts: object) -> Problem:
    line = place.lines.get(at) or place.lines.get(at.partition("[")[0]) or 1
    return problem(code, settings.content_name + place.path, line, **facts)
