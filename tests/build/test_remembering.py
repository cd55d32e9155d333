"""Builds that remember: after any edits, the same tree and problems as a build from nothing."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from site_plugins.build.outline import pack_outline, unpack_outline
from site_plugins.build.pipeline import Build, Outcome, TwoOutputs
from site_plugins.build.ports import Laid, PressRoom, Workshop
from site_plugins.build.preparation import Prepared
from site_plugins.build.reasons import DAMAGED
from site_plugins.build.rewording import LastBuild
from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.noting import Fact
from site_plugins.outputs.pages import Assets
from site_plugins.tools.content_cache import ContentCache
from site_plugins.tools.fact_ledger import CheckLedger
from site_plugins.tools.tree_ledger import TreeLedger
from site_plugins.tools.without_cache import NoLedger
from tests.changing_site import PLAN, WHOLE, edits
from tests.site_in_memory import NOW, Files, PlainBench, column, record, without, workshop
from tests.site_in_memory import settings as site_settings

THEME = Assets("assets/a.css", "assets/a.js", (Artifact("assets/a.css", b"body{}"),))
TOLD = site_settings(per_page=2, feed_items=3, capabilities=frozenset({"site", "feeds", "search"}))


def _render(template: str, context: Mapping[str, Any]) -> str:
    """A page that shows all it was given."""
    return f"{template} {sorted(context.items())!r}"


@dataclass(slots=True)
class Folder:
    """A site folder in memory."""

    tree: dict[str, bytes] = field(default_factory=dict)
    coming: dict[str, bytes] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    made: set[str] = field(default_factory=set)
    """What the last build has made, were it as it was before."""

    def damaged(self) -> Collection[str]:
        return self.broken

    def published(self, path: str) -> bytes | None:
        return self.tree.get(path)

    def put(self, artifact: Artifact) -> None:
        assert artifact.path not in self.coming
        self.coming[artifact.path] = artifact.content

    def take(self, laid: Laid) -> None:
        raise AssertionError("there is no tray")

    def commit(self, gone: Collection[str], kept: int) -> None:
        assert self.tree.keys() >= set(gone)
        assert self.coming.keys().isdisjoint(gone)
        before = len(self.tree.keys() - gone - self.coming.keys())
        assert kept == before
        self.made = set(self.coming)
        self.tree = {p: c for p, c in self.tree.items() if p not in gone} | self.coming
        self.coming = {}


@dataclass(slots=True)
class Remembered:
    """What is left of a site's builds: its folder and its caches."""

    cache: Path
    folder: Folder = field(default_factory=Folder)
    damage: list[str] = field(default_factory=list)
    last: tuple[Files, Prepared, bytes] | None = None
    rewordings: int = 0
    """Builds that were told from the last one, because only words had changed."""

    def build(self, files: Files, now: datetime = NOW) -> Outcome:
        """One build that remembers those before."""
        tell = self.damage.append
        cache = ContentCache(self.cache, "key", tell)
        checks = CheckLedger(self.cache, "key", tell)
        tree = TreeLedger(self.cache, "site", "key", tell)
        tools = replace(workshop(files), store=cache, checks=checks)
        steps = Build()
        last = self._last(files, now)
        if last is not None and steps.reword(last, TOLD, now, tools):
            self.rewordings += 1
        else:
            steps.prepare(TOLD, now, tools)
        outcome = _made(steps, tools, tree, self.folder)
        self.last = (files, steps.prepared, pack_outline(steps.prepared.outline()))
        cache.commit()
        checks.commit()
        for one in (cache, checks, tree):
            one.close()
        assert self.damage == []
        return outcome

    def facts_that_are_not_so(self, files: Files) -> list[Fact]:
        """What the pages were made from, as far as it is not remembered as it is now."""
        steps = Build()
        steps.prepare(TOLD, NOW, workshop(files))
        _made(steps, workshop(files), NoLedger(), Folder())
        shelves = steps.prepared.edition.book.shelves
        (file,) = (self.cache / "trees").glob("*.sqlite3")
        with closing(sqlite3.connect(file)) as database:
            facts = database.execute("SELECT shelf, what, digest FROM page_fact").fetchall()
        assert facts
        return [(n, what) for n, what, digest in facts if shelves[n].fact(what) != digest]

    def _last(self, files: Files, now: datetime) -> LastBuild | None:
        """What is known of the last build, where the same is public of the same files."""
        if self.last is None:
            return None
        before, prepared, packed = self.last
        since, until = prepared.since, prepared.until
        if (since is not None and now < since) or (until is not None and now >= until):
            return None
        outline = unpack_outline(packed)
        assert outline is not None
        return LastBuild(
            outline=outline,
            changed=[n for n, path in enumerate(files) if files[path] != before.get(path)],
            problems=prepared.problems,
            left_out=prepared.left_out,
            since=since,
            until=until,
        )


