"""Digests of what a site depends on beside its content."""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields, replace

from site_plugins.domain.settings import Settings
from site_plugins.tools.fingerprints import (
    Unknowable,
    program_digest,
    settings_digest,
    sheet_settings_digest,
    source_digest,
    theme_digest,
    told,
)
from tests.site_in_memory import settings

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


def _canonical(value: Any) -> Any:
    """Equal only for values of one kind: in Python True is 1 and 1.0."""
    if isinstance(value, dict):
        return {key: _canonical(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    return type(value).__name__, repr(value)


@given(PLAIN, PLAIN)
def test_another_value_is_told_in_other_words(one: Any, other: Any) -> None:
    assert (told(one) == told(other)) == (_canonical(one) == _canonical(other))


@given(st.dictionaries(st.text(max_size=3), st.integers(), max_size=4))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    assert told(dict(reversed(value.items()))) == told(value)
    assert told(set(value)) == told(frozenset(reversed(list(value))))


def _one(*arguments: int) -> None: ...


def _other(*arguments: int) -> None: ...


@dataclass(frozen=True)
class _Option:
    name: str
    do: Callable[[], None]


def test_functions_are_told_by_their_names_and_the_file_they_stand_in() -> None:
    assert told(_one) == told(_one) != told(_other)
    assert told(functools.partial(_one, 1)) != told(functools.partial(_one, 2))
    assert told(functools.partial(_one, 1)) == told(functools.partial(_one, 1))
    assert told(_Option("a", _one)) != told(_Option("a", _other))
    assert told(_Option("a", _one)) == told(_Option("a", _one))


def test_the_file_of_a_function_of_the_site_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "my_slugs.py"
    monkeypatch.syspath_prepend(str(tmp_path))
    words = []
    for body in ("return text", "return text.lower()"):
        file.write_text(f"def slug(text, separator):\n    {body}\n", encoding="utf-8")
        sys.modules.pop("my_slugs", None)
        words.append(told({"slugify": __import__("my_slugs").slug}))
    sys.modules.pop("my_slugs", None)
    assert words[0] != words[1]


@pytest.mark.parametrize("value", [object(), lambda: 1, {"a": [object()]}, iter("")])
def test_what_cannot_be_told_from_another_is_said_so(value: Any) -> None:
    with pytest.raises(Unknowable):
        told(value)


OTHERS: dict[str, Any] = {
    "root": "/elsewhere",
    "config": "/elsewhere/mkdocs.yml",
    "content": "/elsewhere/content",
    "output": "/elsewhere/site",
    "cache": "/elsewhere/cache",
    "clock": "2024-01-01",
    "theme_folders": ("/elsewhere/theme",),
}


@pytest.mark.parametrize("name", OTHERS)
def test_where_a_site_lies_does_not_matter(name: str) -> None:
    base = settings()
    assert getattr(base, name) != OTHERS[name]
    moved = replace(base, **{name: OTHERS[name]})
    assert settings_digest(moved) == settings_digest(base)
    assert sheet_settings_digest(moved) == sheet_settings_digest(base)


def _other_value(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, frozenset):
        return value | {"more"}
    if isinstance(value, tuple):
        return (*value, "more")
    if isinstance(value, dict):
        return {**value, "more": {"x": 1}}
    return f"{value or ''}x"


@pytest.mark.parametrize("name", sorted({f.name for f in fields(Settings)} - OTHERS.keys()))
def test_every_other_setting_matters_to_pages(name: str) -> None:
    base = settings()
    changed = replace(base, **{name: _other_value(getattr(base, name))})
    assert settings_digest(changed) != settings_digest(base)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("content_name", "texts/"),
        ("markdown_limit", 5),
        ("file_limit", 5),
        ("extensions", ("footnotes",)),
        ("extension_configs", {"toc": {"permalink": True}}),
    ],
)
def test_what_conversion_depends_on_matters_to_sheets(name: str, value: Any) -> None:
    assert sheet_settings_digest(settings(**{name: value})) != sheet_settings_digest(settings())


def test_the_name_of_a_site_does_not_matter_to_sheets() -> None:
    assert sheet_settings_digest(settings(name="别的")) == sheet_settings_digest(settings())


def _theme(folder: Path) -> Path:
    (folder / "layouts").mkdir(parents=True)
    (folder / "layouts/home.html").write_bytes(b"<p>")
    (folder / "site.css").write_bytes(b"a{}")
    return folder


