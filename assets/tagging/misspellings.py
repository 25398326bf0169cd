"""Misspelt names, bound to persons whom the article speaks of anyway.

Belongs here: rare words close to the surname of somebody whom the article names or whose office it names.
Does not belong here: spellings of other languages (romanisation.py, persons.py), distances (spelling.py).
"""

from __future__ import annotations

import re

from assets.tagging import confidence
from assets.tagging.document import Document, Mention, Phrase, Span
from assets.tagging.folding import lower, plain
from assets.tagging.forenames import ForenameReader
from assets.tagging.lexicon import Lexicon, Surname
from assets.tagging.rules import Readings
from assets.tagging.spelling import begins_like, is_rare, near

# Shorter words than this are too easily one letter away from another.
_SHORTEST = 5
_CAPITALISED = re.compile(r"[A-Z](?<![\w'-][A-Z])\w++(?!-)")


class MisspellingReader:
    """Binds misspelt surnames."""

    def __init__(self, lexicon: Lexicon, readings: Readings, forenames: ForenameReader) -> None:
        self._lexicon = lexicon
        self._forenames = forenames
        self._words = frozenset(
            lower(plain(word)) for word in (*readings.honorifics, *readings.surname_words, *readings.months)
        )

    def mentions(
        self, document: Document, found: list[Mention], spans: list[Span], phrases: list[Phrase]
    ) -> list[Mention]:
        """Bind rare words close to the surname of a person among the article's mentions `found`."""
        surnames: dict[str, set[str]] = {}
        for actor_id in {mention.actor_id for mention in found}:
            person = self._lexicon.persons.get(actor_id)
            for surname in person.surnames if person else ():
                if len(surname) >= _SHORTEST and surname.isascii():
                    surnames.setdefault(surname, set()).add(actor_id)
        if not surnames:
            return []
        initials = {surname[0].upper() for surname in surnames}
        alike: dict[str, list[str]] = {}
        for surname in sorted(surnames):
            alike.setdefault(surname[0], []).append(surname)
        misspelt = {
            word: actor_id
            for word in document.spellings
            if word[0] in initials
            and len(word) >= _SHORTEST
            and word[1:].islower()
            and (actor_id := self._actor_of(lower(word), surnames, alike, document)) is not None
        }
        if not misspelt:
            return []
        by_start, by_end = {span.start for span in spans}, {span.end: span for span in spans}
        titles_by_end = {phrase.end: phrase for phrase in phrases}
        bound = []
        for match in _CAPITALISED.finditer(document.plain):
            if match[0] not in misspelt:
                continue
            start, end = match.span()
            after = document.plain[end : end + 2]
            if start in by_start or (after[:1] == " " and after[1:].isupper() and end + 1 not in by_start):
                continue
            person = self._lexicon.persons[misspelt[match[0]]]
            span = Span(start, end, [], Surname(match[0], (person,), bare=False, listed=False))
            around = self._forenames.around(document, span, by_end, titles_by_end)
            if around.kind != "blocked":
                sure = confidence.MISSPELLING
                bound.append(
                    Mention(around.start, around.end, person.actor_id, "misspelling", sure, "close_to_surname")
                )
        return bound

    def _actor_of(
        self, low: str, surnames: dict[str, set[str]], alike: dict[str, list[str]], document: Document
    ) -> str | None:
        """Return the one person whose surname `low` may be with letters wrong; None for words and other names.

        `alike` holds the surnames by their first letter, with which every reading of `low` begins too.
        """
        if low in surnames or low.removesuffix("s") in surnames or low in self._words:
            return None
        if low in self._lexicon.given_names:
            return None
        candidates = alike.get(low[0], ())
        close = [surname for surname in candidates if near(low, surname)]
        if not close and document.translated:
            close = [surname for surname in candidates if begins_like(low, surname)]
        persons = set().union(*(surnames[surname] for surname in close))
        return next(iter(persons)) if len(persons) == 1 and is_rare(low) else None
