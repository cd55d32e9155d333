"""Serves a folder as a plain web server does: HTTP/1.1, kept connections, texts in gzip."""

import gzip
import mimetypes
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

BLANK = "/blank.html"
"""An empty page on the same host, for engines that bring no page of their own."""

_BLANK_HTML = b'<!doctype html><html lang="zh-Hans"><title>blank</title></html>'
_PACKED = ("text/", "application/json", "application/javascript", "image/svg+xml")


class _Handler(BaseHTTPRequestHandler):
    roots: Mapping[str, Path]
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path == BLANK:
            self._send(200, _BLANK_HTML, "text/html")
            return
        prefix = next(name for name in self.roots if path.startswith(name))
        file = self.roots[prefix] / path.removeprefix(prefix)
        if file.is_dir():
            file /= "index.html"
        if ".." in path.split("/") or not file.is_file():
            self._send(404, b"", "text/plain")
            return
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        self._send(200, file.read_bytes(), "text/javascript" if file.suffix == ".js" else kind)

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "max-age=3600")
        if kind.startswith(_PACKED) and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = _pack(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


@contextmanager
def serve(roots: Mapping[str, Path]) -> Iterator[str]:
    """Serve folders below their paths (longest first, ``/`` last); gives the host's address."""
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"roots": roots}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@lru_cache(maxsize=64)
def _pack(body: bytes) -> bytes:
    return gzip.compress(body, 6, mtime=0)
