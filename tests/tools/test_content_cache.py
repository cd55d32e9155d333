"""What is remembered of content/: only what is still there, still the same and still public."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_plugins.build.packing import (
    PackedSheet,
    pack_sheet,
    packed_html,
    unpack_blocks,
    unpack_facts,
)
from site_plugins.build.sheets import make_sheet
from site_plugins.domain.attachment_text import AttachmentText
from site_plugins.domain.converted import TextFacts
from site_plugins.reading.markdown_file import Surroundings
from site_plugins.reading.sources import FileAtHand
from site_plugins.tools.cache_file import DAMAGE
from site_plugins.tools.content_cache import ContentCache
from site_plugins.tools.stamps import SETTLED, stamp_of
from site_plugins.tools.text_cache import ReadAttachments
from tests.site_in_memory import convert, record
from tests.site_in_memory import settings as site_settings
from tests.tools.narrow_disk import no_file_beyond

AROUND = Surroundings(holder="column", folder="news", title="要闻", holds=("article",))
SECRET = "不该再被看见的内容"


def _packed(path: str, text: str = "正文。\n", title: str = "题") -> PackedSheet:
    content = record(title, text=text).encode("utf-8")
    source = FileAtHand(path, len(content), lambda: content)
    return pack_sheet(make_sheet(source, AROUND, site_settings(), convert))


def _keep(cache: ContentCache, path: str, text: str = "正文。\n", digest: str = "1") -> PackedSheet:
    packed = _packed(path, text)
    cache.keep(path, digest, AROUND.signature, packed)
    return packed


def _open(folder: Path, told: list[str] | None = None, key: str = "key") -> ContentCache:
    cache = ContentCache(folder, key, (told if told is not None else []).append)
    cache.read_all()
    return cache


def _recall(cache: ContentCache, path: str, digest: str = "1") -> object:
    return cache.recall(path, digest, AROUND.signature)


def _written(folder: Path) -> bytes:
    """All bytes of all files of the cache."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_sheet_is_recalled_with_its_text(tmp_path: Path) -> None:
    with closing(_open(tmp_path)) as cache:
        assert _recall(cache, "news/a.md") is None
        packed = _keep(cache, "news/a.md", "甲。\n")
        assert cache.packed_html("news/a.md") == packed_html(packed.text)
        cache.commit()
    told: list[str] = []
    with closing(_open(tmp_path, told)) as again:
        sheet = again.recall("news/a.md", "1", AROUND.signature)
        assert sheet is not None
        assert sheet.made is not None
        assert sheet.made.title == "题"
        assert again.facts("news/a.md") == unpack_facts(packed.facts)
        assert again.blocks("news/a.md") == unpack_blocks(packed.text) != ()
    assert told == []


@pytest.mark.parametrize(
    ("digest", "around"), [("2", AROUND.signature), ("1", Surroundings().signature)]
)
def test_of_other_bytes_or_in_other_surroundings_it_is_not(
    tmp_path: Path, digest: str, around: int
) -> None:
    with closing(_open(tmp_path)) as cache:
        _keep(cache, "news/a.md")
        cache.commit()
    with closing(_open(tmp_path)) as again:
        assert again.recall("news/a.md", digest, around) is None


def test_with_another_key_nothing_is_remembered(tmp_path: Path) -> None:
    with closing(_open(tmp_path)) as cache:
        _keep(cache, "news/a.md", SECRET)
        cache.commit()
    told: list[str] = []
    with closing(_open(tmp_path, told, "other")) as other:
        assert _recall(other, "news/a.md") is None
        other.commit()
    assert told == []
    assert SECRET.encode() not in _written(tmp_path)


def test_a_text_that_was_changed_is_not_given_as_it_was(tmp_path: Path) -> None:
    with closing(_open(tmp_path)) as cache:
        _keep(cache, "news/a.md", "甲。\n")
        assert cache.facts("news/a.md").lead == ("甲。",)
        _keep(cache, "news/a.md", "乙。\n", digest="2")
        assert cache.facts("news/a.md").lead == ("乙。",)
        assert cache.blocks("news/a.md") == ("乙。",)


def test_without_text_there_are_no_facts(tmp_path: Path) -> None:
    with closing(_open(tmp_path)) as cache:
        _keep(cache, "news/a.md", SECRET)
        cache.commit()
    with closing(_open(tmp_path)) as cache:
        _recall(cache, "news/a.md", "2")
        _keep(cache, "news/a.md", "\n", digest="2")
        assert cache.facts("news/a.md") == TextFacts()
        assert cache.packed_html("news/a.md") == b""
        cache.commit()
    assert SECRET.encode() not in _written(tmp_path)


