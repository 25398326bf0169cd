"""What the analyst may change about cleaning: `config/repairs.yaml`, `config/furniture.yaml` and `config/dates.yaml`.

Belongs here: the models of these files, their loading, and the version of the rules as a whole.
Does not belong here: applying them (repairs.py, furniture.py, dates.py).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from assets.config import Strict, load_yaml
from assets.home import Home

RULE_FILES = ("repairs.yaml", "furniture.yaml", "dates.yaml")

# The word lists that the splitters need.
SPLITTER_WORDS = ("small_words", "abbreviations", "name_prefixes", "domain_endings", "acronyms")

# What a repair rule does with a named group of its pattern.
ACTIONS = ("cut", "lower", "upper", "space", "swap")


class Gate(Strict):
    """When a text by itself shows that a machine translated it."""

    min_kinds: int = Field(ge=1)
    min_score: float = Field(gt=0)
    min_score_per_1000_words: float = Field(gt=0)
    slip_share: float = Field(ge=0, lt=1)
    reason: str


class RepairRule(Strict):
    """One kind of damage and how it is mended."""

    kind: str = Field(pattern=r"^[a-z_]+$")
    language: str = Field("any", pattern=r"^(any|[a-z]{2,3})$")
    where: Literal["any", "broken", "machine_translated"] = "machine_translated"
    find: str | None = None
    swap: str = ""
    swaps: dict[str, str] = {}
    splitter: Literal["sentences", "likely_sentences", "capitals", "words", "doubled"] | None = None
    sign: float = Field(0, ge=0)
    reason: str

    @model_validator(mode="after")
    def _one_way(self) -> RepairRule:
        if [self.find is not None, bool(self.swaps), self.splitter is not None].count(True) != 1:
            raise ValueError("give one of find (a pattern), swaps (words and what they mean) or splitter")
        return self


class RepairRules(Strict):
    """`config/repairs.yaml`."""

    gate: Gate
    words: dict[str, tuple[str, ...]] = {}
    rules: tuple[RepairRule, ...]

    @model_validator(mode="after")
    def _patterns_compile(self) -> RepairRules:
        missing = [name for name in SPLITTER_WORDS if name not in self.words]
        if missing:
            raise ValueError(f"words lacks the lists {missing}, which the splitters need")
        for rule in self.rules:
            if rule.splitter is None:
                self.pattern(rule)
        return self

    def pattern(self, rule: RepairRule) -> re.Pattern[str]:
        """Return the compiled pattern of `rule`, `{name}` in it standing for the words of that list."""
        if rule.swaps:
            words = "|".join(re.escape(word) for word in sorted(rule.swaps, key=len, reverse=True))
            # Not within a word, nor beside an apostrophe or hyphen (`I’ve` is no Turkish ve).
            return re.compile(rf"(?<![\w’'-])(?P<swap>{words})(?![\w’'-])")
        source = rule.find or ""
        for name, words in self.words.items():
            source = source.replace("{" + name + "}", "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")")
        missing = re.search(r"\{[a-z]\w*\}", source)
        if missing:
            raise ValueError(f"{rule.kind}: unknown word list {missing[0]}; known are {', '.join(self.words)}")
        try:
            pattern = re.compile(source, re.MULTILINE)
        except re.error as error:
            raise ValueError(f"{rule.kind}: find is no pattern: {error}: {rule.find}") from None
        unknown = sorted(set(pattern.groupindex) - set(ACTIONS))
        if unknown or not pattern.groupindex:
            raise ValueError(f"{rule.kind}: find needs groups named {', '.join(ACTIONS)}, and no others; has {unknown}")
        return pattern


class FurnitureRule(Strict):
    """Phrases that belong to the page and not to the article."""

    action: Literal[
        "tail", "teaser", "line", "section", "no_author", "byline", "byline_start", "byline_word", "updated"
    ]
    match: Literal["whole", "start", "pattern"] = "whole"
    language: str = Field("any", pattern=r"^(any|[a-z]{2,3})$")
    phrases: tuple[str, ...]
    reason: str


class ContainerRule(Strict):
    """Words in the class or id of an element by which it is no part of an article."""

    words: tuple[str, ...]
    alone: bool = False  # only where the word is a whole class name
    firm: bool = False  # also where most of the page's prose is in it, unless nothing else is left
    reason: str


class FurnitureRules(Strict):
    """`config/furniture.yaml`."""

    containers: tuple[ContainerRule, ...] = ()
    prose_words: int = Field(ge=1)
    tail_prose_share: float = Field(ge=0, le=1)
    tail_prose_words: int = Field(ge=0)
    teaser_prose_words: int = Field(ge=0)
    rules: tuple[FurnitureRule, ...]

    @model_validator(mode="after")
    def _patterns_compile(self) -> FurnitureRules:
        for action in FurnitureRule.model_fields["action"].annotation.__args__:
            self.pattern(action)
        return self

    @cached_property
    def apart(self) -> re.Pattern[str]:
        """A pattern that finds a container's word in a class or id, be it `share-bar`, `share_bar` or `ShareBar`.

        `has-sidebar` and `label-hidden` say of an element how it looks, not what it is.
        """
        part, alone = (
            "|".join(_in_class_names(word) for rule in self.containers if rule.alone is alone for word in rule.words)
            or "(?!)"
            for alone in (False, True)
        )
        no_trait = "".join(f"(?<!{trait}[-_])" for trait in ("has", "with", "no", "without", "is", "label", "hide"))
        start, end = "(?:(?<![A-Za-z0-9])|(?<=[a-z])(?=[A-Z]))", "(?:(?![A-Za-z0-9])|(?=[A-Z]))"
        return re.compile(rf"{start}{no_trait}(?:{part}){end}|(?<!\S)(?:{alone})(?!\S)")

    @cached_property
    def firm(self) -> frozenset[str]:
        """The firm words, as `apart` finds them but in lower case and without hyphens."""
        return frozenset(word.replace("-", "") for rule in self.containers if rule.firm for word in rule.words)

    def pattern(self, action: str) -> re.Pattern[str]:
        """Return one pattern for all phrases of `action`, to be matched against a whole folded line."""
        alternatives = []
        for rule in self.rules:
            if rule.action != action:
                continue
            for phrase in rule.phrases:
                if rule.match == "pattern":
                    source = phrase
                else:
                    source = re.escape(phrase.casefold()) + (".*" if rule.match == "start" else r"[\s.:…*!»]*")
                try:
                    re.compile(source)
                except re.error as error:
                    raise ValueError(f"{action}: no pattern: {error}: {phrase}") from None
                alternatives.append(source)
        return re.compile("(?:" + "|".join(alternatives or ["(?!)"]) + ")", re.DOTALL)


class DateRules(Strict):
    """`config/dates.yaml`."""

    months: dict[str, tuple[tuple[str, ...], ...]]
    yearless_days: int = Field(ge=0)
    relative: dict[int, tuple[str, ...]] = {}
    coming: dict[str, tuple[str, ...]] = {}
    changed: tuple[str, ...] = ()
    month_first: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _twelve_months(self) -> DateRules:
        for language, months in self.months.items():
            if len(months) != 12:
                raise ValueError(f"months of {language!r}: {len(months)} lists of names; give 12")
        return self

    @cached_property
    def relative_days(self) -> dict[str, int]:
        """How many days after the day it names a word is written, by the word: 1 for `yesterday`."""
        return {word.casefold(): days for days, words in self.relative.items() for word in words}

    @cached_property
    def relative_pattern(self) -> re.Pattern[str]:
        """A pattern for the words of `relative`."""
        return _any_word(self.relative_days)

    @cached_property
    def coming_pattern(self) -> re.Pattern[str]:
        """A pattern for words by which a sentence speaks of what is to come."""
        return _any_word(word for words in self.coming.values() for word in words)

    @cached_property
    def changed_pattern(self) -> re.Pattern[str]:
        """A pattern for words before a date of change, which is no date of publication."""
        return _any_word(self.changed)

    def writes_month_first(self, language: str | None) -> bool | None:
        """Return whether dates in numbers begin with the month where a page declares `language`; None where unknown."""
        tag = (language or "").strip().lower().replace("_", "-")
        if not tag or tag in ("en", "x-default"):
            return None  # British and American pages call themselves English
        return tag in self.month_first

    @cached_property
    def month_numbers(self) -> dict[str, int]:
        """Month number by casefolded name, in all languages."""
        return {
            name.casefold(): number
            for months in self.months.values()
            for number, names in enumerate(months, start=1)
            for name in names
        }

    @cached_property
    def month_names(self) -> frozenset[str]:
        """All names of months, casefolded."""
        return frozenset(self.month_numbers)


def _in_class_names(word: str) -> str:
    return f"[{word[0]}{word[0].upper()}]{word[1:].replace('-', '[-_]?')}"


def _any_word(words: Iterable[str]) -> re.Pattern[str]:
    either = "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def load_repairs(home: Home) -> RepairRules:
    """Return `config/repairs.yaml`; raise ConfigError."""
    return load_yaml(home.config_file("repairs.yaml"), RepairRules)


def load_furniture(home: Home) -> FurnitureRules:
    """Return `config/furniture.yaml`; raise ConfigError."""
    return load_yaml(home.config_file("furniture.yaml"), FurnitureRules)


def load_dates(home: Home) -> DateRules:
    """Return `config/dates.yaml`; raise ConfigError."""
    return load_yaml(home.config_file("dates.yaml"), DateRules)


def cleaning_rules_version(home: Home) -> str:
    """Return a hash of everything that decides how a document is cleaned: the rule files and this room's code."""
    digest = hashlib.sha256()
    code = sorted(path for path in Path(__file__).parent.glob("*.py") if path.name not in ("assets.py", "checks.py"))
    for path in [*(home.config_file(name) for name in RULE_FILES), *code]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
