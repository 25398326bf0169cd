"""Which words exist, and where two of them were glued together.

Belongs here: splitting by frequency, with the guards that keep it off names; clauses that stand twice.
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
_STOP = re.compile(r"[.?!…”»](?:(?<=[.?!…])[”\"’»)])?(?=[“\"«‘(]?(?:[^\W\d_a-z]|[$€£]?\d)|“[a-z])")
_CAPITAL_INSIDE = re.compile(r"[A-Z](?<=[a-z][a-z][A-Z])")
_GLUED_CAPITAL = re.compile(r"(?<![\w'’.@/:#&-])([a-z]{2,})([A-Z][a-z]{2,}|[A-Z](?=\s))(?![\w@/&]|-\w)")
_CAPITALISED = re.compile(r"[A-Z][a-z]{5,}(?:(?<=has|and)|(?<=have|were|said|will|with|that)|(?<=was)|(?<=which))")
_GLUED_TAIL = re.compile(
    r"(?<![\w'’.@/:#&-])([A-Z][a-z]{3,})(has|have|was|were|said|will|with|which|that|and)(?![\w'’@/-])"
)
_LOWER = re.compile(r"(?<![\w'’.@/:#&-])[a-z]{6,}(?![\w'’@/:-]|\.\w)")
# Four letters: most abbreviations are shorter.
_END = re.compile(r"(?:[a-z]{4}|[\d)%”\"’])[.?!][”\"’»)]*\s+[“\"«‘(]?[A-Z]")
# A word, a type (`S-400`), a figure before a word, or the small letter of a quotation that goes on.
_AFTER_STOP = re.compile(
    r"[“\"«‘(]?(?:[A-Z]{1,4}-\d+|[^\W\d_a-z][\w’']*"
    r"|[$€£]?\d[\d.,:/-]*(?:%|[a-z]{1,2})?(?=,? (?:[a-z]|[A-Z][a-z])[a-z]))|“[a-z]"
)
_PROSE_BEFORE = re.compile(r"[a-z]{2,},? (?:(?:[A-Z][a-z]+|\d{1,2}),? ){0,2}$")
_PROSE_AFTER = re.compile(r"(?:-[a-z]+)* (?:(?:[A-Z][\w’'-]+|\d[\d.,]*) ){0,2}[a-z]{2,}|, |\.[A-Z]|[’']s ")
_FIGURE_BEFORE = re.compile(r"[\d.,:/$£€-]*$")
_ARTICLE = re.compile(r" [a-z]{2,}")
_INITIALS = re.compile(r"[“\"«‘(]?(?:[A-Z]\.){2,}")
_FRACTION = re.compile(r"(?<=\d)/(?=\d)")
_DOUBLED = re.compile(r"\b(\w+(?:[ ’'-]\w+){3,9})(,? \1)\b", re.IGNORECASE)
_CLOSING = ')%”»"’'
_NO_PROSE = re.compile(r"[@/_#*\\<>=]|www")


def zipf(word: str) -> float:
    """Return the Zipf frequency of a lower-case English word; 0 where it is unknown."""
    frequency = _frequencies().get(word)
    return math.log10(frequency) + 9 if frequency else 0.0


def sentence_ends(text: str) -> int:
    """Return how many sentences end as they should, with a space before the next one."""
    return sum(1 for _ in _END.finditer(text))


def doubled_clauses(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of each clause of four words or more that stands twice in a row, the second time."""
    for match in _DOUBLED.finditer(text):
        if any(len(word) > 3 and word.isalpha() for word in match[1].split()):
            yield match.span(2)


