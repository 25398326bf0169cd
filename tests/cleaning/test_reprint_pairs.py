"""Pairs of copies by their shingles: setting common ones aside must lose none and add none."""

from __future__ import annotations

import itertools
import math
import random
from datetime import date, timedelta

import pyarrow as pa
import pytest

from assets.cleaning import reprint_links, reprint_pairs, reprint_texts
from assets.settings import Reprints

SETTINGS = Reprints(window_days=10)


def some_texts(dice: random.Random) -> list[dict]:
    """Return texts of few sorts that share phrases, some of them with most of the others, and some twice."""
    sorts = [[dice.choice(range(60)) for _ in range(dice.choice([3, 30, 90]))] for _ in range(8)]
    texts = []
    for number in range(150):
        own = range(1000 * (number + 1), 1000 * (number + 1) + dice.choice([0, 3, 30]))
        hashes = sorted({*dice.choice(sorts), *(dice.choice(range(60, 400)) for _ in range(20)), *own})
        facts = [one for one in hashes if one % dice.choice([2, 5]) == 0]
        day = date(2022, 3, 1) + timedelta(days=dice.randrange(30))
        texts.append(
            {
                "landed_on": day,
                "text_sha256": f"{number % 140:03}",
                "first_day": day - timedelta(days=dice.choice([0, 0, 5])),
                "last_day": day,
                "has_furniture": dice.random() < 0.1,
                "facts": facts,
                "others": sorted(set(hashes) - set(facts)),
                "is_at_hand": dice.random() < 0.5,
            }
        )
    return texts


def one_by_one(texts: list[dict]) -> set[tuple]:
    """Return what `find_pairs` should, by comparing each text with each."""
    texts = sorted(texts, key=lambda text: (text["text_sha256"], text["landed_on"]))
    window, found = timedelta(days=SETTINGS.window_days), set()
    for other, one in itertools.combinations(texts, 2):
        if not (one["is_at_hand"] or other["is_at_hand"]) or one["text_sha256"] == other["text_sha256"]:
            continue
        if one["first_day"] > other["last_day"] + window or other["first_day"] > one["last_day"] + window:
            continue
        short, long = sorted((one, other), key=lambda text: len(text["facts"]) + len(text["others"]))
        size, facts = len(short["facts"]) + len(short["others"]), len(short["facts"])
        everything = {*long["facts"], *long["others"]}
        of_facts, of_others = (len(everything & set(short[name])) for name in ("facts", "others"))
        matches, words = of_facts + of_others, size - facts
        if matches < 2:
            continue
        furniture = one["has_furniture"] or other["has_furniture"]
        surely = min(SETTINGS.min_containment + 1 / math.sqrt(size), 1)
        if matches / size < (surely if furniture else SETTINGS.min_containment - 1 / math.sqrt(size)):
            continue
        judged = size >= reprint_links.SURE_SAMPLE and min(facts, words) >= reprint_links.ENOUGH_OF_EACH
        if judged and of_facts / facts < reprint_links.FACTS_TO_WORDS * of_others / words:
            continue
        clear = furniture or (size >= reprint_links.SURE_SAMPLE and matches / size >= surely)
        found.add(
            (one["text_sha256"], one["landed_on"], other["text_sha256"], other["landed_on"], matches, size, clear)
        )
    return found


@pytest.mark.parametrize("seed", range(6))
def test_the_same_pairs_as_by_comparing_each_with_each(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reprint_pairs, "PAIRS_AT_ONCE", 500)
    texts = some_texts(random.Random(seed))
    found = reprint_pairs.find_pairs(
        pa.Table.from_pylist(texts, schema=reprint_texts.schema().append(pa.field("is_at_hand", pa.bool_()))), SETTINGS
    )
    names = ("one_text", "one_landed_on", "other_text", "other_landed_on")
    expected = one_by_one(texts)
    assert len(expected) > 100
    assert sorted(
        (*(row[name] for name in names), row["containment"], row["is_clear"]) for row in found.to_pylist()
    ) == sorted((*pair, pytest.approx(matches / size, abs=1e-4), clear) for *pair, matches, size, clear in expected)
