"""A rebuild of ``serve`` bears what is wrong with a site, and tells it."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.exceptions import Abort, ConfigurationError

from site_plugins.mkdocs_adapter.rebuilding import patient
from tests.e2e.sites import settings, small_site, write

pytestmark = pytest.mark.host

STAYS = "预览没有更新，仍是原来的网页；改正后保存，会再生成\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return small_site(tmp_path / "site")


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ("site_name: [\n", "JY063"),
        (settings().replace("site_name: 小网站\n", ""), "没有写网站名称"),
        ("site_name: 甲\ndocs_dir: content\n", "没有 jianyan/site"),
    ],
)
def test_faults_of_the_settings_are_told_before_the_host_sees_them(
    site: Path, capsys: pytest.CaptureFixture[str], config: str, told: str
) -> None:
    begun: list[bool] = []
    rebuild = patient(lambda: begun.append(True), str(site / "mkdocs.yml"))
    rebuild()
    assert (begun, capsys.readouterr().err) == ([True], "")
    write(site, {"mkdocs.yml": config})
    rebuild()
    err = capsys.readouterr().err
    assert begun == [True]
    assert told in err
    assert err.endswith(STAYS)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ConfigurationError("主题不存在"), "主题不存在\n"),
        # The log has told why.
        (Abort("Aborted with a BuildError!"), ""),
    ],
)
def test_what_the_host_refuses_is_told_without_where_in_its_program(
    site: Path, capsys: pytest.CaptureFixture[str], error: Exception, told: str
) -> None:
    def refused() -> None:
        raise error

    patient(refused, str(site / "mkdocs.yml"))()
    assert capsys.readouterr().err == told + STAYS


def test_the_maker_of_a_hook_learns_where_it_failed(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def failed_hook() -> None:
        raise LookupError("甲")

    patient(failed_hook, str(site / "mkdocs.yml"))()
    err = capsys.readouterr().err
    assert "in failed_hook" in err
    assert err.endswith(f"LookupError: 甲\n{STAYS}")
