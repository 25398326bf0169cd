"""Where sentences begin.

Belongs here: a light splitter that knows abbreviations and initials and never crosses a line feed.
Does not belong here: anything that needs a language model.
"""

from __future__ import annotations

import re
from bisect import bisect_right

# The end of a line; or a full stop, question or exclamation mark (the last of several), closing marks, then space. One
# character class comes first, since that is what the expression engine skips ahead by; what follows cannot backtrack.
_END = re.compile(r"[.!?…。！？\n](?:(?<=\n)\n*+|(?<=[。！？])|(?<=[.!?…])(?![.!?…])[\"'”“»)\]]*+([ \u00a0\u3000]++))")
_OPENING = "\"'“„«([–—-•"


class SentenceSplitter:
    """Finds the sentences of texts."""

    def __init__(self, abbreviations: tuple[str, ...]) -> None:
        self._abbreviations = frozenset(abbreviations)
        self._longest = max(map(len, abbreviations), default=0) + 1

    def starts(self, text: str) -> list[int]:
        """Return where the sentences of `text` start, beginning with 0."""
        starts = [0]
        for match in _END.finditer(text):
            start = match.end()
            if start >= len(text):
                break
            if match.lastindex and not self._ends_sentence(text, match.start(), start):
                continue
            starts.append(start)
        return starts

    def _ends_sentence(self, text: str, stop: int, start: int) -> bool:
        following = text[start]
        if not (following.isupper() or following.isdigit() or following in _OPENING or not following.isalpha()):
            return False
        if text[stop] != "." or text[stop + 1] not in " \u00a0\u3000":
            return True
        before = text[max(0, stop - self._longest) : stop]
        token = before[max(before.rfind(" "), before.rfind("\n")) + 1 :].lstrip("(\"'“„«")
        is_initial = token[-1:].isupper() and (len(token) == 1 or not token[-2].isalnum())
        return not is_initial and token not in self._abbreviations


def sentence_span(starts: list[int], text: str, position: int) -> tuple[int, int]:
    """Return where the sentence around `position` starts and ends, without the white space around it."""
    index = bisect_right(starts, position) - 1
    start = starts[index]
    end = starts[index + 1] if index + 1 < len(starts) else len(text)
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
