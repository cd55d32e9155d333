"""Bulk lines and their mapping: the engine's side is played here as its manual describes it."""

from __future__ import annotations

import json
import re

from site_plugins.domain.folding import fold
from site_plugins.outputs.search.documents import SearchDocument
from site_plugins.outputs.search.export.lines import SEARCHED, bulk_lines, mapping

DOCUMENT = SearchDocument(
    address="/news/a/", title="雙月協商", date="2022-03-18", kind="article", column="news",
    year=2022, texts=("老旧小区，改造。", "第二段"), attachments=("附件里的字",),
)  # fmt: skip


def test_lines() -> None:
    first, second = bulk_lines([DOCUMENT])
    assert json.loads(first) == {"index": {"_id": "/news/a/"}}
    source = json.loads(second)
    assert source["title"] == "雙月協商"
    assert source["texts"] == ["老旧小区，改造。", "第二段"]
    assert source["date"] == "2022-03-18"
    assert source["search_title"] == "双月 月协 协商 商"
    assert source["search_texts"] == "老旧 旧小 小区 区改 改造 造 第二 二段 段"
    assert source["search_attachments"] == "附件 件里 里的 的字 字"


def test_a_document_without_date_has_none() -> None:
    _, second = bulk_lines([SearchDocument(address="/a/", title="甲")])
    assert json.loads(second)["date"] is None


def test_the_mapping_names_every_field() -> None:
    _, second = bulk_lines([DOCUMENT])
    properties = json.loads(mapping())["mappings"]["properties"]
    assert properties.keys() == json.loads(second).keys()
    analyzers = {properties[f"search_{part}"]["search_analyzer"] for part in SEARCHED}
    assert analyzers == {"jianyan"}


def test_the_engine_folds_as_the_site_does() -> None:
    (rules,) = json.loads(mapping())["settings"]["analysis"]["char_filter"].values()
    table = {}
    for rule in rules["mappings"]:
        written, _, folded = rule.partition(" => ")
        table[_read(written)] = _read(folded)
    for text in ("雙月協商，２０２２年 ㎡ ＡＢＣ", "乾隆・徵求“意見”", "𠀀①ﬁ"):
        assert "".join(table.get(one, one) for one in text) == fold(text)


def _read(escaped: str) -> str:
    units = re.findall(r"\\u([0-9a-f]{4})", escaped)
    return bytes.fromhex("".join(units)).decode("utf-16-be")
