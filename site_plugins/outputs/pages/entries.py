"""Small views that many pages share: dates, pictures, attachments, rows of lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from site_plugins.domain.edition import Edition, url_of
from site_plugins.domain.generated import tag_address
from site_plugins.domain.model.holders import Holder
from site_plugins.domain.model.parts import Attachment
from site_plugins.domain.model.records import Notice, Record
from site_plugins.domain.moments import Moment
from site_plugins.domain.noting import Fact
from site_plugins.domain.site import Issue, Site
from site_plugins.outputs.pages.views.parts import (
    AttachmentView,
    DateView,
    EntryView,
    ImageView,
    LinkView,
)
from site_plugins.reading.plain_text import summary

_TYPES: Mapping[str, str] = {
    "doc": "Word",
    "docx": "Word",
    "wps": "WPS",
    "xls": "表格",
    "xlsx": "表格",
    "et": "表格",
    "csv": "表格",
    "ods": "表格",
    "ppt": "演示",
    "pptx": "演示",
    "dps": "演示",
    "zip": "压缩包",
    "rar": "压缩包",
    "7z": "压缩包",
    "jpg": "图片",
    "jpeg": "图片",
    "png": "图片",
    "webp": "图片",
    "svg": "图片",
    "mp3": "音频",
    "mp4": "视频",
    "txt": "文本",
}


def date_view(moment: Moment | None) -> DateView | None:
    """The forms of a date that pages show."""
    if moment is None:
        return None
    at = moment.at
    return DateView(
        iso=moment.iso,
        label=moment.label,
        short=f"{at.month:02d}-{at.day:02d}",
        stamp=moment.stamp,
        year=str(at.year),
        month=f"{at.year}年{at.month}月",
        day=f"{at.day:02d}",
        month_number=str(at.month),
    )


def size_label(size: int) -> str:
    """A file's size in words: ``36 KB``, ``2.4 MB``."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"


class Entries(Struct):
    """Makes and remembers the rows that lists show; a record stands in several lists."""

    edition: Edition
    _made: dict[str, tuple[EntryView, tuple[Fact, ...]]] = field(default_factory=dict)

    def of(self, record: Record) -> EntryView:
        """The row of a record."""
        path = record.where.path
        made = self._made.get(path)
        if made is None:
            with self.edition.book.noting() as facts:
                entry = self._make(record)
            self._made[path] = (entry, tuple(facts))
            return entry
        self.edition.book.note_all(made[1])
        return made[0]

    def all(self, records: Iterable[Record]) -> tuple[EntryView, ...]:
        """The rows of records, in their order."""
        return tuple(map(self.of, records))

    def _make(self, record: Record) -> EntryView:
        self.edition.look(record)
        node = self.edition.site.column_of(record)
        issue = self.edition.site.issue_of.get(record.where.path)
        return EntryView(
            title=record.title,
            url=url_of(record.where.address),
            kind=record.kind,
            date=date_view(record.moment),
            kicker=record.kicker or "",
            subtitle=record.subtitle or "",
            summary=self.summary(record),
            column=node.column.title
            if node
            else issue_name(self.edition.site, issue)
            if issue
            else "",
            column_url=url_of(
                node.column.where.address if node else issue.path + "/" if issue else ""
            ),
            source=record.source or "",
            image=self.picture(record, record.image, record.image_alt or ""),
            badge=record.badge or "",
            pinned=record.pinned,
            note=(record.number or "") if isinstance(record, Notice) else "",
            attachments=len(record.attachments),
        )

    def summary(self, record: Record, limit: int = 90) -> str:
        """What the editor wrote as summary, else the beginning of the text."""
        if record.summary:
            return record.summary
        return summary(self.edition.text_of(record).lead, limit)

    def picture(self, owner: Holder | Record, file: str | None, alt: str) -> ImageView | None:
        """A picture that front matter names."""
        if not file:
            return None
        path = self.edition.file(owner, file)
        width, height = self.edition.pictures.get(path, (0, 0))
        return ImageView(url=url_of(path), alt=alt, width=width, height=height)

    def attachments(
        self, owner: Holder | Record, attachments: Sequence[Attachment]
    ) -> tuple[AttachmentView, ...]:
        """Files to download, with type and size."""
        views = []
        for attachment in attachments:
            path = self.edition.file(owner, attachment.file)
            extension = path.rpartition(".")[2].lower()
            view = AttachmentView(
                url=url_of(path),
                name=attachment.name or path.rpartition("/")[2],
                type=_TYPES.get(extension, extension.upper()),
                extension=extension,
                size=size_label(self.edition.sizes.get(path, 0)),
            )
            views.append(view)
        return tuple(views)

    def tags(self, record: Record) -> tuple[LinkView, ...]:
        """The tags of a record."""
        tags = self.edition.site.tags
        return tuple(
            LinkView(title=name, url=tag_address(tags[name].id))
            for name in record.tags
            if name in tags
        )


def by_month(entries: Sequence[EntryView]) -> tuple[tuple[str, tuple[EntryView, ...]], ...]:
    """Entries in groups by month, in their order."""
    groups: dict[str, list[EntryView]] = {}
    for entry in entries:
        groups.setdefault(entry.date.month if entry.date else "", []).append(entry)
    return tuple((month, tuple(those)) for month, those in groups.items())


def issue_name(site: Site, issue: Issue) -> str:
    """《示例文史》第四辑: away from its periodical “第四辑” alone would not say of what."""
    folder = issue.path.rpartition("/")[0]
    names = [f"《{p.holder.title}》" for p in site.periodicals if p.path == folder]
    return "".join(names) + issue.holder.title


def link_to(record: Record) -> LinkView:
    """A plain link to a record."""
    return LinkView(title=record.title, url=url_of(record.where.address))
