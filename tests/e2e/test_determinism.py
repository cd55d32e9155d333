"""The same input gives the same bytes: wherever, whenever, whoever builds it."""

from __future__ import annotations

import json
import re
import socket
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.e2e.commands import ROOT, build
from tests.e2e.sites import copy_sample, small_site
from tests.e2e.trees import differences, plain, tree

pytestmark = pytest.mark.host


def test_other_folder_other_zone_other_tongue(
    sample_tree: dict[str, bytes], tmp_path: Path
) -> None:
    elsewhere = copy_sample(tmp_path / "另一个 文件夹" / "x")
    variables = {"TZ": "America/New_York", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "4711"}
    build(elsewhere, "--strict", **variables)
    assert differences(sample_tree, tree(elsewhere / "site")) == []


def test_other_seeds_and_zones_on_a_site_without_a_clock(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    trees = []
    for number, zone in enumerate(("UTC", "Asia/Shanghai", "Pacific/Kiritimati")):
        build(site, "-d", tmp_path / zone, TZ=zone, PYTHONHASHSEED=str(number))
        trees.append(tree(tmp_path / zone))
    build(site, "-d", tmp_path / "later", "--now", "2099-12-31T23:59:59+08:00")
    trees.append(tree(tmp_path / "later"))
    assert all(differences(trees[0], other) == [] for other in trees[1:])


def test_the_order_of_files_on_the_disk_does_not_matter(
    sample: Path, sample_tree: dict[str, bytes], tmp_path: Path
) -> None:
    """A folder lists what was written last in another place; so write it in another order."""
    again = tmp_path / "again"
    for file in sorted(sample.rglob("*"), reverse=True):
        path = file.relative_to(sample)
        if file.is_file() and path.parts[0] in ("content", "theme", "mkdocs.yml"):
            copy = again / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    build(again)
    assert differences(sample_tree, tree(again / "site")) == []


def test_nothing_tells_where_when_or_on_which_machine(
    sample: Path, sample_tree: dict[str, bytes]
) -> None:
    today = date.today()
    days = [today - timedelta(days=1), today, datetime.now(UTC).date()]
    formats = ("%Y-%m-%d", "%Y%m%d", "%a, %d %b %Y", "%d %b %Y", "%Y/%m/%d")
    told = {day.strftime(form) for day in days for form in formats}
    told |= {f"{day.year}年{day.month}月{day.day}日" for day in days}
    told |= {
        str(sample),
        str(ROOT),
        sys.prefix,
        tempfile.gettempdir() + "/",
        str(Path.home()) + "/",
    }
    host = socket.gethostname()
    if len(host) > 5 and host != "localhost":
        told.add(host)
    found = {
        (path, words)
        for path, content in sample_tree.items()
        for words in told
        if words.encode() in plain(content)
    }
    assert found == set()


def test_the_facts_of_the_tree_are_facts_of_nothing_else(sample_tree: dict[str, bytes]) -> None:
    facts = json.loads(sample_tree["build.json"])
    assert list(facts) == ["generator", "records", "columns", "files", "digest"]
    # The index's files depend on what was edited since it was last compacted.
    index = [path for path in sample_tree if re.fullmatch(r"search/.*\.bin", path)]
    assert facts["files"] == len(sample_tree) - 1 - len(index)
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", facts["digest"])
