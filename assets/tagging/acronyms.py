"""Acronyms that a text defines: Collective Security Treaty Organization (CSTO).

Belongs here: binding an acronym to the listed actor beside whose name the text puts it, or to nobody where the words
that it stands for are another's. Does not belong here: acronyms that the authority lists (lexicon.py).
"""

from __future__ import annotations

import re

from assets.tagging.document import Document, Span
from assets.tagging.folding import is_word, words_pattern
from assets.tagging.lexicon import Name

_DEFINED = re.compile(r" \(([A-Z][A-Z&-]{1,8})\)")
_POSSESSIVE = re.compile(r"(?:'s?)?$")  # the United Nations' (UN) court
_WORD = re.compile(r"[^\W_]+")
# The words that an acronym stands for are at most so many characters.
_LONGEST = 120
# Words up to this length (of, and, for) need no letter in the acronym.
_SMALL = 3


def with_defined_acronyms(document: Document, spans: list[Span]) -> list[Span]:
    """Return `spans` with the acronyms that the text defines for listed actors, without those it defines for others."""
    text = document.plain
    definitions: list[tuple[str, Name | None]] = []
    by_end = None
    for match in _DEFINED.finditer(text):
        by_end = by_end or {span.end: span for span in spans if span.names}
        before = text[max(0, match.start() - 2) : match.start()]
        span = by_end.get(match.start()) or by_end.get(match.start() - len(_POSSESSIVE.search(before)[0]))
        name = span.names[0] if span else None
        of_a_place = name is not None and name.actor_id.startswith(("country:", "region:"))
        if of_a_place and not _stands_for(match[1], name.cased):
            continue  # the agency of a dateline: KYIV, Ukraine (AP)
        if name is not None and name.actor_id and name.person is None and name.kind not in ("adjective", "demonym"):
            definitions.append((match[1], name))
        elif _stands_for(match[1], text[max(0, match.start() - _LONGEST) : match.start()]):
            definitions.append((match[1], None))
    if not definitions:
        return spans
    meaning = dict(reversed(definitions))  # the first definition stands
    kept = [span for span in spans if meaning.get(text[span.start : span.end], span) is not None]
    starts = {span.start for span in kept}
    wanted = words_pattern([acronym for acronym, name in meaning.items() if name])
    for match in re.finditer(rf"(?:{wanted})(?!\w)", text) if wanted else ():
        name, before = meaning[match[0]], text[match.start() - 1 : match.start()]
        if match.start() not in starts and not (before == "-" or (before and is_word(before))):
            acronym = Name(match[0], name.actor_id, "acronym", None, name.valid_from, name.valid_to)
            kept.append(Span(match.start(), match.end(), [acronym], None))
    return sorted(kept, key=lambda span: span.start)


def _stands_for(acronym: str, words: str) -> bool:
    """Tell whether the last of `words` begin, in order, with the letters of the acronym; small words may be passed."""
    letters = [letter for letter in reversed(acronym) if letter.isalpha()]
    found = 0
    for word in reversed(_WORD.findall(words)):
        if word[0].upper() == letters[found]:
            found += 1
            if found == len(letters):
                return True
        elif len(word) > _SMALL:
            return False
    return False
