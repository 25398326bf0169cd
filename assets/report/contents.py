"""What stands on the report page of a day, read from the published file.

Belongs here: which rows the page shows, and the pictures' rows. Does not belong here: how they look (`page.html`,
`illustrations.py`), and where the page lies (`pages.py`). Every statement looks at no more than two months.
"""

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from assets.statements import names, statement

if TYPE_CHECKING:
    import duckdb

TIMELINE_DAYS = 56
LEDGER_DAYS = 28
TIMELINES = 6
SENTENCES = 3
PAIRS = 60
STORIES = 6

Row = dict[str, Any]


@dataclass(frozen=True)
class Period:
    """A run of days that the page counts together; both ends are in."""

    name: str
    since: date
    until: date

    @property
    def before(self) -> Period:
        """The period before this one: as many days, or the month before."""
        last = self.since - timedelta(days=1)
        days = last.day if self.name == "month" else (self.until - self.since).days + 1
        return Period(f"{self.name} before", last - timedelta(days=days - 1), last)


@dataclass(frozen=True)
class Counted:
    """A period with its denominators, its actors and its themes."""

    period: Period
    totals: Row
    actors: list[Row] = field(default_factory=list)
    themes: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Contents:
    """Everything on the page of a day but for what the file is (`about`), which does not make it another page."""

    day: date
    totals: Row
    actors: list[Row]
    themes: list[Row]
    articles: list[Row]
    quotes: list[Row]
    week: Counted
    month: Counted
    pairs: list[Row]
    week_pairs: list[Row]
    shifts: list[Row]
    stories: list[Row]
    week_stories: list[Row]
    shift_days: list[tuple[str, str, date]]
    starts: list[date]
    empty_days: list[date]
    actor_days: dict[str, list[Row]]
    theme_days: dict[str, list[Row]]
    ledger: list[Row]
    accuracy: list[Row]

    @property
    def fingerprint(self) -> str:
        """A hash of all of it: equal for pages that say the same."""
        return hashlib.sha256(repr(asdict(self)).encode()).hexdigest()[:16]


def last_day_with_news(connection: duckdb.DuckDBPyConnection, day: date | None = None) -> date | None:
    """Return the last publication day with an article, no later than `day` where one is given."""
    [row] = _rows(connection, "last_day", day=day)
    return row["published_on"]


def about(connection: duckdb.DuckDBPyConnection) -> Row:
    """Return what the file says of itself."""
    [row] = _rows(connection, "file")
    return row


