"""Persons: full names, surnames after them, initials, surnames by themselves or beside an office, misspellings.

Belongs here: deciding whom a surname names, and refusing where it may be somebody else.
Does not belong here: offices without a name (offices.py).

Order of evidence for a surname: the given name or initials before it; the office before it; a bearer whose full name
the article has; the only bearer in the authority; the only bearer in office whose country the article names. A
capitalised word before it that is no title, no function word and no given name of a bearer makes it somebody else's
("Mehman Aliyev" is not Ilham Aliyev).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assets.tagging import confidence
from assets.tagging.document import Document, Mention, Phrase, Span
from assets.tagging.folding import lower, plain, words_pattern
from assets.tagging.lexicon import Lexicon, Person
from assets.tagging.rules import Readings

_INITIALS = re.compile(r"(?:(?<=[^\w.'-])|^)((?:[A-Z]\.[ -]?){1,3})$")
_WORD_BEFORE = re.compile(r"([^\W\d_][\w'.-]*) $")
_WORD_AFTER = re.compile(r" ([A-Z][\w-]*)")
_CAPITALISED = re.compile(r"(?<![\w'-])[A-Z][a-z]{3,}(?![\w-])")
# Shorter words than this are too easily one letter away from another.
_SHORTEST_MISSPELT = 5
# Words more frequent than this are words, not misspelt names (Zipf scale; measured on newswire).
_RARE = 3.5


@dataclass(slots=True)
class _Before:
    """What stands directly before a surname."""

    kind: str  # free, blocked, given, variant, initials
    start: int
    bearers: tuple[Person, ...]


class PersonReader:
    """Finds the persons an article names."""

    def __init__(self, lexicon: Lexicon, readings: Readings) -> None:
        self._lexicon = lexicon
        self._function_words = frozenset(map(str.lower, readings.function_words))
        self._honorifics = frozenset(readings.honorifics)
        heads = words_pattern(readings.institution_heads)
        self._institution = re.compile(rf"(?: [A-Z][\w&-]*){{0,2}} (?:{heads})(?!\w)")
        self._abbreviations = frozenset((*readings.abbreviations, *readings.honorifics))
        named_after = words_pattern(readings.named_after)
        self._named_after = re.compile(rf" (?:{named_after})(?!\w)", re.IGNORECASE)
        self._month = frozenset(lower(month) for month in readings.months)
        self._date_around = re.compile(
            r"(?:\b(?:in|since|until|by|last|next|early|late|mid|of|from|this|\d{1,2}(?:st|nd|rd|th)?))[ -]$", re.I
        )
        self._not_misspelt = frozenset(
            lower(plain(word)) for word in (*readings.honorifics, *readings.surname_words, *readings.months)
        )

    def mentions(self, document: Document, spans: list[Span], phrases: list[Phrase]) -> list[Mention]:
        """Return the persons named by name or surname."""
        by_end = {span.end: span for span in spans}
        titles_by_end = {phrase.end: phrase for phrase in phrases}
        found: list[Mention] = []
        pending: list[tuple[Span, _Before]] = []
        in_full: dict[str, Person] = {}
        for span in spans:
            person = next((name.person for name in span.names if name.person and name.valid(document.day)), None)
            if person is not None:
                if not self._inside_institution(document, span.end):
                    found.append(
                        Mention(span.start, span.end, person.actor_id, "name", confidence.FULL_NAME, "full_name")
                    )
                    in_full[person.actor_id] = person
                continue
            if span.surname is None or self._inside_institution(document, span.end):
                continue
            before = self._before(document, span, by_end, titles_by_end)
            if before.kind in ("given", "variant"):
                reading, sure = (
                    ("name", confidence.FULL_NAME)
                    if before.kind == "given"
                    else ("misspelling", confidence.GIVEN_NAME_VARIANT)
                )
                bearer = _one(before.bearers, document)
                if bearer is not None:
                    rule = "given_name_and_surname" if before.kind == "given" else "given_name_variant"
                    found.append(Mention(before.start, span.end, bearer.actor_id, reading, sure, rule))
                    in_full[bearer.actor_id] = bearer
            elif before.kind != "blocked":
                pending.append((span, before))
        countries = (
            {name.actor_id for span in spans for name in span.names if name.person is None} if pending else set()
        )
        span_starts = {span.start for span in spans if span.names} if pending else set()
        for span, before in pending:
            mention = self._surname(document, span, before, titles_by_end, in_full, countries, span_starts)
            if mention is not None:
                found.append(mention)
        found.sort(key=lambda mention: mention.start)
        return found

    def _before(
        self, document: Document, span: Span, by_end: dict[int, Span], titles_by_end: dict[int, Phrase]
    ) -> _Before:
        """Tell what the words directly before a surname make of it."""
        text, start, bearers = document.plain, span.start, span.surname.bearers
        left = text[max(0, start - 30) : start]
        initials = _INITIALS.search(left)
        if initials is not None:
            letters = re.findall("[A-Z]", initials[1])
            fitting = tuple(person for person in bearers if letters[0] in person.initials)
            return _Before("initials" if fitting else "blocked", start - len(initials[1]), fitting)
        if left.endswith("-"):
            return _Before("free" if start - 1 in by_end else "blocked", start, bearers)
        match = _WORD_BEFORE.search(left)
        if match is None:
            return _Before("free", start, bearers)
        word = match[1]
        if word.endswith(".") and len(word) > 2 and word[:-1] not in self._abbreviations:
            return _Before("free", start, bearers)  # a sentence ended there
        low = lower(word)
        named = tuple(person for person in bearers if low in person.given)
        if named:
            return self._with_given_names(text, match.start(1) + start - len(left), named)
        if not word[0].isupper() or start - 1 in titles_by_end or start - 1 in by_end:
            return _Before("free", start, bearers)
        bare = word.rstrip(".")
        if bare in self._honorifics or low in self._function_words or word.endswith("'s"):
            return _Before("free", start, bearers)
        variant = tuple(
            person for person in bearers if any(len(given) >= 5 and distance_one(low, given) for given in person.given)
        )
        if variant:
            return _Before("variant", match.start(1) + start - len(left), variant)
        if low in self._lexicon.given_names:
            return _Before("blocked", start, ())
        if low in document.words or (start < document.title_end and document.title_is_capitalised):
            return _Before("free", start, bearers)
        if low.endswith(("ing", "ed", "ly")) and text[: match.start(1) + start - len(left)].rstrip(" ")[-1:] in ".\n":
            return _Before("free", start, bearers)
        return _Before("blocked", start, ())

    def _with_given_names(self, text: str, start: int, bearers: tuple[Person, ...]) -> _Before:
        """Widen a name to the left over further given names of its bearers."""
        for _ in range(3):
            match = _WORD_BEFORE.search(text[max(0, start - 30) : start])
            if match is None:
                break
            word = lower(match[1])
            more = tuple(person for person in bearers if word in person.given)
            if not more or not match[1][0].isupper():
                break
            start -= len(match[0])
            bearers = more
        return _Before("given", start, bearers)

    def _surname(
        self,
        document: Document,
        span: Span,
        before: _Before,
        titles_by_end: dict[int, Phrase],
        in_full: dict[str, Person],
        countries: set[str],
        span_starts: set[int],
    ) -> Mention | None:
        bearers, start = before.bearers, before.start
        phrase = titles_by_end.get(start - 1) if document.plain[start - 1 : start] == " " else None
        if phrase is None and document.plain[max(0, start - 2) : start] == ", ":
            phrase = titles_by_end.get(start - 2)
        if phrase is not None and not phrase.other:
            beside = self._by_office(document, phrase, bearers)
            if beside is not None:
                reading = "initials" if before.kind == "initials" else "short_name"
                return Mention(
                    start, span.end, beside.actor_id, reading, confidence.OFFICE_AND_NAME, "office_and_surname"
                )
        if before.kind == "initials":
            person = _only([bearer for bearer in bearers if bearer.actor_id in in_full]) or _one(bearers, document)
            person = person or self._by_country(bearers, countries, document)
            if person is None:
                return None
            return Mention(start, span.end, person.actor_id, "initials", confidence.INITIALS, "initials")
        if self._is_month(document, span):
            return None
        known = [bearer for bearer in bearers if bearer.actor_id in in_full]
        if len(known) == 1:
            return Mention(
                start, span.end, known[0].actor_id, "short_name", confidence.SHORT_NAME, "surname_of_full_name"
            )
        if known or not span.surname.bare:
            return None if known else self._given_name_as_surname(document, span)
        if self._unknown_name_follows(document, span.end, span_starts):
            return None
        if len(bearers) == 1:
            if not _plausible(bearers[0], countries, document):
                return None
            return Mention(start, span.end, bearers[0].actor_id, "short_name", confidence.BARE_SURNAME, "only_bearer")
        person = self._by_country(bearers, countries, document)
        if person is None:
            return None
        return Mention(
            start,
            span.end,
            person.actor_id,
            "short_name",
            confidence.SURNAME_BY_COUNTRY,
            "bearer_in_office_of_named_country",
        )

    def _given_name_as_surname(self, document: Document, span: Span) -> Mention | None:
        """Read a surname that is a given name of others (Michel) where one bearer is in office and no name follows."""
        if (
            lower(span.surname.cased) not in self._lexicon.given_names
            or lower(span.surname.cased) in self._not_misspelt
        ):
            return None
        after = document.plain[span.end : span.end + 2]
        person = _only([bearer for bearer in span.surname.bearers if bearer.in_office(document.day)])
        if person is None or span.names or (after[:1] in (" ", "-") and after[1:].isupper()):
            return None
        sure = confidence.GIVEN_NAME_AS_SURNAME
        return Mention(span.start, span.end, person.actor_id, "short_name", sure, "only_bearer_in_office")

    def _by_office(self, document: Document, phrase: Phrase, bearers: tuple[Person, ...]) -> Person | None:
        """Return the one bearer who holds (or, after "former", held) the office named before the surname."""
        offices = {phrase.office_id} if phrase.office_id else set(phrase.title.by_body.values())
        if phrase.office_id is None:
            offices.update(phrase.title.fixed.values())
        now = [] if phrase.former else [person for person in bearers if person.holds(offices, document.day)]
        return _only(now) or _only([person for person in bearers if person.holds(offices, None)])

    def _by_country(self, bearers: tuple[Person, ...], countries: set[str], document: Document) -> Person | None:
        near = [person for person in bearers if person.country in countries]
        return _only([person for person in near if person.in_office(document.day)]) or _only(near)

    def _inside_institution(self, document: Document, end: int) -> bool:
        text = document.plain
        return text.startswith(" ", end) and bool(
            self._institution.match(text, end) or self._named_after.match(text, end)
        )

    def _unknown_name_follows(self, document: Document, end: int, span_starts: set[int]) -> bool:
        """Tell whether a capitalised word makes a surname the beginning of another name (Shah Deniz)."""
        match = _WORD_AFTER.match(document.plain, end)
        if match is None or end + 1 in span_starts or (end < document.title_end and document.title_is_capitalised):
            return False
        if len(match[1]) > 1 and match[1].isupper() and document.plain[end - 1].isupper():
            return False  # among capitals they tell nothing
        low = lower(match[1])
        return low not in self._function_words and low not in document.words

    def _is_month(self, document: Document, span: Span) -> bool:
        """Tell whether a surname that is a month too (Theresa May) stands in a date."""
        if lower(span.surname.cased) not in self._month:
            return False
        text = document.plain
        return bool(
            re.match(r",? \d", text[span.end : span.end + 4])
            or self._date_around.search(text[max(0, span.start - 8) : span.start])
        )

    def misspellings(
        self, document: Document, found: list[Mention], spans: list[Span], phrases: list[Phrase]
    ) -> list[Mention]:
        """Bind rare words one letter away from the surname of a person among the article's mentions `found`."""
        surnames: dict[str, set[str]] = {}
        for actor_id in {mention.actor_id for mention in found}:
            person = self._lexicon.persons.get(actor_id)
            for surname in person.surnames if person else ():
                if len(surname) >= _SHORTEST_MISSPELT and surname.isascii():
                    surnames.setdefault(surname, set()).add(actor_id)
        titles_by_end = {phrase.end for phrase in phrases}
        wanted = {
            (surname[0].upper(), length) for surname in surnames for length in range(len(surname) - 1, len(surname) + 2)
        }
        misspelt: dict[str, str] = {}
        for word in document.words:
            if len(word) >= _SHORTEST_MISSPELT and (word[0], len(word)) in wanted and _CAPITALISED.fullmatch(word):
                actor_id = self._misspelt(word, surnames, document)
                if actor_id is not None:
                    misspelt[word] = actor_id
        if not misspelt:
            return []
        taken = {span.start for span in spans}
        by_end = {span.end for span in spans}
        bound: list[Mention] = []
        for match in _CAPITALISED.finditer(document.plain):
            actor_id, start, end = misspelt.get(match[0]), match.start(), match.end()
            if actor_id is None or start in taken:
                continue
            after = document.plain[end : end + 2]
            if after[:1] == " " and after[1:].isupper() and end + 1 not in taken:
                continue
            before = _WORD_BEFORE.search(document.plain[max(0, start - 30) : start])
            if (
                before is not None
                and before[1][0].isupper()
                and start - 1 not in titles_by_end
                and start - 1 not in by_end
            ):
                bare = before[1].rstrip(".")
                ended = before[1].endswith(".") and len(bare) > 1 and bare not in self._abbreviations
                if not ended and bare not in self._honorifics and lower(bare) not in self._function_words:
                    continue
            bound.append(
                Mention(start, end, actor_id, "misspelling", confidence.MISSPELLING, "one_letter_from_surname")
            )
        return bound

    def _misspelt(self, word: str, surnames: dict[str, set[str]], document: Document) -> str | None:
        """Return the one person whose surname `word` may be with a letter wrong; None for words and other names."""
        low = lower(word)
        if (
            low in surnames
            or low.removesuffix("s") in surnames
            or low in document.words
            or low in self._not_misspelt
            or low in self._lexicon.given_names
        ):
            return None
        near = set().union(*(ids for surname, ids in surnames.items() if distance_one(low, surname)))
        return next(iter(near)) if len(near) == 1 and _zipf(low) < _RARE else None


