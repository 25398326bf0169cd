"""Pictures of coverage as PNG bytes, for people who look at the Dagster UI.

Belongs here: drawing rows. Does not belong here: which rows to draw (`views.py`). Figures are made without pyplot,
which keeps global state; colours are those of Okabe and Ito, told apart by the colour-blind.
"""

from __future__ import annotations

import io
import warnings
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999")
OTHERS = "all others"
BAR_DAYS = {"day": 1, "week": 7, "month": 28}


def stacked_bars(title: str, unit: str, axis: str, rows: Sequence[tuple[date, str, int]]) -> bytes:
    """Draw (first day, series, value) rows as one bar per day, week or month, stacked by series, the largest below."""
    figure, axes = _figure(title)
    sums: dict[str, int] = defaultdict(int)
    for _, series, value in rows:
        sums[series] += value
    ranked = sorted(sums, key=lambda series: (-sums[series], series))
    shown = ranked if len(ranked) <= len(COLOURS) else [*ranked[: len(COLOURS) - 1], OTHERS]
    heights: dict[str, dict[date, int]] = {series: defaultdict(int) for series in shown}
    for day, series, value in rows:
        heights[series if series in heights else OTHERS][day] += value
    days = sorted({day for day, _, _ in rows})
    below = [0] * len(days)
    for series, colour in zip(shown, COLOURS, strict=False):
        values = [heights[series][day] for day in days]
        axes.bar(
            days, values, bottom=below, width=timedelta(days=BAR_DAYS[unit] * 0.9), color=colour, label=_plain(series)
        )
        below = [low + value for low, value in zip(below, values, strict=True)]
    locator = AutoDateLocator(minticks=3, maxticks=9)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylabel(f"{axis} per {unit}")
    axes.grid(axis="y", color="#dddddd")
    axes.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False, fontsize=9, reverse=True)
    return _png(figure)


def ranked_bars(title: str, axis: str, labels: Sequence[str], **series: Sequence[int]) -> bytes:
    """Draw one horizontal bar per label and series, the first label on top; series are named by their keyword."""
    figure, axes = _figure(title)
    height = 0.8 / len(series)
    for number, ((name, values), colour) in enumerate(zip(series.items(), COLOURS, strict=False)):
        places = [place - 0.4 + height * (number + 0.5) for place in range(len(labels))]
        axes.barh(places, values, height=height, color=colour, label=name.replace("_", " "))
    axes.set_yticks(range(len(labels)), [_plain(_shortened(label)) for label in labels], fontsize=9)
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(axis)
    axes.grid(axis="x", color="#dddddd")
    if len(series) > 1:
        axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=len(series), frameon=False, fontsize=9)
    return _png(figure)


def _figure(title: str) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(8, 4), dpi=100, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    figure.suptitle(_plain(title), x=0.01, horizontalalignment="left", fontsize=11)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _png(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        # A name in a script that the font lacks is drawn as boxes; that is no reason to fail.
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from")
        figure.savefig(buffer, format="png")
    return buffer.getvalue()


def _shortened(label: str) -> str:
    return label if len(label) <= 44 else f"{label[:43]}…"


def _plain(text: str) -> str:
    """Return the text so that a dollar sign in it begins no formula."""
    return text.replace("$", r"\$")
