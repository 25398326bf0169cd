"""Which language a text is in."""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

UNKNOWN = "und"
WITH_TAGGER = frozenset({"en"})

# The first characters tell as much as the whole at a quarter of the cost.
_READ_CHARS = 800
_MIN_WORDS = 5
_MIN_PROBABILITY = 0.5


def language_of(text: str, declared: str | None) -> str:
    """Return the ISO 639-1 code of `text`; what was declared is believed only where the text does not tell."""
    sample = text[:_READ_CHARS]
    if len(re.findall(r"[^\W\d_]{2,}", sample)) >= _MIN_WORDS or _dense(sample):
        code, probability = _identifier().classify(sample)
        if probability >= _MIN_PROBABILITY:
            return str(code)
    match = re.match(r"([a-z]{2,3})(?:[-_]|$)", (declared or "").strip().lower())
    return match[1] if match else UNKNOWN


def _dense(sample: str) -> bool:
    """Return whether the text is in a script that writes no spaces between words."""
    return (
        len(re.findall("[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", sample)) >= 2 * _MIN_WORDS
    )


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
