"""Build tables of the actor authority from an extract of Wikidata: who held which office when.

Three kinds of extract are read, by what is in the file:

* CSV of the Wikidata query service, one row a term, with the columns person, personLabel, office, start, end and, where
  the query has them, country (ISO 3166-1 alpha-3) and alias (one row an alias);
* JSON of the query service, with the same variables;
* JSON of entities, as an array, one to a line (as in the dumps) or under "entities": P39 with the qualifiers P580 and
  P582, labels and aliases.

The offices wanted are rows of a CSV file, `wikidata,office_id,body,role,label,titles,fixed`; what comes
after the office_id is for offices that config/actors does not have yet, and as in its offices.csv. Other offices of the
extract are counted and left.

A person whose Q-id the authority has keeps his id there; so does one of the same name and country without a Q-id. What
cannot be decided is never chosen: a term without a start, or one that overlaps another holder's, is printed with both
rows and not written. A day known by month or year only is the first of it and marked `day approximate`.

    .venv/bin/python tools/import_wikidata.py extract.json --offices wanted.csv --out config/actors --prefix wikidata

The files {prefix}_persons.csv, _person_names.csv, _offices.csv and _office_terms.csv are replaced. Afterwards the whole
authority is validated, as a run would.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assets.config import ConfigError, read_csv
from assets.home import Home
from assets.tables import table
from assets.tagging.authority import load_authority
from assets.tagging.folding import lower, plain

HELD = "P39"
STARTED, ENDED = "P580", "P582"
DAY = 11  # Wikidata's precision of a date that is known to the day
LANGUAGES = ("en", "de", "fr", "es", "pl", "ru", "uk", "tr", "az", "hy", "ka")
OFFICE_COLUMNS = ("wikidata", "office_id", "body", "role", "label", "titles", "fixed")

_QID = re.compile(r"Q\d+$")
_DATE = re.compile(r"\+?(\d{4})-(\d\d)-(\d\d)")


@dataclass
class Person:
    """A person of the extract, with every name that it has for him."""

    qid: str
    label: str = ""
    country: str | None = None
    names: set[tuple[str, str]] = field(default_factory=set)  # (language, name)


@dataclass(frozen=True)
class Term:
    """One P39 statement."""

    person: str
    office: str
    start: str | None
    end: str | None
    approximate: bool


def read_extract(path: Path) -> tuple[dict[str, Person], list[Term]]:
    """Return the persons and terms of an extract; raise ConfigError where it is none of the three kinds."""
    text = path.read_text(encoding="utf-8-sig").strip()
    if not text.startswith(("{", "[")):
        return _of_rows(csv.DictReader(text.splitlines()), path)
    try:
        document = json.loads(text)
    except json.JSONDecodeError:  # one entity to a line, with the dump's commas
        lines = [line.strip().rstrip(",") for line in text.splitlines()]
        document = [json.loads(line) for line in lines if line not in ("[", "]", "")]
    if isinstance(document, dict) and "results" in document:
        bindings = document["results"]["bindings"]
        return _of_rows(({key: cell["value"] for key, cell in row.items()} for row in bindings), path)
    if isinstance(document, dict):
        document = list(document.get("entities", {"": document}).values())
    return _of_entities(document)


def _of_rows(rows: Iterable[dict[str, str]], path: Path) -> tuple[dict[str, Person], list[Term]]:
    persons: dict[str, Person] = {}
    terms: dict[Term, None] = {}
    for number, row in enumerate(rows, 2):
        if not {"person", "office"} <= row.keys():
            raise ConfigError(f"{path}:{number}: columns: person and office must be there; found {', '.join(row)}")
        qid, office = _qid(row["person"]), _qid(row["office"])
        person = persons.setdefault(qid, Person(qid))
        person.label = person.label or row.get("personLabel") or qid
        person.country = person.country or row.get("country") or None
        if row.get("alias"):
            person.names.add(("", row["alias"]))
        start, end = _date(row.get("start")), _date(row.get("end"))
        # The query service writes a year as its first of January: no day that can be trusted.
        approximate = any(day is not None and day.endswith("-01-01") for day in (start, end))
        terms[Term(qid, office, start, end, approximate)] = None
    return persons, list(terms)


def _of_entities(entities: Iterable[dict[str, Any]]) -> tuple[dict[str, Person], list[Term]]:
    persons: dict[str, Person] = {}
    terms: list[Term] = []
    for entity in entities:
        person = Person(entity["id"])
        labels = {language: cell["value"] for language, cell in entity.get("labels", {}).items()}
        person.label = labels.get("en") or next(iter(labels.values()), entity["id"])
        person.names = {(language, labels[language]) for language in LANGUAGES if language in labels}
        for language, aliases in entity.get("aliases", {}).items():
            if language in LANGUAGES:
                person.names |= {(language, alias["value"]) for alias in aliases}
        for statement in entity.get("claims", {}).get(HELD, ()):
            office = statement["mainsnak"].get("datavalue", {}).get("value", {}).get("id")
            if office is None or statement.get("rank") == "deprecated":
                continue
            start, start_sure = _time(statement, STARTED)
            end, end_sure = _time(statement, ENDED)
            terms.append(Term(person.qid, office, start, end, not (start_sure and end_sure)))
        persons[person.qid] = person
    return persons, terms


def _time(statement: dict[str, Any], qualifier: str) -> tuple[str | None, bool]:
    """Return the day of a qualifier (None without one) and whether it is known to the day."""
    for snak in statement.get("qualifiers", {}).get(qualifier, ()):
        value = snak.get("datavalue", {}).get("value", {})
        day = _date(value.get("time"))
        if day is not None:
            return day, value.get("precision", DAY) >= DAY
    return None, True


def _date(text: str | None) -> str | None:
    match = _DATE.match(text or "")
    return f"{match[1]}-{max(match[2], '01')}-{max(match[3], '01')}" if match else None


def _qid(text: str) -> str:
    match = _QID.search(text)
    return match[0] if match else text


class Importer:
    """Turns persons and terms of an extract into rows of the authority's tables, beside those that it has."""

    def __init__(self, home: Home, wanted: list[dict[str, str | None]], origin: str) -> None:
        authority = load_authority(home)
        self.told: list[str] = []
        self.skipped: Counter[str] = Counter()
        self._origin = origin
        self._office_of = {str(row["wikidata"]): str(row["office_id"]) for row in wanted}
        known = {row["office_id"] for row in authority.offices}
        self.offices = [
            {**{column: row[column] for column in OFFICE_COLUMNS[1:]}, "origin": origin}
            for row in wanted
            if row["office_id"] not in known
        ]
        self._ids = {row["actor_id"] for row in authority.actors}
        self._by_qid = {row["wikidata"]: row["actor_id"] for row in authority.actors if row["wikidata"]}
        self._by_name = {
            (lower(plain(row["name"])), row["country"]): row["actor_id"]
            for row in authority.actors
            if row["actor_type"] == "person" and not row["wikidata"]
        }
        self._names = {(row["actor_id"], row["name"]) for row in (*authority.actors, *authority.actor_names)}
        self._terms: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
        for row in authority.office_terms:
            end = row["ended_on"].isoformat() if row["ended_on"] else "9999-12-31"
            self._terms[row["office_id"]].append((row["started_on"].isoformat(), end, row["actor_id"], "the authority"))
        self.persons: list[dict[str, str | None]] = []
        self.names: list[dict[str, str | None]] = []
        self.terms: list[dict[str, str | None]] = []

    def add(self, persons: dict[str, Person], terms: list[Term]) -> None:
        """Add what the wanted offices' terms need; tell what was not added and why."""
        given: dict[str, str] = {}
        for term in sorted(terms, key=lambda one: (one.office, one.start or "", one.person)):
            office_id = self._office_of.get(term.office)
            if office_id is None:
                self.skipped[term.office] += 1
                continue
            person = persons[term.person]
            if term.start is None:
                self.told.append(f"{person.label} ({term.person}), {office_id}: no start (P580); not written")
                continue
            end = term.end or "9999-12-31"
            if end <= term.start:
                self.told.append(
                    f"{person.label} ({term.person}), {office_id}: ends {end}, starts {term.start}; not written"
                )
                continue
            actor_id = given.get(term.person) or self._id_of(person)
            if not self._free(office_id, actor_id, term.start, end):
                continue
            if term.person not in given:
                given[term.person] = actor_id
                self._write_person(actor_id, person)
            self._terms[office_id].append((term.start, end, actor_id, f"the extract ({term.person})"))
            self.terms.append(
                {
                    "office_id": office_id,
                    "actor_id": actor_id,
                    "started_on": term.start,
                    "ended_on": term.end,
                    "origin": self._origin + ("; day approximate" if term.approximate else ""),
                }
            )

    def _id_of(self, person: Person) -> str:
        known = self._by_qid.get(person.qid) or self._by_name.get((lower(plain(person.label)), person.country))
        if known is not None:
            return known
        slug = re.sub(r"[^a-z0-9]+", "-", lower(plain(person.label))).strip("-")
        actor_id = f"person:{slug or person.qid.lower()}"
        return actor_id if actor_id not in self._ids else f"{actor_id}-{person.qid.lower()}"

    def _free(self, office_id: str, actor_id: str, start: str, end: str) -> bool:
        for other_start, other_end, other, where in self._terms[office_id]:
            if start < other_end and other_start < end:
                if other != actor_id:
                    self.told.append(
                        f"{office_id}: {actor_id} {start} to {end} overlaps {other} {other_start} to {other_end} "
                        f"of {where}; not written: correct one of them"
                    )
                return False
        return True

    def _write_person(self, actor_id: str, person: Person) -> None:
        if actor_id not in self._ids:
            self._ids.add(actor_id)
            self._names.add((actor_id, person.label))
            row = dict.fromkeys(column.name for column in table("actors").columns)
            row |= {"actor_id": actor_id, "name": person.label, "actor_type": "person", "country": person.country}
            self.persons.append({**row, "wikidata": person.qid, "origin": self._origin})
        for language, name in sorted(person.names):
            # One word is a surname or a nickname: too much for an alias that nobody has looked at.
            if (actor_id, name) not in self._names and " " in name:
                self._names.add((actor_id, name))
                row = dict.fromkeys(column.name for column in table("actor_names").columns)
                row |= {"actor_id": actor_id, "name": name, "language": language or None}
                self.names.append({**row, "name_kind": "transliteration"})

    def tables(self) -> Iterator[tuple[str, str, list[dict[str, str | None]]]]:
        """Yield the file's ending, the table and the rows of what was added."""
        yield "persons", "actors", self.persons
        yield "person_names", "actor_names", self.names
        yield "offices", "offices", self.offices
        yield "office_terms", "office_terms", self.terms


