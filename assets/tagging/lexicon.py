"""The authority compiled: every pattern that a text is searched for, and what each can mean.

Belongs here: deriving patterns by rule (surnames, plurals, accents folded away), the automaton, and one pass of it over
a text. Does not belong here: what a pattern means where it stands (persons.py, offices.py, places.py, themes.py).

One automaton over the folded, lower-cased text holds all patterns; case is checked on the text itself afterwards. So
one pass finds case-sensitive names, case-insensitive terms and names in headlines of capitals.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from assets.tagging.authority import NAME_KINDS, Authority, phrases
from assets.tagging.folding import is_word, lower, plain
from assets.tagging.rules import Readings

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

# What stands beside most words; asked first since it saves a call.
_EDGES = frozenset(" .,;:'\"-()\n")
SUFFIXES = frozenset({"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"})
# Actors whose names hold their country as a title does: the country is spoken of with them.
STATE_TYPES = frozenset({"government_body", "armed_group"})
# A name in capitals counts as the name from this length on; shorter ones may be other words (US, WHO, IT).
SHORTEST_IN_CAPITALS = 4


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an actor other than a bare surname. An empty actor_id marks words that name nobody."""

    cased: str
    actor_id: str
    kind: str
    person: Person | None
    valid_from: date | None = None
    valid_to: date | None = None

    def valid(self, day: date) -> bool:
        """Tell whether the name was in use on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


@dataclass(slots=True, eq=False)
class Person:
    """What is known of a person for telling him from others."""

    actor_id: str
    country: str | None
    given: set[str] = field(default_factory=set)
    initials: set[str] = field(default_factory=set)
    surnames: set[str] = field(default_factory=set)
    offices: list[tuple[str, date, date | None]] = field(default_factory=list)

    def holds(self, office_ids: Any, day: date | None) -> str | None:
        """Return the first of the person's offices among `office_ids` held on `day` (or ever, where day is None)."""
        for office_id, start, end in self.offices:
            if office_id in office_ids and (day is None or (start <= day and (end is None or day < end))):
                return office_id
        return None

    def in_office(self, day: date) -> bool:
        """Tell whether the person holds any office on `day`."""
        return any(start <= day and (end is None or day < end) for _, start, end in self.offices)


@dataclass(frozen=True, slots=True)
class Surname:
    """A surname, who bears it, and whether it may name its only bearer by itself."""

    cased: str
    bearers: tuple[Person, ...]
    bare: bool


@dataclass(slots=True)
class Title:
    """A title of offices: whose office it is by body, and the spellings that name an office without its body.

    It is primary where it is among the first two titles of an office ("President|president"), and not a looser word
    for it ("leader").
    """

    by_body: dict[str, str] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)
    primary: bool = False
    plural: bool = False


@dataclass(frozen=True, slots=True)
class ThemeTerm:
    """A term of a theme; `cased` where its case matters."""

    theme_id: str
    weight: float
    key: str
    cased: str | None


@dataclass
class Hits:
    """What one pass found in a text: (start, end, meaning) of each kind, unresolved, in the order of their ends."""

    names: list[tuple[int, int, list[Name]]] = field(default_factory=list)
    surnames: list[tuple[int, int, Surname]] = field(default_factory=list)
    titles: list[tuple[int, int, Title]] = field(default_factory=list)
    themes: list[tuple[int, int, ThemeTerm]] = field(default_factory=list)


