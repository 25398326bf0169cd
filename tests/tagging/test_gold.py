"""Floors under the measured accuracy: they only rise."""

from __future__ import annotations

from pathlib import Path

import pytest

from assets.home import DEFAULT_CONFIG, Home
from assets.tagging.gold import load_gold, sample_home, tag_gold
from assets.tagging.quality import score_gold

# As measured in 2026-11 on 22 articles, less about one interval's half.
FLOORS = {
    "actors_precision": 0.96,
    "actors_recall": 0.90,
    "persons_f1": 0.94,
    "countries_f1": 0.95,
    "organisations_f1": 0.82,
    "themes_f1": 0.55,
}


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    folder: Path = tmp_path_factory.mktemp("gold")
    gold = load_gold()
    tagged = tag_gold(gold, sample_home(Home(folder / "data", DEFAULT_CONFIG), folder))
    table = score_gold(gold, tagged, 0.5)
    return {row["metric"]: row["value"] for row in table.to_pylist() if row["slice"] == "all"}


@pytest.mark.parametrize("metric", FLOORS)
def test_accuracy_does_not_fall(scores, metric):
    assert scores[metric] >= FLOORS[metric]
