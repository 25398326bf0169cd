"""Who stands beside a verb of speech.

Belongs here: the nearest actor, pronoun or phrase before or after such a verb, and whom a pronoun means.
Does not belong here: which words are spoken (quotes.py, reported_speech.py).
"""

from __future__ import annotations

import re
from bisect import bisect_left

from assets.tagging.document import Document, Mention
from assets.tagging.folding import lower, plain, words_pattern
from assets.tagging.memory import Memory
from assets.tagging.rules import Readings

_CAPITAL = "[A-ZÀ-ÖØ-ÞČĐĞİŁŞŠŽƏ]"
_ARTICLE = r"(?:[Tt]he|[Tt]his|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Oo]ne)"
_NAME = rf"{_CAPITAL}[\w.'-]*(?: {_CAPITAL}[\w'-]*){{0,3}}"
_NOUN = r"(?!(?:for|of|at|from|in|that|who|has|had|have)\b)[\w'-]+"
_AUXILIARIES = frozenset(
    {"has", "had", "have", "also", "later", "earlier", "then", "recently", "previously", "repeatedly", "already"}
)
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
    rf"\b(?:for|to|of|with|against|in|from|about|on|between)(?: the)? [\"“«]?(?:{_CAPITAL}[\w'-]* (?:and|or) )?$"
)
_SUBJECT = re.compile(r"(?:He|She)(?=[ ,])")
_JOINT = re.compile(" (?:for|of|at|from|in) ")
_PLACES = ("country:", "region:")
_PERSONS = ("person:", "local-person:")
_SPEAKING = frozenset({"name", "short_name", "initials", "misspelling", "office", "unknown"})
# A mention that is less sure than this is nobody's word.
_SURE = 0.5
_NEAR = 60
# How far back a pronoun looks for whom it means.
_MEANT_WITHIN = 1_500
# So many actors back at most, which keeps the time linear.
_NEAREST = 30
# How far a speaker may stand before a verb when words about him stand between, in commas.
_APPOSITION = 160
# Between a country or body and the person of whose title it is a part: US President Barack Obama.
_TITLE_BETWEEN = re.compile(
    rf"(?: (?:of|the|for|and|to|{_CAPITAL}[\w.'-]*))* ?$|['’]s(?: (?:[a-z-]+|{_CAPITAL}[\w.'-]*)){{1,6}} $|,? $"
)
_JOINING = frozenset({"of", "the", "for", "and", "to", "in", "on"})
# What somebody is, before his name and a comma: told the witness, student X.
_TRADE = re.compile(r" (?:(?:the|an?|its|his|her) )?(?:[a-z][a-z'-]* ?){1,5}, (?:[a-z][a-z'-]* ){0,3}$")
# The expert, this university professor, the CHP leader: the role is the last word.
_THE_ROLE = re.compile(r"(?:(?:the|this|our|his|her) )?(?:[\w'-]+ ){0,3}?([\w-]+)$", re.IGNORECASE)
# Whose head or member somebody is, behind his role: the chairman of the committee.
_TAIL = re.compile(r" (?:of|for|at|in|from) .*$")
# Of so many places where a role is named before, the nearest is looked at first.
_MOST_DESCRIBED = 4

Speaker = tuple[str | None, tuple[int, int]]


