"""Persons: full names, surnames after them, initials, surnames by themselves or beside an office.

Belongs here: deciding whom a surname names, and refusing where it may be somebody else. Does not belong here: the words
directly around it (forenames.py), misspelt names (misspellings.py), offices without a name (offices.py).

Order of evidence for a surname: the given name or initials beside it; the office before it; who of that surname the
article names in full, last before it or else first after it, namesakes of the authority's persons among them ("Mehman
Aliyev" is not Ilham Aliyev, nor is "Aliyev" after him); the only bearer in the authority; the only bearer in office
whose country the article names. A spelling that only sounds like a listed surname needs more of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from assets.tagging import confidence
from assets.tagging.document import Document, Mention, Phrase, Span
from assets.tagging.folding import lower, plain, words_pattern
from assets.tagging.forenames import Around, ForenameReader
from assets.tagging.lexicon import Lexicon, Person, Surname
from assets.tagging.memory import Memory
from assets.tagging.rules import Readings
from assets.tagging.spelling import is_rare

# So many years after the last office a surname alone still means its bearer.
_YEARS_REMEMBERED = 20
# So many days after it he is still known as if in office.
_DAYS_FRESH = 365
_WORD_AFTER = re.compile(r" ((?:[Aa][lnrstdz]-|[Ee]l-)?[A-Z][\w-]*)")
_JOINT = re.compile(r"(?:,? and |, )$")
# Of so many names in a row the first may have the title of all.
_MOST_JOINT = 5
# Of several in office who share a surname, one of these is who needs no other name.
_HEADS = frozenset({"president", "prime_minister", "chancellor", "supreme_leader", "monarch"})
# Rules that name somebody as clearly as his full name would; whom they name is meant by the surname after them.
_NAMING = frozenset({"office_and_surname", "initials"})
_FULL = {
    "given": ("name", confidence.FULL_NAME, "given_name_and_surname"),
    "variant": ("misspelling", confidence.GIVEN_NAME_VARIANT, "given_name_variant"),
}


@dataclass(slots=True)
class _Naming:
    """Where an article names persons of one surname in full, in order, and whom."""

    starts: list[int] = field(default_factory=list)
    persons: list[Person | None] = field(default_factory=list)
    distinct: set[Person | None] = field(default_factory=set)

    def last_before(self, position: int) -> Person | None:
        """Return who is named last before `position`, or else first after it."""
        return self.persons[max(0, bisect_left(self.starts, position) - 1)]


@dataclass(slots=True)
class _Article:
    """What the readings of one article share."""

    document: Document
    titles_by_end: dict[int, Phrase]
    by_end: dict[int, Span]
    actors: set[str]  # those named that are no persons
    starts: set[int]  # where names begin
    near: set[str] = field(default_factory=set)  # the actors, and the countries of persons that seem to be named
    naming: dict[str, _Naming] = field(default_factory=dict)  # by surname

    def name(self, surname: str, start: int, person: Person | None) -> None:
        """Note that somebody of this surname is named in full at `start`; None is nobody of the authority."""
        naming = self.naming.setdefault(surname, _Naming())
        at = bisect_right(naming.starts, start)
        naming.starts.insert(at, start)
        naming.persons.insert(at, person)
        naming.distinct.add(person)


class PersonReader:
    """Finds the persons an article names."""

    def __init__(self, lexicon: Lexicon, readings: Readings, forenames: ForenameReader) -> None:
        self._lexicon = lexicon
        self._forenames = forenames
        self._function_words = frozenset(map(str.lower, readings.function_words))
        heads = words_pattern(readings.institution_heads)
        self._institution = re.compile(rf"(?: [A-Z][\w&-]*){{0,2}} (?:{heads})(?!\w)")
        named_after = words_pattern(readings.named_after)
        self._named_after = re.compile(rf" (?:{named_after})(?!\w)", re.IGNORECASE)
        self._month = frozenset(lower(month) for month in readings.months)
        self._date_around = re.compile(
            r"(?:\b(?:in|since|until|by|last|next|early|late|mid|of|from|this|\d{1,2}(?:st|nd|rd|th)?))[ -]$", re.I
        )
        self._words = frozenset(
            lower(plain(word)) for word in (*readings.honorifics, *readings.surname_words, *readings.months)
        )
        self._heard = Memory(self._sounds_like)

    def _sounds_like(self, written: str) -> Surname | None:
        """Return the listed surnames that a capitalised word sounds like, where it is nothing else."""
        word = plain(written)
        if len(word) < _SHORTEST_OTHER or word.isupper():
            return None
        low = lower(word)
        if low in self._lexicon.given_names or low in self._words or not is_rare(low):
            return None
        return self._lexicon.sounding(written)

    def other_spellings(self, document: Document, spans: list[Span]) -> list[Span]:
        """Return `spans` with the words added that only sound like listed surnames."""
        heard = self._heard
        found = {
            word: surname for word, written in document.spellings.items() if (surname := heard[written]) is not None
        }
        if not found:
            return spans
        starts = [span.start for span in spans]
        added = []
        for match in _CAPITALISED.finditer(document.plain):
            if (surname := found.get(match[0])) is not None:
                before = bisect_right(starts, match.start()) - 1
                if before < 0 or spans[before].end <= match.start():
                    added.append(Span(match.start(), match.end(), [], surname))
        return sorted([*spans, *added], key=lambda span: span.start)

    def mentions(self, document: Document, spans: list[Span], phrases: list[Phrase]) -> list[Mention]:
        """Return the persons named by name or surname."""
        by_end = {span.end: span for span in spans}
        titles_by_end = {phrase.end: phrase for phrase in phrases}
        found: list[Mention] = []
        pending: list[tuple[Span, Around]] = []
        article = _Article(document, titles_by_end, by_end, set(), set())
        for span in spans:
            named = [name.person for name in span.names if name.person is not None and name.valid(document.day)]
            if named:
                person = named[0]
                if not self._inside_institution(document, span.end):
                    if self._forenames.has_suffix(document, span.end):
                        person = None
                    else:
                        found.append(
                            Mention(span.start, span.end, person.actor_id, "name", confidence.FULL_NAME, "full_name")
                        )
                    _note(article, span, person)
                continue
            if span.surname is None or self._inside_institution(document, span.end):
                continue
            around = self._forenames.around(document, span, by_end, titles_by_end)
            if around.kind in _FULL:
                bearer = _one(around.bearers, document)
                if around.kind == "variant" and bearer is not None:
                    bearer = self._meant_by_variant(article, spans, around, span, bearer)
                if bearer is not None:
                    reading, sure, rule = _FULL[around.kind]
                    found.append(Mention(around.start, around.end, bearer.actor_id, reading, sure, rule))
                    article.name(lower(span.surname.cased), span.start, bearer)
            elif around.kind == "blocked":
                article.name(lower(span.surname.cased), span.start, None)
            else:
                pending.append((span, around))
        if pending:
            article.actors = {name.actor_id for span in spans for name in span.names if name.person is None}
            article.starts = {span.start for span in spans if span.names}
            article.near = self._countries_in_play(found, pending) | article.actors
        for span, around in pending:
            mention = self._surname(article, span, around)
            if mention is not None:
                found.append(mention)
                if mention.rule in _NAMING:
                    person = self._lexicon.persons[mention.actor_id]
                    article.name(lower(span.surname.cased), span.start, person)
        found.sort(key=lambda mention: mention.start)
        return found

    def _meant_by_variant(
        self, article: _Article, spans: list[Span], around: Around, span: Span, bearer: Person
    ) -> Person | None:
        """Return the bearer of a full name with a letter wrong in it, if he is in play: Michael Martin is many men."""
        if self._beside_office(article, around.start, around.bearers) is bearer:
            return bearer
        day = article.document.day
        given = lower(article.document.plain[around.start : span.start].split(" ")[0])
        if len(span.surname.bearers) > 1 and given in self._lexicon.given_names:
            return None  # Ramiz Mammadov is not Ramin Mammadov
        named = any(name.actor_id == bearer.country for other in spans for name in other.names)
        of_its_time = bearer.in_office(day) or (_of_its_time(bearer, day) and span.surname.bare)
        return bearer if of_its_time and (named or span.surname.bare) else None

    def _surname(self, article: _Article, span: Span, around: Around) -> Mention | None:
        document, bearers, start, surname = article.document, around.bearers, around.start, span.surname

        def mention(person: Person | None, reading: str, sure: float, rule: str) -> Mention | None:
            return person and Mention(start, span.end, person.actor_id, reading, sure, rule)

        reading = "initials" if around.kind == "initials" else "short_name"
        beside = self._beside_office(article, start, bearers)
        if beside is not None and (surname.bare or not self._unknown_name_follows(document, span.end, article.starts)):
            return mention(beside, reading, confidence.OFFICE_AND_NAME, "office_and_surname")
        named = article.naming.get(lower(surname.cased))
        if around.kind == "initials":
            full = [bearer for bearer in bearers if named is not None and bearer in named.distinct]
            person = _only(full) or _one(bearers, document)
            person = person or self._by_country(bearers, article)
            return mention(person, "initials", confidence.INITIALS, "initials")
        if self._is_month(document, span):
            return None
        if named is not None:
            last = named.last_before(start)
            if last is None or last in bearers:
                if len(named.distinct) > 1:
                    return mention(last, reading, confidence.LAST_NAMED, "surname_of_last_named")
                return mention(last, reading, confidence.SHORT_NAME, "surname_of_full_name")
        if not surname.bare:
            return self._given_name_as_surname(article, span)
        if self._unknown_name_follows(document, span.end, article.starts):
            return None
        if not surname.listed:
            person = _only([one for one in bearers if one.country in article.actors and one.in_office(document.day)])
            return mention(person, reading, confidence.SOUNDS_ALIKE, "sounds_like_surname")
        if len(bearers) == 1:
            person = bearers[0] if _plausible(bearers[0], article) else None
            return mention(person, reading, confidence.BARE_SURNAME, "only_bearer")
        person = self._by_country(bearers, article)
        return mention(person, reading, confidence.SURNAME_BY_COUNTRY, "bearer_in_office_of_named_country")

    def _given_name_as_surname(self, article: _Article, span: Span) -> Mention | None:
        """Read a surname that is a given name of others (Michel) where one bearer is in office and no name follows."""
        document, low = article.document, lower(span.surname.cased)
        if low not in self._lexicon.given_names or low in self._words or span.names:
            return None
        after = document.plain[span.end : span.end + 2]
        person = _only([bearer for bearer in span.surname.bearers if bearer.in_office(document.day)])
        if person is None or (after[:1] in (" ", "-") and after[1:].isupper()) or not self._is_near(person, article):
            return None
        sure = confidence.GIVEN_NAME_AS_SURNAME
        return Mention(span.start, span.end, person.actor_id, "short_name", sure, "only_bearer_in_office")

    def _is_near(self, person: Person, article: _Article) -> bool:
        """Tell whether the article names his country, or a body of several countries if he heads one himself."""
        if person.country in article.actors:
            return True
        held = {one for one, *_ in person.offices if person.holds((one,), article.document.day)}
        heads_a_body = any(not self._lexicon.body_of.get(one, "country:").startswith("country:") for one in held)
        return heads_a_body and any(self._lexicon.actor_types.get(actor_id) == "igo" for actor_id in article.actors)

    def _beside_office(self, article: _Article, start: int, bearers: tuple[Person, ...]) -> Person | None:
        """Return the one bearer who holds (or, after "former", held) the office named before `start`."""
        text = article.document.plain
        phrase = article.titles_by_end.get(start - 1) if text[start - 1 : start] == " " else None
        if phrase is None and text[max(0, start - 2) : start] == ", ":
            phrase = article.titles_by_end.get(start - 2)
        if phrase is None:
            phrase = self._plural_before(article, start)
        if phrase is None or phrase.other:
            return None
        offices = {phrase.office_id} if phrase.office_id else set(phrase.title.by_body.values())
        if phrase.office_id is None:
            offices.update(phrase.title.fixed.values())
        day = article.document.day
        now = [] if phrase.former else [person for person in bearers if person.holds(offices, day)]
        return _only(now) or _only([person for person in bearers if person.holds(offices, None)])

    def _plural_before(self, article: _Article, start: int) -> Phrase | None:
        """Return the title of several before a name that is not their first: Presidents Aliyev, Sargsian and Putin."""
        text = article.document.plain
        for _ in range(_MOST_JOINT):
            joint = _JOINT.search(text, max(0, start - 6), start)
            before = article.by_end.get(joint.start()) if joint else None
            if before is None or before.surname is None:
                return None
            start = before.start
            phrase = article.titles_by_end.get(start - 1) if text[start - 1 : start] == " " else None
            if phrase is not None:
                return phrase if phrase.title.plural else None
        return None

    def _by_country(self, bearers: tuple[Person, ...], article: _Article) -> Person | None:
        day = article.document.day
        near = [person for person in bearers if person.country in article.near]
        in_office = [person for person in bearers if person.in_office(day)]
        heads = [person for person in in_office if self._leads(person, day)]
        return (
            _only([person for person in near if person in in_office])
            or _only(in_office)
            or _only(heads)
            or _only([person for person in near if _of_its_time(person, day)])
            or _latest([person for person in near if _of_its_time(person, day) and self._leads(person, None)], day)
        )

    def _leads(self, person: Person, day: date | None) -> bool:
        """Tell whether the person is at the head of a state or government on `day`, or ever was if that is None."""
        held = (office_id for office_id, *_ in person.offices if person.holds((office_id,), day))
        return any(self._lexicon.role_of.get(office_id) in _HEADS for office_id in held)

    def _countries_in_play(self, found: list[Mention], pending: list[tuple[Span, Around]]) -> set[str]:
        """Return the countries of those named in full, and those of which two may be named by their surnames."""
        countries = {self._lexicon.persons[mention.actor_id].country for mention in found}
        sole = {around.bearers[0] for span, around in pending if len(around.bearers) == 1 and span.surname.bare}
        count = Counter(person.country for person in sole)
        return {country for country in (*countries, *count) if country and (country in countries or count[country] > 1)}

    def _inside_institution(self, document: Document, end: int) -> bool:
        text = document.plain
        return text.startswith(" ", end) and bool(
            self._institution.match(text, end) or self._named_after.match(text, end)
        )

    def _unknown_name_follows(self, document: Document, end: int, starts: set[int]) -> bool:
        """Tell whether a capitalised word makes a surname the beginning of another name (Shah Deniz)."""
        match = _WORD_AFTER.match(document.plain, end)
        if match is None or end + 1 in starts or (end < document.title_end and document.title_is_capitalised):
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


_CAPITALISED = re.compile(r"[A-Z](?<![\w-][A-Z])\w++(?![\w-]|\.[A-Za-z])")
# Shorter words sound like too much else.
_SHORTEST_OTHER = 5


def _note(article: _Article, span: Span, person: Person | None) -> None:
    """Note who is named in full by `span`, under each of his surnames in it."""
    name = span.names[0]
    words = f" {lower(name.cased).replace('-', ' ')} "
    for surname in name.person.surnames if name.person else ():
        if f" {surname.replace('-', ' ')} " in words:
            article.name(surname, span.start, person)


def _plausible(person: Person, article: _Article) -> bool:
    """Tell whether a surname alone may mean this person: in office till lately, or of a country the article names.

    Nobody is known by his surname alone before his first office (Harper and Row were no premiers in 1987).
    """
    day = article.document.day
    if person.in_office(day) or any(
        start <= day and end and day.toordinal() - end.toordinal() < _DAYS_FRESH for _, start, end in person.offices
    ):
        return True
    return _of_its_time(person, day) and (person.country is None or person.country in article.near)


def _of_its_time(person: Person, day: date) -> bool:
    """Tell whether `day` lies between the person's first office and some years after the last."""
    if not person.offices:
        return True
    first = min(start for _, start, _ in person.offices)
    last = max(end or day for _, _, end in person.offices)
    return first <= day and day.year - last.year <= _YEARS_REMEMBERED


def _latest(persons: list[Person], day: date) -> Person | None:
    """Return who of them left office last, if that is not long ago."""
    left = [(max(end or day for _, _, end in person.offices), person.actor_id, person) for person in persons]
    last = max(left, default=None)
    return last[2] if last is not None and day.year - last[0].year <= _YEARS_REMEMBERED // 2 else None


def _only(persons: list[Person]) -> Person | None:
    return persons[0] if len(set(persons)) == 1 else None


def _one(persons: tuple[Person, ...], document: Document) -> Person | None:
    """Return the only person, or the only one of them in office."""
    return _only(list(persons)) or _only([person for person in persons if person.in_office(document.day)])
