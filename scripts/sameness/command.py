"""``scripts/equivalence N STEPS --seed S``: after every edit, the tree of a build from nothing.

Each step makes one or two edits, builds, now and then is killed in the middle, and compares the
whole tree with that of a build from nothing in another folder: byte by byte, but for the search
index, whose answers are compared; after ``--compact`` its bytes too. No phrase of a text that is
not public may stand in any file, packed or not.
"""

import json
import random
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.sameness.building import (
    build,
    build_and_kill,
    copy_without_memory,
    had_only_words,
)
from scripts.sameness.changing import Changing
from scripts.sameness.changing_site import write_site
from scripts.sameness.comparing import difference
from scripts.sameness.edits import any_edit, edit_of_words
from scripts.setup.console import say
from scripts.setup.places import ROOT

USAGE = """用法：scripts/equivalence N STEPS --seed S

对 N 篇文章的网站做 STEPS 步随机编辑，每步增量生成一次，同从头生成的逐字节比较；
第一处不同印在标准输出（JSON），状态 1。全部相同，状态 0。"""

_KILLED = 0.12
"""How often a build is killed in the middle."""

_WORDS = 0.3
"""How often nothing but words is edited: a build then goes through few texts."""

_SETTLED = 2.1
"""Seconds after which a file is known by its stamp."""

_STRICT = 0.1
"""How often a strict build goes before, which may be refused."""

_ELSEWHERE = 0.1
"""How often the site is built into another folder too."""

_IN_HOST = 0.1
"""How often MkDocs builds, also where it is not needed."""

_COMPACT_EVERY = 10


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for on the command line."""

    articles: int
    steps: int
    seed: int


def main(arguments: Sequence[str]) -> int:
    """Run the command; its exit status: 0 always the same, 1 a difference, 2 wrong use."""
    if set(arguments) & {"-h", "--help"}:
        print(USAGE)
        return 0
    wish = _read(arguments)
    if wish is None:
        say(USAGE)
        return 2
    folder = ROOT / ".cache" / "bench" / f"equivalence-{wish.articles}-{wish.seed}"
    try:
        answer = compare_steps(wish, folder)
    except KeyboardInterrupt:
        say("已停止")
        return 130
    print(json.dumps(answer, ensure_ascii=False, indent=2))
    return 0 if answer["difference"] is None else 1


def _read(arguments: Sequence[str]) -> Wish | None:
    left = [part for argument in arguments for part in argument.split("=", 1)]
    seed = "1"
    if "--seed" in left:
        at = left.index("--seed")
        seed = "".join(left[at + 1 : at + 2])
        del left[at : at + 2]
    numbers = [text for text in (*left, seed) if text.isascii() and text.isdigit()]
    if len(left) != 2 or len(numbers) != 3 or not int(left[0]) or not int(left[1]):
        return None
    return Wish(int(left[0]), int(left[1]), int(seed))


def compare_steps(wish: Wish, folder: Path) -> Mapping[str, object]:
    """Make the steps; the answer for stdout, ``difference`` None where all was the same."""
    say(f"正在准备 {wish.articles} 篇文章的网站……")
    write_site(folder, wish.articles)
    site = Changing(folder, random.Random(wish.seed))
    began, killed, only_words = time.monotonic(), 0, 0
    found = _step(site, 0, compact=False)
    step = 0
    while found is None and step < wish.steps:
        step += 1
        edit = any_edit
        if site.draw.random() < _WORDS:
            edit = edit_of_words
            # Of files that were known by their stamps when they were last looked at.
            time.sleep(_SETTLED)
            build(site, site.folder / "site")
        edits = [edit(site) for _ in range(site.draw.choice((1, 1, 2, 5)))]
        say(f"{step}／{wish.steps} {'；'.join(edits)}")
        if site.draw.random() < _KILLED:
            killed += build_and_kill(site, site.folder / "site", _jobs(site))
        found = _step(site, step, compact=step % _COMPACT_EVERY == 0)
        only_words += had_only_words(site)
        if found is not None:
            found = f"第 {step} 步（{'；'.join(edits)}）：{found}"
    return {
        "equivalence": "after every step",
        "articles": wish.articles,
        "steps": step,
        "seed": wish.seed,
        "killed_builds": killed,
        "builds_of_words_alone": only_words,
        "seconds": round(time.monotonic() - began, 1),
        "difference": found,
    }


def _step(site: Changing, step: int, *, compact: bool) -> str | None:
    """Build both trees and compare them."""
    tree, fresh = site.folder / "site", site.folder.with_name(f"{site.folder.name}-clean")
    if site.draw.random() < _STRICT:
        build(site, tree, ["--strict"])
    more = [*_jobs(site), *(["--compact"] if compact else [])]
    status = build(site, tree, more, in_host=site.draw.random() < _IN_HOST)
    copy_without_memory(site.folder, fresh)
    clean_status = build(Changing(fresh, site.draw, site.now), fresh / "site")
    if status != clean_status:
        return f"状态不同：增量 {status}，从头 {clean_status}"
    if status:
        # Settings with which nothing can be built: the old site stays.
        return None
    found = difference(site, tree, fresh / "site", with_index=compact or step == 0)
    if found is None and site.draw.random() < _ELSEWHERE:
        other = site.folder / "other"
        build(site, other, _jobs(site))
        found = difference(site, other, fresh / "site", with_index=False)
    return found


def _jobs(site: Changing) -> list[str]:
    return ["--jobs", str(site.draw.choice((1, 2, 3)))]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
