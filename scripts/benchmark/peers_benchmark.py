"""``scripts/bench peers N``: the same N articles built by this project and by its peers."""

import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.benchmark.building import (
    JOBS,
    build_with_jianyan,
    forget_builds,
    measure_build,
    median_costs,
    ready_corpus,
    size_of,
)
from scripts.benchmark.edits import (
    article_path,
    borrowed,
    changed,
    edited_title,
    middle,
    with_title,
)
from scripts.benchmark.machine import describe_machine
from scripts.benchmark.measure import Cost
from scripts.benchmark.peer import Peer, peer_article, peer_files
from scripts.benchmark.peer_hugo import HUGO
from scripts.benchmark.peer_pelican import PELICAN
from scripts.benchmark.pictures import write_pictures
from scripts.benchmark.storage import BENCH_CACHE, put_aside
from scripts.setup.console import SetupFault, say
from site_plugins import __version__

PEERS = (HUGO, PELICAN)
_OURS = "jianyan"
_RATIOS = ("cpu_seconds", "wall_seconds", "peak_memory_mb")


@dataclass(frozen=True, slots=True)
class Contender:
    """A generator with its copy of the site.

    Attributes:
        name: what the answer calls it.
        version: the package that is compared.
        site: folder of the built site.
        forget: removes the built site and what is remembered of it.
        build: builds the site.
        edit: from the number of the run to the file with another title, and its contents.
        lacks: what the project makes and it does not.
    """

    name: str
    version: str
    site: Path
    forget: Callable[[], None]
    build: Callable[[], Cost]
    edit: Callable[[int], tuple[Path, str]]
    lacks: tuple[str, ...]


def run_peers_benchmark(articles: int, runs: int) -> Mapping[str, object]:
    """Build the same articles with each generator, cold and after one title edit, in turn.

    Returns:
        the answer that goes to stdout; every number is the median of the runs.

    Raises:
        SetupFault: a build failed, or a generator did not make a page of every article.
    """
    folder = ready_corpus(articles)
    contenders, left_out = [_ourselves(folder, articles)], {}
    for peer in PEERS:
        program, reason = _installed(peer)
        if program is None:
            say(f"没有 {peer.name}，不比：{reason}")
            left_out[peer.name] = reason
        else:
            contenders.append(_contender(peer, program, articles))
    cold: dict[str, list[Cost]] = {one.name: [] for one in contenders}
    edited: dict[str, list[Cost]] = {one.name: [] for one in contenders}
    sizes = {}
    with borrowed(folder):
        for run in range(1, runs + 1):
            for one in contenders:
                one.forget()
                cold[one.name].append(one.build())
                _check_pages(one, articles)
                sizes[one.name] = size_of(one.site)
                path, text = one.edit(run)
                with changed(path, text):
                    edited[one.name].append(one.build())
                say(
                    f"{one.name} 第 {run}／{runs} 次：从头 CPU {cold[one.name][-1].cpu_seconds:.2f}"
                    f" 秒，改标题后 {edited[one.name][-1].cpu_seconds:.2f} 秒"
                )
    generators = {
        one.name: {
            "version": one.version,
            "cold": median_costs(cold[one.name]),
            "title_edit": median_costs(edited[one.name]),
            **sizes[one.name],
            "does_not_make": list(one.lacks),
        }
        for one in contenders
    }
    return {
        "bench": "peers",
        "articles": articles,
        "runs": runs,
        "jobs": JOBS,
        "generators": generators,
        "left_out": left_out,
        "ratios": ratios(generators),
        "machine": describe_machine(),
    }


def ratios(
    generators: Mapping[str, Mapping[str, object]],
) -> dict[str, dict[str, dict[str, float]]]:
    """What this project costs divided by what each peer costs, cold and after the edit."""
    ours = generators[_OURS]
    return {
        name: {
            case: {
                what: round(_number(ours, case, what) / _number(theirs, case, what), 3)
                for what in _RATIOS
            }
            for case in ("cold", "title_edit")
        }
        for name, theirs in generators.items()
        if name != _OURS
    }


def _number(generator: Mapping[str, object], case: str, what: str) -> float:
    costs = generator[case]
    assert isinstance(costs, Mapping)
    return float(costs[what])


def _ourselves(folder: Path, articles: int) -> Contender:
    def edit(run: int) -> tuple[Path, str]:
        file = folder / article_path(middle(articles), articles)
        return file, with_title(file.read_text(encoding="utf-8"), edited_title(run))

    return Contender(
        name=_OURS,
        version=__version__,
        site=folder / "site",
        forget=lambda: forget_builds(folder),
        build=lambda: build_with_jianyan(folder),
        edit=edit,
        lacks=(),
    )


def _contender(peer: Peer, program: Path, articles: int) -> Contender:
    """Write the peer's copy of the site anew."""
    folder = BENCH_CACHE / f"peer-{peer.name}-{articles}"
    put_aside(folder)
    write_pictures(folder / peer.pictures)
    for path, text in peer_files(peer, articles):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")

    def forget() -> None:
        for leftover in (peer.output, *peer.remembers):
            put_aside(folder / leftover)

    def edit(run: int) -> tuple[Path, str]:
        path, text = peer.article(
            peer_article(middle(articles), articles).titled(edited_title(run))
        )
        return folder / path, text

    return Contender(
        name=peer.name,
        version=peer.requirement.partition("==")[2],
        site=folder / peer.output,
        forget=forget,
        build=lambda: measure_build([str(program), *peer.command], folder),
        edit=edit,
        lacks=peer.lacks,
    )


def _check_pages(one: Contender, articles: int) -> None:
    """A generator that leaves articles out would be fast, and no comparison."""
    missing = [
        place
        for place in (peer_article(index, articles).place for index in range(articles))
        if not (one.site / place / "index.html").is_file()
    ]
    if missing:
        raise SetupFault(
            f"{one.name} 少了 {len(missing)} 篇文章的网页，第一篇是 {missing[0]}",
            "看上面几行里它自己的话；它的版本可能变了",
        )


def _installed(peer: Peer) -> tuple[Path | None, str]:
    """The peer's program in an environment of its own, or None and why there is none."""
    environment = BENCH_CACHE / f"environment-{peer.name}"
    stamp = environment / "requirement.txt"
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != peer.requirement:
        say(f"正在安装 {peer.requirement}……")
        shutil.rmtree(environment, ignore_errors=True)
        venv.create(environment, with_pip=True)
        if not _pip_install(environment / "bin" / "python", peer.requirement):
            return None, f"pip could not install {peer.requirement}"
        stamp.write_text(peer.requirement, encoding="utf-8")
    program = peer.program(environment)
    return program, "" if program else f"{peer.requirement} holds no program for this system"


def _pip_install(python: Path, requirement: str) -> bool:
    command: Sequence[str] = [str(python), "-m", "pip", "install", "-q", requirement]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=sys.stderr.fileno(), check=False
    )
    return done.returncode == 0
