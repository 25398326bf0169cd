"""The authority compiled: one automaton over all patterns, and what each can mean.

Belongs here: one pass of the automaton over a text, and the meanings of what it finds. Does not belong here: which
patterns there are (patterns.py), or what a pattern means where it stands (the readers).

The automaton reads a text of bytes, one for each character: ASCII letters in lower case, digits, and a space for all
else. A pattern carries the spaces at its edges, so that only whole words are found; case and marks are checked on the
text itself afterwards. So one pass finds case-sensitive names, case-insensitive terms and names in headlines of
capitals. Patterns in other scripts have an automaton of their own, asked where a text has letters beyond ASCII.

Meanings lie on shelves, made into objects when first found. The whole is kept in a file of `home.state`, named by the
version of the rules, which is safe to delete.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from assets.collecting import no_collecting
from assets.home import Home
from assets.tagging.authority import load_authority
from assets.tagging.folding import is_word, lower, plain
from assets.tagging.local_ids import LocalIds, listed_names
from assets.tagging.patterns import STATE_TYPES, Patterns, day_of
from assets.tagging.romanisation import Sounds
from assets.tagging.rules import Readings
from assets.tagging.shelf import Shelf
from assets.tagging.themes import Evidence, ThemeTerm

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

# A name in capitals counts as the name from this length on; shorter ones may be other words (US, WHO, IT).
SHORTEST_IN_CAPITALS = 4

# One byte for each character: letters in lower case, digits and _ as they are, a space for all else.
_WORDS = bytes(ord(chr(code).lower()) if code < 128 and is_word(chr(code)) else 32 for code in range(256))
_WORD_LINES = _WORDS[:10] + b"\n" + _WORDS[11:]  # the same for many lines at once
_SPACE = 32
_FOREIGN_LETTER = re.compile(r"[^\W\x00-\x7f]")


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


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """What is known of a person for telling him from others."""

    actor_id: str
    country: str | None
    given: frozenset[str]
    initials: frozenset[str]
    surnames: frozenset[str]
    offices: tuple[tuple[str, date, date | None], ...]

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
    """A surname, who bears it, and whether it may name its only bearer by itself.

    `listed` is false for a spelling that only sounds like the bearers' own.
    """

    cased: str
    bearers: tuple[Person, ...]
    bare: bool
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Title:
    """A title of offices: whose office it is by body, and the spellings that name an office without its body.

    It is primary where it is an office's own title ("President"), and not a looser word for it ("leader").
    """

    by_body: dict[str, str]
    fixed: dict[str, str]
    primary: bool
    plural: bool


@dataclass(slots=True)
class Hits:
    """What one pass found in a text: (start, end, meaning) of each kind, unresolved, in the order of their ends."""

    names: list[tuple[int, int, list[Name]]] = field(default_factory=list)
    surnames: list[tuple[int, int, Surname]] = field(default_factory=list)
    titles: list[tuple[int, int, Title]] = field(default_factory=list)
    shared: list[tuple[int, int, dict[str, str]]] = field(default_factory=list)
    themes: list[Evidence] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a pattern can mean; `marks` where it has others than letters and digits, which the text must have too."""

    key: str
    marks: bool
    themes_only: bool  # words in any case that speak for themes and nothing else: the commonest, so the quickest
    left: int  # from the pattern's edges in the automaton's text to the key's in ours
    right: int
    names: tuple[Name, ...]
    surnames: tuple[Surname, ...]
    title: Title | None
    shared: dict[str, str] | None  # what bodies of several states are called: whose it is, by country
    terms: tuple[ThemeTerm, ...]


