"""Persons whom no list knows, found by their form and by what stands around them.

Belongs here: which capitalised words are a person's name, and which short names belong to it.
Does not belong here: what a single word can be (names.py), bodies (unknown_bodies.py), who is on a list (persons.py).

Capitalised words that follow each other are cut where no name goes on (The, President, Tuesday, a listed actor). What
is left is a person's name where the evidence says so: a given name of the list first, initials first, a title before,
the ending of a surname; or, for words that no list has, a role or age after it, a verb of speech beside it, or its last
word alone elsewhere in the article. The surname of a name found, and a given name that only one of them bears, then
name the same person wherever they stand alone. It is all passes and look-ups: the time is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from assets.tagging import confidence
from assets.tagging.document import Document, Mention
from assets.tagging.folding import lower, plain, words_pattern
from assets.tagging.local_ids import LocalIds, spelling_key
from assets.tagging.memory import Memory
from assets.tagging.names import (
    CAPITALS,
    COMMON,
    CORPORATE,
    DOUBTFUL,
    EITHER,
    ENDING,
    FUNCTION,
    GENERIC,
    GIVEN,
    HONORIFIC,
    INITIAL,
    NEVER,
    PAIRED,
    PARTICLE,
    PATRONYMIC,
    PLACE,
    RARE_WORD,
    SUFFIX,
    SURNAME,
    TITLE,
    WORD,
    UnknownActors,
    WordKinds,
)
from assets.tagging.rules import Readings

_CAPITAL = r"(?:(?:[Aa][lnrstdz]|[Ee]l)-)?[A-Z][\w.'-]*"
# A full name has at most so many words, initials and particles aside.
_LONGEST = 4
_MOST_WORDS = 12
_NAMED = GIVEN | SURNAME | ENDING
# Surnames shorter than this are not looked for by themselves.
_SHORTEST = 3
_AGE = re.compile(r" ?\(\d\d\)|, (?:aged )?\d\d(?=[,.;])| aged \d\d")
_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|from|to|into|around|outside) $")


@dataclass(slots=True)
class _Piece:
    """Capitalised words that may be a name: where they stand, and what each of them can be."""

    start: int
    end: int
    words: list[str]
    kinds: list[int]
    titled: int
    rule: str = ""

    def at(self, place: int) -> _Piece:
        """Return the piece as it stands in a text, in a run that begins at `place`."""
        return _Piece(self.start + place, self.end + place, self.words, self.kinds, self.titled)


class _Cutter:
    """Cuts a run of capitalised words into what may be a name, or is a company's."""

    def __init__(self, kinds: WordKinds, abbreviations: frozenset[str]) -> None:
        self._kinds = kinds
        self._abbreviations = abbreviations

    def cut(self, run: str) -> tuple[_Piece, ...]:
        """Return the pieces of `run`, each from where it begins."""
        return tuple(piece for piece in self._pieces(run) if _may_be_name(piece))

    def _pieces(self, run: str) -> Iterator[_Piece]:
        kinds_of = self._kinds
        words: list[str] = []
        kinds: list[int] = []
        at = start = end = titled = 0
        for word in run.split(" "):
            word_end = at + len(word)
            kind = kinds_of[word]
            ends = False
            if word.endswith("'s"):
                word, kind, ends = word[:-2], kinds_of[word[:-2]], True
            elif word[-1] == "'" or (word[-1] == "." and not kind & INITIAL and word[:-1] not in self._abbreviations):
                word, ends = word[:-1], True
            cut = kind & (FUNCTION | TITLE)
            if cut & TITLE and kind & SURNAME and len(kinds) == 1 and kinds[0] & GIVEN and word_end == len(run):
                cut = 0  # Larry King, John Major
            if cut:
                if words:
                    yield _Piece(start, end, words, kinds, titled)
                words, kinds = [], []
                titled = kind & (TITLE | HONORIFIC)
            elif words or not kind & PARTICLE:
                if not words:
                    start = at
                words.append(word)
                kinds.append(kind)
                end = at + len(word)
            if ends and words:
                yield _Piece(start, end, words, kinds, titled)
                words, kinds = [], []
            if ends:
                titled = 0
            at = word_end + 1
        if words:
            yield _Piece(start, end, words, kinds, titled)