@pytest.mark.parametrize("how", ["forgotten", "gone", "changed"])
def test_what_is_no_longer_kept_is_gone_from_the_files(tmp_path: Path, how: str) -> None:
    with closing(_open(tmp_path)) as cache:
        for n in range(5):
            _keep(cache, f"news/{n}.md")
        # Long enough for pages of its own.
        _keep(cache, "news/secret-name.md", f"{SECRET}\n\n" * 500)
        cache.commit()
    assert SECRET.encode() in _written(tmp_path)
    with closing(_open(tmp_path)) as cache:
        for n in range(5):
            assert _recall(cache, f"news/{n}.md") is not None
        if how == "forgotten":
            assert _recall(cache, "news/secret-name.md") is not None
            cache.forget(["news/secret-name.md", "news/none.md"])
        elif how == "changed":
            assert _recall(cache, "news/secret-name.md", "2") is None
            _keep(cache, "news/secret-name.md", "公开。\n", digest="2")
        cache.commit()
    assert SECRET.encode() not in _written(tmp_path)
    assert (b"secret-name" in _written(tmp_path)) == (how == "changed")
    with closing(_open(tmp_path)) as again:
        assert _recall(again, "news/0.md") is not None


def test_what_is_forgotten_in_the_build_that_made_it_never_reaches_the_files(
    tmp_path: Path,
) -> None:
    with closing(_open(tmp_path)) as cache:
        _keep(cache, "news/a.md")
        _keep(cache, "news/secret-name.md", SECRET)
        # Its text is still asked for while the build goes on.
        assert cache.blocks("news/secret-name.md") == (SECRET,)
        cache.forget(["news/secret-name.md"])
        cache.commit()
    assert SECRET.encode() not in _written(tmp_path)
    assert b"secret-name" not in _written(tmp_path)


def test_a_forgotten_attachment_is_gone_from_the_files(tmp_path: Path) -> None:
    read: list[str] = []

    def reading() -> AttachmentText:
        read.append("read")
        return AttachmentText((SECRET * 300,), None, "")

    for _ in range(2):
        with closing(_open(tmp_path)) as cache:
            assert cache.texts.attachment("d.pdf", reading, with_blocks=True).blocks == (
                SECRET * 300,
            )
            assert cache.texts.attachment("d.pdf", reading, with_blocks=False).blocks == ()
            cache.commit()
    assert read == ["read"]
    with closing(_open(tmp_path)) as cache:
        cache.commit()
    assert SECRET.encode() not in _written(tmp_path)


def test_a_file_without_a_text_is_asked_for_once(tmp_path: Path) -> None:
    read: list[str] = []

    def reading(path: str) -> AttachmentText:
        read.append(path)
        return AttachmentText()

    with closing(_open(tmp_path)) as cache:
        attachments = ReadAttachments(reading, cache.texts)
        assert attachments.text("a.png", "d") == AttachmentText()
    # Not even the cache is asked again.
    assert attachments.text("b.png", "d") == AttachmentText()
    assert read == ["a.png"]


# --- damage


def _texts(folder: Path) -> Path:
    return folder / "texts.sqlite3"


def test_a_damaged_text_is_made_again(tmp_path: Path) -> None:
    paths = [f"news/{n}.md" for n in range(8)]
    with closing(_open(tmp_path)) as cache:
        kept = {path: _keep(cache, path, f"正文之{path}。\n") for path in paths}
        cache.commit()
    file = _texts(tmp_path)
    content = file.read_bytes()
    wrong = "正文之news/3".encode()
    assert wrong in content
    file.write_bytes(content.replace(wrong, "歪文之news/3".encode()))
    made: list[str] = []

    def remake(path: str) -> PackedSheet:
        made.append(path)
        return kept[path]

    for expected in (["news/3.md"], []):
        made.clear()
        with closing(_open(tmp_path)) as again:
            again.remake = remake
            for path in paths:
                assert _recall(again, path) is not None
                assert again.packed_html(path) == packed_html(kept[path].text)
                assert again.facts(path) == unpack_facts(kept[path].facts)
            again.commit()
        assert sorted(set(made)) == expected


def _damages(size: int) -> st.SearchStrategy[tuple[str, int]]:
    return st.tuples(st.sampled_from(["flip", "cut", "zero"]), st.integers(0, size - 1))


