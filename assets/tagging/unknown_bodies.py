"""Bodies that no list knows: ministries, parties, companies, universities and others whose name says what they are.

Belongs here: capitalised words with the head of a body among them (Ministry of ..., ... University, ... Ltd), and
acronyms defined beside them.
Does not belong here: bodies without such a head, which nothing but a list tells from other things.

Precision goes first: a head alone, or with words that do not say whose it is (National Bank), names no body unless the
text gives it an acronym of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from assets.tagging import confidence
from assets.tagging.document import Document, Mention
from assets.tagging.local_ids import LocalIds, spelling_key
from assets.tagging.memory import Memory
from assets.tagging.names import (
    CAPITALS,
    COMMON,
    CORPORATE,
    FUNCTION,
    GENERIC,
    GIVEN,
    HEAD,
    INITIAL,
    NEVER,
    TITLE,
    WORD,
    WordKinds,
)

_CAPITAL = r"[A-Z][\w'.&-]*"
# A character class comes first, since that is what the expression engine skips ahead by.
_RUN = re.compile(rf"[A-Z](?<![\w'.&-][A-Z])[\w'.&-]*(?: (?:(?:of|for|and|&|the|on|in) ){{0,2}}{_CAPITAL})+")
_ACRONYM = re.compile(r" \((?:the )?([A-Z][A-Za-z]{1,9})\)")
_CAPITALS = re.compile(r"[A-Z](?<![\w'-][A-Z])[A-Za-z]+(?![\w-])")
JOINTS = frozenset(("of", "for", "and", "&", "the", "on", "in"))
_TAILS = frozenset(("of", "for"))
_LONGEST = 9
_MOST_WORDS = 25
_USUAL = COMMON | WORD | GENERIC
_SAYS_NOTHING = INITIAL | GENERIC | HEAD | COMMON | WORD | FUNCTION | NEVER


@dataclass(slots=True)
class _Words:
    """Words of a run that may name a body, with their kinds; places are counted from where the run begins."""

    start: int
    words: list[str]
    kinds: list[int]
    ends: list[int]


class UnknownBodies:
    """Finds bodies that no list knows."""

    def __init__(self, kinds: WordKinds, heads: frozenset[str], ids: LocalIds) -> None:
        self._kinds = kinds
        self._ids = ids
        self._heads = heads
        self._names = Memory(self._names_in)
        self._keys = Memory(spelling_key)

    def mentions(self, document: Document, runs: list[tuple[int, str]], listed: list[Mention]) -> list[Mention]:
        """Return the bodies in `runs` of words that no list knows; `listed` are the sure mentions of listed actors."""
        others = sorted((m.start, m.end) for m in listed if not m.actor_id.startswith(("country:", "region:")))
        starts = [start for start, _ in others]
        found: list[Mention] = []
        acronyms: dict[str, str | None] = {}
        for start, end, words in self._named(document, runs):
            near = bisect_left(starts, end)
            if near and others[near - 1][1] > start:
                continue
            acronym = _defined(document.plain, end, words)
            if acronym is None and not self._says_whose(words):
                continue
            actor_id = self._ids.of("org", self._keys_of(words))
            found.append(self._mention(start, end, actor_id, "unknown_body"))
            if acronym is not None:
                acronyms.setdefault(acronym, actor_id)
        if acronyms:
            for match in _CAPITALS.finditer(document.plain):
                near = bisect_left(starts, match.end())
                if match[0] in acronyms and not (near and others[near - 1][1] > match.start()):
                    found.append(self._mention(*match.span(), acronyms[match[0]], "unknown_acronym"))
        return [mention for mention in found if mention.actor_id]

    def _mention(self, start: int, end: int, actor_id: str | None, rule: str) -> Mention:
        return Mention(start, end, actor_id, "unknown", confidence.UNKNOWN_BODY, rule)

    def _named(self, document: Document, runs: list[tuple[int, str]]) -> Iterator[tuple[int, int, list[str]]]:
        """Yield start, end and words of each body's name in the runs."""
        if self._heads.isdisjoint(document.words):
            return
        names = self._names
        for at, run in runs:
            for start, end, words in names[run]:
                yield at + start, at + end, words

    def _names_in(self, run: str) -> tuple[tuple[int, int, list[str]], ...]:
        parts = (part for match in _RUN.finditer(run) for part in self._parts(match.start(), match[0]))
        return tuple(name for part in parts if (name := self._name(part)) is not None)

    def _parts(self, at: int, text: str) -> Iterator[_Words]:
        """Yield what is left of words with a head among them, cut at titles, function words and sentence ends."""
        kinds_of = self._kinds
        words = text.split(" ")
        if not any(kinds_of[word] & HEAD for word in words):
            return
        run = _Words(at, [], [], [])
        for word in words:
            after = at + len(word) + 1
            bare = word.removesuffix("'s")
            ends = bare != word or (word.endswith(".") and not kinds_of[word] & INITIAL)
            bare = bare.rstrip(".") if ends else bare
            kind = kinds_of[bare]
            if (kind & (TITLE | FUNCTION) and bare not in JOINTS) and not kind & HEAD:
                if run.words:
                    yield run
                run = _Words(after, [], [], [])
            elif run.words or bare not in JOINTS:
                run.words.append(bare)
                run.kinds.append(kind)
                run.ends.append(at + len(bare))
                if ends:
                    yield run
                    run = _Words(after, [], [], [])
            else:
                run.start = after
            at = after
        if run.words:
            yield run

    def _name(self, run: _Words) -> tuple[int, int, list[str]] | None:
        """Return start, end and words of the body's name in a run: up to its last head, and what "of" binds to it."""
        words, kinds = run.words, run.kinds
        last = max((number for number, kind in enumerate(kinds) if kind & HEAD), default=-1)
        if last < 0 or len(words) > _MOST_WORDS:
            return None
        first = 0
        for number in range(1, last):
            if words[number] not in JOINTS or any(kind & HEAD for kind in kinds[first:number]):
                continue
            # Ongpin and Central Bank, Yeung of Civic Party are two; Post and Telecommunications Ministry is one.
            if words[number] in _TAILS or not (kinds[number - 1] & _USUAL or kinds[number + 1] & CORPORATE):
                first = number + 1
        if last + 1 < len(words) and words[last + 1] in _TAILS:
            last = self._tail(words, kinds, last + 2)
        while words[last] in JOINTS:
            last -= 1
        while words[first] in JOINTS:
            first += 1
        if not 2 <= last + 1 - first <= _LONGEST or all(kind & CAPITALS for kind in kinds[first : last + 1]):
            return None
        return run.ends[first] - len(words[first]), run.ends[last], words[first : last + 1]

    def _tail(self, words: list[str], kinds: list[int], at: int) -> int:
        """Return the last word that belongs to what "of" before `at` binds to a head."""
        last = at - 1
        for number in range(at, len(words)):
            joint = words[number] in JOINTS
            follows = number + 1 < len(words) and bool(kinds[number + 1] & _USUAL)
            if (joint and words[number] not in (*_TAILS, "the") and not follows) or kinds[number] & GIVEN:
                break
            if not joint:
                last = number
        return last

    def _says_whose(self, words: list[str]) -> bool:
        return any(not self._kinds[word] & _SAYS_NOTHING for word in words if word not in JOINTS)

    def _keys_of(self, words: list[str]) -> list[str]:
        kept = [word for word in words if word not in JOINTS]
        bare = [word for word in kept if not self._kinds[word] & CORPORATE] or kept
        return [self._keys[word] for word in bare]


def _defined(text: str, end: int, words: list[str]) -> str | None:
    """Return the acronym that stands in brackets after a name and is made of its initials."""
    match = _ACRONYM.match(text, end)
    if match is None:
        return None
    capitals = [letter for letter in match[1] if letter.isupper()]
    initials = [word[0] for word in words if word[0].isupper()]
    return match[1] if len(capitals) > 1 and capitals == initials else None
