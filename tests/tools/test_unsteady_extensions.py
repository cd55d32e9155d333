"""Markdown extensions that may look at more than the text, and those said not to."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_plugins.tools.fingerprints import source_digest
from site_plugins.tools.unsteady_extensions import pure_extensions, unsteady_extensions
from tests.site_in_memory import settings

USED = ("toc", "markdown.extensions.tables", "pymdownx.tilde", "pymdownx.snippets", "own")


def test_what_is_not_known_to_be_steady_is_told() -> None:
    assert list(unsteady_extensions(settings(extensions=USED))) == ["pymdownx.snippets", "own"]
    pure = settings(extensions=USED, pure=("own",))
    assert list(unsteady_extensions(pure)) == ["pymdownx.snippets"]


def test_the_module_of_a_pure_extension_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    used = settings(extensions=USED, pure=("own", "toc"))
    found = []
    for body in ("a = 1\n", "a = 2\n"):
        (tmp_path / "own.py").write_text(body, encoding="utf-8")
        source_digest.cache_clear()
        found.append(list(pure_extensions(used)))
    assert [name for name, _ in found[0]] == ["own"]
    assert found[0] != found[1]
    assert list(pure_extensions(settings(extensions=USED))) == []
