"""What a capitalised word can be: a given name, a surname, a title, a place, or no part of a name at all.

Belongs here: the lists in `config/names/` and `config/unknown_actors.yaml`, and one look-up over all of them.
Does not belong here: what words mean together (unknown.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assets.config import ConfigError, Strict, load_yaml
from assets.home import Home
from assets.tagging.folding import lower, plain
from assets.tagging.rules import Readings
from assets.tagging.spelling import zipf

GIVEN = 1  # a given name of the list
SURNAME = 2  # a surname of the list
ENDING = 4  # ends like a surname
TITLE = 8  # makes a name of what follows
FUNCTION = 16  # ends a name
NEVER = 32  # stands in no person's name
PLACE = 64  # a city or state of the list
INITIAL = 128  # N. or J.K.
COMMON = 256  # a common word of English, and no name of the lists
DOUBTFUL = 512  # a given name that is a word as well
HEAD = 1024  # the head of a body's name
GENERIC = 2048  # says nothing of which body it is
EITHER = 4096  # a word that stands in no name but a surname's place
CAPITALS = 8192  # written in capitals
SUFFIX = 16384  # Jr.
PATRONYMIC = 32768  # Ivanovich
HONORIFIC = 65536  # a form of address or rank: with it a single word is a name
PARTICLE = 131072  # van, de, bin
PAIRED = 262144  # Jong-un: a given name that stands last
CORPORATE = 524288  # Inc
WORD = 1048576  # a common word of English, a name as well or not
RARE_WORD = 2097152  # a word of the dictionary that is no common one

# More frequent words than this (Zipf scale), where no list of names has them, are words.
_COMMON_FROM = 3.0
# The memory of words seen is emptied at this size: a hostile text has any number of them.
_MOST_REMEMBERED = 200_000
_INITIALS = re.compile(r"(?:[A-Z]\.-?)+|[B-HJ-NP-Z]")
_GLUED_INITIALS = re.compile(r"(?:[A-Z]\.-?)+(?=[A-Z][a-z])")
_PAIRED = re.compile(r"[A-Z][a-z]{1,6}-[a-z]{2,6}")
_ENDING_AFTER = 3
_FORMS = (("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e"), ("ly", ""))


class UnknownActors(Strict):
    """`config/unknown_actors.yaml`; each list is described there."""

    titles: tuple[str, ...]
    doubtful_given_names: tuple[str, ...]
    never_in_names: tuple[str, ...]
    words_and_surnames: tuple[str, ...]
    named_after: tuple[str, ...]
    media_before: tuple[str, ...]
    roles: tuple[str, ...]
    surname_endings: tuple[str, ...]
    corporate: tuple[str, ...]
    organisation_heads: tuple[str, ...]
    generic_words: tuple[str, ...]
    particles: tuple[str, ...]
    patronymics: tuple[str, ...]
    suffixes: tuple[str, ...]


@dataclass(frozen=True)
class NameLists:
    """The names that libraries and the analyst know, folded."""

    given: frozenset[str]
    surnames: frozenset[str]
    places: frozenset[str]


def load_unknown_actors(home: Home) -> UnknownActors:
    """Return the words by which `home` recognises unknown actors; raise ConfigError where they are wrong."""
    return load_yaml(home.config_file("unknown_actors.yaml"), UnknownActors)


def load_names(home: Home) -> NameLists:
    """Return the name lists in `config/names/`: given_names*.txt, surnames*.txt and places*.txt."""
    folder = home.config_file("names")
    return NameLists(*(_read_lists(folder, kind) for kind in ("given_names", "surnames", "places")))


def _read_lists(folder: Path, kind: str) -> frozenset[str]:
    names: set[str] = set()
    for path in sorted(folder.glob(f"{kind}*.txt")):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise ConfigError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None
        names.update(lower(plain(line.strip())) for line in text.splitlines() if line.strip() and line[0] != "#")
    return frozenset(names)


class WordKinds(dict[str, int]):
    """The kinds of a capitalised word (with its mark, if any), worked out once for each word."""

    def __init__(self, lists: NameLists, words: UnknownActors, readings: Readings, given_names: frozenset[str]) -> None:
        super().__init__()
        self.places = lists.places
        self._given = lists.given | given_names
        self._surnames = lists.surnames
        self._places = lists.places
        self._doubtful = _folded(words.doubtful_given_names)
        self._either = _folded(words.words_and_surnames)
        self._particles = _folded(words.particles)
        self._parts_never = _folded(words.never_in_names) | _folded(words.titles) | _folded(words.roles)
        heads = _folded(words.organisation_heads)
        self._words = (
            (TITLE, _folded(words.titles) | _folded(readings.honorifics)),
            (HONORIFIC, _folded(readings.honorifics)),
            (FUNCTION, _folded(readings.function_words) | _folded(readings.months)),
            (HEAD, heads),
            (NEVER, _folded(words.never_in_names) | _folded(readings.institution_heads)),
            (GENERIC, _folded(words.generic_words)),
            (CORPORATE, _folded(words.corporate)),
            (SUFFIX, _folded(words.suffixes)),
            (PLACE, lists.places),
        )
        endings = "|".join(sorted(words.surname_endings, key=len, reverse=True))
        self._ending = re.compile(rf"[a-z'-]{{{_ENDING_AFTER},}}(?:{endings})")
        self._patronymic = re.compile(rf"[a-z]{{2,}}(?:{'|'.join(words.patronymics)})")

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        kinds = self[word] = self._kinds(word)
        return kinds

    def _kinds(self, word: str) -> int:
        if _INITIALS.fullmatch(word):
            return INITIAL
        if (glued := _GLUED_INITIALS.match(word)) is not None:
            return INITIAL | self[word[glued.end() :]]
        bare = word.rstrip(".")
        low = lower(bare)
        if low in self._particles and bare[0].islower():
            return PARTICLE
        kinds = self._of_names(bare, low)
        for kind, words in self._words:
            if low in words:
                kinds |= kind
        for part in low.split("-")[1:]:
            if part in self._parts_never:
                kinds |= NEVER
        if kinds & (NEVER | HEAD):
            kinds = kinds & ~NEVER | EITHER if low in self._either else kinds | NEVER
        elif any(character.isdigit() for character in low):
            kinds |= NEVER
        if len(bare) > 1 and bare.isupper():
            kinds |= CAPITALS
        return kinds

    def _of_names(self, word: str, low: str) -> int:
        kinds = 0
        parts = low.split("-")
        if low in self._given or (len(parts) > 1 and all(part in self._given for part in parts)):
            kinds |= DOUBTFUL if low in self._doubtful else GIVEN
        if low in self._surnames or (len(parts) > 1 and any(part in self._surnames for part in parts)):
            kinds |= SURNAME
        if self._is_common(low):
            kinds |= WORD if kinds & (GIVEN | SURNAME) else WORD | COMMON
        elif not kinds & (GIVEN | SURNAME) and _in_dictionary(low) and zipf(low) >= _COMMON_FROM:
            kinds |= COMMON  # Victorian, Christmas
        elif not kinds & (GIVEN | SURNAME) and _is_word(low):
            kinds |= RARE_WORD
        elif self._ending.fullmatch(low) and not _in_dictionary(low):
            kinds |= ENDING
        if self._patronymic.fullmatch(low):
            kinds |= PATRONYMIC
        if len(parts) == 2 and _PAIRED.fullmatch(word) and not any(self._is_common(part) for part in parts):
            kinds |= PAIRED
        return kinds

    def _is_common(self, low: str) -> bool:
        return zipf(low) >= _COMMON_FROM and _is_word(low)


def _in_dictionary(low: str) -> bool:
    """Tell whether the dictionary has a word, with capitals or without."""
    words, capitalised = _dictionary()
    return low in words or low in capitalised


def _is_word(low: str) -> bool:
    """Tell whether the dictionary writes a word, or what it may be a form of, in lower case."""
    words, _ = _dictionary()
    return any(stem in words for stem in _stems(low))


def _stems(word: str) -> Iterator[str]:
    """Yield a word and what it may be a form of."""
    yield word
    for ending, instead in _FORMS:
        if word.endswith(ending):
            yield word[: -len(ending)] + instead


def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(lower(plain(word)) for word in words)


@cache
def _dictionary() -> tuple[set[str], set[str]]:
    """Return the words of Webster's dictionary of 1934, and in lower case those that it writes with capitals."""
    from english_words import get_english_words_set

    words = get_english_words_set(["web2"])
    return words, {word.lower() for word in words if not word.islower()}
