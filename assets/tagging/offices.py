"""Titles: which office they name, and who held it on the article's day.

Belongs here: joining a title with the country or body beside it; former, deputy and elect; the holder on a day.
Does not belong here: surnames (persons.py), titles that mean somebody in play (in_play.py).

A title directly before a name gives one mention, that of the name, with its office_id; a phrase alone gives one mention
with reading `office`. So nobody is counted twice for "US Secretary of State Antony Blinken". A name that follows wins
over the terms: where our tables say somebody else held the office, the phrase gives nothing.
"""

from __future__ import annotations

import re

from assets.tagging import confidence
from assets.tagging.document import Document, Mention, Phrase, Span
from assets.tagging.folding import lower, plain, words_pattern
from assets.tagging.in_play import InPlayReader
from assets.tagging.lexicon import Lexicon, Title
from assets.tagging.rules import Readings

# How far back and ahead a title looks for words about it; longer than any of the lists' phrases.
_REACH = 40
# "The foreign ministers of" so many countries at most; longer lists are summits, not phrases.
_MOST_BODIES = 5
# The rule of phrases such as "the foreign ministers of Armenia and Turkey"; the names after it are in any order.
_SEVERAL = "offices_of_bodies"
# Several of one office, who held it one after another: six presidents of America.
_OF_ONE = "several_of_one_office"
# A name of two words before a description: Jeff Rathke, the ...
_DESCRIBED = re.compile(r"(?P<name>(?P<given>[A-Z][\w'-]+) (?:[A-Z]\. )?[A-Z][\w'-]+), (?P<the>the )?(?:then |now )?$")
# Kinds of names that stand before a noun.
_ADJECTIVES = frozenset({"adjective", "demonym"})


