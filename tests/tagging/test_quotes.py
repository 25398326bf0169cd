"""Direct and reported speech: the words, the verb that binds them, and who speaks."""

from __future__ import annotations

import pytest

from tests.tagging.conftest import article, articles

ALIYEV = "person:ilham-aliyev"
PEACE = "We want peace here"

# Text, and its quotes: (quoted words, cue, speaker's id, speaker's words). "?" is any local id.
DIRECT = [
    ("Ilham Aliyev said: “We want peace here.”", [("We want peace here.", "said", ALIYEV, "Ilham Aliyev")]),
    ("Ilham Aliyev said that, “We want peace here.“", [("We want peace here.", "said", ALIYEV, "Ilham Aliyev")]),
    ('"We want peace here", Ilham Aliyev said.', [(PEACE, "said", ALIYEV, "Ilham Aliyev")]),
    ('"We want peace here," said Ilham Aliyev.', [("We want peace here,", "said", ALIYEV, "Ilham Aliyev")]),
    ("«We want peace here» – I. Aliyev added.", [(PEACE, "added", ALIYEV, "I. Aliyev")]),
    ("„We want peace here“, he said.", [(PEACE, "said", None, "he")]),
    ("The expert notes that, Baku waits: “It is true that they wait. “",
     [("It is true that they wait.", "notes", None, "The expert")]),
    ("Ilham Aliyev told N. Pashinyan: “We want peace here.”", [("We want peace here.", "told", ALIYEV, "Ilham Aliyev")]),
    ("“We want peace here,” said Nigar Sultanzade.", [("We want peace here,", "said", "?", "Nigar Sultanzade")]),
    ("Ilham Aliyev said: “We want peace here\nand the page ends.", [(PEACE, "said", ALIYEV, "Ilham Aliyev")]),
    ("“We want peace,” says pensioner Şahin Nigarlı. “We all want it.”",
     [("We want peace,", "says", "?", "Şahin Nigarlı"), ("We all want it.", "says", "?", "Şahin Nigarlı")]),
    ("The US official took to a platform to express support for Armenia and Azerbaijan and wrote: “We want peace here.”",
     [("We want peace here.", "wrote", None, "The US official")]),
    ("They call it the “Silk Road” line.", []),
    ("A film named “One day in the life of a man” was shown.",
     [("One day in the life of a man", None, None, None)]),
    ("It is 5\" wide and 7\" high.", []),
    # marks of other styles, and broken ones
    ("‘We want peace here,’ Ilham Aliyev said.", [("We want peace here,", "said", ALIYEV, "Ilham Aliyev")]),
    ("‘We want the players’ peace here,’ Ilham Aliyev said.",
     [("We want the players’ peace here,", "said", ALIYEV, "Ilham Aliyev")]),
    ("'We want peace here,' Ilham Aliyev said.", [("We want peace here,", "said", ALIYEV, "Ilham Aliyev")]),
    ("''We want peace here,'' Ilham Aliyev said.", [("We want peace here,", "said", ALIYEV, "Ilham Aliyev")]),
    ("``We want peace here,'' Ilham Aliyev said.", [("We want peace here,", "said", ALIYEV, "Ilham Aliyev")]),
    ("\"We want peace here”, Ilham Aliyev said.", [(PEACE, "said", ALIYEV, "Ilham Aliyev")]),
    ("”We want peace here”, Ilham Aliyev said.", [(PEACE, "said", ALIYEV, "Ilham Aliyev")]),
    ("The farmers' and the drivers' unions didn't agree.", []),
    # the speaker in the middle, and paragraphs that go on
    ('"We want peace here," Ilham Aliyev said, "and we want it now."',
     [("We want peace here,", "said", ALIYEV, "Ilham Aliyev"), ("and we want it now.", "said", ALIYEV, "Ilham Aliyev")]),
    ("Ilham Aliyev said: “We want peace here.\n“We also want trade.”",
     [("We want peace here.", "said", ALIYEV, "Ilham Aliyev"), ("We also want trade.", "said", ALIYEV, "Ilham Aliyev")]),
    ("“We want peace here.\n“We also want trade,” said Ilham Aliyev.",
     [("We want peace here.", "said", ALIYEV, "Ilham Aliyev"), ("We also want trade,", "said", ALIYEV, "Ilham Aliyev")]),
    ("“We want peace here,” said Ilham Aliyev.\n“We also want to trade with all.”",
     [("We want peace here,", "said", ALIYEV, "Ilham Aliyev"), ("We also want to trade with all.", "said", ALIYEV, "Ilham Aliyev")]),
    # nothing but the place binds them
    ("Ilham Aliyev draws attention to the calendar: “We want peace here.”", [("We want peace here.", ":", ALIYEV, "Ilham Aliyev")]),
    ("Ilham Aliyev was not persuaded. “We want peace here, and we want it now.”",
     [("We want peace here, and we want it now.", None, ALIYEV, "Ilham Aliyev")]),
    # a name and a colon
    ("Ilham Aliyev: We want peace here and nothing else", [("We want peace here and nothing else", None, ALIYEV, "Ilham Aliyev")]),
    ("Members: Baku, Ganja, Sheki and Lankaran were there.", []),
    # phrases
    ('"We want peace here," a spokesman for the ministry said.',
     [("We want peace here,", "said", None, "a spokesman for the ministry")]),
    ('"We want peace here," said a spokeswoman for the ministry.',
     [("We want peace here,", "said", None, "a spokeswoman for the ministry")]),
    # pronouns and roles mean who spoke last, or who was named last
    ("Ilham Aliyev said: “We want peace here.” The president added: “We want it now.”",
     [("We want peace here.", "said", ALIYEV, "Ilham Aliyev"), ("We want it now.", "added", ALIYEV, "The president")]),
    ("Ilham Aliyev came back. “We want peace here,” he said.", [("We want peace here,", "said", ALIYEV, "he")]),
    # the speaker within a title, behind a description, or before the verb that touches the mark
    ("“We want peace here,” said Azerbaijan President Ilham Aliyev.", [("We want peace here,", "said", ALIYEV, "Ilham Aliyev")]),
    ("“We want peace here,” said US envoy to the region Antony Blinken.",
     [("We want peace here,", "said", "person:antony-blinken", "Antony Blinken")]),
    ("“We want peace here” - Ilham Aliyev", [(PEACE, "-", ALIYEV, "Ilham Aliyev")]),
    ("Ilham Aliyev said that the talks were useful. He met N. Pashinyan. “We want peace here,” he said.",
     [("We want peace here,", "said", ALIYEV, "he")]),
    ("Ilham Aliyev, the head of the commission, said, “We want peace here.”",
     [("We want peace here.", "said", ALIYEV, "Ilham Aliyev")]),
    ("Asked whether they agree, Ilham Aliyev said: “We want peace here.”",
     [("We want peace here.", "said", ALIYEV, "Ilham Aliyev")]),
    ("Ilham Aliyev, speaking after the talks, stated, “We want peace here.”",
     [("We want peace here.", "stated", ALIYEV, "Ilham Aliyev")]),
    ('The agency quotes Ilham Aliyev. "We want peace here," the agency quotes Ilham Aliyev.',
     [("We want peace here,", "quotes", ALIYEV, "Ilham Aliyev")]),
    # a lost mark, at either end, and a speaker among the words
    ('"We want peace here, Ilham Aliyev said. "We want it now."',
     [("We want peace here,", "said", ALIYEV, "Ilham Aliyev"), ("We want it now.", "said", ALIYEV, "Ilham Aliyev")]),
    ("We want peace here,” Ilham Aliyev said.", [("We want peace here,", "said", ALIYEV, "Ilham Aliyev")]),
    ('"We want peace here.\nWe also want to trade," Ilham Aliyev said.',
     [("We want peace here.", "said", ALIYEV, "Ilham Aliyev"), ("We also want to trade,", "said", ALIYEV, "Ilham Aliyev")]),
    ('"They say "go home" to us," Ilham Aliyev said.', [('They say "go home" to us,', "said", ALIYEV, "Ilham Aliyev")]),
    ("«We want peace here, – said Ilham Aliyev. – We want it now».",
     [("We want peace here, – said Ilham Aliyev. – We want it now", "said", ALIYEV, "Ilham Aliyev")]),
    # words inside a sentence are their subject's, and a new sentence has nothing to do with them
    ("Ilham Aliyev warned that it was “more and more likely every day.” Baku responded at once.",
     [("more and more likely every day.", "warned", ALIYEV, "Ilham Aliyev")]),
    # roles
    ("“We want peace here,” said the analyst Nigar Sultanzade. Ilham Aliyev listened. “We want it now,” the analyst said.",
     [("We want peace here,", "said", "?", "Nigar Sultanzade"), ("We want it now,", "said", "?", "the analyst")]),
    ("Ilham Aliyev said: “We want peace here.” N. Pashinyan's visit is over. “We want it now,” he said.",
     [("We want peace here.", "said", ALIYEV, "Ilham Aliyev"), ("We want it now,", "said", ALIYEV, "he")]),
]  # fmt: skip