def _build(tools: Workshop, now: datetime, tree: Any, folder: Folder) -> Outcome:
    steps = Build()
    steps.prepare(TOLD, now, tools)
    return _made(steps, tools, tree, folder)


def _made(steps: Build, tools: Workshop, tree: Any, folder: Folder) -> Outcome:
    bench = PlainBench(render=_render)
    room = PressRoom(bench=bench, store=tools.store, tree=tree, theme=lambda: THEME)
    steps.render(room, folder, tools.read)
    steps.publish()
    return steps.outcome


def _fresh(files: Files, now: datetime) -> tuple[dict[str, bytes], Outcome]:
    folder = Folder()
    outcome = _build(workshop(files), now, NoLedger(), folder)
    return folder.tree, outcome


def _without_index(tree: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: c for path, c in tree.items() if not re.fullmatch(r"search/.*\.bin", path)}


@contextmanager
def remembered() -> Iterator[Remembered]:
    """A site that nothing is known of yet."""
    with tempfile.TemporaryDirectory() as folder:
        yield Remembered(Path(folder))


@settings(max_examples=60)
@given(edits())
def test_after_any_edits_the_tree_is_that_of_a_build_from_nothing(
    states: list[tuple[Files, datetime]],
) -> None:
    with remembered() as site:
        for files, now in states:
            outcome = site.build(files, now)
            tree, fresh = _fresh(files, now)
            # Of the index the answers are the same, which tests/outputs/search looks at.
            after, clean = _without_index(site.folder.tree), _without_index(tree)
            assert after.keys() == clean.keys()
            assert [path for path in clean if after[path] != clean[path]] == []
            assert outcome.problems == fresh.problems
            assert (outcome.records, outcome.left_out) == (fresh.records, fresh.left_out)


@settings(max_examples=60)
@given(st.data())
def test_after_other_words_the_tree_is_that_of_a_build_from_nothing(data: st.DataObject) -> None:
    """Every text has one more sentence, or another title, at a time; some once more."""
    files = dict(data.draw(edits())[-1][0])
    with remembered() as site:
        site.build(dict(files))
        for _ in range(data.draw(st.integers(1, 3))):
            for path in data.draw(st.lists(st.sampled_from(sorted(files) or [""]), max_size=3)):
                if path not in files:
                    continue
                files[path] = _reworded(files[path], data.draw(st.text("甲乙 ，。", max_size=5)))
            before = site.rewordings
            outcome = site.build(dict(files))
            event("reworded" if site.rewordings > before else "prepared")
            tree, fresh = _fresh(files, NOW)
            after, clean = _without_index(site.folder.tree), _without_index(tree)
            assert after.keys() == clean.keys()
            assert [path for path in clean if after[path] != clean[path]] == []
            assert outcome.problems == fresh.problems
            assert (outcome.records, outcome.left_out) == (fresh.records, fresh.left_out)
            assert site.facts_that_are_not_so(files) == []


def _reworded(text: str | bytes, words: str) -> str | bytes:
    if isinstance(text, bytes):
        return text
    if words.startswith("甲"):
        return re.sub(
            r"^title: .*$", f"title: 题{words.strip()}", text, count=1, flags=re.MULTILINE
        )
    return f"{text}\n又说{words}\n"


