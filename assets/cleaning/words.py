"""Which words exist, and where two of them were glued together.

Belongs here: splitting by frequency, with the guards that keep it off names.
Does not belong here: damage that a pattern in `config/repairs.yaml` can name.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from string import ascii_letters, ascii_lowercase, digits

import wordfreq

# Frequencies are Zipf values: 3 is once in a million words, 6 once in a thousand.
KNOWN = 2.5
COMMON = 4.0
_LONGEST_WORD = 50

# Each search begins with what is rare in clean prose; what must stand before it is looked at afterwards.
_STOP = re.compile(r"[.?!”»](?:(?<=[.?!])[”\"’»])?(?=[“\"«]?[A-Z]|\d|“[a-z])")
_CAPITAL_INSIDE = re.compile(r"[A-Z](?<=[a-z][a-z][A-Z])")
_GLUED_CAPITAL = re.compile(r"(?<![\w'’.@/:#&-])([a-z]{2,})([A-Z][a-z]{2,}|[A-Z](?=\s))(?![\w@/&]|-\w)")
_CAPITALISED = re.compile(r"[A-Z][a-z]{5,}(?:(?<=has|and)|(?<=have|were|said|will|with|that)|(?<=was)|(?<=which))")
_GLUED_TAIL = re.compile(
    r"(?<![\w'’.@/:#&-])([A-Z][a-z]{3,})(has|have|was|were|said|will|with|which|that|and)(?![\w'’@/-])"
)
_LOWER = re.compile(r"(?<![\w'’.@/:#&-])[a-z]{6,}(?![\w'’@/:-]|\.\w)")
_GLUED_SENTENCE = re.compile(
    r"(?P<before>[A-Za-z]+|(?<!\d)\d{4}|[)%])(?P<stop>[.?!][”\"’»]?|[”»])"
    r"(?=(?P<after>[“\"«]?[A-Z]{2,4}(?= )|[“\"«]?[A-Z][a-z’']*|\d{1,3}(?= [a-z]{3})|“[A-Za-z]))"
)
_NO_PROSE = re.compile(r"[@/_#\\<>=]|www")


def zipf(word: str) -> float:
    """Return the Zipf frequency of a lower-case English word; 0 where it is unknown."""
    frequency = _frequencies().get(word)
    return math.log10(frequency) + 9 if frequency else 0.0


@dataclass(frozen=True)
class WordSplitter:
    """Finds where a space is missing, with the word lists of `config/repairs.yaml`."""

    small_words: frozenset[str]
    abbreviations: frozenset[str]
    name_prefixes: frozenset[str]
    domain_endings: frozenset[str]

    def sentences(self, text: str) -> Iterator[int]:
        """Yield the positions at which a space is missing between two sentences."""
        for stop in _STOP.finditer(text):
            head = text[max(0, stop.start() - _LONGEST_WORD) : stop.start()]
            word = len(head) - len(head.rstrip(ascii_letters)) or len(head) - len(head.rstrip(digits)) or 1
            match = _GLUED_SENTENCE.match(text, max(stop.start() - word, 0))
            if (
                match
                and self._ends_sentence(text, match)
                and self._begins_sentence(text, match)
                and not _NO_PROSE.search(_token_around(text, match.start(), match.end()))
            ):
                yield match.end("stop")

    def _ends_sentence(self, text: str, match: re.Match[str]) -> bool:
        word, following = match["before"], match["after"]
        if match["stop"] in "”»":
            # A closing quote with a capital behind it: only where a sentence ended inside.
            return text[match.start("stop") - 1] in ".?!,"
        if not word.isalpha():
            return not (word.isdigit() and following[0].isdigit())
        # Initials (E.Macron, Sh.Mustafayev, U.S.The) and abbreviations stay together.
        if len(word) < 3 or word.isupper() or word.lower() in self.abbreviations:
            return False
        if following[0] in "“«":
            return True
        if following[0].isdigit():
            return len(word) > 3 and zipf(word.lower()) >= COMMON
        if word.islower():
            return zipf(word) >= KNOWN or following.lower() in self.small_words
        return self._is_no_name(text, match)

    def _is_no_name(self, text: str, match: re.Match[str]) -> bool:
        """Return whether a capitalised word before the stop is no half of a dotted name such as `Booking.Holdings`."""
        word, following = match["before"].lower(), match["after"].lower()
        if len(word) < 4:
            return False
        if following in self.small_words or (len(following) > 1 and zipf(following) >= COMMON + 1):
            return True
        # `on Wednesday.Michel came`: prose runs up to it and on from it.
        after = text[match.end() + len(match["after"]) :]
        return (
            zipf(word) >= COMMON
            and re.search(r"[a-z]{2,} $", text[max(0, match.start() - 12) : match.start()]) is not None
            and re.match(r" [a-z]{2,}|, |\.[A-Z]", after) is not None
        )

    def _begins_sentence(self, text: str, match: re.Match[str]) -> bool:
        following = match["after"].lstrip('“"«')
        if following.lower().rstrip("’'") in self.domain_endings:
            return False
        if len(following) != 1 or not following.isalpha() or following in "AI":
            return True
        # A single capital begins a sentence as the initial of a name: `contracts.O.Scholz`.
        return re.match(r"[A-Z]\.\s?[A-Z]", text[match.end("stop") : match.end("stop") + 4]) is not None

    def capitals(self, text: str) -> Iterator[int]:
        """Yield where a space is missing before a capital (`toThanked`), or after a name (`Londonhas`)."""
        for capital in _CAPITAL_INSIDE.finditer(text):
            head = text[max(0, capital.start() - _LONGEST_WORD) : capital.start()]
            match = _GLUED_CAPITAL.match(text, capital.start() - len(head) + len(head.rstrip(ascii_lowercase)))
            if not match:
                continue
            left, right = match[1], match[2].lower()
            if left in self.name_prefixes or zipf(left + right) >= KNOWN:
                continue
            left_is_word = zipf(left) >= (COMMON if len(left) > 2 else COMMON + 1.5)
            if left_is_word and zipf(right) >= KNOWN + 0.5 and (len(right) > 1 or right == "a"):
                yield match.start(2)
        for capitalised in _CAPITALISED.finditer(text):
            match = _GLUED_TAIL.match(text, capitalised.start())
            if match and not zipf(match[0].lower()) and zipf(match[1].lower()) >= COMMON:
                yield match.start(2)

    def words(self, text: str) -> Iterator[int]:
        """Yield the positions at which a space is missing between two lower-case words, both of them common."""
        for match in _LOWER.finditer(text):
            cut = _split(match[0], self.small_words)
            if cut:
                yield match.start() + cut


@lru_cache(maxsize=200_000)  # an unbounded number of misspelt words would fill the memory of a long run
def _split(token: str, small_words: frozenset[str]) -> int | None:
    """Return where an unknown token falls into two common words; None for a known word or a likely misspelling."""
    if zipf(token) > 0 or _near_common_word(token):
        return None
    best, best_score = None, 0.0
    for cut in range(2, len(token) - 1):
        left, right = token[:cut], token[cut:]
        if any(len(part) < 3 and part not in small_words for part in (left, right)):
            continue
        score = min(zipf(left), zipf(right))
        if score >= COMMON + 0.3 and score > best_score:
            best, best_score = cut, score
    return best


def _near_common_word(token: str) -> bool:
    """Return whether one edit makes a common word of `token`: then it is a slip, and not two words."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    for index in range(len(token) + 1):
        head, tail = token[:index], token[index:]
        candidates = [head + letter + tail for letter in letters]
        if tail:
            candidates += [head + tail[1:], *(head + letter + tail[1:] for letter in letters)]
        if len(tail) > 1:
            candidates.append(head + tail[1] + tail[0] + tail[2:])
        if any(zipf(candidate) >= KNOWN + 0.5 for candidate in candidates):
            return True
    return False


def _token_around(text: str, start: int, end: int) -> str:
    left = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    right = min((position for mark in (" ", "\n") if (position := text.find(mark, end)) >= 0), default=len(text))
    return text[left:right]


@cache
def _frequencies() -> dict[str, float]:
    return wordfreq.get_frequency_dict("en", wordlist="best")
