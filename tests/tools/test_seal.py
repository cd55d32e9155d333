"""What a seal says of content/: which files may have changed since."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from site_plugins.tools.seal import Content, Seal, SealFile
from site_plugins.tools.stamps import SETTLED, Stamp

SEEN = 10 * SETTLED
STAMPS = st.tuples(
    st.integers(0, 9), st.integers(0, SEEN), st.integers(0, SEEN), st.integers(0, 2**70)
)
OLD: Stamp = (1, 5, 5, 7)


def _content(stamps: list[Stamp]) -> Content:
    return Content((f"{number}.md", stamp) for number, stamp in enumerate(stamps))


def _seal() -> Seal:
    return Seal(
        key="key",
        content="",
        seen=SEEN,
        since=None,
        until=None,
        files=0,
        places=b"",
        tree="",
        records=0,
        left_out=0,
        problems=(),
    )


def _sealed(folder: Path, content: Content, outline: bytes = b"outline") -> tuple[SealFile, Seal]:
    file = SealFile(str(folder), "site")
    file.write(_seal(), content, outline)
    seal = file.read()
    assert seal is not None
    return file, seal


@given(st.lists(st.tuples(STAMPS, st.none() | STAMPS), max_size=600))
def test_every_file_with_another_stamp_or_too_young_is_told(
    files: list[tuple[Stamp, Stamp | None]],
) -> None:
    before = _content([old for old, _ in files])
    after = _content([new or old for old, new in files])
    settled = SEEN - SETTLED
    assert after.unlike(before.packed, settled) == [
        number
        for number, (old, new) in enumerate(files)
        if _low(new or old) != _low(old) or max((new or old)[1:3]) >= settled
    ]


def _low(stamp: Stamp) -> Stamp:
    """The number of a file is kept as far as 64 bits go."""
    return (*stamp[:3], stamp[3] & (1 << 64) - 1)


def test_what_was_kept_beside_the_seal_comes_back_with_what_has_changed(tmp_path: Path) -> None:
    file, seal = _sealed(tmp_path, _content([OLD, OLD, OLD]))
    changed = _content([OLD, (2, 6, 6, 7), OLD])
    assert file.changed_since(seal, changed) == ([1], b"outline")
    assert file.changed_since(seal, _content([OLD, OLD, OLD])) == ([], b"outline")


def test_of_more_or_fewer_files_nothing_is_told(tmp_path: Path) -> None:
    file, seal = _sealed(tmp_path, _content([OLD, OLD]))
    assert file.changed_since(seal, _content([OLD])) is None
    assert file.changed_since(seal, _content([OLD, OLD, OLD])) is None


def test_what_is_not_what_was_sealed_is_not_believed(tmp_path: Path) -> None:
    content = _content([OLD])
    file, seal = _sealed(tmp_path, content)
    (beside,) = tmp_path.glob("trees/*.outline")
    good = beside.read_bytes()
    for bad in (b"", good[:-1], good + b"x", bytes([good[0] ^ 1]) + good[1:]):
        beside.write_bytes(bad)
        assert file.changed_since(seal, content) is None
    beside.unlink()
    assert file.changed_since(seal, content) is None


def test_nothing_is_left_beside_a_seal_that_was_taken_off(tmp_path: Path) -> None:
    """The next build may end without one, and what it named need not be public by then."""
    file, _ = _sealed(tmp_path, _content([OLD]), b"outline that names what was public")
    file.break_open()
    assert list(tmp_path.glob("trees/*")) == []
    file.break_open()
