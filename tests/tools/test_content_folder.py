"""The content folder: what is listed, and links that lead out of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from site_plugins.tools.content_folder import ContentFolder


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "news").mkdir(parents=True)
    (folder / "news/b.md").write_bytes(b"bb")
    (folder / "news/a.md").write_bytes(b"a")
    (folder / "index.md").write_bytes(b"")
    return folder


def _listed(folder: Path) -> dict[str, int]:
    return {source.path: source.size for source in ContentFolder(str(folder)).sources()}


def _outside(folder: Path) -> list[str]:
    return [source.path for source in ContentFolder(str(folder)).sources() if source.outside]


def test_every_file_with_its_size(content: Path) -> None:
    assert _listed(content) == {"index.md": 0, "news/a.md": 1, "news/b.md": 2}
    folder = ContentFolder(str(content))
    assert [source.read() for source in folder.sources()] == [b"", b"a", b"bb"]
    assert folder.read("news/b.md") == b"bb"
    assert _outside(content) == []


@pytest.mark.parametrize(
    "name", [".git/x", ".a.md.swp", "~$a.docx", "#a.md#", "a.md~", "news/.DS_Store"]
)
def test_hidden_files_and_backups_are_passed_over(content: Path, name: str) -> None:
    before = _listed(content)
    (content / name).parent.mkdir(exist_ok=True)
    (content / name).write_bytes(b"x")
    assert _listed(content) == before


def test_links_that_lead_out_are_told_and_never_read(content: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_bytes(b"secret")
    (tmp_path / "content-2").mkdir()
    (tmp_path / "content-2/x.md").write_bytes(b"x")
    (content / "file.md").symlink_to(tmp_path / "secret.md")
    (content / "up").symlink_to("..")
    (content / "beside.md").symlink_to("../content-2/x.md")
    (content / "nowhere.md").symlink_to("missing.md")
    (content / "news-again").symlink_to("news")
    (content / "round").symlink_to("round")
    assert _outside(content) == [
        "beside.md",
        "file.md",
        "news-again",
        "nowhere.md",
        "round",
        "up",
    ]
    sources = [s for s in ContentFolder(str(content)).sources() if s.outside]
    assert all(source.read() == b"" for source in sources)


def test_a_link_to_a_file_inside_is_that_file(content: Path) -> None:
    (content / "copy.md").symlink_to("news/b.md")
    assert _listed(content)["copy.md"] == 2


def test_the_folder_itself_may_be_a_link(content: Path, tmp_path: Path) -> None:
    (tmp_path / "linked").symlink_to(content)
    assert _listed(tmp_path / "linked") == _listed(content)
    assert _outside(tmp_path / "linked") == []


def test_what_is_no_file_is_passed_over(content: Path) -> None:
    before = _listed(content)
    os.mkfifo(content / "pipe.md")
    assert _listed(content) == before


def test_a_name_that_is_not_utf8_can_be_told(content: Path) -> None:
    (content / os.fsdecode("附件.jpg".encode("gb18030"))).write_bytes(b"JPG")
    (source,) = (s for s in ContentFolder(str(content)).sources() if s.path.endswith(".jpg"))
    assert source.path == "\\xb8\\xbd\\xbc\\xfe.jpg"
    assert source.path.encode("utf-8")
    assert (source.size, source.read()) == (3, b"JPG")


def test_what_lies_in_a_folder_whose_name_is_not_utf8_is_read(content: Path) -> None:
    name = "图".encode("gbk")
    folder = os.path.join(os.fsencode(content), b"news", name, name)
    os.makedirs(folder)
    for file in (b"a.md", name + b".md", "图.md".encode()):
        with open(os.path.join(folder, file), "wb") as made:
            made.write(b"in " + file)
    told = os.fsdecode(name).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    listed = ContentFolder(str(content))
    read = {source.path: source.read() for source in listed.sources() if told in source.path}
    assert read == {
        f"news/{told}/{told}/a.md": b"in a.md",
        f"news/{told}/{told}/{told}.md": b"in " + name + b".md",
        f"news/{told}/{told}/图.md": "in 图.md".encode(),
    }
    assert all(listed.read(path) == content for path, content in read.items())
