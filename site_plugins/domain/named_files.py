"""Files that front matter names: pictures with their text alternative, attachments."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from site_plugins.domain.model.holders import Holder, IssueHolder
from site_plugins.domain.model.parts import Attachment
from site_plugins.domain.model.records import Member, Record, Topic
from site_plugins.domain.paths import beside

AUTOMATIC = "auto"


class NamedPicture(Struct, frozen=True):
    """A picture as written: its key, the file, its text alternative and that one's key."""

    key: str
    file: str
    alt: str
    alt_key: str


def pictures_of(owner: Holder | Record) -> Iterator[NamedPicture]:
    """Every picture that an owner's front matter names."""
    if owner.image:
        yield NamedPicture("image", owner.image, owner.image_alt or "", "image_alt")
    if isinstance(owner, Topic) and owner.banner:
        yield NamedPicture("banner", owner.banner, owner.banner_alt or "", "banner_alt")
    if isinstance(owner, Member) and owner.photo:
        # A portrait says who it is.
        yield NamedPicture("photo", owner.photo, owner.image_alt or owner.title, "image_alt")
    if isinstance(owner, IssueHolder):
        cover = owner.issue.cover
        if cover and cover != AUTOMATIC:
            alt = owner.issue.cover_alt or f"{owner.title}封面"
            yield NamedPicture("issue.cover", cover, alt, "issue.cover_alt")


def files_of(owner: Holder | Record) -> Iterator[str]:
    """The content paths of all files that an owner's front matter names."""
    for picture in pictures_of(owner):
        path = beside(owner.where.path, picture.file)
        if path is not None:
            yield path
    attachments: tuple[Attachment, ...] = ()
    if isinstance(owner, IssueHolder):
        attachments = owner.issue.attachments
    elif isinstance(owner, Record):
        attachments = owner.attachments
    for attachment in attachments:
        path = beside(owner.where.path, attachment.file)
        if path is not None:
            yield path


_PICTURE_TYPES = frozenset({"avif", "gif", "jpeg", "jpg", "png", "svg", "webp"})
_RECORDING_TYPES = frozenset({"m4a", "mp3", "mp4", "oga", "ogg", "ogv", "vtt", "wav", "webm"})


def type_of(file: str) -> str:
    """The file's type by its name, in small letters: ``pdf``; empty where it has none."""
    name = file.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def is_picture(file: str) -> bool:
    """Whether browsers show the file as a picture."""
    return type_of(file) in _PICTURE_TYPES


def is_shown(file: str) -> bool:
    """Whether browsers show or play the file, so that a text may link to it."""
    return is_picture(file) or type_of(file) in _RECORDING_TYPES
