"""``scripts/handbook-tables``: write the handbook's tables anew, or say that they are stale."""

import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.handbook.tables import with_tables

HANDBOOK = Path(__file__).resolve().parents[2] / "docs" / "handbook"


def main(arguments: Sequence[str], folder: Path = HANDBOOK) -> int:
    """Write every page whose tables have changed; with ``--check`` only name them, status 1."""
    if set(arguments) - {"--check"}:
        print("用法：scripts/handbook-tables [--check]", file=sys.stderr)
        return 2
    stale = {}
    for page in sorted(folder.glob("*.md")):
        text = page.read_text(encoding="utf-8")
        fresh = with_tables(text)
        if fresh != text:
            stale[page] = fresh
    for page, fresh in stale.items():
        print(page.name)
        if "--check" not in arguments:
            page.write_text(fresh, encoding="utf-8")
    return int(bool(stale) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
