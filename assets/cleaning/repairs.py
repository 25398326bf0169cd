"""Mending what machine translation broke, by the rules of `config/repairs.yaml`.

Belongs here: running the rules as layers of edits, and the gate that says whether a text needs them.
Does not belong here: the rules themselves (config), characters (characters.py), whole pages (furniture.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from assets.cleaning.edits import Edit, EditedText, removal
from assets.cleaning.rules import SPLITTER_WORDS, RepairRule, RepairRules
from assets.cleaning.triggers import PatternSet
from assets.cleaning.words import WordSplitter, doubled_clauses, sentence_ends


class Mender:
    """Applies the repair rules."""

    def __init__(self, rules: RepairRules) -> None:
        self.rules = rules
        patterns = [rules.pattern(rule) if rule.splitter is None else None for rule in rules.rules]
        self._patterns = PatternSet(patterns)
        self._splitter = WordSplitter(**{name: frozenset(rules.words[name]) for name in SPLITTER_WORDS})
        self._glued_kinds = {rule.kind for rule in rules.rules if rule.splitter in ("sentences", "likely_sentences")}
        self._last_scan = _Scan(self, "")

    def shows_translation(self, text: str) -> bool:
        """Return whether the text by itself shows that a machine translated it."""
        gate = self.rules.gate
        signs = self.signs(text)
        score = sum(signs.values())
        if len(signs) < gate.min_kinds or score < gate.min_score:
            return False
        return score * 1000 / max(len(text.split()), 1) >= gate.min_score_per_1000_words

    def signs(self, text: str) -> dict[str, float]:
        """Return the weighted number of damages in a text, by kind."""
        signs: dict[str, float] = {}
        scan = self._scan(text)
        for index, rule in enumerate(self.rules.rules):
            if rule.sign and (places := len(scan.places(index))):
                signs[rule.kind] = signs.get(rule.kind, 0) + places * rule.sign
        return signs

    def lacks_spaces(self, text: str) -> bool:
        """Return whether a space between two sentences is missing, beyond doubt."""
        return any(is_certain for _, is_certain in self._scan(text).missing_spaces)

    def is_broken(self, text: str) -> bool:
        """Return whether the text by itself shows that it loses spaces; a single slip among many sentences does not."""
        missing = self._scan(text).missing_spaces
        if len(missing) != 1:
            return len(missing) > 1
        if self.signs(text).keys() - self._glued_kinds:
            return True
        return self.rules.gate.slip_share * (1 + sentence_ends(text)) <= 1

    def mend(self, text: EditedText, machine_translated: bool, broken: bool = False) -> None:
        """Apply every rule that may fire, one after the other; `broken` is what the source is known for."""
        broken = broken or machine_translated or self.is_broken(text.text)
        allowed = {"any": True, "broken": broken, "machine_translated": machine_translated}
        for index, rule in enumerate(self.rules.rules):
            if allowed[rule.where] and (places := self._scan(text.text).places(index)):
                text.change([edit for edits in places for edit in edits])

    def _scan(self, text: str) -> _Scan:
        """Return the scan of `text`; the last one is kept, since gate and repair ask about the same text in turn."""
        if self._last_scan.text != text:
            self._last_scan = _Scan(self, text)
        return self._last_scan

    def _find(self, index: int, text: str, starts: list[int] | None) -> Iterator[list[Edit]]:
        """Yield, for every place where a rule fires, its edits."""
        rule = self.rules.rules[index]
        if rule.splitter == "doubled":
            for start, end in doubled_clauses(text):
                yield [removal(text, start, end, rule.kind)]
            return
        if rule.splitter is not None:
            for position in self._spaces(rule.splitter, text):
                yield [Edit(position, position, " ", rule.kind)]
            return
        for match in self._patterns.matches(index, text, starts):
            yield list(_edits(rule, match, text))

    def _spaces(self, splitter: str, text: str) -> Iterator[int]:
        if splitter in ("capitals", "words"):
            return self._splitter.capitals(text) if splitter == "capitals" else self._splitter.words(text)
        missing = self._scan(text).missing_spaces
        return (position for position, is_certain in missing if is_certain == (splitter == "sentences"))


class _Scan:
    """What the rules find in one text, each of them looked for once, and only when asked."""

    def __init__(self, mender: Mender, text: str) -> None:
        self.text = text
        self._mender = mender
        self._triggered = mender._patterns.places(text)
        self._places: dict[int, list[list[Edit]]] = {}

    @cached_property
    def missing_spaces(self) -> list[tuple[int, bool]]:
        """Where a space between two sentences is missing, and whether that is beyond doubt."""
        return list(self._mender._splitter.missing_spaces(self.text))

    def places(self, index: int) -> list[list[Edit]]:
        """Return, for every place where the rule fires, its edits."""
        if index not in self._triggered and self._mender.rules.rules[index].splitter is None:
            return []
        if index not in self._places:
            self._places[index] = list(self._mender._find(index, self.text, self._triggered.get(index)))
        return self._places[index]


def _edits(rule: RepairRule, match: re.Match[str], text: str) -> Iterator[Edit]:
    for action in match.re.groupindex:
        start, end = match.span(action)
        if start < 0:
            continue
        if action == "cut":
            yield removal(text, start, end, rule.kind)
        elif action == "space":
            yield Edit(start, end, " ", rule.kind)
        elif action == "swap":
            after = rule.swaps.get(match[action], rule.swap)
            yield Edit(start, end, _with_case_of(text[start:end], after), rule.kind)
        else:
            changed = match[action].lower() if action == "lower" else match[action].upper()
            yield Edit(start, end, changed, rule.kind)


def _with_case_of(before: str, after: str) -> str:
    """Return the replacement with a capital where the replaced words began with one."""
    return after[:1].upper() + after[1:] if before[:1].isupper() else after
