"""How sure each rule is: the probability that a mention it makes is right.

Belongs here: what is expected of each rule, judged by hand, with its reason; and joining that with what was counted.
Does not belong here: the counts (config/confidence.yaml, written by tools/fit_confidence.py), the threshold for
counting (config/dateline.yaml).

A rule's confidence is the share of its mentions that were right, where the expectation weighs as much as EXPECTED
mentions: a rule seen twice stays near what was expected, one seen two hundred times is what it was.
"""

from __future__ import annotations

FULL_NAME = 0.97  # a person's full name; a namesake is all that can go wrong
OFFICE_AND_NAME = 0.96  # a surname with the office of its bearer directly before it
COUNTRY_NAME = 0.95  # names of countries, regions and organisations
SHORT_NAME = 0.93  # a surname in an article that has the full name
LAST_NAMED = 0.8  # a surname whose last full name before it is this bearer's, where the article names several
SOUNDS_ALIKE = 0.7  # a spelling that sounds like the surname of one person of a country that the article names
INITIALS = 0.93  # E. Macron
GIVEN_NAME_VARIANT = 0.85  # Anthony Blinken
FORMER_NAME = 0.8  # a state or body that is no more
ACRONYM = 0.9  # acronyms mean other things more often than names do
DEMONYM = 0.9  # Turkish, Armenians
OFFICE = 0.9  # the office with its country: the Turkish Foreign Minister
OFFICE_ALONE = 0.85  # a title that only one office has: Secretary of State
OFFICE_IN_PLAY = 0.6  # "the president" where the article has named one president only
BARE_SURNAME = 0.75  # a surname that one person of the authority bears
SURNAME_BY_COUNTRY = 0.7  # several bearers, one of whose countries is in the article
GIVEN_NAME_AS_SURNAME = 0.55  # Michel, where it is a given name of others too and its only bearer in office fits
MISSPELLING = 0.7  # one letter away from a surname of this article
BODY_OF_COUNTRY = 0.9  # the Defence Ministry, with its country beside it
BODY_IN_PLAY = 0.6  # the Defence Ministry, of the country in play
SEAT = 0.9  # Kremlin, White House: never a mere place
GOVERNMENT = 0.8  # a capital that says, wants or signs
CAPITAL = 0.6  # a capital of which the words around tell nothing
CAPITAL_ALONE = 0.4  # the same in an article that has not named the country
PLACE = 0.3  # in Baku, to Moscow: below the counting threshold on purpose
AMBIGUOUS = 0.3  # Georgia beside Atlanta; Jordan before an unknown capitalised word
# A person whom no list knows, by what shows it (unknown.py); measured on news read by eye.
UNKNOWN_PERSON = {
    "given_name": 0.95,
    "initials_and_surname": 0.95,
    "title": 0.93,
    "doubtful_given_name": 0.9,
    "surname_ending": 0.9,
    "surname_first": 0.85,
    "given_name_inside": 0.85,
    "role_after": 0.85,
    "speech": 0.8,
    "repeated_surname": 0.8,
    "given_name_alone": 0.85,
    "short_name": 0.92,
}
UNKNOWN_BODY = 0.85  # a body whom no list knows, by the head of its name and a word that says whose

EXPECTED = 10


def calibrated(expected: float, counted: tuple[int, int] | None) -> float:
    """Return the confidence of a rule of which so many mentions were right, of so many counted."""
    right, of = counted or (0, 0)
    return round((right + EXPECTED * expected) / (of + EXPECTED), 3)