class OfficeReader:
    """Finds office phrases and their holders."""

    def __init__(self, lexicon: Lexicon, readings: Readings) -> None:
        self._lexicon = lexicon
        self._in_play = InPlayReader(lexicon, readings)
        former = rf"{words_pattern(readings.former)}|\d+(?:st|nd|rd|th)"
        other = words_pattern(readings.deputy)
        neutral = words_pattern(readings.neutral)
        modifiers = f"(?P<words>(?:(?:{former}|{other}|{neutral})[ -])*)"
        self._gap = re.compile(rf"(?:'s|'|,)?[ -]{modifiers}$", re.IGNORECASE)
        self._bare_gap = re.compile(r"(?:'s|'|,)?[ -](?P<words>)$", re.IGNORECASE)
        # What a text ends with before a title that has a modifier: nearly all have none, and need no search for it.
        words = (*readings.former, *readings.deputy, *readings.neutral, "-time", "st", "nd", "rd", "th")
        self._modified = tuple(sorted({lower(plain(word)).rstrip(" -") for word in words}))
        self._before = re.compile(rf"(?<!\w)(?:(?P<former>{former})|(?P<other>{other}))(?:-time)?[ -]+$", re.IGNORECASE)
        self._former = re.compile(rf"(?<!\w)(?:{former})(?!\w)", re.IGNORECASE)
        self._other = re.compile(rf"(?<!\w)(?:{other})(?!\w)", re.IGNORECASE)
        self._after = re.compile(rf"[ -](?:{words_pattern(readings.elect)})(?!\w)", re.IGNORECASE)
        self._of = re.compile(r" of (?:the )?")
        # Named as his foreign minister: whoever that is, not the present one.
        self._his = re.compile(
            r"(?<!\w)(?<! as )(?:his|her|their|(?:country|nation|republic|state)'s) $", re.IGNORECASE
        )
        self._joint = re.compile(r"(?:,? and |, )(?:the )?")
        self._joint_body = re.compile(self._joint.pattern + "[A-Z]")
        self._joint_before = re.compile(r"(?:,? and |, )$")
        self._for_other = re.compile(r" (?:for|of) [A-Z]")
        self._capitalised = re.compile(r" ([A-Z][\w'-]+|[A-Z]\.)")
        self._function_words = frozenset(map(str.lower, readings.function_words))
        self._vague = frozenset(map(lower, readings.vague_titles))
        self._honorifics = frozenset(readings.honorifics)

    def phrases(self, document: Document, hits: list[tuple[int, int, Title]], spans: list[Span]) -> list[Phrase]:
        """Return the office phrases among the titles found, in order, the longest where titles overlap."""
        if not hits:
            return []
        by_start = {span.start: span for span in spans}
        by_end = {span.end: span for span in spans}
        phrases, last = [], 0
        for start, end, title in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
            if start >= last:
                if title.plural:
                    phrases.extend(self._plural(document, start, end, title, by_start, by_end))
                else:
                    phrase = self._phrase(document, start, end, title, by_start, by_end)
                    if phrase.office_id is None and phrases:
                        self._join(document.plain, phrases[-1], phrase)
                    phrases.append(phrase)
                last = end
        return phrases

    def _join(self, text: str, first: Phrase, second: Phrase) -> None:
        """Give the second of two joint titles the body of the first: the Turkish president and foreign minister."""
        if first.office_id in self._lexicon.body_of and text[first.end : second.start] in (" and ", " and the "):
            second.office_id = second.title.by_body.get(self._lexicon.body_of[first.office_id])
            second.rule = "office_of_body"

    def _phrase(
        self, document: Document, start: int, end: int, title: Title, by_start: dict[int, Span], by_end: dict[int, Span]
    ) -> Phrase:
        text = document.plain
        before = text[max(0, start - _REACH) : start]
        phrase = Phrase(start, end, title, None, "title", False, False)
        modified = self._is_modified(before)
        gap = self._gap.search(before) if modified else self._bare_gap.search(before, max(0, len(before) - 3))
        beside = by_end.get(start - len(gap[0])) if gap else None
        words = gap["words"] if gap else ""
        foreign = False  # a body stands before the title whose office it is not
        behind, office_behind = self._body_behind(text, end, title, by_start)
        # In Prague President of France X: there the capital is a place.
        is_place = office_behind is not None and beside is not None and all(n.kind == "metonym" for n in beside.names)
        if beside is not None and gap[0][0] != "," and not is_place:
            office_id = _office_of(title, beside)
            if office_id is not None:
                phrase.start, phrase.office_id, phrase.rule = beside.start, office_id, "office_of_body"
            else:
                foreign = any(name.actor_id in self._lexicon.actor_types for name in beside.names)
        if phrase.office_id is None and office_behind is not None:
            phrase.end, phrase.office_id, phrase.rule = behind.end, office_behind, "office_of_body"
        if phrase.office_id is None and not foreign and not self._for_other.match(text, end):
            office_id = title.fixed.get(text[start:end])
            if office_id is not None:
                phrase.office_id, phrase.rule = office_id, "office_alone"
        outside = None
        if modified if phrase.start == start else self._is_modified(text[max(0, phrase.start - _REACH) : phrase.start]):
            outside = self._before.search(text[max(0, phrase.start - _REACH) : phrase.start])
        phrase.former = bool(self._former.search(words)) or (outside is not None and outside["former"] is not None)
        phrase.other = (
            bool(self._other.search(words))
            or (outside is not None and outside["other"] is not None)
            or self._after.match(text, end) is not None
        )
        return phrase

    def _is_modified(self, before: str) -> bool:
        return lower(before.rstrip(" -")).endswith(self._modified)

    def _body_behind(
        self, text: str, end: int, title: Title, by_start: dict[int, Span]
    ) -> tuple[Span | None, str | None]:
        """Return the body behind "of", and its office; None where there is none."""
        of = self._of.match(text, end)
        body = by_start.get(of.end()) if of else None
        if body is None or _begins_a_name(text, body):
            return None, None
        return body, _office_of(title, body)

    def _plural(
        self, document: Document, start: int, end: int, title: Title, by_start: dict[int, Span], by_end: dict[int, Span]
    ) -> list[Phrase]:
        """Return a phrase for each body of "the foreign ministers of Russia and Ukraine"; without bodies, the title."""
        text = document.plain
        bodies: list[Span] = []
        of = self._of.match(text, end)
        at = of.end() if of else -1
        while at in by_start and len(bodies) < _MOST_BODIES and _is_body(by_start[at]):
            bodies.append(by_start[at])
            joint = self._joint.match(text, bodies[-1].end)
            at = joint.end() if joint else -1
        at = start - 1
        while not of and at in by_end and len(bodies) < _MOST_BODIES and _is_body(by_end[at]):
            bodies.insert(0, by_end[at])
            joint = self._joint_before.search(text[max(0, bodies[0].start - 10) : bodies[0].start])
            at = bodies[0].start - len(joint[0]) if joint else -1
        offices = [office_id for body in bodies if (office_id := _office_of(title, body)) is not None]
        if not offices:
            return [Phrase(start, end, title, None, "title", False, False)]
        first, last = min(start, bodies[0].start), max(end, bodies[-1].end)
        left = text[max(0, first - _REACH) : first]
        before = self._before.search(left)
        # Of one body we know, and of another: the foreign ministers of Russia and Ruritania.
        goes_on = self._joint_body.match(text, last) if of else self._joint_before.search(left)
        if len(bodies) == 1 and not goes_on:
            return [Phrase(first, last, title, offices[0], _OF_ONE, bool(before), bool(before))]
        return [Phrase(first, last, title, office_id, _SEVERAL, bool(before), bool(before)) for office_id in offices]

    def mentions(
        self,
        document: Document,
        spans: list[Span],
        phrases: list[Phrase],
        persons: list[Mention],
        starts: set[int],
    ) -> list[Mention]:
        """Return the offices that stand for their holders; mark the `persons` who follow their office with it.

        `starts` are places where something else is known to begin, so that a capital there is no unknown name.
        """
        by_start = {mention.start: mention for mention in persons}
        by_end = {mention.end: mention for mention in persons}
        found: list[Mention] = []
        bare: list[Phrase] = []
        possessed: list[Phrase] = []
        strangers: list[Phrase] = []
        for phrase in phrases:
            following = self._following(phrase, document, by_start)
            if following is not None:
                self._mark(following, phrase, document)
            elif self._unknown_name_follows(phrase, document, starts):
                strangers.append(phrase)
            elif phrase.former or phrase.other or phrase.rule == _OF_ONE:
                continue
            elif phrase.office_id is None:
                if self._is_bare(phrase, document):
                    bare.append(phrase)
                elif self._his.search(document.plain, max(0, phrase.start - 15), phrase.start):
                    possessed.append(phrase)
            elif (holder := self._lexicon.holder(phrase.office_id, document.day)) is not None:
                if self._describes_another(document.plain, phrase, holder, by_end):
                    continue
                sure = confidence.OFFICE if phrase.rule != "office_alone" else confidence.OFFICE_ALONE
                found.append(Mention(phrase.start, phrase.end, holder, "office", sure, phrase.rule, phrase.office_id))
        officials = self._in_play.officials(persons, found, document)
        found.extend(self._in_play.titles(document, bare, officials, strangers))
        found.extend(self._in_play.possessed(document, possessed, officials))
        found.extend(self._in_play.generic(document, {phrase.start for phrase in phrases}, officials))
        found.extend(self._in_play.counterparts(document, spans, persons, officials))
        return found

    def _describes_another(self, text: str, phrase: Phrase, holder: str, by_end: dict[int, Mention]) -> bool:
        """Tell whether an office describes somebody else than its holder: Jeff Rathke, the department's spokesman."""
        match = _DESCRIBED.search(text, max(0, phrase.start - _REACH), phrase.start)
        # With Mark Rutte, the US president said: there a clause begins.
        if match is None or (match["the"] and text[phrase.end : phrase.end + 1] not in (",", ".", ";", ")", "")):
            return False
        person = by_end.get(match.end("name"))
        if person is not None:
            return person.actor_id != holder
        return lower(match["given"]) in self._lexicon.given_names

    def _is_bare(self, phrase: Phrase, document: Document) -> bool:
        """Tell whether the title stands alone, so that it means somebody whom the article has named: the president."""
        text = document.plain
        return (
            phrase.title.primary
            and lower(text[phrase.start : phrase.end]) not in self._vague
            and text[max(0, phrase.start - 4) : phrase.start].lower() == "the "
            and self._of.match(text, phrase.end) is None
        )

    def _following(self, phrase: Phrase, document: Document, by_start: dict[int, Mention]) -> Mention | None:
        text = document.plain
        if text.startswith(", ", phrase.end):
            after_comma = by_start.get(phrase.end + 2)
            person = after_comma and self._lexicon.persons.get(after_comma.actor_id)
            return after_comma if person and person.holds(self._offices(phrase), None) else None
        return by_start.get(phrase.end + 1) if text.startswith(" ", phrase.end) else None

    def _offices(self, phrase: Phrase) -> set[str]:
        if phrase.office_id and phrase.rule != _SEVERAL:
            return {phrase.office_id}
        return set(phrase.title.by_body.values())

    def _mark(self, mention: Mention, phrase: Phrase, document: Document) -> None:
        person = self._lexicon.persons.get(mention.actor_id)
        if person is None or phrase.other:
            return
        offices = self._offices(phrase)
        mention.office_id = person.holds(offices, None if phrase.former else document.day)

    def _unknown_name_follows(self, phrase: Phrase, document: Document, starts: set[int]) -> bool:
        match = self._capitalised.match(document.plain, phrase.end)
        if match is None or phrase.end + 1 in starts:
            return False
        word = match[1]
        low = lower(word.removesuffix("'s"))
        if low in self._lexicon.given_names or word.endswith("."):
            return True
        if phrase.end < document.title_end and document.title_is_capitalised:
            return False
        return low not in self._function_words and low not in document.words and word not in self._honorifics


def _office_of(title: Title, body: Span) -> str | None:
    for name in body.names:
        if name.actor_id in title.by_body:
            return title.by_body[name.actor_id]
    return None


def _begins_a_name(text: str, span: Span) -> bool:
    """Tell whether an adjective begins another body's name: the president of the Turkish Football Federation."""
    is_adjective = all(name.kind in _ADJECTIVES for name in span.names)
    return is_adjective and text[span.end : span.end + 1] == " " and text[span.end + 1 : span.end + 2].isupper()


def _is_body(span: Span) -> bool:
    return any(name.actor_id and name.person is None for name in span.names)
