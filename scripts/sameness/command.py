"""``scripts/equivalence N STEPS --seed S``: after every edit, the tree of a build from nothing.

Each step makes one or two edits, builds, now and then is killed in the middle, and compares the
whole tree with that of a build from nothing in another folder: byte by byte, but for the search
index, whose answers are compared; after ``--compact`` its bytes too. No phrase of a text that is
not public may stand in any file, packed or not.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.sameness.changing_site import write_site
from scripts.sameness.comparing import different_answer, first_difference, leaks, read_tree
from scripts.sameness.edits import Changing, any_edit
from scripts.setup.console import say
from scripts.setup.places import ROOT, SITE_ENVIRONMENT

USAGE = """用法：scripts/equivalence N STEPS --seed S

对 N 篇文章的网站做 STEPS 步随机编辑，每步增量生成一次，同从头生成的逐字节比较；
第一处不同印在标准输出（JSON），状态 1。全部相同，状态 0。"""

_KILLED = 0.12
"""How often a build is killed in the middle."""

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
    site.packages.mkdir()
    began, killed = time.monotonic(), 0
    difference = _step(site, 0, compact=False)
    step = 0
    while difference is None and step < wish.steps:
        step += 1
        edits = [any_edit(site) for _ in range(site.draw.choice((1, 1, 2, 5)))]
        say(f"{step}／{wish.steps} {'；'.join(edits)}")
        if site.draw.random() < _KILLED:
            killed += _build_and_kill(site)
        difference = _step(site, step, compact=step % _COMPACT_EVERY == 0)
        if difference is not None:
            difference = f"第 {step} 步（{'；'.join(edits)}）：{difference}"
    return {
        "equivalence": "after every step",
        "articles": wish.articles,
        "steps": step,
        "seed": wish.seed,
        "killed_builds": killed,
        "seconds": round(time.monotonic() - began, 1),
        "difference": difference,
    }


def _step(site: Changing, step: int, *, compact: bool) -> str | None:
    """Build both trees and compare them."""
    tree, clean = site.folder / "site", site.folder / "clean"
    jobs = site.draw.choice((1, 2, 3))
    more = ["--jobs", str(jobs), *(["--compact"] if compact else [])]
    status = _build(site, tree, more)
    fresh = site.folder.with_name(f"{site.folder.name}-clean")
    _copy(site.folder, fresh)
    shutil.rmtree(clean, ignore_errors=True)
    clean_status = _build(Changing(fresh, site.draw, site.now), fresh / "site", [])
    if status != clean_status:
        return f"状态不同：增量 {status}，从头 {clean_status}"
    after, wanted = read_tree(tree), read_tree(fresh / "site")
    return (
        first_difference(after, wanted, with_index=compact or step == 0)
        or leaks(after, site.secrets)
        or different_answer(tree, fresh / "site", random.Random(step))
    )


def _copy(source: Path, target: Path) -> None:
    """The site's own files alone, at another place."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("site", ".cache"))


def _command(site: Changing, output: Path, more: Sequence[str]) -> list[str]:
    program = str(SITE_ENVIRONMENT / "bin" / "jianyan")
    config = str(site.folder / "mkdocs.yml")
    return [
        program,
        "build",
        "-q",
        "--now",
        site.now.isoformat(),
        "-f",
        config,
        "-d",
        str(output),
        *more,
    ]


def _environment(site: Changing) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(site.packages)}


def _build(site: Changing, output: Path, more: Sequence[str]) -> int:
    finished = subprocess.run(
        _command(site, output, more),
        cwd=site.folder,
        env=_environment(site),
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr.fileno(),
        # Faulty texts are part of it, and tell of themselves in every build.
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return finished.returncode


def _build_and_kill(site: Changing) -> int:
    """Begin a build and kill it at any moment; whether it was still running."""
    process = subprocess.Popen(
        _command(site, site.folder / "site", []),
        cwd=site.folder,
        env=_environment(site),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(0.2 + site.draw.random() * 1.5)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
