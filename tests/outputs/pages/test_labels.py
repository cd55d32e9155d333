"""Labels for machines: META names, JSON-LD that cannot leave its element."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from site_plugins.outputs.pages.labels import script_json
from tests.site_in_memory import Files, column, edition_of, pages_of, record

FILES: Files = {
    "news/index.md": column("要闻"),
    "news/a.md": record(
        "</script><script>alert(1)</script>",
        "2022-03-18 09:30",
        author="记者 某甲",
        tags="[公园, 民生]",
    ),
    "about.md": "# 关于\n",
}


def test_content_labels() -> None:
    labels = dict(pages_of(edition_of(FILES))["news/a/"].page.labels)
    wanted = {
        "SiteName": "示例市政协",
        "ColumnName": "要闻",
        "ColumnType": "工作动态",
        "ArticleTitle": "</script><script>alert(1)</script>",
        "PubDate": "2022-03-18 09:30",
        "ContentSource": "示例市政协办公室",
        "Keywords": "公园,民生",
        "Author": "记者 某甲",
    }
    assert wanted.items() <= labels.items()


def test_a_page_outside_of_columns_has_the_sites_labels() -> None:
    labels = dict(pages_of(edition_of(FILES))["about/"].page.labels)
    assert labels == {
        "SiteName": "示例市政协",
        "SiteDomain": "zx.example.com",
        "ArticleTitle": "关于",
    }


def test_json_ld_of_an_article() -> None:
    text = pages_of(edition_of(FILES))["news/a/"].page.json_ld
    assert "<" not in text
    data = json.loads(text)
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "</script><script>alert(1)</script>"
    assert data["datePublished"] == "2022-03-18T09:30:00+08:00"
    assert data["url"] == "https://zx.example.com/news/a/"
    assert data["author"]["name"] == "记者 某甲"


def test_without_an_address_of_the_site_none_is_told() -> None:
    data = json.loads(pages_of(edition_of(FILES, url=""))["news/a/"].page.json_ld)
    assert "url" not in data


TEXTS = st.text(st.sampled_from("</script>!-- \u2028\u2029\"'&题\\\n"), max_size=20)


@given(st.recursive(TEXTS, lambda below: st.lists(below, max_size=3), max_leaves=5))
def test_json_cannot_end_its_element_and_says_the_same(data: object) -> None:
    text = script_json(data)
    assert not set(text) & set("<\u2028\u2029\n")
    assert json.loads(text) == data


@given(st.dictionaries(st.sampled_from("甲乙"), st.text(st.characters(exclude_categories=["Cs"]))))
def test_json_is_written_as_the_standard_library_does(data: object) -> None:
    plain = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    escaped: dict[str, str | int | None] = {
        "<": "\\u003c",
        "\u2028": "\\u2028",
        "\u2029": "\\u2029",
    }
    assert script_json(data) == plain.translate(str.maketrans(escaped))