def main(arguments: list[str] | None = None) -> int:
    """Import an extract; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("extract", type=Path)
    parser.add_argument("--offices", type=Path, required=True, help="CSV of the offices wanted")
    parser.add_argument("--out", type=Path, required=True, help="folder of actor tables, such as config/actors")
    parser.add_argument("--prefix", default="wikidata", help="how the files' names begin")
    parser.add_argument("--origin", default="Wikidata (CC0)", help="the rows' origin")
    options = parser.parse_args(arguments)
    home = Home(options.out.parent.parent, options.out.parent)
    paths = {
        ending: options.out / f"{options.prefix}_{ending}.csv"
        for ending in ("persons", "person_names", "offices", "office_terms")
    }
    for path in paths.values():
        path.unlink(missing_ok=True)  # what an earlier import wrote is made anew
    try:
        wanted = [row for _, row in read_csv(options.offices, OFFICE_COLUMNS)]
        importer = Importer(home, wanted, options.origin)
        importer.add(*read_extract(options.extract))
        for ending, name, rows in importer.tables():
            if rows:
                with paths[ending].open("w", encoding="utf-8", newline="") as file:
                    writer = csv.DictWriter(file, [column.name for column in table(name).columns], lineterminator="\n")
                    writer.writeheader()
                    writer.writerows(rows)
            print(f"{paths[ending]}: {len(rows)} rows")
        load_authority(home)
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 1
    for line in importer.told:
        print(line)
    if importer.skipped:
        print(f"{importer.skipped.total()} terms of {len(importer.skipped)} offices that were not asked for")
    return 0


if __name__ == "__main__":
    sys.exit(main())