@dataclass(frozen=True)
class WordSplitter:
    """Finds where a space is missing, with the word lists of `config/repairs.yaml`."""

    small_words: frozenset[str]
    abbreviations: frozenset[str]
    name_prefixes: frozenset[str]
    domain_endings: frozenset[str]
    acronyms: frozenset[str]

    def missing_spaces(self, text: str) -> Iterator[tuple[int, bool]]:
        """Yield where a space is missing between two sentences, and whether that is beyond doubt."""
        for stop in _STOP.finditer(text):
            after = _AFTER_STOP.match(text, stop.end())
            following = after[0].lstrip('“"«‘($€£') if after else ""
            if not (following[:1].isupper() or following[:1].isdigit() or following and after[0][0] == "“"):
                continue
            if _NO_PROSE.search(_FRACTION.sub("", _token_around(text, stop.start(), stop.end()))):
                continue
            word = _word_before(text, stop.start())
            # `A` may be a grade, a size or a vitamin, and part of a number, but hardly before a small letter.
            # `Aliyev.U.S. officials`: several initials are no part of what stands before them.
            dotted = (len(word) > 2 or word.isdigit()) and _INITIALS.match(text, after.start()) is not None
            begins = (len(following) > 1 or dotted) or (
                following in "AI"
                and _ARTICLE.match(text, after.end()) is not None
                and text[stop.start() - len(word) - 1 : stop.start() - len(word)] not in (".", ",")
            )
            if not word or self._is_one_word(word, stop[0], following, begins, text.startswith("-", after.end())):
                continue
            is_certain = self._is_certain(text, word, stop, after, following)
            if not (begins or is_certain or word.islower() and following in "AI"):
                continue  # MOT.N, 5.A
            position = stop.end()
            if '"' in stop[0] or after[0][0] == '"':
                position = _beside_straight_quote(text, stop.start(), position)
            yield position, is_certain

    def _is_one_word(self, word: str, stop: str, following: str, begins: bool, before_hyphen: bool) -> bool:
        """Return whether word, stop and what follows may belong together: initials, abbreviations, sites, figures."""
        if stop[0] in "”»":  # a closing quote: only where a sentence ended inside, which is a stop before it
            return word[-1] not in ".?!,"
        if (
            following.lower().rstrip("’'") in self.domain_endings
            and not (before_hyphen or word[-1].isdigit() or word[-1] in _CLOSING)
            and not (word.islower() and following.isupper() and zipf(word) >= KNOWN)
            and not (len(word) > 2 and following in self.acronyms)
        ):
            # `Azertag.AZ`, `Booking.Com`; but `the talks.US officials`, `in 2017.EU members`, `Aliyev.US envoys`
            return True
        if word[-1].isdigit():  # 1.5, v2.The, 10.A
            return not word.isdigit() or following[0].isdigit() or not begins
        if word[-1] in _CLOSING:
            return False
        if word.isupper() and following.isupper() and len(following) > 1:  # the tickers of shares: BLDS.ST
            return True
        if stop[0] == "." and len(word) == 2 and word.isupper():  # `in the EU.The talks`; JP.Morgan
            return not begins or word not in self.acronyms and _bare(following) not in self.small_words
        # E.Macron, Sh.Mustafayev, U.S.The
        return stop[0] == "." and (len(word) < 3 and not word.islower() or word.lower() in self.abbreviations)

    def _is_certain(self, text: str, word: str, stop: re.Match[str], after: re.Match[str], following: str) -> bool:
        """Return whether nothing but two sentences can stand here."""
        if len(following) == 1 and following not in "AI":
            # A single capital begins a sentence as the initial of a name: `contracts.O.Scholz`.
            return (
                word.islower()
                and len(word) > 2
                and re.match(r"\.\s?[A-Z]", text[after.end() : after.end() + 3]) is not None
            )
        if stop[0][0] == "…":
            return False  # may join two halves of one sentence
        if word[-1] in _CLOSING + ".?!," or after[0][0] in "“«":
            return True
        if word[-1].isdigit():
            # `on February 27.The talks`, but not `1.The first point` at the head of a line.
            start = stop.start() - len(word)
            start -= len(_FIGURE_BEFORE.search(text[max(0, start - 20) : start])[0])
            return self._goes_on(text, start, after, following, known=0)
        if following[0].isdigit():
            return len(word) > 3 and zipf(word.lower()) >= COMMON
        if word.islower():
            if len(word) > 2 and zipf(word.replace("’", "'")) >= KNOWN or _bare(following) in self.small_words:
                return True
            return len(word) > 3 and zipf(_bare(following)) >= COMMON and bool(_PROSE_AFTER.match(text, after.end()))
        # A capitalised word may be half of a dotted name such as `Booking.Holdings`.
        return (len(word) > 2 or word.isupper()) and self._goes_on(text, stop.start() - len(word), after, following)

    def _goes_on(self, text: str, start: int, after: re.Match[str], following: str, known: float = COMMON) -> bool:
        """Return whether prose runs up to the word that starts at `start`, and on behind the stop with a known word."""
        word = _bare(following)
        if word in self.small_words:
            begins = len(word) > 1 or _ARTICLE.match(text, after.end()) is not None
            return begins and re.search(r"[^\W\d_]{2,}[^\n]*$", text[max(0, start - 30) : start]) is not None
        before = _PROSE_BEFORE.search(text, max(0, start - 40), start)
        return before is not None and _PROSE_AFTER.match(text, after.end()) is not None and zipf(word) >= known

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
            cut = _split(match[0], self.small_words, self.name_prefixes)
            if cut:
                yield match.start() + cut


@lru_cache(maxsize=200_000)  # an unbounded number of misspelt words would fill the memory of a long run
def _split(token: str, small_words: frozenset[str], prefixes: frozenset[str]) -> int | None:
    """Return where an unknown token falls into two common words; None for a known word or a likely misspelling."""
    if zipf(token) > 0 or _near_common_word(token):
        return None
    best, best_score = None, 0.0
    for cut in range(2, len(token) - 1):
        left, right = token[:cut], token[cut:]
        if left in prefixes - small_words or any(len(part) < 3 and part not in small_words for part in (left, right)):
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


def _word_before(text: str, end: int) -> str:
    """Return the word or figure that ends at `end`, or the one sign there that can end a sentence."""
    head = text[max(0, end - _LONGEST_WORD) : end]
    length = len(head) - len(head.rstrip(ascii_letters)) or len(head) - len(head.rstrip(digits))
    if not length or head[-length - 1 : -length].isalpha():
        # `don’t.The`, `Poor's.The`, letters with accents, and `.”The`, `).The`, `10%.The`.
        match = re.search(r"[\w’']*\w$|[)%.?!,”»\"’]$", head)
        return match[0] if match else ""
    return head[-length:]


def _bare(word: str) -> str:
    """Return a word in small letters, without a genitive."""
    return word.lower().removesuffix("'s").removesuffix("’s")


def _beside_straight_quote(text: str, stop: int, position: int) -> int:
    """Return where the space belongs beside a straight quotation mark: before it where it opens, else behind it."""
    quote = text.index('"', stop, position + 1)
    opens = text.count('"', text.rfind("\n", 0, quote) + 1, quote) % 2 == 0
    return quote if opens else quote + 1


def _token_around(text: str, start: int, end: int) -> str:
    left = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    right = min((position for mark in (" ", "\n") if (position := text.find(mark, end)) >= 0), default=len(text))
    return text[left:right]


@cache
def _frequencies() -> dict[str, float]:
    return wordfreq.get_frequency_dict("en", wordlist="best")
