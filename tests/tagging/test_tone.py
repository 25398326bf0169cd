"""Tone: what a sentence sounds like, by its words."""

from __future__ import annotations

import pytest

from assets.tagging.tone import ToneReader
from tests.tagging.conftest import article, articles

reader = ToneReader()


@pytest.mark.parametrize(
    ("sentence", "sign"),
    [
        ("The ministers praised a successful and friendly meeting.", 1),
        ("The terrible attack killed many innocent people.", -1),
        ("This is not a success.", -1),
        ("They don't support it.", -1),
        ("They don’t support it.", -1),
    ],
)
def test_words_give_a_sentence_its_tone(sentence, sign):
    assert reader.tone(sentence) * sign > 0


def test_a_sentence_without_such_words_has_no_tone():
    assert reader.tone("The delegation arrived on Tuesday.") is None
    assert reader.tone("") is None


def test_names_say_nothing():
    """`United` is a good word in the lexicon; the United Nations are not for that."""
    assert reader.tone("He spoke to the United Nations Security Council.") is None
    assert reader.tone("Leaders praised in Baku") == reader.tone("Leaders Praised In Baku", capitalised=True) > 0


def test_tone_is_bounded_and_rounded():
    tone = reader.tone("murder " * 50)
    assert -1 <= tone < -0.9 and tone == round(tone, 4)


def test_every_mention_has_the_tone_of_its_sentence(kernel):
    rows = kernel(articles(article("Ilham Aliyev praised the excellent deal. Ilham Aliyev left on Tuesday.")))[
        "mentions"
    ]
    first, second = rows["tone"].to_pylist()
    assert first > 0 and second is None
