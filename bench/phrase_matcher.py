"""The peer of the tagger: a blank spaCy pipeline with a PhraseMatcher, as a competent user would write it.

Run by the interpreter that DATELINE_BENCH_PYTHON names: `python phrase_matcher.py ALIASES.json TEXTS.json`. It needs
spaCy and nothing of Dateline. Prints the CPU seconds of the best of three passes, and how many mentions there were.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path


def main(aliases_file: str, texts_file: str) -> None:
    """Match the aliases in the texts and print what it took."""
    import spacy
    from spacy.matcher import PhraseMatcher

    aliases = json.loads(Path(aliases_file).read_text(encoding="utf-8"))
    texts = json.loads(Path(texts_file).read_text(encoding="utf-8"))
    pipeline = spacy.blank("en")
    pipeline.max_length = 10**9
    matcher = PhraseMatcher(pipeline.vocab)
    matcher.add("actor", list(pipeline.tokenizer.pipe(aliases)))
    best, mentions = float("inf"), 0
    gc.disable()  # neither side walks its vocabulary while it is timed
    for _ in range(3):
        started = time.process_time()
        mentions = 0
        for document in pipeline.pipe(texts):
            spans = [document[start:end] for _, start, end in matcher(document)]
            mentions += len(spacy.util.filter_spans(spans))
        best = min(best, time.process_time() - started)
    print(json.dumps({"seconds": best, "mentions": mentions, "version": spacy.__version__}))


if __name__ == "__main__":
    main(*sys.argv[1:])
