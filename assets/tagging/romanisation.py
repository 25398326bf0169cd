"""Names of other alphabets as the papers of each language write them, brought together by how they sound.

Belongs here: the sounds of a spelling, by the schemes of `config/romanisation.yaml`, and given names that are one.
Does not belong here: deciding that a name which sounds alike is meant (persons.py).
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from assets.config import Strict, load_yaml
from assets.home import Home
from assets.tagging.folding import lower, plain

# Shorter names sound like too many others.
SHORTEST_SOUND = 4
_DOUBLE = re.compile(r"(.)\1+")


class Romanisation(Strict):
    """`config/romanisation.yaml`; each part is described there."""

    letters: dict[str, str]
    countries: tuple[str, ...]
    schemes: dict[str, dict[str, str]]
    alike: dict[str, str]
    given_names: tuple[tuple[str, ...], ...]


class Sounds:
    """The sounds of spellings under every scheme."""

    def __init__(self, romanisation: Romanisation) -> None:
        self.countries = frozenset(f"country:{code}" for code in romanisation.countries)
        self._letters = _Replacement(romanisation.letters)
        self._schemes = tuple(_Replacement(rules) for rules in romanisation.schemes.values())
        self._alike = _Replacement(romanisation.alike)
        self._groups: dict[str, set[int]] = defaultdict(set)
        for number, names in enumerate(romanisation.given_names):
            for name in names:
                self._groups[lower(plain(name))].add(number)
        # Papers write few names that are new; the same ones come again every day.
        self.of = lru_cache(maxsize=50_000)(self._of)
        self.same_given_name = lru_cache(maxsize=50_000)(self._same_given_name)

    def _of(self, name: str) -> frozenset[str]:
        """Return how `name` may sound; nothing where it is too short to tell."""
        read = plain(self._letters(name.lower()))
        sounds = (self._alike(_DOUBLE.sub(r"\1", scheme(read))) for scheme in self._schemes)
        return frozenset(sound for sound in sounds if len(sound) >= SHORTEST_SOUND)

    def same_initial(self, one: str, other: str) -> bool:
        """Tell whether two capitals may begin one name: W. and V., J. and Y."""
        return one == other or not self._letter(one).isdisjoint(self._letter(other))

    def _letter(self, letter: str) -> frozenset[str]:
        return frozenset(self._alike(scheme(letter.lower())) for scheme in self._schemes)

    def _same_given_name(self, one: str, other: str) -> bool:
        """Tell whether two given names, plain and in lower case, are spellings of one name or short for each other."""
        return (
            one == other
            or not self._groups.get(one, _NONE).isdisjoint(self._groups.get(other, _NONE))
            or not self._of(one).isdisjoint(self._of(other))
        )


_NONE: frozenset[int] = frozenset()


class _Replacement:
    """Letter groups replaced in one pass, the longest first; a group that ends with $ only at the end."""

    def __init__(self, rules: dict[str, str]) -> None:
        self._rules = rules
        groups = sorted(rules, key=lambda group: (-len(group.rstrip("$")), group))
        self._pattern = re.compile("|".join(re.escape(group).replace(r"\$", r"(?:$)") for group in groups))

    def __call__(self, word: str) -> str:
        rules = self._rules
        return self._pattern.sub(lambda match: rules.get(match[0]) or rules[match[0] + "$"], word)


def load_sounds(home: Home) -> Sounds:
    """Return the schemes of `home`; raise ConfigError where they are wrong."""
    return Sounds(load_yaml(home.config_file("romanisation.yaml"), Romanisation))
