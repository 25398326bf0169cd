"""The measure itself."""

from __future__ import annotations

import pyarrow as pa
import pytest

from assets.tagging.quality import paragraph_of, score_gold, wilson
from tests.tagging.conftest import article, articles


def test_scores_compare_by_paragraph(kernel):
    rows = articles(article("Ilham Aliyev spoke.\n\nMoscow said no. Then Baku said no.", title="In Baku"))
    result = kernel(rows)
    gold = [
        {"gold_name": "one", "actors": {0: [], 1: ["person:ilham-aliyev"], 2: ["country:RUS", "country:ARM"]},
         "themes": ["energy"], "published_on": "2022-03-16"},
        {"gold_name": "lost", "actors": {1: ["person:ned-price"]}, "themes": [], "published_on": None},
    ]  # fmt: skip
    named = rows.append_column("gold_name", pa.array(["one"]))
    scores = score_gold(gold, named, result["mentions"], result["article_themes"], 0.5, "g", "r")
    values = {(row["metric"], row["slice"]): (row["n"], row["value"]) for row in scores.to_pylist()}
    assert values["actors_precision", "all"] == (3, 0.6667)
    assert values["actors_recall", "all"] == (4, 0.5)
    assert values["persons_recall", "all"] == (2, 0.5)
    assert values["persons_recall", "clean"] == (1, 1.0)
    assert values["dates_recall", "all"] == (2, 0.5)
    assert values["themes_f1", "all"] == (1, 0.0)
    assert all(row["low"] <= row["value"] <= row["high"] for row in scores.to_pylist())
    assert score_gold(gold, named, result["mentions"], result["article_themes"], 0.5, "g", "r").equals(scores)


def test_a_paragraph_is_a_line_that_is_not_empty():
    assert [paragraph_of("a\n\nb\nc", start) for start in (0, 3, 5)] == [1, 2, 3]


@pytest.mark.parametrize(("right", "n", "low", "high"), [(9, 10, 0.596, 0.982), (0, 10, 0.0, 0.278), (0, 0, 0.0, 1.0)])
def test_wilson(right, n, low, high):
    assert wilson(right, n) == pytest.approx((low, high), abs=0.001)
