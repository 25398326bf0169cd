"""Tone: how a sentence that names somebody sounds, from -1 (bad) to 1 (good), by the words in it.

Belongs here: scoring one sentence. Does not belong here: averaging over mentions (the coverage room).

The words and their valences are those of VADER (Hutto and Gilbert 2014), read from its package. Its own scorer takes
time with the square of a text's length; this one is a single pass. It knows negation ("not safe") and no degrees.
Words with a capital inside a sentence are names (United States, Security Council) and say nothing.
"""

from __future__ import annotations

import math
import re

_WORD = re.compile(r"[^\W\d_][\w'’]*")
# The same for ASCII, where splitting is a third of the cost of the expression: what is in no word becomes a space.
_NOT_FIRST = "0123456789'"
_SPACED = bytes(
    code if chr(code).isascii() and (chr(code).isalnum() or chr(code) in "_'") else 32 for code in range(256)
)
# How many words back a negation reaches, what it leaves of a valence, and how a sum becomes a score: VADER's constants.
_NEGATION_REACH = 2
_NEGATED = -0.74
_HALFWAY = 15.0


class ToneReader:
    """Scores sentences by a lexicon of valences."""

    def __init__(self) -> None:
        from vaderSentiment.vaderSentiment import NEGATE, SentimentIntensityAnalyzer

        lexicon = SentimentIntensityAnalyzer().lexicon
        self._valences = {word: valence for word, valence in lexicon.items() if _WORD.fullmatch(word)}
        self._negations = frozenset(NEGATE)

    def tone(self, sentence: str, *, capitalised: bool = False) -> float | None:
        """Return the tone of `sentence`, rounded to 4 places; None where no word of it is in the lexicon.

        `capitalised` says that its words have capitals because it is a headline.
        """
        words = _words(sentence.lower() if capitalised else sentence)
        if not words:
            return None
        words[0] = words[0].lower()
        valences = self._valences
        if valences.keys().isdisjoint(words):
            return None
        found = [number for number, word in enumerate(words) if word in valences]
        total = sum(valences[words[number]] * self._sign(words, number) for number in found)
        return round(total / math.sqrt(total * total + _HALFWAY), 4)

    def _sign(self, words: list[str], number: int) -> float:
        negations = self._negations
        for word in words[max(0, number - _NEGATION_REACH) : number]:
            if word in negations or word.endswith(("n't", "n’t")):
                return _NEGATED
        return 1.0


def _words(sentence: str) -> list[str]:
    if "_" in sentence or not sentence.isascii():
        return _WORD.findall(sentence)
    tokens = sentence.encode("ascii").translate(_SPACED).decode("ascii").split()
    # Digits and apostrophes, with which no word begins, come before all letters.
    return [word for token in tokens if (word := token if token > "@" else token.lstrip(_NOT_FIRST))]
