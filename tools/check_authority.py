"""Say what the authority does not know: required offices without a holder, and terms that other lists tell otherwise.

The required offices are rows of required_offices.csv beside this script: for each state of the G20, the European Union,
the Middle East and the former Soviet Union, who is head of state and of government, foreign and defence minister. `-`
where the state has no such office. A gap is a time without a holder from 2014 on; it may be right (an interregnum).

With DATELINE_BENCH_DATA, the leaders of REIGN and the US offices of congress-legislators are held against our terms:
listed are those of whose name nobody holds an office on the middle day of their term. Their codes of states are not
ours, so the state is not compared.

    .venv/bin/python tools/check_authority.py [--leaders]
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from assets.home import Home
from assets.tagging.authority import Authority, load_authority
from assets.tagging.folding import lower, plain

REQUIRED = Path(__file__).with_name("required_offices.csv")
ROLES = ("head_of_state", "head_of_government", "foreign_minister", "defence_minister")
SINCE, UNTIL = date(2014, 1, 1), date(2026, 1, 1)
# Who was in office when REIGN ends has no end there.
REIGN_ENDS = date(2021, 8, 1)
# Shorter gaps are the weeks between two governments.
LONGEST_GAP = timedelta(days=62)


@dataclass(frozen=True)
class Gap:
    """A time in which nobody is known to hold a required office."""

    country: str
    office_id: str
    start: date
    end: date


def required_offices() -> Iterator[tuple[str, str, str]]:
    """Yield (country, role, office_id) of every office that the authority must know."""
    with REQUIRED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for role in ROLES:
                if row[role] != "-":
                    yield row["country"], role, row[role]


def gaps(authority: Authority) -> list[Gap]:
    """Return the gaps of required offices that are longer than LONGEST_GAP."""
    terms = defaultdict(list)
    for row in authority.office_terms:
        terms[row["office_id"]].append((row["started_on"], row["ended_on"] or UNTIL))
    found = []
    for country, _, office_id in required_offices():
        at = SINCE
        for start, end in [*sorted(terms[office_id]), (UNTIL, UNTIL)]:
            if start - at > LONGEST_GAP:
                found.append(Gap(country, office_id, at, start))
            at = max(at, end)
    return found


def unknown_leaders(authority: Authority, data: Path) -> Iterator[str]:
    """Yield the terms of other lists on whose middle day nobody of that surname holds an office with us."""
    names = defaultdict(set)
    for row in (*authority.actors, *authority.actor_names):
        names[row["actor_id"]].update(lower(plain(row["name"])).replace("-", " ").split())
    for file in ("reign_leaders.csv", "us_offices.csv"):
        with (data / "actors" / file).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if file == "us_offices.csv" and row["office"] not in ("prez", "viceprez"):
                    continue
                start, end = _day(row["start"]), min(_day(row["end"]) or REIGN_ENDS, UNTIL)
                if start is None or end < SINCE or start >= end:
                    continue
                middle = max(start, SINCE) + (end - max(start, SINCE)) / 2
                surname = lower(plain(row["person"])).replace("-", " ").split()[-1]
                holders = [
                    term["actor_id"]
                    for term in authority.office_terms
                    if term["started_on"] <= middle < (term["ended_on"] or UNTIL)
                ]
                if not any(surname in names[holder] for holder in holders):
                    yield f"{row['country']} {row['person']} {row['start']} to {row['end']} ({file})"


def _day(text: str) -> date | None:
    parts = [int(part) for part in (text or "").split("-") if part]
    return date(*parts, *[1] * (3 - len(parts))) if parts else None


def main() -> int:
    """Print the gaps, and with --leaders what other lists tell otherwise; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--leaders", action="store_true", help="hold REIGN and congress-legislators against our terms")
    arguments = parser.parse_args()
    authority = load_authority(Home.from_environment())
    found = gaps(authority)
    offices = list(required_offices())
    for gap in found:
        print(f"{gap.country} {gap.office_id}: nobody from {gap.start} to {gap.end}")
    days = len(offices) * (UNTIL - SINCE).days
    missing = sum((gap.end - gap.start).days for gap in found)
    print(f"{len(offices)} required offices: a holder is known on {1 - missing / days:.2%} of their days")
    if arguments.leaders:
        data = os.environ.get("DATELINE_BENCH_DATA")
        if data is None:
            print("DATELINE_BENCH_DATA is not set: no lists to compare with")
        else:
            for line in unknown_leaders(authority, Path(data)):
                print(f"not as we have it: {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
