"""Actors that no list knows: the listed mentions of an article completed by them.

Belongs here: what the finders of persons and bodies need, where they may look, and what the analyst decided about ids.
Does not belong here: how a person or a body is found (unknown_persons.py, unknown_bodies.py).
"""

from __future__ import annotations

import re
from operator import attrgetter

from assets.home import Home
from assets.tagging.document import Document, Mention, Span
from assets.tagging.folding import words_pattern
from assets.tagging.local_ids import LocalIds
from assets.tagging.names import WordKinds, load_names, load_unknown_actors
from assets.tagging.rules import Readings
from assets.tagging.unknown_bodies import JOINTS, UnknownBodies
from assets.tagging.unknown_persons import UnknownPersons

_CAPITAL = r"(?:(?:[Aa][lnrstdz]|[Ee]l)-)?[A-Z][\w.'&-]*+"
# A listed actor that is less sure than this does not keep its words from being somebody else's.
_SURE = 0.5


class UnknownReader:
    """Finds the persons and bodies of an article that no list knows."""

    def __init__(self, home: Home, readings: Readings, given_names: frozenset[str], ids: LocalIds) -> None:
        words = load_unknown_actors(home)
        # What both finders look into: no name of theirs goes beyond it. A character class comes first, since that is
        # what the expression engine skips ahead by.
        small = words_pattern([*words.particles, *JOINTS])
        self._run = re.compile(
            rf"[A-Z](?<![\w'.&-][A-Z])(?:[\w'.&-]*+(?: (?:(?:{small}) ){{0,2}}{_CAPITAL})+"
            r"|\.-?(?:[A-Z]\.-?){0,3}[A-Z][a-z][\w'-]*)"
        )
        kinds = WordKinds(load_names(home), words, readings, given_names)
        self._persons = UnknownPersons(kinds, words, readings, ids)
        self._bodies = UnknownBodies(kinds, frozenset(words.organisation_heads), ids)

    def with_unknown(self, document: Document, listed: list[Mention], spans: list[Span]) -> list[Mention]:
        """Return the mentions of an article, in order, with those of actors that no list knows."""
        sure = [mention for mention in listed if mention.confidence >= _SURE]
        runs = self._runs(document)
        found = self._bodies.mentions(document, runs, sure)
        taken = [(mention.start, mention.end) for mention in (*sure, *found)]
        taken += [(span.start, span.end) for span in spans if span.names and not [n for n in span.names if n.actor_id]]
        found += self._persons.mentions(document, runs, _merged(taken))
        if not found:
            return listed
        return sorted([*listed, *found], key=attrgetter("start", "end", "actor_id"))

    def _runs(self, document: Document) -> list[tuple[int, str]]:
        """Return the runs of capitalised words, small ones between them, and where each begins."""
        begin = document.title_end + 1 if document.title_is_capitalised else 0
        return [(match.start(), match[0]) for match in self._run.finditer(document.plain, begin)]


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in order, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
