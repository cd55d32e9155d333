"""Updates of the index: equal answers, nothing left of what was withdrawn, little written."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from site_plugins.outputs.search import changes, common_pairs, few
from site_plugins.outputs.search.catalogue import FILE, FORMAT, read_catalogue
from site_plugins.outputs.search.codec import read_shard
from site_plugins.outputs.search.documents import SearchDocument, SearchLabels, document_digest
from site_plugins.outputs.search.index import build_index
from site_plugins.outputs.search.reader.answers import IndexReader
from site_plugins.outputs.search.reader.query import Query
from site_plugins.outputs.search.terms import DocumentTerms, document_terms
from site_plugins.outputs.search.update import update_index

from .sample_documents import LABELS, sample


@dataclass
class Site:
    """A site whose index is kept up to date."""

    documents: dict[str, SearchDocument] = field(default_factory=dict)
    labels: SearchLabels = LABELS
    files: dict[str, bytes] = field(default_factory=dict)
    state: bytes | None = None
    opened: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    def update(self, compact: bool = False) -> str:
        """Update the index; return why all of it was written."""
        self.opened = []
        update = update_index(
            self.state,
            {address: document_digest(one) for address, one in self.documents.items()},
            self._open,
            self.labels,
            compact=compact,
            published=self.files.get,
        )
        new = list(update.files)
        self.written = [path for path, _ in new]
        assert len(set(self.written)) == len(new)
        replaced = self.files.keys() if update.replaced is None else update.replaced
        assert replaced >= self.files.keys() & set(self.written)
        assert all(self.files.get(path) != content for path, content in new) or update.reason
        self.files = {p: f for p, f in self.files.items() if p not in replaced} | dict(new)
        self.state = update.state
        return update.reason

    def add(self, *documents: SearchDocument) -> None:
        self.documents |= {one.address: one for one in documents}

    def edit(self, address: str, **values: object) -> None:
        self.documents[address] = replace(self.documents[address], **values)

    def _open(self, addresses: Sequence[str]) -> Iterable[SearchDocument]:
        self.opened += addresses
        return (self.documents[address] for address in reversed(addresses))

    def from_nothing(self) -> dict[str, bytes]:
        return dict(build_index(self.documents.values(), self.labels))

    def holds(self, text: str) -> list[str]:
        """The files in which a text or one of its terms of two letters stands."""
        terms = {text[at : at + 2] for at in range(len(text) - 1)}
        found = []
        for path, file in self.files.items():
            content = gzip.decompress(file)
            if "/terms/" in path:
                if terms & read_shard(content).keys():
                    found.append(path)
            elif text in content.decode("gbk" if "/texts/" in path else "utf-8"):
                found.append(path)
        return found + (["state"] if text in (self.state or b"").decode() else [])


QUERIES = [
    *(
        "政",
        "政协",
        "协委",
        "委员市",
        "政协委员",
        "建言ab",
        "𠮷",
        "a",
        "ab政",
        "政协 委员",
        "政 -协委",
    ),
    *("政协 委员", "政 -协委", "委员 -政协委", "言，政", "某甲"),
    *("zhengxie", "zx", "moujia", "政协鼎员", "市政协建言", "鼎鼎鼎鼎"),
]


def answers(files: dict[str, bytes]) -> list[object]:
    index = IndexReader(files.__getitem__)
    return [
        index.answer(Query(words, limit=limit, sort=sort, filters=filters))
        for words in QUERIES
        for limit, sort, filters in [
            (10, "relevance", {}),
            (None, "date", {}),
            (3, "oldest", {"column": "news"}),
            (0, "relevance", {"year": "2022"}),
        ]
    ]


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["add", "title", "text", "move", "remove", "labels", "compact"]),
        st.integers(0, 29),
        st.integers(0, 29),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(CHANGES, st.integers(0, 12), st.sampled_from([60, 6000]))
def test_after_any_changes_the_answers_are_those_of_a_build_from_nothing(
    steps: list[tuple[str, int, int]], first: int, largest: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(few, "LARGEST_SLOT", largest)
        for site, scratch in changed(steps, first):
            assert answers(site.files) == answers(scratch)


@settings(max_examples=15, deadline=None)
@given(CHANGES, st.integers(0, 12))
def test_with_common_pairs_what_is_found_does_not_depend_on_the_history(
    steps: list[tuple[str, int, int]], first: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(common_pairs, "LEAST_PASSAGES", 4)
        for site, scratch in changed(steps, first):
            assert whole_answers(site.files) == whole_answers(scratch)


def test_all_that_is_similar_is_found_with_a_delta_too() -> None:
    """Behind three documents whose pairs stand at the right distances, though none has the word."""
    filler = "子丑寅卯辰巳午未申酉戌亥天地"
    texts = [f"甲乙{filler}丙丁"] * 3 + ["甲乙鑫丙丁", "甲乙丙", "乙丙丁"]
    site = Site()
    site.add(
        *(
            SearchDocument(
                address=f"/{n}/", title=f"题{n}", date="", kind="article", column="news", texts=(t,)
            )
            for n, t in enumerate((*texts, "别的", "另外"))
        )
    )
    site.update()
    site.edit("/7/", title="改了")
    assert site.update() == ""
    found, wanted = (
        IndexReader(files.__getitem__).answer(Query("甲乙丙丁", limit=None))
        for files in (site.files, site.from_nothing())
    )
    assert found == wanted
    assert {one["url"] for one in found["results"]} >= {"/3/", "/4/", "/5/"}


def whole_answers(files: dict[str, bytes]) -> list[object]:
    """What is found of each query, without documents that are only similar."""
    index = IndexReader(files.__getitem__)
    found = [index.answer(Query(words, limit=None)) for words in QUERIES]
    parts = ("total", "facets", "pinyin", "exact")
    return [
        [[] if one["approximate"] else one["results"], *(one[part] for part in parts)]
        for one in found
    ]


def changed(
    steps: list[tuple[str, int, int]], first: int
) -> Iterator[tuple[Site, dict[str, bytes]]]:
    """A site after each change, and its index made from nothing."""
    pool = sample(30)
    site = Site()
    site.add(*pool[:first])
    site.update()
    for change, number, other in steps:
        address = pool[number].address
        there = address in site.documents
        if change == "add":
            site.add(pool[number])
        elif change == "remove":
            site.documents.pop(address, None)
        elif change == "title" and there:
            site.edit(address, title=site.documents[address].title + "鼎新")
        elif change == "text" and there:
            site.edit(address, texts=pool[other].texts, people=pool[other].people)
        elif change == "move" and there:
            site.edit(address, column=pool[other].column, date=pool[other].date, kind="plan")
        elif change == "labels":
            site.labels = replace(LABELS, columns={"news": f"要闻{other}"})
        reason = site.update(compact=change == "compact")
        if reason:
            assert site.files == site.from_nothing()
        scratch = site.from_nothing()
        yield site, scratch
        if not pairs_in(site.files):
            assert terms_of(site.files) <= terms_of(scratch)


def pairs_in(files: dict[str, bytes]) -> bool:
    """Whether there are common pairs, which the last build from nothing has told."""
    return bool(read_catalogue(files[FILE])[0].common)


def terms_of(files: dict[str, bytes]) -> set[str]:
    return {
        term
        for path, file in files.items()
        if "/terms/" in path
        for term in read_shard(gzip.decompress(file))
    }


@pytest.fixture
def site() -> Site:
    site = Site()
    site.add(*sample(80))
    site.update()
    return site


def test_the_first_update_is_a_build_from_nothing(site: Site) -> None:
    assert site.files == site.from_nothing()


def test_nothing_changed_nothing_done(site: Site) -> None:
    state, files = site.state, dict(site.files)
    assert site.update() == ""
    assert (site.opened, site.written) == ([], [])
    assert (site.state, site.files) == (state, files)


def test_an_edit_opens_one_document_and_writes_few_files(site: Site) -> None:
    site.edit("/news/7/", title="全新的题目")
    assert site.update() == ""
    assert site.opened == ["/news/7/"]
    assert site.written[-1] == "catalogue.bin"
    assert sum("/texts/" in path for path in site.written) == 2
    assert sum("/texts/" in path for path in site.from_nothing()) > 8


def test_compacting_gives_the_bytes_of_a_build_from_nothing(site: Site) -> None:
    site.edit("/news/7/", title="全新的题目")
    del site.documents["/news/8/"]
    site.update()
    assert site.files != site.from_nothing()
    assert site.update(compact=True) == "按要求合并索引"
    assert site.files == site.from_nothing()


def test_what_is_withdrawn_is_gone_from_every_file(site: Site) -> None:
    secret = SearchDocument("/hidden/warp/", "曇花", ("鬯壺",), texts=("黼黻",), people=("翀翯",))
    site.add(replace(secret, date="2022-01-02", column="hidden"))
    site.update()
    site.update(compact=True)
    words = ["昙花", "鬯壶", "黼黻", "翀翯", "曇花", "hidden"]
    assert all(site.holds(word) for word in words)
    del site.documents["/hidden/warp/"]
    assert site.update() == ""
    assert not [path for word in words for path in site.holds(word)]
    assert terms_of(site.files) <= terms_of(site.from_nothing())


def test_a_withdrawn_document_of_the_delta_is_gone_too(site: Site) -> None:
    site.edit("/news/7/", texts=("黼黻文章",))
    site.add(SearchDocument("/new/", "饕餮", texts=("旖旎",)))
    site.update()
    assert site.holds("黼黻")
    assert site.holds("饕餮")
    del site.documents["/news/7/"], site.documents["/new/"]
    assert site.update() == ""
    assert not [path for word in ("黼黻", "饕餮", "旖旎", "/new/") for path in site.holds(word)]
    assert terms_of(site.files) <= terms_of(site.from_nothing())
    assert not any(path.startswith("delta/") for path in site.files)


def test_words_that_an_edit_takes_away_are_gone(site: Site) -> None:
    site.edit("/news/7/", texts=("黼黻文章", "饕餮"))
    site.update(compact=True)
    site.edit("/news/7/", texts=("文章", "饕餮"))
    assert site.update() == ""
    assert not site.holds("黼黻")
    site.edit("/news/7/", texts=("文章",))
    site.update()
    assert not site.holds("饕餮")
    del site.documents["/news/7/"]
    site.update()
    assert terms_of(site.files) <= terms_of(site.from_nothing())


def test_a_large_delta_is_compacted(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "LARGEST_DELTA", 3)
    site.add(*(SearchDocument(f"/new/{number}/", "题") for number in range(3)))
    assert site.update() == ""
    site.add(SearchDocument("/new/3/", "题"))
    assert site.update() == "新增和改动超过3篇，合并索引"
    assert site.files == site.from_nothing()


def test_many_withdrawn_documents_are_compacted(site: Site) -> None:
    for number in range(20):
        del site.documents[f"/news/{number}/"]
    assert site.update() == ""
    del site.documents["/news/20/"]
    assert site.update() == "改动和撤下的超过20%，合并索引"
    assert site.files == site.from_nothing()


@pytest.mark.parametrize("damage", ["catalogue", "missing", "texts", "state", "format", "cut"])
def test_damage_is_noticed_and_all_is_rebuilt(site: Site, damage: str) -> None:
    site.edit("/news/7/", title="全新的题目", texts=())
    assert site.state is not None
    if damage == "catalogue":
        site.files["catalogue.bin"] = gzip.compress(b"{}")
    elif damage == "missing":
        del site.files["catalogue.bin"]
    elif damage == "texts":
        site.files = {
            path: file if path == "catalogue.bin" else file[:-9]
            for path, file in site.files.items()
        }
    elif damage == "state":
        site.state = b"{}"
    elif damage == "format":
        site.state = site.state.replace(b'"format":%d' % FORMAT, b'"format":1')
    else:
        site.state = site.state[:-20]
    assert site.update() == "已有的索引缺损，全部重建"
    assert site.files == site.from_nothing()


def test_a_missing_catalogue_is_noticed_where_nothing_changed(site: Site) -> None:
    del site.files["catalogue.bin"]
    assert site.update() == "已有的索引缺损，全部重建"
    assert site.files == site.from_nothing()


def test_the_state_comes_after_the_files(site: Site) -> None:
    update = update_index(None, {}, lambda _: (), LABELS, compact=False, published=lambda _: None)
    with pytest.raises(RuntimeError):
        _ = update.state
    assert [path for path, _ in update.files] == ["base/terms/00/00.bin", "catalogue.bin"]
    assert update.state


def test_a_document_that_is_not_given_is_an_error(site: Site) -> None:
    digests = {address: document_digest(one) for address, one in site.documents.items()}
    digests["/x/"] = "1"
    with pytest.raises(ValueError, match="/x/"):
        update_index(
            site.state,
            digests,
            lambda _: (),
            LABELS,
            compact=False,
            published=site.files.get,
        )


def test_folding_may_be_cached(site: Site) -> None:
    folded: list[str] = []

    def terms_of(document: SearchDocument) -> DocumentTerms:
        folded.append(document.address)
        return document_terms(document)

    site.edit("/news/7/", title="全新的题目")
    update = update_index(
        site.state,
        {address: document_digest(one) for address, one in site.documents.items()},
        lambda addresses: [site.documents[address] for address in addresses],
        LABELS,
        compact=False,
        published=site.files.get,
        terms_of=terms_of,
    )
    assert dict(update.files)
    assert set(folded) == {"/news/7/"}