class Lexicon:
    """All patterns of an authority in one automaton."""

    @no_collecting()  # ends only when the authority is gone of which the patterns were made
    def __init__(self, home: Home, readings: Readings, sounds: Sounds, version: str) -> None:
        """Load what was compiled under the rules of `version`, or compile it; ConfigError where rules are wrong."""
        stored = _load(home, version)
        if stored is None:
            stored = _compiled(home, readings, sounds)
            _store(home, version, stored)
        self._meanings_shelf = Shelf(*stored["meanings"])
        self.persons: Mapping[str, Person] = _Persons(stored["persons"], Shelf(*stored["parts"]))
        self.actor_types: dict[str, str] = stored["actor_types"]
        self.country_of: dict[str, str] = stored["country_of"]
        self.holders = {
            office_id: [(date.fromordinal(start), day_of(end), actor_id) for start, end, actor_id in terms]
            for office_id, terms in stored["holders"].items()
        }
        self.role_of: dict[str, str] = {office_id: role for office_id, (_, role) in stored["offices"].items()}
        self.body_of: dict[str, str] = {office_id: body for office_id, (body, _) in stored["offices"].items()}
        self._office_of = {key: office_id for office_id, key in reversed(stored["offices"].items())}
        self.given_names: frozenset[str] = stored["given_names"]
        self.local_ids = LocalIds(stored["listed_names"], stored["links"])
        self._by_sound: dict[str, list[str]] = stored["sounding"]
        self._sounds = sounds
        self.pattern_count = len(self._meanings_shelf)
        self._meanings: list[_Meaning | None] = [None] * self.pattern_count
        self._automaton, self._foreign, self._foreign_offset = _automata(stored["keys"])

    def search(self, folded: str) -> Hits:
        """Return everything in `folded`, the plain text."""
        hits = Hits()
        add_theme = hits.themes.append
        ascii_, lowered = folded.isascii(), lower(folded)
        text = b" %b " % folded.encode("ascii", "replace").translate(_WORDS)
        length = len(folded)
        meanings = self._meanings
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            meaning = meanings[index] or self._meaning(index)
            start += meaning.left
            end -= meaning.right
            # A letter of another script was a space to the automaton.
            if not ascii_ and (
                (start and folded[start - 1] > "\x7f" and is_word(folded[start - 1]))
                or (end < length and folded[end] > "\x7f" and is_word(folded[end]))
            ):
                continue
            if not meaning.themes_only:
                self._add(hits, folded, lowered, start, end, meaning)
            elif not meaning.marks or lowered[start:end] == meaning.key:
                for term in meaning.terms:
                    add_theme((start, end, term))
        if not ascii_ and self._foreign is not None and _FOREIGN_LETTER.search(folded):
            self._search_foreign(hits, folded, lowered)
        return hits

    def _search_foreign(self, hits: Hits, folded: str, lowered: str) -> None:
        length = len(folded)
        for index, start, end in self._foreign.find_matches_as_indexes(lowered, overlapping=True):
            index += self._foreign_offset
            meaning = self._meanings[index] or self._meaning(index)
            left = start and is_word(lowered[start]) and is_word(lowered[start - 1])
            right = end < length and is_word(lowered[end - 1]) and is_word(lowered[end])
            if not left and not right:
                self._add(hits, folded, lowered, start, end, meaning)

    def _add(self, hits: Hits, folded: str, lowered: str, start: int, end: int, meaning: _Meaning) -> None:
        surface = folded[start:end]
        capitals = surface.isupper()
        if meaning.names:
            if capitals:
                fitting = [name for name in meaning.names if name.cased == surface or _is_upper(name.cased, surface)]
            else:
                fitting = [name for name in meaning.names if name.cased == surface]
            if fitting:
                hits.names.append((start, end, fitting))
        for surname in meaning.surnames:
            if surname.cased == surface or (capitals and _is_upper(surname.cased, surface)):
                hits.surnames.append((start, end, surname))
                break
        if meaning.marks and lowered[start:end] != meaning.key:
            return
        if meaning.title is not None:
            hits.titles.append((start, end, meaning.title))
        if meaning.shared is not None:
            hits.shared.append((start, end, meaning.shared))
        for term in meaning.terms:
            if term.cased is None or term.cased == surface:
                hits.themes.append((start, end, term))

    def sounding(self, word: str) -> Surname | None:
        """Return `word` as a surname that sounds like listed ones; None where there are none."""
        found = {actor_id for sound in self._sounds.of(word) for actor_id in self._by_sound.get(sound, ())}
        if not found:
            return None
        bearers = tuple(self.persons[actor_id] for actor_id in sorted(found))
        return Surname(plain(word), bearers, bare=True, listed=False)

    def office_of(self, body: str, role: str | None) -> str | None:
        """Return the office of a role in a body, the first in the files where there are several."""
        return self._office_of.get((body, role))

    def holder(self, office_id: str, day: date) -> str | None:
        """Return who held the office on `day`; None where the tables do not say."""
        for start, end, actor_id in self.holders.get(office_id, ()):
            if start <= day and (end is None or day < end):
                return actor_id
        return None

    def states_in(self, names: list[Name]) -> frozenset[str]:
        """Return the countries of the bodies of state among `names`."""
        return frozenset(
            self.country_of[name.actor_id]
            for name in names
            if self.actor_types.get(name.actor_id) in STATE_TYPES and name.actor_id in self.country_of
        )

    def _meaning(self, index: int) -> _Meaning:
        """Take a pattern's meaning from the shelf."""
        key, names, surnames, title, shared, terms = self._meanings_shelf[index]
        persons = self.persons
        left, right = _edges(key) if key.isascii() else (0, 0)
        meaning = self._meanings[index] = _Meaning(
            key,
            not key.isalnum(),
            not (names or surnames or title or shared) and all(cased is None for _, _, _, cased, _ in terms),
            left - 1,
            right + 1,
            tuple(
                Name(cased, actor_id, kind, persons.get(actor_id), day_of(start), day_of(end))
                for cased, actor_id, kind, start, end in names
            ),
            tuple(Surname(cased, tuple(persons[one] for one in bearers), bare) for cased, bearers, bare in surnames),
            title and Title(*title),
            shared,
            tuple(ThemeTerm.of(*term) for term in reversed(terms)),  # resolve reads the hits from the last
        )
        return meaning


