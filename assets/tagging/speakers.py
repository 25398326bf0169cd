"""Who stands beside a verb of speech.

Belongs here: the nearest actor, pronoun or phrase before or after such a verb, and whom a pronoun means.
Does not belong here: which words are spoken (quotes.py, reported_speech.py).
"""

from __future__ import annotations

import re
from bisect import bisect_left

from assets.tagging.document import Document, Mention
from assets.tagging.folding import lower, plain, words_pattern
from assets.tagging.rules import Readings

_CAPITAL = "[A-ZÀ-ÖØ-ÞČĐĞİŁŞŠŽƏ]"
_ARTICLE = r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Oo]ne)"
_NAME = rf"{_CAPITAL}[\w.'-]*(?: {_CAPITAL}[\w'-]*){{0,3}}"
_NOUN = r"(?!(?:for|of|at|from|in|that|who|has|had|have)\b)[\w'-]+"
_AUXILIARIES = re.compile(r"(?: (?:has|had|have|also|later|earlier|then|recently|previously|repeatedly|already))+$")
_RUN = re.compile(rf"(?:{_ARTICLE} (?:{_NOUN} ){{0,2}}{_NOUN}|{_CAPITAL}[\w.'-]*(?: {_CAPITAL}[\w.'-]*){{0,3}})$")
# A spokesman for the ministry, the head of the union: the phrase goes on behind its noun.
_BOUND = re.compile(
    rf"{_ARTICLE} (?:{_NOUN} ){{1,3}}(?:for|of|at|from|in) (?:the |its |his )?(?:{_NOUN} ){{0,3}}{_NOUN}$"
)
# A trade may stand before a name: says pensioner Agasaf Bayramli, said a caterer, Noémie Vercauter.
_RUN_AHEAD = re.compile(
    rf"\s*(?:(?:an? |the )?(?:[a-z][\w-]+,? ){{1,2}}(?={_CAPITAL}))?"
    rf"({_ARTICLE} (?:{_NOUN} )?{_NOUN}(?: (?:for|of|at|from) (?:the )?(?:{_NOUN} )?{_NOUN})?|{_NAME})"
)
# After these a country is what is spoken of, and not who speaks: his support for Azerbaijan and Ukraine.
_OBJECT = re.compile(
    rf"\b(?:for|to|of|with|against|in|from|about|on|between)(?: the)? (?:{_CAPITAL}[\w'-]* (?:and|or) )?$"
)
_JOINTS = (" for ", " of ", " at ", " from ", " in ")
_PLACES = ("country:", "region:")
_PERSONS = ("person:", "local-person:")
_SPEAKING = frozenset({"name", "short_name", "initials", "misspelling", "office", "unknown"})
# A mention that is less sure than this is nobody's word.
_SURE = 0.5
_NEAR = 60
# How far back a pronoun looks for whom it means.
_MEANT_WITHIN = 1_500

Speaker = tuple[str | None, tuple[int, int]]


