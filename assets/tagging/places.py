"""Countries, regions and organisations: by name, adjective, acronym, and by the capital that stands for a government.

Belongs here: keeping names apart from the institutions, persons and places that carry them.
Does not belong here: persons and offices.

A country inside the title of an office or ministry is a mention of its own; inside the proper name of something else
(Azerbaijan State University, Bank of America) it is none. A capital is read as a place after "in", "to", "visited" and
their like, and keeps a row with a confidence below the counting threshold.
"""

from __future__ import annotations

import re
from datetime import date

from assets.tagging import confidence
from assets.tagging.document import Document, Mention, Span
from assets.tagging.folding import lower, plain, words_pattern
from assets.tagging.lexicon import Lexicon, Name
from assets.tagging.rules import Readings

_DAY = r"(?:[A-Z][A-Za-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][A-Za-z]{2,8})"
# BAKU, May 8. /TASS/; YEREVAN, FEBRUARY 3, ARMENPRESS.
_DATELINE = re.compile(
    rf"\.?(?:, [A-Z][\w-]+)?(?:(?:,? {_DAY})?[.,]? ?(?:\(|--? |[—–|] |/)|,? {_DAY}[.,]? [A-Z]{{2,}}[\w.]*[ ./])"
)
_NEXT_WORD = re.compile(r" ([A-Z][\w-]*)")
_UNKNOWN_BEFORE = re.compile(r"([A-Z][a-z][\w-]*),? $")
_PREVIOUS_WORD = re.compile(r"([A-Z][\w.-]*) $")
# How far back the words before a capital are looked at.
_REACH = 50
_NOUNS = frozenset({"official", "short", "acronym"})
_PLACES = frozenset({"official", "short", "metonym"})