class Speakers:
    """The actors of one article, as those who may speak."""

    def __init__(self, finder: SpeakerFinder, document: Document, mentions: list[Mention]) -> None:
        self._finder = finder
        self._document = document
        self._text = document.text
        self._mentions = [m for m in mentions if m.reading in _SPEAKING and m.confidence >= _SURE]
        self._starts = [m.start for m in self._mentions]
        self._spoken_of: set[int] = set()

    def leave_out(self, spans: list[tuple[int, int]]) -> None:
        """Note that those named inside the quotes at `spans` are no pronoun's outside them."""
        for start, end in spans:
            first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
            self._spoken_of.update(self._starts[first:last])

    def before(self, begin: int, cue: int) -> Speaker | None:
        """Return who stands directly before the verb; words that may be anybody's name where nobody else does."""
        return self.named_before(begin, cue) or self._run_before(begin, cue)

    def named_before(self, begin: int, cue: int) -> Speaker | None:
        """Return who stands directly before the verb: the nearest actor, or a pronoun or phrase that touches it."""
        text = self._text
        left_start = max(begin, cue - _NEAR)
        left = text[left_start:cue]
        stripped = _without_auxiliaries(left)
        at = left_start + len(stripped)
        length = self._finder.phrase_length(stripped)
        bound = _BOUND.search(stripped) if _JOINT.search(stripped) else None
        if length and not bound:
            return None, (at - length, at)
        if text[at : at + 1] == "," and (described := self._described_before(begin, at)) is not None:
            return described
        index = bisect_left(self._starts, cue)
        spoken_to: Speaker | None = None
        for mention in reversed(self._mentions[max(0, index - 4) : index]):
            if mention.start < begin:
                break
            if mention.actor_id.startswith("org:") and _OBJECT.search(text, begin, mention.start):
                # Somebody before it, in an interview with that body; but the head of it may be nobody we know.
                near = mention.end <= cue and cue - mention.end <= _NEAR
                spoken_to = spoken_to or (near and (mention.actor_id, (mention.start, mention.end))) or None
                continue
            if spoken_to is not None and not mention.actor_id.startswith(_PERSONS):
                break
            if mention.actor_id.startswith(_PLACES) and _OBJECT.search(text, begin, mention.start):
                subject = self._finder.phrase_ahead.match(text, begin, cue) or _RUN_AHEAD.match(text, begin, cue)
                return (None, _named(subject)) if subject else None
            if mention.end <= cue and cue - mention.end <= _NEAR:
                return mention.actor_id, (mention.start, mention.end)
        if spoken_to is not None and not bound:
            return spoken_to
        alone = text[begin:at].strip(' ,-–—"”“')
        if alone.islower() and alone.count(" ") < 3 and self._finder.is_role(alone):  # "...", political scientist said
            return None, (at - len(alone), at)
        run = bound
        if run is None and text[at : at + 1] != "," and self._finder.is_role(stripped):
            run = _RUN.search(stripped)
        return (None, (left_start + run.start(), left_start + run.end())) if run else None

    def subject_at(self, start: int) -> Speaker | None:
        """Return the pronoun or phrase that begins a sentence as its subject: He, however, also said."""
        subject = _SUBJECT.match(self._text, start) or self._finder.phrase_ahead.match(self._text, start)
        return (None, _named(subject)) if subject else None

    def _run_before(self, begin: int, cue: int) -> Speaker | None:
        """Return the capitalised words, or those after an article, that stand directly before the verb."""
        left_start = max(begin, cue - _NEAR)
        run = _RUN.search(_without_auxiliaries(self._text[left_start:cue]))
        if run is None or lower(run[0]) in self._finder.function_words:
            return None
        return None, (left_start + run.start(), left_start + run.end())

    def _described_before(self, begin: int, end: int) -> Speaker | None:
        """Return the person whom the words before a comma at `end` describe: X, the head of Y, said."""
        text, index = self._text, bisect_left(self._starts, end)
        for mention in reversed(self._mentions[max(0, index - 4) : index]):
            if mention.start < max(begin, end - _APPOSITION):
                return None
            if mention.actor_id.startswith(_PERSONS) and text.startswith(", ", mention.end):
                words = text[mention.end + 2 : end]
                is_description = words[:1].islower() or self._finder.is_role(lower(words.partition(" ")[0]))
                if is_description and not any(mark in words for mark in ".;:"):
                    return mention.actor_id, (mention.start, mention.end)
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
                and (_TRADE.match(text, cue, mention.start) or not re.search(r"[.:;,]", text[cue : mention.start]))
            ):
                return self._titled(index, stop)
        ahead = self._finder.phrase_ahead.match(text, cue, stop) or _RUN_AHEAD.match(text, cue, stop)
        return (None, _named(ahead)) if ahead else None

    def _titled(self, index: int, stop: int) -> Speaker:
        """Return the actor of a mention, or the person whose title it begins: said US President Barack Obama."""
        first = last = self._mentions[index]
        for mention in self._mentions[index + 1 : index + 4] if not first.actor_id.startswith(_PERSONS) else ():
            if mention.end > stop or not self._finder.is_title(self._text[last.end : mention.start]):
                break
            if mention.actor_id.startswith(_PERSONS):
                return mention.actor_id, (mention.start, mention.end)
            last = mention
        return first.actor_id, (first.start, first.end)

    def at_line_start(self, start: int, stop: int) -> Speaker | None:
        """Return the person with whom a line begins and who alone stands before `stop`, titles aside: `Aliyev: ...`."""
        index = bisect_left(self._starts, stop) - 1
        if index < 0 or self._mentions[index].start < start or self._mentions[index].end != stop:
            return None
        mention = self._mentions[index]
        words = self._text[start : mention.start].split()
        if not mention.actor_id.startswith(_PERSONS):
            return None  # an agency's colon ends a dateline
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
        again = words in self._finder.again
        role = None if again and " " not in words else self._finder.role(words)
        if role is not None and (described := self._described_as(role, span)) is not None:
            return described
        if not again and role is None:
            return None
        sentence, those = self._named_last(bisect_left(self._starts, span[0]))
        spoke_since = latest is not None and latest[1] >= sentence
        # Who is named first, as its subject, in a sentence since somebody spoke is who it is about now.
        if those and not spoke_since and span[0] - those[0].end <= _MEANT_WITHIN:
            return latest[0] if latest and any(latest[0] == m.actor_id for m in those) else those[0].actor_id
        return latest[0] if latest is not None and span[0] - latest[1] <= _MEANT_WITHIN else None

    def _named_last(self, index: int) -> tuple[int, list[Mention]]:
        """Return the last sentence before a mention that names persons as its own, its start and them, in order."""
        sentence, those = -1, []
        for mention in reversed(self._mentions[max(0, index - _NEAREST) : index]):
            if those and mention.start < sentence:
                break
            if not self._may_be_subject(mention):
                continue
            if not those:
                sentence, _ = self._document.sentence(mention.start)
                # He spoke much about the president: whom a pronoun's sentence names is not who it is about.
                if _SUBJECT.match(self._text, sentence):
                    continue
            those.append(mention)
        return sentence, those[::-1]

    def _may_be_subject(self, mention: Mention) -> bool:
        """Tell whether a mention is a person's whom no quote speaks of, and nothing of his follows: Putin's visit."""
        if not mention.actor_id.startswith(_PERSONS) or mention.start in self._spoken_of:
            return False
        return self._text[mention.end : mention.end + 2] not in ("'s", "’s")

    def _described_as(self, role: str, span: tuple[int, int]) -> str | None:
        """Return the person beside whose name the role was named last before `span`: the lawyer Samir Quliyev."""
        text, start = self._document.plain, span[0]
        at, first = start, max(0, start - _MEANT_WITHIN)
        for _ in range(_MOST_DESCRIBED):
            at = max(text.rfind(word, first, at) for word in (role, role.capitalize(), role.upper()))
            if at < 0:
                # A headline may name the role before the text says whose it is.
                at = -1 if first else text.find(role, span[1], span[1] + _MEANT_WITHIN)
            if at < 0:
                return None
            if text[at - 1 : at].isalnum() or text[at + len(role) : at + len(role) + 1].isalnum():
                continue
            index = bisect_left(self._starts, at)
            for mention in self._mentions[index : index + 2]:
                # The name stands before the phrase, or after the role that a headline has named first.
                if (mention.end <= start or start < at) and self._is_beside(mention, at, mention.start):
                    return mention.actor_id
            mention = self._mentions[index - 1] if index else None
            if mention and text.startswith(", ", mention.end) and self._is_beside(mention, mention.end, at):
                return mention.actor_id
        return None

    def _is_beside(self, mention: Mention, begin: int, end: int) -> bool:
        """Tell whether a mention is a person's and nothing ends between it and a role: from `begin` to `end`."""
        if not 0 <= end - begin <= _NEAR or not mention.actor_id.startswith(_PERSONS):
            return False
        between = self._text[begin:end]
        # A comma may stand before the name itself: the expert of the institute, X.
        return not re.search(r"[.:;\n]", between) and "," not in between[1:].rstrip(" ,")