def _damage(file: Path, how: str, at: int) -> None:
    content = bytearray(file.read_bytes())
    at %= len(content)
    if how == "flip":
        content[at] ^= 0x55
    elif how == "cut":
        del content[at:]
    else:
        content[at : at + 4096] = bytes(len(content[at : at + 4096]))
    file.write_bytes(content)


FILES = ["content.sqlite3", "content.sum", "texts.sqlite3"]
PATHS = [f"news/{n}.md" for n in range(12)]


def _one_build(folder: Path, wordings: dict[str, str], told: list[str]) -> Iterator[str]:
    """What a build does with its cache; gives the texts as pages would get them."""

    def remake(path: str) -> PackedSheet:
        return _packed(path, wordings[path])

    with closing(_open(folder, told)) as cache:
        cache.remake = remake
        for path, text in wordings.items():
            if cache.recall(path, text, AROUND.signature) is None:
                cache.keep(path, text, AROUND.signature, remake(path))
        for path in wordings:
            cache.facts(path)
            yield cache.blocks(path)[0]
        cache.commit()


@settings(max_examples=150)
@given(st.sampled_from(FILES), _damages(60_000))
def test_whatever_is_damaged_pages_get_the_right_texts(
    tmp_path_factory: pytest.TempPathFactory, name: str, damage: tuple[str, int]
) -> None:
    folder = tmp_path_factory.mktemp("cache")
    wordings = {path: f"{path} " + "字" * 400 for path in PATHS}
    assert list(_one_build(folder, wordings, [])) == list(wordings.values())
    _damage(folder / name, *damage)
    told: list[str] = []
    for _ in range(3):
        told.clear()
        assert list(_one_build(folder, wordings, told)) == list(wordings.values())
    assert told == []


# The second page on: the tree of the table of texts.
BROKEN_TREE = ("zero", 8192)


def test_an_edit_finds_the_damage_of_texts_out(tmp_path: Path) -> None:
    wordings = {path: f"{path} " + "字" * 400 for path in PATHS}
    assert list(_one_build(tmp_path, wordings, [])) == list(wordings.values())
    _damage(_texts(tmp_path), *BROKEN_TREE)
    wordings[PATHS[0]] += "改"
    assert list(_one_build(tmp_path, wordings, [])) == list(wordings.values())


def test_what_is_forgotten_is_gone_from_damaged_texts_too(tmp_path: Path) -> None:
    with closing(_open(tmp_path)) as cache:
        for path in PATHS:
            _keep(cache, path, f"{SECRET}\n\n" * 40)
        cache.commit()
    _damage(_texts(tmp_path), *BROKEN_TREE)
    with closing(_open(tmp_path)) as cache:
        for path in PATHS:
            assert _recall(cache, path) is not None
        cache.forget(PATHS)
        cache.commit()
    assert SECRET.encode() not in _written(tmp_path)


def test_without_its_texts_the_sheets_are_forgotten_too(tmp_path: Path) -> None:
    with closing(_open(tmp_path)) as cache:
        _keep(cache, "news/a.md")
        cache.commit()
    _texts(tmp_path).unlink()
    with closing(_open(tmp_path)) as again:
        assert _recall(again, "news/a.md") is None


def test_damage_is_told_in_words(tmp_path: Path) -> None:
    with closing(_open(tmp_path)) as cache:
        _keep(cache, "news/a.md")
        cache.commit()
    _texts(tmp_path).write_bytes(b"no database" * 1000)
    told: list[str] = []
    with closing(_open(tmp_path, told)):
        assert told == [DAMAGE.format(name="texts.sqlite3")]


@pytest.mark.parametrize("when", ["while it is built", "in the end"])
def test_a_full_disk_is_no_damage_and_costs_nothing(tmp_path: Path, when: str) -> None:
    with closing(_open(tmp_path)) as cache:
        for path in PATHS:
            _keep(cache, path)
        cache.commit()
    told: list[str] = []
    # More than waits in memory, or less.
    found = AttachmentText(("字" * 1000,) * (2500 if when == "while it is built" else 100))

    def attach(cache: ContentCache) -> None:
        cache.texts.attachment("d", lambda: found, with_blocks=True)
        assert when == "in the end"
        cache.commit()

    with closing(_open(tmp_path, told)) as cache, no_file_beyond(50_000):
        _keep(cache, PATHS[0], "改过。\n", digest="2")
        with pytest.raises(sqlite3.OperationalError):
            attach(cache)
    with closing(_open(tmp_path, told)) as again:
        for path in PATHS:
            assert _recall(again, path) is not None
            assert again.blocks(path) == ("正文。",)
    assert told == []


# --- files


