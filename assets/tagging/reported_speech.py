"""Reported speech: what somebody said, in the words of the paper.

Belongs here: the clause that a verb of saying governs, before or after it.
Does not belong here: words in quotation marks (quotes.py), who stands beside a verb (speakers.py).

Four shapes are read: X said that ...; X said ...; ..., X said.; and according to X, with what it speaks for. A sentence
that quotes is left to the quotes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from assets.tagging.document import Document
from assets.tagging.rules import Readings
from assets.tagging.speakers import Speaker, Speakers

_THAT = re.compile(r",? (?:[\w'-]+ ){0,5}?that[:,]? ")
_DIRECTLY = re.compile(r" (?:(?:on|in|at) [A-Z]\w+ )?(?=[\w$€£])")
_CLOSES = re.compile(r"(?: (?:on|in|at|during|to|late|early|yesterday|today)\b[^.;:]{0,60})?[.!?]?$")
_ENDS_CLAUSE = re.compile(r"\W*$|[,;:)\]]| ?[—–]")
_PARTS = frozenset(',;:—–-()["”’»')
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|as)(?: \w+ly)? $")
_DATELINE = re.compile(r"[A-Z][A-Z/ .]{2,40}(?:,[^\n—–-]{1,25})?(?: \([\w ]+\))? ?[—–-]+ ")
# A clause of fewer words says nothing of its own.
_FEWEST_WORDS = 4
_LONGEST_SENTENCE = 600


@dataclass(slots=True)
class Reported:
    """A clause, the verb that reports it, and who said it."""

    start: int
    end: int
    cue: str
    speaker: Speaker


class ReportedSpeechReader:
    """Finds reported speech."""

    def __init__(self, readings: Readings) -> None:
        self._words = frozenset(readings.reporting)
        self._freely = frozenset(readings.reporting_freely)

    def find(self, document: Document, speakers: Speakers, quotes: list[tuple[int, int]]) -> Iterator[Reported]:
        """Yield the reported speech of an article, at most once for each sentence; `quotes` are its direct quotes."""
        text = document.text
        quoting = {document.sentence_number(place) for span in quotes for place in (span[0] - 1, span[1])}
        quotes = sorted(quotes)
        starts = [start for start, _ in quotes]
        done = -1
        for cue, end in self._cues(document):
            number = document.sentence_number(cue)
            inside = bisect_right(starts, cue) - 1
            if number == done or number in quoting or (inside >= 0 and cue < quotes[inside][1]):
                continue
            first, last = document.sentence(cue)
            if last - first > _LONGEST_SENTENCE:
                continue
            reported = self._clause(text, first, last, cue, end, speakers)
            if reported is not None and text.count(" ", reported.start, reported.end) + 1 >= _FEWEST_WORDS:
                done = number
                yield reported

    def _cues(self, document: Document) -> list[tuple[int, int]]:
        """Return where verbs of saying stand, in order; looking for each present word is cheaper than one pattern."""
        text, found = document.text, []
        present = self._words & document.words
        for word in (*present, *(("according to", "According to") if "ccording to" in text else ())):
            at = text.find(word)
            while at >= 0:
                end = at + len(word)
                if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
                    found.append((at, end))
                at = text.find(word, end)
        return sorted(found)

    def _clause(self, text: str, first: int, last: int, cue: int, end: int, speakers: Speakers) -> Reported | None:
        word = text[cue:end]
        if word[1:] == "ccording to":
            return self._according(text, first, last, cue, end, speakers)
        if _PASSIVE.search(text, max(first, cue - 20), cue):
            return None
        that = _THAT.match(text, end, last)
        start = that.end() if that else -1
        if start < 0 and word in self._freely and (directly := _DIRECTLY.match(text, end, last)) is not None:
            start = directly.end()
        if start >= 0 and last - start > 20:
            speaker = speakers.before(first, cue)
            return Reported(start, _without_stop(text, start, last), word, speaker) if speaker else None
        comma = text.rfind(",", first, cue)
        if comma < 0 or not _CLOSES.match(text, end, last):
            return None
        speaker = speakers.before(comma + 1, cue)
        dateline = _DATELINE.match(text, first, comma)
        return Reported(dateline.end() if dateline else first, comma, word, speaker) if speaker else None

    def _according(self, text: str, first: int, last: int, cue: int, end: int, speakers: Speakers) -> Reported | None:
        speaker = speakers.after(end, last)
        if speaker is None:
            return None
        if cue == first:
            comma = text.find(",", speaker[1][1], last)
            if comma < 0:
                return None
            return Reported(comma + 2, _without_stop(text, comma + 2, last), text[cue:end], speaker)
        before = text[first:cue].rstrip()
        # "Acts according to the laws of the country" tells nobody's words: a mark parts them from what is told.
        if before[-1:] not in _PARTS and not _ENDS_CLAUSE.match(text, speaker[1][1], last):
            return None
        return Reported(first, first + len(before.rstrip(" ,")), text[cue:end], speaker)


def _without_stop(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in ".!? ":
        end -= 1
    return end
