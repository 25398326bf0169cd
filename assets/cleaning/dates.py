"""When an article was published, how that is known, and between which days it must have been.

Belongs here: reading dates as machines and people write them, weighing the pieces of evidence against each other.
Does not belong here: finding the places on a page where dates stand (page_dates.py, furniture.py).
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from zoneinfo import ZoneInfo

from dateutil import parser as dateutil_parser

from assets.cleaning.rules import DateRules

# Methods of `articles.date_method`, the strongest first.
METHODS = ("declared", "feed", "page_metadata", "url", "text")

FIRST_YEAR = 1900  # below it stand templates' zero dates (0001-01-01 on 4 of 181 news pages), not newspapers

_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:[T ]\s?(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?",
    re.IGNORECASE,
)
_CLOCK = r"(?:\D{0,4}\b(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?!\d|[.:/]\d)\s*(?P<half>[ap]\.?m\b)?)?"
_NUMERIC = re.compile(r"(?<![\d./:-])(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?![\d/-]|\.\d)" + _CLOCK, re.IGNORECASE)
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_.-]?)(0?[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01]|[1-9](?=[/_.-]))(?!\d)")


@dataclass(frozen=True)
class Moment:
    """A day, and the UTC instant where that is known."""

    on: date
    at: datetime | None = None


@dataclass(frozen=True)
class Evidence:
    """One place that says when an article was published."""

    method: str
    moment: Moment


@dataclass(frozen=True)
class Written:
    """A date as it stands in a line; `year` is None where the line does not say."""

    start: int
    end: int
    day: int
    month: int
    year: int | None
    hour: int | None
    minute: int | None


@dataclass(frozen=True)
class Publication:
    """What the evidence says together: the date columns of `articles`."""

    published_at: datetime | None
    published_on: date | None
    date_method: str
    published_earliest: date | None
    published_latest: date | None
    date_conflict: bool


def decide(evidence: Iterable[Evidence], latest: date, bound: date | None) -> Publication:
    """Return the publication that the strongest usable evidence gives.

    `latest` is the last day that can be believed (a date in the future is no date); `bound` is the last day possible
    for an article without a date.
    """
    usable = [piece for piece in evidence if piece.moment.on.year >= FIRST_YEAR and piece.moment.on <= latest]
    usable.sort(key=lambda piece: METHODS.index(piece.method))  # stable: within a method, as it was found
    if not usable:
        return Publication(None, None, "none", None, bound, False)
    best = usable[0]
    days = [piece.moment.on for piece in usable]
    # The instant may stand in a second place, such as a byline under a day that the sidecar declares.
    at = best.moment.at or next((p.moment.at for p in usable if p.moment.on == best.moment.on and p.moment.at), None)
    conflict = max(days) - min(days) > timedelta(days=1)
    return Publication(at, best.moment.on, best.method, best.moment.on, best.moment.on, conflict)


def read_moment(text: str | None, zone: ZoneInfo | None) -> Moment | None:
    """Return the moment that a machine wrote as `text`; None where it is no full date, or could be two."""
    text = (text or "").strip()
    if not 6 <= len(text) <= 80:
        return None
    try:
        return _read_iso(text, zone) or _read_epoch(text, zone) or _read_mail(text, zone) or _read_prose(text, zone)
    except (ValueError, OverflowError, TypeError):
        return None


def _read_iso(text: str, zone: ZoneInfo | None) -> Moment | None:
    match = _ISO.fullmatch(text)
    if not match:
        return None
    day = date(int(match[1]), int(match[2]), int(match[3]))
    if match[4] is None:
        return Moment(day)
    clock = datetime(day.year, day.month, day.day, int(match[4]), int(match[5]), int(match[6] or 0))
    if match[7] is None:
        return _in_zone(clock, zone)
    offset = "+0000" if match[7].upper() in ("Z", "UTC", "GMT") else match[7].replace(":", "").ljust(5, "0")
    return _aware(datetime.strptime(f"{clock:%Y-%m-%dT%H:%M:%S}{offset}", "%Y-%m-%dT%H:%M:%S%z"), zone)


def _read_epoch(text: str, zone: ZoneInfo | None) -> Moment | None:
    if not re.fullmatch(r"\d{10}|\d{13}", text):
        return None
    return _aware(datetime.fromtimestamp(int(text[:10]), UTC), zone)


def _read_mail(text: str, zone: ZoneInfo | None) -> Moment | None:
    if not re.match(r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d", text):
        return None
    moment = parsedate_to_datetime(text)
    return _aware(moment, zone) if moment.tzinfo else _in_zone(moment, zone)


def _read_prose(text: str, zone: ZoneInfo | None) -> Moment | None:
    """Read what dateutil understands, if it understands day, month and year, and the same both ways round."""
    readings = []
    for day_first, default in ((True, datetime(2000, 1, 1)), (False, datetime(2004, 2, 2))):
        with warnings.catch_warnings():
            # A zone that dateutil does not know would silently become local time.
            warnings.simplefilter("error")
            try:
                readings.append(dateutil_parser.parse(text, dayfirst=day_first, default=default))
            except (Warning, RecursionError):
                return None
    if readings[0] != readings[1]:
        return None
    if not re.search(r"\d{1,2}:\d\d", text):
        return Moment(readings[0].date())
    return _aware(readings[0], zone) if readings[0].tzinfo else _in_zone(readings[0], zone)


def _aware(moment: datetime, zone: ZoneInfo | None) -> Moment:
    """Return the day by the publisher's clock: its zone where configured, else the offset that it wrote."""
    instant = moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    return Moment((moment.astimezone(zone) if zone else moment).date(), instant)


