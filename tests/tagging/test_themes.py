"""Themes and the words that speak for them."""

from __future__ import annotations

import pytest

from assets.tagging.themes import THRESHOLD
from tests.tagging.conftest import article, articles

FILLER = " something" * 250


def themes(kernel, text, title=None):
    result = kernel(articles(article(text, title=title)))
    scores = {row["theme_id"]: row["score"] for row in result["article_themes"].to_pylist()}
    return scores, [(row["theme_id"], row["surface"], row["weight"]) for row in result["theme_evidence"].to_pylist()]


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("Oil and OIL", [("energy", "Oil", 1.0), ("energy", "OIL", 1.0)]),
        ("The gas pipeline", [("energy", "gas pipeline", 1.0)]),
        ("energy security", [("energy", "energy security", 2.0)]),
        ("sanctions, toil, boiled", [("sanctions", "sanctions", 1.0)]),
        ("Parliament, parliament", [("politics", "Parliament", 0.5)]),
        ("İstanbul oil", [("energy", "oil", 1.0)]),
    ],
)
def test_evidence_is_the_longest_whole_words(kernel, text, evidence):
    assert themes(kernel, text)[1] == evidence


def test_words_of_no_weight_keep_what_stands_in_them_from_being_evidence(kernel):
    assert themes(kernel, "Oil paintings, no oil.")[1] == [("energy", "oil", 1.0)]
    assert themes(kernel, "An oil painting and a gas mask.") == ({}, [])


def test_a_term_may_require_company(kernel):
    assert themes(kernel, "A grid of streets.")[1] == []
    assert themes(kernel, "The grid and its transformers failed.")[1] == [("energy", "grid", 1.0)]


def test_a_passing_word_makes_no_theme_and_two_do(kernel):
    assert themes(kernel, "One embargo." + FILLER)[0] == {}
    assert set(themes(kernel, "Embargo and sanctions." + FILLER)[0]) == {"sanctions"}


def test_distinct_words_and_the_title_weigh_more_than_repeats(kernel):
    distinct = themes(kernel, "sanctions embargo" + FILLER)[0]["sanctions"]
    in_title = themes(kernel, "sanctions" + FILLER, title="Sanctions")[0]["sanctions"]
    assert distinct > in_title >= THRESHOLD
    assert themes(kernel, "sanctions sanctions" + FILLER)[0].get("sanctions", 0) < distinct


def test_a_score_is_between_0_and_1(kernel):
    score = themes(kernel, "oil gas pipeline energy security " * 500)[0]["energy"]
    assert 0.8 < score <= 1


def test_inflections_are_one_term_and_a_longer_text_needs_more_of_them(kernel):
    from assets.tagging.themes import points_needed, root_of

    assert root_of("elections") == root_of("elected") == root_of("electoral")
    assert root_of("peace treaty") != root_of("peace talks")
    assert points_needed(100) == points_needed(200) < points_needed(400) < points_needed(800)
    assert set(themes(kernel, "Oil and a gas pipeline." + FILLER)[0]) == {"energy"}
    assert themes(kernel, "Oil and a gas pipeline." + FILLER * 8)[0] == {}


def test_a_side_remark_is_no_theme_beside_the_subject(kernel):
    text = "Energy security: oil, oil, oil, a pipeline, a gas pipeline. Sanctions."
    assert set(themes(kernel, text, title="Energy security and oil")[0]) == {"energy"}