class UnknownPersons:
    """Finds persons whom no list knows."""

    def __init__(self, kinds: WordKinds, words: UnknownActors, readings: Readings, ids: LocalIds) -> None:
        self._kinds = kinds
        self._keys = Memory(spelling_key)
        cutter = _Cutter(kinds, frozenset((*readings.abbreviations, *readings.honorifics)))
        self._cut = Memory(cutter.cut)
        self._names = Memory(self._names_in)
        self._ids = ids
        particles = words_pattern(words.particles)
        # A character class comes first, since that is what the expression engine skips ahead by.
        more = rf"(?: (?:(?:{particles}) ){{0,2}}{_CAPITAL})+"
        self._run = re.compile(rf"[A-Z](?<![\w.'-][A-Z])(?:[\w.'-]*{more}|\.-?(?:[A-Z]\.-?){{0,3}}[A-Z][a-z][\w'-]*)")
        self._single = re.compile(r"[A-Z](?<![\w'.-][A-Z])[a-z][\w-]+")
        self._small_titles = frozenset(lower(plain(title)) for title in words.titles)
        speech = words_pattern([word for word in readings.speech if " " not in word])
        self._acting = frozenset(readings.speech) | {"who", "has", "had"}
        self._speech_after = re.compile(rf",? (?:also |later |earlier |has |had )?(?:{speech})(?!\w)")
        self._speech_before = re.compile(rf"(?<!\w)(?:{speech}) $")
        roles = words_pattern(words.roles)
        self._role_after = re.compile(
            rf", (?:(?:an?|the|its|his|her|their) )?(?:[\w'-]+ ){{0,3}}(?:{roles})(?!\w)", re.IGNORECASE
        )
        self._named_after = frozenset(words.named_after)
        self._media_before = frozenset(words.media_before)
        self._places = kinds.places

    def mentions(self, document: Document, runs: list[tuple[int, str]], taken: list[tuple[int, int]]) -> list[Mention]:
        """Return the persons in `runs` of words whom no list knows; `taken` is where listed actors stand, in order."""
        accepted: list[_Piece] = []
        waiting: list[_Piece] = []
        bodies: set[str] = set()
        for piece in self._pieces(runs, taken):
            if piece.kinds[-1] & CORPORATE:
                bodies.add(" ".join(piece.words[:2]))
                continue
            rule = self._rule(document.plain, piece)
            if rule:
                piece.rule = rule
                accepted.append(piece)
            elif rule is None:
                waiting.append(piece)
        accepted = [piece for piece in accepted if piece.titled or " ".join(piece.words[:2]) not in bodies]
        accepted.extend(self._by_context(document.plain, waiting, bodies))
        if not accepted:
            return []
        found, cast = self._named(accepted)
        found.extend(list(self._short_names(document, found, cast, taken)))
        found.sort(key=lambda mention: mention.start)
        return [mention for mention in found if mention.actor_id]

    def _pieces(self, runs: list[tuple[int, str]], taken: list[tuple[int, int]]) -> Iterator[_Piece]:
        """Yield what is left of each run when it is cut where no name goes on."""
        starts = [start for start, _ in taken]
        names, pieces_of = self._names, self._cut
        for at, run in runs:
            for offset, name in names[run]:
                start = at + offset
                stop = start + len(name)
                near = bisect_left(starts, stop)
                if near == 0 or taken[near - 1][1] <= start:
                    free = ((start, name),)
                elif taken[near - 1][0] > start or taken[near - 1][1] < stop:
                    free = _free_parts(name, start, taken, starts)
                else:
                    continue
                for place, part in free:
                    for piece in pieces_of[part]:
                        yield piece.at(place)

    def _names_in(self, run: str) -> tuple[tuple[int, str], ...]:
        return tuple((match.start(), match[0]) for match in self._run.finditer(run))

    def _rule(self, text: str, piece: _Piece) -> str | None:
        """Return the rule by which a piece is a person's name, "" where it is none, None where the context decides."""
        words, kinds = piece.words, piece.kinds
        first, last = kinds[0], kinds[-1]
        count = len(kinds) - sum(1 for kind in kinds if kind & PARTICLE or kind == INITIAL)
        before = text[max(0, piece.start - 24) : piece.start]
        # The analyst X; said its secretary, X
        if not piece.titled and _word_before(before).rstrip(",") in self._small_titles:
            piece.titled = TITLE
        if _word_after(text, piece.end) in self._named_after or _word_before(before) in self._media_before:
            return ""
        if len(kinds) == 1:
            return self._rule_of_one(words[0], first, piece.titled)
        if text.startswith(" &", piece.end) or before.endswith("& ") or " ".join(words).lower() in self._places:
            return ""
        if not piece.titled and before[-4:].lower() == "the " and not (first & GIVEN and last & SURNAME):
            return ""
        placed = last & PLACE and not last & _NAMED
        if first & INITIAL:
            return "" if placed else "initials_and_surname"
        if last & COMMON:
            return ""
        if last & EITHER and count > 2:
            return ""
        if first & GIVEN and not placed:
            return "given_name"
        if last & EITHER:
            return ""
        if last & PAIRED:
            return "surname_first"
        if piece.titled and not first & COMMON and not placed:
            return "title"
        if first & COMMON:
            return ""
        if first & DOUBTFUL and last & (SURNAME | ENDING) and not last & PLACE:
            return "doubtful_given_name"
        if last & ENDING and not (first | last) & PLACE:
            return "surname_ending"
        if any(kind & GIVEN for kind in kinds[1:-1]):
            return "given_name_inside"
        return None

    def _rule_of_one(self, word: str, kinds: int, titled: int) -> str:
        if len(word) < _SHORTEST or kinds & (PLACE | CAPITALS | EITHER | COMMON | DOUBTFUL | GENERIC):
            return ""
        if kinds & INITIAL:
            return "initials_and_surname"
        return "title" if titled & HONORIFIC else ""

    def _by_context(self, text: str, waiting: list[_Piece], bodies: set[str]) -> Iterator[_Piece]:
        """Yield the pieces of words that no list has which what stands around them makes a person's name."""
        alone: set[str] | None = None
        for piece in waiting:
            if " ".join(piece.words[:2]) in bodies:
                continue
            before = text[max(0, piece.start - 24) : piece.start]
            first, last = piece.kinds[0], piece.kinds[-1]
            doubtful = first & DOUBTFUL
            if (last | (0 if doubtful else first)) & (WORD | EITHER) or _PLACE_BEFORE.search(before):
                continue
            likely = last & (SURNAME | ENDING | GIVEN) or first & (DOUBTFUL | SURNAME)
            if self._role_after.match(text, piece.end) or _AGE.match(text, piece.end):
                piece.rule = "role_after"
            elif (likely and self._speaks(text, piece, before)) or (
                doubtful and _word_after(text, piece.end) in self._acting
            ):
                piece.rule = "speech"
            else:
                if alone is None:
                    alone = self._words_alone(text, {word for one in waiting for word in (one.words[0], one.words[-1])})
                if piece.words[-1] in alone and piece.words[0] not in alone:
                    piece.rule = "repeated_surname"
            if piece.rule:
                yield piece

    def _speaks(self, text: str, piece: _Piece, before: str) -> bool:
        return bool(self._speech_after.match(text, piece.end) or self._speech_before.search(before))

    def _words_alone(self, text: str, words: set[str]) -> set[str]:
        """Return those of `words` that stand somewhere without a capitalised one beside them, and as a person would."""
        return {
            match[0]
            for match in self._single.finditer(text)
            if match[0] in words and self._acts(text, *match.span()) and not self._beside(text, *match.span())
        }

    def _acts(self, text: str, start: int, end: int) -> bool:
        before = _word_before(text[max(0, start - 24) : start])
        return _word_after(text, end) in self._acting or bool(self._kinds[before] & HONORIFIC)

    def _named(self, pieces: list[_Piece]) -> tuple[list[Mention], _Cast]:
        """Return the mentions of the pieces, and who they are."""
        cast = _Cast(self._ids)
        found: list[Mention] = []
        # Full names come first, so that initials and titles find whom they belong to wherever they stand.
        for piece in sorted(pieces, key=lambda piece: (not _is_full(piece), piece.start)):
            actor_id = cast.add(_Name(piece, self._keys), piece.start)
            sure = confidence.UNKNOWN_PERSON[piece.rule]
            found.append(Mention(piece.start, piece.end, actor_id, "unknown", sure, f"unknown_{piece.rule}"))
        cast.places.sort(key=lambda place: place[0])
        return found, cast

    def _short_names(
        self, document: Document, found: list[Mention], cast: _Cast, taken: list[tuple[int, int]]
    ) -> Iterator[Mention]:
        """Yield where a surname, or the given name that one person of the article bears, stands by itself."""
        text, keys, kinds_of = document.plain, self._keys, self._kinds
        covered = sorted([*taken, *((mention.start, mention.end) for mention in found)])
        starts = [start for start, _ in covered]
        latest = dict(cast.first)
        places = iter([*cast.places, (len(text) + 1, "", None)])
        place = next(places)
        listed: set[str] | None = None
        for match in self._single.finditer(text):
            word = match[0]
            key = keys[word]
            if key in latest:
                rule = "short_name"
            elif key in cast.by_given:
                rule = "given_name_alone"
            else:
                continue
            start, end = match.span()
            while place[0] < start:
                latest[place[1]] = place[2]
                place = next(places)
            if not _is_free(covered, starts, start, end):
                continue
            headline = end <= document.title_end and document.title_is_capitalised
            if headline and rule == "short_name":
                start = self._with_given_name(text, start, cast, key)
            elif self._beside(text, start, end):
                continue
            kinds = kinds_of[word]
            if kinds & (GIVEN | DOUBTFUL | EITHER | PLACE | TITLE) and lower(word) in document.words:
                continue
            actor_id = latest.get(key)  # of two who share a surname, the one named last before
            if rule == "given_name_alone":
                if listed is None:
                    listed = {name for at, stop in taken for name in text[at:stop].split(" ")}
                surname, actor_id = cast.by_given[key]
                if word in listed or surname is None:
                    continue
            sure = confidence.UNKNOWN_PERSON[rule]
            yield Mention(start, end, actor_id, "unknown", sure, f"unknown_{rule}")

    def _with_given_name(self, text: str, start: int, cast: _Cast, surname: str) -> int:
        """Return where a name begins whose surname stands at `start` in a headline of capitals."""
        word = _word_before(text[max(0, start - 24) : start])
        bearer = cast.by_given.get(self._keys[word]) if word else None
        return start - len(word) - 1 if bearer and bearer[0] == surname else start

    def _beside(self, text: str, start: int, end: int) -> bool:
        """Tell whether a word beside a short name makes it part of something else."""
        after = _word_after(text, end)
        if after[:1].isupper() and not self._kinds[after] & (FUNCTION | TITLE):
            return True
        before = _word_before(text[max(0, start - 24) : start])
        if after in self._named_after or after == "&" or before == "&":
            return True
        return (
            before[:1].isupper()
            and before[-1] not in ".,;:!?"
            and not self._kinds[before] & (FUNCTION | TITLE | COMMON)
        )


