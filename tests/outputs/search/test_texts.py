"""The files of texts: every character comes back, in Python and in the browser."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from site_plugins.outputs.search.compression import expanded
from site_plugins.outputs.search.documents import SearchDocument
from site_plugins.outputs.search.terms import document_terms
from site_plugins.outputs.search.texts import (
    LARGEST_GROUP,
    MANY_PASSAGES,
    group_size,
    passages_of,
    read_texts,
    text_file,
    withdrawn_from,
)

DECODE = """
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const text = new TextDecoder("gbk").decode(Buffer.concat(chunks));
process.stdout.write(JSON.stringify(JSON.parse(text)));
"""


def file_of(*documents: SearchDocument) -> bytes:
    return text_file([row for one in documents for row in passages_of(one, document_terms(one))])


def test_every_character_comes_back() -> None:
    codes = [code for code in range(1, 0x30000) if not 0xD800 <= code < 0xE000]
    blocks = ["".join(map(chr, codes[at : at + 900])) for at in range(0, len(codes), 900)]
    file = file_of(SearchDocument("/x/", "题", texts=tuple(blocks)))
    assert [block for row in read_texts(file) for block in row[3]] == blocks
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    command = [node, "--input-type=module", "-e", DECODE]
    done = subprocess.run(command, input=expanded(file), capture_output=True, check=True)
    rows = json.loads(done.stdout)
    assert [block for row in rows for block in row[3]] == blocks


def test_half_a_character_becomes_a_question_mark() -> None:
    [row] = read_texts(file_of(SearchDocument("/x/", "题\ud842")))
    assert row[1] == "题?"


def test_a_passage_can_be_withdrawn() -> None:
    file = file_of(SearchDocument("/x/", "题", texts=("甲",)), SearchDocument("/y/", "目€"))
    left = withdrawn_from(file, [0])
    assert read_texts(left) == [None, ["/y/", "目€", [], []]]
    assert "甲".encode("gbk") not in expanded(left)


@pytest.mark.parametrize(
    "file", [b"", b"x", b"\x1f\x8b", file_of(SearchDocument("/x/", "题"))[:-3]]
)
def test_a_damaged_file_is_an_error(file: bytes) -> None:
    with pytest.raises(ValueError, match="gzip"):
        read_texts(file)


@pytest.mark.parametrize(
    ("length", "passages", "expected"),
    [
        (1450, 1, 2),
        (1450, MANY_PASSAGES - 1, 2),
        (1450, MANY_PASSAGES, 1),
        (2900, 100, 1),
        (20, 100, LARGEST_GROUP),
        (0, 0, 1),
    ],
)
def test_files_of_many_passages_are_short(length: int, passages: int, expected: int) -> None:
    assert group_size(length * passages, passages) == expected
