"""scripts/bench peers: the same articles for every generator."""

import json
import re

import pytest

from scripts.benchmark.articles import article, headline
from scripts.benchmark.peer import Peer, peer_article, peer_files
from scripts.benchmark.peers_benchmark import PEERS, ratios

N = 80
EACH = pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)


@EACH
def test_every_article_has_a_file_at_its_place(peer: Peer) -> None:
    files = dict(peer_files(peer, N))
    for index in range(N):
        assert f"content/{headline(index, N).path}" in files


@EACH
def test_the_markdown_is_the_same_except_for_where_links_lead(peer: Peer) -> None:
    target = re.compile(r"\]\([^)]*\)")
    for index in range(N):
        body = article(index, N).split("---\n", 2)[2]
        _, text = peer.article(peer_article(index, N))
        assert target.sub("]()", text).endswith(target.sub("]()", body))


def test_links_and_pictures_lead_to_addresses() -> None:
    places = {peer_article(index, N).place for index in range(N)}
    found = [
        link for i in range(N) for link in re.findall(r"\]\(([^)]*)\)", peer_article(i, N).body)
    ]
    assert any(link.startswith("/pictures/") for link in found)
    assert any(link.strip("/") in places for link in found)
    for link in found:
        assert link.startswith("/pictures/") or link.strip("/") in places


def test_hugo_gets_front_matter_that_says_the_same() -> None:
    hugo = next(peer for peer in PEERS if peer.name == "hugo")
    one = peer_article(7, N)
    front, _ = json.JSONDecoder().raw_decode(hugo.article(one)[1])
    assert front["date"].startswith(str(one.fields["date"]).replace(" ", "T"))
    assert {**front, "date": ""} == {**one.fields, "date": ""}


def test_pelican_gets_its_own_head() -> None:
    pelican = next(peer for peer in PEERS if peer.name == "pelican")
    one = peer_article(7, N).titled("新标题")
    head = pelican.article(one)[1].split("\n\n")[0].split("\n")
    assert "title: 新标题" in head
    assert f"category: {one.column}" in head
    assert f"slug: {one.name}" in head
    assert f"tags: {', '.join(one.fields['tags'])}" in head
    assert not any(line.startswith(("author:", "source:")) for line in head)


def test_ratios_divide_ours_by_theirs() -> None:
    def costing(cpu: float) -> dict[str, object]:
        cost = {"cpu_seconds": cpu, "wall_seconds": cpu / 2, "peak_memory_mb": 100 * cpu}
        return {"cold": cost, "title_edit": cost}

    found = ratios({"jianyan": costing(2), "hugo": costing(8)})
    assert found.keys() == {"hugo"}
    assert found["hugo"]["cold"] == {
        "cpu_seconds": 0.25,
        "wall_seconds": 0.25,
        "peak_memory_mb": 0.25,
    }
