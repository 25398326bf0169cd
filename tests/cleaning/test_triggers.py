"""Rules are tried only where their literals stand, and find there exactly what they would find everywhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.cleaning.rules import load_repairs
from assets.cleaning.triggers import PatternSet, trigger
from assets.home import DEFAULT_CONFIG, Home

from .damage import texts

RULES = load_repairs(Home(data=DEFAULT_CONFIG, config=DEFAULT_CONFIG))
ALL_RULES = PatternSet([RULES.pattern(rule) for rule in RULES.rules if rule.splitter is None])

# Patterns of every form that a trigger is read from, over letters that make matches likely.
FORMS = [r"abc", r"(?:ab|bc)a+c", r"ab?cab", r"[abc]{3}(?=ab)", r"(?<=ab)cab", r"\bab(?:ca|b) (?=c)", r"(?:abc)*cab", r"a.cab?",
         r"(?<!a)abc", r"^abc|bca$", r"(?=abc)a", r"ab(?:c(?=ab)|bc)", r"(?i:abc)cba", r"(?:a|abca){2}", r"(?<=b.)abc"]  # fmt: skip
ALL_FORMS = PatternSet([re.compile(form, re.MULTILINE) for form in FORMS])


def assert_same_matches(together: PatternSet, text: str) -> None:
    places = together.places(text)
    for number, pattern in enumerate(together.patterns):
        found = together.matches(number, text, places[number]) if number in places else ()
        assert [one.span() for one in found] == [one.span() for one in pattern.finditer(text)], pattern.pattern


@given(texts)
def test_every_rule_finds_what_it_would_find_without_triggers(text: str) -> None:
    assert_same_matches(ALL_RULES, text)


@given(st.text("abc \n", max_size=40))
def test_triggers_lose_no_match_whatever_the_form_of_the_pattern(text: str) -> None:
    assert_same_matches(ALL_FORMS, text)


@pytest.mark.parametrize(
    ("pattern", "literals", "before_match"),
    [
        (r"\b[Ss]now(?=The|for)", {"SnowThe", "Snowfor", "snowThe", "snowfor"}, 0),
        (r"(?<=[.!] )then", {". then", "! then"}, 2),
        (r"\w+ became known", {" became known"}, None),
    ],
)
def test_the_longest_literals_are_the_trigger(pattern: str, literals: set[str], before_match: int | None) -> None:
    found = trigger(re.compile(pattern))
    assert (set(found.literals), found.before_match) == (literals, before_match)


@pytest.mark.parametrize(
    "rule",
    [rule for rule in RULES.rules if rule.splitter is None],
    ids=lambda rule: (rule.find or repr(rule.swaps))[:60],
)
def test_every_rule_has_a_trigger(rule: object) -> None:
    assert trigger(RULES.pattern(rule)), (
        "without one the rule is tried on every article: give it a literal of 3 letters"
    )
