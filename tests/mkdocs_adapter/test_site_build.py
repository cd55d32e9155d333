"""What a build within MkDocs holds, leaves behind and remembers."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from site_plugins.domain.settings import Settings
from site_plugins.mkdocs_adapter.host import Host
from site_plugins.reading.settings import load_configuration, read_settings
from site_plugins.tools.build_lock import one_build_at_a_time
from site_plugins.tools.fingerprints import program_digest
from site_plugins.tools.host_memory import HostMemory
from tests.e2e.sites import article, settings, small_site, write

pytestmark = pytest.mark.host

BROKEN_OFF = "def on_env(env, **more):\n    raise KeyboardInterrupt\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return small_site(tmp_path / "site")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for what need not last."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def _build(site: Path, *, strict: bool = False) -> int:
    return Host().build(
        str(site / "mkdocs.yml"), output=None, now=None, strict=strict, quiet=True, jobs=1
    )


def _is_free(site: Path) -> bool:
    """Whether another build of the site need not wait."""

    def waits(text: str) -> None:
        raise AssertionError(text)

    with one_build_at_a_time(str(site / ".cache/jianyan"), waits):
        return True


def test_a_build_leaves_nothing_in_the_temporary_folder(site: Path, temporary: Path) -> None:
    assert _build(site) == 0
    assert list(temporary.iterdir()) == []
    write(site, {"content/news/faulty.md": article("错", "昨天")})
    assert _build(site, strict=True) == 1
    assert list(temporary.iterdir()) == []
    config = settings(more="hooks: [hook.py]\n")
    hook = "def on_env(env, **more):\n    raise LookupError('甲')\n"
    write(site, {"mkdocs.yml": config, "hook.py": hook})
    with pytest.raises(LookupError):
        _build(site)
    assert list(temporary.iterdir()) == []
    assert _is_free(site)


def test_a_build_that_is_broken_off_lets_go_of_all(site: Path, temporary: Path) -> None:
    write(site, {"mkdocs.yml": settings(more="hooks: [hook.py]\n"), "hook.py": BROKEN_OFF})
    with pytest.raises(KeyboardInterrupt):
        _build(site)
    assert list(temporary.iterdir()) == []
    assert _is_free(site)


def _recalled(site: Path) -> Settings | None:
    """What the next ``jianyan build`` goes by without asking a host."""
    configuration = load_configuration(str(site / "mkdocs.yml"))
    given, _ = read_settings(configuration)
    return HostMemory(given, configuration.values, program_digest()).recall()


@pytest.mark.parametrize("option", [{"theme": "readthedocs"}, {"site_name": "别名"}], ids=str)
def test_an_option_of_one_build_is_not_remembered(tmp_path: Path, option: dict[str, str]) -> None:
    config = settings().replace("name: material", "name: material\n  custom_dir: own")
    site = small_site(tmp_path / "site", {"mkdocs.yml": config, "own/main.html": ""})
    build(load_config(str(site / "mkdocs.yml"), **option))
    assert _recalled(site) is None
    assert _build(site) == 0
    before = _recalled(site)
    assert before is not None
    assert before.name == "小网站"
    assert before.theme_folders[0] == str(site / "own")
    build(load_config(str(site / "mkdocs.yml"), **option))
    assert _recalled(site) == before