class SpeakerFinder:
    """The words by which speakers are found who are not named."""

    def __init__(self, readings: Readings) -> None:
        phrases = words_pattern(readings.speakers)
        self._phrases = frozenset(lower(plain(phrase)) for phrase in readings.speakers)
        last_words = frozenset(phrase.rpartition(" ")[2] for phrase in self._phrases)
        self._ends_phrase = Memory(lambda word: lower(plain(word)) in last_words)
        self.phrase_ahead = re.compile(rf"\s*(?:{phrases})(?!\w)", re.IGNORECASE)
        self.again = frozenset(lower(plain(phrase)) for phrase in readings.speakers_again)
        self.function_words = frozenset(map(str.lower, readings.function_words))
        self._roles = frozenset(readings.speaking_roles)

    def role(self, phrase: str) -> str | None:
        """Return the role by which a phrase names a speaker: the lawyer, this university professor."""
        match = _THE_ROLE.match(_TAIL.sub("", phrase))
        return match[1] if match and match[1] in self._roles else None

    def is_title(self, between: str) -> bool:
        """Tell whether what stands between a body and a person is his title: US co-chair of the Minsk Group X."""
        if _TITLE_BETWEEN.match(between):
            return True
        small = [word for word in between.split() if word[:1].islower() and word not in _JOINING]
        plain_words = not self.function_words.intersection(small) and not any(mark in between for mark in ",.;:")
        return plain_words and not self._roles.isdisjoint(small)

    def is_role(self, phrase: str) -> bool:
        """Tell whether a phrase names somebody by what he is: a caterer, political scientist."""
        return phrase.rpartition(" ")[2] in self._roles

    def phrase_length(self, left: str) -> int:
        """Return how long the phrase is with which `left` ends and that names a speaker; 0 where there is none."""
        if not self._ends_phrase[left[max(left.rfind(" "), left.rfind("\n")) + 1 :]]:
            return 0
        words = left.replace("\n", " ").rsplit(" ", 3)[-3:]
        for number in range(len(words)):
            phrase = " ".join(words[number:])
            if lower(plain(phrase)) in self._phrases:
                return len(phrase)
        return 0

    def of(self, document: Document, mentions: list[Mention]) -> Speakers:
        """Return the possible speakers of an article."""
        return Speakers(self, document, mentions)


def _without_auxiliaries(left: str) -> str:
    """Return what stands before a verb without has, had, also and their like."""
    stripped = left.rstrip(" ,")
    while (cut := stripped.rfind(" ")) >= 0 and stripped[cut + 1 :] in _AUXILIARIES:
        stripped = stripped[:cut].rstrip(" ,")
    return stripped


def _named(match: re.Match[str]) -> tuple[int, int]:
    """Return where the name or phrase in a match stands, without space and trade before it."""
    if match.re is _RUN_AHEAD:
        return match.span(1)
    return match.end() - len(match[0].lstrip()), match.end()
