"""Direct quotes: their spans, their speech verbs and their speakers."""

from __future__ import annotations

import pytest

from tests.tagging.conftest import article, articles

ALIYEV = "person:ilham-aliyev"

# Text, and its quotes: (quoted words, cue, speaker's id, speaker's words).
CASES = [
    ("Ilham Aliyev said: “We want peace here.”", [("We want peace here.", "said", ALIYEV, "Ilham Aliyev")]),
    ("Ilham Aliyev said that, “We want peace here.“", [("We want peace here.", "said", ALIYEV, "Ilham Aliyev")]),
    ('"We want peace here", Ilham Aliyev said.', [("We want peace here", "said", ALIYEV, "Ilham Aliyev")]),
    ('"We want peace here," said Ilham Aliyev.', [("We want peace here,", "said", ALIYEV, "Ilham Aliyev")]),
    ("«We want peace here» – I. Aliyev added.", [("We want peace here", "added", ALIYEV, "I. Aliyev")]),
    ("„We want peace here“, he said.", [("We want peace here", "said", None, "he")]),
    ("The expert notes that, Baku waits: “It is true that they wait. “",
     [("It is true that they wait.", "notes", None, "The expert")]),
    ("Ilham Aliyev told N. Pashinyan: “We want peace here.”", [("We want peace here.", "told", ALIYEV, "Ilham Aliyev")]),
    ("“We want peace here,” said Nigar Sultanzade.", [("We want peace here,", "said", None, "Nigar Sultanzade")]),
    ("Ilham Aliyev said: “We want peace here\nand the page ends.", [("We want peace here", "said", ALIYEV, "Ilham Aliyev")]),
    ("“We want peace,” says pensioner Şahin Nigarlı. “We all want it.”",
     [("We want peace,", "says", None, "Şahin Nigarlı"), ("We all want it.", "says", None, "Şahin Nigarlı")]),
    ("The US official took to a platform to express support for Armenia and Azerbaijan and wrote: “We want peace here.”",
     [("We want peace here.", "wrote", None, "The US official")]),
    ("They call it the “Silk Road” line.", []),
    ("A film named “One day in the life of a man” was shown.",
     [("One day in the life of a man", None, None, None)]),
    ("It is 5\" wide and 7\" high.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0][:40] for case in CASES])
def test_who_says_what(kernel, text, expected):
    rows = kernel(articles(article(text)))["quotes"].to_pylist()
    found = [(row["surface"], row["cue"], row["speaker_actor_id"], row["speaker_surface"]) for row in rows]
    assert found == expected
    assert all(row["kind"] == "direct" for row in rows)