class Speakers:
    """The actors of one article, as those who may speak."""

    def __init__(self, finder: SpeakerFinder, document: Document, mentions: list[Mention]) -> None:
        self._finder = finder
        self._document = document
        self._text = document.text
        self._mentions = [m for m in mentions if m.reading in _SPEAKING and m.confidence >= _SURE]
        self._starts = [m.start for m in self._mentions]

    def before(self, begin: int, cue: int) -> Speaker | None:
        """Return who stands directly before the verb: the nearest actor, or a pronoun or phrase that touches it."""
        text = self._text
        left_start = max(begin, cue - _NEAR)
        left = text[left_start:cue]
        stripped = _AUXILIARIES.sub("", left.rstrip(" ,"))
        bound = _BOUND.search(stripped) if any(joint in stripped for joint in _JOINTS) else None
        length = 0 if bound else self._finder.phrase_length(stripped)
        if length:
            at = left_start + len(stripped)
            return None, (at - length, at)
        index = bisect_left(self._starts, cue)
        for mention in reversed(self._mentions[max(0, index - 4) : index]):
            if mention.start < begin:
                break
            if mention.actor_id.startswith(_PLACES) and _OBJECT.search(text, begin, mention.start):
                subject = self._finder.phrase_ahead.match(text, begin, cue) or _RUN_AHEAD.match(text, begin, cue)
                return (None, _named(subject)) if subject else None
            if mention.end <= cue and cue - mention.end <= _NEAR:
                return mention.actor_id, (mention.start, mention.end)
        run = bound or _RUN.search(stripped)
        if run is not None:
            return None, (left_start + run.start(), left_start + run.end())
        return None

    def after(self, cue: int, stop: int) -> Speaker | None:
        """Return who stands directly after the verb: said X."""
        text = self._text
        index = bisect_left(self._starts, cue)
        for mention in self._mentions[index : index + 1]:
            # Titles and descriptions may stand between: said former Foreign Minister Tofig Zulfugarov.
            if (
                mention.end <= stop
                and mention.start - cue <= _NEAR
                and not re.search(r"[.:;,]", text[cue : mention.start])
            ):
                return mention.actor_id, (mention.start, mention.end)
        ahead = self._finder.phrase_ahead.match(text, cue, stop) or _RUN_AHEAD.match(text, cue, stop)
        return (None, _named(ahead)) if ahead else None

    def at_line_start(self, start: int, stop: int) -> Speaker | None:
        """Return the actor with whom a line begins and who alone stands before `stop`, titles aside: `Aliyev: ...`."""
        index = bisect_left(self._starts, stop) - 1
        if index < 0 or self._mentions[index].start < start or self._mentions[index].end != stop:
            return None
        mention = self._mentions[index]
        words = self._text[start : mention.start].split()
        if len(words) > 5 or any(mark in self._text[start:stop] for mark in ";:!?"):
            return None
        return mention.actor_id, (mention.start, mention.end)

    def first_person(self, start: int, end: int) -> Speaker | None:
        """Return the person who is named first between two places."""
        index = bisect_left(self._starts, start)
        for mention in self._mentions[index : index + 8]:
            if mention.start < end and mention.actor_id.startswith(_PERSONS):
                return mention.actor_id, (mention.start, mention.end)
        return None

    def only_person(self, start: int, end: int) -> Speaker | None:
        """Return the person between two places where no other is named there."""
        index = bisect_left(self._starts, start)
        named = [m for m in self._mentions[index : index + 8] if m.start < end and m.actor_id.startswith(_PERSONS)]
        if len({mention.actor_id for mention in named}) != 1:
            return None
        return named[0].actor_id, (named[0].start, named[0].end)

    def meant(self, span: tuple[int, int], latest: tuple[str, int] | None) -> str | None:
        """Return the person whom a pronoun or phrase means: who spoke or was named last before it."""
        words = lower(plain(self._text[slice(*span)]))
        if words not in self._finder.again:
            return None
        index = bisect_left(self._starts, span[0])
        near = [m for m in self._mentions[max(0, index - 6) : index] if m.actor_id.startswith(_PERSONS)]
        if near:
            sentence, _ = self._document.sentence(near[-1].start)
            those = {m.actor_id for m in near if m.start >= sentence}
            # Whoever alone is named in a sentence since somebody spoke is who it is about now.
            if len(those) == 1 and (latest is None or latest[1] < sentence) and span[0] - near[-1].end <= _MEANT_WITHIN:
                return near[-1].actor_id
        return latest[0] if latest is not None and span[0] - latest[1] <= _MEANT_WITHIN else None


class SpeakerFinder:
    """The words by which speakers are found who are not named."""

    def __init__(self, readings: Readings) -> None:
        phrases = words_pattern(readings.speakers)
        self._phrases = frozenset(lower(plain(phrase)) for phrase in readings.speakers)
        self.phrase_ahead = re.compile(rf"\s*(?:{phrases})(?!\w)", re.IGNORECASE)
        self.again = frozenset(lower(plain(phrase)) for phrase in readings.speakers_again)

    def phrase_length(self, left: str) -> int:
        """Return how long the phrase is with which `left` ends and that names a speaker; 0 where there is none."""
        words = left.replace("\n", " ").rsplit(" ", 3)[-3:]
        for number in range(len(words)):
            phrase = " ".join(words[number:])
            if lower(plain(phrase)) in self._phrases:
                return len(phrase)
        return 0

    def of(self, document: Document, mentions: list[Mention]) -> Speakers:
        """Return the possible speakers of an article."""
        return Speakers(self, document, mentions)


def _named(match: re.Match[str]) -> tuple[int, int]:
    """Return where the name or phrase in a match stands, without space and trade before it."""
    if match.re is _RUN_AHEAD:
        return match.span(1)
    return match.end() - len(match[0].lstrip()), match.end()