WORDS = {
    "title": ("title: 甲", "title: 甲改"),
    "summary": ("source:", "summary: 要点\nsource:"),
    "text": ("[x](a.pdf)", "先看[x](a.pdf)"),
}
MORE = {
    "date": ("date: 2022-03-18", "date: 2022-03-19"),
    "tags": ("tags: [园]", "tags: [园, 水]"),
    "link": ("[x](a.pdf)", "[x](a.pdf) [丙](sub/c.md)"),
    "anchor": ("b.md#yi", "b.md#er"),
    "heading": ("[x](a.pdf)", "## 小标题 {#xiao}\n\n[x](a.pdf)"),
    "old address": ("source:", "aliases: [/old/]\nsource:"),
    "status": ("source:", "status: withdrawn\nsource:"),
    "fault": ("source:", "colour: red\nsource:"),
    "empty": ("[x](a.pdf) [乙](b.md#yi) ![x](x.png)", ""),
}


@pytest.mark.parametrize("edit", [*WORDS, *MORE])
def test_only_an_edit_of_words_is_told_from_the_last_build(edit: str) -> None:
    old, new = {**WORDS, **MORE}[edit]
    edited = {**WHOLE, "news/a.md": str(WHOLE["news/a.md"]).replace(old, new, 1)}
    assert edited != WHOLE
    with remembered() as site:
        site.build(WHOLE)
        outcome = site.build(edited)
        assert site.rewordings == (edit in WORDS)
        tree, fresh = _fresh(edited, NOW)
        assert _without_index(site.folder.tree) == _without_index(tree)
        assert outcome.problems == fresh.problems
        assert site.facts_that_are_not_so(edited) == []
        # And once more, from what that build has left.
        site.build(WHOLE)
        assert _without_index(site.folder.tree) == _without_index(_fresh(WHOLE, NOW)[0])


@pytest.mark.parametrize("path", ["plans/2022/index.md", "m/a.md", "t/a.md", "news/index.md"])
def test_words_that_concern_others_are_an_edit_like_any_other(path: str) -> None:
    edited = {**WHOLE, path: f"{WHOLE[path]!s}\n一句。\n"}
    with remembered() as site:
        site.build(WHOLE)
        site.build(edited)
        assert site.rewordings == 0
        assert _without_index(site.folder.tree) == _without_index(_fresh(edited, NOW)[0])


def test_what_other_words_leave_alone_is_not_read() -> None:
    edited = {**WHOLE, "news/a.md": str(WHOLE["news/a.md"]).replace("title: 甲", "title: 甲改")}
    with remembered() as site:
        site.build(WHOLE)
        outcome = site.build(edited)
        texts = sum(path.endswith(".md") for path in WHOLE)
        assert outcome.hits["prepare"] == (texts - 1, texts)
        made = site.folder.made
        assert "sitemap.xml" not in made
        assert "about/index.html" not in made


def test_a_file_that_comes_or_goes_is_more_than_words() -> None:
    with remembered() as site:
        for files in (WHOLE, without(WHOLE, "news/more/1.md"), WHOLE):
            site.build(files)
            assert _without_index(site.folder.tree) == _without_index(_fresh(files, NOW)[0])
        assert site.rewordings == 0


def test_without_an_edit_nothing_but_the_theme_and_build_json_is_made() -> None:
    with remembered() as site:
        first = site.build(WHOLE)
        assert first.hits["prepare"][0] == first.hits["render"][0] == 0
        assert set(first.reasons.values()) == {"第一次生成"}
        again = site.build(WHOLE)
        made = site.folder.made
        assert made == {"assets/a.css", "build.json"}
        hits, texts = again.hits["prepare"]
        assert hits == texts == sum(path.endswith(".md") for path in WHOLE)
        assert set(again.reasons) == {"theme"}


def test_an_edited_text_makes_its_own_page_and_those_that_show_it() -> None:
    with remembered() as site:
        site.build(WHOLE)
        edited = {**WHOLE, "news/a.md": str(WHOLE["news/a.md"]).replace("[x]", "[新]")}
        outcome = site.build(edited)
        assert outcome.reasons["record news/a.md"] == "news/a.md 的正文改了"
        made = site.folder.made
        assert "news/a/index.html" in made
        # Nothing of these shows the text.
        assert made.isdisjoint({"about/index.html", "m/index.html", "z/2023-01/a/index.html"})
        assert outcome.hits["prepare"] == (
            sum(path.endswith(".md") for path in WHOLE) - 1,
            sum(path.endswith(".md") for path in WHOLE),
        )


