"""The page of a consultation or supervision: when and where, who, what was advised, what became
of it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from site_plugins.domain.agenda import Entry, form_of
from site_plugins.domain.edition import root_of, url_of
from site_plugins.domain.model.parts import Feedback, Speech
from site_plugins.domain.model.records import Consultation, Event, Record, Supervision
from site_plugins.domain.settings import Settings
from site_plugins.outputs.pages.articles import ArticlePages
from site_plugins.outputs.pages.days import when
from site_plugins.outputs.pages.entries import date_view, link_to
from site_plugins.outputs.pages.frame import PageDraft
from site_plugins.outputs.pages.labels import script_json
from site_plugins.outputs.pages.views.events import EventView, FeedbackView, SpeechView
from site_plugins.outputs.pages.views.parts import (
    FactView,
    LinkView,
    StateView,
)

_HEAD = frozenset({"来源", "作者", "责任编辑"})


class EventPages(Struct):
    """Makes the pages of events."""

    articles: ArticlePages

    def page(self, path: str) -> PageDraft:
        """The page of an event, by its content path."""
        edition = self.articles.frame.edition
        event = edition.site.records[path]
        assert isinstance(event, Consultation | Supervision)
        text, page = self.articles.view(event)
        entry = edition.entry(event)
        view = EventView(
            # The day at the head is that of the text; that of the event stands in its card.
            text=replace(
                text,
                body_html=edition.html(event, root_of(event.where.address)),
                date=date_view(event.published),
                facts=tuple(f for f in text.facts if f.label in _HEAD),
            ),
            phase=StateView(key=entry.phase.value, label=entry.phase.label) if entry else None,
            facts=tuple(FactView(label=n, value=v) for n, v in _facts(event, entry) if v),
            people=tuple(self._person(name) for name in event.members),
            speeches=tuple(map(self._speech, event.speeches)),
            findings=_paragraphs(event, "findings"),
            follow_up=_paragraphs(event, "follow_up"),
            feedback=tuple(map(_feedback, event.feedback)),
            links=tuple(self._links(event)),
            reports=self.articles.entries.all(edition.site.reports.get(event.id, ())),
        )
        labels = _json_ld(edition.settings, event, entry)
        if labels:
            page = replace(page, json_ld=labels)
        return self.articles.frame.page("event", view, page)

    def _record(self, name: str | None) -> Record | None:
        """The public record of an id."""
        if not name:
            return None
        records = self.articles.frame.edition.site.records
        return records.get(f"{name}.md") or records.get(f"{name}/index.md")

    def _person(self, name: str) -> LinkView:
        record = self._record(name)
        # Whoever has no public page keeps the name that the editor wrote.
        return link_to(record) if record is not None else LinkView(title=_last(name), url="")

    def _speech(self, speech: Speech) -> SpeechView:
        record = self._record(speech.member)
        return SpeechView(
            name=record.title if record is not None else _last(speech.member),
            url=url_of(record.where.address) if record is not None else "",
            title=speech.title or "",
        )

    def _links(self, event: Event) -> Iterator[FactView]:
        own = "协商报告" if isinstance(event, Consultation) else "监督报告"
        for label, name in (("前期调研", event.survey), (own, event.report)):
            record = self._record(name)
            if record is not None:
                yield FactView(label=label, value=record.title, url=url_of(record.where.address))


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def _facts(event: Event, entry: Entry | None) -> Iterator[tuple[str, str]]:
    yield "形式", form_of(event)
    if isinstance(event, Consultation):
        yield "议题", event.topic or ""
    else:
        yield "监督事项", event.subject or ""
    yield "时间", when(entry.start, entry.end) if entry is not None else ""
    if isinstance(event, Supervision):
        yield "时段", event.period or ""
    yield "地点", event.place or ""
    invited = "邀请单位" if isinstance(event, Consultation) else "被监督单位"
    yield invited, "、".join(event.invited)


def _paragraphs(event: Event, key: str) -> tuple[str, ...]:
    if not isinstance(event, Supervision):
        return ()
    text = event.findings if key == "findings" else event.follow_up
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def _feedback(told: Feedback) -> FeedbackView:
    return FeedbackView(date=date_view(told.date), unit=told.unit or "", adopted=told.adopted or "")


def _json_ld(settings: Settings, event: Event, entry: Entry | None) -> str:
    """schema.org Event; empty where no day is known."""
    if entry is None:
        return ""
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title,
        "inLanguage": "zh-Hans",
        "startDate": entry.start.iso,
        "organizer": {"@type": "GovernmentOrganization", "name": settings.name},
    }
    if entry.end is not None:
        data["endDate"] = entry.end.iso
    if event.place:
        data["location"] = {"@type": "Place", "name": event.place}
    if entry.topic:
        data["about"] = entry.topic
    url = settings.absolute(url_of(event.where.address))
    if url:
        data["url"] = url
    return script_json(data)
