"""A text as numbers that can be compared: hashes of every four words in a row, of which a fixed part is kept.

Two texts share as large a part of the kept hashes as of all of them, so comparing these estimates how much of the
shorter text stands in the longer one. Which hashes are kept depends on the hash alone, never on the text, so that the
same words are kept wherever they stand.

Belongs here: turning texts into hashes, many texts at once. Does not belong here: comparing them (reprint_links.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

WORDS = 4  # words in a shingle
KEEP_ONE_IN = 4  # a power of two
HASH_BITS = 40  # hardly ever equal in two texts by chance, and text and hash can be sorted as one number
# Prefix sums over many more bytes than this fall out of the processor's cache.
_BATCH_BYTES = 1 << 17

_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_INVERSE = pow(_BASE, -1, 1 << 64)
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_STEPS = tuple(np.uint64(pow(0xD6E8FEB86659FD93, power, 1 << 64)) for power in range(WORDS))

# Upper-case letters of ASCII folded to lower case; accents keep their case, as copies do.
_FOLDED = bytes(byte + 32 if 65 <= byte <= 90 else byte for byte in range(256))
# What each byte can be: bytes beyond ASCII are parts of letters, but for the signs below.
_WORD, _DIGIT, _UPPER, _ENDS_SENTENCE = 1, 2, 4, 8
_CLASSES = bytes(
    _WORD * (byte >= 128 or chr(byte).isalnum())
    | _DIGIT * (48 <= byte <= 57)
    | _UPPER * (65 <= byte <= 90)
    | _ENDS_SENTENCE * (byte < 128 and chr(byte) in ".!?:\n")
    for byte in range(256)
)
# Signs that UTF-8 writes with bytes of words: of Latin-1, general punctuation, and of Chinese and Japanese.
_SIGNS = ((0xC2, 0x80, 0xBF, 2), (0xE2, 0x80, 0x81, 3), (0xE3, 0x80, 0x80, 3))


@dataclass(frozen=True)
class Shingles:
    """Kept shingles of several texts, by text and hash, each once."""

    of_text: NDArray  # number of the text
    hashes: NDArray
    # Whether one of the four words is a number or has a capital within its sentence: who, where, when and how many.
    with_fact: NDArray


def kept_shingles(texts: Sequence[str]) -> Shingles:
    """Return the kept shingles of `texts`."""
    parts = [Shingles(np.empty(0, np.int64), np.empty(0, np.uint64), np.empty(0, bool))]
    batch: list[bytes] = []
    first = size = 0
    for number, text in enumerate(texts):
        batch.append(text.encode("utf-8", "replace"))
        size += len(batch[-1])
        if size >= _BATCH_BYTES or number + 1 == len(texts):
            found = _each_once(_shingles(batch))
            parts.append(Shingles(found.of_text + first, found.hashes, found.with_fact))
            batch, first, size = [], number + 1, 0
    columns = ("of_text", "hashes", "with_fact")
    return Shingles(*(np.concatenate([getattr(part, name) for part in parts]) for name in columns))


def _each_once(found: Shingles) -> Shingles:
    # Text, hash and flag as one number: sorting that is ten times as fast as sorting by three columns.
    shift = np.uint64(HASH_BITS + 1)
    keys = np.sort((found.of_text.astype(np.uint64) << shift) | (found.hashes << np.uint64(1)) | found.with_fact)
    last = np.ones(len(keys), bool)
    last[:-1] = keys[:-1] >> np.uint64(1) != keys[1:] >> np.uint64(1)
    keys = keys[last]  # where it stands both with and without a fact, the fact sorts last
    mask = np.uint64((1 << HASH_BITS) - 1)
    return Shingles((keys >> shift).astype(np.int64), (keys >> np.uint64(1)) & mask, (keys & np.uint64(1)).astype(bool))


def _shingles(texts: list[bytes]) -> Shingles:
    joined = b"\n" + b"\n".join(texts) + b"\n"
    classes = np.frombuffer(joined.translate(_CLASSES), np.uint8)
    starts, ends = _words(np.frombuffer(joined, np.uint8), classes)
    count = max(len(starts) - WORDS + 1, 0)
    # The words of a text begin before its end; the first byte is no text's.
    text_ends = np.cumsum([len(text) + 1 for text in texts])
    words_before = np.searchsorted(starts, text_ends, side="right")
    of_text = np.repeat(np.arange(len(texts)), np.diff(words_before, prepend=0))
    hashes = _word_hashes(np.frombuffer(joined.translate(_FOLDED), np.uint8), starts, ends)
    hashes = sum((hashes[offset : offset + count] * _STEPS[offset] for offset in range(1, WORDS)), hashes[:count])
    hashes = (hashes ^ (hashes >> np.uint64(33))) * _MIX
    # No shingle runs from one text into the next.
    whole = of_text[:count] == of_text[WORDS - 1 :][:count]
    kept = np.flatnonzero(whole & ((hashes ^ (hashes >> np.uint64(32))) & np.uint64(KEEP_ONE_IN - 1) == 0))
    facts = _are_facts(classes, starts, ends)
    with_fact = np.logical_or.reduce([facts[kept + offset] for offset in range(WORDS)])
    return Shingles(of_text[kept], hashes[kept] >> np.uint64(64 - HASH_BITS), with_fact)


def _words(data: NDArray, classes: NDArray) -> tuple[NDArray, NDArray]:
    """Return where words start and end; the data begin and end with a line feed."""
    in_word = classes & _WORD
    for lead, low, high, length in _SIGNS:
        at = np.flatnonzero(data == lead)
        if len(at):
            at = at[(data[at + 1] >= low) & (data[at + 1] <= high)]
            for offset in range(length):
                in_word[at + offset] = 0
    edges = np.flatnonzero(in_word[1:] != in_word[:-1]) + 1
    return edges[::2], edges[1::2]


def _word_hashes(folded: NDArray, starts: NDArray, ends: NDArray) -> NDArray:
    """Return a hash of each word: differences of one polynomial over all bytes, shifted to where words begin."""
    powers, inverses = _power_tables(1 << max(len(folded), _BATCH_BYTES).bit_length())
    sums = np.zeros(len(folded) + 1, np.uint64)
    np.cumsum(folded * powers[: len(folded)], out=sums[1:])
    hashes = (sums[ends] - sums[starts]) * inverses[starts]
    return (hashes ^ (hashes >> np.uint64(32))) * _MIX


def _are_facts(classes: NDArray, starts: NDArray, ends: NDArray) -> NDArray:
    first = classes[starts]
    begins_sentence = (classes[starts - 1] | classes[starts - 2]) & _ENDS_SENTENCE
    is_number = (first | classes[ends - 1]) & _DIGIT
    return (is_number | ((first & _UPPER) & ~(begins_sentence >> 1))) > 0


@cache
def _power_tables(length: int) -> tuple[NDArray, NDArray]:
    """Return the first powers of the base and of its inverse, modulo 2**64."""
    tables = []
    for factor in (_BASE, _INVERSE):
        steps = np.full(length, factor, np.uint64)
        steps[0] = 1
        tables.append(np.cumprod(steps))
    return tables[0], tables[1]
