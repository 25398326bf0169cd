"""Who is named, as a list of sentences."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from assets.config import ConfigError
from assets.home import Home
from assets.tagging.confidence import calibrated
from assets.tagging.rules import load_counts
from tests.tagging.conftest import DAY, article, articles

ALIYEV, BLINKEN, MACRON = "person:ilham-aliyev", "person:antony-blinken", "person:emmanuel-macron"
AZE, USA, TUR, RUS, FRA, ARM = (f"country:{code}" for code in ("AZE", "USA", "TUR", "RUS", "FRA", "ARM"))

# Sentence, and everybody named in it with at least 0.5: (surface, actor, reading).
CASES = [
    ("Ilham Aliyev spoke. Aliyev left.", [("Ilham Aliyev", ALIYEV, "name"), ("Aliyev", ALIYEV, "short_name")]),
    ("Aliyev left. Ilham Aliyev had spoken.", [("Aliyev", ALIYEV, "short_name"), ("Ilham Aliyev", ALIYEV, "name")]),
    ("Mehman Aliyev, a journalist, spoke.", []),
    ("Ilham Aliyev met Mehman Aliyev.", [("Ilham Aliyev", ALIYEV, "name")]),
    ("Leyla Aliyeva opened it.", []),
    ("They landed at Heydar Aliyev airport.", []),
    ("The Heydar Aliyev Foundation paid.", []),
    ("Yesterday E.Blinken called.", []),
    ("Yesterday A.Blinken called.", [("A.Blinken", BLINKEN, "initials")]),
    ("R.T. Erdogan and R.T. Erdoğan", [("R.T. Erdogan", "person:recep-tayyip-erdogan", "initials"),
                                       ("R.T. Erdoğan", "person:recep-tayyip-erdogan", "initials")]),
    ("Anthony Blinken called.", [("Anthony Blinken", BLINKEN, "name")]),
    ("Antony Blinken spoke. Bilnken left.", [("Antony Blinken", BLINKEN, "name"), ("Bilnken", BLINKEN, "misspelling")]),
    ("But Blinken was late.", [("Blinken", BLINKEN, "short_name")]),
    ("Blinken’s plane", [("Blinken", BLINKEN, "short_name")]),
    ("The Aliyev-Blinken talks were led by Ilham Aliyev.", [
        ("Aliyev", ALIYEV, "short_name"), ("Blinken", BLINKEN, "short_name"), ("Ilham Aliyev", ALIYEV, "name")]),
    ("Price rises hurt.", []),
    ("Pashinyan Street is long.", []),
    ("Kerry spoke.", []),
    ("Kerry spoke for the US.", [("Kerry", "person:john-kerry", "short_name"), ("US", USA, "name")]),
    ("Ned Price spoke. Price added.", [("Ned Price", "person:ned-price", "name"), ("Price", "person:ned-price", "short_name")]),
    ("Theresa May came in May.", [("Theresa May", "person:theresa-may", "name")]),
    ("Von der Leyen: Ursula von der Leyen said.", [("Ursula von der Leyen", "person:ursula-von-der-leyen", "name")]),
    ("Assad refused.", [("Assad", "person:bashar-al-assad", "short_name")]),
    ("BLINKEN CALLS", [("BLINKEN", BLINKEN, "short_name")]),
    ("Donald Trump Jr and Ilham Aliyev Jr. spoke.", []),
    ("Ilham Aliyev left. Mehman Aliyev spoke. Aliyev is a journalist.", [("Ilham Aliyev", ALIYEV, "name")]),
    ("Mehman Aliyev spoke. Then Ilham Aliyev spoke. Aliyev left.", [
        ("Ilham Aliyev", ALIYEV, "name"), ("Aliyev", ALIYEV, "short_name")]),
    ("Mehman Aliyev, a journalist, spoke in Azerbaijan. Aliyev left.", [("Azerbaijan", AZE, "name")]),
    ("Antony John Blinken, Antony J. Blinken", [("Antony John Blinken", BLINKEN, "name"), ("Antony J. Blinken", BLINKEN, "name")]),
    ("Blinken Antony called.", [("Blinken Antony", BLINKEN, "name")]),
    # one name as the papers of several languages write it
    *[(f"{given} {surname} spoke.", [(f"{given} {surname}", "person:nikol-pashinyan", "name")]) for given, surname in
      [("Nikol", "Paschinjan"), ("Nikol", "Pachinian"), ("Nikol", "Paszynian"), ("Nikol", "Pasjinjan"), ("Nikol", "Paşinyan")]],
    *[(f"Mevlüt {surname} spoke.", [(f"Mevlüt {surname}", "person:mevlut-cavusoglu", "name")]) for surname in
      ("Tschawuschoglu", "Tchavouchoglou", "Czawuszoglu", "Çavuşoğlu", "Chavushoglu")],
    ("I. Alijew met N. Paschinjan.", [("I. Alijew", ALIYEV, "initials"), ("N. Paschinjan", "person:nikol-pashinyan", "initials")]),
    ("Armenia's prime minister Pachinian", [("Armenia", ARM, "name"), ("Pachinian", "person:nikol-pashinyan", "short_name")]),
    ("Paschinjan of Armenia", [("Paschinjan", "person:nikol-pashinyan", "short_name"), ("Armenia", ARM, "name")]),
    ("Paschinjan won the race.", []),
    ("Ilham Aliyev's daughter Aliyeva spoke. Ilham Aliyevs", [("Ilham Aliyev", ALIYEV, "name")]),
    ("Ilham Aliyev spoke. Aliyeva left.", [("Ilham Aliyev", ALIYEV, "name")]),
    ("Xi Jinping spoke. Xi left. Jinping", [("Xi Jinping", "person:xi-jinping", "name"), ("Xi", "person:xi-jinping", "short_name")]),
    ("Bashar al-Assad spoke. Mehman Assad spoke. Assad left.", [("Bashar al-Assad", "person:bashar-al-assad", "name")]),
    # offices
    ("The US Secretary of State called.", [("US", USA, "name"), ("US Secretary of State", BLINKEN, "office")]),
    ("the Secretary of State called on the parties", [("Secretary of State", BLINKEN, "office")]),
    ("US Secretary of State J. Smith called", [("US", USA, "name")]),
    ("US Secretary of State A.Blinken He called", [("US", USA, "name"), ("A.Blinken", BLINKEN, "initials")]),
    ("Secretary of State Blinken", [("Blinken", BLINKEN, "short_name")]),
    ("the Turkish Foreign Minister visited Baku", [
        ("Turkish", TUR, "demonym"), ("Turkish Foreign Minister", "person:mevlut-cavusoglu", "office")]),
    ("Foreign Minister Cavusoglu and Foreign Minister Çavuşoğlu", [
        ("Cavusoglu", "person:mevlut-cavusoglu", "short_name"), ("Çavuşoğlu", "person:mevlut-cavusoglu", "short_name")]),
    ("Turkey’s foreign minister spoke", [
        ("Turkey", TUR, "name"), ("Turkey’s foreign minister", "person:mevlut-cavusoglu", "office")]),
    ("the former Turkish Foreign Minister spoke", [("Turkish", TUR, "demonym")]),
    ("ex-President of France spoke", [("France", FRA, "name")]),
    ("the deputy foreign minister of Turkey spoke", [("Turkey", TUR, "name")]),
    ("the French President-elect spoke", [("French", FRA, "demonym")]),
    ("former Foreign Minister Tofig Zulfugarov said", [("Tofig Zulfugarov", "person:tofig-zulfugarov", "name")]),
    ("Turkish Foreign Minister Abdullah Gul spoke", [("Turkish", TUR, "demonym")]),
    ("British Secretary of State Smith spoke", [("British", "country:GBR", "demonym")]),
    ("President of France E. Macron, Europe", [("France", FRA, "name"), ("E. Macron", MACRON, "initials")]),
    ("the President of the Council, Michel", [("Michel", "person:charles-michel", "short_name")]),
    ("the President of the Azerbaijani Football Federation spoke", [("Azerbaijani", AZE, "demonym")]),
    ("Michel Barnier spoke.", [("Michel Barnier", "person:michel-barnier", "name")]),
    ("the foreign ministers of Armenia and Turkey met", [
        ("foreign ministers of Armenia and Turkey", "person:ararat-mirzoyan", "office"),
        ("foreign ministers of Armenia and Turkey", "person:mevlut-cavusoglu", "office"),
        ("Armenia", ARM, "name"), ("Turkey", TUR, "name")]),
    ("The French President came. Later the president left.", [
        ("French", FRA, "demonym"), ("French President", MACRON, "office"), ("president", MACRON, "office")]),
    ("the next French President, a French President, the first French President", [("French", FRA, "demonym")] * 3),
    ("the French President and foreign minister of Turkey", [("French", FRA, "demonym"), ("French President", MACRON, "office"),
     ("foreign minister of Turkey", "person:mevlut-cavusoglu", "office"), ("Turkey", TUR, "name")]),
    ("the foreign ministers of Turkey and Azerbaijan, Tofig Zulfugarov and another", [("Turkey", TUR, "name"),
     ("Azerbaijan", AZE, "name"), ("Tofig Zulfugarov", "person:tofig-zulfugarov", "name")]),
    ("Antony Blinken met his Turkish counterpart.", [("Antony Blinken", BLINKEN, "name"), ("Turkish", TUR, "demonym"),
     ("Turkish counterpart", "person:mevlut-cavusoglu", "office")]),
    ("Macron saw his Azerbaijani and Turkish colleagues.", [("Macron", MACRON, "short_name"), ("Azerbaijani", AZE, "demonym"),
     ("Turkish", TUR, "demonym"), ("Azerbaijani and Turkish colleagues", ALIYEV, "office"),
     ("Azerbaijani and Turkish colleagues", "person:recep-tayyip-erdogan", "office")]),
    ("Antony Blinken met his Turkish counterpart Mevlut Cavusoglu.", [("Antony Blinken", BLINKEN, "name"),
     ("Turkish", TUR, "demonym"), ("Mevlut Cavusoglu", "person:mevlut-cavusoglu", "name")]),
    ("Antony Blinken met his Turkish counterpart Hulusi Akar.", [("Antony Blinken", BLINKEN, "name"), ("Turkish", TUR, "demonym")]),
    ("The Turkish team met their counterparts.", [("Turkish", TUR, "demonym")]),
    ("Ararat Mirzoyan came. The minister spoke. The minister of sport left.", [
        ("Ararat Mirzoyan", "person:ararat-mirzoyan", "name"), ("minister", "person:ararat-mirzoyan", "office")]),
    ("Antony Blinken called. Tofig Zulfugarov spoke. The ex-minister added.", [("Antony Blinken", BLINKEN, "name"),
     ("Tofig Zulfugarov", "person:tofig-zulfugarov", "name"), ("ex-minister", "person:tofig-zulfugarov", "office")]),
    ("Former Foreign Minister Tofig Zulfugarov came. The ex-minister spoke. The minister left.", [
        ("Tofig Zulfugarov", "person:tofig-zulfugarov", "name"), ("ex-minister", "person:tofig-zulfugarov", "office")]),
    ("Emmanuel Macron came. The president spoke.", [("Emmanuel Macron", MACRON, "name"), ("president", MACRON, "office")]),
    ("Emmanuel Macron met Ilham Aliyev. The president spoke.", [("Emmanuel Macron", MACRON, "name"), ("Ilham Aliyev", ALIYEV, "name")]),
    ("President Smith met Emmanuel Macron. The president spoke.", [("Emmanuel Macron", MACRON, "name")]),
    ("Armenia's prime minister spoke with Antony Blinken. His foreign minister left.", [("Armenia", ARM, "name"),
     ("Armenia's prime minister", "person:nikol-pashinyan", "office"), ("Antony Blinken", BLINKEN, "name"),
     ("foreign minister", "person:ararat-mirzoyan", "office")]),
    ("In twenty years, four presidents of France, all men, spoke.", [("France", FRA, "name")]),
    ("In Baku President of France E. Macron spoke.", [("France", FRA, "name"), ("E. Macron", MACRON, "initials")]),
    ("Emmanuel Macron named her as his foreign minister.", [("Emmanuel Macron", MACRON, "name")]),
    # acronyms that the text defines
    ("The European Council (EUCO) met. EUCO agreed.", [("European Council", "org:european-council", "name"),
     ("EUCO", "org:european-council", "name"), ("EUCO", "org:european-council", "name")]),
    ("The National Allergy Testing Office (NATO) moved. NATO said so.", []),
    # bodies of state by the part of their names that states share
    ("Russia's Ministry of Defence spoke. The ministry of defence added.", [("Russia", RUS, "name"),
     ("Russia's Ministry of Defence", "org:russian-ministry-of-defence", "name"),
     ("ministry of defence", "org:russian-ministry-of-defence", "name")]),
    ("The ministry of defence in Moscow spoke.", [("ministry of defence in Moscow", "org:russian-ministry-of-defence", "name")]),
    ("Russia and Azerbaijan spoke. The Ministry of Defence left.", [("Russia", RUS, "name"), ("Azerbaijan", AZE, "name")]),
    ("Turkey's Ministry of Defence, the Ruritanian Ministry of Defence", [("Turkey", TUR, "name")]),
    # countries and capitals
    ("US-Azerbaijani relations", [("US", USA, "name"), ("Azerbaijani", AZE, "demonym")]),
    ("Russia-Ukraine, Western-Iranian", [("Russia", RUS, "name"), ("Iranian", "country:IRN", "demonym")]),
    ("They told us so.", []),
    ("The U.S. said no.", [("U.S.", USA, "name")]),
    ("the Armenian Apostolic Church", [("Armenian Apostolic Church", "org:apostolic-church", "name")]),
    ("the Russian Ministry of Defence", [
        ("Russian", RUS, "demonym"), ("Russian Ministry of Defence", "org:russian-ministry-of-defence", "name")]),
    ("the Azerbaijan State University and the Bank of America", []),
    ("Atlanta, Georgia, votes", []),
    ("Georgia joined.", [("Georgia", "country:GEO", "name")]),
    ("Michael Jordan won.", []),
    ("Jordan Peterson spoke.", []),
    ("Jordan signed.", [("Jordan", "country:JOR", "name")]),
    ("He flew to Baku.", []),
    ("in Baku, Azerbaijan", [("Azerbaijan", AZE, "name")]),
    ("talks between Baku and Moscow", [("Baku", AZE, "metonym"), ("Moscow", RUS, "metonym")]),
    ("flights between Baku and Moscow", []),
    ("He left Bard College Moscow. So has the Moscow Citizen. He came from Conway, Washington.", []),
    ("US$5m, JOIN US", []),
    ("the answer from Moscow; a trip to Kyiv, Lviv and Moscow; Moscow is hosting them", [("Moscow", RUS, "metonym")]),
    ("Georgia counts again. Atlanta, Georgia, votes.", []),
    ("Washington and Baku welcomed it. Moscow, which had proposed it, left.", [("Washington", USA, "metonym"),
     ("Baku", AZE, "metonym"), ("Moscow", RUS, "metonym")]),
    ("official Baku", [("Baku", AZE, "metonym")]),
    ("the Kremlin", [("Kremlin", RUS, "metonym")]),
    ("Michael Rathke, the US Secretary of State, left. With Michael Rathke, the US Secretary of State left.",
     [("US", USA, "name"), ("US", USA, "name"), ("US Secretary of State", BLINKEN, "office")]),
    ("the 35th US Secretary of State", [("US", USA, "name")]),
    ("anti-Blinken, pro-Aliyev", [("Blinken", BLINKEN, "short_name"), ("Aliyev", ALIYEV, "short_name")]),
    ("KYIV, Azerbaijan (AP) — The AP waits.", [("Azerbaijan", AZE, "name")]),
    ("a Moscow pub near the capital, Moscow", []),
    ("the White House of Bishkek", []),
    ("BAKU, May 8. /TASS/. Azerbaijan waits.", [("Azerbaijan", AZE, "name")]),
    ("BAKU, MAY 8, ARMENPRESS. Azerbaijan waits.", [("Azerbaijan", AZE, "name")]),
    ("No [Ilham] Aliyev came.", [("Ilham] Aliyev", ALIYEV, "name")]),
]  # fmt: skip


def mentions(kernel, text, day=DAY, title=None):
    rows = kernel(articles(article(text, title=title, day=day)))["mentions"].to_pylist()
    return [row for row in rows if row["confidence"] >= 0.5 and row["reading"] != "unknown"]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0][:40] for case in CASES])
def test_who_is_named(kernel, text, expected):
    found = [(row["surface"], row["actor_id"], row["reading"]) for row in mentions(kernel, text)]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    ("day", "holder"),
    [(date(2016, 5, 1), "person:john-kerry"), (date(2017, 1, 20), None), (date(2022, 3, 16), BLINKEN)],
)
def test_an_office_is_its_holder_of_the_day(kernel, day, holder):
    rows = mentions(kernel, "The Secretary of State called.", day)
    assert [row["actor_id"] for row in rows] == ([holder] if holder else [])


@pytest.mark.parametrize(
    ("day", "named"),
    [
        (date(1987, 4, 8), {"Soviet Union", "Soviet", "Serbia and Montenegro"}),
        (date(2022, 3, 16), {"Soviet Union", "Serbia", "Montenegro"}),
    ],
)
def test_a_name_means_somebody_only_while_it_is_in_use(kernel, day, named):
    text = "The Soviet Union and the Soviet republics, Serbia and Montenegro, the post-Soviet space."
    rows = [row for row in mentions(kernel, text, day) if day.year > 2000 or row["start_char"] < 60]
    assert {row["surface"] for row in rows} == named


def test_a_day_is_made_up_for_by_its_bounds_and_by_landing(kernel):
    row = article("The Secretary of State called.", day=None, published_latest=date(2016, 5, 1))
    assert kernel(articles(row))["mentions"]["actor_id"].to_pylist() == ["person:john-kerry"]
    assert kernel(articles(article(row["text"], day=None)))["mentions"]["actor_id"].to_pylist() == [BLINKEN]


def test_a_name_after_its_office_carries_the_office(kernel):
    rows = mentions(kernel, "US Secretary of State Antony Blinken spoke.")
    assert {row["surface"]: row["office_id"] for row in rows} == {
        "US": None,
        "Antony Blinken": "office:us-secretary-of-state",
    }


def test_a_capital_as_place_stays_in_the_table_with_little_confidence(kernel):
    rows = kernel(articles(article("He flew to Baku.")))["mentions"].to_pylist()
    assert [(row["reading"], row["confidence"] < 0.4) for row in rows] == [("place", True)]


def test_a_full_name_in_the_text_explains_the_headline(kernel):
    rows = mentions(kernel, "Ned Price spoke.", title="Price says no")
    assert [(row["part"], row["reading"]) for row in rows] == [("title", "short_name"), ("text", "name")]


def test_an_untagged_article_gives_no_rows_and_tables_keep_their_schema(kernel):
    from assets.tables import table

    result = kernel(articles(article("Ilham Aliyev said: “We want oil from them.”", tagged=False)))
    assert {name: rows.num_rows for name, rows in result.items()} == dict.fromkeys(result, 0)
    assert all(rows.schema == table(name).record_schema for name, rows in result.items())


def test_rows_depend_on_the_article_alone(kernel):
    one = article("Ilham Aliyev spoke.", document_id="d1")
    other = article("Aliyev left. The president spoke.", document_id="d2")
    together = kernel(articles(other, one))["mentions"].to_pylist()
    apart = kernel(articles(other))["mentions"].to_pylist() + kernel(articles(one))["mentions"].to_pylist()
    assert together == apart


def test_the_sentence_is_the_slice_around_the_mention(kernel):
    text = "Mr. E. Macron came. Then the U.S. Senate spoke with N. Pashinyan! Done.\nNext line"
    rows = kernel(articles(article(text)))["mentions"].to_pylist()
    assert [row["sentence"] for row in rows] == [
        "Mr. E. Macron came.",
        "Then the U.S. Senate spoke with N. Pashinyan!",
        "Then the U.S. Senate spoke with N. Pashinyan!",
    ]


def test_the_kernel_can_be_made_in_another_process(home):
    from functools import partial

    from assets.tagging.tagger import tagging_kernel

    factory = pickle.loads(pickle.dumps(partial(tagging_kernel, home)))
    assert factory()(articles(article("Baku said no.")))["mentions"].num_rows == 1


def test_a_rule_is_as_sure_as_it_was_right_once_it_was_counted_often():
    assert calibrated(0.9, None) == 0.9
    assert calibrated(0.9, (0, 2)) > 0.7
    assert calibrated(0.9, (500, 1000)) == pytest.approx(0.5, abs=0.01)


def test_counts_that_cannot_be_are_named_with_their_line(home, tmp_path):
    (tmp_path / "confidence.yaml").write_text("counted_on: gold\nrules:\n  name: [3, 2]\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"confidence.yaml:3: rules.name: more right than there are"):
        load_counts(Home(home.data, tmp_path))