REPORTED = [
    ("Ilham Aliyev said that the talks were useful.", ("the talks were useful", "said", ALIYEV, "Ilham Aliyev")),
    ("Ilham Aliyev said the talks were very useful.", ("the talks were very useful", "said", ALIYEV, "Ilham Aliyev")),
    ("The talks were very useful, Ilham Aliyev said.", ("The talks were very useful", "said", ALIYEV, "Ilham Aliyev")),
    ("The talks were useful enough, he said on Monday.", ("The talks were useful enough", "said", None, "he")),
    ("Ilham Aliyev told the agency that the talks were useful.", ("the talks were useful", "told", ALIYEV, "Ilham Aliyev")),
    ("According to Ilham Aliyev, the talks were useful.", ("the talks were useful", "According to", ALIYEV, "Ilham Aliyev")),
    ("The talks were useful, according to Ilham Aliyev.", ("The talks were useful", "according to", ALIYEV, "Ilham Aliyev")),
    ("The talks were useful according to Ilham Aliyev.", ("The talks were useful", "according to", ALIYEV, "Ilham Aliyev")),
    ("A spokesman for the ministry said that the talks were useful.",
     ("the talks were useful", "said", None, "A spokesman for the ministry")),
    ("The book is said to be lost in the old town.", None),
    ("Ilham Aliyev said so.", None),
    ("The agreement that he stated in writing expired.", None),
    ("The war went on according to Azerbaijan and supporting measures.", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DIRECT, ids=[case[0][:40] for case in DIRECT])
def test_who_says_what(kernel, text, expected):
    assert _quotes(kernel, text, "direct") == expected


@pytest.mark.parametrize(("text", "expected"), REPORTED, ids=[case[0][:40] for case in REPORTED])
def test_what_is_reported(kernel, text, expected):
    assert _quotes(kernel, text, "indirect") == ([expected] if expected else [])


def test_a_sentence_that_quotes_is_not_reported_too(kernel):
    assert _quotes(kernel, 'Ilham Aliyev said that "we want peace here" and left.', "indirect") == []


def _quotes(kernel, text: str, kind: str) -> list[tuple]:
    rows = kernel(articles(article(text)))["quotes"].to_pylist()
    found = []
    for row in rows:
        assert row["kind"] in ("direct", "indirect") and text[row["start_char"] : row["end_char"]] == row["surface"]
        speaker = row["speaker_actor_id"]
        speaker = "?" if speaker and speaker.startswith("local-") else speaker
        if row["kind"] == kind:
            found.append((row["surface"], row["cue"], speaker, row["speaker_surface"]))
    return found
