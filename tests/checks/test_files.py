"""Pictures and attachments that front matter names."""

from __future__ import annotations

import pytest

from tests.site_in_memory import Files, column, prepared_of, problems_of, record

THERE: Files = {
    "news/index.md": column("要闻"),
    "news/x.png": b"PNG",
    "pictures/y.webp": b"WEBP",
    "news/a.pdf": b"%PDF",
    "news/a.exe": b"MZ",
}


def _told(**keys: str) -> list[str]:
    files = {**THERE, "news/a.md": record("甲", **keys)}
    found = [one.removeprefix("content/news/a.md:") for one in problems_of(files)]
    return [one for one in found if not one.endswith("JY040")]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"image": "x.png", "image_alt": "图"}, []),
        ({"image": "./x.png", "image_alt": "图"}, []),
        ({"image": "../pictures/y.webp", "image_alt": "图"}, []),
        ({"image": "/pictures/y.webp", "image_alt": "图"}, []),
        ({"image": "x.png"}, ["5 JY017"]),
        ({"image": "x.png", "image_alt": '" "'}, ["5 JY017"]),
        ({"image": "z.png", "image_alt": "图"}, ["5 JY020"]),
        ({"image": "z.png"}, ["5 JY017", "5 JY020"]),
        ({"image": "../../x.png", "image_alt": "图"}, ["5 JY022"]),
        ({"image": "https://example.com/x.png", "image_alt": "图"}, ["5 JY024"]),
        ({"image": "a.pdf", "image_alt": "图"}, ["5 JY044"]),
        ({"attachments": "[{file: a.pdf}]"}, []),
        ({"attachments": "{file: a.pdf}"}, []),
        ({"attachments": "\n- file: a.pdf\n- file: b.pdf"}, ["7 JY021"]),
        ({"attachments": "\n- file: a.exe"}, ["6 JY023"]),
        ({"attachments": "\n- file: a"}, ["6 JY023"]),
        ({"attachments": "\n- file: ../../../etc/a.pdf"}, ["6 JY022"]),
        ({"attachments": "\n- file: /../a.pdf"}, ["6 JY022"]),
        ({"attachments": "{file: b.pdf}"}, ["5 JY021"]),
    ],
)
def test_files_of_a_record(keys: dict[str, str], told: list[str]) -> None:
    assert _told(**keys) == told


def test_the_nearest_file_is_suggested_as_the_text_would_write_it() -> None:
    files = {**THERE, "news/a.md": record("甲", image="../pictures/brigde.webp", image_alt="图")}
    files = {**files, "pictures/bridge.webp": b"WEBP"}
    (found,) = (p for p in prepared_of(files).problems if p.code == "JY020")
    assert "“../pictures/bridge.webp”" in found.message


def test_every_owner_is_looked_at() -> None:
    files: Files = {
        "news/index.md": "---\ntitle: 要闻\nimage: a.png\ncolumn:\n  holds: article\n---\n",
        "m/index.md": column("委员", "member"),
        "m/a.md": "---\nname: 某甲\nphoto: a.png\n---\n",
        "t/index.md": column("专题", "topic"),
        "t/a.md": "---\ntitle: 专题\nbanner: a.png\n---\n",
        "z/index.md": "---\ntitle: 杂志\nimage: a.png\nimage_alt: 图\nperiodical: {}\n---\n",
        "z/2023-01/index.md": "---\ntitle: 一期\nissue:\n  year: 2023\n  number: 1\n"
        "  published: 2023-01-01\n  cover: a.png\n  attachments: {file: a.pdf}\n---\n",
        "news/draft.md": record("草稿", status="draft", image="a.png", image_alt="图"),
    }
    assert [one.removeprefix("content/") for one in problems_of(files)] == [
        "m/a.md:3 JY020",
        "news/draft.md:6 JY020",
        "news/index.md:3 JY017",
        "news/index.md:3 JY020",
        "t/a.md:3 JY017",
        "t/a.md:3 JY020",
        "z/2023-01/index.md:7 JY020",
        "z/2023-01/index.md:8 JY021",
        "z/index.md:3 JY020",
    ]


def test_a_file_above_the_limit_is_told_once_and_named() -> None:
    files = {**THERE, "news/a.md": record("甲", attachments="{file: a.pdf}")}
    told = problems_of({**files, "news/a.pdf": b"x" * 101}, file_limit=100)
    assert [one for one in told if "JY040" not in one] == [
        "content/news/a.md:5 JY043",
        "content/news/a.pdf:1 JY007",
    ]
