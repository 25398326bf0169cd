"""Where quoted words begin and end, also where the marks are broken.

Belongs here: pairing marks of every style within a paragraph. Does not belong here: who speaks (quotes.py).

Marks pair within a paragraph. A translation may close with an opening mark (“...“): an open mark inside an open quote
with space before or a line's end, stop or dash after it closes. A quote that its paragraph leaves open counts to the
paragraph's end where a colon or the paragraph itself begins it, and goes on to the mark that closes it within the next
paragraphs. A mark that can only open, inside an open quote that has no mark of its own to close with, begins another:
the first has lost its closing mark. A mark that can only close, with none open, ends what its paragraph begins with.
Single marks count where they cannot be apostrophes: an opening one before a word, a closing one after a stop or comma
or before one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Two apostrophes and two backticks are marks of typewriters; an apostrophe between letters (it's) is no mark. One
# character class comes first, since that is what the expression engine skips ahead by.
_MARK = re.compile(
    r"[“”„«»\"‘’'`](?:(?<=[“”„«»\"‘])|(?<=’)(?![^\W_])|(?<=')'|(?<=`)`|(?<=')(?:(?<![^\W_]')|(?![^\W_])))"
)
# Any of these shows that there may be speech at all; looking for them is far cheaper than matching marks.
_ANY = ('"', "“", "„", "«", "”", "''", "‘", "'")
_CLOSES = {
    "“": '”"',
    "„": '“”"',
    "«": "»",
    '"': '"”',
    "”": '”"',
    "''": ("''", '"'),
    "``": ("''", '"'),
    "‘": "’",
    "'": "'",
}
_OPENING = frozenset(("“", "„", "«", '"', "''", "``", "‘", "'"))
_SINGLE = frozenset("‘'")
# Marks of which some open a quote and some close it.
_STRAIGHT = frozenset(('"', "”", "''"))
# A quote goes on over so many paragraphs without a mark at most.
_MOST_PARAGRAPHS = 4
# How far the marks inside a quote are counted, which keeps the time linear.
_LONGEST_NESTED = 1_000


@dataclass(slots=True)
class Quoted:
    """Words in quotation marks: where the mark opens, the words, where the closing mark ends; which mark is missing."""

    opened: int
    start: int
    end: int
    closed: int
    is_open: bool  # no mark closes it before its paragraph ends
    runs_on: bool = False  # another quote opens before any mark closes it: words that name the speaker are in it
    unopened: bool = False  # only the closing mark is there, in this paragraph or any before


def quoted(text: str) -> Iterator[Quoted]:
    """Yield what stands in quotation marks, in order."""
    if not any(mark in text for mark in _ANY):
        return
    opened, mark, line_end, inner = -1, "", 0, 0
    done = left_open = 0  # where the last quote ended, and the last that its paragraph left open
    for match in _MARK.finditer(text):
        position, character = match.start(), match[0]
        if character in "'’`" and not _is_mark(text, position, character):
            continue
        if opened >= 0 and position >= line_end:
            if _is_open_ended(text, opened, mark):
                yield _trimmed(text, opened, mark, line_end, line_end, is_open=True)
                done = left_open = line_end
            opened = -1
        if opened < 0:
            if character in _STRAIGHT and _only_closes(text, position, match.end()):
                yield from _unopened(text, done, position, match.end(), went_on=done == left_open > 0)
                done = match.end()
            elif character in _OPENING or (character == "”" and _starts_word(text, position)):
                opened, mark, inner = position, character, 0
                line_end = text.find("\n", position)
                line_end = len(text) if line_end < 0 else line_end
        elif mark == '"' == character and _only_opens(text, position):
            if inner or _is_nested(text, position, line_end):
                inner += 1
            else:
                one = _trimmed(text, opened, mark, position, position, is_open=False)
                one.runs_on = True
                yield one
                opened = done = position
        elif _closes(text, match, mark):
            if inner:
                inner -= 1
                continue
            yield _trimmed(text, opened, mark, position, match.end(), is_open=False)
            opened, done = -1, match.end()
    if opened >= 0 and _is_open_ended(text, opened, mark):
        yield _trimmed(text, opened, mark, line_end, line_end, is_open=True)


def _unopened(text: str, done: int, position: int, closed: int, *, went_on: bool) -> Iterator[Quoted]:
    """Yield the paragraph that a lone closing mark ends, after those since a quote was left open if it `went_on`."""
    first = text.rfind("\n", done, position) + 1
    if first == 0 and done > 0:
        return
    between = text[done:first].split("\n") if went_on else []
    if len(between) <= _MOST_PARAGRAPHS:
        at = done
        for paragraph in between:
            if paragraph:
                yield _trimmed(text, at, "", at + len(paragraph), at + len(paragraph), is_open=True)
            at += len(paragraph) + 1
    one = _trimmed(text, first, "", position, closed, is_open=False)
    one.unopened = not went_on
    yield one


def _is_nested(text: str, position: int, line_end: int) -> bool:
    """Tell whether the marks from `position` to the line's end close more quotes than they open."""
    depth, at, stop = 0, position, min(line_end, position + _LONGEST_NESTED)
    while at >= 0:
        depth += 1 if _only_opens(text, at) else -1
        at = text.find('"', at + 1, stop)
    return depth < 0


def _only_opens(text: str, position: int) -> bool:
    before, after = text[position - 1 : position], text[position + 1 : position + 2]
    return (before.isspace() or before in "(-–—") and (after.isalnum() or after in "…[") and bool(after)


def _only_closes(text: str, position: int, end: int) -> bool:
    before, after = text[position - 1 : position], text[end : end + 1]
    return before in ".,!?…" and bool(before) and (not after or after.isspace() or after in ".,;:–—-)")


def _is_mark(text: str, position: int, character: str) -> bool:
    """Tell whether a single mark can be one of quotation: before a capital, or after a stop and before none."""
    before, after = text[position - 1 : position], text[position + 1 : position + 2]
    if character == "’":
        return not after.isalnum()
    if character == "`":
        return False
    if before in ".,!?…" and before:
        return not after.isalnum()
    return after.isupper() and not before.isalnum() and before not in ("'", "’")


def _closes(text: str, match: re.Match[str], mark: str) -> bool:
    character, position = match[0], match.start()
    if character in _CLOSES[mark]:
        before, after = text[position - 1 : position], text[match.end() : match.end() + 1]
        # The plural's apostrophe is no closing mark: the players’ union.
        return mark not in _SINGLE or before in ".,!?…" or after in ".,;:!?)\n" or before != "s"
    return character == "“" and mark not in _SINGLE and _ends_speech(text, position)


def _trimmed(text: str, opened: int, mark: str, end: int, closed: int, *, is_open: bool) -> Quoted:
    start = opened + len(mark)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quoted(opened, start, end, closed, is_open)


def _starts_word(text: str, position: int) -> bool:
    before, after = text[position - 1 : position], text[position + 1 : position + 2]
    return (not before or before.isspace() or before in "(:-–—") and bool(after) and not after.isspace()


def _ends_speech(text: str, position: int) -> bool:
    """Tell whether an opening mark stands where only a closing one makes sense."""
    after = text[position + 1 : position + 2]
    return not after or after.isspace() or after in ".,;:!?)–—-"


def _is_open_ended(text: str, opened: int, mark: str) -> bool:
    if mark in _SINGLE:
        return False
    before = text[max(0, opened - 2) : opened].rstrip(" ")
    return not before or before[-1] in ":\n*•" or text[opened - 1 : opened] == "\n"
