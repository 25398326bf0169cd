"""Actors that no list knows: who is found, what is nobody, and which spellings are one."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.home import Home
from assets.tagging.local_ids import local_id, spelling_key
from assets.tagging.tagger import tagging_kernel
from tests.tagging.conftest import CONFIG, article, articles

# Text, and the unknown actors in it by their words; "|" stands between those of different ids.
FOUND = [
    ("Tessa Varndell spoke. Varndell left.", "Tessa Varndell, Varndell"),  # a given name of the list, then the surname
    ("Mr Varndell spoke.", "Varndell"),
    ("The lawyer Xoresh Qumzat spoke.", "Xoresh Qumzat"),  # nothing but the title says so
    ("Analyst X. Qumzatov and Orxan Qumzatov spoke.", "X. Qumzatov | Orxan Qumzatov"),  # two initials, two persons
    ("O.Qumzatov came. Orxan Qumzatov spoke.", "O.Qumzatov, Orxan Qumzatov"),
    ("Xoresh Qumzat, 45, spoke.", "Xoresh Qumzat"),
    ("Xoresh Qumzat, a retired teacher, spoke.", "Xoresh Qumzat"),
    ("They met Xoresh Qumzat. Later Qumzat said so.", "Xoresh Qumzat, Qumzat"),
    ("Hrant Vardazaryan He spoke.", "Hrant Vardazaryan"),  # a capital that a translation left
    ("Kim Yong-suk spoke. Kim left.", "Kim Yong-suk, Kim"),  # the surname stands first
    ("Ludwig van der Brunn spoke. Brunn left.", "Ludwig van der Brunn, Brunn"),
    ("Tessa Varndell and Olaf Brunner spoke. Tessa left.", "Tessa Varndell, Tessa | Olaf Brunner"),
    ("Giorgi Kvaratskhelidze's wife spoke.", "Giorgi Kvaratskhelidze"),
    ("Sabina Əhmədzadə and Sabina Ahmadzada spoke.", "Sabina Əhmədzadə, Sabina Ahmadzada"),
    ("He joined the Ministry of Fisheries of Ruritania.", "Ministry of Fisheries of Ruritania"),
    ("Varndell State University opened.", "Varndell State University"),
    ("The Office for Budget Control (OBC) said so. The OBC left.", "Office for Budget Control, OBC, OBC"),
    ("Qumzat Logistics Ltd and Qumzat Logistics fell.", "Qumzat Logistics Ltd"),
]  # fmt: skip

NOBODY = [
    "The Foreign Ministry said so on Tuesday.",
    "The National Bank and the Supreme Court disagreed.",
    "They met in San Francisco near Hyde Park.",
    "Police and Human Rights groups said so.",
    "He flew to Tessa Varndell airport.",  # named after her
    "The General Foundation opened.",
    "Ilham Aliyev and Antony Blinken spoke.",  # both are on the list
    "THE PRESIDENT MET JOHN VARNDELL TODAY",
    "In Baku, Monday Morning began.",
    "He wrote in the daily Tessa Varndell.",  # so the paper is called
    "The General Staff spoke.",
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[case[0][:40] for case in FOUND])
def test_who_is_found(kernel, text, expected):
    assert _unknown(kernel, text) == expected


@pytest.mark.parametrize("text", NOBODY, ids=[text[:40] for text in NOBODY])
def test_who_is_not(kernel, text):
    assert _unknown(kernel, text) == ""


def test_a_headline_of_capitals_names_those_of_the_text(kernel):
    rows = kernel(articles(article("Tessa Varndell spoke.", title="Varndell Calls For New Talks Soon")))["mentions"]
    assert rows["surface"].to_pylist() == ["Varndell", "Tessa Varndell"]
    assert len(set(rows["actor_id"].to_pylist())) == 1


def test_the_id_says_the_same_in_any_article(kernel):
    """No order of arrival matters: the id is made of the name alone, whatever the order of its words and the spelling."""
    one, other, turned = (
        kernel(articles(article(f"Analyst {name} spoke.")))["mentions"]["actor_id"].to_pylist()
        for name in ("Tofig Axundzadeh", "Tofiq Akhundzade", "Axundzadeh Tofig")
    )
    assert one == turned and one[0].startswith("local-person:")
    assert spelling_key("Axund") != spelling_key("Axundov")
    assert other == kernel(articles(article("Tofiq Akhundzade spoke.")))["mentions"]["actor_id"].to_pylist()


@pytest.mark.parametrize(
    "spellings",
    [
        ("Pashinyan", "Pashinian", "Paşinyan", "PASHINYAN"),
        ("Tofig", "Tofiq"),
        ("Kozlov", "Kozloff", "Kozlow"),
        ("Zelensky", "Zelenskyy", "Zelenskiy", "Zelenski"),
        ("Huseynov", "Huseinov"),
    ],
)
def test_spellings_meet(spellings):
    assert len({spelling_key(spelling) for spelling in spellings}) == 1


@given(st.text(min_size=1))
def test_every_word_has_a_key(word):
    assert spelling_key(word)


@pytest.fixture
def own(tmp_path) -> Home:
    """A copy of the small authority that a test may add to."""
    shutil.copytree(CONFIG, tmp_path / "config")
    return Home(tmp_path / "data", tmp_path / "config")


def _write(home: Home, name: str, *lines: str) -> None:
    (home.config / "actors" / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


TEXT = "Tessa Varndell spoke. Varndell left. “We want peace here,” said Varndell."
VARNDELL = local_id("person", [spelling_key("Tessa"), spelling_key("Varndell")])
LINKS = "old_actor_id,new_actor_id,kind,linked_on,reason"


def test_a_banned_actor_is_mentioned_no_more(own):
    _write(own, "links.csv", LINKS, f"{VARNDELL},,ban,2026-11-25,a brand of tea")
    tables = tagging_kernel(own)(articles(article(TEXT)))
    assert tables["mentions"].num_rows == 0
    assert tables["quotes"]["speaker_actor_id"].to_pylist() == [None]


def test_a_merged_actor_has_the_other_id(own):
    _write(own, "links.csv", LINKS, f"{VARNDELL},person:ilham-aliyev,merge,2026-11-25,a joke")
    tables = tagging_kernel(own)(articles(article(TEXT)))
    assert set(tables["mentions"]["actor_id"].to_pylist()) == {"person:ilham-aliyev"}


def test_who_is_put_on_the_list_is_no_longer_unknown(own):
    """One line does it, and it holds for the other spellings too."""
    _write(
        own,
        "ours.csv",
        "actor_id,name,actor_type,country,wikidata,plover,origin",
        "person:tessa,Tessa Varndell,person,,,,us",
    )
    for text in (TEXT, TEXT.replace("Tessa", "Teßa")):
        assert set(tagging_kernel(own)(articles(article(text)))["mentions"]["actor_id"].to_pylist()) == {"person:tessa"}


def _unknown(kernel, text: str) -> str:
    rows = kernel(articles(article(text)))["mentions"].to_pylist()
    by_id: dict[str, list[str]] = {}
    for row in rows:
        if row["reading"] == "unknown":
            assert row["actor_id"].startswith("local-") and row["confidence"] >= 0.5
            by_id.setdefault(row["actor_id"], []).append(row["surface"])
    return " | ".join(", ".join(surfaces) for surfaces in by_id.values())