def test_every_file_of_the_theme_matters(tmp_path: Path) -> None:
    theme = _theme(tmp_path / "theme")
    digests = [theme_digest([str(theme)])]
    (theme / "layouts/home.html").write_bytes(b"<b>")
    digests.append(theme_digest([str(theme)]))
    (theme / "site.css").rename(theme / "other.css")
    digests.append(theme_digest([str(theme)]))
    (theme / "new.css").write_bytes(b"")
    digests.append(theme_digest([str(theme)]))
    assert len(set(digests)) == 4
    assert theme_digest([str(theme)]) == digests[-1]


def test_the_same_theme_elsewhere_is_the_same(tmp_path: Path) -> None:
    one, other = _theme(tmp_path / "one/theme"), _theme(tmp_path / "other/theme")
    assert theme_digest([str(one)]) == theme_digest([str(other)])


def test_what_lies_behind_a_link_of_the_theme_matters(tmp_path: Path) -> None:
    theme, shared = _theme(tmp_path / "theme"), _theme(tmp_path / "shared")
    (theme / "shared").symlink_to(shared)
    (shared / "round").symlink_to(shared)
    (shared / "back").symlink_to(theme)
    (theme / "up").symlink_to(tmp_path)
    before = theme_digest([str(theme)])
    (shared / "layouts/home.html").write_bytes(b"<b>")
    assert theme_digest([str(theme)]) != before


@pytest.mark.parametrize(("place", "is_read"), [("theme", True), ("site-packages/material", False)])
def test_a_theme_with_settings_is_read_unless_it_was_installed(
    tmp_path: Path, place: str, is_read: bool
) -> None:
    theme = _theme(tmp_path / place)
    (theme / "mkdocs_theme.yml").write_bytes(b"")
    before = theme_digest([str(theme)])
    (theme / "site.css").write_bytes(b"b{}")
    assert (theme_digest([str(theme)]) != before) == is_read
    assert theme_digest([str(tmp_path / "none")]) != before


def test_a_package_installed_or_updated_is_another_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = []
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("a-1.0.dist-info", "a-1.1.dist-info", "none.txt"):
        program_digest.cache_clear()
        digests.append(program_digest())
        (tmp_path / name).mkdir()
    program_digest.cache_clear()
    digests.append(program_digest())
    program_digest.cache_clear()
    assert len(set(digests)) == 3
    assert digests[2] == digests[3]


def test_the_sources_of_a_module_or_package_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "alone.py").write_text("a = 1\n", encoding="utf-8")
    package = tmp_path / "several"
    (package / "within").mkdir(parents=True)
    for file in (package / "__init__.py", package / "within" / "more.py"):
        file.write_text("a = 1\n", encoding="utf-8")
    assert source_digest("not_there_at_all") not in (
        before := [source_digest("alone"), source_digest("several.within.more")]
    )
    for file in (tmp_path / "alone.py", package / "within" / "more.py"):
        file.write_text("a = 2\n", encoding="utf-8")
    # What a process has loaded it goes on with.
    assert [source_digest("alone"), source_digest("several.within.more")] == before
    source_digest.cache_clear()
    after = [source_digest("alone"), source_digest("several.within.more")]
    assert not set(after) & set(before)


def test_what_a_function_of_the_site_uses_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "some_slugs.py").write_text("from slug_helper import slug\n", encoding="utf-8")
    answers = []
    for sign in "-_-":
        text = f"def helper(text):\n    return '{sign}'\ndef slug(text):\n    return helper(text)\n"
        (tmp_path / "slug_helper.py").write_text(text, encoding="utf-8")
        importlib.invalidate_caches()
        loaded = importlib.import_module("some_slugs")

        def own(text: str) -> str:
            return text

        own.__module__, own.__qualname__ = "some_slugs", "own"
        answers.append(told(own))
        assert loaded.slug("") == sign
        for name in ("some_slugs", "slug_helper"):
            sys.modules.pop(name)
        for compiled in tmp_path.glob("__pycache__/*"):
            compiled.unlink()
    assert answers[0] == answers[2] != answers[1]


def test_days_and_times_are_told_as_yaml_gives_them() -> None:
    day = date(2023, 10, 20)
    at = datetime(2023, 10, 20, 9, tzinfo=timezone(timedelta(hours=8)))
    assert (
        len({told(day), told(at), told(at.replace(tzinfo=UTC)), told(at.date().isoformat())}) == 4
    )
    assert told({"clock": at}) == told({"clock": at.replace()})
