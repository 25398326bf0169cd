"""Repairs can be undone: the log leads back to the extracted text, whatever was changed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from assets.cleaning.characters import mend_characters
from assets.cleaning.edits import Edit, EditedText, removal, undo
from assets.cleaning.repairs import Mender
from assets.cleaning.rules import load_repairs
from assets.home import DEFAULT_CONFIG, Home

from .damage import texts

MENDER = Mender(load_repairs(Home(data=DEFAULT_CONFIG, config=DEFAULT_CONFIG)))


def assert_undoable(text: EditedText) -> None:
    assert undo(text.text, text.log) == text.extracted
    last_before = last_after = 0
    for edit in text.log:
        assert text.extracted[edit.start_before : edit.end_before] == edit.text_before
        assert text.text[edit.start_after : edit.end_after] == edit.text_after
        assert edit.text_before != edit.text_after
        assert edit.start_before >= last_before and edit.start_after >= last_after
        last_before, last_after = edit.end_before, edit.end_after


@settings(deadline=None)  # the first text loads the word list
@given(texts)
def test_every_repair_of_any_text_can_be_undone(extracted: str) -> None:
    text = EditedText(extracted)
    mend_characters(text)
    MENDER.mend(text, machine_translated=True)
    assert_undoable(text)


@given(
    st.text(max_size=30),
    st.lists(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.text(max_size=3)), max_size=5), max_size=5),
)
def test_any_layers_of_edits_compose(extracted: str, layers: list[list[tuple[int, int, str]]]) -> None:
    text = EditedText(extracted)
    for number, layer in enumerate(layers):
        size = len(text.text)
        text.change(
            Edit(min(start, size), min(start + length, size), new, f"layer_{number}") for start, length, new in layer
        )
        assert_undoable(text)


def test_edits_that_meet_become_one_row_with_both_kinds() -> None:
    text = EditedText("Ukraine snowThe aggressor")
    text.change([removal(text.text, 8, 12, "source_word")])
    text.change([Edit(8, 9, "t", "spurious_capital")])
    assert text.text == "Ukraine the aggressor"
    (row,) = text.log
    assert (row.kind, row.text_before, row.text_after) == ("source_word+spurious_capital", "snowT", "t")


def test_removing_a_word_leaves_no_double_space() -> None:
    for before, after in (("a cut b", "a b"), ("cut b", "b"), ("a cut", "a"), ("a\ncut b", "a\nb")):
        text = EditedText(before)
        start = before.index("cut")
        text.change([removal(before, start, start + 3, "stock_phrase")])
        assert text.text == after
