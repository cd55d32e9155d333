"""Builds an index of N articles, asks the client in Node, prints JSON. Run in the site's Python.

.venv/bin/python -m scripts.benchmark.search_measure N
"""

import gzip
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from scripts.benchmark.search_documents import search_document
from site_plugins.domain.folding import fold
from site_plugins.outputs.search.documents import SearchDocument, SearchLabels
from site_plugins.outputs.search.update import update_index
from site_plugins.tools.theme_folder import packaged_theme, published_script

HERE = Path(__file__).parent
ENGINE = ("client.js", "approximate.js", "format.js", "segment.js", "words.js")
PER_CLASS = 30
MOST_READ = 400  # documents up to which recall is told from all results, not from the total


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, the folded words that stand in what is sought, and the document it is from."""

    query: str
    words: tuple[str, ...]
    document: SearchDocument


def main(total: int) -> dict[str, Any]:
    """Measure an index of ``total`` articles."""
    draw = random.Random(f"search {total}")
    chosen = [search_document(at, total) for at in draw.sample(range(total), min(total, 200))]
    with tempfile.TemporaryDirectory() as folder:
        index = _built(Path(folder), total)
        with _Served(Path(folder)) as address:
            texts = [_folded(search_document(at, total)) for at in range(total)]
            asked = {name: _class(address, make(draw, chosen), texts) for name, make in CLASSES}
    return {"articles": total, "index": index, "queries": asked}


def _built(folder: Path, total: int) -> dict[str, Any]:
    """Build the index into a folder; what it cost, making of the articles left out.

    Of the processor's time what the system takes to write files is told besides: it depends on the
    file system, and on what was deleted in the same folder before.
    """
    digests = {search_document(at, total).address: str(at) for at in range(total)}
    texts = making = writing = 0.0

    def opened(addresses: Sequence[str]) -> Iterator[SearchDocument]:
        nonlocal texts, making
        for address in addresses:
            start = time.process_time()
            document = search_document(int(digests[address]), total)
            texts += len(gzip.compress("\n".join(document.texts).encode(), 6))
            making += time.process_time() - start
            yield document

    start = time.process_time()
    labels = SearchLabels()
    update = update_index(None, digests, opened, labels, compact=False, published=lambda _: None)
    sizes = {}
    for path, content in update.files:
        sizes[path] = len(content)
        begun = time.process_time()
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
        writing += time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "cpu_seconds": round(time.process_time() - start - making, 2),
        "of_which_writing": round(writing, 2),
        "peak_memory_mb": round(peak),
        "files": len(sizes),
        "shard_bytes": sum(size for path, size in sizes.items() if "/terms/" in path),
        "text_bytes": sum(size for path, size in sizes.items() if "/texts/" in path),
        "catalogue_bytes": sizes["catalogue.bin"],
        "bytes_to_gzipped_texts": round(sum(sizes.values()) / texts, 2),
    }


def _folded(document: SearchDocument) -> tuple[str, str]:
    runs = (document.title, *document.headlines, *document.texts)
    return document.address, "\0".join(map(fold, runs))


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # head and body in one packet

    def log_message(self, format: str, *args: object) -> None:
        """Nothing to say."""


class _Served:
    """Serves a folder as long as it is entered; gives its address."""

    def __init__(self, folder: Path) -> None:
        handler = partial(_Quiet, directory=str(folder))
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _class(address: str, asked: Sequence[Asked], texts: Sequence[tuple[str, str]]) -> Any:
    """Ask the queries of a class; medians and maxima of what they cost, and how good they are."""
    engine = sum(
        len(gzip.compress(published_script(packaged_theme() / "search" / name), 6))
        for name in ENGINE
    )
    truths = [
        {url for url, text in texts if all(word in text for word in one.words)} for one in asked
    ]
    cold = _answers(address, [(one.query, {}) for one in asked])
    few = [at for at, truth in enumerate(truths) if len(truth) <= MOST_READ]
    full = _answers(address, [(asked[at].query, {"limit": "all"}) for at in few])
    ranks = [
        1 / (one["urls"].index(each.document.address) + 1)
        if each.document.address in one["urls"]
        else 0
        for one, each in zip(cold, asked, strict=True)
    ]
    phrase = [
        any(url in truth for url in one["urls"]) for one, truth in zip(cold, truths, strict=True)
    ]
    further = [
        any(url in truth for url in one["further"]) for one, truth in zip(cold, truths, strict=True)
    ]
    recall = [
        len(truths[at] & set(one["urls"])) / len(truths[at])
        for at, one in zip(few, full, strict=True)
    ]
    first = [(engine + one["opening"]["bytes"] + one["asking"]["bytes"]) / 1000 for one in cold]
    return {
        "queries": len(asked),
        "first_kb": _spread(first),
        "next_kb": _spread([one["asking"]["bytes"] / 1000 for one in cold]),
        "requests": _spread([one["asking"]["files"] for one in cold]),
        "recall": round(statistics.mean(recall), 4) if recall else None,
        "total_to_truth": round(sum(one["total"] for one in cold) / sum(map(len, truths)), 4),
        "mrr": round(statistics.mean(ranks), 3),
        "in_first_ten": round(statistics.mean(map(bool, ranks)), 3),
        "phrase_in_first_ten": round(statistics.mean(phrase), 3),
        "phrase_when_asked_further": round(statistics.mean(further), 3),
        "approximate": sum(one["approximate"] for one in cold),
        "memory_mb": round(max(one["memory"] for one in cold) / 1e6),
    }


def _spread(values: Sequence[float]) -> list[float]:
    return [round(statistics.median(values), 1), round(max(values), 1)]


def _answers(address: str, asked: Sequence[tuple[str, Mapping[str, object]]]) -> list[Any]:
    """The client's answers, each from a client opened for it alone."""
    requests = [
        json.dumps({"address": address, "query": query, "options": options})
        for query, options in asked
    ]
    done = subprocess.run(
        ["node", "--no-warnings", str(HERE / "ask_search.mjs")],
        input="".join(f"{line}\n" for line in requests),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def _pieces(length: int, mistake: bool = False) -> Callable[..., list[Asked]]:
    """Pieces of texts, of some length; with a mistaken character if asked."""

    def make(draw: random.Random, documents: Sequence[SearchDocument]) -> list[Asked]:
        found = []
        for document in documents[:PER_CLASS]:
            block = draw.choice([b for b in map(fold, document.texts) if len(b) >= length])
            at = draw.randrange(len(block) - length + 1)
            word = block[at : at + length]
            found.append(Asked(_mistaken(draw, word) if mistake else word, (word,), document))
        return found

    return make


def _titles(mistake: bool) -> Callable[..., list[Asked]]:
    def make(draw: random.Random, documents: Sequence[SearchDocument]) -> list[Asked]:
        words = [(one, fold(one.title)) for one in documents[:PER_CLASS]]
        return [
            Asked(_mistaken(draw, word) if mistake else one.title.replace(" ", ""), (word,), one)
            for one, word in words
        ]

    return make


def _two_words(draw: random.Random, documents: Sequence[SearchDocument]) -> list[Asked]:
    found = []
    for document in documents[:PER_CLASS]:
        blocks = [block for block in map(fold, document.texts) if len(block) > 1]
        words = [block[at : at + 2] for block in draw.sample(blocks, 2) for at in (0,)]
        found.append(Asked(" ".join(words), tuple(words), document))
    return found


def _mistaken(draw: random.Random, word: str) -> str:
    at = draw.randrange(len(word))
    return word[:at] + draw.choice("的一是在不了有和人这") + word[at + 1 :]


CLASSES: tuple[tuple[str, Callable[..., list[Asked]]], ...] = (
    *((f"{length} characters", _pieces(length)) for length in (1, 2, 3, 4, 6, 9, 14, 20)),
    ("two words", _two_words),
    ("title", _titles(False)),
    ("title, one character mistaken", _titles(True)),
    *((f"{n} characters, one mistaken", _pieces(n, True)) for n in (4, 6, 8, 12)),
)


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1])), ensure_ascii=False, indent=1))
