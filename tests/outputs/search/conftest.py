"""A search index served over http, and the browser's client asked from Node."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Iterable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from site_plugins.outputs.search.documents import SearchDocument, SearchLabels
from site_plugins.outputs.search.index import build_index

DRIVER = Path(__file__).parent / "driver.mjs"


class FileServer(ThreadingHTTPServer):
    """Serves ``files``, paths to bytes; whatever else is asked for is missing."""

    request_queue_size = 64
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files: Mapping[str, bytes] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/search/"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FileServer

    def do_GET(self) -> None:
        path = self.path.removeprefix("/search/").partition("?")[0]
        content = self.server.files.get(path)
        self.send_response(200 if content is not None else 404)
        self.send_header("Content-Length", str(len(content or b"")))
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing to say."""


class Client:
    """The client in Node: one process for many questions."""

    def __init__(self, server: FileServer) -> None:
        self.server = server
        node = shutil.which("node")
        if node is None:
            pytest.skip("node is not installed")
        self._process = subprocess.Popen(
            [node, "--no-warnings", str(DRIVER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def ask(self, **request: object) -> dict[str, Any]:
        """Send a request to the driver and return its whole reply."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        reply: dict[str, Any] = json.loads(self._process.stdout.readline())
        return reply

    def open(
        self,
        documents: Iterable[SearchDocument],
        labels: SearchLabels | None = None,
    ) -> dict[str, Any]:
        """Index documents, serve the index and open it."""
        files = build_index(documents, labels or SearchLabels())
        return self.open_files(dict(files))

    def open_files(self, files: Mapping[str, bytes]) -> dict[str, Any]:
        """Serve these files and open them as an index."""
        self.server.files = files
        return self.ask(open=self.server.address)

    def query(self, words: str, **options: object) -> dict[str, Any]:
        """The client's answer; an error fails the test."""
        reply = self.ask(query=words, options=options)
        assert "error" not in reply, reply
        answer: dict[str, Any] = reply["answer"]
        return answer

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(timeout=10)


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """The client and a server for whatever index a test opens."""
    server = FileServer()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    client = Client(server)
    yield client
    client.close()
    server.shutdown()
    server.server_close()
