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
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil import parser as dateutil_parser

from assets.cleaning.rules import DateRules

# Methods of `articles.date_method`, the strongest first, and what one piece of evidence of each weighs. On pages of
# newspapers days in addresses were right 37 times of 37, declared metadata 99 %, loose `time` elements 85 to 90 %.
WEIGHTS = {"declared": 10.0, "feed": 8.0, "page_metadata": 4.0, "url": 4.0, "text": 2.0}
METHODS = tuple(WEIGHTS)
MARKED = 2.0  # a `time` element that its class calls the day of publication
LOOSE = 1.5  # evidence of this weight or less says nothing against better evidence
NEXT_DAY_SHARE = 0.5  # evidence for the day before or after supports a day half: time zones cut days differently

SENTENCE_CHARS = 200  # so far around a date its sentence is read
MAX_TOLD = 200  # dates or words such as `yesterday`: a text with more of them is a table

FIRST_YEAR = 1900  # below it stand templates' zero dates (0001-01-01 on 4 of 181 news pages), not newspapers

_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:[T ]\s?(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?",
    re.IGNORECASE,
)
_CLOCK = r"(?:\D{0,4}\b(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?!\d|[.:/]\d)\s*(?P<half>[ap]\.?m\b)?)?"
_NUMERIC = re.compile(r"(?<![\d./:-])(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{1,4})(?![\d/-]|\.\d)" + _CLOCK, re.IGNORECASE)
_EAST_ASIAN = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?[年년]\s?(1[0-2]|0?[1-9])\s?[月월]\s?(3[01]|[12]\d|0?[1-9])\s?[日일]" + _CLOCK
)
_DIGIT = re.compile(r"\d")
_SENTENCE_BREAK = re.compile(r"[.!?]\s|\n")
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_.-]?)(0?[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01]|[1-9](?=[/_.-]))(?!\d)")


@dataclass(frozen=True)
class Moment:
    """A day, and the UTC instant where that is known."""

    on: date
    at: datetime | None = None


@dataclass(frozen=True)
class Evidence:
    """One place that says when an article was published, and how far it can be believed."""

    method: str
    moment: Moment
    weight: float = 0.0  # 0 stands for what its method usually weighs

    @property
    def strength(self) -> float:
        """What it weighs against other evidence."""
        return self.weight or WEIGHTS[self.method]


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


def decide(evidence: Iterable[Evidence], latest: date, bound: date | None, earliest: date | None = None) -> Publication:
    """Return the publication that the evidence supports most.

    `latest` is the last day that can be believed (a date in the future is no date); `earliest` and `bound` are the
    first and last day possible for an article without a date.
    """
    usable = [piece for piece in evidence if piece.moment.on.year >= FIRST_YEAR and piece.moment.on <= latest]
    usable.sort(key=lambda piece: METHODS.index(piece.method))  # stable: within a method, as it was found
    if not usable:
        if earliest is not None and bound is not None and earliest > bound:
            earliest = None
        return Publication(None, None, "none", earliest, bound, False)
    support = {piece.moment.on: _support(piece.moment.on, usable) for piece in usable}
    day = max(support, key=lambda on: support[on])  # of equals, the one with the stronger method
    # The instant may stand in a second place, such as a byline under a day that the sidecar declares.
    at = next((piece.moment.at for piece in usable if piece.moment.on == day and piece.moment.at), None)
    method = next(piece.method for piece in usable if piece.moment.on == day)
    days = [piece.moment.on for piece in usable if piece.strength > LOOSE or piece.moment.on == day]
    first, last = min(days), max(days)
    if last - first <= timedelta(days=1):
        return Publication(at, day, method, day, day, False)
    return Publication(at, day, method, first, last, True)


def is_settled(evidence: Iterable[Evidence], latest: date) -> bool:
    """Return whether there is good evidence and no other speaks against it."""
    pieces = [piece for piece in evidence if piece.strength > LOOSE and piece.moment.on <= latest]
    days = [piece.moment.on for piece in pieces]
    return any(piece.strength > MARKED for piece in pieces) and max(days) - min(days) <= timedelta(days=1)


def _support(day: date, evidence: list[Evidence]) -> float:
    """Return what the evidence for `day` weighs; of one method only the strongest counts: they have one source."""
    strongest: dict[str, float] = {}
    for piece in evidence:
        apart = abs((piece.moment.on - day).days)
        if apart <= 1:
            weight = piece.strength * (NEXT_DAY_SHARE if apart else 1.0)
            strongest[piece.method] = max(strongest.get(piece.method, 0.0), weight)
    return sum(strongest.values())


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


