"""What was decided about a word or a run of words, remembered: the same ones come in every paper.

Belongs here: the memory and its bounds. Does not belong here: any decision.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

# A hostile text has any number of words, of any length.
_MOST = 100_000
_LONGEST = 120

Answer = TypeVar("Answer")


class Memory(dict[str, Answer], Generic[Answer]):
    """Answers by word; what is not there is decided and kept."""

    def __init__(self, decide: Callable[[str], Answer]) -> None:
        super().__init__()
        self._decide = decide

    def __missing__(self, words: str) -> Answer:
        answer = self._decide(words)
        if len(words) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[words] = answer
        return answer