def _in_zone(clock: datetime, zone: ZoneInfo | None) -> Moment:
    """Read a clock without a zone as the publisher's; where that is unknown only the day is."""
    if zone is None:
        return Moment(clock.date())
    return Moment(clock.date(), clock.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None, microsecond=0))


def read_url(url: str | None) -> Moment | None:
    """Return the day that the path of an address names (`/2022/03/16/`, `/2022-03-16-`, `/20220316/`)."""
    path = re.sub(r"^[a-z]+://[^/]*", "", (url or "").split("?")[0].split("#")[0])
    for match in _URL_DAY.finditer(path):
        try:
            return Moment(date(int(match[1]), int(match[3]), int(match[4])))
        except ValueError:
            continue
    return None


def written_dates(line: str, rules: DateRules) -> list[Written]:
    """Return the dates that stand in a line as people write them; those that could be two days are left out."""
    found = []
    for match in _month_pattern(rules.month_names).finditer(line):
        year = match["year1"] or match["year2"]
        number = rules.month_numbers[(match["month1"] or match["month2"]).casefold().rstrip(".")]
        hour, minute = _clock(match)
        day = int(match["day1"] or match["day2"])
        found.append(Written(*match.span(), day, number, int(year) if year else None, hour, minute))
    for match in _NUMERIC.finditer(line):
        first, second, third = match[1], match[3], match[4]
        if len(first) == 4:
            year, month, day = int(first), int(second), int(third)
        elif len(third) == 4 and match[2] == ".":  # dots mean day first wherever they are in use
            day, month, year = int(first), int(second), int(third)
        elif len(third) == 4 and (int(first) > 12 or int(second) > 12 or first == second):
            day, month, year = (
                (int(first), int(second), int(third)) if int(second) <= 12 else (int(second), int(first), int(third))
            )
        else:
            continue
        hour, minute = _clock(match)
        found.append(Written(*match.span(), day, month, year, hour, minute))
    return sorted((piece for piece in found if _is_day(piece)), key=lambda piece: piece.start)


def resolve(written: Written, landed_on: date, zone: ZoneInfo | None, rules: DateRules) -> Moment | None:
    """Return the moment of a written date.

    One without a year is the last such day before the landing, if that lies near enough to be beyond doubt.
    """
    if written.year is not None:
        day = date(written.year, written.month, written.day)
    else:
        candidates = []
        for year in (landed_on.year + 1, landed_on.year, landed_on.year - 1):
            try:
                candidates.append(date(year, written.month, written.day))
            except ValueError:
                continue
        near = [
            day for day in candidates if timedelta(days=-1) <= landed_on - day <= timedelta(days=rules.yearless_days)
        ]
        if not near:
            return None
        day = near[0]
    if written.hour is None:
        return Moment(day)
    return _in_zone(datetime(day.year, day.month, day.day, written.hour, written.minute or 0), zone)


@cache  # compiling costs 5 ms
def _month_pattern(names: frozenset[str]) -> re.Pattern[str]:
    month = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    day = r"0?[1-9]|[12]\d|3[01]"
    year = r"(?:19|20)\d\d"
    day_first = (
        rf"(?P<day1>{day})(?:st|nd|rd|th|\.)?[ -](?:of )?(?P<month1>{month})\.?(?!\w)"
        rf"(?:,?[ -](?P<year1>{year})(?!\d))?"
    )
    month_first = rf"(?P<month2>{month})\.? (?P<day2>{day})(?:st|nd|rd|th)?(?![\d:])(?:,? (?P<year2>{year})(?!\d))?"
    return re.compile(rf"(?<!\w)(?:{day_first}|{month_first})" + _CLOCK, re.IGNORECASE)


def _clock(match: re.Match[str]) -> tuple[int | None, int | None]:
    if match["hour"] is None:
        return None, None
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None, None
        hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
    return hour, int(match["minute"])


def _is_day(written: Written) -> bool:
    try:
        date(written.year or 2004, written.month, written.day)
    except ValueError:
        return False
    return True
