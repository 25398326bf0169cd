"""One article as the readers see it, and what they say about it.

Belongs here: the text with its folded twin, its sentences and its day; spans and mentions.
Does not belong here: deciding anything.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assets.tagging.folding import is_word, plain
from assets.tagging.lexicon import Name, Surname, Title
from assets.tagging.sentences import SentenceSplitter, sentence_span

# A space for all but letters, digits and _: splitting is then a tenth of the cost of an expression for words.
_SPACED = bytes(code if code < 128 and is_word(chr(code)) else 32 for code in range(256))
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]\w*")


class Document:
    """Title and text of an article as one string, the title on its first line."""

    def __init__(
        self, title: str, text: str, day: date, splitter: SentenceSplitter, *, translated: bool = False
    ) -> None:
        self.title_end = len(title)
        self.text = f"{title}\n{text}"
        self.plain = plain(self.text)
        self.day = day
        self.translated = translated
        self.in_company: dict[str, bool] = {}  # ambiguous names: whether the article means their other sense throughout
        self.starts = splitter.starts(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the article as it writes them; one that is there in lower case too is no name."""
        return frozenset(self.plain.encode("ascii", "replace").translate(_SPACED).decode("ascii").split())

    @cached_property
    def spellings(self) -> dict[str, str]:
        """The capitalised words that the article does not write in lower case too, each as it writes it."""
        words = self.words
        # Comparing is a tenth of the cost of asking whether a letter is a capital; most words are past these.
        found = {word: word for word in words if word < "[" and word >= "A" and word.lower() not in words}
        if not self.text.isascii():
            for token in {token for token in self.text.split() if not token.isascii()}:
                for word in _LETTERS.findall(token):
                    folded = plain(word)
                    if folded in found:
                        found[folded] = word
        return found

    @cached_property
    def title_is_capitalised(self) -> bool:
        """Whether the headline writes most words with a capital, so that capitals tell nothing in it."""
        words = [word for word in _WORD.findall(self.plain, 0, self.title_end) if len(word) > 3]
        return len(words) > 2 and sum(word[0].isupper() for word in words) > 0.7 * len(words)

    def sentence(self, position: int) -> tuple[int, int]:
        """Return start and end of the sentence around `position`."""
        return sentence_span(self.starts, self.text, position)

    def sentence_number(self, position: int) -> int:
        """Return which sentence `position` stands in."""
        return bisect_right(self.starts, position) - 1


@dataclass(slots=True, eq=False)
class Span:
    """A place where a name or a surname stands."""

    start: int
    end: int
    names: list[Name]
    surname: Surname | None


@dataclass(slots=True, eq=False)
class Phrase:
    """A title with, where the words give them, its country or body: the Turkish Foreign Minister."""

    start: int
    end: int
    title: Title
    office_id: str | None
    rule: str
    former: bool
    other: bool


@dataclass(slots=True, eq=False)
class Mention:
    """Somebody named: what becomes a row of `mentions`."""

    start: int
    end: int
    actor_id: str
    reading: str
    confidence: float
    rule: str
    office_id: str | None = None
