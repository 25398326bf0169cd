"""Repairs below the level of words: broken encodings, invisible characters, Unicode form.

Belongs here: edits that any text may need, whatever its language.
Does not belong here: words and sentences (repairs.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher

import ftfy
from ftfy.badness import is_bad

from assets.cleaning.edits import Edit, EditedText, removal

# Quotes, ligatures and widths are the author's business; control characters and Unicode form have layers of their own.
_FTFY = ftfy.TextFixerConfig(
    unescape_html=True,
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    fix_line_breaks=False,
    remove_control_chars=False,
    normalization=None,
)
# ftfy and its detector cost 0.6 ms a text each; nearly all texts need neither, and these tell which.
_NOT_ASCII = re.compile("[\x80-\U0010ffff]+")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f]")
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|[a-z]{2,8});", re.IGNORECASE)
_MISREAD = re.compile("[\x80-\x9f\ud800-\udfffÃÂ]|â€")
# Misread characters come at least two together, but for this ligature.
_BAD_ALONE = frozenset("Œœ")
# How far around it the detector looks.
_MARGIN = 8

# Soft hyphens, zero-width and bidi characters, byte order marks, tags, controls. Line feeds are structure.
_INVISIBLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]+"
)
_JOINERS = frozenset("\u200c\u200d")
# Scripts in which a (non-)joiner changes the letters beside it.
_JOINING = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af\u2600-\u27bf\ufb50-\ufefc\U0001f000-\U0001faff\ufe0f]"
)

# Letters of Cyrillic and Greek that look like Latin ones, and the Latin ones that they look like.
_LOOKALIKES = (
    "АВЕЅІЈКМНОРСТХУҺӘасеһіјорѕухәԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABESIJKMHOPCTXYHƏacehijopsyxədqwABEZHIKMNOPTYXo",
)
_TO_LATIN = str.maketrans(*_LOOKALIKES)
_TO_CYRILLIC = {ord(latin): other for other, latin in zip(*_LOOKALIKES, strict=True) if "\u0400" <= other < "\u0530"}
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_CYRILLIC_OR_GREEK = re.compile("[\u0370-\u03ff\u0400-\u052f]")
# Digits of Arabic and Persian mean the same as ours; in a Latin text they are left over from the source.
_DIGITS = re.compile("[\u0660-\u0669\u06f0-\u06f9]+")
_OTHER_SCRIPT = re.compile("[\u0370-\u03ff\u0400-\u052f\u0660-\u0669\u06f0-\u06f9]")
_MIXED = re.compile(r"\b(?=\w*[A-Za-z\u00c0-\u024f])(?=\w*[\u0370-\u03ff\u0400-\u052f])[^\W\d_]+\b")

_MAX_TOKENS = 2000


def mend_characters(text: EditedText) -> None:
    """Repair encoding, remove what cannot be seen, compose characters and give words one script, as layers of edits."""
    if _is_badly_encoded(text.text):
        text.change(_encoding(text.text))
    if _CONTROL.search(text.text) or _INVISIBLE.search("".join(_NOT_ASCII.findall(text.text))):
        text.change(_invisible(text.text))
    if not unicodedata.is_normalized("NFC", text.text):
        text.change(_unicode_form(text.text))
    if not text.text.isascii() and _OTHER_SCRIPT.search(text.text) and _LATIN.search(text.text):
        text.change(_mixed_scripts(text.text))


def _is_badly_encoded(text: str) -> bool:
    """Return whether ftfy may find something to do."""
    if "&" in text and _ENTITY.search(text) or "\x1b[" in text:
        return True
    if text.isascii():
        return False
    if _MISREAD.search(text):
        return True
    spans = [run.span() for run in _NOT_ASCII.finditer(text) if len(run[0]) > 1 or run[0] in _BAD_ALONE]
    if len(spans) > 20:  # a text in another script; taking it apart would cost more
        return is_bad(text)
    return any(is_bad(text[max(0, start - _MARGIN) : end + _MARGIN]) for start, end in spans)


def visible(text: str) -> str:
    """Return `text` without invisible characters and composed, for comparing only."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def _encoding(text: str) -> Iterator[Edit]:
    start = 0
    for line in text.split("\n"):
        fixed = " ".join(ftfy.fix_text(line, _FTFY).split())
        # A line that only got its spaces back or is gone altogether is left as it was.
        if fixed and fixed != line:
            yield from _differences(line, fixed, start)
        start += len(line) + 1


def _differences(before: str, after: str, offset: int) -> Iterator[Edit]:
    old, new = re.findall(r"\S+|\s+", before), re.findall(r"\S+|\s+", after)
    if max(len(old), len(new)) > _MAX_TOKENS:  # comparing is quadratic
        yield Edit(offset, offset + len(before), after, "encoding")
        return
    starts = [0]
    for token in old:
        starts.append(starts[-1] + len(token))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Edit(offset + starts[i1], offset + starts[i2], "".join(new[j1:j2]), "encoding")


def _invisible(text: str) -> Iterator[Edit]:
    for match in _INVISIBLE.finditer(text):
        start, end = match.span()
        if match[0] == "\t":
            yield Edit(start, end, " ", "invisible_characters")
            continue
        neighbours = text[start - 1 : start], text[end : end + 1]
        if set(match[0]) <= _JOINERS and all(side and _JOINING.match(side) for side in neighbours):
            continue
        yield removal(text, start, end, "invisible_characters")


def _unicode_form(text: str) -> Iterator[Edit]:
    for match in re.finditer(r"\S+", text):
        if not unicodedata.is_normalized("NFC", match[0]):
            yield Edit(*match.span(), unicodedata.normalize("NFC", match[0]), "unicode_form")


def _mixed_scripts(text: str) -> Iterator[Edit]:
    """Yield a word in one script for each that mixes letters which look alike (`Аliyev` with a Cyrillic А)."""
    is_latin = len(_LATIN.findall(text)) >= len(_CYRILLIC_OR_GREEK.findall(text))
    foreign, table = (_CYRILLIC_OR_GREEK, _TO_LATIN) if is_latin else (_LATIN, _TO_CYRILLIC)
    for match in _MIXED.finditer(text):
        one_script = match[0].translate(table)
        # A letter that looks like none of the other script shows that the word is mixed on purpose.
        if not foreign.search(one_script):
            yield Edit(*match.span(), one_script, "mixed_script")
    if len(_LATIN.findall(text)) > len(text) // 2:
        for match in _DIGITS.finditer(text):
            yield Edit(*match.span(), "".join(str(unicodedata.digit(digit)) for digit in match[0]), "mixed_script")
