"""Where a pattern can match at all: the literal texts that stand at its beginning, or somewhere inside it.

Trying a hundred patterns on every article would cost more than everything else that cleaning does. All their literals
together are one automaton, which reads an article once; a pattern is then tried only where one of its own literals
stands. The literals are read from the patterns themselves, so that a rule and its trigger cannot drift apart.

Belongs here: deriving literals and finding them. Does not belong here: what a rule does (repairs.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from re import _constants as op  # the parsed form of a pattern has no public name
from re import _parser as parser

from ahocorasick_rs import AhoCorasick, Implementation

# A character class or a list of words is spelt out as long as no more literals than this come of it.
MAX_LITERALS = 3000
# A literal lighter than this stands in nearly every text and tells nothing.
MIN_WEIGHT = 3


@dataclass(frozen=True)
class Trigger:
    """Literals of which one stands in every match: `before_match` characters before its start, or (None) anywhere."""

    literals: frozenset[str]
    before_match: int | None

    @property
    def strength(self) -> tuple[int, int, int]:
        """How seldom it will be found: long literals first, then those that say where, then few of them."""
        return min(map(_weight, self.literals)), self.before_match is not None, -len(self.literals)


def trigger(pattern: re.Pattern[str]) -> Trigger | None:
    """Return the strongest trigger of `pattern`; None where it has none worth looking for."""
    if pattern.flags & re.IGNORECASE:
        return None
    found = _Literals(list(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))).triggers
    return max(found, key=lambda one: one.strength, default=None)


class _Literals:
    """Walks a parsed pattern and collects its triggers."""

    def __init__(self, items: Sequence, run: frozenset[str] = frozenset({""}), before_match: int | None = 0) -> None:
        self.triggers: list[Trigger] = []
        self.run, self.before_match = run, before_match  # literals that end here, and where they began
        self.exact = True  # whether the run is all that was walked so far
        for kind, argument in items:
            self._walk(kind, argument)
        self._close()

    def _walk(self, kind: object, argument: object) -> None:
        if kind is op.AT or kind is op.ASSERT_NOT:
            return  # takes no characters
        if kind is op.SUBPATTERN:
            _, added, removed, inner = argument
            if added or removed:
                self._break()
                return
            for item in inner:
                self._walk(*item)
        elif kind is op.ASSERT:
            self._look(*argument)
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            self._repeat(*argument)
        elif kind is op.BRANCH:
            self._branch(argument[1])
        else:
            self._extend(_spelt_out(kind, argument))

    def _look(self, direction: int, inner: Sequence) -> None:
        if direction > 0:
            self.triggers += _Literals(list(inner), self.run, self.before_match).triggers
            return
        behind = _Literals(list(inner), before_match=None)
        self.triggers += behind.triggers
        lengths = {len(literal) for literal in behind.run}
        if self.run == {""} and self.before_match == 0 and len(lengths) == 1:
            self.run, self.before_match = behind.run, lengths.pop()

    def _repeat(self, least: int, most: int, inner: Sequence) -> None:
        if least == 0:
            optional = _Literals(list(inner))
            if most == 1 and optional.exact and len(self.run) * (len(optional.run) + 1) <= MAX_LITERALS:
                self.run |= {head + tail for head in self.run for tail in optional.run}
            else:
                self._break()
            return
        for _ in range(min(least, 4)):
            for item in inner:
                self._walk(*item)
        if most != least or least > 4:
            self._break()

    def _branch(self, alternatives: Iterable[Sequence]) -> None:
        walked = [_Literals(list(items), before_match=None) for items in alternatives]
        if all(one.exact for one in walked):
            self._extend(frozenset().union(*(one.run for one in walked)))
            return
        strongest = [max(one.triggers, key=lambda found: found.strength, default=None) for one in walked]
        self._break()
        if all(strongest):
            self._note(frozenset().union(*(one.literals for one in strongest)), None)

    def _extend(self, choices: frozenset[str] | None) -> None:
        if choices is None:
            self._break()
        elif len(self.run) * len(choices) <= MAX_LITERALS:
            self.run = frozenset(head + tail for head in self.run for tail in choices)
        else:
            self._break()
            if len(choices) <= MAX_LITERALS:
                self.run = choices

    def _break(self) -> None:
        self._close()
        self.run, self.before_match, self.exact = frozenset({""}), None, False

    def _close(self) -> None:
        self._note(self.run, self.before_match)

    def _note(self, literals: frozenset[str], before_match: int | None) -> None:
        if min(map(_weight, literals), default=0) >= MIN_WEIGHT:
            self.triggers.append(Trigger(literals, before_match))


def _weight(literal: str) -> int:
    """Return how much a literal tells: its length, and more where it is no plain ASCII, as quotation marks are."""
    return len(literal) + (0 if literal.isascii() else 2)


def _spelt_out(kind: object, argument: object) -> frozenset[str] | None:
    """Return the characters that one item stands for; None where they are too many or not known."""
    if kind is op.LITERAL:
        return frozenset({chr(argument)})
    if kind is not op.IN:
        return None
    characters: set[str] = set()
    for part, value in argument:
        if part is op.LITERAL:
            characters.add(chr(value))
        elif part is op.RANGE and value[1] - value[0] < 64:
            characters.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(characters)


class PatternSet:
    """Patterns that are tried together on one text."""

    def __init__(self, patterns: Sequence[re.Pattern[str] | None]) -> None:
        self.patterns = patterns
        self._triggers = [trigger(pattern) if pattern is not None else None for pattern in patterns]
        owners: dict[str, list[int]] = {}
        for number, found in enumerate(self._triggers):
            for literal in sorted(found.literals) if found else ():
                owners.setdefault(literal, []).append(number)
        self._owners = list(owners.values())
        self._automaton = AhoCorasick(list(owners), implementation=Implementation.DFA) if owners else None

    def places(self, text: str) -> dict[int, list[int] | None]:
        """Return, for each pattern that may match in `text`, the starts of its possible matches (None: unknown)."""
        found: dict[int, list[int] | None] = {
            number: None
            for number, pattern in enumerate(self.patterns)
            if pattern is not None and self._triggers[number] is None
        }
        if self._automaton is None:
            return found
        for literal, start, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
            for number in self._owners[literal]:
                before_match = self._triggers[number].before_match
                if before_match is None:
                    found[number] = None
                else:
                    found.setdefault(number, []).append(start + before_match)
        return found

    def matches(self, number: int, text: str, starts: list[int] | None) -> Iterator[re.Match[str]]:
        """Yield the matches of one pattern, as `finditer` would, with the starts that `places` gave for this text."""
        pattern = self.patterns[number]
        if starts is None:
            yield from pattern.finditer(text)
            return
        done = 0
        for start in sorted(set(starts)):
            if start >= done and (match := pattern.match(text, start)):
                yield match
                done = match.end()