class PlaceReader:
    """Finds the actors that are no persons."""

    def __init__(self, lexicon: Lexicon, readings: Readings) -> None:
        self._lexicon = lexicon
        heads = words_pattern(readings.institution_heads)
        state = words_pattern(readings.state_institutions)
        self._head_after = re.compile(rf"(?: [A-Z][\w.&-]*){{0,3}}? (?:{heads})(?![\w-])(?!')")
        self._head_before = re.compile(rf"(?<!\w)(?:[A-Z]\w* )?(?:{heads})(?: of| for)(?: the)? $")
        self._state = re.compile(rf"(?<!\w)(?:{state})(?!\w)")
        self._seats = frozenset(map(plain, readings.seats))
        self._agencies = frozenset(map(plain, readings.agency_names))
        self._agency_before = re.compile(rf"(?:(?<!\w)(?:{words_pattern(readings.agency_before)})(?: the)? |/)$", re.I)
        self._agency_after = re.compile(rf"(?:'s)?(?: (?:{words_pattern(readings.agency_after)})(?!\w)|\)? ?[/–—])")
        self._given_places = frozenset(map(plain, readings.places_as_given_names))
        self._company = {
            plain(name): (
                re.compile(rf"(?<!\w)(?:{words_pattern(entry.company)})(?!\w)"),
                frozenset(map(plain, entry.home)),
            )
            for entry in readings.ambiguous
            for name in entry.names
        }
        self._place = re.compile(
            rf"(?<!\w)(?i:{words_pattern(readings.place_before)}|(?:{words_pattern(readings.ways)}) between)(?: the)? "
            r"(?:[A-Z][\w-]+(?:, and |, | and | or )){0,3}$"
        )
        # The Baku Grave Crimes Court, a Moscow pub
        city = words_pattern(readings.city_institutions)
        after = words_pattern(readings.place_after)
        self._place_after = re.compile(rf"(?: (?:{after})|(?: [A-Z][\w-]+){{0,3}}? (?:{city}))(?!\w)")
        self._government_from = re.compile(
            rf"(?<!\w)(?:{words_pattern(readings.government_from)}) from $", re.IGNORECASE
        )
        self._government_in = re.compile(rf"(?<!\w)(?:{words_pattern(readings.governments)}) in $", re.IGNORECASE)
        self._before = re.compile(
            rf"(?<!\w)(?:{words_pattern(readings.government_before)})(?: the)?[ -]$", re.IGNORECASE
        )
        # Asked before the expression, which looks for each of the words everywhere.
        words = [lower(plain(word)) for word in readings.government_before]
        self._befores = tuple(sorted(f"{word}{mark}" for word in words for mark in (" ", "-", " the-")))
        # Washington and Paris welcomed it; Moscow, which had proposed it.
        self._after = re.compile(
            r"(?:(?:,? and|,) [A-Z][\w-]+){0,2}(?:, which)?(?: (?:also|still|now|once|already|again|not))?"
            rf" (?:{words_pattern(readings.government_after)})(?!\w)"
        )
        self._pronoun_before = re.compile(rf"(?<!\w)(?:{words_pattern(readings.pronoun_before)}) $")
        self._function_words = frozenset(map(str.lower, readings.function_words))
        # Capitalised before a capital, these leave it the government: Official Baku, President Moscow.
        self._capitalised = frozenset(
            lower(word) for word in (*readings.honorifics, *readings.government_before, *readings.months)
        )

    def mentions(self, document: Document, spans: list[Span], known_starts: set[int]) -> list[Mention]:
        """Return the actors other than persons named in `spans`; at `known_starts` titles and persons begin."""
        day, text = document.day, document.plain
        named = {
            name.actor_id for span in spans for name in span.names if name.kind != "metonym" and name.person is None
        }
        countries = {actor_id for actor_id in named if actor_id.startswith("country:")}
        known_ends = {span.end for span in spans}
        found: list[Mention] = []
        previous: tuple[int, Mention] | None = None  # the last capital, whose reading "and" carries over
        for index, span in enumerate(spans):
            if not span.names:
                continue
            name = self._best([name for name in span.names if name.valid(day)], named) or _former_name(span, day)
            if name is None or name.person is not None or not name.actor_id:
                continue
            # A sign of currency may follow, as in US$5m.
            if self._inside_institution(text, span) or text.startswith("$", span.end):
                continue
            if name.kind == "metonym":
                following = spans[index + 1] if index + 1 < len(spans) else None
                mention = self._capital(document, span, name, following, previous, named, known_starts, known_ends)
                if mention is not None:
                    previous = (span.end, mention)
            else:
                mention = self._named(document, span, name, known_starts)
                if mention is not None and self._is_foreign(name, countries):
                    mention.confidence, mention.rule = confidence.AMBIGUOUS, "of_country_not_named"
            if mention is not None:
                found.append(mention)
        return found

    def _best(self, names: list[Name], named: set[str]) -> Name | None:
        """Return the first of the names, or of those of a country that the article names where several share them."""
        if len(names) > 1:
            at_home = (name for name in names if self._lexicon.country_of.get(name.actor_id) in named)
            return next(at_home, names[0])
        return names[0] if names else None

    def _is_foreign(self, name: Name, countries: set[str]) -> bool:
        """Tell whether a party's name that says no country (Republican Party) stands where only others are named."""
        if not countries or self._lexicon.actor_types.get(name.actor_id) != "party":
            return False
        home = self._lexicon.country_of.get(name.actor_id)
        return home is not None and home not in countries and lower(name.cased).endswith("party")

    def _named(self, document: Document, span: Span, name: Name, known_starts: set[int]) -> Mention | None:
        if name.kind in ("adjective", "demonym"):
            reading, sure, rule = "demonym", confidence.DEMONYM, name.kind
        elif name.kind == "acronym":
            reading, sure, rule = "name", confidence.ACRONYM, "acronym"
        else:
            reading, sure, rule = "name", confidence.COUNTRY_NAME, "name"
        if not name.valid(document.day):
            sure, rule = confidence.FORMER_NAME, "former_name"
        if (name.cased == "US" and self._is_pronoun(document, span)) or (
            name.cased in self._company and self._in_company(document, span, name)
        ):
            sure, rule = confidence.AMBIGUOUS, "company"
        elif name.cased in self._agencies and not self._is_agency(document.plain, span):
            sure, rule = confidence.AMBIGUOUS, "no_agency"
        elif name.kind in _PLACES and " " not in name.cased:
            if self._after_given_name(document, span):
                return None
            if name.cased in self._given_places and self._before_unknown_name(document, span, known_starts):
                sure, rule = confidence.AMBIGUOUS, "before_unknown_name"
        return Mention(span.start, span.end, name.actor_id, reading, sure, rule)

    def _capital(
        self,
        document: Document,
        span: Span,
        name: Name,
        following: Span | None,
        previous: tuple[int, Mention] | None,
        named: set[str],
        known_starts: set[int],
        known_ends: set[int],
    ) -> Mention | None:
        text, start, end = document.plain, span.start, span.end
        if name.cased in self._seats:
            if text.startswith(" of ", end) and text[end + 4 : end + 5].isupper():
                return None  # the White House of Bishkek
            return Mention(start, end, name.actor_id, "metonym", confidence.SEAT, "seat_of_power")
        if " " not in name.cased and self._after_given_name(document, span):
            return None
        left = text[max(0, start - _REACH) : start]
        low = lower(left)
        if (low.endswith(" in ") and self._government_in.search(left)) or (
            low.endswith(" from ") and self._government_from.search(left)
        ):
            return Mention(start, end, name.actor_id, "metonym", confidence.GOVERNMENT, "government_in_capital")
        says = self._after.match(text, end) is not None
        if (
            (self._place.search(left) and not (says and left.endswith(", ")))
            or self._place_after.match(text, end)
            or self._followed_by_country(text, span, name, following)
            or ((start == 0 or text[start - 1] == "\n") and _DATELINE.match(text, end))
        ):
            return Mention(start, end, name.actor_id, "place", confidence.PLACE, "capital_as_place")
        if name.cased in self._company and self._in_company(document, span, name):
            return Mention(start, end, name.actor_id, "place", confidence.PLACE, "company")
        unknown = self._unknown_before(document, span, known_starts, known_ends)
        if (unknown == " " and not says) or self._before_unknown_name(document, span, known_starts):
            return Mention(start, end, name.actor_id, "place", confidence.PLACE, "in_longer_name")
        if previous is not None and text[previous[0] : start] in (" and ", ", ", ", and ", " or ", "-"):
            other = previous[1]
            return Mention(start, end, name.actor_id, other.reading, other.confidence, other.rule)
        if says or (low.removesuffix("the ").endswith(self._befores) and self._before.search(left)):
            return Mention(start, end, name.actor_id, "metonym", confidence.GOVERNMENT, "capital_as_government")
        if unknown is not None:
            return Mention(start, end, name.actor_id, "place", confidence.PLACE, "in_longer_name")
        if end <= document.title_end:
            return Mention(start, end, name.actor_id, "metonym", confidence.CAPITAL, "capital_in_headline")
        if name.actor_id in named:
            return Mention(start, end, name.actor_id, "metonym", confidence.CAPITAL, "capital")
        return Mention(start, end, name.actor_id, "metonym", confidence.CAPITAL_ALONE, "capital_without_country")

    def _inside_institution(self, text: str, span: Span) -> bool:
        start, end = span.start, span.end
        if text[end : end + 1] == " " and text[end + 1 : end + 2].isupper():
            match = self._head_after.match(text, end)
            if match is not None and not self._state.search(match[0]):
                return True
        if text.endswith(("of ", "of the ", "for ", "for the "), max(0, start - 8), start):
            match = self._head_before.search(text[max(0, start - 40) : start])
            return match is not None and not self._state.search(match[0])
        return False

    def _is_pronoun(self, document: Document, span: Span) -> bool:
        """Tell whether a word among capitals is us and no acronym: JOIN US."""
        return self._pronoun_before.search(document.plain, max(0, span.start - 20), span.start) is not None

    def _is_agency(self, text: str, span: Span) -> bool:
        """Tell whether the words around a name that is a word too make it an agency's: told Trend, Report informs."""
        before = text[max(0, span.start - _REACH) : span.start]
        return bool(self._agency_before.search(before) or self._agency_after.match(text, span.end))

    def _unknown_before(
        self, document: Document, span: Span, known_starts: set[int], known_ends: set[int]
    ) -> str | None:
        """Return what divides the capital from an unknown capitalised word before it; None where there is none.

        A space makes it part of another name (Bard College Berlin), a comma maybe a state (Conway, Washington).
        """
        text, start = document.plain, span.start
        match = _UNKNOWN_BEFORE.search(text[max(0, start - 30) : start])
        if match is None or (span.end < document.title_end and document.title_is_capitalised):
            return None
        low, begins = lower(match[1]), start - len(match[0])
        if low in self._function_words or low in document.words or low in self._capitalised:
            return None
        if begins in known_starts or begins + len(match[1]) in known_ends:
            return None
        sentence_start, _ = document.sentence(start)
        return match[0][len(match[1]) :] if begins > sentence_start else None

    def _followed_by_country(self, text: str, span: Span, name: Name, following: Span | None) -> bool:
        """Tell whether the country follows its capital, as in "Baku, Azerbaijan"."""
        return (
            following is not None
            and text[span.end : following.start] in (", ", " ")
            and any(
                other.actor_id == name.actor_id and other.kind in ("official", "short") for other in following.names
            )
        )

    def _in_company(self, document: Document, span: Span, name: Name) -> bool:
        """Tell whether the words around the name, or once around it elsewhere in the article, make it another's."""
        company, home = self._company[name.cased]
        known = document.in_company.get(name.cased)
        if known is None:
            positions = [
                match.start() for match in re.finditer(rf"(?<!\w){re.escape(name.cased)}(?!\w)", document.plain)
            ]
            known = document.in_company[name.cased] = (
                bool(home)
                and home.isdisjoint(document.words)
                and any(self._beside(document, at, company) for at in positions)
            )
        return known or self._beside(document, span.start, company)

    def _beside(self, document: Document, position: int, company: re.Pattern[str]) -> bool:
        start, end = document.sentence(position)
        # A sentence without end is looked at around the name only, so that time stays linear.
        window = document.plain[max(start, position - 300) : min(end, position + 300)]
        return company.search(window) is not None

    def _after_given_name(self, document: Document, span: Span) -> bool:
        before = document.plain[max(0, span.start - 25) : span.start]
        if before[:-1].rpartition(" ")[2].islower():
            return False
        match = _PREVIOUS_WORD.search(before)
        return match is not None and lower(match[1]) in self._lexicon.given_names

    def _before_unknown_name(self, document: Document, span: Span, known_starts: set[int]) -> bool:
        match = _NEXT_WORD.match(document.plain, span.end)
        if match is None or span.end + 1 in known_starts:
            return False
        low = lower(match[1])
        if span.end < document.title_end and document.title_is_capitalised:
            return False
        return low not in self._function_words and low not in document.words


def _former_name(span: Span, day: date) -> Name | None:
    """Return the name of a state or body that is no more: the Soviet Union after 1991, though no longer Soviet."""
    return next((name for name in span.names if name.kind in _NOUNS and name.valid_to and name.valid_to <= day), None)
