"""What a text is searched for: the patterns that the authority's names, offices and terms make, by rule.

Belongs here: deriving patterns (surnames, given names, plurals, accents folded away) and what each can mean, as plain
values that can be put on a shelf. Does not belong here: searching (lexicon.py), or what a pattern means where it
stands (persons.py, offices.py, places.py, themes.py).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from sys import intern
from typing import Any

from assets.tagging.authority import NAME_KINDS, Authority, phrases
from assets.tagging.folding import is_word, lower, plain
from assets.tagging.romanisation import Sounds
from assets.tagging.rules import Readings

# Theme, weight, key, spelling where its case matters, company.
TermParts = tuple[str, float, str, str | None, tuple[str, ...]]
# The weight of words that speak for no theme, but keep a term of it company.
COMPANY = -1.0
# Actors whose names hold their country as a title does: the country is spoken of with them.
STATE_TYPES = frozenset({"government_body", "armed_group"})
SUFFIXES = frozenset({"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV", "V", "VI", "VII", "VIII", "X", "XIV", "XVI"})

# (cased, actor, kind, in use from, until); an empty actor marks words that name nobody. Days are numbers here.
NameRecord = tuple[str, str, str, int | None, int | None]
# (office, from, until)
TermRecord = tuple[str, int, int | None]


@dataclass(slots=True)
class PersonParts:
    """What is known of a person for telling him from others; the same may be noted more than once."""

    country: str | None
    given: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    accented: tuple[str, ...] = ()  # surnames as written, where that is more than plain letters
    offices: tuple[TermRecord, ...] = ()


@dataclass(slots=True)
class TitleParts:
    """A title of offices: whose office it is by body, and the spellings that name an office without its body."""

    by_body: dict[str, str] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)
    primary: bool = False
    plural: bool = False


class Patterns:
    """Every pattern of an authority, by its key: the plain words in lower case."""

    def __init__(self, authority: Authority, readings: Readings) -> None:
        self.actor_types: dict[str, str] = {}
        self.country_of: dict[str, str] = {}
        self.persons: dict[str, PersonParts] = {}
        self.holders: dict[str, list[tuple[int, int | None, str]]] = defaultdict(list)
        self.offices: dict[str, tuple[str, str]] = {}  # body and role
        self.names: dict[str, list[NameRecord]] = {}
        self.surnames: dict[str, dict[str, list[str]]] = {}
        self.titles: dict[str, TitleParts] = defaultdict(TitleParts)
        # (theme, weight, key as the analyst wrote it, cased where its case matters)
        self.terms: dict[str, list[TermParts]] = {}
        self._particles = frozenset(readings.particles)
        self._surname_first = frozenset(f"country:{code}" for code in readings.surname_first)
        self._listed_given_names = frozenset(lower(plain(name)) for name in readings.given_names)
        self._add_actors(authority)
        for phrase in readings.phrases_without_actors:
            self.names.setdefault(lower(plain(phrase)), []).append((plain(phrase), "", "phrase", None, None))
        self._add_offices(authority)
        self.shared = self._shared_names(frozenset(readings.lone_bodies))
        self._add_terms(authority)
        self.given_names = {given for person in self.persons.values() for given in person.given}
        self.given_names |= self._listed_given_names
        self._common = {
            lower(plain(word)) for word in (*readings.surname_words, *readings.function_words, *readings.months)
        }

    def sounding(self, sounds: Sounds) -> dict[str, list[str]]:
        """Return by sound the persons whose surnames sound so, among those whose names are romanised."""
        found: dict[str, list[str]] = {}
        for actor_id, person in self.persons.items():
            if person.country in sounds.countries:
                surnames = {*person.surnames, *person.accented}
                for sound in {sound for surname in surnames for sound in sounds.of(surname)}:
                    found.setdefault(sound, []).append(actor_id)
        return found

    def keys(self) -> list[str]:
        """Return the key of every pattern, in order."""
        return sorted({*self.names, *self.surnames, *self.titles, *self.shared, *self.terms})

    def surname_meanings(self, key: str) -> tuple[tuple[str, tuple[str, ...], bool], ...]:
        """Return (cased, bearers, whether it may name its only bearer by itself) of each spelling of a surname."""
        spellings = self.surnames[key]
        bare = len(key) >= 4 and key not in self._common and key not in self.given_names
        if bare and key in self.names:
            persons = {actor_id for bearers in spellings.values() for actor_id in bearers}
            bare = all(actor_id in persons for _, actor_id, *_ in self.names[key])
        return tuple((cased, tuple(bearers), bare) for cased, bearers in sorted(spellings.items()))

    def _add_actors(self, authority: Authority) -> None:
        links = authority.links
        for row in authority.actors:
            actor_id = row["actor_id"]
            if actor_id in links:
                continue
            self.actor_types[actor_id] = intern(row["actor_type"])
            if row["country"] is not None and actor_id != f"country:{row['country']}":
                self.country_of[actor_id] = intern(f"country:{row['country']}")
            if row["actor_type"] == "person":
                self.persons[actor_id] = PersonParts(self.country_of.get(actor_id))
        for row in authority.office_terms:
            actor_id = links.get(row["actor_id"], row["actor_id"])
            if actor_id is None:
                continue
            start, end = row["started_on"].toordinal(), ordinal(row["ended_on"])
            self.holders[row["office_id"]].append((start, end, actor_id))
            if actor_id in self.persons:
                self.persons[actor_id].offices += ((row["office_id"], start, end),)
        dated = {
            (row["actor_id"], row["name"]) for row in authority.actor_names if row["valid_from"] or row["valid_to"]
        }
        for row in authority.actors:
            actor_id = row["actor_id"]
            current = links.get(actor_id, actor_id)
            # The name of a state that is no more is dated; a banned actor's names nobody.
            if current is not None and (not dated or (actor_id, row["name"]) not in dated):
                self._add_name(current, row["name"], "official", None, None)
        for row in authority.actor_names:
            actor_id = links.get(row["actor_id"], row["actor_id"])
            if actor_id is not None:
                start, end = ordinal(row["valid_from"]), ordinal(row["valid_to"])
                self._add_name(actor_id, row["name"], intern(row["name_kind"]), start, end)
        for names in self.names.values():
            if len(names) > 1:
                names.sort(key=lambda name: (NAME_KINDS.index(name[2]), name[1]))

    def _add_name(self, actor_id: str, name: str, kind: str, valid_from: int | None, valid_to: int | None) -> None:
        tokens = plain(name).split()
        cased = " ".join(tokens)
        person = self.persons.get(actor_id)
        if person is not None:
            if not name.isascii():
                person.accented += (name.split()[-1],)
            if not SUFFIXES.isdisjoint(tokens):
                tokens = [token for token in tokens if token not in SUFFIXES]
            if len(tokens) == 1:
                self._add_surname(actor_id, person, cased)
                return
            self._add_parts(actor_id, person, tokens)
        record = (cased, actor_id, kind, valid_from, valid_to)
        known = self.names.setdefault(lower(cased), [])
        if not known or all(other[:3] != record[:3] for other in known):
            known.append(record)
        # Russians from Russian, Iraqis from Iraqi: the plural of an adjective that is a noun too.
        if kind in ("adjective", "demonym") and cased.endswith(("an", "i")):
            self._add_name(actor_id, cased + "s", "demonym", valid_from, valid_to)

    def _add_parts(self, actor_id: str, person: PersonParts, tokens: list[str]) -> None:
        """Note a full name's surname (with and without Arabic particle) and its given names."""
        tokens = [token for token in tokens if not token[0].isdigit()]  # the 14th Dalai Lama
        if person.country in self._surname_first and lower(tokens[0]) not in self._listed_given_names:
            tokens = [*tokens[1:], tokens[0]]
        cut = len(tokens) - 1
        while cut > 1 and lower(tokens[cut - 1]) in self._particles:
            cut -= 1
        surname = " ".join(tokens[cut:])
        self._add_surname(actor_id, person, surname)
        head, _, tail = surname.partition("-")
        if tail and lower(head) in self._particles:
            self._add_surname(actor_id, person, tail)
        for token in tokens[:cut]:
            person.given += (lower(token),)
            person.initials += (token[0],)

    def _add_surname(self, actor_id: str, person: PersonParts, surname: str) -> None:
        key = lower(surname)
        person.surnames += (key,)
        spellings = self.surnames.get(key)
        if spellings is None:
            self.surnames[key] = {surname: [actor_id]}
        elif actor_id not in (bearers := spellings.setdefault(surname, [])):
            bearers.append(actor_id)

    def _shared_names(self, lone: frozenset[str]) -> dict[str, dict[str, str]]:
        """Return what is left of the names of bodies of state without their country, with whose body it is by country.

        "Defence Ministry" is left of the Azerbaijani Defence Ministry and of the Defence Ministry of Armenia. What is
        left of the bodies of one country only is a name of its own; what is one word only must be among `lone`.
        """
        persons = self.persons
        named = [(key, name[1]) for key, names in self.names.items() for name in names if name[1] not in persons]
        countries: dict[str, set[str]] = defaultdict(set)
        for key, actor_id in named:
            if actor_id.startswith("country:"):
                countries[actor_id].add(key)
        shared: dict[str, dict[str, str]] = defaultdict(dict)
        for key, actor_id in named:
            country = self.country_of.get(actor_id)
            if country is not None and self.actor_types.get(actor_id) in STATE_TYPES:
                left = _without_country(key, countries[country])
                if left is not None and is_word(left[0]) and (" " in left or left in lone):
                    shared[left].setdefault(country, actor_id)
        return {key: owners for key, owners in shared.items() if len(owners) > 1 and key not in self.names}

    def _add_offices(self, authority: Authority) -> None:
        for row in authority.offices:
            body = authority.current_id(row["body"])
            self.offices[row["office_id"]] = body, row["role"]
            for rank, phrase in enumerate(phrases(row["titles"])):
                title = self.titles[lower(plain(phrase))]
                title.by_body.setdefault(body, row["office_id"])
                # "President|president": the first two are the office's own titles, later ones looser words ("leader").
                title.primary = title.primary or rank < 2
            for phrase in phrases(row["fixed"]):
                title = self.titles[lower(plain(phrase))]
                title.fixed.setdefault(plain(phrase), row["office_id"])
        for key, title in list(self.titles.items()):
            plural = plural_of(key)
            if title.by_body and plural is not None and plural not in self.titles:
                self.titles[plural] = TitleParts(title.by_body, plural=True)

    def _add_terms(self, authority: Authority) -> None:
        for theme in authority.themes:
            for term in theme.weighted_terms():
                words = plain(" ".join(term.term.split()))
                key = lower(words)
                company = tuple(lower(plain(word)) for word in term.company)
                self._add_term(key, (theme.id, term.weight, key, words if term.case else None, company))
                if not term.case and (plural := plural_of(key)):
                    self._add_term(plural, (theme.id, term.weight, key, None, company))
        for theme in authority.themes:
            for word in {lower(plain(word)) for term in theme.weighted_terms() for word in term.company}:
                self._add_term(word, (theme.id, COMPANY, word, None, ()))

    def _add_term(self, key: str, term: TermParts) -> None:
        known = self.terms.setdefault(key, [])
        same = next((i for i, other in enumerate(known) if (other[0], other[3]) == (term[0], term[3])), None)
        if same is None:
            known.append(term)
        elif known[same][2] != key and term[2] == key and term[1] != COMPANY:
            known[same] = term  # what the analyst wrote goes before a plural made by rule


def _without_country(key: str, countries: set[str]) -> str | None:
    """Return a name without the country at its beginning or end; None where it has none."""
    words = key.split(" ")
    for cut in range(1, len(words)):
        if " ".join(words[:cut]).removesuffix("'s").removesuffix("'") in countries:
            return " ".join(words[cut:])
        if words[cut] == "of" and " ".join(words[cut + 1 :]).removeprefix("the ") in countries:
            return " ".join(words[:cut])
    return None


def plural_of(key: str) -> str | None:
    """Return the regular plural of a term that ends in a letter other than s; None where there is none to make."""
    if not key[-1:].isalpha() or not key.isascii() or key.endswith("s"):
        return None
    if key.endswith("y") and key[-2:-1] not in "aeiou":
        return key[:-1] + "ies"
    return key + ("es" if key.endswith(("x", "z", "ch", "sh")) else "s")


def ordinal(day: date | None) -> int | None:
    """Return a day as a number, which a shelf can hold."""
    return day and day.toordinal()


def day_of(number: int | None) -> Any:
    """Return the day of a number."""
    return number and date.fromordinal(number)
