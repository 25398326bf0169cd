"""What stands directly around a surname: given names and initials, a title, or somebody else's name.

Belongs here: telling which of a surname's bearers the words around it allow. Does not belong here: choosing among
bearers by the rest of the article (persons.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assets.tagging.document import Document, Phrase, Span
from assets.tagging.folding import lower, words_pattern
from assets.tagging.lexicon import Lexicon, Person
from assets.tagging.patterns import SUFFIXES
from assets.tagging.romanisation import Sounds
from assets.tagging.rules import Readings
from assets.tagging.spelling import one_edit

# E. Macron, R.T. Erdogan, Yu. Ushakov.
_INITIALS = re.compile(r"(?:(?<=[^\w.'-])|^)((?:[A-Z][a-z]{0,2}\.[ -]?){1,3})$")
_INITIAL = re.compile(r"([A-Z][a-z]{0,2})\.[ -]?")
_WORD_BEFORE = re.compile(r"([^\W\d_][\w'.-]*)\]? $")
_WORD_AFTER = re.compile(r" ([A-Z][\w-]*)")
# Before a hyphen these are no part of a name: pro-Erdogan.
_PREFIX = re.compile(r"(?<![\w-])(?:anti|pro|post|pre|ex|non)-$", re.IGNORECASE)
_REACH = 30
_SHORTEST_VARIANT = 5
_MOST_GIVEN_NAMES = 3


@dataclass(slots=True)
class Around:
    """What the words around a surname make of it."""

    # free: nothing; given, variant, initials: part of the name; blocked: another's name; word: no name at all
    kind: str
    start: int
    end: int
    bearers: tuple[Person, ...]


class ForenameReader:
    """Reads the words around surnames."""

    def __init__(self, lexicon: Lexicon, readings: Readings, sounds: Sounds) -> None:
        self._given_names = lexicon.given_names
        self._sounds = sounds
        self._function_words = frozenset(map(str.lower, readings.function_words))
        self._honorifics = frozenset(readings.honorifics)
        self._abbreviations = frozenset((*readings.abbreviations, *readings.honorifics))
        self._suffix = re.compile(rf",? (?:{words_pattern(sorted(SUFFIXES))})(?!\w)")

    def around(
        self, document: Document, span: Span, by_end: dict[int, Span], titles_by_end: dict[int, Phrase]
    ) -> Around:
        """Tell what the words directly around a surname make of it."""
        text, start, end, bearers = document.plain, span.start, span.end, span.surname.bearers
        left = text[max(0, start - _REACH) : start]
        free, blocked = Around("free", start, end, bearers), Around("blocked", start, end, ())
        if self.has_suffix(document, end):
            return blocked  # Donald Trump Jr is another
        initials = self._initials(left)
        if initials:
            return self._with_initials(text, start - len(initials), end, initials[0], bearers)
        if left.endswith("-"):
            return free if start - 1 in by_end or _PREFIX.search(left) else blocked
        match = _word_before(left)
        if match is None:
            return self._given_after(text, start, end, bearers) or free
        word, begins = match[1], match.start(1) + start - len(left)
        bare, low = word.rstrip("."), lower(word)
        if word.endswith(".") and len(word) > 2 and bare not in self._abbreviations:
            return self._given_after(text, start, end, bearers) or free  # a sentence ended there
        capitalised = word[0].isupper()
        named = tuple(person for person in bearers if low in person.given)
        if named and (capitalised or low not in self._function_words):
            return self._with_more_given_names(text, begins, end, named)
        if not capitalised or start - 1 in titles_by_end or start - 1 in by_end:
            return self._given_after(text, start, end, bearers) or free
        if bare in self._honorifics or low in self._function_words or word.endswith("'s"):
            return self._given_after(text, start, end, bearers) or free
        named = tuple(person for person in bearers if self._is_given(low, person))
        if named:
            return self._with_more_given_names(text, begins, end, named)
        further = self._given_further_left(text, begins, bearers)
        if further is not None:
            return Around("given", further[0], end, further[1])
        variant = tuple(
            person
            for person in bearers
            if any(len(given) >= _SHORTEST_VARIANT and one_edit(low, given) for given in person.given)
        )
        if variant:
            return Around("variant", begins, end, variant)
        if low in self._given_names:
            return blocked
        if low in document.words or (start < document.title_end and document.title_is_capitalised):
            return free
        if low.endswith(("ing", "ed", "ly")) and word[1:].islower() and text[:begins].rstrip(" ")[-1:] in ".\n":
            return free
        return blocked

    def has_suffix(self, document: Document, end: int) -> bool:
        """Tell whether Jr or the like makes the name that ends at `end` another's."""
        return self._suffix.match(document.plain, end) is not None

    def _initials(self, left: str) -> str:
        """Return the initials that `left` ends with, without abbreviations such as Mr. before them."""
        match = _INITIALS.search(left) if "." in left[-2:] else None
        initials = match[1] if match else ""
        while (first := _INITIAL.match(initials)) and first[1] in self._abbreviations:
            initials = initials[first.end() :]
        return initials

    def _with_initials(self, text: str, start: int, end: int, letter: str, bearers: tuple[Person, ...]) -> Around:
        given = _word_before(text[max(0, start - _REACH) : start])
        if given is not None and given[1][0].isupper():  # Donald J. Trump
            named = tuple(person for person in bearers if self._is_given(lower(given[1]), person))
            if named:
                return Around("given", start - len(given[0]), end, named)
        fitting = tuple(person for person in bearers if self._fits(letter, person))
        if not fitting and len(letter) > 2:
            return Around("free", start + len(text[start:end]) - len(text[start:end].split(" ")[-1]), end, bearers)
        return Around("initials" if fitting else "blocked", start, end, fitting)

    def _fits(self, letter: str, person: Person) -> bool:
        if letter in person.initials:
            return True
        same = self._sounds.same_initial
        return person.country in self._sounds.countries and any(same(letter, initial) for initial in person.initials)

    def _is_given(self, low: str, person: Person) -> bool:
        same = self._sounds.same_given_name
        return low in person.given or any(same(low, given) for given in person.given)

    def _with_more_given_names(self, text: str, start: int, end: int, bearers: tuple[Person, ...]) -> Around:
        """Widen a name to the left over further given names of its bearers."""
        for _ in range(_MOST_GIVEN_NAMES):
            match = _word_before(text[max(0, start - _REACH) : start])
            if match is None or not match[1][0].isupper():
                break
            more = tuple(person for person in bearers if self._is_given(lower(match[1]), person))
            if not more:
                break
            start -= len(match[0])
            bearers = more
        return Around("given", start, end, bearers)

    def _given_further_left(
        self, text: str, start: int, bearers: tuple[Person, ...]
    ) -> tuple[int, tuple[Person, ...]] | None:
        """Find the given name before a middle name: Vladimir Vladimirovich Putin."""
        match = _word_before(text[max(0, start - _REACH) : start])
        if match is None or not match[1][0].isupper():
            return None
        named = tuple(person for person in bearers if lower(match[1]) in person.given)
        return (start - len(match[0]), named) if named else None

    def _given_after(self, text: str, start: int, end: int, bearers: tuple[Person, ...]) -> Around | None:
        """Read the surname first: Aliyev Ilham."""
        match = _WORD_AFTER.match(text, end)
        if match is None or _WORD_AFTER.match(text, match.end()):
            return None
        named = tuple(person for person in bearers if lower(match[1]) in person.given)
        return Around("given", start, match.end(), named) if named else None


def _word_before(left: str) -> re.Match[str] | None:
    """Return the word before the space with which `left` ends; None where there is no such space or word."""
    return _WORD_BEFORE.search(left, left.rfind(" ", 0, -1) + 1)
