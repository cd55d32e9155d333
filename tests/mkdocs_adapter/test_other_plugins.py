"""Plugins of other makers: when every page must be made anew, and what of them pages depend on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config import load_config
from mkdocs.config.base import LegacyConfig
from mkdocs.config.config_options import Hooks, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin

from site_plugins.mkdocs_adapter.other_plugins import OtherPlugins
from tests.site_in_memory import settings

pytestmark = pytest.mark.host


class _Quiet(BasePlugin[LegacyConfig]):
    """Listens to nothing that concerns pages."""

    config_scheme = (("words", Type(object, default=None)),)

    def on_files(self, files: Any, **more: Any) -> Any:
        return files


class _Gathering(_Quiet):
    def on_page_markdown(self, markdown: str, **more: Any) -> str:
        return markdown


class _Posting(_Quiet):
    def on_post_page(self, output: str, **more: Any) -> str:
        return output


class _Environment(_Quiet):
    def on_env(self, env: Any, **more: Any) -> Any:
        return env


HOOK = "def on_page_content(html, **more):\n    return html\n"


def _config(
    folder: Path, plugins: dict[str, _Quiet], hook: str = "", listed: Sequence[str] = ()
) -> MkDocsConfig:
    (folder / "docs").mkdir(exist_ok=True)
    text = f"site_name: x\nplugins: [{', '.join(listed)}]\n"
    if hook:
        (folder / "hook.py").write_text(hook, encoding="utf-8")
        text += "hooks: [hook.py]\n"
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    config = load_config(str(folder / "mkdocs.yml"))
    for name, plugin in plugins.items():
        config.plugins[name] = plugin
    return config


def _made(kind: type[_Quiet], **options: Any) -> _Quiet:
    plugin = kind()
    errors, warnings = plugin.load_config(options)
    assert (errors, warnings) == ([], [])
    return plugin


def _others(
    folder: Path,
    plugins: dict[str, _Quiet],
    hook: str = "",
    listed: Sequence[str] = (),
    pure: tuple[str, ...] = (),
) -> OtherPlugins:
    return OtherPlugins.of(_config(folder, plugins, hook, listed), settings(pure=pure))


def test_without_others_there_is_nothing(tmp_path: Path) -> None:
    found = _others(tmp_path, {}, listed=["jianyan/site", "jianyan/feeds"])
    assert found == OtherPlugins("", "", has_environment=False, are_none=True)


def test_who_does_nothing_to_pages_asks_for_nothing(tmp_path: Path) -> None:
    found = _others(tmp_path, {"quiet": _made(_Quiet)}, listed=["jianyan/site"])
    assert (found.all_because, found.has_environment, found.are_none) == ("", False, False)
    assert "quiet" in found.facts
    assert "jianyan" not in found.facts


@pytest.mark.parametrize(
    ("kind", "has_environment"), [(_Gathering, False), (_Posting, False), (_Environment, True)]
)
def test_who_does_something_to_pages_asks_for_all(
    tmp_path: Path, kind: type[_Quiet], has_environment: bool
) -> None:
    plugins = {"quiet": _made(_Quiet), "loud": _made(kind)}
    found = _others(tmp_path, plugins)
    assert found.all_because.startswith("插件 loud 会处理页面")
    assert found.has_environment == has_environment
    pure = _others(tmp_path, plugins, pure=("loud",))
    assert (pure.all_because, pure.has_environment) == ("", has_environment)


def test_all_are_named(tmp_path: Path) -> None:
    plugins = {name: _made(_Gathering) for name in ("one", "two", "three")}
    found = _others(tmp_path, plugins, pure=("two",))
    assert found.all_because.startswith("插件 one、three 会处理页面")


def test_options_and_order_are_facts(tmp_path: Path) -> None:
    facts = {
        _others(tmp_path, plugins).facts
        for plugins in (
            {"a": _made(_Quiet), "b": _made(_Quiet)},
            {"b": _made(_Quiet), "a": _made(_Quiet)},
            {"a": _made(_Quiet, words=["x"]), "b": _made(_Quiet)},
            {"a": _made(_Quiet, words={"x": 1}), "b": _made(_Quiet)},
            {"a": _made(_Quiet)},
        )
    }
    assert len(facts) == 5
    again = _others(tmp_path, {"a": _made(_Quiet), "b": _made(_Quiet)}).facts
    assert again in facts


def test_the_version_of_a_plugin_is_a_fact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = []
    for version in ("1.0", "1.1"):
        monkeypatch.setattr(
            "site_plugins.mkdocs_adapter.other_plugins.entry_points",
            lambda version=version, **more: [_Entry(version)],
        )
        facts.append(_others(tmp_path, {"a": _made(_Quiet)}).facts)
    assert facts[0] != facts[1]
    assert "1.1" in facts[1]


class _Entry:
    def __init__(self, version: str) -> None:
        self.dist = self
        self.version = version


def test_options_that_cannot_be_compared_ask_for_all(tmp_path: Path) -> None:
    found = _others(tmp_path, {"a": _made(_Quiet, words=object())})
    assert found.all_because == "插件的设置里有无法比较的内容（object），全部重新生成"
    assert found.facts == ""
    loud = _others(tmp_path, {"a": _made(_Gathering, words=object())})
    assert loud.all_because.startswith("插件 a 会处理页面")


def test_a_hook_that_does_something_to_pages_asks_for_all(tmp_path: Path) -> None:
    found = _others(tmp_path, {}, HOOK)
    assert found.all_because.startswith("插件 hook.py 会处理页面")
    assert not found.are_none


def test_a_hook_that_does_nothing_to_pages_asks_for_nothing(tmp_path: Path) -> None:
    found = _others(tmp_path, {}, "def on_files(files, **more):\n    return files\n")
    assert (found.all_because, found.are_none) == ("", False)


def test_an_edited_hook_is_another_fact(tmp_path: Path) -> None:
    """Named as pure, its pages are made anew when it changes."""
    before = _others(tmp_path, {}, HOOK, pure=("hook.py",))
    edited = HOOK.replace("return html", "return html + 'x'")
    # As another process would, that has not loaded it yet.
    Hooks._load_hook.cache_clear()
    after = _others(tmp_path, {}, edited, pure=("hook.py",))
    assert before.all_because == ""
    assert before.facts != after.facts


def test_a_hook_that_was_edited_after_it_was_loaded_is_the_one_that_was_loaded(
    tmp_path: Path,
) -> None:
    config = _config(tmp_path, {}, HOOK)
    before = OtherPlugins.of(config, settings()).facts
    (tmp_path / "hook.py").write_text(HOOK + "# edited\n", encoding="utf-8")
    assert OtherPlugins.of(config, settings()).facts == before
