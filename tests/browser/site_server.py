"""A small server that answers as a careful host would: strict policy, gzip, the site's own 404."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

POLICY = "default-src 'self'"
_PACKED = ("text/", "application/javascript", "application/json", "image/svg+xml")
_TYPES = {".js": "text/javascript", ".webp": "image/webp", ".xml": "application/xml"}


class _Handler(BaseHTTPRequestHandler):
    """Serves the files of ``site`` below the path ``prefix`` (with both slashes)."""

    site: Path
    prefix: str
    extra: dict[str, bytes]
    protocol_version = "HTTP/1.1"
    # Head and body leave together; otherwise each answer waits for the other side's patience.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path in self.extra:
            self._send(200, self.extra[path], "text/html; charset=utf-8", policy=False)
            return
        file = self._file(path)
        if file is not None and file.is_dir():
            if not path.endswith("/"):
                self.send_response(301)
                self.send_header("Location", path + "/")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            file /= "index.html"
        if file is None or not file.is_file():
            self._send(404, (self.site / "404.html").read_bytes(), "text/html; charset=utf-8")
            return
        self._send(200, file.read_bytes(), _type_of(file))

    do_HEAD = do_GET

    def _file(self, path: str) -> Path | None:
        if not path.startswith(self.prefix) or ".." in path.split("/"):
            return None
        return self.site / path.removeprefix(self.prefix)

    def _send(self, status: int, body: bytes, kind: str, *, policy: bool = True) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if policy:
            self.send_header("Content-Security-Policy", POLICY)
        if kind.startswith(_PACKED) and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = _pack(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the tests tell what matters."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # Browsers open many connections at once.
    request_queue_size = 128


@contextmanager
def serve(site: Path, prefix: str = "/", extra: dict[str, bytes] | None = None) -> Iterator[str]:
    """Serve ``site`` on a free port; gives the address of its root.

    ``extra`` are pages of the tests' own, by path, sent without the policy.
    """
    names = {"site": site, "prefix": prefix, "extra": extra or {}}
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), names))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _type_of(file: Path) -> str:
    kind = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0]
    if kind is None:
        return "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


@lru_cache(maxsize=512)
def _pack(body: bytes) -> bytes:
    return gzip.compress(body, 6, mtime=0)
