"""What prose looks like in any script: where sentences end, how many words a line has, and words for comparing.

Belongs here: what the reading of markup and the reading of lines both need.
Does not belong here: deciding what is article (main_text.py, furniture.py).
"""

from __future__ import annotations

import re

SENTENCE_END = re.compile(r"[.!?…。！？։؟۔।][\"'”’»“)\]」』]*\s*$")
_SPACELESS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")  # scripts without spaces between words


def count_words(line: str) -> int:
    """Return how many words a line with collapsed spaces has; two characters of a script without spaces are one."""
    words = line.count(" ") + 1
    return words if line.isascii() else words + len(_SPACELESS.findall(line)) // 2


def fold_words(text: str) -> str:
    """Return the words of a text for comparing: in lower case, one space apart, without marks."""
    return " ".join(re.findall(r"\w+", text.casefold()))
