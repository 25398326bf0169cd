"""Drawing rows as pictures, for people who look at the Dagster UI or at the report page.

Belongs here: how rows are drawn. Does not belong here: which rows, and what is said about them. Figures are made
without pyplot, which keeps global state. The colours are those of Okabe and Ito, told apart by the colour-blind; what
matters is told by form as well (a mark, a hatch, a number), so that nothing is lost in print.
"""

from __future__ import annotations

import io
import math
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from textwrap import wrap

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.collections import PolyCollection
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

BLUE, ORANGE, GREEN, PURPLE, SKY, RED, YELLOW, GREY = (
    *("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999"),
)
COLOURS = (BLUE, ORANGE, GREEN, PURPLE, SKY, RED, YELLOW, GREY)
OTHERS = "all others"
BAR_DAYS = {"day": 1, "week": 7, "month": 28}
# Inches, at 100 dots each. The report's pictures are as wide as a phone, so that their letters stay readable there.
UI_WIDTH, PAGE_WIDTH = 8.0, 4.3
FONT = {"font.family": "sans-serif", "font.size": 9, "svg.hashsalt": "dateline", "hatch.linewidth": 0.4}


@dataclass(frozen=True)
class Timeline:
    """The days of one actor or theme: articles with and without copies, and the days on which a shift was found."""

    label: str
    articles: Sequence[int]
    independent_articles: Sequence[int]
    shifts: Sequence[date] = field(default=())


def ranked_bars(
    title: str, axis: str, labels: Sequence[str], width: float = UI_WIDTH, **series: Sequence[int]
) -> Figure:
    """Draw one horizontal bar per label and series, the first label on top; series are named by their keyword."""
    shown = [_plain(_shortened(label)) for label in labels]
    figure, axes = _figure(title, width, 1.2 + 0.2 * len(labels), left=_wide(shown) + 0.22, bottom=0.5, top=0.25)
    height = 0.8 / len(series)
    for number, ((name, values), colour) in enumerate(zip(series.items(), (SKY, BLUE), strict=False)):
        places = [place - 0.4 + height * (number + 0.5) for place in range(len(labels))]
        axes.barh(places, values, height=height, color=colour, label=name.replace("_", " "))
    axes.set_yticks(range(len(labels)), shown)
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(axis)
    axes.grid(axis="x", color="#dddddd")
    if len(series) > 1:
        axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=len(series), frameon=False, fontsize=9)
    return figure


def stacked_bars(title: str, unit: str, axis: str, rows: Sequence[tuple[date, str, int]]) -> Figure:
    """Draw (first day, series, value) rows as one bar per day, week or month, stacked by series, the largest below."""
    sums: dict[str, int] = defaultdict(int)
    for _, series, value in rows:
        sums[series] += value
    ranked = sorted(sums, key=lambda series: (-sums[series], series))
    shown = ranked if len(ranked) <= len(COLOURS) else [*ranked[: len(COLOURS) - 1], OTHERS]
    figure, axes = _figure(title, UI_WIDTH, 4, left=0.65, bottom=0.5, right=_wide(shown) + 0.6)
    heights: dict[str, dict[date, int]] = {series: defaultdict(int) for series in shown}
    for day, series, value in rows:
        heights[series if series in heights else OTHERS][day] += value
    days = sorted({day for day, _, _ in rows})
    below = [0] * len(days)
    for series, colour in zip(shown, COLOURS, strict=False):
        values = [heights[series][day] for day in days]
        # Days as numbers: a width of less than a day, added to a date, would be lost.
        axes.bar(date2num(days), values, bottom=below, width=BAR_DAYS[unit] * 0.9, color=colour, label=_plain(series))
        below = [low + value for low, value in zip(below, values, strict=True)]
    _day_axis(axes)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylabel(f"{axis} per {unit}")
    axes.grid(axis="y", color="#dddddd")
    axes.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False, reverse=True, fontsize=9)
    return figure