def contents_of(connection: duckdb.DuckDBPyConnection, day: date) -> Contents:
    """Return what stands on the page of publication day `day`."""
    week = Period("week", monday := day - timedelta(days=day.weekday()), monday + timedelta(days=6))
    month = Period("month", day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
    [totals] = _rows(connection, "totals", since=day, until=day)
    actors = _rows(connection, "day_actors", day=day)
    _attach_sentences(connection, Period("day", day, day), actors)
    counted_week, counted_month = (_counted(connection, period) for period in (week, month))
    since = max(day - timedelta(days=TIMELINE_DAYS - 1), about(connection)["first_published_on"])
    window = {"since": since, "until": day}
    starts = [since + timedelta(days=number) for number in range((day - since).days + 1)]
    with_articles = {row["published_on"] for row in _rows(connection, "days_with_articles", **window)}
    shifts = _rows(connection, "shifts", **window)
    return Contents(
        day=day,
        totals=totals,
        actors=actors,
        themes=_rows(connection, "day_themes", day=day),
        articles=_rows(connection, "articles", day=day),
        quotes=_rows(connection, "quotes", day=day),
        week=counted_week,
        month=counted_month,
        pairs=_rows(connection, "pairs", since=month.since, until=month.until, n=PAIRS),
        week_pairs=_rows(connection, "pairs", since=week.since, until=week.until, n=12),
        shifts=_with_evidence(connection, shifts, {"day": Period("day", day, day), "week": week}),
        stories=_stories(connection, Period("day", day, day), since, STORIES),
        week_stories=_stories(connection, week, since, 2 * STORIES),
        shift_days=[(row["kind"], row["name"], row["published_on"]) for row in shifts if row["period"] == "day"],
        starts=starts,
        empty_days=[one for one in starts if one not in with_articles],
        actor_days=_by_name(connection, "actor_days", counted_week.actors, "actor_id", window),
        theme_days=_by_name(connection, "theme_days", counted_week.themes, "theme_id", window),
        ledger=_rows(connection, "ledger", since=day - timedelta(days=LEDGER_DAYS - 1), until=day),
        accuracy=_rows(connection, "accuracy"),
    )


def _counted(connection: duckdb.DuckDBPyConnection, period: Period) -> Counted:
    during = {"since": period.since, "until": period.until}
    before = {"before_since": period.before.since, "before_until": period.before.until}
    [totals] = _rows(connection, "totals", **during)
    return Counted(
        period,
        totals,
        _rows(connection, "period_actors", **during, **before),
        _rows(connection, "period_themes", **during, **before),
    )


def _attach_sentences(connection: duckdb.DuckDBPyConnection, period: Period, actors: list[Row]) -> None:
    """Give each actor the sentences that name it, the first of every article before the second of any."""
    found = _sentences(connection, period, [actor["actor_id"] for actor in actors])
    for actor in actors:
        actor["sentences"] = found[actor["actor_id"]]
        actor["more_sentences"] = max([0, *(row["sentences"] - SENTENCES for row in actor["sentences"])])


def _sentences(connection: duckdb.DuckDBPyConnection, period: Period, actors: list[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(connection, "evidence", since=period.since, until=period.until, actors=actors, n=SENTENCES):
        found[row["id"]].append({**row, "pieces": _pieces(row["sentence"], row["surface"], row["starts_at"])})
    return found


def _with_evidence(connection: duckdb.DuckDBPyConnection, shifts: list[Row], periods: dict[str, Period]) -> list[Row]:
    """Return the shifts that begin with one of the periods, most surprising first, with the articles that made them."""
    shown = [row for row in shifts if row["published_on"] == periods[row["period"]].since]
    shown = sorted(shown, key=lambda row: (row["period"], -row["score"], row["name"]))
    for row in shown:
        period = periods[row["period"]]
        during = {"since": period.since, "until": period.until, "id": row["id"], "n": SENTENCES}
        if row["kind"] == "actor":
            row["evidence"] = _sentences(connection, period, [row["id"]])[row["id"]]
        elif row["kind"] == "theme":
            found = _rows(connection, "theme_evidence", **during)
            row["evidence"] = [{**one, "pieces": (one["words"], "", "")} for one in found]
        else:
            found = _rows(connection, "pair_evidence", other_id=row["other_id"], **during)
            row["evidence"] = [{**one, "pieces": (one["sentence"], "", "")} for one in found]
    return shown


def _stories(connection: duckdb.DuckDBPyConnection, period: Period, since: date, n: int) -> list[Row]:
    """Return the stories of a period with their articles and leading actors since `since`."""
    stories = _rows(connection, "stories", since=period.since, until=period.until, n=n)
    chosen = {"stories": [story["story_id"] for story in stories]}
    window = {"since": since, "until": period.until}
    for key, query, more in (("told_by", "story_articles", window), ("actors", "story_actors", {})):
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in _rows(connection, query, **chosen, **more) if stories else []:
            rows[row["story_id"]].append(row)
        for story in stories:
            story[key] = rows[story["story_id"]]
    return stories


def _pieces(sentence: str, surface: str, start: int) -> tuple[str, str, str]:
    """Return what stands before the surface, the surface, and what stands after it."""
    if sentence[start : start + len(surface)] != surface:
        return sentence, "", ""
    return sentence[:start], surface, sentence[start + len(surface) :]


def _by_name(
    connection: duckdb.DuckDBPyConnection, query: str, leading: list[Row], key: str, window: Row
) -> dict[str, list[Row]]:
    """Return the days of the first of `leading`, by their names."""
    shown = leading[:TIMELINES]
    days: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(connection, query, ids=[one[key] for one in shown], **window):
        days[row["id"]].append(row)
    return {one["name"]: days[one[key]] for one in shown}


def _rows(connection: duckdb.DuckDBPyConnection, name: str, **parameters: Any) -> list[Row]:
    folder = "page" if name in names("page") else "pictures"
    cursor = connection.execute(statement(folder, name), parameters or None)
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
