"""Pagefind over the same pages, for comparison: a development dependency, never the site's."""

import gzip
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from scripts.benchmark.measure import Cost, measure
from scripts.setup.places import NODE_MODULES, ROOT

LARGEST = 5_000
"""Articles above which Pagefind takes too long and too much memory to be asked along."""

_PROGRAM = NODE_MODULES / "pagefind" / "lib" / "runner" / "bin.cjs"
_MARK = b"pagefind_dcd"


def pagefind_program() -> Path | None:
    """Its starter, or None where it is not installed."""
    return _PROGRAM if _PROGRAM.is_file() and shutil.which("node") else None


def index_with_pagefind(program: Path, site: Path, output: Path) -> Cost:
    """Index the main part of the article pages into a folder, as a whole process."""
    shutil.rmtree(output, ignore_errors=True)
    command = ["node", str(program), "--site", str(site), "--output-path", str(output)]
    return measure(
        [*command, "--root-selector", "article", "--glob", "*/[0-9]*/*/index.html"], ROOT
    )


def addresses(output: Path) -> Mapping[str, str]:
    """The address of each page by Pagefind's name for it."""
    found = {}
    for file in (output / "fragment").glob("*.pf_fragment"):
        content = gzip.decompress(file.read_bytes()).removeprefix(_MARK)
        found[file.stem] = str(json.loads(content)["url"])
    return found
