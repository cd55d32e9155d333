"""build.json: who made the tree, how much is in it, its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from site_plugins import __version__
from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.site import Site

BUILD_FACTS = "build.json"


def digest_of_file(content: bytes) -> str:
    """SHA-256 of a file's bytes."""
    return hashlib.sha256(content).hexdigest()


def build_facts(site: Site, files: Mapping[str, str]) -> Artifact:
    """build.json; no time, no place.

    The tree's digest is the SHA-256 of its sorted paths with the SHA-256 of each file.

    Args:
        site: the public site.
        files: path → SHA-256 of every other file of the tree.
    """
    rows = (f"{files[path]}  {path}\n" for path in sorted(files))
    data = {
        "generator": f"Jianyan {__version__}",
        "records": len(site.records),
        "columns": len(site.columns),
        "files": len(files),
        "digest": "sha256:" + hashlib.sha256("".join(rows).encode("utf-8")).hexdigest(),
    }
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    return Artifact(BUILD_FACTS, text.encode("utf-8"))