class Lexicon:
    """All patterns of an authority in one automaton."""

    def __init__(self, authority: Authority, readings: Readings) -> None:
        self.persons: dict[str, Person] = {}
        self.country_of: dict[str, str] = {}
        self.actor_types: dict[str, str] = {}
        self.holders: dict[str, list[tuple[date, date | None, str]]] = defaultdict(list)
        self._names: dict[str, list[Name]] = defaultdict(list)
        self._surnames: dict[str, dict[str, list[Person]]] = defaultdict(lambda: defaultdict(list))
        self._titles: dict[str, Title] = defaultdict(Title)
        self._terms: dict[str, list[ThemeTerm]] = defaultdict(list)
        self._particles = frozenset(readings.particles)
        self._add_actors(authority)
        for phrase in readings.phrases_without_actors:
            self._names[lower(plain(phrase))].append(Name(plain(phrase), "", "phrase", None))
        self._add_offices(authority)
        self._add_terms(authority)
        self.given_names = {given for person in self.persons.values() for given in person.given}
        self.given_names.update(lower(plain(name)) for name in readings.given_names)
        self._compile(readings)

    def search(self, text: str, folded: str) -> Hits:
        """Return everything in `folded`, the plain text; `text` is not consulted but for its length."""
        lowered = lower(folded)
        hits = Hits()
        length = len(lowered)
        meanings, edges = self._meanings, self._edges
        for index, start, end in self._automaton.find_matches_as_indexes(lowered, overlapping=True):
            left, right = edges[index]
            # Words end where their letters do; a pattern that itself ends in a mark (U.S.) needs no edge there.
            if left and start and (before := lowered[start - 1]) not in _EDGES and is_word(before):
                continue
            if right and end < length and (after := lowered[end]) not in _EDGES and is_word(after):
                continue
            names, surnames, title, terms = meanings[index]
            surface = folded[start:end]
            if names:
                fitting = [name for name in names if _fits(name.cased, surface)]
                if fitting:
                    hits.names.append((start, end, fitting))
            for surname in surnames:
                if _fits(surname.cased, surface):
                    hits.surnames.append((start, end, surname))
                    break
            if title is not None:
                hits.titles.append((start, end, title))
            for term in terms:
                if term.cased is None or term.cased == surface:
                    hits.themes.append((start, end, term))
        return hits

    def states_in(self, names: list[Name]) -> frozenset[str]:
        """Return the countries of the bodies of state among `names`."""
        return frozenset(
            self.country_of[name.actor_id]
            for name in names
            if self.actor_types.get(name.actor_id) in STATE_TYPES and name.actor_id in self.country_of
        )

    def _add_actors(self, authority: Authority) -> None:
        ids = {row["actor_id"]: authority.current_id(row["actor_id"]) for row in authority.actors}
        for row in authority.actors:
            actor_id = ids[row["actor_id"]]
            if actor_id != row["actor_id"]:
                continue
            self.actor_types[actor_id] = row["actor_type"]
            if row["country"] is not None and actor_id != f"country:{row['country']}":
                self.country_of[actor_id] = f"country:{row['country']}"
            if row["actor_type"] == "person":
                self.persons[actor_id] = Person(actor_id, self.country_of.get(actor_id))
        for row in authority.office_terms:
            actor_id = ids[row["actor_id"]]
            self.holders[row["office_id"]].append((row["started_on"], row["ended_on"], actor_id))
            if actor_id in self.persons:
                self.persons[actor_id].offices.append((row["office_id"], row["started_on"], row["ended_on"]))
        dated = {
            (row["actor_id"], row["name"]) for row in authority.actor_names if row["valid_from"] or row["valid_to"]
        }
        for row in authority.actors:
            if (row["actor_id"], row["name"]) not in dated:  # the name of a state that is no more
                self._add_name(ids[row["actor_id"]], row["name"], "official", None, None)
        for row in authority.actor_names:
            self._add_name(ids[row["actor_id"]], row["name"], row["name_kind"], row["valid_from"], row["valid_to"])
        for names in self._names.values():
            names.sort(key=lambda name: (NAME_KINDS.index(name.kind), name.actor_id))

    def _add_name(self, actor_id: str, name: str, kind: str, valid_from: date | None, valid_to: date | None) -> None:
        cased = plain(" ".join(name.split()))
        person = self.persons.get(actor_id)
        if person is not None:
            tokens = [token for token in cased.split(" ") if token not in SUFFIXES]
            if len(tokens) == 1:
                self._add_surname(person, cased)
                return
            self._add_parts(person, tokens)
        known = self._names[lower(cased)]
        if all((other.actor_id, other.kind, other.cased) != (actor_id, kind, cased) for other in known):
            known.append(Name(cased, actor_id, kind, person, valid_from, valid_to))
        # Russians from Russian, Iraqis from Iraqi: the plural of an adjective that is a noun too.
        if kind in ("adjective", "demonym") and cased.endswith(("an", "i")):
            self._add_name(actor_id, cased + "s", "demonym", valid_from, valid_to)

    def _add_parts(self, person: Person, tokens: list[str]) -> None:
        """Note a full name's surname (with and without Arabic particle) and its given names."""
        cut = len(tokens) - 1
        while cut > 1 and lower(tokens[cut - 1]) in self._particles:
            cut -= 1
        surname = " ".join(tokens[cut:])
        self._add_surname(person, surname)
        head, _, tail = surname.partition("-")
        if lower(head) in self._particles and tail:
            self._add_surname(person, tail)
        for token in tokens[:cut]:
            person.given.add(lower(token))
            person.initials.add(token[0])

    def _add_surname(self, person: Person, surname: str) -> None:
        person.surnames.add(lower(surname))
        bearers = self._surnames[lower(surname)][surname]
        if person not in bearers:
            bearers.append(person)

    def _add_offices(self, authority: Authority) -> None:
        for row in authority.offices:
            body = authority.current_id(row["body"])
            for rank, phrase in enumerate(phrases(row["titles"])):
                title = self._titles[lower(plain(phrase))]
                title.by_body.setdefault(body, row["office_id"])
                title.primary = title.primary or rank < 2
            for phrase in phrases(row["fixed"]):
                title = self._titles[lower(plain(phrase))]
                title.fixed.setdefault(plain(phrase), row["office_id"])

        for key, title in list(self._titles.items()):
            plural = plural_of(key)
            if title.by_body and plural is not None and plural not in self._titles:
                self._titles[plural] = Title(title.by_body, plural=True)

    def _add_terms(self, authority: Authority) -> None:
        for theme in authority.themes:
            for term in theme.weighted_terms():
                words = plain(" ".join(term.term.split()))
                key = lower(words)
                self._add_term(key, ThemeTerm(theme.id, term.weight, key, words if term.case else None))
                if not term.case and (plural := plural_of(key)):
                    self._add_term(plural, ThemeTerm(theme.id, term.weight, key, None))

    def _add_term(self, key: str, term: ThemeTerm) -> None:
        known = self._terms[key]
        same = next(
            (i for i, other in enumerate(known) if (other.theme_id, other.cased) == (term.theme_id, term.cased)), None
        )
        if same is None:
            known.append(term)
        elif known[same].key != key and term.key == key:
            known[same] = term  # what the analyst wrote goes before a plural made by rule

    def _compile(self, readings: Readings) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation

        common = {lower(plain(word)) for word in (*readings.surname_words, *readings.function_words, *readings.months)}
        surnames = {key: self._surname_meanings(key, spellings, common) for key, spellings in self._surnames.items()}
        keys = sorted({*self._names, *surnames, *self._titles, *self._terms})
        self._meanings = [
            (self._names.get(key, ()), surnames.get(key, ()), self._titles.get(key), self._terms.get(key, ()))
            for key in keys
        ]
        self._edges = [(is_word(key[0]), is_word(key[-1])) for key in keys]
        self._automaton: AhoCorasick = AhoCorasick(keys, implementation=Implementation.ContiguousNFA)
        self.pattern_count = len(keys)

    def _surname_meanings(self, key: str, spellings: dict[str, list[Person]], common: set[str]) -> tuple[Surname, ...]:
        persons = {person.actor_id for bearers in spellings.values() for person in bearers}
        others = any(name.person is None or name.actor_id not in persons for name in self._names.get(key, ()))
        bare = key not in common and key not in self.given_names and not others and len(key) >= 4
        return tuple(Surname(cased, tuple(bearers), bare) for cased, bearers in sorted(spellings.items()))


def plural_of(key: str) -> str | None:
    """Return the regular plural of a term that ends in a letter other than s; None where there is none to make."""
    if not key[-1:].isalpha() or not key.isascii() or key.endswith("s"):
        return None
    if key.endswith("y") and key[-2:-1] not in "aeiou":
        return key[:-1] + "ies"
    return key + ("es" if key.endswith(("x", "z", "ch", "sh")) else "s")


def _fits(cased: str, surface: str) -> bool:
    return cased == surface or (
        len(cased) >= SHORTEST_IN_CAPITALS and surface.isupper() and surface == cased.upper() and cased.lower() != cased
    )
