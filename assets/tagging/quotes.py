"""Direct quotes and who speaks them.

Belongs here: finding quotation marks, also broken ones, and the speech verb and speaker beside them.
Does not belong here: indirect speech (issue C), and who a name is (the readers).

Marks pair within a paragraph. A translation may close with an opening mark (“...“): an open mark inside an open quote
with space before or a line's end, stop or dash after it closes. A quote that its paragraph leaves open counts to the
paragraph's end where a colon or the paragraph itself begins it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from assets.tagging.document import Document, Mention
from assets.tagging.folding import words_pattern
from assets.tagging.rules import Readings

_MARK = re.compile('[“”„«»"]')
_CLOSES = {"“": '”"', "„": '“”"', "«": "»", '"': '"”', "”": '”"'}
_COLON = re.compile(r"[:,]\s*(?:that[:,]?\s*)?$|\bthat,?\s*$")
_CAPITAL = "[A-ZÀ-ÖØ-ÞČĐĞİŁŞŠŽƏ]"
_RUN = re.compile(rf"(?:(?:The|the) (?:[\w'-]+ ){{0,2}}[\w'-]+|{_CAPITAL}[\w.'-]*(?: {_CAPITAL}[\w.'-]*){{0,3}})$")
# A trade may stand before a name: says pensioner Agasaf Bayramli, said a caterer, Noémie Vercauter.
_RUN_AHEAD = re.compile(
    rf"\s*(?:(?:an? )?(?:[a-z][\w-]+,? ){{1,2}}(?={_CAPITAL}))?"
    rf"((?:[Tt]he (?:[\w'-]+ )?[\w'-]+)|{_CAPITAL}[\w.'-]*(?: {_CAPITAL}[\w'-]*){{0,3}})"
)
# After these a country is what is spoken of, and not who speaks: his support for Azerbaijan and Ukraine.
_OBJECT = re.compile(
    rf"\b(?:for|to|of|with|against|in|from|about|on|between)(?: the)? (?:{_CAPITAL}[\w'-]* (?:and|or) )?$"
)
# A quotation of fewer words names a thing or raises an eyebrow; one without a speech verb needs more to be speech.
FEWEST_WORDS = 3
FEWEST_WITHOUT_CUE = 6
# How far a speech verb and its speaker are looked for; beyond it they belong to something else.
_REACH = 400
_PLACES = ("country:", "region:")
_SPEAKING = frozenset({"name", "short_name", "initials", "misspelling", "office"})


@dataclass(slots=True)
class Quote:
    """What becomes a row of `quotes`."""

    start: int
    end: int
    cue: str | None
    speaker: str | None
    speaker_span: tuple[int, int] | None


class QuoteReader:
    """Finds direct quotes."""

    def __init__(self, readings: Readings) -> None:
        speech = words_pattern(readings.speech)
        self._cue = re.compile(rf"(?<![\w'])(?:{speech})(?!\w)", re.IGNORECASE)
        self._speakers = re.compile(rf"(?<!\w)(?:{words_pattern(readings.speakers)})(?!\w)\s*$", re.IGNORECASE)
        self._speakers_ahead = re.compile(rf"\s*(?:{words_pattern(readings.speakers)})(?!\w)", re.IGNORECASE)

    def quotes(self, document: Document, mentions: list[Mention]) -> list[Quote]:
        """Return the quotes of an article; `mentions` are its actors in order."""
        spans = list(self._spans(document.text))
        if not spans:
            return []
        speaking = [m for m in mentions if m.reading in _SPEAKING and m.confidence >= 0.5]
        starts = [m.start for m in speaking]
        found = []
        for opened, start, end, closed in spans:
            words = document.text.count(" ", start, end) + 1
            if words < FEWEST_WORDS:
                continue
            quote = self._bind(document, opened, start, end, closed, speaking, starts)
            if quote.cue is None and found and self._goes_on(document.text, found[-1], opened):
                quote = replace(found[-1], start=start, end=end)
            if quote.cue is not None or words >= FEWEST_WITHOUT_CUE:
                found.append(quote)
        return found

    def _goes_on(self, text: str, before: Quote, opened: int) -> bool:
        """Tell whether words without a verb of their own go on with the quote `before`: `"...", said X. "..."`."""
        between = text[before.end : opened]
        return (
            before.cue is not None
            and len(between) <= _REACH
            and "\n" not in between
            and sum(1 for _ in self._cue.finditer(between)) == 1
        )

    def _spans(self, text: str):
        """Yield (where the mark opens, quoted start, quoted end, where the closing mark ends)."""
        opened, mark = -1, ""
        line_end = 0
        for match in _MARK.finditer(text):
            position, character = match.start(), match[0]
            if opened >= 0 and position >= line_end:
                if _is_open_ended(text, opened):
                    yield _trimmed(text, opened, line_end, line_end)
                opened = -1
            if opened < 0:
                if character in '“„«"' or (character == "”" and _starts_word(text, position)):
                    opened, mark = position, character
                    line_end = text.find("\n", position)
                    line_end = len(text) if line_end < 0 else line_end
            elif character in _CLOSES[mark] or (character == "“" and _ends_speech(text, position)):
                yield _trimmed(text, opened, position, position + 1)
                opened = -1
        if opened >= 0 and _is_open_ended(text, opened):
            yield _trimmed(text, opened, line_end, line_end)

    def _bind(
        self,
        document: Document,
        opened: int,
        start: int,
        end: int,
        closed: int,
        speaking: list[Mention],
        starts: list[int],
    ) -> Quote:
        return (
            self._before(document, opened, start, end, speaking, starts)
            or self._after(document, start, end, closed, speaking, starts)
            or Quote(start, end, None, None, None)
        )

    def _before(
        self, document: Document, opened: int, start: int, end: int, speaking: list[Mention], starts: list[int]
    ) -> Quote | None:
        """Bind words such as `X said that, ... : "..."`: the first speech verb of the sentence before the mark."""
        text = document.text
        if not _COLON.search(text[max(0, opened - 8) : opened]):
            direct = text[max(0, opened - 40) : opened].rstrip()
            if not any(match.end() == len(direct) for match in self._cue.finditer(direct)):
                return None
        stop = opened
        while stop and text[stop - 1].isspace():
            stop -= 1
        sentence_start, _ = document.sentence(stop - 1) if stop else (0, 0)
        sentence_start = max(sentence_start, stop - _REACH)
        cues = [
            match
            for match in self._cue.finditer(text, sentence_start, stop)
            if match[0].lower() not in ("called", "mentioned", "expressed") or match.end() >= stop - 2
        ]
        for cue in cues:
            speaker = self._speaker_before(text, sentence_start, cue.start(), speaking, starts)
            if cue[0].lower() == "according to":
                speaker = self._speaker_after(text, cue.end(), stop, speaking, starts) or speaker
            if speaker is not None:
                return Quote(start, end, cue[0], *speaker)
        if not cues:
            return None
        speaker = self._speaker_after(text, cues[-1].end(), stop, speaking, starts) or (None, None)
        return Quote(start, end, cues[-1][0], *speaker)

    def _after(
        self, document: Document, start: int, end: int, closed: int, speaking: list[Mention], starts: list[int]
    ) -> Quote | None:
        """Bind words such as `"...", X said` and `"..." - said X`, in what is left of the sentence after the mark."""
        text = document.text
        line_end = text.find("\n", closed, closed + _REACH)
        limit = line_end if line_end >= 0 else min(len(text), closed + _REACH)
        stop = min((p for p in (text.find(mark, closed, limit) for mark in '“„«"') if p >= 0), default=limit)
        begin = closed
        while begin < stop and (text[begin].isspace() or text[begin] in ",-–—."):
            if text[begin] == "." and text[closed - 2 : closed - 1] in ".!?":
                return None
            begin += 1
        if begin == closed and begin < stop:
            return None
        if text[end - 1 : end] in ".!?" and begin < stop and text[begin].isupper() and text[begin - 1] not in "-–—, ":
            return None
        cue = self._cue.search(text, begin, min(stop, begin + 90))
        if cue is None:
            return None
        between = text[begin : cue.start()]
        if re.search(r"[.!?]\s+[A-Z]", re.sub(r"\b[A-Z]\.", "", between)):
            return None
        # After a full stop inside the marks a new sentence may begin that has nothing to do with the quote.
        if text[end - 1 : end] in ".!?" and len(between.split()) > 5:
            return None
        speaker = self._speaker_before(text, begin, cue.start(), speaking, starts)
        if speaker is None:
            speaker = self._speaker_after(text, cue.end(), stop, speaking, starts)
        return Quote(start, end, cue[0], *(speaker or (None, None)))

    def _speaker_before(
        self, text: str, begin: int, cue: int, speaking: list[Mention], starts: list[int]
    ) -> tuple[str | None, tuple[int, int]] | None:
        """Return who stands directly before the verb: the nearest actor, or a pronoun or phrase that touches it."""
        left = text[max(begin, cue - 60) : cue]
        pronoun = self._speakers.search(left)
        if pronoun is not None:
            at = max(begin, cue - 60) + pronoun.start()
            return None, (at, at + len(pronoun[0].rstrip()))
        index = bisect_left(starts, cue)
        for mention in reversed(speaking[max(0, index - 4) : index]):
            if mention.start < begin:
                break
            if mention.actor_id.startswith(_PLACES) and _OBJECT.search(text, begin, mention.start):
                subject = self._speakers_ahead.match(text, begin, cue) or _RUN_AHEAD.match(text, begin, cue)
                return (None, _named(subject)) if subject else None
            if mention.end <= cue and cue - mention.end <= 60:
                return mention.actor_id, (mention.start, mention.end)
        stripped = left.rstrip(" ,")
        run = _RUN.search(stripped)
        if run is not None:
            at = max(begin, cue - 60) + run.start()
            return None, (at, at + len(run[0]))
        return None

    def _speaker_after(
        self, text: str, cue: int, stop: int, speaking: list[Mention], starts: list[int]
    ) -> tuple[str | None, tuple[int, int]] | None:
        """Return who stands directly after the verb: said X."""
        index = bisect_left(starts, cue)
        for mention in speaking[index : index + 1]:
            # Titles and descriptions may stand between: said former Foreign Minister Tofig Zulfugarov.
            if (
                mention.end <= stop
                and mention.start - cue <= 60
                and not re.search(r"[.:;,]", text[cue : mention.start])
            ):
                return mention.actor_id, (mention.start, mention.end)
        ahead = self._speakers_ahead.match(text, cue, stop) or _RUN_AHEAD.match(text, cue, stop)
        if ahead is None:
            return None
        return None, _named(ahead)


def _named(match: re.Match[str]) -> tuple[int, int]:
    """Return where the name or phrase in a match stands, without space and trade before it."""
    if match.re is _RUN_AHEAD:
        return match.span(1)
    return match.end() - len(match[0].lstrip()), match.end()


def _trimmed(text: str, opened: int, end: int, closed: int) -> tuple[int, int, int, int]:
    start = opened + 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return opened, start, end, closed


def _starts_word(text: str, position: int) -> bool:
    before, after = text[position - 1 : position], text[position + 1 : position + 2]
    return (not before or before.isspace() or before in "(:-–—") and bool(after) and not after.isspace()


def _ends_speech(text: str, position: int) -> bool:
    """Tell whether an opening mark stands where only a closing one makes sense."""
    after = text[position + 1 : position + 2]
    return not after or after.isspace() or after in ".,;:!?)–—-"


def _is_open_ended(text: str, opened: int) -> bool:
    before = text[max(0, opened - 2) : opened].rstrip(" ")
    return not before or before[-1] in ":\n" or text[opened - 1 : opened] == "\n"
