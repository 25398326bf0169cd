"""Offices without their country, bound to somebody in play: the president, the ex-minister, his Turkish colleague.

Belongs here: who of an article's officials a bare title means, by who came before it. Does not belong here: titles
beside a country, a body or a name (offices.py).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from assets.tagging import confidence
from assets.tagging.document import Document, Mention, Phrase, Span
from assets.tagging.folding import words_pattern
from assets.tagging.lexicon import Lexicon
from assets.tagging.rules import Readings

# A bare title is bound to whom the sentences just before it name, where the article names several of that title.
_NEAR = 600
# So many officials before a title are looked at, which keeps the time linear.
_MOST_OFFICIALS = 40
_ADJECTIVES = frozenset({"adjective", "demonym"})
_MOST_BODIES = 4


@dataclass(frozen=True, slots=True)
class _Official:
    """Somebody whom the article has named, and the offices that he holds or, if `former`, held."""

    at: int
    actor_id: str
    offices: frozenset[str]
    former: bool


class InPlayReader:
    """Binds titles that stand alone."""

    def __init__(self, lexicon: Lexicon, readings: Readings) -> None:
        self._lexicon = lexicon
        self._counterpart_words = frozenset(word.split()[-1] for word in readings.counterparts)
        self._counterpart = re.compile(rf" (?:{words_pattern(readings.counterparts)})(?!\w)")
        self._possessor = re.compile(r"(?<!\w)(?:his|her|their|its|whose|'s|s')(?: [a-z-]+)? $", re.IGNORECASE)
        self._joint_before = re.compile(r"(?:,? and |, )$")
        self._roles = {word: frozenset(roles) for word, roles in readings.generic_offices.items()}
        former = words_pattern(readings.former)
        self._generic = re.compile(
            rf"[Tt](?<!\w[Tt])he (?P<former>(?:{former})[ -])?(?P<word>{words_pattern(list(self._roles))})(?![\w-])"
        )

    def officials(self, persons: list[Mention], offices: list[Mention], document: Document) -> list[_Official]:
        """Return who is named, in order, each with the offices by which a bare title may mean him."""
        found = []
        for mention in (*persons, *offices):
            person = self._lexicon.persons.get(mention.actor_id)
            if person is None:
                continue
            held = {office_id for office_id, *_ in person.offices if person.holds((office_id,), document.day)}
            former = not held and bool(person.offices)
            if former:
                held = {office_id for office_id, start, _ in person.offices if start <= document.day}
            if mention.office_id:
                held.add(mention.office_id)
            found.append(_Official(mention.start, mention.actor_id, frozenset(held), former))
        return sorted(found, key=lambda official: official.at)

    def titles(
        self, document: Document, phrases: list[Phrase], officials: list[_Official], strangers: list[Phrase]
    ) -> list[Mention]:
        """Bind the bare titles among `phrases` ("the president"); `strangers` are titles of unknown persons."""
        found, first_stranger = [], {}
        for stranger in strangers:
            first_stranger.setdefault(id(stranger.title), stranger.start)
        for phrase in phrases:
            offices = frozenset(phrase.title.by_body.values())
            if first_stranger.get(id(phrase.title), phrase.start) < phrase.start:
                continue  # it may be the stranger's
            official = self._in_play(phrase.start, officials, lambda one, offices=offices: one.offices & offices)
            if official is not None:
                office_id = min(official.offices & offices)
                found.append(_office(phrase.start, phrase.end, official.actor_id, office_id, "office_in_play"))
        return found

    def possessed(self, document: Document, phrases: list[Phrase], officials: list[_Official]) -> list[Mention]:
        """Bind titles that belong to somebody named before: Pashinyan ... his foreign minister."""
        found = []
        for phrase in phrases:
            subject = self._subject(phrase.start, document, officials, [])
            country = subject and self._lexicon.persons[subject.actor_id].country
            office_id = phrase.title.by_body.get(country)
            holder = office_id and self._lexicon.holder(office_id, document.day)
            if holder is not None and holder != subject.actor_id:
                found.append(_office(phrase.start, phrase.end, holder, office_id, "office_of_his_country"))
        return found

    def generic(self, document: Document, taken: set[int], officials: list[_Official]) -> list[Mention]:
        """Bind words that many offices share: the minister, the ex-minister, the ambassador."""
        if not officials or self._roles.keys().isdisjoint(document.words):
            return []
        role_of, found = self._lexicon.role_of, []
        for match in self._generic.finditer(document.plain):
            start, end = match.start("former") if match["former"] else match.start("word"), match.end()
            if match.start("word") in taken or self._of_something(document.plain, end):
                continue
            roles, former = self._roles[match["word"]], match["former"] is not None

            # Of one who is minister and one who was, nobody can tell whom "the minister" means; "the ex-minister" was.
            def fits(one: _Official, roles: frozenset[str] = roles, former: bool = former) -> bool:
                return (one.former or not former) and any(role_of.get(office_id) in roles for office_id in one.offices)

            official = self._in_play(start, officials, fits)
            if official is not None and official.former == former:
                office_id = min(one for one in official.offices if role_of.get(one) in roles)
                found.append(_office(start, end, official.actor_id, office_id, "generic_office_in_play"))
        return found

    def counterparts(
        self, document: Document, spans: list[Span], persons: list[Mention], officials: list[_Official]
    ) -> list[Mention]:
        """Bind "his Turkish counterpart" to who holds the office of the one before him in that country."""
        if self._counterpart_words.isdisjoint(document.words):
            return []
        text, found = document.plain, []
        by_end = {span.end: span for span in spans if any(name.kind in _ADJECTIVES for name in span.names)}
        by_start = {mention.start: mention for mention in persons}
        for span in by_end.values():
            match = self._counterpart.match(text, span.end)
            if match is None:
                continue
            bodies = [span]
            while (joint := self._joint_before.search(text[max(0, bodies[0].start - 6) : bodies[0].start])) and (
                before := by_end.get(bodies[0].start - len(joint[0]))
            ):
                bodies.insert(0, before)
                if len(bodies) == _MOST_BODIES:
                    break
            start, end = bodies[0].start, match.end()
            if not self._possessor.search(text[max(0, start - 30) : start]):
                continue
            countries = [body.names[0].actor_id for body in bodies]
            subject = self._subject(start, document, officials, countries)
            if subject is None:
                continue
            following = by_start.get(end + 1) or by_start.get(end + 2)
            for country in countries:
                office_id, holder = self._same_office(subject, country, document)
                if following is not None:
                    person = self._lexicon.persons[following.actor_id]
                    if office_id and person.holds((office_id,), document.day):
                        following.office_id = office_id
                elif holder is not None and not self._name_follows(text, end):
                    found.append(_office(start, end, holder, office_id, "counterpart"))
        return found

    def _in_play(self, start: int, officials: list[_Official], fits) -> _Official | None:
        """Return the one official who fits, of the article so far or else of the sentences before `start`."""
        stop = bisect_right(officials, start, key=lambda one: one.at)
        before = [one for one in officials[max(0, stop - _MOST_OFFICIALS) : stop] if fits(one)]
        if len({one.actor_id for one in before}) > 1:
            before = [one for one in before if one.at >= start - _NEAR]
        return before[-1] if len({one.actor_id for one in before}) == 1 else None

    def _subject(
        self, start: int, document: Document, officials: list[_Official], countries: list[str]
    ) -> _Official | None:
        """Return the official of another country whom his, her or their at `start` means.

        That is the last one before in its sentence, or else the first, as its subject, of the sentence before.
        """
        number = document.sentence_number(start)
        stop = bisect_right(officials, start, key=lambda one: one.at)
        fitting = [
            official
            for official in officials[max(0, stop - _MOST_OFFICIALS) : stop]
            if official.offices
            and not official.former
            and document.sentence_number(official.at) >= number - 1
            and self._lexicon.persons[official.actor_id].country not in countries
        ]
        here = [official for official in fitting if document.sentence_number(official.at) == number]
        return here[-1] if here else fitting[0] if fitting else None

    def _same_office(self, subject: _Official, country: str, document: Document) -> tuple[str | None, str | None]:
        for office_id in sorted(subject.offices):
            same = self._lexicon.office_of(country, self._lexicon.role_of.get(office_id))
            if same is not None:
                return same, self._lexicon.holder(same, document.day)
        return None, None

    def _of_something(self, text: str, end: int) -> bool:
        return text.startswith((" of ", " for ", "-"), end) or self._name_follows(text, end)

    def _name_follows(self, text: str, end: int) -> bool:
        return text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()


def _office(start: int, end: int, actor_id: str, office_id: str | None, rule: str) -> Mention:
    return Mention(start, end, actor_id, "office", confidence.OFFICE_IN_PLAY, rule, office_id)