def timelines(
    title: str,
    unit: str,
    starts: Sequence[date],
    lines: Sequence[Timeline],
    empty: Sequence[date] = (),
    width: float = UI_WIDTH,
) -> Figure:
    """Draw one row of bars per timeline, all on one scale: articles, those that are no copies, and shifts.

    `empty` are the days of which there is no article at all; they are hatched, since nothing can be read from them.
    """
    keys: list[Patch | Line2D] = [Patch(color=BLUE, label="articles without copies"), Patch(color=SKY, label="copies")]
    if any(line.shifts for line in lines):
        keys.append(Line2D([], [], marker="v", color=RED, linestyle="", label="shift"))
    if empty:
        keys.append(Patch(facecolor="none", edgecolor="#999999", hatch="////", label="no articles at all"))
    below = 0.55 + _legend_height(keys, width)
    figure, axes = _figure(title, width, 0.2 + 0.66 * len(lines) + below, left=0.4, bottom=below)
    top = max([1, *(value for line in lines for value in line.articles)])
    places, feet = date2num(starts), [-1.7 * top * number for number in range(len(lines))]
    left, right = places[0] - BAR_DAYS[unit] / 2, places[-1] + BAR_DAYS[unit] / 2
    for line, foot in zip(lines, feet, strict=True):
        axes.axhline(foot, color="#555555", linewidth=0.8)
        axes.axhline(foot + top, color="#dddddd", linewidth=0.8)
        for values, colour in ((line.articles, SKY), (line.independent_articles, BLUE)):
            _bars(axes, zip(places, values, strict=True), foot, BAR_DAYS[unit] * 0.9, colour)
        axes.text(
            left,
            foot + 1.1 * top,
            _plain(_shortened(line.label)),
            verticalalignment="bottom",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
        )
        if line.shifts:
            axes.plot(date2num(line.shifts), [foot + 1.12 * top] * len(line.shifts), "v", color=RED, markersize=6)
    for first, days in _runs(empty):
        axes.axvspan(first - 0.5, first + days - 0.5, facecolor="none", edgecolor="#bbbbbb", hatch="////", linewidth=0)
    axes.set_yticks([foot + height for foot in feet for height in (0, top)], ["0", f"{top:,}"] * len(feet))
    axes.set_ylim(feet[-1] - 0.1 * top, 1.75 * top)
    axes.set_xlim(left, right)
    axes.spines[["left", "bottom"]].set_visible(False)
    _day_axis(axes)
    _legend_below(figure, keys, width)
    return figure


def network(
    title: str, nodes: Sequence[tuple[str, int]], edges: Sequence[tuple[int, int, int]], width: float = UI_WIDTH
) -> Figure:
    """Draw named nodes around a circle, as large as their value, and edges (node, node, value) as thick as theirs."""
    labels = [wrap(_plain(label), 15, max_lines=2, placeholder="…") for label, _ in nodes]
    # Beside the circle the longest label has room, and above and below it two lines.
    radius = min(width / 2 - _wide([line for lines in labels for line in lines]) - 0.25, 2.3)
    height = 2 * radius + 1.15
    figure, axes = _figure(title, width, height, left=0, bottom=0, right=0)
    axes.set_axis_off()
    places = [
        (math.sin(2 * math.pi * number / len(nodes)), math.cos(2 * math.pi * number / len(nodes)))
        for number in range(len(nodes))
    ]
    heaviest = max([1, *(value for _, _, value in edges)])
    largest = max([1, *(value for _, value in nodes)])
    for one, other, value in sorted(edges, key=lambda edge: edge[2]):
        strength = value / heaviest
        axes.plot(
            *zip(places[one], places[other], strict=True),
            color=BLUE,
            alpha=0.25 + 0.65 * strength,
            linewidth=0.6 + 4.4 * strength,
            solid_capstyle="round",
            zorder=1,
        )
    for number, (lines, (_, value), (x, y)) in enumerate(zip(labels, nodes, places, strict=True)):
        axes.scatter([x], [y], s=30 + 200 * value / largest, color=ORANGE, edgecolor="white", zorder=2)
        side = 0 if abs(x) < 0.2 else math.copysign(1, x)
        axes.text(
            x * (1 + 0.2 / radius),
            y * (1 + 0.2 / radius),
            "\n".join(lines),
            horizontalalignment={0: "center", 1: "left", -1: "right"}[int(side)],
            verticalalignment="center" if side else ("bottom" if y > 0 else "top"),
            fontsize=9,
            gid=f"node-{number}",
        )
    axes.set_xlim(-width / 2 / radius, width / 2 / radius)
    axes.set_ylim(-height / 2 / radius, height / 2 / radius)
    return figure