class _Persons(Mapping[str, Person]):
    """The persons of an authority, each made when asked for."""

    def __init__(self, ids: str, parts: Shelf) -> None:
        self._index = {actor_id: index for index, actor_id in enumerate(ids.split("\n") if ids else ())}
        self._parts = parts
        self._made: dict[str, Person] = {}

    def __getitem__(self, actor_id: str) -> Person:
        person = self._made.get(actor_id)
        if person is None:
            country, given, initials, surnames, offices = self._parts[self._index[actor_id]]
            offices = tuple((office_id, date.fromordinal(start), day_of(end)) for office_id, start, end in offices)
            person = Person(
                actor_id, country, frozenset(given), frozenset(initials), frozenset(surnames), tuple(offices)
            )
            self._made[actor_id] = person
        return person

    def __contains__(self, actor_id: object) -> bool:
        return actor_id in self._index

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def __len__(self) -> int:
        return len(self._index)


def _edges(key: str) -> tuple[int, int]:
    """Return how many spaces a pattern has before and after its key: none where the key itself ends in a mark."""
    return int(is_word(key[0])), int(is_word(key[-1]))


def _automata(keys: str) -> tuple[BytesAhoCorasick, AhoCorasick | None, int]:
    """Return the automaton of the ASCII keys, that of the others, and the number of the first of those."""
    from ahocorasick_rs import AhoCorasick, BytesAhoCorasick, Implementation

    every = keys.split("\n")
    plain_keys = [key for key in every if key.isascii()]
    foreign = every[len(plain_keys) :]  # in order they come last: ASCII ones are compiled first
    lines = "\n".join(plain_keys).encode("ascii").translate(_WORD_LINES).split(b"\n") if plain_keys else []
    spaced = [b" "[line[0] == _SPACE :] + line + b" "[line[-1] == _SPACE :] for line in lines]
    return (
        BytesAhoCorasick(spaced, implementation=Implementation.ContiguousNFA),
        AhoCorasick(foreign, implementation=Implementation.ContiguousNFA) if foreign else None,
        len(plain_keys),
    )


def _compiled(home: Home, readings: Readings, sounds: Sounds) -> dict[str, Any]:
    """Return the patterns of the authority of `home` as values that a file can hold."""
    authority = load_authority(home)
    patterns = Patterns(authority, readings)
    keys = sorted(patterns.keys(), key=str.isascii, reverse=True)  # ASCII ones first, each kind in order
    names, surnames, titles = patterns.names, patterns.surnames, patterns.titles
    shared, terms = patterns.shared, patterns.terms
    return {
        "keys": "\n".join(keys),
        "meanings": Shelf.of(
            [
                (
                    key,
                    names.get(key, ()),
                    patterns.surname_meanings(key) if key in surnames else (),
                    _title_record(titles[key]) if key in titles else None,
                    shared.get(key),
                    terms.get(key, ()),
                )
                for key in keys
            ]
        ).packed(),
        "persons": "\n".join(patterns.persons),
        "parts": Shelf.of(
            [
                (person.country, person.given, person.initials, person.surnames, person.offices)
                for person in patterns.persons.values()
            ]
        ).packed(),
        "actor_types": patterns.actor_types,
        "country_of": patterns.country_of,
        "holders": dict(patterns.holders),
        "given_names": frozenset(patterns.given_names),
        "offices": patterns.offices,
        "listed_names": listed_names(authority),
        "links": authority.links,
        "sounding": patterns.sounding(sounds),
    }


def _title_record(title: Any) -> tuple[dict[str, str], dict[str, str], bool, bool]:
    return title.by_body, title.fixed, title.primary, title.plural


def _path(home: Home, version: str):
    return home.state / f"lexicon-{version}.{sys.implementation.cache_tag}"


def _load(home: Home, version: str) -> dict[str, Any] | None:
    """Return what was compiled under `version`; None where there is nothing that can be read."""
    try:
        return marshal.loads(_path(home, version).read_bytes())
    except (OSError, EOFError, ValueError, TypeError):
        return None


def _store(home: Home, version: str, compiled: dict[str, Any]) -> None:
    """Keep what was compiled, in place of what older rules made; a folder that cannot be written to keeps nothing."""
    path = _path(home, version)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        older = [other for other in path.parent.glob("lexicon-*") if other != path]
        beside.write_bytes(marshal.dumps(compiled))
        beside.replace(path)
        for other in older:
            other.unlink(missing_ok=True)
    except OSError:
        beside.unlink(missing_ok=True)


def _is_upper(cased: str, surface: str) -> bool:
    """Tell whether `surface`, which is in capitals, is `cased` written so."""
    return len(cased) >= SHORTEST_IN_CAPITALS and surface == cased.upper() and cased.lower() != cased