class _Name:
    """What a piece says of a name: the keys of its words, without what spellings of one name may leave out."""

    def __init__(self, piece: _Piece, keys: Memory[str]) -> None:
        kept = [
            (word.rpartition(".")[2] if kind & INITIAL else word, kind)
            for word, kind in zip(piece.words, piece.kinds, strict=True)
            if kind != INITIAL and not kind & (PARTICLE | SUFFIX)
        ] or [(piece.words[-1], piece.kinds[-1])]  # all initials and particles: V. Al
        if len(kept) > 1 and kept[-1][1] & PAIRED:  # Kim Jong-un: the surname stands first
            kept = [*kept[1:], kept[0]]
        self.surname = keys[kept[-1][0].removeprefix("al-").removeprefix("Al-").removeprefix("El-")]
        others = [keys[word] for word, kind in kept[:-1] if not (kind & PATRONYMIC and len(kept) > 2)]
        self.given = others[0] if others else ""
        self.goes_alone = len(kept) > 1 and bool(kept[0][1] & GIVEN) and not kept[0][1] & (PLACE | TITLE)
        has_initial = bool(piece.kinds[0] & INITIAL)
        self.initial = piece.words[0][0].lower() if has_initial or others else ""
        self.keys = (
            [*others, self.surname] if others else [f"{self.initial}.", self.surname] if has_initial else [self.surname]
        )