def network_of(
    title: str,
    pairs: Sequence[tuple[str, str, str, str, int]],
    nodes: int,
    width: float = UI_WIDTH,
) -> Figure | None:
    """Draw the `nodes` heaviest nodes of (id, name, other id, other name, value) pairs; nothing where under three."""
    weights: Counter[str] = Counter()
    names = {}
    for one, name, other, other_name, value in pairs:
        weights.update({one: value, other: value})
        names |= {one: name, other: other_name}
    chosen = sorted(weights, key=lambda node: (-weights[node], node))[:nodes]
    edges = {(one, other): value for one, _, other, _, value in pairs if one in set(chosen) and other in set(chosen)}
    if len(chosen) < 3:
        return None
    places = {node: number for number, node in enumerate(_around(chosen, edges))}
    return network(
        title,
        [(names[node], weights[node]) for node in places],
        [(places[one], places[other], value) for (one, other), value in edges.items()],
        width,
    )


def matrix(
    title: str, rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[int]], width: float = UI_WIDTH
) -> Figure:
    """Draw a table of counts as a field of shades, each with its number."""
    down_labels = [_plain(_shortened(label, 30)) for label in rows]
    across_labels = [_plain(_shortened(label, 26)) for label in columns]
    below = 0.25 + 0.7 * _wide(across_labels)
    left = max(_wide(down_labels) + 0.22, 0.8 * _wide(across_labels[:1]))
    figure, axes = _figure(title, width, 0.4 + 0.26 * len(rows) + below, left=left, bottom=below)
    largest = max([1, *(value for row in values for value in row)])
    axes.imshow(values, cmap="Blues", vmin=0, vmax=largest * 1.2, aspect="auto")
    for down, row in enumerate(values):
        for across, value in enumerate(row):
            if value:
                colour = "white" if value > largest * 0.6 else "black"
                axes.text(across, down, f"{value:,}", ha="center", va="center", color=colour, fontsize=8)
    axes.set_yticks(range(len(rows)), down_labels)
    axes.set_xticks(range(len(columns)), across_labels, rotation=40, ha="right", rotation_mode="anchor")
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return figure


def ledger(
    title: str,
    sources: Sequence[str],
    days: Sequence[date],
    cells: Mapping[tuple[str, date], tuple[int, bool]],
    *,
    width: float = UI_WIDTH,
) -> Figure:
    """Draw what each source landed day by day: darker where more came, a cross where something was missing.

    `cells` holds (documents landed, whether there is a gap) by source and day.
    """
    labels = [_plain(_shortened(label, 28)) for label in sources]
    has_gaps = any(gap for _, gap in cells.values())
    keys: list[Patch | Line2D] = [Patch(color="#4292c6", label="documents landed (darker: more)")]
    if has_gaps:
        keys.append(Line2D([], [], marker="x", color=RED, linestyle="", label="gap: expected, not received"))
    below = 0.35 + _legend_height(keys, width)
    figure, axes = _figure(title, width, 0.2 + 0.26 * len(sources) + below, left=_wide(labels) + 0.22, bottom=below)
    shades = [[math.sqrt(cells.get((source, day), (0, False))[0]) for day in days] for source in sources]
    largest = max([1.0, *(shade for row in shades for shade in row)])
    axes.imshow(shades, cmap="Blues", vmin=0, vmax=largest * 1.3, aspect="auto")
    gaps = [
        (across, down)
        for down, source in enumerate(sources)
        for across, day in enumerate(days)
        if cells.get((source, day), (0, False))[1]
    ]
    if gaps:
        axes.plot(*zip(*gaps, strict=True), "x", color=RED, markersize=4 if len(days) > 40 else 5)
    axes.set_yticks(range(len(sources)), labels)
    step = max(1, math.ceil(len(days) / (6 if width < UI_WIDTH else 12)))
    axes.set_xticks(range(0, len(days), step), [f"{day.day} {day:%b}" for day in days[::step]])
    axes.tick_params(length=0)
    axes.set_xticks([edge - 0.5 for edge in range(len(days) + 1)], minor=True)
    axes.set_yticks([edge - 0.5 for edge in range(len(sources) + 1)], minor=True)
    axes.grid(which="minor", color="white", linewidth=0.8)
    axes.tick_params(which="minor", length=0)
    axes.spines[:].set_visible(False)
    _legend_below(figure, keys, width)
    return figure


