"""Why a document gives no article."""

from __future__ import annotations


class Unreadable(Exception):
    """A document that cannot become an article: one word for counting, and a sentence for a person."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