def test_a_new_text_leaves_full_pages_and_old_archives_alone() -> None:
    files = {
        "news/index.md": column("要闻"),
        **{f"news/{n:02}.md": record(f"稿{n}", f"2022-03-{n + 1:02}") for n in range(18)},
    }
    with remembered() as site:
        site.build(without(files, "news/17.md"))
        before = dict(site.folder.tree)
        site.build(files)
        for number in range(1, 6):
            path = f"news/page/{number}/index.html"
            assert site.folder.tree[path] == before[path]
        assert "news/page/9/index.html" not in site.folder.tree


def test_a_damaged_file_is_made_again_and_the_reason_told() -> None:
    with remembered() as site:
        site.build(WHOLE)
        good = dict(site.folder.tree)
        site.folder.tree["about/index.html"] = b"damaged"
        site.folder.broken = {"about/index.html"}
        outcome = site.build(WHOLE)
        assert outcome.reasons == {"theme": "", "record about.md": DAMAGED}
        assert site.folder.tree == good


def test_what_is_made_anew_for_all_is_still_remembered() -> None:
    with remembered() as site:
        site.build(WHOLE)
        tree = TreeLedger(site.cache, "site", "key", site.damage.append)
        tools = workshop(WHOLE)
        steps = Build()
        steps.prepare(TOLD, NOW, tools)
        room = PressRoom(
            bench=PlainBench(render=_render),
            store=tools.store,
            tree=tree,
            theme=lambda: THEME,
            all_because="插件",
        )
        steps.render(room, site.folder, tools.read)
        steps.publish()
        tree.close()
        assert set(steps.outcome.reasons.values()) == {"插件"}
        assert steps.outcome.all_because == "插件"
        assert site.build(WHOLE).reasons.keys() == {"theme"}


@pytest.mark.parametrize("path", ["about/index.html", "search/catalogue.bin", "search/client.js"])
def test_what_another_plugin_puts_in_place_of_a_file_that_stays_is_refused(path: str) -> None:
    edited = {**WHOLE, "news/a.md": str(WHOLE["news/a.md"]).replace("[x]", "[新]")}
    with remembered() as site:
        site.build(WHOLE)
        if path not in site.folder.tree:
            path = next(p for p in sorted(site.folder.tree) if p.startswith("search/base/"))
        tree = TreeLedger(site.cache, "site", "key", site.damage.append)
        tools, steps = workshop(edited), Build()
        steps.prepare(TOLD, NOW, tools)
        room = PressRoom(
            bench=PlainBench(render=_render), store=tools.store, tree=tree, theme=lambda: THEME
        )
        steps.render(room, site.folder, tools.read)
        with pytest.raises(TwoOutputs, match=re.escape(path)):
            steps.publish([Artifact(path, b"another's")])
        tree.close()


TOPIC = "---\ntitle: 园\ngathers: [news/none]\n---\n"


@pytest.mark.parametrize("way", [1, -1])
def test_a_text_that_becomes_another_kind_is_checked_anew(way: int) -> None:
    """Of an unchanged file, which is a page without the column above it and a topic with it."""
    states: list[Files] = [
        {"t/a.md": TOPIC},
        {"t/a.md": TOPIC, "t/index.md": column("专题", "topic")},
    ]
    with remembered() as site:
        for files in states[::way]:
            outcome = site.build(files)
            _, fresh = _fresh(files, NOW)
            assert outcome.problems == fresh.problems


@pytest.mark.parametrize("way", [1, -1])
def test_an_id_that_front_matter_gives_to_a_clause_counts_for_links_to_it(way: int) -> None:
    """The text of the plan is the same all the while."""
    fixed = '[{id: "1-9", number: （一）, title: 武装, was: ["1-1"]}]'
    plans = [
        record("2022年工作要点", "2022-02-01", year=2022, text=PLAN, **more)
        for more in ({}, {"ids": fixed})
    ]
    link = record("甲", text="见[计划](../plans/2022/index.md#1-9)。")
    states = [{**WHOLE, "news/a.md": link, "plans/2022/index.md": plan} for plan in plans][::way]
    with remembered() as site:
        for files in states:
            outcome = site.build(files)
            tree, fresh = _fresh(files, NOW)
            assert outcome.problems == fresh.problems
            assert _without_index(site.folder.tree) == _without_index(tree)
        assert ("news/a/index.html" in site.folder.tree) == (way == 1)
