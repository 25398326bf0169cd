"""Texts and names folded so that spellings meet, character by character.

Belongs here: folds that keep every character in its place, so that a span in the folded text is one in the text.
Does not belong here: anything that changes the text itself (the cleaning room).
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from operator import itemgetter
from os.path import commonprefix

# Letters without a decomposition that papers write as a plain one, and marks that have several shapes.
_OTHERS = {
    **dict(zip("ƏəıİŁłØøĐđÐðŊŋŦŧ", "AaiILlOoDdDdNnTt", strict=True)),
    **dict.fromkeys("’‘ʼʹ′`´＇", "'"),
    **dict.fromkeys("‐‑‒–", "-"),
    **dict.fromkeys("\u00a0\u2007\u202f\u2009\t", " "),
}


def _plain_letters() -> dict[str, str]:
    table = dict(_OTHERS)
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letter = unicodedata.normalize("NFD", chr(code))[0]
        if letter.isascii() and letter.isalpha():
            table.setdefault(chr(code), letter)
    return table


_PLAIN = _plain_letters()
# A pass of this expression costs a tenth of str.translate where, as in news, few characters are touched.
_FOLDED = re.compile("[" + re.escape("".join(_PLAIN)) + "]")


def plain(text: str) -> str:
    """Return `text` without accents and with one shape of apostrophe, hyphen and space; same length, same case."""
    if text.isascii():
        return text.replace("\t", " ")
    return _FOLDED.sub(lambda match: _PLAIN[match[0]], text)


def lower(text: str) -> str:
    """Return plain `text` in lower case; same length, whatever the script."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def is_word(character: str) -> bool:
    """Tell whether `character` is part of a word: a letter, digit, underscore or combining mark."""
    if character.isascii():
        return character.isalnum() or character == "_"
    return character.isalnum() or unicodedata.combining(character) != 0


def words_pattern(words: tuple[str, ...] | list[str]) -> str:
    """Return a regular expression for any of `words`, the longest that fits first.

    What words begin with alike stands in it once: the engine then passes over all but a few of them by one letter.
    """
    return _any_of(sorted({plain(word) for word in words}))


def _any_of(endings: list[str]) -> str:
    alternatives = []
    for _, alike in groupby(filter(None, endings), key=itemgetter(0)):
        group = list(alike)
        beginning = commonprefix(group)
        rest = _any_of([ending[len(beginning) :] for ending in group])
        alternatives.append(re.escape(beginning) + (f"(?:{rest})" if len(group) > 1 else ""))
    if "" in endings:  # a word with which the others begin
        alternatives.append("")
    return "|".join(alternatives)
