"""What is broken below the level of words is mended, and other scripts stay what they are."""

from __future__ import annotations

import pytest

from assets.cleaning.characters import mend_characters
from assets.cleaning.edits import EditedText, undo


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Аliyev met Рutin in Моscow", "Aliyev met Putin in Moscow"),  # the first letters are Cyrillic
        ("Президент Poссии в Mоскве", "Президент России в Москве"),  # some letters are Latin
        ("The tax rose to ۱۲ per cent in all towns", "The tax rose to 12 per cent in all towns"),
        ("a zero\u200bwidth and a \u202eturned\u202c word", "a zerowidth and a turned word"),
        ("Erdo\u011fan is composed, Erdog\u0306an is not", "Erdo\u011fan is composed, Erdo\u011fan is not"),
        ("The cafÃ© &amp; the â€œbarâ€\x9d", "The café & the “bar”"),
    ],
)
def test_broken_characters_are_mended_and_the_log_undoes_it(before: str, after: str) -> None:
    text = EditedText(before)
    mend_characters(text)
    assert text.text == after
    assert undo(text.text, text.log) == before


@pytest.mark.parametrize(
    "text",
    [
        "“Don’t,” he said – naïve façade, 25 €, São Tomé, œuvre complète, 20°C.",
        "В Москве говорят о COVID-19 и об IT-рынке; COVIDом и NATO-вский.",
        "Η Αθήνα και το NATO",
        "می‌روم خانه، ساعت ۱۲ است.",
        "Ərdoğan, Şuşa, Gəncə; Łódź, Đà Nẵng.",
    ],
)
def test_what_is_not_broken_stays(text: str) -> None:
    edited = EditedText(text)
    mend_characters(edited)
    assert edited.log == ()
