"""The measure itself."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from assets.tagging.gold import GoldArticle, GoldQuote, Tagged
from assets.tagging.quality import differences, paragraph_of, score_gold, summary, wilson
from tests.tagging.conftest import article, articles

TYPES = {
    "person:ilham-aliyev": "person", "person:ned-price": "person", "country:RUS": "country", "country:ARM": "country",
    "country:AZE": "country",
}  # fmt: skip


def gold(name: str, actors: dict[int, list[str]], **fields) -> GoldArticle:
    units = frozenset((number, actor) for number, listed in actors.items() for actor in listed)
    same = {"source_id": "s", "themes": frozenset(), "published_on": date(2022, 3, 16), "held_out": False}
    return GoldArticle(name, actors=units, machine_translated=False, **{**same, **fields})


@pytest.fixture(scope="module")
def tagged(kernel) -> Tagged:
    text = (
        "Ilham Aliyev spoke.\n\nMoscow said no. Then Baku said no.\n"
        "“We waited for a long time at the border,” Ilham Aliyev said."
    )
    rows = articles(article(text, title="In Baku"))
    result = kernel(rows)
    named = rows.append_column("gold_name", pa.array(["one"]))
    return Tagged(named, result["mentions"], result["quotes"], result["article_themes"], TYPES)


GOLD = [
    gold(
        "one",
        {1: ["person:ilham-aliyev"], 2: ["country:RUS", "country:ARM"], 3: ["person:ilham-aliyev"]},
        themes=frozenset({"energy"}),
        readings=frozenset(
            {(1, "person:ilham-aliyev", "name"), (2, "country:RUS", "metonym"), (2, "country:ARM", "name")}
        ),
        unknown={"person": frozenset({(2, "Rena Example")}), "organisation": frozenset()},
        quotes=(GoldQuote("We waited", "person:ilham-aliyev"), GoldQuote("Not there", "Rena Example")),
    ),
    gold("lost", {1: ["person:ned-price"]}, published_on=None, held_out=True),
]


def test_scores_compare_by_paragraph_reading_type_and_article(tagged):
    scores = score_gold(GOLD, tagged, 0.5, "g", "r")
    values = {(row["metric"], row["slice"]): (row["n"], row["value"]) for row in scores.to_pylist()}
    assert values["actors_precision", "all"] == (4, 0.75)
    assert values["actors_recall", "all"] == (5, 0.6)
    assert values["persons_recall", "all"] == (3, 0.6667)
    assert values["persons_recall", "seen"] == (2, 1.0)
    assert values["persons_recall", "held_out"] == (1, 0.0)
    assert values["actors_recall", "type country"] == (2, 0.5)
    assert values["actors_precision", "reading metonym"] == (2, 0.5)
    assert values["actors_precision", "reading name"] == (2, 1.0)
    assert values["actors_recall", "reading name"] == (2, 0.5)
    assert values["dates_recall", "all"] == (2, 0.5)
    assert values["themes_f1", "all"] == (1, 0.0)
    assert values["quotes_precision", "all"] == (1, 1.0)
    assert values["quotes_recall", "all"] == (2, 0.5)
    assert values["unknown_persons_recall", "all"] == (1, 0.0)
    assert all(row["low"] <= row["value"] <= row["high"] for row in scores.to_pylist())
    assert score_gold(GOLD, tagged, 0.5, "g", "r").equals(scores)


def test_reliability_holds_the_claims_against_the_truth(tagged):
    rows = score_gold(GOLD, tagged, 0.5).to_pylist()
    bands = {row["slice"]: row for row in rows if row["metric"] == "reliability"}
    claimed = {row["slice"]: row for row in rows if row["metric"] == "claimed"}
    assert sum(band["n"] for band in bands.values()) == tagged.mentions.num_rows
    error = sum(abs(bands[name]["value"] - claimed[name]["value"]) * bands[name]["n"] for name in bands)
    (stated,) = [row["value"] for row in rows if row["metric"] == "calibration_error"]
    assert stated == pytest.approx(error / tagged.mentions.num_rows, abs=1e-3)


def test_the_summary_is_one_line_for_each_slice_and_measure(tagged):
    lines = summary(score_gold(GOLD, tagged, 0.5))
    assert [line["slice"] for line in lines][0] == "all"
    actors = next(line for line in lines if (line["slice"], line["measure"]) == ("all", "actors"))
    assert (actors["precision"], actors["recall"], actors["value"]) == ("0.750", "0.600", "0.667")
    assert any("claimed" in line["value"] for line in lines if line["measure"] == "reliability")


def test_what_differs_is_told_of_articles_that_may_be_looked_at_only(tagged):
    told = list(differences(GOLD, tagged, 0.5))
    assert ("one", "actors", "missed", (2, "country:ARM")) in told
    assert ("one", "actors", "wrong", (2, "country:AZE")) in told
    assert {name for name, *_ in told} == {"one"}


def test_a_theme_implies_those_above_it(tagged):
    from assets.tagging.quality import compare_themes

    parents = {"oil": "energy", "energy": "economy"}
    assert compare_themes({"energy"}, {"oil"}, parents) == (1, 0, 1, 0)
    assert compare_themes({"oil"}, {"energy"}, parents) == (0, 0, 0, 1)
    assert compare_themes({"oil"}, {"oil", "economy"}, parents) == (1, 0, 1, 0)
    assert compare_themes({"energy"}, {"oil", "sport"}, parents) == (1, 1, 1, 0)


def test_a_paragraph_is_a_line_that_is_not_empty():
    assert [paragraph_of("a\n\nb\nc", start) for start in (0, 3, 5)] == [1, 2, 3]


@pytest.mark.parametrize(("right", "n", "low", "high"), [(9, 10, 0.596, 0.982), (0, 10, 0.0, 0.278), (0, 0, 0.0, 1.0)])
def test_wilson(right, n, low, high):
    assert wilson(right, n) == pytest.approx((low, high), abs=0.001)
