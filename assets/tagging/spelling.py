"""How far one spelling is from another.

Belongs here: distances between words, and how common a word is. Does not belong here: whose name a word is.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

# Words more frequent than this are words, not misspelt names (Zipf scale; measured on newswire).
RARE = 3.5
# From this length on two letters may be wrong.
_LONG = 8


def one_edit(one: str, other: str) -> bool:
    """Tell whether two different words are one insertion, deletion, replacement or swap of neighbours apart."""
    return one != other and abs(len(one) - len(other)) <= 1 and OSA.distance(one, other, score_cutoff=1) == 1


def near(word: str, name: str) -> bool:
    """Tell whether `word` may be `name` with a letter wrong, or two where it is long; both begin alike.

    A name with an "a" after it is a woman's (Zulfugarova), and no misspelling of a man's.
    """
    most = 2 if min(len(word), len(name)) >= _LONG else 1
    if word[0] != name[0] or abs(len(word) - len(name)) > most or word == f"{name}a" or name == f"{word}a":
        return False
    return 0 < OSA.distance(word, name, score_cutoff=most) <= most


def begins_like(word: str, name: str) -> bool:
    """Tell whether `word` begins like `name` and is close to it as a whole: pashkina for pashinyan."""
    return word[:_ALIKE] == name[:_ALIKE] and JaroWinkler.similarity(word, name) >= _CLOSE


_ALIKE = 4
_CLOSE = 0.92


@lru_cache(maxsize=20_000)
def is_rare(word: str) -> bool:
    """Tell whether English hardly ever writes `word`, in lower case."""
    return zipf(word) < RARE


def zipf(word: str) -> float:
    """Return how often English writes `word`, in lower case, on the Zipf scale; 0 where it hardly does."""
    if word.isascii() and word.isalpha():
        # One token, which the library would find by its expressions for all scripts at thirty times the cost.
        frequency = _frequencies().get(word)
        return round(math.log10(frequency) + 9, 2) if frequency else 0.0
    from wordfreq import zipf_frequency

    return zipf_frequency(word, "en", wordlist="small")


@cache
def _frequencies() -> dict[str, float]:
    from wordfreq import get_frequency_dict

    return get_frequency_dict("en", wordlist="small")
