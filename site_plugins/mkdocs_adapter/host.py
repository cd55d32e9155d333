"""Hosts that ``jianyan build`` and ``jianyan serve`` may run in (entry points jianyan.hosts)."""

from __future__ import annotations

import logging
import os
import sys
from typing import Any

from site_plugins.mkdocs_adapter.build_options import COMPACT, JOBS
from site_plugins.tools.clock import NOW
from site_plugins.tools.system_words import system_words


class Host:
    """MkDocs, or ProperDocs, which answers to the same names."""

    def build(
        self,
        config: str,
        *,
        output: str | None,
        now: str | None,
        strict: bool,
        quiet: bool,
        jobs: int | None = None,
        compact: bool = False,
    ) -> int:
        """Build once; the exit status."""
        from mkdocs.commands.build import build
        from mkdocs.config import load_config
        from mkdocs.exceptions import MkDocsException

        from site_plugins.mkdocs_adapter.plugins import SitePlugin

        _prepare(now, quiet=quiet)
        if jobs is not None:
            os.environ[JOBS] = str(jobs)
        if compact:
            os.environ[COMPACT] = "1"
        options: dict[str, Any] = {"strict": strict}
        if output is not None:
            options["site_dir"] = output
        try:
            loaded = load_config(config, **options)
            loaded.plugins.on_startup(command="build", dirty=False)
            try:
                build(loaded)
                for plugin in loaded.plugins.values():
                    if isinstance(plugin, SitePlugin):
                        plugin.remember()
            finally:
                loaded.plugins.on_shutdown()
        except MkDocsException as error:
            return _failed(error)
        except SystemExit as error:
            return _failed(error)
        return 0

    def serve(self, config: str, *, address: str, now: str | None, strict: bool) -> int:
        """Serve and rebuild on change until interrupted; the exit status."""
        from mkdocs.commands.serve import serve
        from mkdocs.exceptions import MkDocsException

        _prepare(now, quiet=False)
        print(f"网站在 http://{address}/ ，按 Ctrl+C 停止", file=sys.stderr)
        try:
            serve(config, livereload=True, dev_addr=address, strict=strict)
        except MkDocsException as error:
            return _failed(error)
        except SystemExit as error:
            return _failed(error)
        except OSError as error:
            print(f"不能使用地址 {address}：{system_words(error)}。请换一个端口", file=sys.stderr)
            return 1
        return 0


def _prepare(now: str | None, *, quiet: bool) -> None:
    """The host's log on stderr: its warnings and errors, as short lines."""
    if now is not None:
        os.environ[NOW] = now
    log = logging.getLogger("mkdocs")
    log.setLevel(logging.ERROR if quiet else logging.INFO)
    log.propagate = False
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(message)s"))
    log.handlers = [handler]


def _failed(error: BaseException) -> int:
    from site_plugins.mkdocs_adapter.rebuilding import reason

    code = getattr(error, "code", 1)
    if text := reason(error):
        print(text, file=sys.stderr)
    return code if isinstance(code, int) and code else 1


def mkdocs_host() -> Host:
    """The host MkDocs."""
    return Host()


def properdocs_host() -> Host:
    """The host ProperDocs: it puts itself in the place of the name ``mkdocs`` when imported."""
    import properdocs  # noqa: F401

    return Host()
