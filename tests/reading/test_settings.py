"""mkdocs.yml, read without MkDocs."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_plugins.domain.settings import ATTACHMENT_TYPES, CAPABILITIES, Settings
from site_plugins.reading.settings import UnreadableSettings, load_configuration, read_settings
from tests.site_in_memory import at

WHOLE = """site_name: 示例市政协
site_url: https://zx.example.com/zx/
site_description: 要闻、公告
docs_dir: content
theme:
  name: material
plugins:
  - search
  - jianyan/site:
      clock: 2023-10-20T09:00:00+08:00
      office:
        organiser: 示例市政协办公室
        phone: 0000-1234567
      services:
        - {title: 查计划, url: /plans/2022/, note: 逐条可查}
      attachment_types: [.PDF, docx]
  - jianyan/feeds: {items: 5}
  - jianyan/search
markdown_extensions:
  - footnotes
  - toc: {permalink: true}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    return tmp_path


def _settings(root: Path, text: str, output: str | None = None) -> tuple[Settings, list[str]]:
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    settings, problems = read_settings(load_configuration(str(root / "mkdocs.yml")), output)
    return settings, [f"{p.path}:{p.line} {p.code}" for p in problems]


def test_a_red_head_is_set_under_plans(root: Path) -> None:
    plain, _ = _settings(root, "site_name: 示例\ndocs_dir: content\nplugins: [jianyan/plans]\n")
    assert plain.red_head == ""
    listed = "plugins:\n  - jianyan/plans:\n      red_head: 政协示例市委员会文件\n"
    headed, told = _settings(root, "site_name: 示例\ndocs_dir: content\n" + listed)
    assert (headed.red_head, told) == ("政协示例市委员会文件", [])


def test_the_whole_is_read(root: Path) -> None:
    settings, told = _settings(root, WHOLE)
    assert told == []
    assert (settings.name, settings.url, settings.base) == (
        "示例市政协",
        "https://zx.example.com/zx/",
        "/zx/",
    )
    assert (settings.content, settings.content_name) == (str(root / "content"), "content/")
    assert settings.output == str(root / "site")
    assert settings.cache == str(root / ".cache" / "jianyan")
    assert settings.clock == at("2023-10-20T09:00:00")
    assert settings.office.organiser == "示例市政协办公室"
    assert settings.office.phone == "0000-1234567"
    assert settings.services == (("查计划", "plans/2022/", "逐条可查"),)
    assert settings.attachment_types == ("pdf", "docx")
    assert (settings.feed_items, settings.per_page) == (5, 20)
    assert settings.capabilities == {"site", "feeds", "search"}
    assert settings.extensions == ("footnotes", "toc")
    assert settings.extension_configs == {"toc": {"permalink": True}}


def test_what_is_not_written_has_its_default(root: Path) -> None:
    settings, told = _settings(root, "site_name: 示例\ndocs_dir: content\n")
    assert told == []
    assert (settings.url, settings.clock, settings.office.full_name) == ("", None, "")
    assert (settings.markdown_limit, settings.file_limit) == (2_000_000, 20_000_000)
    assert settings.attachment_types == tuple(ATTACHMENT_TYPES)
    assert settings.capabilities == frozenset()
    assert not any(settings.has(name) for name in CAPABILITIES)


def test_plugins_may_be_written_as_a_mapping(root: Path) -> None:
    settings, told = _settings(root, HEAD + "plugins:\n  jianyan/site: {per_page: 5}\n")
    assert (settings.per_page, told) == (5, [])
    assert settings.capabilities == {"site"}


def test_the_output_may_be_told(root: Path) -> None:
    settings, told = _settings(root, WHOLE, str(root / "elsewhere"))
    assert (settings.output, told) == (str(root / "elsewhere"), [])


