"""One build: what reaches the publisher, what build.json says, when nothing is published."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from site_plugins.build.pipeline import Build, Outcome, Refused, TwoOutputs
from site_plugins.build.ports import Laid, PressRoom, Publisher, Workshop
from site_plugins.build.preparation import Prepared
from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.settings import Settings
from site_plugins.outputs.pages import Assets
from site_plugins.tools.without_cache import NoLedger
from tests.site_in_memory import NOW, Files, Pages, PlainBench, column, record, workshop
from tests.site_in_memory import settings as site_settings

FILES: Files = {
    "news/index.md": column("要闻"),
    "news/a.md": record("甲", text="[x](a.pdf)", aliases="['/view.php?id=1', /old]"),
    "news/a.pdf": b"%PDF",
}
THEME = Assets("assets/site.css", "assets/site.js", (Artifact("assets/site.css", b"body{}"),))


@dataclass(slots=True)
class _Publisher:
    tree: dict[str, bytes] = field(default_factory=dict)
    is_done: bool = False

    def damaged(self) -> Collection[str]:
        return ()

    def published(self, path: str) -> bytes | None:
        return None

    def take(self, laid: Laid) -> None:
        raise AssertionError("there is no tray")

    def put(self, artifact: Artifact) -> None:
        assert artifact.path not in self.tree
        self.tree[artifact.path] = artifact.content

    def commit(self, gone: Collection[str], kept: int) -> None:
        assert (set(gone), kept) == (set(), 0), "nothing is remembered"
        self.is_done = True


def _render(template: str, context: Mapping[str, Any]) -> str:
    return Pages().render(template, context) or template


def _room(tools: Workshop) -> PressRoom:
    bench = PlainBench(render=_render)
    return PressRoom(bench=bench, store=tools.store, tree=NoLedger(), theme=lambda: THEME)


def build(
    told: Settings,
    files: Files,
    publisher: Publisher,
    *,
    strict: bool = False,
    tell: Callable[[Prepared], None] = lambda prepared: None,
    extra: Iterable[Artifact] = (),
    **room: Any,
) -> Outcome:
    """The three steps one after another, as a host takes them."""
    tools = workshop(files)
    steps = Build()
    steps.prepare(told, NOW, tools, strict=strict, tell=tell)
    steps.render(replace(_room(tools), **room), publisher, tools.read)
    steps.publish(extra)
    return steps.outcome


def _build(
    files: Files, extra: Iterable[Artifact] = (), **room: Any
) -> tuple[dict[str, bytes], Outcome]:
    publisher = _Publisher()
    told = site_settings(capabilities=frozenset({"site", "feeds"}))
    outcome = build(told, files, publisher, extra=extra, **room)
    assert publisher.is_done
    return publisher.tree, outcome


def test_everything_reaches_the_publisher() -> None:
    tree, outcome = _build(FILES)
    wanted = {
        "index.html",
        "404.html",
        "news/index.html",
        "news/a/index.html",
        "news/a.pdf",
        "news/archive/2022/index.html",
        "old/index.html",
        "feed.xml",
        "news/feed.json",
        "sitemap.xml",
        "sitemap/index.html",
        "robots.txt",
        "redirects.json",
        "assets/site.css",
        "build.json",
    }
    assert wanted <= set(tree)
    assert (outcome.files, outcome.records, outcome.left_out) == (len(tree), 1, 0)
    assert list(outcome.seconds) == ["prepare", "render", "publish", "remember"]


def test_build_json_is_the_digest_of_the_tree() -> None:
    tree, _ = _build(FILES)
    facts = json.loads(tree.pop("build.json"))
    rows = "".join(f"{hashlib.sha256(tree[p]).hexdigest()}  {p}\n" for p in sorted(tree))
    assert facts["digest"] == "sha256:" + hashlib.sha256(rows.encode()).hexdigest()
    assert (facts["files"], facts["records"], facts["columns"]) == (len(tree), 1, 1)
    assert facts["generator"].startswith("Jianyan ")


def test_pages_of_a_host_are_changed_and_its_files_added() -> None:
    shown: dict[str, str | None] = {}

    def post(page: Artifact, path: str | None) -> Artifact:
        shown[page.path] = path
        return replace(page, content=page.content + b"<!-- host -->")

    tree, _ = _build(FILES, post=post, extra=[Artifact("host.txt", b"1")])
    assert tree["host.txt"] == b"1"
    assert tree["index.html"].endswith(b"<!-- host -->")
    assert not tree["feed.xml"].endswith(b"<!-- host -->")
    assert shown["news/a/index.html"] == "news/a.md"
    assert shown["404.html"] is None


def test_two_outputs_at_one_path_are_refused() -> None:
    with pytest.raises(TwoOutputs, match=r"index\.html"):
        _build(FILES, extra=[Artifact("index.html", b"1")])


def test_a_strict_build_with_an_error_publishes_nothing() -> None:
    files = {**FILES, "news/b.md": record("乙", colour="red")}
    told: list[int] = []
    publisher = _Publisher()
    with pytest.raises(Refused):
        build(
            site_settings(),
            files,
            publisher,
            strict=True,
            tell=lambda prepared: told.append(prepared.errors),
        )
    assert told == [1]
    assert (publisher.tree, publisher.is_done) == ({}, False)
    tree, outcome = _build(files)
    assert "news/b/index.html" not in tree
    assert outcome.left_out == 1


def test_a_strict_build_with_warnings_goes_on() -> None:
    files = {**FILES, "news/乙.md": record("乙"), "news/b.pdf": b"unused"}
    publisher = _Publisher()
    outcome = build(site_settings(), files, publisher, strict=True)
    assert {p.code for p in outcome.problems} == {"JY009", "JY040"}
    assert "news/乙/index.html" in publisher.tree


ODD: Files = {
    "index.md": column("首页"),
    "news.md": "# 要闻\n",
    "news/a/index.md": record("甲二"),
    "news/b.md": record("乙", "0001-01-01", tags="[公园, 公 园]", implements="plans/2022#1-1"),
    "news/c.md": record("丙", "9999-12-31 23:59", pinned="true", image="../x.png", image_alt="x"),
    "news/d.md": record("丁", status="withdrawn", aliases="[/old, /old/]"),
    "news/e.md": record("戊", tags=f"[{'长' * 300}]", source_url="https://example.com/"),
    "news/f.md": b"---\ntitle: \xff\n---\n",
    "news/g.MD": record("己", text="[x](a.md) [y](../plans/2022/index.md#1-1)"),
    "news/index.html": b"<p>",
    "news/feed.xml": b"<rss/>",
    "news/sub/index.md": column("下级", "notice", feed="false", home="{position: 1}"),
    "news/sub/h.md": record("公告", number="1号", deadline="2022-05-01"),
    "x.png": b"PNG",
    "plans/index.md": column("计划", "plan"),
    "plans/2022/index.md": record("计划", year=2022, text="一、甲\n\n（一）乙。丙。\n"),
    "m/index.md": column("人", "member, body"),
    "m/a.md": "---\nkind: member\nname: 某甲\norder: 0\n---\n",
    "m/b.md": "---\nkind: body\nname: 某会\n---\n",
    "t/index.md": column("专题", "topic"),
    "t/a.md": "---\ntitle: 专题\ngathers_tags: [公园]\ngathers: [m/a, news/d]\n---\n",
    "z/index.md": "---\ntitle: 杂志\nperiodical: {order: 1}\n---\n",
    "z/2023-01/index.md": "---\ntitle: 一期\nissue: {year: 2023, number: 1, "
    "published: 2023-01-01, visibility: summary}\n---\n",
    "z/2023-01/a.md": "---\ntitle: 文\ndate: 2023-01-01\n---\n",
    "z/2023-02/index.md": "---\ntitle: 二期\nissue: {year: 2023, number: 2, "
    "published: 2023-02-01}\n---\n",
    "z/2023-02/a.md": "---\ntitle: 文\ndate: 2023-01-01\nauthors: [{name: 某甲}]\n---\n",
    "z/2023-02/b.md": "---\ntitle: 撤\ndate: 2023-01-01\nstatus: withdrawn\n---\n",
    "p/index.md": column("提案", "proposal"),
    "p/1.md": "---\ntitle: 提案\nnumber: 1\nfiled: 2022-01-01\npublic: true\n---\n",
    "loose.md": record("散", kind="article"),
}


@settings(max_examples=60)
@given(st.sets(st.sampled_from(sorted(ODD))), st.integers(1, 3))
def test_any_set_of_odd_files_gives_a_site(paths: set[str], per_page: int) -> None:
    files = {**FILES, **{path: ODD[path] for path in paths}}
    publisher = _Publisher()
    told = site_settings(per_page=per_page, capabilities=frozenset({"site", "feeds"}))
    outcome = build(told, files, publisher)
    tree = publisher.tree
    assert {"index.html", "404.html", "sitemap.xml", "build.json"} <= tree.keys()
    folders = {path.rpartition("/")[0] for path in tree}
    assert folders.isdisjoint(tree), "a file where a folder must be"
    # Whatever has an error is left out, the rest is there.
    for found in outcome.problems:
        path = found.path.removeprefix("content/")
        assert path in files
        if found.is_error and not path.endswith("index.md"):
            page = path[:-3] + "/index.html"
            assert page not in tree or f"{path[:-3]}/index.md" in files
