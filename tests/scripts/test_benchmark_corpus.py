"""The benchmark's site: always the same bytes, and shaped like a real one."""

import hashlib
import re
from pathlib import Path, PurePosixPath

import pytest
import yaml

from scripts.benchmark import corpus
from scripts.benchmark.articles import TAG_COUNT, headline, tags
from scripts.benchmark.corpus import corpus_texts, prepare_corpus, write_corpus
from scripts.benchmark.pictures import PICTURES
from scripts.benchmark.vocabulary import COLUMNS

N = 60


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return dict(corpus_texts(N))


def articles(texts: dict[str, str]) -> dict[str, str]:
    return {path: text for path, text in texts.items() if re.search(r"/\d{4}/", path)}


def tree_digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    write_corpus(tmp_path / "a", 8)
    write_corpus(tmp_path / "b", 8)
    assert tree_digest(tmp_path / "a") == tree_digest(tmp_path / "b")
    assert len(list((tmp_path / "a" / "content" / "pictures").iterdir())) == PICTURES


def test_a_prepared_site_is_kept_and_a_stale_one_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "write_pictures", lambda _: None)
    config = prepare_corpus(tmp_path / "site", 3)
    stamp = config.stat().st_mtime_ns
    assert prepare_corpus(tmp_path / "site", 3).stat().st_mtime_ns == stamp
    (tmp_path / "site" / "corpus.json").write_text("{}", encoding="utf-8")
    assert prepare_corpus(tmp_path / "site", 3).stat().st_mtime_ns != stamp


def test_articles_fill_ten_years_and_eight_columns(texts: dict[str, str]) -> None:
    found = articles(texts)
    assert len(found) == N
    years = {path.split("/")[2] for path in found}
    assert years == {str(year) for year in range(2014, 2024)}
    columns = {headline(index, 1000).column for index in range(1000)}
    assert columns == set(COLUMNS)
    assert len(COLUMNS) == 8


def test_front_matter_is_yaml_with_what_an_article_needs(texts: dict[str, str]) -> None:
    for text in articles(texts).values():
        head = yaml.safe_load(text.split("---\n")[1])
        assert {"title", "date", "source", "tags"} <= head.keys()
        assert ("image" in head) == ("image_alt" in head)
        assert set(head["tags"]) <= set(tags())
    assert len(set(tags())) == TAG_COUNT == 200


def test_every_link_and_picture_exists(texts: dict[str, str]) -> None:
    pictures = {f"content/pictures/view-{index:02d}.webp" for index in range(1, PICTURES + 1)}
    targets = 0
    for path, text in articles(texts).items():
        for target in re.findall(r"\]\(([^)]+)\)|^image: (\S+)", text, re.MULTILINE):
            place = PurePosixPath(path).parent / "".join(target)
            plain = re.sub(r"[^/]+/[^/]+/\.\./\.\./", "", str(place))
            assert plain in texts.keys() | pictures
            targets += 1
    assert targets > N


def test_texts_vary_like_real_ones(texts: dict[str, str]) -> None:
    bodies = [text.split("---\n", 2)[2] for text in articles(texts).values()]
    assert 1300 < sum(map(len, bodies)) / N < 1800
    runs = [re.findall(r"[\u4e00-\u9fff]+", body) for body in bodies]
    pairs = [{run[at : at + 2] for run in text for at in range(len(run) - 1)} for text in runs]
    # Counted in office prose: six of ten character pairs of such a text are new in it.
    shares = [
        len(own) / sum(len(run) for run in text) for own, text in zip(pairs, runs, strict=True)
    ]
    assert 0.5 < sum(shares) / N < 0.7
    assert len(set.union(*pairs)) > 10_000
    joined = "\n".join(bodies)
    for mark in ("\n## ", "\n- ", "\n1. ", "\n| --- |", "!["):
        assert mark in joined
