"""The authority's tables, and the mistakes that its validator finds, all at once and with their places."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from assets.config import ConfigError
from assets.home import Home
from assets.tables import table
from assets.tagging.authority import authority_tables, load_authority
from assets.tagging.rules import rules_version
from tests.tagging.conftest import CONFIG

ACTORS = "actor_id,name,actor_type,country,wikidata,plover,origin\n"
NAMES = "actor_id,name,language,name_kind,valid_from,valid_to\n"
OFFICES = "office_id,body,role,label,titles,fixed,origin\n"
TERMS = "office_id,actor_id,started_on,ended_on,origin\n"
LINKS = "old_actor_id,new_actor_id,kind,linked_on,reason\n"


@pytest.fixture
def own(tmp_path: Path) -> Home:
    """A copy of the small authority that a test may spoil."""
    shutil.copytree(CONFIG, tmp_path / "config")
    return Home(tmp_path / "data", tmp_path / "config")


MISTAKES = [
    ("more.csv", "who,what\nx,y\n", ":1: header: 'who,what'"),
    ("more.csv", ACTORS + "person:x,,person,,,,t\n", ":2: name: required cell is empty"),
    ("more.csv", ACTORS + "person:x,X Y,wizard,,,,t\n", ":2: actor_type: 'wizard' is unknown"),
    ("more.csv", ACTORS + "X,X Y,person,,,,t\n", ":2: actor_id: 'X' is no id"),
    ("more.csv", ACTORS + "person:x,X Y,person,Spain,,,t\n", ":2: country: 'Spain' is no ISO 3166-1"),
    ("more.csv", ACTORS + "country:AZE,Azerbaijan 2,country,AZE,,,t\n", "'country:AZE' stands at"),
    ("more.csv", ACTORS + "person:x,X Y\n", ":2: 2 cells where the header has 7"),
    ("more.csv", NAMES + "person:nobody,Nobody,,short,,\n", ":2: actor_id: 'person:nobody' is not among the actors"),
    ("more.csv", NAMES + "country:AZE,Azeri,,nickname,,\n", ":2: name_kind: 'nickname' is unknown"),
    ("more.csv", NAMES + "country:AZE,Azeri,,short,2020-13-01,\n", ":2: valid_from: '2020-13-01' is no date"),
    ("more.csv", NAMES + "country:AZE,Azeri,,short,2020-02-01,2020-01-01\n", ":2: valid_to: 2020-01-01 is not after"),
    ("more.csv", ACTORS + "person:ned-price-2,Ned Price,person,USA,,,t\n", "'Ned Price' (name) names person:ned-price"),
    ("more.csv", NAMES + "country:ARM,Baku,,metonym,,\n", "'Baku' (metonym) names country:A"),
    ("more.csv", OFFICES + "office:x,country:XXX,r,L,T,,t\n", ":2: body: 'country:XXX' is not among the actors"),
    ("more.csv", OFFICES + "office:x,country:FRA,r,L,President,,t\n", "'President' names office:"),
    ("more.csv", OFFICES + "office:x,country:FRA,r,L,Boss,Secretary of State,t\n", "'Secretary of State' names office:"),
    ("more.csv", TERMS + "office:none,person:ned-price,2020-01-01,,t\n", ":2: office_id: 'office:none' is not among"),
    ("more.csv", TERMS + "office:france-president,person:none,2001-01-01,2002-01-01,t\n", ":2: actor_id: 'person:none'"),
    ("more.csv", TERMS + "office:france-president,person:ned-price,2002-01-01,2001-01-01,t\n", ":2: ended_on: 2001-01-01"),
    ("more.csv", TERMS + "office:france-president,person:ned-price,2018-01-01,2019-01-01,t\n",
     "office:france-president is held by person:ned-price from 2018-01-01 while person:emmanuel-macron"),
    ("more.csv", LINKS + "person:old,person:none,merge,,same\n", ":2: new_actor_id: 'person:none' is not among the actors"),
    ("more.csv", LINKS + "local-person:1,,merge,,same\n", ":2: new_actor_id: required cell is empty; fill it, or make it a ban"),
    ("more.csv", LINKS + "local-person:1,,drop,,none\n", ":2: kind: 'drop' is unknown; known are merge, promote, ban"),
    ("more.csv", LINKS + "local-person:1,person:x,ban,,none\n", ":2: new_actor_id: a banned id leads nowhere; leave it empty"),
    ("more.csv", LINKS + "person:old,,ban,,none\n", ":2: old_actor_id: 'person:old' is on a list; remove it there instead of banning it"),
    ("more.csv", LINKS + "local-person:1,local-person:2,promote,,known\n", ":2: new_actor_id: 'local-person:2' is not among the actors"),
    ("more.csv", LINKS + "local-person:1,local-person:2,merge,,a\nlocal-person:2,local-person:1,merge,,b\n",
     ":2: new_actor_id: the links of 'local-person:1' lead back to it"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "content", "message"), MISTAKES, ids=[case[2][:40] for case in MISTAKES])
def test_a_mistake_names_its_place(own, file, content, message):
    path = own.config / "actors" / file
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        load_authority(own)
    assert message in str(error.value)
    assert str(path) in str(error.value)


def test_all_mistakes_are_reported_at_once(own):
    (own.config / "actors" / "a.csv").write_text(ACTORS + "person:x,X Y,wizard,,,,t\n", encoding="utf-8")
    (own.config / "actors" / "b.csv").write_text(NAMES + "person:nobody,Nobody,,short,,\n", encoding="utf-8")
    themes = own.config / "themes.yaml"
    themes.write_text(themes.read_text() + "  - {id: oil, label: Oil, parent: none, definition: x}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        load_authority(own)
    assert len(str(error.value).splitlines()) == 3


@pytest.mark.parametrize(
    ("theme", "message"),
    [
        ("  - {id: energy, label: E, definition: x}\n", ":17: themes.4.id: 'energy' is also theme 1"),
        ("  - {id: x, label: E, parent: none, definition: x}\n", ":17: themes.4.parent: 'none' is no theme's id"),
        ("  - {id: x, label: E, definition: x, terms: [{term: a, weight: -1}]}\n", "weight -1.0 of 'a'"),
        ("  - {id: x, label: E, colour: red, definition: x}\n", "unknown field"),
    ],
)
def test_a_wrong_theme_names_its_place(own, theme, message):
    themes = own.config / "themes.yaml"
    themes.write_text(themes.read_text() + theme, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        load_authority(own)
    assert message in str(error.value)


def test_the_tables_have_the_schemas_of_the_warehouse(home):
    tables = authority_tables(home)
    assert set(tables) == {"actors", "actor_names", "actor_links", "offices", "office_terms", "themes"}
    assert all(rows.schema == table(name).arrow_schema for name, rows in tables.items())
    assert tables["office_terms"]["started_on"][0].as_py() == date(2013, 2, 1)
    assert tables["themes"].num_rows == 3


def test_a_merged_actor_is_found_under_the_id_that_stands_for_it(own):
    from assets.tagging.tagger import tagging_kernel
    from tests.tagging.conftest import article, articles

    (own.config / "actors" / "links.csv").write_text(
        LINKS + "person:john-kerry,person:kerry,merge,,renamed\n", encoding="utf-8"
    )
    (own.config / "actors" / "new.csv").write_text(
        ACTORS + "person:kerry,John F. Kerry,person,USA,,,t\n", encoding="utf-8"
    )
    rows = tagging_kernel(own)(articles(article("John Kerry spoke.")))["mentions"]
    assert rows["actor_id"].to_pylist() == ["person:kerry"]


def test_rules_version_follows_the_configuration(own):
    before = rules_version(own)
    assert before == rules_version(own) and len(before) == 12
    (own.config / "actors" / "links.csv").write_text(LINKS, encoding="utf-8")
    assert rules_version(own) != before


def test_datelines_own_authority_is_right_and_knows_who_must_be_known(tmp_path):
    """Heads of state and government, foreign and defence ministers of some seventy states, since 2014."""
    from assets.home import DEFAULT_CONFIG
    from tools.check_authority import SINCE, UNTIL, gaps, required_offices

    authority = load_authority(Home(tmp_path, DEFAULT_CONFIG))
    offices = list(required_offices())
    assert len(offices) > 250
    assert {office_id for *_, office_id in offices} <= {row["office_id"] for row in authority.offices}
    unknown = sum((gap.end - gap.start).days for gap in gaps(authority))
    assert unknown < 0.015 * len(offices) * (UNTIL - SINCE).days
