"""Count how often each rule of tagging is right, and write it to `config/confidence.yaml`.

    python -m tools.fit_confidence

Counted are the gold articles that are not held out (samples/gold) and, where DATELINE_BENCH_DATA names the corpora, the
even articles of GUM news and interviews; the others stay for checking the claims. In gold a mention is right where its
actor is annotated in its paragraph; an actor whom several rules find in a paragraph counts for the surest alone. In GUM
it is right where a thing marked as of its type ends with it; where GUM marks nothing it is not counted. Run it after a
change of the readings or of the gold.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from assets.home import DEFAULT_CONFIG, Home
from assets.tagging.document import Mention
from assets.tagging.gold import hash_of_gold, load_gold, sample_home, tag_gold
from assets.tagging.quality import paragraph_of
from assets.tagging.tagger import Tagger

HEADER = """\
# How often each rule of tagging was right where it was counted; confidence.py has what was expected of it before.
# Written by tools/fit_confidence.py, which says what is counted; change it by running that again.
#
# rule: [right, of]
"""


def main() -> None:
    """Count, and write the file."""
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        _count_gold(Home(Path(folder) / "data", DEFAULT_CONFIG), Path(folder), right, of)
        counted_on = f"gold {hash_of_gold()[:12]}, not held out"
        if data := os.environ.get("DATELINE_BENCH_DATA"):
            _count_gum(Tagger(Home(Path(folder) / "data", DEFAULT_CONFIG)), Path(data), right, of)
            counted_on += "; GUM news and interviews, even articles"
    rules = "".join(f"  {rule}: [{right[rule]}, {of[rule]}]\n" for rule in sorted(of))
    path = DEFAULT_CONFIG / "confidence.yaml"
    path.write_text(f"{HEADER}counted_on: {counted_on}\nrules:\n{rules}", encoding="utf-8")


def _count_gold(home: Home, folder: Path, right: Counter[str], of: Counter[str]) -> None:
    gold = [one for one in load_gold() if not one.held_out]
    tagged = tag_gold(gold, sample_home(home, folder))
    by_document = {row["document_id"]: row for row in tagged.articles.to_pylist()}
    actors = {one.name: one.actors for one in gold}
    best: dict[tuple[str, int, str], tuple[float, str]] = {}
    for row in tagged.mentions.to_pylist():
        article = by_document[row["document_id"]]
        paragraph = 0 if row["part"] == "title" else paragraph_of(article["text"], row["start_char"])
        key = (article["gold_name"], paragraph, row["actor_id"])
        best[key] = max(best.get(key, (0.0, "")), (row["confidence"], row["rule"]))
    for (name, paragraph, actor_id), (_, rule) in best.items():
        if not actor_id.startswith("local-"):
            of[rule] += 1
            right[rule] += (paragraph, actor_id) in actors[name]


def _count_gum(tagger: Tagger, data: Path, right: Counter[str], of: Counter[str]) -> None:
    from bench import gum

    for number, article in enumerate(gum.read(data)):
        if number % 2:
            continue
        _, title, text, day = next(gum.rows_for_tagging([article]))
        document, _, mentions = tagger.read(title, text, day)
        shift = document.title_end + 1
        for mention in mentions:
            kinds, end = _kinds(mention), mention.end - shift
            end -= 2 * document.text[mention.start : mention.end].endswith(("'s", "’s"))
            marked = {kind for kind in gum.TYPES if (kind, end) in article["named"] | article["unnamed"]}
            if kinds and marked:
                of[mention.rule] += 1
                right[mention.rule] += not kinds.isdisjoint(marked)


def _kinds(mention: Mention) -> frozenset[str]:
    """Return as what GUM may mark whom the mention names: a team is a body there, and so may its country be."""
    if mention.actor_id.startswith("local-") or mention.reading not in ("name", "short_name", "initials"):
        return frozenset()
    return frozenset({"person"}) if mention.actor_id.startswith("person:") else frozenset({"place", "organization"})


if __name__ == "__main__":
    main()
