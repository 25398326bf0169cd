"""Direct quotes and who speaks them.

Belongs here: the speech verb and speaker beside quoted words, and quotes that go on without one.
Does not belong here: quotation marks (quotation_marks.py), who stands beside a verb (speakers.py), reported speech
(reported_speech.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assets.tagging.document import Document, Mention
from assets.tagging.folding import words_pattern
from assets.tagging.quotation_marks import Quoted, quoted
from assets.tagging.reported_speech import Reported, ReportedSpeechReader
from assets.tagging.rules import Readings
from assets.tagging.speakers import Speaker, SpeakerFinder, Speakers

_COLON = re.compile(r"[:,]\s*(?:that[:,]?\s*)?$|\bthat,?\s*$")
_NEW_SENTENCE = re.compile(r"[.!?]\s+[A-Z]")
_INITIAL = re.compile(r"\b[A-Z]\.")
# A quote that its sentence goes on into: ... an attempt to "..."
_INSIDE = re.compile(r"\w,? $")
# Where a quote may end before the words that name its speaker.
_PAUSE = re.compile(r"[,!?](?= )|(?<= )[-–—](?= )")
# Verbs whose subject repeats what their object said: the agency quotes X.
_OF_OTHERS = frozenset({"quotes", "quoted", "cites", "cited"})
_DASH = re.compile(r"[,.!?…] ?[-–—] ")
_ANOTHER_CLAUSE = re.compile(r"(?:while|whereas|but|who|which|when|after|before|because|since|although|though) ")
_SMALL_WORDS = frozenset({"of", "the", "for", "and", "in", "on", "to", "a"})
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|[Uu]s|[Mm]e)\b")
_HIS = re.compile(r" (his|her) ")
# A quotation of fewer words names a thing or raises an eyebrow; one without a speech verb needs more to be speech.
FEWEST_WORDS = 3
FEWEST_WITHOUT_CUE = 6
# What may stand before the colon of `Aliyev: ...`, with titles, and how much must stand after it.
_LONGEST_NAME = 60
_SHORTEST_LINE = 20
# How far a speech verb and its speaker are looked for; beyond it they belong to something else.
_REACH = 400
_SPEAKER_WITHIN = 140


@dataclass(slots=True)
class Quote:
    """What becomes a row of `quotes`."""

    start: int
    end: int
    kind: str
    cue: str | None
    speaker: str | None
    speaker_span: tuple[int, int] | None


class QuoteReader:
    """Finds direct and reported speech."""

    def __init__(self, readings: Readings) -> None:
        # In capitals they are other words (the United States), but for the one that may begin a sentence.
        speech = words_pattern([*readings.speech, "According to"])
        self._cue = re.compile(rf"(?<![\w'])(?:{speech})(?!\w)")
        self._finder = SpeakerFinder(readings)
        self._reported = ReportedSpeechReader(readings)

    def quotes(self, document: Document, mentions: list[Mention]) -> list[Quote]:
        """Return the quotes of an article, in order; `mentions` are its actors in order."""
        speakers = self._finder.of(document, mentions)
        found = self._direct(document, speakers)
        found += self._lines(document, speakers, found)
        spans = [(quote.start, quote.end) for quote in found]
        speakers.leave_out(spans)
        found += [_of_reported(one) for one in self._reported.find(document, speakers, spans)]
        found.sort(key=lambda quote: (quote.start, quote.end))
        latest: tuple[str, int] | None = None
        for quote in found:
            if quote.speaker is None and quote.speaker_span is not None:
                quote.speaker = speakers.meant(quote.speaker_span, latest)
            if quote.speaker is not None and quote.speaker.partition(":")[0] in ("person", "local-person"):
                latest = quote.speaker, max(quote.end, quote.speaker_span[1] if quote.speaker_span else 0)
        return found

    def _direct(self, document: Document, speakers: Speakers) -> list[Quote]:
        text = document.text
        found: list[Quote] = []
        before: tuple[Quoted, Quote] | None = None
        waiting: list[Quote] = []  # paragraphs of one quote whose speaker is named at its end
        for one in quoted(text):
            words = text.count(" ", one.start, one.end) + 1
            if words < FEWEST_WORDS or (words < FEWEST_WITHOUT_CUE and _is_name(text[one.start : one.end])):
                continue
            if one.runs_on:
                self._cut(text, one)
            if one.unopened and not self._is_speech(text, one, speakers):
                continue
            cue, speaker = self._bind(document, one, speakers) or (None, None)
            continued = before is not None and before[0].is_open and not text[before[0].closed : one.opened].strip()
            if cue is None and before is not None and (continued or self._goes_on(text, before, one)):
                cue, speaker = before[1].cue, before[1].speaker_span and (before[1].speaker, before[1].speaker_span)
            if cue is None and speaker is None:
                speaker = self._just_named(document, one, speakers)
            quote = Quote(one.start, one.end, "direct", cue, *(speaker or (None, None)))
            chained = continued or (before is not None and not text[before[0].closed : one.opened].strip(" .,–—-"))
            if chained and cue is not None:
                for earlier in waiting:
                    earlier.cue, earlier.speaker, earlier.speaker_span = cue, quote.speaker, quote.speaker_span
            if cue is not None or not chained:
                waiting = []
            if cue is None:
                waiting.append(quote)
            before = one, quote
            found.append(quote)
        return [q for q in found if q.cue is not None or text.count(" ", q.start, q.end) + 1 >= FEWEST_WITHOUT_CUE]

    def _goes_on(self, text: str, before: tuple[Quoted, Quote], one: Quoted) -> bool:
        """Tell whether words without a verb of their own go on with the quote before.

        `"...", said X. "..."`, or a paragraph that is nothing but a quote, right after one that ends with a quote.
        """
        between = text[before[1].end : one.opened]
        if before[1].cue is None or len(between) > _REACH:
            return False
        if "\n" not in between:
            return sum(1 for _ in self._cue.finditer(between)) == 1
        line_end = text.find("\n", one.closed)
        alone = between.endswith("\n") and not text[one.closed : line_end if line_end >= 0 else len(text)].strip(" .")
        # Nothing but the words that name the speaker may stand between the two.
        return alone and len(between.rstrip("\n").split("\n")) == 1

    def _just_named(self, document: Document, one: Quoted, speakers: Speakers) -> Speaker | None:
        """Return the only person of the sentence before a quote of whole sentences: X was not persuaded. "..." """
        text = document.text
        before = text[max(0, one.opened - 2) : one.opened]
        if before[:1] not in (".", "!", "?") or text[one.end - 1] not in ".!?" or not text[one.start].isupper():
            return None
        return speakers.only_person(*document.sentence(one.opened - 2))

    def _bind(self, document: Document, one: Quoted, speakers: Speakers) -> tuple[str | None, Speaker | None] | None:
        return (
            self._before(document, one, speakers)
            or self._after(document, one, speakers)
            or self._within(document.text, one, speakers)
            or self._around(document, one, speakers)
        )

    def _within(self, text: str, one: Quoted, speakers: Speakers) -> tuple[str, Speaker] | None:
        """Bind words whose speaker stands between dashes among them: "..., - said X. - ..." """
        for dash in _DASH.finditer(text, one.start, one.end):
            stop = min(one.end, dash.end() + _LONGEST_NAME * 2)
            after = _DASH.search(text, dash.end(), stop)
            cue = self._cue.search(text, dash.end(), after.start() if after else stop)
            if cue is None:
                continue
            speaker = speakers.named_before(dash.end(), cue.start()) or speakers.after(cue.end(), stop)
            if speaker is not None:
                return cue[0], speaker
        return None

    def _cut(self, text: str, one: Quoted) -> None:
        """End a quote that has lost its closing mark at the comma or dash before who said it: "...", X said. "..." """
        first = max(one.start, one.end - _REACH)
        for cue in reversed([*self._cue.finditer(text, first, one.end)]):
            ends = [match.end() for match in _PAUSE.finditer(text, first, cue.start())]
            if ends and cue.end() >= one.end - _LONGEST_NAME:
                one.end = one.closed = ends[-1]
                return

    def _is_speech(self, text: str, one: Quoted, speakers: Speakers) -> bool:
        """Tell whether words that only a closing mark ends are speech; begin them after who says it, with a colon."""
        cues = [
            cue
            for cue in self._cue.finditer(text, one.start, min(one.end, one.start + _REACH))
            if speakers.named_before(one.start, cue.start()) is not None
        ]
        colon = text.find(": ", cues[0].end(), one.end) if cues else -1
        if colon >= 0:
            one.opened = colon + 1
            one.start = colon + 2
        return not cues or colon >= 0

    def _around(self, document: Document, one: Quoted, speakers: Speakers) -> tuple[str | None, Speaker] | None:
        """Bind words that are a part of their sentence: X warned that it was "...", or called it "..." on Monday."""
        text, opened = document.text, one.opened
        if text.count(" ", one.start, one.end) + 1 < FEWEST_WITHOUT_CUE or not _INSIDE.search(text, opened - 3, opened):
            return None
        first, _ = document.sentence(opened - 2)
        first = max(first, opened - _REACH)
        cues = [*self._cue.finditer(text, first, opened)]
        for cue in reversed(cues):
            if (speaker := speakers.named_before(first, cue.start())) is not None:
                return cue[0], speaker
        if cues and (subject := speakers.subject_at(first)) is not None:
            return cues[-1][0], subject
        speaker = speakers.only_person(first, opened)
        return (None, speaker) if speaker else None

    def _before(self, document: Document, one: Quoted, speakers: Speakers) -> tuple[str, Speaker | None] | None:
        """Bind words such as `X said that, ... : "..."`: the first speech verb of the sentence before the mark."""
        text, opened = document.text, one.opened
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
        # The verb that touches the mark goes first: asked about it, X said: "..."
        if cues and text[cues[-1].end() : stop].strip(" ,:") in ("", "that"):
            cues = [cues[-1], *cues[:-1]]
        for cue in cues:
            speaker = speakers.named_before(sentence_start, cue.start())
            if cue[0].lower() == "according to":
                speaker = speakers.after(cue.end(), stop) or speaker
            elif (pronoun := _HIS.search(cue[0])) is not None:
                speaker = None, (cue.start() + pronoun.start(1), cue.start() + pronoun.end(1))
            if speaker is not None:
                return cue[0], speaker
        if cues:
            # X, speaking after the talks, said: "..."
            person = speakers.subject_at(sentence_start) or speakers.first_person(sentence_start, stop)
            person = person or next(
                (run for cue in cues if (run := speakers.before(sentence_start, cue.start())) is not None), None
            )
            return cues[0][0], person or speakers.after(cues[-1].end(), stop)
        # X draws attention to the calendar: "..."
        person = None
        if text[stop - 1] == ":":
            person = speakers.first_person(sentence_start, stop) or speakers.subject_at(sentence_start)
        return (":", person) if person else None

    def _after(self, document: Document, one: Quoted, speakers: Speakers) -> tuple[str, Speaker | None] | None:
        """Bind words such as `"...", X said` and `"..." - said X`, in what is left of the sentence after the mark."""
        text, closed = document.text, one.closed
        line_end = text.find("\n", closed, closed + _REACH)
        limit = line_end if line_end >= 0 else min(len(text), closed + _REACH)
        stop = min((p for p in (text.find(mark, closed, limit) for mark in '“„«"') if p >= 0), default=limit)
        begin = closed
        last = text[one.end - 1 : one.end]
        while begin < stop and (text[begin].isspace() or text[begin] in ",-–—."):
            if text[begin] == "." and text[closed - 2 : closed - 1] in ".!?":
                return None
            begin += 1
        if begin == closed and begin < stop:
            return None
        # A sentence that only ends with quoted words is over: it was "more and more likely." Tehran answered.
        apart = text[begin - 1] not in "-–—, " or _INSIDE.search(text, one.opened - 3, one.opened)
        if last in ".!?" and begin < stop and text[begin].isupper() and apart:
            return None
        cue = self._cue.search(text, begin, min(stop, begin + _SPEAKER_WITHIN))
        if cue is None:
            # "...", - X, and nothing more
            person = speakers.first_person(begin, stop) if set(text[closed:begin]) & set("-–—") else None
            return ("-", person) if person and not text[person[1][1] : stop].strip(" .") else None
        between = text[begin : cue.start()]
        if _ANOTHER_CLAUSE.match(between):
            return None
        if _NEW_SENTENCE.search(_INITIAL.sub("", between)):
            return None
        # After a full stop inside the marks a new sentence may begin that has nothing to do with the quote.
        if last in ".!?" and len(between.split()) > 5 and not set(text[closed:begin]) & set(",-–—"):
            return None
        if cue[0] in _OF_OTHERS and (quoted_one := speakers.after(cue.end(), stop)) is not None:
            return cue[0], quoted_one
        return cue[0], speakers.before(begin, cue.start()) or speakers.after(cue.end(), stop)

    def _lines(self, document: Document, speakers: Speakers, found: list[Quote]) -> list[Quote]:
        """Return what stands after a name and a colon at the beginning of a line: `Aliyev: We want peace.`"""
        taken = sorted((quote.start, quote.end) for quote in found)
        text, lines = document.text, []
        colon = text.find(": ")
        while colon >= 0:
            first = text.rfind("\n", max(0, colon - _LONGEST_NAME), colon) + 1
            speaker = None
            if colon - first < _LONGEST_NAME and (first or colon < _LONGEST_NAME):
                speaker = speakers.at_line_start(first, colon)
            start, colon = colon + 2, text.find(": ", colon + 2)
            if speaker is None:
                continue
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            while end > start and text[end - 1].isspace():
                end -= 1
            if end - start < _SHORTEST_LINE:
                continue
            if any(begin < end and stop > start for begin, stop in taken):
                continue
            # A headline tells in its own words what somebody said, unless it speaks as he does: We want peace.
            told = end <= document.title_end and _FIRST_PERSON.search(text, start, end) is None
            lines.append(Quote(start, end, "indirect" if told else "direct", None, *speaker))
        return lines


def _is_name(words: str) -> bool:
    """Tell whether words in quotation marks are the name of something: "United National Movement"."""
    return words[-1:] not in ".,!?" and all(word[:1].isupper() for word in words.split() if word not in _SMALL_WORDS)


def _of_reported(one: Reported) -> Quote:
    return Quote(one.start, one.end, "indirect", one.cue, *one.speaker)