class _File:
    """A file of content/, and how often it was read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.reads = 0

    def read(self) -> bytes:
        self.reads += 1
        return self.path.read_bytes()

    def digest(self, cache: ContentCache) -> str:
        return cache.digest("a.md", stamp_of(os.stat(self.path)), self.read)


def _settled(path: Path) -> None:
    """As if nobody had touched the file for a while: the change of its number is what counts."""
    long_ago = time.time_ns() - 10 * SETTLED
    os.utime(path, ns=(long_ago, long_ago))


def _later(monkeypatch: pytest.MonkeyPatch, nanoseconds: int) -> None:
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now + nanoseconds)


def _digests(cache: Path, file: _File) -> str:
    with closing(_open(cache)) as opened:
        digest = file.digest(opened)
        assert file.digest(opened) == digest
        opened.commit()
    return digest


def test_a_young_file_is_read_again_by_the_next_build(tmp_path: Path) -> None:
    file = _File(tmp_path / "a.md")
    file.path.write_bytes(b"1")
    cache = tmp_path / "cache"
    digests = {_digests(cache, file) for _ in range(3)}
    assert len(digests) == 1
    # Once in each build: the file may have been changed within one tick of the clock.
    assert file.reads == 3


def test_a_settled_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = _File(tmp_path / "a.md")
    file.path.write_bytes(b"1")
    _settled(file.path)
    _later(monkeypatch, 2 * SETTLED)
    cache = tmp_path / "cache"
    digests = {_digests(cache, file) for _ in range(3)}
    assert (len(digests), file.reads) == (1, 1)


def test_a_change_that_keeps_size_and_time_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _File(tmp_path / "a.md")
    file.path.write_bytes(b"1")
    _settled(file.path)
    then = os.stat(file.path)
    _later(monkeypatch, 2 * SETTLED)
    cache = tmp_path / "cache"
    before = _digests(cache, file)
    # In place, and by renaming another file over it.
    file.path.write_bytes(b"2")
    os.utime(file.path, ns=(then.st_atime_ns, then.st_mtime_ns))
    changed = _digests(cache, file)
    other = tmp_path / "other"
    other.write_bytes(b"3")
    os.utime(other, ns=(then.st_atime_ns, then.st_mtime_ns))
    os.replace(other, file.path)
    assert len({before, changed, _digests(cache, file)}) == 3


def test_files_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    file = _File(tmp_path / "a.md")
    file.path.write_bytes(b"1")
    cache = tmp_path / "cache"
    with closing(_open(cache)) as opened:
        opened.digest("news/secret-name.md", stamp_of(os.stat(file.path)), file.read)
        opened.commit()
    assert b"secret-name" in _written(cache)
    with closing(_open(cache)) as opened:
        opened.commit()
    assert b"secret-name" not in _written(cache)


# --- pictures and tags


def test_a_picture_is_measured_once_and_a_tag_spelled_once(tmp_path: Path) -> None:
    asked: list[str] = []

    def measure(path: str) -> tuple[int, int]:
        asked.append(path)
        return (640, 360)

    def spell(name: str) -> str:
        asked.append(name)
        return "gong-yuan"

    for _ in range(2):
        with closing(_open(tmp_path)) as cache:
            assert cache.picture("d1", "a.png", measure) == (640, 360)
            assert cache.picture("d1", "copy.png", measure) == (640, 360)
            assert cache.spelled("公园", spell) == "gong-yuan"
            cache.commit()
    assert asked == ["a.png", "公园"]
    with closing(_open(tmp_path)) as cache:
        assert cache.picture("d2", "a.png", measure) == (640, 360)
        cache.commit()
    assert asked == ["a.png", "公园", "a.png"]
    assert "公园".encode() not in _written(tmp_path)


def test_what_is_distrusted_is_read_again(tmp_path: Path) -> None:
    asked: list[str] = []

    def measure(path: str) -> tuple[int, int]:
        asked.append(path)
        return (640, 360)

    def reading() -> AttachmentText:
        asked.append("pdf")
        return AttachmentText(("正文",))

    for distrusted in ((), ("d1", "d3"), ()):
        with closing(_open(tmp_path)) as cache:
            for digest in ("d1", "d2"):
                cache.picture(digest, f"{digest}.png", measure)
            for key in ("d3.pdf", "d33.pdf"):
                cache.texts.attachment(key, reading, with_blocks=True)
            cache.distrust(distrusted)
            cache.commit()
    assert asked == ["d1.png", "d2.png", "pdf", "pdf", "d1.png", "pdf"]
