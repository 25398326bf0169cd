"""What holds for every text: spans are slices, and no text is too odd or too long."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.tagging.folding import lower, plain
from assets.tagging.sentences import SentenceSplitter
from tests.tagging.conftest import article, articles

PIECES = st.sampled_from(
    ["Ilham Aliyev", "Aliyev", "E. Macron", "R.T. Erdoğan", "US", "U.S.", "the US Secretary of State", "Baku", "oil",
     "İran", "Iran", "ß", "ﬁ", "👩‍🚀", "e\u0301", "中国。", "القدس", "\u202e", "“", "”", "\"", "« ", ": ", " said", " ", ".", "\n", "'s",
     "-", "foreign ministers of Armenia and Turkey", "President of ", "İ", "\u0130zmir", "Mr. ", "former ", "\u00a0", "\t"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=25).map("".join), st.lists(PIECES, max_size=25).map(" ".join))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.none() | TEXTS.map(lambda text: text.replace("\n", " ")), text=TEXTS)
def test_every_span_is_its_surface(kernel, title, text):
    row = article(_storable(text), title=None if title is None else _storable(title))
    result = kernel(articles(row))
    for name in ("mentions", "quotes", "theme_evidence"):
        for found in result[name].to_pylist():
            assert row[found["part"]][found["start_char"] : found["end_char"]] == found["surface"] != ""
    for found in result["mentions"].to_pylist():
        sentence, start = found["sentence"], found["sentence_start_char"]
        assert row[found["part"]][start : start + len(sentence)] == sentence
        assert start <= found["start_char"] and "\n" not in sentence
        assert 0 <= found["confidence"] <= 1


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text):
    assert len(plain(text)) == len(text) == len(lower(plain(text)))


@given(st.text())
def test_sentences_cover_the_text_in_order(text):
    starts = SentenceSplitter(("Mr",)).starts(text)
    assert starts[0] == 0 and starts == sorted(set(starts))


@pytest.mark.parametrize(
    "unit",
    ["Aliyev ", "Xyz Aliyev ", "Mehman Aliyev, ", "A.", "A. ", ".", "“", "” “", "\" ", "said: “", "US Secretary of State ",
     "President of ", "former ", "foreign ministers of Armenia and Turkey and ", "Turkey and ", "Georgia ", "Bilnken Blinken ",
     "Baku and ", "von der ", "' ", "Azerbaijan State ", "oil ", "\n", " ", "the president ", "Jordan Xa ", "Tessa Varndell, ", "Ann Xq Yz. Yz said ", "Ministry of ", "X. Bank (XB) ", "‘a b c d’ ", "said that ",
     "\"a b c,\" he said. ", "Paschinjan ", "Ilham Aliyev the president ", "Macron his Turkish counterpart ", "the minister ",
     "ministry of defence ", "NATO (NATO) ", "Ilham Aliyev Aliyev ", "Mehman Aliyev Ilham Aliyev ", "Ilham Xilhamovich Aliyev ", "Moscow, "],
)  # fmt: skip
def test_a_hostile_text_takes_linear_time(kernel, unit):
    """Not timed: with quadratic steps 100,000 characters would take minutes, and the suite would be stopped."""
    text = unit * (100_000 // len(unit))
    result = kernel(articles(article(text)))
    for row in result["mentions"].slice(0, 100).to_pylist():
        start = row["sentence_start_char"]
        assert row["surface"] in row["sentence"] == text[start : start + len(row["sentence"])]
    assert sum(map(len, result["mentions"]["sentence"].to_pylist())) <= 1_100 * result["mentions"].num_rows


def _storable(text: str) -> str:
    """Return text without lone surrogates, which no UTF-8 column can hold."""
    return text.encode("utf-8", "ignore").decode("utf-8")
