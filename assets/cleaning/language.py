"""Which language a text is in.

English, the language of what is tagged, is known by its function words in a twentieth of the time that the model takes;
the model is asked about the rest.
"""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier
from wordfreq import top_n_list

UNKNOWN = "und"
WITH_TAGGER = frozenset({"en"})

# The first characters tell as much as the whole at a fraction of the cost.
_READ_CHARS = 500
_MIN_WORDS = 5
_MIN_PROBABILITY = 0.5

# On news in 40 languages the 60 commonest English words were at least 21 % of the words of English texts, and at most
# 13 % of those of others (Danish).
_FUNCTION_WORDS = 60
_ENGLISH_SHARE = 0.22
_ENGLISH_WORDS = 20

_WORD = re.compile(r"[^\W\d_]{2,}")
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def language_of(text: str, declared: str | None) -> str:
    """Return the ISO 639-1 code of `text`; what was declared is believed only where the text does not tell."""
    sample = text[:_READ_CHARS]
    words = _WORD.findall(sample.lower())
    if len(words) >= _ENGLISH_WORDS and sum(map(_english().__contains__, words)) >= _ENGLISH_SHARE * len(words):
        return "en"
    if len(words) >= _MIN_WORDS or len(_SPACELESS.findall(sample)) >= 2 * _MIN_WORDS:
        code, probability = language_model().classify(sample)
        if probability >= _MIN_PROBABILITY:
            return str(code)
    match = re.match(r"([a-z]{2,3})(?:[-_]|$)", (declared or "").strip().lower())
    return match[1] if match else UNKNOWN


@cache
def _english() -> frozenset[str]:
    return frozenset(top_n_list("en", _FUNCTION_WORDS, wordlist="small"))


@cache
def language_model() -> LanguageIdentifier:
    """Return the model, loaded once: 0.5 s and 100 MB."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
