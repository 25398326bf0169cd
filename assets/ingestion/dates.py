"""The day that a declared publication date names, for landing archives on their own dates.

Belongs here: reading a date as sources write it, and the day it is in the publisher's time zone.
Does not belong here: the publication date of an article (cleaning decides that, from more than this).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

_NUMBER = re.compile(r"\d{9,13}(?:\.\d+)?")
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_MONTH_NAMED = re.compile(r"[A-Za-z]{3}")
_MILLISECONDS = 100_000_000_000  # epoch numbers from here on are milliseconds: as seconds they lie after the year 5000


@lru_cache(maxsize=65_536)  # an archive repeats its dates; a row costs a dictionary look-up instead of a parse
def published_day(declared: str | None, zone: ZoneInfo | None) -> date | None:
    """Return the day `declared` names: in `zone` (else UTC) where it has an offset, as written where it has none."""
    moment = _read(declared.strip()) if declared else None
    if isinstance(moment, datetime):
        try:
            return moment.astimezone(zone or UTC).date() if moment.tzinfo else moment.date()
        except (OverflowError, ValueError):
            return None
    return moment


def is_future(day: date, zone: ZoneInfo | None, now: datetime) -> bool:
    """Return whether `day` has not begun yet where the publisher is."""
    return day > now.astimezone(zone or UTC).date()


def _read(declared: str) -> date | datetime | None:
    if len(declared) == 10:
        try:
            return date.fromisoformat(declared)
        except ValueError:
            pass
    if _NUMBER.fullmatch(declared):
        return _epoch(float(declared))
    try:
        return datetime.fromisoformat(declared)
    except ValueError:
        pass
    if len(declared) > 100:  # no date is that long, and parsers are slow on what is none
        return None
    return _numeric(declared) or _with_month_name(declared)


def _epoch(number: float) -> datetime | None:
    seconds = number / 1000 if number >= _MILLISECONDS else number
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)


def _numeric(declared: str) -> date | None:
    """Read 2022/03/16, 16.03.2022 and 16/03/2022; where day and month could be either, it is no date."""
    if match := _YEAR_FIRST.match(declared):
        year, month, day = (int(part) for part in match.groups())
    elif match := _NUMBERS.match(declared):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if match[2] == "." or first > 12 or first == second:
            day, month = first, second
        elif second > 12:
            month, day = first, second
        else:
            return None
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_month_name(declared: str) -> datetime | date | None:
    if not _MONTH_NAMED.search(declared):
        return None
    try:
        return parsedate_to_datetime(declared)
    except (TypeError, ValueError, IndexError, OverflowError):
        pass
    from dateutil import parser

    # Read twice against defaults that differ in every part: what differs in the results was not written there.
    try:
        readings = {parser.parse(declared, default=default) for default in (datetime(2000, 1, 1), datetime(2001, 2, 2))}
    except (ValueError, OverflowError, TypeError, parser.UnknownTimezoneWarning):
        return None
    return readings.pop() if len(readings) == 1 else None