class _Cast:
    """The persons found in an article; ids are None where the analyst has banned them."""

    def __init__(self, ids: LocalIds) -> None:
        self._ids = ids
        self._by_initial: dict[tuple[str, str], str | None] = {}
        self.first: dict[str, str | None] = {}  # by surname, who was named first
        self.by_given: dict[str, tuple[str | None, str | None]] = {}  # surname and id; no surname where several bear it
        self.places: list[tuple[int, str, str | None]] = []  # where a surname stood, and whose it was

    def add(self, name: _Name, start: int) -> str | None:
        """Return the id of who bears `name`: where it has no given name, somebody's found before whom it fits."""
        initialled = (name.surname, name.initial)
        if not name.given and not name.initial and name.surname in self.first:
            actor_id = self.first[name.surname]
        elif not name.given and initialled in self._by_initial:
            actor_id = self._by_initial[initialled]
        else:
            actor_id = self._ids.of("person", name.keys)
            self.first.setdefault(name.surname, actor_id)
            self._by_initial.setdefault(initialled, actor_id)
            if name.goes_alone:
                known = self.by_given.setdefault(name.given, (name.surname, actor_id))
                if known[1] != actor_id:
                    self.by_given[name.given] = (None, None)
        self.places.append((start, name.surname, actor_id))
        return actor_id


