"""scripts/bench edit: what it changes, and that it leaves the corpus as it was."""

from pathlib import Path

import pytest

from scripts.benchmark import edits
from scripts.benchmark.articles import article
from scripts.benchmark.corpus import NOTE, corpus_texts, prepare_corpus
from scripts.benchmark.edit_benchmark import EDITS

N = 12
TEXTS = dict(corpus_texts(N))


def test_a_body_edit_touches_the_body_alone() -> None:
    before = article(3, N)
    after = edits.with_body_edit(before, 1)
    assert after.startswith(before)
    assert after != edits.with_body_edit(before, 2)


def test_a_title_edit_touches_one_line() -> None:
    before, after = article(3, N).split("\n"), edits.with_title(article(3, N), "新").split("\n")
    differing = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [new for _, new in differing] == ["title: 新"]
    with pytest.raises(ValueError, match="title"):
        edits.with_title("no front matter", "新")


def test_a_new_article_is_no_file_of_the_corpus_and_lies_beside_the_newest() -> None:
    path, text = edits.new_article(N, 1)
    assert path not in TEXTS
    assert Path(path).parent.as_posix() == Path(edits.article_path(N - 1, N)).parent.as_posix()
    assert text != TEXTS[edits.article_path(N - 1, N)]
    assert edits.new_article(N, 2)[0] != path


def test_every_kind_of_edit_changes_one_file_otherwise_in_each_run(tmp_path: Path) -> None:
    prepare_corpus(tmp_path, N)
    for edit in EDITS:
        if edit.change is not None:
            one, two = edit.change(tmp_path, N, 1), edit.change(tmp_path, N, 2)
            assert one != two
            assert TEXTS.get(one[0]) != one[1]


def failing_edit(file: Path) -> None:
    with edits.changed(file, "b\n"):
        raise RuntimeError(file.read_text(encoding="utf-8"))


def test_a_file_is_put_back_even_after_a_failure(tmp_path: Path) -> None:
    kept, added = tmp_path / "kept.md", tmp_path / "new" / "added.md"
    kept.write_bytes(b"a\r\n")
    for file in (kept, added):
        with pytest.raises(RuntimeError, match="b\n"):
            failing_edit(file)
    assert kept.read_bytes() == b"a\r\n"
    assert not added.exists()


def test_a_corpus_that_is_being_edited_does_not_pass_for_whole(tmp_path: Path) -> None:
    prepare_corpus(tmp_path, N)
    note = (tmp_path / NOTE).read_bytes()
    with edits.borrowed(tmp_path):
        assert not (tmp_path / NOTE).exists()
    assert (tmp_path / NOTE).read_bytes() == note
