"""The content model: every kind is declared so that reading, forms and handbook can use it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from msgspec.structs import fields

from site_plugins.domain.model.holders import (
    Column,
    ColumnKeys,
    IssueHolder,
    IssueKeys,
    PeriodicalHolder,
)
from site_plugins.domain.model.kinds import COLUMN_KINDS, KINDS, WRITABLE_KINDS, Kind
from site_plugins.domain.model.records import Article, PeriodicalArticle, Place, Proposal, Standing
from site_plugins.domain.model.values import (
    Choice,
    Choices,
    Declared,
    Flag,
    Many,
    Nested,
    Words,
    keys_of,
)
from site_plugins.domain.moments import SHANGHAI, Moment
from site_plugins.reading.values import _READERS

HOLDERS: tuple[type, ...] = (Column, PeriodicalHolder, IssueHolder)
DECLARED: tuple[type, ...] = (*(kind.record for kind in KINDS.values()), *HOLDERS)


def _declarations(kind: type) -> Iterator[type]:
    """A declared class and those nested in it."""
    yield kind
    for key in keys_of(kind).values():
        value = key.value.of if isinstance(key.value, Many) else key.value
        if isinstance(value, Nested):
            yield from _declarations(value.of)


EVERY = sorted({d for kind in DECLARED for d in _declarations(kind)}, key=lambda d: d.__name__)


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.__name__)
def test_a_declaration_is_whole(kind: type) -> None:
    assert issubclass(kind, Declared)
    for name, key in keys_of(kind).items():
        assert name == key.name == key.field.rstrip("_")
        assert any("\u4e00" <= char <= "\u9fff" for char in key.label) or key.label.isupper()
        assert type(key.value) in _READERS


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.__name__)
def test_defaults_fit_their_values(kind: type) -> None:
    by_field = {key.field: key for key in keys_of(kind).values()}
    for field in fields(kind):
        key = by_field.get(field.name)
        if key is None or key.required:
            continue
        if isinstance(key.value, Many | Words | Choices):
            assert field.default == ()
        elif isinstance(key.value, Flag):
            assert isinstance(field.default, bool)
        elif isinstance(key.value, Choice) and field.default is not None:
            assert field.default in key.value.of


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_a_kind_needs_only_declared_keys(kind: Kind) -> None:
    assert set(kind.needs) <= set(keys_of(kind.record))


def test_a_column_may_hold_what_the_contract_names() -> None:
    contract = (
        "article notice plan consultation supervision proposal opinion research member body topic"
    )
    assert set(COLUMN_KINDS) == set(contract.split())
    assert {"page", *COLUMN_KINDS} == set(WRITABLE_KINDS)


def test_a_member_has_no_private_key() -> None:
    named = " ".join(keys_of(KINDS["member"].record))
    assert not any(word in named for word in ("phone", "mobile", "mail", "identity", "id_number"))


def test_record_keys_do_not_hide_the_record_itself() -> None:
    for kind in KINDS.values():
        assert {"where", "text", "id"}.isdisjoint(keys_of(kind.record))


NOW = datetime(2023, 10, 20, 9, 0, tzinfo=SHANGHAI)
EARLIER = Moment(datetime(2023, 10, 20, tzinfo=SHANGHAI))
THEN = Moment(NOW, has_time=True)
LATER = Moment(datetime(2023, 10, 21, tzinfo=SHANGHAI))
PLACE = Place(path="news/a.md", address="news/a/", lines={"tags": 4, "issue.year": 6})


@pytest.mark.parametrize(
    ("keys", "standing"),
    [
        ({}, Standing.PUBLISHED),
        ({"status": "draft"}, Standing.DRAFT),
        ({"status": "draft", "publish_at": LATER}, Standing.DRAFT),
        ({"status": "withdrawn"}, Standing.WITHDRAWN),
        ({"status": "withdrawn", "expire_at": EARLIER}, Standing.WITHDRAWN),
        ({"publish_at": LATER}, Standing.SCHEDULED),
        ({"publish_at": THEN}, Standing.PUBLISHED),
        ({"publish_at": EARLIER}, Standing.PUBLISHED),
        ({"expire_at": LATER}, Standing.PUBLISHED),
        ({"expire_at": THEN}, Standing.EXPIRED),
        ({"publish_at": LATER, "expire_at": EARLIER}, Standing.SCHEDULED),
    ],
)
def test_standing_of_a_record(keys: dict[str, object], standing: Standing) -> None:
    record = Article(where=PLACE, title="题", **keys)  # type: ignore[arg-type]
    assert record.standing(NOW) is standing


@pytest.mark.parametrize("status", ["办复", "draft", "withdrawn", "published"])
def test_a_proposal_without_consent_is_private(status: str) -> None:
    proposal = Proposal(where=PLACE, title="题", number=1, status=status)
    assert proposal.standing(NOW) is Standing.PRIVATE
    consented = Proposal(where=PLACE, title="题", number=1, status="办复", public=True)
    assert consented.standing(NOW) is Standing.PUBLISHED


@pytest.mark.parametrize(
    ("keys", "standing"),
    [
        ({}, Standing.PUBLISHED),
        ({"visibility": "summary"}, Standing.PUBLISHED),
        ({"visibility": "hidden"}, Standing.PRIVATE),
        ({"visibility": "hidden", "status": "withdrawn"}, Standing.PRIVATE),
        ({"status": "draft"}, Standing.DRAFT),
        ({"status": "withdrawn"}, Standing.WITHDRAWN),
        ({"publish_at": LATER}, Standing.SCHEDULED),
    ],
)
def test_standing_of_an_issue(keys: dict[str, object], standing: Standing) -> None:
    issue = IssueKeys(year=2023, number=1, published=EARLIER, **keys)  # type: ignore[arg-type]
    holder = IssueHolder(where=PLACE, title="第1期", issue=issue)
    assert holder.standing(NOW) is standing


def test_only_what_was_public_leaves_a_notice() -> None:
    assert [s for s in Standing if s.has_notice] == [Standing.EXPIRED, Standing.WITHDRAWN]


def test_the_line_of_a_key() -> None:
    assert PLACE.line("tags") == PLACE.line("tags[2]") == 4
    assert PLACE.line("issue.year") == 6
    assert PLACE.line("title") == 1


def test_a_place_names_its_record() -> None:
    assert PLACE.id == "news/a"
    assert Place(path="index.md", address="", lines={}).id == ""


def test_a_byline_has_every_author() -> None:
    assert Article(where=PLACE, title="题", author="记者 某甲").byline == "记者 某甲"
    several = keys_of(PeriodicalArticle)["authors"].value
    assert isinstance(several, Many)
    assert isinstance(several.of, Nested)
    authors = (several.of.of(name="某甲", affiliation="某馆"), several.of.of(name="某乙"))
    article = PeriodicalArticle(where=PLACE, title="题", authors=authors)
    assert article.byline == "某甲、某乙"


def test_columns_are_listed_by_default() -> None:
    keys = ColumnKeys()
    assert (keys.menu, keys.feed, keys.layout, keys.home) == (True, True, "list", None)