def test_inherited_settings_are_merged(root: Path) -> None:
    (root / "base.yml").write_text(
        "site_name: 上级\nextra: {a: 1, b: 1}\ndocs_dir: content\n", encoding="utf-8"
    )
    (root / "mkdocs.yml").write_text(
        "INHERIT: base.yml\nsite_name: 本级\nextra: {b: 2}\n", encoding="utf-8"
    )
    configuration = load_configuration(str(root / "mkdocs.yml"))
    assert configuration.values["extra"] == {"a": 1, "b": 2}
    assert configuration.inherited == (str(root / "base.yml"),)
    assert read_settings(configuration)[0].name == "本级"


def test_environment_variables_as_mkdocs_reads_them(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAME_OF_SITE", "由变量来")
    monkeypatch.delenv("NO_SUCH_NAME", raising=False)
    head = "docs_dir: content\nsite_name: "
    for written, name in (
        ("!ENV NAME_OF_SITE", "由变量来"),
        ("!ENV [NO_SUCH_NAME, NAME_OF_SITE, 缺省]", "由变量来"),
        ("!ENV [NO_SUCH_NAME, 缺省]", "缺省"),
    ):
        assert _settings(root, f"{head}{written}\n")[0].name == name


HEAD = "site_name: 示例\ndocs_dir: content\n"
SITE = HEAD + "plugins:\n  - jianyan/site:\n      "


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("docs_dir: content\n", ["1 JY060"]),
        ("site_name: 示例\ndocs_dir: nowhere\n", ["2 JY061"]),
        (HEAD + "site_url: zx.example.com\n", ["3 JY060"]),
        (HEAD + "site_url: ftp://zx.example.com/\n", ["3 JY060"]),
        (HEAD + "site_url: 'http://['\n", ["3 JY060"]),
        (HEAD + "site_dir: content\n", ["3 JY060", "3 JY060"]),
        (HEAD + "site_dir: content/site\n", ["3 JY060"]),
        (HEAD + "site_dir: .\n", ["3 JY060"] * 3),
        (HEAD + "site_dir: ..\n", ["3 JY060"] * 3),
        (HEAD + "site_dir: .cache\n", ["3 JY060"]),
        (HEAD + "plugins:\n  - jianyan/feeds\n", ["1 JY062"]),
        (SITE + "per_pag: 5\n", ["5 JY010"]),
        (SITE + "per_page: 0\n", ["5 JY013"]),
        (SITE + "clock: 明天\n", ["5 JY014"]),
        (SITE + "office:\n        phon: 1\n", ["6 JY010"]),
        (SITE + "services:\n        - {title: 甲}\n", ["6 JY011"]),
        (SITE + '"a[": 1\n', ["5 JY010"]),
        (HEAD + "extra_css: [style.css]\n", ["3 JY060"]),
        (HEAD + "extra_javascript: ['https://cdn.example.com/a.js']\n", ["3 JY060"]),
        (HEAD + "extra_css: 5\nmarkdown_extensions: 5\nplugins: 5\n", []),
    ],
)
def test_faults_of_settings(root: Path, text: str, told: list[str]) -> None:
    assert _settings(root, text)[1] == [f"mkdocs.yml:{one}" for one in told]


def test_a_link_does_not_hide_where_the_site_goes(root: Path) -> None:
    (root / "site").symlink_to(root / "content")
    assert _settings(root, HEAD)[1] == ["mkdocs.yml:1 JY060", "mkdocs.yml:1 JY060"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "1 JY060"),
        (b"site_name: [\n", "2 JY063"),
        (b"- a\n", "1 JY063"),
        (b"", "1 JY063"),
        ("site_name: 示例".encode("gb18030"), "1 JY001"),
        (b"site_name: a\nb: \xff\xff\xff", "2 JY002"),
    ],
)
def test_settings_that_cannot_be_read(root: Path, content: bytes | None, told: str) -> None:
    if content is not None:
        (root / "mkdocs.yml").write_bytes(content)
    with pytest.raises(UnreadableSettings) as raised:
        load_configuration(str(root / "mkdocs.yml"))
    (found,) = raised.value.problems
    assert f"{found.line} {found.code}" == told
    assert str(raised.value) == found.text