def written_dates(line: str, rules: DateRules, *, month_first: bool | None = None) -> list[Written]:
    """Return the dates that stand in a line as people write them.

    Those that could be two days are left out, unless `month_first` says how the publisher writes (`03/04/2022`).
    """
    if not _DIGIT.search(line):
        return []
    found = []
    for match in _month_pattern(rules.month_names).finditer(line):
        year = match["year1"] or match["year2"] or match["year3"]
        number = rules.month_numbers[(match["month1"] or match["month2"] or match["month3"]).casefold().rstrip(".")]
        hour, minute = _clock(match)
        day = int(match["day1"] or match["day2"] or match["day3"])
        found.append(Written(*match.span(), day, number, int(year) if year else None, hour, minute))
    for match in _EAST_ASIAN.finditer(line):
        found.append(Written(*match.span(), int(match[3]), int(match[2]), int(match[1]), *_clock(match)))
    for match in _NUMERIC.finditer(line):
        numbers = _numeric(match[1], match[3], match[4], match[2], month_first)
        if numbers is not None:
            found.append(Written(*match.span(), *numbers, *_clock(match)))
    return sorted((piece for piece in found if _is_day(piece)), key=lambda piece: piece.start)


def _numeric(first: str, second: str, third: str, mark: str, month_first: bool | None) -> tuple[int, int, int] | None:
    """Return (day, month, year) of a date in numbers; None where it could be two days."""
    if len(first) == 4:
        return int(third), int(second), int(first)
    if len(first) > 2 or len(third) not in (2, 4) or (len(third) == 2 and mark != "."):
        return None
    one, two, year = int(first), int(second), int(third) + (2000 if len(third) == 2 else 0)
    if mark == "." or one > 12 or one == two:  # dots mean day first wherever they are in use
        return one, two, year
    if two > 12:
        return two, one, year
    if month_first is None:
        return None
    return (two, one, year) if month_first else (one, two, year)


def earliest_day(text: str, reference: date, rules: DateRules) -> date | None:
    """Return the last day that a text tells of as past: it cannot have been written before that.

    Days without a year are read as the last such day before `reference`. Sentences about what is to come say nothing.
    """
    told: list[date] = []
    for written in written_dates(text, rules)[:MAX_TOLD]:
        before = _SENTENCE_BREAK.split(text[max(0, written.start - SENTENCE_CHARS) : written.start])[-1]
        after = _SENTENCE_BREAK.split(text[written.end : written.end + SENTENCE_CHARS])[0]
        moment = resolve(written, reference, None, rules)
        if moment is not None and moment.on <= reference and not rules.coming_pattern.search(f"{before} {after}"):
            told.append(moment.on)
    return max(told, default=None)


def day_of_telling(text: str, reference: date, rules: DateRules) -> date | None:
    """Return the day of writing of a text that gives a day its date and its distance: `yesterday, May 3`."""
    days = set()
    for match in islice(rules.relative_pattern.finditer(text), MAX_TOLD):
        start = max(0, match.start() - 40)
        around = text[start : match.end() + 40]
        word = (match.start() - start, match.end() - start)
        for written in written_dates(around, rules):
            between = around[min(word[1], written.end) : max(word[0], written.start)]
            moment = resolve(written, reference, None, rules)
            if moment is not None and len(between) <= 5 and not re.search(r"\w{3,}|[.!?]", between):
                days.add(moment.on + timedelta(days=rules.relative_days[match[0].casefold()]))
    return days.pop() if len(days) == 1 else None


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
        rf"(?P<day1>{day})(?:st|nd|rd|th|er|º|ª|\.|-?[aei]|-?е)?[ -](?:of |de |di )?(?P<month1>{month})\.?(?!\w)"
        rf"(?:(?:,? |-| de | del )(?P<year1>{year})(?!\d))?"
    )
    month_first = rf"(?P<month2>{month})\.? (?P<day2>{day})(?:st|nd|rd|th)?(?![\d:])(?:,? (?P<year2>{year})(?!\d))?"
    year_first = rf"(?P<year3>{year})[. ]{{1,2}}(?P<month3>{month})\.? (?P<day3>{day})(?!\d)"
    return re.compile(rf"(?<!\w)(?:{year_first}|{day_first}|{month_first})" + _CLOCK, re.IGNORECASE)


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
