"""The importer of Wikidata extracts: three kinds of file, one result; nothing chosen where the extract is not clear."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from assets.home import Home
from assets.tagging.authority import load_authority
from tests.tagging.conftest import CONFIG
from tools.import_wikidata import main

OFFICES = (
    "wikidata,office_id,body,role,label,titles,fixed\n"
    "Q900001,office:france-harbour-minister,country:FRA,minister,Harbour Minister of France,Harbour Minister,\n"
    "Q900002,office:france-president,,,,,\n"
)
# (person, label, country, office, start, precision, end)
TERMS = [
    ("Q800001", "Aline Corbeau", "FRA", "Q900001", "2019-03-04", 11, "2020-07-03"),
    ("Q800002", "Bruno Delmar", "FRA", "Q900001", "2020-07-03", 11, None),
    ("Q800003", "Chloé Estival", "FRA", "Q900001", "2020-09-01", 11, "2021-01-15"),  # beside Delmar
    ("Q800004", "Didier Fontanel", "FRA", "Q900001", None, 11, None),
    ("Q800005", "Emmanuel Macron", "FRA", "Q900002", "2017-05-14", 11, None),  # as the authority has it
    ("Q800006", "Firmin Guerlande", "FRA", "Q900009", "2001-01-01", 9, None),  # an office nobody asked for
    ("Q800001", "Aline Corbeau", "FRA", "Q900001", "2010-01-01", 9, "2011-05-06"),  # known by the year
]


def as_csv() -> str:
    lines = ["person,personLabel,country,office,start,end,alias"]
    entity = "http://www.wikidata.org/entity/"
    for person, label, country, office, start, _, end in TERMS:
        alias = "Alina Korbo" if person == "Q800001" else ""
        dates = [f"{day}T00:00:00Z" if day else "" for day in (start, end)]
        lines.append(f"{entity}{person},{label},{country},{entity}{office},{dates[0]},{dates[1]},{alias}")
    return "\n".join(lines) + "\n"


def as_results() -> str:
    rows = list(csv.DictReader(as_csv().splitlines()))
    bindings = [{key: {"value": value} for key, value in row.items() if value} for row in rows]
    return json.dumps({"head": {}, "results": {"bindings": bindings}})


def as_entities() -> str:
    entities: dict[str, dict] = {}
    for person, label, _, office, start, precision, end in TERMS:
        entity = entities.setdefault(person, {"id": person, "labels": {"en": {"value": label}}, "claims": {"P39": []}})
        if person == "Q800001":
            entity["aliases"] = {"tr": [{"value": "Alina Korbo"}]}
        time = {"P580": (start, precision), "P582": (end, 11)}
        entity["claims"]["P39"].append(
            {
                "rank": "normal",
                "mainsnak": {"datavalue": {"value": {"id": office}}},
                "qualifiers": {
                    key: [{"datavalue": {"value": {"time": f"+{day}T00:00:00Z", "precision": known}}}]
                    for key, (day, known) in time.items()
                    if day
                },
            }
        )
    return "[\n" + ",\n".join(json.dumps(entity) for entity in entities.values()) + "\n]\n"


@pytest.mark.parametrize(
    ("name", "extract"),
    [("extract.csv", as_csv), ("results.json", as_results), ("entities.json", as_entities)],
)
def test_an_extract_becomes_tables_of_the_authority(tmp_path: Path, capsys, name, extract):
    shutil.copytree(CONFIG, tmp_path / "config")
    (tmp_path / name).write_text(extract(), encoding="utf-8")
    (tmp_path / "wanted.csv").write_text(OFFICES, encoding="utf-8")
    command = [
        str(tmp_path / name),
        "--offices",
        str(tmp_path / "wanted.csv"),
        "--out",
        str(tmp_path / "config/actors"),
    ]
    assert main(command) == 0
    told = capsys.readouterr().out
    authority = load_authority(Home(tmp_path / "data", tmp_path / "config"))
    terms = [
        (row["actor_id"], str(row["started_on"]), row["ended_on"] and str(row["ended_on"]), row["origin"])
        for row in authority.office_terms
        if row["office_id"] == "office:france-harbour-minister"
    ]
    assert terms == [
        ("person:aline-corbeau", "2010-01-01", "2011-05-06", "Wikidata (CC0); day approximate"),
        ("person:aline-corbeau", "2019-03-04", "2020-07-03", "Wikidata (CC0)"),
        ("person:bruno-delmar", "2020-07-03", None, "Wikidata (CC0)"),
    ]
    assert [row["wikidata"] for row in authority.actors if row["actor_id"] == "person:aline-corbeau"] == ["Q800001"]
    assert "Alina Korbo" in {row["name"] for row in authority.actor_names}
    assert sum(row["office_id"] == "office:france-president" for row in authority.office_terms) == 1
    overlap = "person:chlo-estival 2020-09-01 to 2021-01-15 overlaps person:bruno-delmar 2020-07-03 to 9999-12-31"
    assert overlap.replace("chlo-", "chloe-") in told
    assert "Didier Fontanel (Q800004), office:france-harbour-minister: no start (P580); not written" in told
    assert "1 terms of 1 offices that were not asked for" in told
    before = sorted((path.name, path.read_text()) for path in (tmp_path / "config/actors").glob("wikidata_*"))
    assert main(command) == 0
    assert before == sorted((path.name, path.read_text()) for path in (tmp_path / "config/actors").glob("wikidata_*"))
