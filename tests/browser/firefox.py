"""A headless Firefox driven over Marionette, the remote control that every Firefox carries.

The protocol is JSON in frames of the form ``length:[…]`` over TCP; a command is
``[0, number, name, parameters]``, its answer ``[1, number, error, result]``.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

STARTING_SECONDS = 60
HARNESS = b"""<!doctype html><meta charset="utf-8"><title>frame</title>
<style>html, body { margin: 0 } iframe { display: block; border: 0; height: 100vh }</style>
<iframe></iframe>
"""
"""A page whose frame can be narrower than Firefox's narrowest window."""

# It phones nobody, and asks nothing when it starts.
_PREFERENCES = {
    "marionette.port": 0,
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.connection.enabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.enabled": False,
}

_OPEN = """
const [address, width, ready, done] = arguments;
const frame = document.querySelector("iframe");
const wait = () => {
  if (frame.contentDocument.querySelector(ready)) requestAnimationFrame(() => done(true));
  else setTimeout(wait, 50);
};
frame.style.width = `${width}px`;
frame.addEventListener("load", wait, { once: true });
frame.src = address;
"""


@dataclass(slots=True)
class Firefox:
    """A running Firefox; ``harness`` is the address of :data:`HARNESS` on the site's host."""

    connection: socket.socket
    harness: str = ""
    _number: int = 0
    _rest: bytes = field(default=b"")

    def command(self, name: str, **parameters: Any) -> Any:
        """Send a command and wait for its result.

        Raises:
            RuntimeError: Firefox refuses; the message says why.
        """
        self._number += 1
        body = json.dumps([0, self._number, name, parameters]).encode()
        self.connection.sendall(b"%d:%s" % (len(body), body))
        _, _, error, result = self.receive()
        if error:
            raise RuntimeError(f"{name}: {error['message']}")
        return result

    def receive(self) -> Any:
        """The next frame that Firefox sends."""
        while b":" not in self._rest:
            self._rest += self._more()
        size, _, rest = self._rest.partition(b":")
        while len(rest) < int(size):
            rest += self._more()
        self._rest = rest[int(size) :]
        return json.loads(rest[: int(size)])

    def _more(self) -> bytes:
        data = self.connection.recv(1 << 16)
        if not data:
            raise RuntimeError("Firefox has closed the connection")
        return data

    def look(self, address: str, width: int, script: str, ready: str = "body") -> Any:
        """Open a page ``width`` CSS pixels wide; the value of the expression ``script`` there.

        ``ready`` is a CSS selector: something that stands on the page when it can be looked at.
        """
        self.command("WebDriver:SwitchToFrame")
        if self.command("WebDriver:GetCurrentURL")["value"] != self.harness:
            self.command("WebDriver:SetWindowRect", width=1940, height=1000)
            self.command("WebDriver:Navigate", url=self.harness)
        self.command("WebDriver:ExecuteAsyncScript", script=_OPEN, args=[address, width, ready])
        frame = self.command("WebDriver:FindElement", using="css selector", value="iframe")
        self.command("WebDriver:SwitchToFrame", element=_element(frame))
        # Not "return {script}": a comment before the expression would end the line.
        script = f"const value = {script}; return value;"
        return self.command("WebDriver:ExecuteScript", script=script, args=[])["value"]


def _element(found: Any) -> str:
    (element,) = found["value"].values()
    return str(element)


@contextmanager
def running_firefox(program: str, profile: Path, harness: str) -> Iterator[Firefox]:
    """Start Firefox with an empty profile; it ends with the ``with`` block."""
    lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in _PREFERENCES.items()]
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    environment = {**os.environ, "HOME": str(profile), "MOZ_DISABLE_AUTO_SAFE_MODE": "1"}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environment) as process:
        try:
            with socket.create_connection(("127.0.0.1", _port(process, profile)), 60) as line:
                firefox = Firefox(line, harness)
                firefox.receive()
                firefox.command("WebDriver:NewSession", capabilities={})
                yield firefox
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


def _port(process: subprocess.Popen[bytes], profile: Path) -> int:
    """The port that Firefox has chosen, which it writes into its profile."""
    told = profile / "MarionetteActivePort"
    for _ in range(STARTING_SECONDS * 10):
        assert process.poll() is None, "Firefox has ended"
        if told.is_file() and (text := told.read_text().strip()):
            return int(text)
        time.sleep(0.1)
    raise AssertionError("Firefox did not start")
