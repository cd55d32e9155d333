"""What of an edition is searched."""

from __future__ import annotations

import pytest

from site_plugins.outputs.search.documents import SearchDocument
from site_plugins.outputs.search.published import SearchContents, search_documents
from tests.site_in_memory import column, edition_of

FILES: dict[str, str | bytes] = {
    "news/index.md": column("要闻"),
    "news/a.md": (
        "---\ntitle: 座谈会\nkicker: 引题\nsubtitle: 副题\ndate: 2022-03-18\nauthor: 某甲、某乙\n"
        "editor: 某戊\nsource: 示例市政协\ntags: [协商]\nplaces: [石拱桥]\n"
        "members: [members/ding]\n"
        "attachments:\n  - {file: list.pdf, name: 名单}\n  - {file: b.pdf}\n---\n正文。\n"
    ),
    "news/list.pdf": b"%PDF",
    "news/b.pdf": b"%PDF",
    "news/hidden.md": "---\ntitle: 草稿\ndate: 2022-03-18\nstatus: draft\n---\n草稿。\n",
    "members/index.md": ("---\ntitle: 委员\ncolumn:\n  holds: [member]\n  layout: people\n---\n"),
    "members/ding.md": "---\ntitle: 某丁\nname: 某丁\nsector: 教育界\n---\n",
    "proposals/index.md": "---\ntitle: 提案\ncolumn:\n  holds: [proposal]\n---\n",
    "proposals/1.md": (
        "---\ntitle: 修桥的提案\nnumber: 1\nproposers: [某丙]\nlead_unit: 示例市交通局\n"
        "public: true\nfiled: 2022-02-01\nreply: {unit: 答复局, text: 已经办理}\n---\n案由。\n"
    ),
}


@pytest.fixture(scope="module")
def documents() -> dict[str, SearchDocument]:
    return {one.address: one for one in search_documents(edition_of(FILES))}


def test_every_public_text_has_its_address(documents: dict[str, SearchDocument]) -> None:
    assert set(documents) == {
        "/news/",
        "/news/a/",
        "/members/",
        "/members/ding/",
        "/proposals/",
        "/proposals/1/",
    }
    contents = SearchContents(edition_of(FILES))
    assert set(contents.digests) == set(documents)
    assert {one.address: one for one in contents.documents(contents.digests)} == documents


def test_an_article(documents: dict[str, SearchDocument]) -> None:
    article = documents["/news/a/"]
    assert (article.title, article.headlines) == ("座谈会", ("引题", "副题"))
    assert (article.kind, article.column, article.year) == ("article", "news", 2022)
    assert article.date == "2022-03-18"
    beside = {"某甲、某乙", "示例市政协", "协商", "石拱桥", "某丁", "名单", "b.pdf"}
    assert article.texts[0] == "正文。"
    assert beside <= set(article.texts)
    assert article.people == ("某甲", "某乙", "某戊", "某丁")


def test_a_proposal(documents: dict[str, SearchDocument]) -> None:
    proposal = documents["/proposals/1/"]
    assert {"某丙", "示例市交通局", "答复局", "已经办理"} <= set(proposal.texts)
    assert proposal.people == ("某丙",)


def test_a_member(documents: dict[str, SearchDocument]) -> None:
    member = documents["/members/ding/"]
    assert "教育界" in member.texts
    assert member.people == ("某丁",)
