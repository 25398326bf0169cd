"""Changes to a text that can be undone: the one mechanism behind every repair.

Belongs here: applying edits, composing what several layers changed into one list against the extracted text, undoing.
Does not belong here: deciding what to change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Edit:
    """Replace `text[start:end]` by `replacement`, because of `kind`."""

    start: int
    end: int
    replacement: str
    kind: str


@dataclass(frozen=True)
class LoggedEdit:
    """A change as `article_repairs` logs it: where it stood in the extracted text and where it stands now."""

    kind: str
    start_before: int
    end_before: int
    text_before: str
    start_after: int
    end_after: int
    text_after: str


class EditedText:
    """A text under repair: layers of edits go in, one composed log against the extracted text comes out."""

    def __init__(self, extracted: str) -> None:
        self.extracted = extracted
        self.text = extracted
        self.log: tuple[LoggedEdit, ...] = ()

    def change(self, edits: Iterable[Edit]) -> None:
        """Apply one layer of edits, their spans counted in the present text; of overlapping ones the first wins."""
        layer = _without_overlaps(edits, self.text)
        if not layer:
            return
        # Both lists in coordinates of the present text: (start, end, new edit or None, old edit or None).
        spans = [(edit.start, edit.end, edit, None) for edit in layer]
        spans += [(old.start_after, old.end_after, None, old) for old in self.log]
        spans.sort(key=lambda span: (span[0], span[1]))
        log: list[LoggedEdit] = []
        shift_before, shift_after = 0, 0  # from the present text to the extracted one, and to the one being made
        position = 0
        while position < len(spans):
            # Touching spans become one edit, or the order of two edits at one place would be ambiguous.
            last = position
            end = spans[position][1]
            while last + 1 < len(spans) and spans[last + 1][0] <= end:
                last += 1
                end = max(end, spans[last][1])
            cluster = spans[position : last + 1]
            start = cluster[0][0]
            olds = [old for *_, old in cluster if old]
            grown = sum(len(old.text_before) - len(old.text_after) for old in olds)
            start_before, end_before = start + shift_before, end + shift_before + grown
            text_after = _apply(self.text[start:end], [edit for _, _, edit, _ in cluster if edit], start)
            text_before = self.extracted[start_before:end_before]
            start_after = start + shift_after
            if text_before != text_after:
                kinds = dict.fromkeys(
                    kind for *_, edit, old in cluster for kind in (old.kind if old else edit.kind).split("+")
                )
                log.append(
                    LoggedEdit(
                        "+".join(kinds),
                        start_before,
                        end_before,
                        text_before,
                        start_after,
                        start_after + len(text_after),
                        text_after,
                    )
                )
            shift_before += grown
            shift_after += len(text_after) - (end - start)
            position = last + 1
        self.text = _apply(self.text, layer, 0)
        self.log = tuple(log)


def undo(repaired: str, log: Iterable[LoggedEdit]) -> str:
    """Return the extracted text from the repaired one by undoing `log` in reverse order."""
    for edit in sorted(log, key=lambda edit: edit.start_after, reverse=True):
        repaired = repaired[: edit.start_after] + edit.text_before + repaired[edit.end_after :]
    return repaired


def removal(text: str, start: int, end: int, kind: str) -> Edit:
    """Return the edit that removes a span, together with the space that would be left doubled or dangling."""
    before = text[start - 1 : start]
    after = text[end : end + 1]
    if after == " " and before in ("", " ", "\n"):
        end += 1
    elif before == " " and after in ("", "\n"):
        start -= 1
    return Edit(start, end, "", kind)


def _without_overlaps(edits: Iterable[Edit], text: str) -> list[Edit]:
    kept: list[Edit] = []
    for edit in sorted(edits):
        if text[edit.start : edit.end] == edit.replacement:
            continue
        if not kept or edit.start >= kept[-1].end and edit.start > kept[-1].start:
            kept.append(edit)
    return kept


def _apply(text: str, edits: list[Edit], offset: int) -> str:
    pieces, done = [], 0
    for edit in edits:
        pieces += [text[done : edit.start - offset], edit.replacement]
        done = edit.end - offset
    return "".join([*pieces, text[done:]])
