"""A site under edits: where it lies, what decides, what time it is."""

import random
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from scripts.benchmark.vocabulary import COLUMNS
from scripts.sameness.changing_site import START


@dataclass(slots=True)
class Changing:
    """A site under edits.

    Attributes:
        folder: where it lies.
        draw: what decides; who searches for counter-examples puts another in its place.
        now: the clock of the next build.
        deleted: contents of deleted files, to be added back.
    """

    folder: Path
    draw: random.Random
    now: datetime = field(default_factory=lambda: datetime.fromisoformat(START))
    deleted: dict[str, bytes] = field(default_factory=dict)

    @property
    def content(self) -> Path:
        """content/."""
        return self.folder / "content"

    @property
    def packages(self) -> Path:
        """A folder on Python's path where packages seem to be installed."""
        return self.folder / "packages"

    @property
    def settings(self) -> Path:
        """mkdocs.yml."""
        return self.folder / "mkdocs.yml"

    def texts(self) -> list[Path]:
        """Every text but those that say what lies below them, in a fixed order."""
        found = self.content.glob("*/**/*.md")
        return sorted(p for p in found if not _is_holder(p))

    def holders(self) -> list[Path]:
        """The texts that say what lies below them: columns, periodicals, issues."""
        return sorted(p for p in self.content.glob("*/**/index.md") if _is_holder(p))

    def articles(self) -> list[Path]:
        """The texts of the columns of articles."""
        return sorted(p for c in COLUMNS for p in (self.content / c).glob("20*/*.md"))

    def pick(self) -> Path:
        """Any text."""
        return self.draw.choice(self.texts())

    def name(self, path: Path) -> str:
        """How a file is told."""
        return path.relative_to(self.folder).as_posix()

    def number(self) -> int:
        """A number that is hardly drawn twice."""
        return self.draw.randrange(10**6)

    def phrase(self) -> str:
        """Words that stand nowhere else (see scripts.sameness.phrases)."""
        return f"暗语{self.number():06d}"

    def day(self) -> str:
        """A day of the past ten years."""
        return f"{datetime(2014, 1, 1) + timedelta(days=self.draw.randrange(3650)):%Y-%m-%d}"


def _is_holder(path: Path) -> bool:
    return path.name == "index.md" and path.parent.parent.name != "plans"


def read(path: Path) -> str:
    """A text, whatever an edit has made of its bytes."""
    return path.read_text(encoding="utf-8", errors="replace")


def write(path: Path, text: str) -> None:
    """Write a text, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def put(path: Path, key: str, value: str | None) -> None:
    """Write a key of the front matter in place of what it said; None takes it out."""
    head, mark, rest = read(path).partition("\n---\n")
    if not mark:
        return
    kept: list[str] = []
    goes = False
    for line in head.split("\n"):
        # What is indented below a key goes with it.
        goes = line.startswith(f"{key}:") or (goes and line.startswith(" "))
        if not goes:
            kept.append(line)
    if value is not None:
        kept.append(f"{key}: {value}")
    write(path, "\n".join(kept) + mark + rest)


def says(path: Path, key: str) -> str | None:
    """What the front matter says for a key on its line; None for nothing."""
    head, mark, _ = read(path).partition("\n---\n")
    found = re.search(rf"^{key}: *(.*)$", head, re.MULTILINE) if mark else None
    return found[1] if found else None


def swap(path: Path, *wordings: str) -> bool:
    """Put the wording that comes after the one that is there into its place; False for none."""
    text = read(path)
    for at, there in enumerate(wordings):
        if there in text:
            write(path, text.replace(there, wordings[(at + 1) % len(wordings)], 1))
            return True
    return False
