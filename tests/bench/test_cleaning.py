"""How the benchmark of cleaning scores a text."""

from __future__ import annotations

import pytest

from bench.cleaning import score


def test_a_text_is_scored_by_its_runs_of_words() -> None:
    wanted = "the ferry left the harbour at noon with forty people"
    assert score(wanted, wanted).f1 == 1.0
    half = score("the ferry left the harbour", wanted)
    assert (half.precision, half.recall) == (1.0, pytest.approx(2 / 7))
    assert half.f1 == pytest.approx(4 / 9)
    assert score("nothing of it stands here at all", wanted).f1 == 0.0
