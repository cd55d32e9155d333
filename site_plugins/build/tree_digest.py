"""build.json: who made the tree, how much is in it, its digest."""

from __future__ import annotations

import hashlib
import json

from site_plugins import __version__
from site_plugins.build.tree_files import TreeFiles
from site_plugins.domain.artifacts import Artifact
from site_plugins.domain.site import Site

BUILD_FACTS = "build.json"


def digest_of_file(content: bytes) -> str:
    """SHA-256 of a file's bytes."""
    return hashlib.sha256(content).hexdigest()


def build_facts(site: Site, files: TreeFiles) -> Artifact:
    """build.json; no time, no place.

    The tree's digest is the SHA-256 of its sorted paths with the SHA-256 of each file. The search
    index is left out: its bytes depend on what was published before, its answers do not.

    Args:
        site: the public site.
        files: every other file of the tree.
    """
    data = {
        "generator": f"Jianyan {__version__}",
        "records": len(site.records),
        "columns": len(site.columns),
        "files": files.count_told(),
        "digest": "sha256:" + hashlib.sha256(files.told().encode("utf-8")).hexdigest(),
    }
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    return Artifact(BUILD_FACTS, text.encode("utf-8"))
