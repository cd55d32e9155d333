"""Pictures and attachments that front matter names: there, of an allowed type, described."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from site_plugins.checks.grounds import Grounds
from site_plugins.domain.catalogue import problem
from site_plugins.domain.model.holders import Holder, IssueHolder
from site_plugins.domain.model.parts import Attachment
from site_plugins.domain.model.records import Place, Record
from site_plugins.domain.named_files import NamedPicture, is_picture, pictures_of, type_of
from site_plugins.domain.nearest import suggested
from site_plugins.domain.paths import as_written, beside
from site_plugins.domain.problems import Problem


def check_files(owner: Holder | Record, grounds: Grounds) -> Iterator[Problem]:
    """Every picture and attachment that a file's front matter names."""
    at = _OwnersFiles(owner.where, grounds)
    for picture in pictures_of(owner):
        yield from at.picture(picture)
    prefix, attachments = _attachments_of(owner)
    for index, attachment in enumerate(attachments):
        yield from at.attachment(f"{prefix}attachments[{index}]", attachment)


def _attachments_of(owner: Holder | Record) -> tuple[str, Sequence[Attachment]]:
    if isinstance(owner, IssueHolder):
        return "issue.", owner.issue.attachments
    return "", owner.attachments if isinstance(owner, Record) else ()


class _OwnersFiles(Struct, frozen=True):
    """Checks the files that one owner names."""

    place: Place
    grounds: Grounds

    def picture(self, picture: NamedPicture) -> Iterator[Problem]:
        if picture.file.startswith(("http://", "https://", "//")):
            yield self._tell("JY024", picture.key, file=picture.file)
            return
        if is_picture(picture.file):
            yield from self._there("JY020", picture.key, picture.file)
        else:
            yield self._tell("JY044", picture.key, file=picture.file)
        if not picture.alt:
            yield self._tell("JY017", picture.key, key=picture.alt_key)

    def attachment(self, key: str, attachment: Attachment) -> Iterator[Problem]:
        types = self.grounds.settings.attachment_types
        is_inside = beside(self.place.path, attachment.file) is not None
        if is_inside and type_of(attachment.file) not in types:
            yield self._tell("JY023", key, file=attachment.file, choices="、".join(types))
        else:
            yield from self._there("JY021", key, attachment.file)

    def _there(self, code: str, key: str, file: str) -> Iterator[Problem]:
        path = beside(self.place.path, file)
        if path is None:
            yield self._tell("JY022", key, file=file)
        elif path in self.grounds.rejected:
            yield self._tell("JY043", key, file=file)
        elif path not in self.grounds.files:
            meant = self.grounds.nearest_file(path)
            near = suggested(as_written(self.place.path, meant, file) if meant else None)
            yield self._tell(code, key, file=file, near=near)

    def _tell(self, code: str, at: str, **facts: object) -> Problem:
        told = self.grounds.settings.content_name + self.place.path
        return problem(code, told, self.place.line(at), **facts)