def _plausible(person: Person, countries: set[str], document: Document) -> bool:
    """Tell whether a surname alone may mean this person: in office, or of a country that the article names.

    Nobody is known by his surname alone before his first office (Harper and Row were no premiers in 1987).
    """
    if person.in_office(document.day):
        return True
    if person.offices and all(start > document.day for _, start, _ in person.offices):
        return False
    return person.country is None or person.country in countries


def _only(persons: list[Person]) -> Person | None:
    return persons[0] if len(persons) == 1 else None


def _one(persons: tuple[Person, ...], document: Document) -> Person | None:
    """Return the only person, or the only one of them in office."""
    return _only(list(persons)) or _only([person for person in persons if person.in_office(document.day)])


def distance_one(one: str, other: str) -> bool:
    """Tell whether two different words are one insertion, deletion, replacement or swap of neighbours apart."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    shortest = min(len(one), len(other))
    while start < shortest and one[start] == other[start]:
        start += 1
    if len(one) != len(other):
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        return longer[start + 1 :] == shorter[start:]
    swapped = one[start : start + 2] == other[start : start + 2][::-1] and one[start + 2 :] == other[start + 2 :]
    return one[start + 1 :] == other[start + 1 :] or swapped


@lru_cache(maxsize=20_000)
def _zipf(word: str) -> float:
    from wordfreq import zipf_frequency

    return zipf_frequency(word, "en", wordlist="small")
