"""The pictures of the report page: what is drawn, what it is called, what it says to those who cannot see it.

Belongs here: turning the page's rows into pictures of `assets/pictures.py` with title, alternative text and numbers.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matplotlib.figure import Figure

from assets.pictures import PAGE_WIDTH, Timeline, ledger, network_of, svg, timelines
from assets.report.contents import Contents, Row

NODES = 12


@dataclass(frozen=True)
class Illustration:
    """A picture with its title, its alternative text, and the table of numbers that it shows."""

    title: str
    alt: str
    source: str
    columns: tuple[str, ...]
    numbers: list[tuple[object, ...]]


def illustrations(contents: Contents) -> dict[str, Illustration]:
    """Return the pictures of a page by name; none where there is nothing to draw."""
    found = {
        "actors": _timelines("Actors of the week, day by day", "actor", contents, contents.actor_days),
        "themes": _timelines("Themes of the week, day by day", "theme", contents, contents.theme_days),
        "network": _network(contents),
        "ledger": _ledger(contents),
    }
    return {name: picture for name, picture in found.items() if picture}


def _timelines(title: str, kind: str, contents: Contents, days: Mapping[str, Sequence[Row]]) -> Illustration | None:
    if not days:
        return None
    counts = {
        name: {row["published_on"]: (row["articles"], row["independent_articles"]) for row in rows}
        for name, rows in days.items()
    }
    lines = [
        Timeline(
            name,
            [by_day.get(day, (0, 0))[0] for day in contents.starts],
            [by_day.get(day, (0, 0))[1] for day in contents.starts],
            [day for of, shifted, day in contents.shift_days if (of, shifted) == (kind, name)],
        )
        for name, by_day in counts.items()
    ]
    figure = timelines("", "day", contents.starts, lines, contents.empty_days, width=PAGE_WIDTH)
    said = "; ".join(
        f"{line.label} {sum(line.articles)} articles, {sum(line.articles[-7:])} of them in the last 7 days"
        for line in lines
    )
    return Illustration(
        title,
        f"Small bar charts of articles per day from {_day(contents.starts[0])} to {_day(contents.day)}: {said}.",
        _embedded(figure),
        ("Day", *(line.label for line in lines)),
        [
            (_day(day), *(line.articles[number] for line in lines))
            for number, day in enumerate(contents.starts)
            if any(line.articles[number] for line in lines)
        ],
    )


def _network(contents: Contents) -> Illustration | None:
    pairs = contents.pairs
    figure = network_of(
        "",
        [(row["actor_id"], row["name"], row["other_actor_id"], row["other_name"], row["articles"]) for row in pairs],
        NODES,
        PAGE_WIDTH,
    )
    if figure is None:
        return None
    strongest = "; ".join(f"{pair['name']} and {pair['other_name']} {pair['articles']}" for pair in pairs[:5])
    return Illustration(
        "Who is named with whom, this month",
        f"Network of the actors that share most articles of the month. Most articles: {strongest}.",
        _embedded(figure),
        ("Actor", "With", "Articles", "In one sentence"),
        [(pair["name"], pair["other_name"], pair["articles"], pair["same_sentence_articles"]) for pair in pairs[:30]],
    )


def _ledger(contents: Contents) -> Illustration | None:
    if not contents.ledger:
        return None
    days = sorted({row["landed_on"] for row in contents.ledger})
    sources = sorted({row["source"] for row in contents.ledger})
    cells = {(row["source"], row["landed_on"]): (row["landed"], row["gap"]) for row in contents.ledger}
    figure = ledger("", sources, days, cells, width=PAGE_WIDTH)
    rows: list[tuple[object, ...]] = []
    for source in sources:
        own = [row for row in contents.ledger if row["source"] == source]
        rows.append(
            (
                source,
                sum(row["landed"] for row in own),
                sum(row["rejected"] for row in own),
                sum(row["undated"] for row in own),
                sum(row["gap"] for row in own),
            )
        )
    gaps = ", ".join(f"{row[0]} {row[4]}" for row in rows if row[4]) or "none"
    return Illustration(
        f"What each source gave, the {len(days)} landing days to {_day(days[-1])}",
        f"Grid of sources by landing day, darker where more documents landed. Days with a gap: {gaps}.",
        _embedded(figure),
        ("Source", "Landed", "Rejected", "Undated", "Days with a gap"),
        rows,
    )


def _embedded(figure: Figure) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg(figure)).decode()}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
