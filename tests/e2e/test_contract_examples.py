"""Sites written like the examples of the content model build, at the addresses promised."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.e2e.commands import build, run
from tests.e2e.sites import article, column, copy_fixture, small_site, write
from tests.e2e.trees import tree

# What the addresses of a site promise (docs/architecture.md), for the site tests/sites/contract.
PAGES = """
/ /news/ /news/2022/0318-bimonthly/ /news/archive/2022/ /notices/
/plans/ /plans/2022/ /plans/2022/progress/ /plans/2022/progress/embed/ /plans/archive/2022/
/proposals/ /proposals/2022/0012/ /proposals/archive/2022/
/members/ /members/zhang-xx/ /topics/ /topics/old-town/
/magazine/ /magazine/2022-01/ /magazine/2022-01/01-preface/ /magazine/2022-01/02-water/
/magazine/2022-01/03-school/
/tags/ /tags/shuang-yue-xie-shang/ /tags/lao-jiu-xiao-qu/ /feeds/ /search/ /sitemap/
""".split()
FEEDS = [
    *("", "news/", "notices/", "plans/", "plans/2022/", "proposals/", "topics/old-town/"),
    "magazine/",
]


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The built tree of the examples."""
    folder = copy_fixture("contract", tmp_path_factory.mktemp("contract") / "site")
    build(folder, "--strict")
    return tree(folder / "site")


def test_the_examples_have_no_fault(tmp_path: Path) -> None:
    answer = run("jianyan", "check", cwd=copy_fixture("contract", tmp_path / "site"))
    assert (answer.status, answer.out) == (0, "")


@pytest.mark.host
def test_every_address_is_as_promised(contract: dict[str, bytes]) -> None:
    pages = {f"{address.strip('/')}/index.html".lstrip("/") for address in PAGES}
    found = {path for path in contract if path.endswith("index.html")}
    assert found == pages
    feeds = {
        f"{folder}{name}" for folder in FEEDS for name in ("feed.xml", "atom.xml", "feed.json")
    }
    assert feeds <= contract.keys()
    assert {"404.html", "sitemap.xml", "robots.txt", "build.json"} <= contract.keys()
    assert {"news/2022/0318.jpg", "news/2022/agenda.pdf"} <= contract.keys()


@pytest.mark.host
def test_clauses_have_their_addresses_and_their_evidence(contract: dict[str, bytes]) -> None:
    page = contract["plans/2022/index.html"].decode()
    assert re.findall(r'id="(\d-\d)"', page) == ["1-1", "1-2", "2-1", "2-2"]
    clause = page[page.index('id="2-2"') :]
    assert "示例市政协召开双月协商座谈会" in clause
    assert "双月协商座谈会 4 次" in clause
    news = contract["news/2022/0318-bimonthly/index.html"].decode()
    assert '../../../plans/2022/#2-2"' in news


@pytest.mark.host
def test_an_article_says_all_that_its_front_matter_says(contract: dict[str, bytes]) -> None:
    page = contract["news/2022/0318-bimonthly/index.html"].decode()
    for words in (
        "双月协商聚焦民生",
        "示例市政协召开双月协商座谈会",
        "为老旧小区改造建言",
        "示例市政协办公室",
        "记者 某甲",
        "09:30",
        'alt="会场全景"',
        "会议议程",
        "PDF",
        "当前位置",
    ):
        assert words in page
    proposal = contract["proposals/2022/0012/index.html"].decode()
    for words in ("五届一次", "城建环保", "市园林局", "园提〔2022〕3号", "办复", "满意"):
        assert words in proposal


@pytest.mark.host
def test_a_topic_gathers_by_its_tags(contract: dict[str, bytes]) -> None:
    page = contract["topics/old-town/index.html"].decode()
    assert 'href="../../news/2022/0318-bimonthly/"' in page
    assert "示例市政协召开双月协商座谈会" in contract["topics/old-town/feed.xml"].decode()


@pytest.mark.host
def test_an_issue_shows_its_contents_in_order(contract: dict[str, bytes]) -> None:
    page = contract["magazine/2022-01/index.html"].decode()
    main = page[page.index("<main") :]
    words = ["卷首", "卷首语", "协商议政", "护一河清水", "学校门前"]
    places = [main.index(f">{word}<") for word in words]
    assert places == sorted(places)


def test_a_plan_may_stand_in_no_column(tmp_path: Path) -> None:
    site = copy_fixture("contract", tmp_path / "site")
    (site / "content/plans/index.md").unlink()
    answer = run("jianyan", "check", cwd=site)
    assert (answer.status, answer.out) == (0, "")


@pytest.mark.host
def test_full_pages_of_a_column_never_change(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"content/many/index.md": column("很多", "article")}
    for day in range(1, 29):
        files[f"content/many/02{day:02}-x.md"] = article(f"第{day}天", f"2023-02-{day:02}")
    site = small_site(tmp_path / "site", files)
    build(site)
    before = tree(site / "site")
    numbered = [path for path in before if path.startswith("many/page/")]
    assert numbered == ["many/page/1/index.html"]
    for day in range(1, 15):
        name = f"content/many/03{day:02}-x.md"
        write(site, {name: article(f"三月{day}", f"2023-03-{day:02}")})
    build(site)
    after = tree(site / "site")
    numbered = [path for path in after if path.startswith("many/page/")]
    assert numbered == ["many/page/1/index.html", "many/page/2/index.html"]
    rows = [
        re.findall(r"many/(0\d\d\d)-x/", tree_[numbered[0]].decode()) for tree_ in (before, after)
    ]
    assert rows[0] == rows[1]
