"""The chart of docs/performance.md: CPU seconds as bars, drawn from the answers alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from scripts.benchmark.performance_tables import CASES, NAMES, Answer, of_kind

_WIDTH, _LABELS, _VALUES, _ROW, _BAR = 760, 270, 70, 26, 16
_OURS, _THEIRS = "#b3261e", "#7a8794"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is, CPU seconds, and whether it is this project's."""

    label: str
    seconds: float
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """Bars on one scale below a heading."""

    heading: str
    bars: tuple[Bar, ...]

    @property
    def height(self) -> int:
        """In pixels, with the heading and the space below."""
        return 36 + _ROW * len(self.bars) + 14


def panels(answers: Sequence[Answer]) -> list[Panel]:
    """What is drawn: of each comparison the largest site that was measured."""
    found = []
    for one in of_kind(answers, "peers")[-1:]:
        bars = [
            Bar(f"{NAMES[name]}, {told}", generator[case]["cpu_seconds"], name == "jianyan")
            for case, told in (("cold", "from nothing"), ("title_edit", "after a title edit"))
            for name, generator in one["generators"].items()
        ]
        found.append(Panel(f"{one['articles']:,} articles beside other generators", tuple(bars)))
    for one in of_kind(answers, "edit"):
        bars = [
            Bar(CASES[name].replace("`", ""), cost["cpu_seconds"], True)
            for name, cost in one["edits"].items()
        ]
        found.append(Panel(f"{one['articles']:,} articles, built again", tuple(bars)))
    builds = of_kind(answers, "build")
    if builds:
        cold = [Bar(f"{one['articles']:,} articles", one["cpu_seconds"], True) for one in builds]
        found.append(Panel("Built from nothing", tuple(cold)))
    return found


def draw_chart(answers: Sequence[Answer]) -> str:
    """The chart as SVG."""
    drawn = panels(answers)
    height = 48 + sum(panel.height for panel in drawn)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif" font-size="13" role="img" '
        'aria-label="CPU seconds of builds">',
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
        '<text x="16" y="26" font-size="15" fill="#222">CPU seconds of whole processes; '
        "shorter is better; each group has its own scale</text>",
    ]
    top = 48
    for panel in drawn:
        lines += _draw_panel(panel, top)
        top += panel.height
    return "\n".join([*lines, "</svg>"]) + "\n"


def _draw_panel(panel: Panel, top: int) -> Iterator[str]:
    yield (
        f'<text x="16" y="{top + 18}" font-weight="bold" fill="#222">{escape(panel.heading)}</text>'
    )
    longest = max(bar.seconds for bar in panel.bars)
    for order, bar in enumerate(panel.bars):
        y = top + 32 + order * _ROW
        width = (_WIDTH - _LABELS - _VALUES) * bar.seconds / longest
        yield (
            f'<text x="{_LABELS - 10}" y="{y + 13}" text-anchor="end" fill="#222">'
            f"{escape(bar.label)}</text>"
        )
        yield (
            f'<rect x="{_LABELS}" y="{y}" width="{width:.1f}" height="{_BAR}" '
            f'fill="{_OURS if bar.is_ours else _THEIRS}"/>'
        )
        yield (
            f'<text x="{_LABELS + width + 6:.1f}" y="{y + 13}" fill="#222">'
            f"{bar.seconds:.2f} s</text>"
        )
