"""Mending what machine translation broke, by the rules of `config/repairs.yaml`.

Belongs here: running the rules as layers of edits, and the gate that says whether a text needs them.
Does not belong here: the rules themselves (config), characters (characters.py), whole pages (furniture.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from assets.cleaning.edits import Edit, EditedText, removal
from assets.cleaning.rules import SPLITTER_WORDS, RepairRule, RepairRules
from assets.cleaning.words import WordSplitter


@dataclass(frozen=True)
class Mender:
    """Applies the repair rules."""

    rules: RepairRules

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str] | None, ...]:
        return tuple(self.rules.pattern(rule) if rule.find is not None else None for rule in self.rules.rules)

    @cached_property
    def _splitters(self) -> dict[str, Callable[[str], Iterator[int]]]:
        lists = {name: frozenset(self.rules.words[name]) for name in SPLITTER_WORDS}
        splitter = WordSplitter(**lists)
        return {"sentences": splitter.sentences, "capitals": splitter.capitals, "words": splitter.words}

    def shows_translation(self, text: str) -> bool:
        """Return whether the text by itself shows that a machine translated it."""
        gate = self.rules.gate
        signs = self.signs(text)
        score = sum(signs.values())
        words = max(len(text.split()), 1)
        return (
            len(signs) >= gate.min_kinds
            and score >= gate.min_score
            and score * 1000 / words >= gate.min_score_per_1000_words
        )

    def signs(self, text: str) -> dict[str, float]:
        """Return the weighted number of damages in a text, by kind."""
        signs: dict[str, float] = {}
        for index, rule in enumerate(self.rules.rules):
            if rule.sign and (places := sum(1 for _ in self._places(index, text))):
                signs[rule.kind] = signs.get(rule.kind, 0) + places * rule.sign
        return signs

    def mend(self, text: EditedText, machine_translated: bool) -> None:
        """Apply every rule that may fire, one after the other."""
        for index, rule in enumerate(self.rules.rules):
            if rule.where == "machine_translated" and not machine_translated:
                continue
            text.change([edit for edits in self._places(index, text.text) for edit in edits])

    def _places(self, index: int, text: str) -> Iterator[list[Edit]]:
        """Yield, for every place where a rule fires, its edits."""
        rule, pattern = self.rules.rules[index], self._patterns[index]
        if pattern is None:
            for position in self._splitters[rule.splitter or ""](text):
                yield [Edit(position, position, " ", rule.kind)]
            return
        for match in pattern.finditer(text):
            yield list(_edits(rule, match, text))


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
            yield Edit(start, end, _with_case_of(text[start:end], rule.swap), rule.kind)
        else:
            changed = match[action].lower() if action == "lower" else match[action].upper()
            yield Edit(start, end, changed, rule.kind)


def _with_case_of(before: str, after: str) -> str:
    """Return the replacement with a capital where the replaced words began with one."""
    return after[:1].upper() + after[1:] if before[:1].isupper() else after
