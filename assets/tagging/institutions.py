"""Bodies of state by the part of their names that states share: the Defence Ministry, parliament.

Belongs here: whose ministry is meant, by the country beside the words or the one in play. Does not belong here: names
that say whose they are (the authority lists those; patterns.py derives the shared part from them).
"""

from __future__ import annotations

import re
from bisect import bisect_right

from assets.tagging import confidence
from assets.tagging.document import Document, Mention, Span
from assets.tagging.folding import lower
from assets.tagging.rules import Readings

# Whose a shared name is, by country.
Owners = dict[str, str]

_OF = re.compile(r" (?:of|in) (?:the )?")
_APOSTROPHE = re.compile(r"(?:'s|')? $")
_NAME_BEFORE = re.compile(r"([A-Z][\w-]*)(?:'s)? $")


class InstitutionReader:
    """Binds shared names of bodies of state."""

    def __init__(self, readings: Readings) -> None:
        self._function_words = frozenset(map(str.lower, readings.function_words))

    def mentions(
        self, document: Document, hits: list[tuple[int, int, Owners]], spans: list[Span], found: list[Mention]
    ) -> list[Mention]:
        """Return the bodies that the shared names among `hits` mean; `found` are the other mentions, in order."""
        if not hits:
            return []
        by_start, by_end = {span.start: span for span in spans}, {span.end: span for span in spans}
        starts = [span.start for span in spans]
        in_sentence: dict[int, set[str]] = {}
        for mention in found:
            if mention.actor_id.startswith("country:"):
                in_sentence.setdefault(document.sentence_number(mention.start), set()).add(mention.actor_id)
        anywhere = set().union(*in_sentence.values())
        named = iter(mention for mention in found if mention.actor_id.startswith("org:"))
        waiting = next(named, None)
        named_at: dict[str, int] = {}  # where each body was named last, before the hit
        by_last_word: dict[str, str] = {}  # the body named last whose name ends so: after the European Parliament
        bound, unbound, last = [], [], 0
        for start, end, owners in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
            while waiting is not None and waiting.start < start:
                named_at[waiting.actor_id] = waiting.start
                by_last_word[lower(document.plain[waiting.start : waiting.end]).rpartition(" ")[2]] = waiting.actor_id
                waiting = next(named, None)
            span = spans[bisect_right(starts, start) - 1] if starts and starts[0] <= start else None
            if start < last or (span is not None and span.end >= end):
                continue
            last, rival = end, None
            beside = self._country_beside(document.plain, start, end, by_start, by_end)
            if beside is not None:
                country, first, stop = beside
                body = next((owners[name.actor_id] for name in country.names if name.actor_id in owners), None)
                sure, rule = confidence.BODY_OF_COUNTRY, "body_of_country"
            elif self._of_another(document.plain, start, end):
                continue
            else:
                first, stop, sure, rule = start, end, confidence.BODY_IN_PLAY, "body_in_play"
                # A single word (parliament) is said of one's own country, whatever else its sentence names.
                own = " " not in document.plain[start:end]
                sentence = set() if own else in_sentence.get(document.sentence_number(start), set())
                body = _in_play(owners, named_at, sentence, anywhere)
                rival = by_last_word.get(lower(document.plain[start:end]))
                if rival is not None and rival not in owners.values():
                    body = None  # it is that one
            if body is not None:
                named_at[body] = start
                bound.append(Mention(first, stop, body, "name", sure, rule))
            elif beside is None and rival is None:
                unbound.append((start, end, owners))
        for start, end, owners in unbound:  # a headline comes before the name that explains it
            bodies = [body for body in owners.values() if body in named_at]
            if len(bodies) == 1:
                bound.append(Mention(start, end, bodies[0], "name", confidence.BODY_IN_PLAY, "body_in_play"))
        return bound

    def _country_beside(
        self, text: str, start: int, end: int, by_start: dict[int, Span], by_end: dict[int, Span]
    ) -> tuple[Span, int, int] | None:
        apostrophe = _APOSTROPHE.search(text[max(0, start - 3) : start])
        before = by_end.get(start - len(apostrophe[0])) if apostrophe else None
        if before is not None:
            return before, before.start, end
        of = _OF.match(text, end)
        after = by_start.get(of.end()) if of else None
        return (after, start, after.end) if after is not None else None

    def _of_another(self, text: str, start: int, end: int) -> bool:
        """Tell whether unknown words beside the name say whose it is: the Scottish parliament."""
        if text.startswith(" of ", end):
            return True
        before = _NAME_BEFORE.search(text[max(0, start - 30) : start])
        return before is not None and before[1].lower() not in self._function_words


def _in_play(owners: Owners, named_at: dict[str, int], sentence: set[str], anywhere: set[str]) -> str | None:
    """Return the body of this kind that was named last, or that of the only country of the sentence or the article."""
    earlier = [body for body in owners.values() if body in named_at]
    if earlier:
        return max(earlier, key=lambda body: named_at[body])
    for countries in (sentence, anywhere):
        if countries:
            bodies = {owners.get(country) for country in countries}
            return bodies.pop() if len(bodies) == 1 else None
    return None