def _may_be_name(piece: _Piece) -> bool:
    """Cut off what is no part of a name; tell whether a name, or a company's, can be left, whatever stands around."""
    words, kinds = piece.words, piece.kinds
    if len(kinds) > _MOST_WORDS:
        return False
    # Critics Ivan Petrov; Agronomist Lala Huseynqizi
    while len(kinds) > 2 and (kinds[0] & COMMON or (kinds[0] & RARE_WORD and kinds[1] & GIVEN)):
        piece.start += len(words[0]) + 1
        del words[0], kinds[0]
    while len(kinds) > 1 and kinds[-1] & (PARTICLE | SUFFIX):
        piece.end -= len(words[-1]) + 1
        del words[-1], kinds[-1]
    if any(kind & NEVER for kind in kinds):
        return bool(kinds[-1] & CORPORATE)
    if len(kinds) == 1:
        return bool(kinds[0] & INITIAL or piece.titled & HONORIFIC) and kinds[0] != INITIAL
    count = len(kinds) - sum(1 for kind in kinds if kind & PARTICLE or kind == INITIAL)
    return 0 < count <= _LONGEST and kinds[-1] != INITIAL and not all(kind & CAPITALS for kind in kinds)


def _free_parts(run: str, at: int, taken: list[tuple[int, int]], starts: list[int]) -> Iterator[tuple[int, str]]:
    """Yield the parts of a run that begins at `at` whose words nothing of a list touches, and where they begin."""
    words: list[str] = []
    begin = place = at
    for word in run.split(" "):
        if _is_free(taken, starts, place, place + len(word)):
            if not words:
                begin = place
            words.append(word)
        elif words:
            yield begin, " ".join(words)
            words = []
        place += len(word) + 1
    if words:
        yield begin, " ".join(words)


def _is_full(piece: _Piece) -> bool:
    return sum(1 for kind in piece.kinds if not kind & (PARTICLE | SUFFIX | INITIAL)) > 1


def _is_free(taken: list[tuple[int, int]], starts: list[int], start: int, end: int) -> bool:
    """Tell whether nothing of a list stands between `start` and `end`."""
    near = bisect_left(starts, end)
    return near == 0 or taken[near - 1][1] <= start


def _word_before(before: str) -> str:
    """Return the last word of `before` where a space follows it, else nothing."""
    return before[:-1].rsplit(" ", 1)[-1] if before[-1:] == " " else ""


def _word_after(text: str, end: int) -> str:
    """Return the word after a space at `end`, without marks at its end, else nothing."""
    return text[end + 1 : end + 24].split(" ", 1)[0].rstrip(".,;:!?)") if text[end : end + 1] == " " else ""