def png(figure: Figure) -> bytes:
    """Return the figure as a PNG."""
    return _saved(figure, FigureCanvasAgg, format="png")


def svg(figure: Figure) -> bytes:
    """Return the figure as an SVG of the same bytes whenever the same is drawn; letters are outlines in it."""
    return _saved(figure, FigureCanvasSVG, format="svg", metadata={"Date": None, "Creator": None})


def _saved(figure: Figure, canvas: type, **how: object) -> bytes:
    canvas(figure)
    buffer = io.BytesIO()
    with rc_context(FONT), _missing_glyphs_allowed():
        figure.savefig(buffer, **how)
    return buffer.getvalue()


def _figure(
    title: str, width: float, height: float, *, left: float, bottom: float, right: float = 0.15, top: float = 0.05
) -> tuple[Figure, Axes]:
    """Return a figure with one chart and margins in inches; a layout engine would draw everything twice."""
    above = top + (0.32 if title else 0.05)
    height += above
    figure = Figure(figsize=(width, height), dpi=100)
    if title:
        figure.text(0.08 / width, 1 - 0.06 / height, _plain(title), verticalalignment="top", fontsize=11)
    left = min(left, width * 0.6)
    axes = figure.add_axes((left / width, bottom / height, 1 - (left + right) / width, 1 - (bottom + above) / height))
    _tidy(axes)
    return figure, axes


def _legend_below(figure: Figure, keys: Sequence[Patch | Line2D], width: float) -> None:
    columns = _legend_columns(keys, width)
    figure.legend(handles=keys, loc="lower left", bbox_to_anchor=(0, 0), fontsize=9, ncols=columns, frameon=False)


def _legend_height(keys: Sequence[Patch | Line2D], width: float) -> float:
    return 0.1 + 0.2 * math.ceil(len(keys) / _legend_columns(keys, width))


def _legend_columns(keys: Sequence[Patch | Line2D], width: float) -> int:
    return max(1, min(len(keys), int(width / (_wide([str(key.get_label()) for key in keys]) + 0.6))))


def _wide(labels: Sequence[str]) -> float:
    """Return how many inches the widest label takes in the size of the axes' labels."""
    font = get_font(findfont(FontProperties(size=9)))
    font.set_size(9, 100)
    widths = [0.0]
    with _missing_glyphs_allowed():
        for label in labels:
            font.set_text(label)
            widths.append(font.get_width_height()[0] / 64 / 100)
    return max(widths)


@contextmanager
def _missing_glyphs_allowed() -> Iterator[None]:
    """Draw a name in a script that the font lacks as boxes; that is no reason to fail."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from")
        yield


def _tidy(axes: Axes) -> None:
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=9)


def _bars(axes: Axes, heights: Iterable[tuple[float, int]], foot: float, width: float, colour: str) -> None:
    """Draw bars as one collection: hundreds of single patches would take seconds."""
    half = width / 2
    corners = [
        [(place - half, foot), (place - half, foot + value), (place + half, foot + value), (place + half, foot)]
        for place, value in heights
        if value
    ]
    axes.add_collection(PolyCollection(corners, facecolors=colour, linewidths=0))


def _around(nodes: list[str], edges: Mapping[tuple[str, str], int]) -> list[str]:
    """Return the nodes in an order in which each stands beside one that it shares most with."""
    ordered, waiting = nodes[:1], nodes[1:]
    while waiting:
        last = ordered[-1]
        closest = max(
            waiting,
            key=lambda node: (edges.get((last, node), 0) + edges.get((node, last), 0), -waiting.index(node)),
        )
        waiting.remove(closest)
        ordered.append(closest)
    return ordered


def _runs(days: Sequence[date]) -> list[tuple[float, int]]:
    """Return runs of days without a break as (first day as a number, how many)."""
    runs: list[tuple[float, int]] = []
    for number in date2num(sorted(days)):
        if runs and number == runs[-1][0] + runs[-1][1]:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((float(number), 1))
    return runs


def _day_axis(axes: Axes) -> None:
    axes.xaxis_date()
    locator = AutoDateLocator(minticks=3, maxticks=8)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))


def _shortened(label: str, length: int = 44) -> str:
    return label if len(label) <= length else f"{label[: length - 1]}…"


def _plain(text: str) -> str:
    """Return the text so that a dollar sign in it begins no formula."""
    return text.replace("$", r"\$")
