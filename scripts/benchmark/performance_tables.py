"""Tables of docs/performance.md, made from the answers of ``scripts/bench``."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

Answer = Mapping[str, Any]
"""What one run of ``scripts/bench`` printed."""

CASES = {
    "nothing": "nothing changed",
    "body": "body edited",
    "title_middle": "title edited, article in the middle",
    "title_newest": "title edited, newest article",
    "new_article": "new article",
    "mkdocs_body": "body edited, `mkdocs build`",
}
"""Kinds of edits by their key in an answer."""

NAMES = {"jianyan": "Jianyan", "hugo": "Hugo", "pelican": "Pelican"}
"""Generators by their key in an answer."""

_COLD_CPU, _EDIT_CPU, _IDLE_CPU, _MKDOCS_MORE = 27.0, 1.0, 0.6, 0.6
_LARGE_EDIT_CPU, _GROWTH, _WALL_TO_CPU, _TO_HUGO = 5.0, 1.2, 0.65, 1.0
_SMALL_MB, _LARGE_MB = 600, 3000
_PEERS_FROM = 5_000
"""Articles from which the comparison with Hugo counts: below, starting up is most of it."""

_EDITED = ("body", "title_middle", "title_newest")
"""Edits for which there is a bar."""


def of_kind(answers: Iterable[Answer], kind: str) -> list[Answer]:
    """The answers of one benchmark, the smallest site first."""
    return sorted((one for one in answers if one["bench"] == kind), key=lambda one: one["articles"])


def all_tables(answers: Sequence[Answer]) -> str:
    """Everything of the page that comes from measurements, as Markdown."""
    parts = [
        ("Machine", machine_lines(answers)),
        ("Bars", bars_table(answers)),
        ("Built from nothing", build_table(of_kind(answers, "build"))),
        ("After an edit", edit_tables(of_kind(answers, "edit"))),
        ("Beside other generators", peers_tables(of_kind(answers, "peers"))),
    ]
    return "\n\n".join(f"## {heading}\n\n{text}" for heading, text in parts if text)


def machine_lines(answers: Sequence[Answer]) -> str:
    """Each machine that was measured on, and what was measured there."""
    benches: dict[str, list[str]] = {}
    for kind in ("build", "edit", "peers"):
        for one in of_kind(answers, kind):
            machine = one["machine"]
            told = (
                f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB, "
                f"{machine['system']}, Python {machine['python']}"
            )
            runs = "one run" if one["runs"] == 1 else f"median of {one['runs']} runs"
            benches.setdefault(told, []).append(f"`{kind} {one['articles']}` ({runs})")
    return "\n".join(f"- {told}: {', '.join(names)}" for told, names in benches.items())


def build_table(builds: Sequence[Answer]) -> str:
    """Cold builds, one line for each size."""
    return _table(
        (
            "articles",
            "CPU",
            "wall",
            "wall ÷ CPU",
            "CPU per article",
            "peak memory",
            "files",
            "jobs",
        ),
        [
            (
                f"{one['articles']:,}",
                _seconds(one["cpu_seconds"]),
                _seconds(one["wall_seconds"]),
                f"{one['wall_to_cpu']:.2f}",
                f"{one['cpu_ms_per_article']:.2f} ms",
                _memory(one["peak_memory_mb"]),
                f"{one['files']:,}",
                str(one["jobs"]),
            )
            for one in builds
        ],
    )


def edit_tables(edits: Sequence[Answer]) -> str:
    """Builds after an edit, one table for each size."""
    return "\n\n".join(
        f"{one['articles']:,} articles:\n\n"
        + _table(
            ("what", "CPU", "most of the runs", "wall", "peak memory", "files written"),
            [
                (
                    CASES[name],
                    _seconds(cost["cpu_seconds"]),
                    _seconds(cost["cpu_seconds_most"]),
                    _seconds(cost["wall_seconds"]),
                    _memory(cost["peak_memory_mb"]),
                    f"{cost['files_written']:,}",
                )
                for name, cost in one["edits"].items()
            ],
        )
        for one in edits
    )


def peers_tables(peers: Sequence[Answer]) -> str:
    """The generators beside each other, one table for each size, and what each does not make."""
    return "\n\n".join(_peers(one) for one in peers)


def _peers(one: Answer) -> str:
    rows = []
    for name, generator in one["generators"].items():
        for case, told in (("cold", "from nothing"), ("title_edit", "after a title edit")):
            cost, ratio = generator[case], one["ratios"].get(name, {}).get(case)
            rows.append(
                (
                    f"{NAMES[name]} {generator['version']}",
                    told,
                    _seconds(cost["cpu_seconds"]),
                    _seconds(cost["wall_seconds"]),
                    _memory(cost["peak_memory_mb"]),
                    f"{generator['files']:,}",
                    f"{ratio['cpu_seconds']:.2f}" if ratio else "",
                )
            )
    head = ("generator", "built", "CPU", "wall", "peak memory", "files", "Jianyan's CPU ÷ its CPU")
    lacks = [
        f"- {NAMES[name]} does not make: {'; '.join(generator['does_not_make'])}."
        for name, generator in one["generators"].items()
        if generator["does_not_make"]
    ]
    missing = [f"- {NAMES[name]} is left out: {why}." for name, why in one["left_out"].items()]
    notes = "\n".join([*lacks, *missing])
    return f"{one['articles']:,} articles:\n\n{_table(head, rows)}\n\n{notes}".rstrip()


def bars_table(answers: Sequence[Answer]) -> str:
    """What the project demands of itself beside what was measured, as far as it was."""
    rows = [
        *_build_bars(of_kind(answers, "build")),
        *_edit_bars(of_kind(answers, "edit")),
        *_peers_bars(of_kind(answers, "peers")),
    ]
    return _table(
        ("what", "bar", "measured", ""),
        [
            (what, f"≤ {show(bar)}", show(value), "met" if value <= bar else "**missed**")
            for what, bar, value, show in rows
        ],
    )


_Row = tuple[str, float, float, Callable[[float], str]]


def _build_bars(builds: Sequence[Answer]) -> list[_Row]:
    by_size = {one["articles"]: one for one in builds}
    rows: list[_Row] = []
    small, large = by_size.get(10_000), by_size.get(100_000)
    if small:
        rows += [
            ("10,000 from nothing, CPU", _COLD_CPU, small["cpu_seconds"], _seconds),
            ("10,000 from nothing, wall ÷ CPU", _WALL_TO_CPU, small["wall_to_cpu"], _ratio),
            ("10,000 from nothing, memory", _SMALL_MB, small["peak_memory_mb"], _memory),
        ]
    if large:
        rows.append(("100,000 from nothing, memory", _LARGE_MB, large["peak_memory_mb"], _memory))
    if small and large:
        growth = large["cpu_ms_per_article"] / small["cpu_ms_per_article"]
        rows.append(("CPU per article, 100,000 ÷ 10,000", _GROWTH, growth, _ratio))
    return rows


def _edit_bars(edits: Sequence[Answer]) -> list[_Row]:
    rows: list[_Row] = []
    for one in edits:
        size, costs = one["articles"], one["edits"]
        bar = {10_000: _EDIT_CPU, 100_000: _LARGE_EDIT_CPU}.get(size)
        if bar is None:
            continue
        dearest = max(costs[name]["cpu_seconds"] for name in _EDITED)
        rows.append((f"{size:,}, the dearest edit of body or title, CPU", bar, dearest, _seconds))
        if size == 10_000:
            idle = costs["nothing"]["cpu_seconds"]
            more = costs["mkdocs_body"]["cpu_seconds"] - costs["body"]["cpu_seconds"]
            rows.append((f"{size:,}, nothing changed, CPU", _IDLE_CPU, idle, _seconds))
            rows.append((f"{size:,}, `mkdocs build` costs more", _MKDOCS_MORE, more, _seconds))
    return rows


def _peers_bars(peers: Sequence[Answer]) -> list[_Row]:
    return [
        (
            f"{one['articles']:,} from nothing, CPU ÷ Hugo's",
            _TO_HUGO,
            one["ratios"]["hugo"]["cold"]["cpu_seconds"],
            _ratio,
        )
        for one in peers
        if one["articles"] >= _PEERS_FROM and "hugo" in one["ratios"]
    ]


def _seconds(value: float) -> str:
    return f"{value:.2f} s"


def _memory(value: float) -> str:
    return f"{value:,.0f} MB"


def _ratio(value: float) -> str:
    return f"{value:.2f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, its first column to the left; nothing where there are no rows."""
    if not rows:
        return ""
    marks = ["---", *["--:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, marks, *rows))
