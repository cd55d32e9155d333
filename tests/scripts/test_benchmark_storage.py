"""What benchmarks part with is away at once, and deleted when all is measured."""

from pathlib import Path

import pytest

from scripts.benchmark import command, storage
from scripts.benchmark.command import Benchmark


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(storage, "BENCH_CACHE", tmp_path)
    return tmp_path


def test_what_is_put_aside_is_away_and_still_there(cache: Path) -> None:
    for run in range(3):
        site = cache / "corpus" / "site"
        (site / "news").mkdir(parents=True)
        (site / "news" / "index.html").write_text(str(run), encoding="utf-8")
        storage.put_aside(site)
        assert not site.exists()
    storage.put_aside(cache / "corpus" / "nothing")
    aside = sorted(cache.glob("aside/*/news/index.html"))
    assert [file.read_text(encoding="utf-8") for file in aside] == ["0", "1", "2"]


def test_the_command_deletes_it_in_the_end(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(articles: int, runs: int) -> dict[str, object]:
        storage.put_aside(_made(cache / "site"))
        assert (cache / "aside").is_dir()
        return {}

    monkeypatch.setitem(command.BENCHMARKS, "build", Benchmark(run, "x"))
    assert command.main(["build", "3"]) == 0
    assert list(cache.iterdir()) == []


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
