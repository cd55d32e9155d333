"""What hinders a build of ``serve`` is told as ``jianyan build`` tells it, and the old pages stay.

MkDocs by itself prints where in its program it stopped, and answers no browser until the next
build is done.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable

from mkdocs.exceptions import MkDocsException

from site_plugins.tools.readiness import buildable
from site_plugins.tools.telling import BuildFailed


def reason(error: BaseException) -> str:
    """What a host's error has to tell; nothing where the log has told it already."""
    text = str(error)
    return "" if text.isdigit() or text.startswith("Aborted") else text


def patient(rebuild: Callable[[], None], config: str) -> Callable[[], None]:
    """A rebuild from the mkdocs.yml at ``config`` that bears whatever is wrong with the site."""

    def build() -> None:
        try:
            buildable(config)
            rebuild()
            return
        except BuildFailed as error:
            told = str(error)
        except MkDocsException as error:
            told = reason(error)
        except Exception:
            # Of a hook or plugin, whose maker wants to know where.
            told = traceback.format_exc()
        rest = "预览没有更新，仍是原来的网页；改正后保存，会再生成"
        print(*filter(None, (told.rstrip(), rest)), sep="\n", file=sys.stderr)

    return build
