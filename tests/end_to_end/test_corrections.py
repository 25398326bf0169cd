"""A person's last word holds against every rerun, and changed rules reach old days by a retag that says what moved."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from assets.coverage.audit import look_for_trouble
from assets.home import DEFAULT_CONFIG
from assets.statements import statement
from pipelines.retag import REPORTS, keep_counts
from tests.conftest import Installation
from tests.end_to_end.wire import FIRST, LAST, ROWS, row

HEADER = "article_id,kind,was,becomes,words,corrected_by,corrected_on,reason"
BY = "Leyla,2026-11-25,read it"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    installation = Installation(tmp_path_factory.mktemp("corrected") / "original")
    installation.write_wire(*ROWS)
    installation.run(FIRST, LAST)
    return installation


@pytest.fixture
def walked(original: Installation, tmp_path: Path) -> Installation:
    return original.copy(tmp_path / "copy")


def correct(installation: Installation, *rows: str) -> None:
    lines = [HEADER, *(f"{one},{BY}" for one in rows)]
    (installation.home.config / "corrections.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def article(installation: Installation, name: str) -> str:
    [(article_id,)] = installation.query(
        f"select article_id from articles where is_current and url = 'https://wire.example/{name}'"
    )
    return article_id


def warnings(installation: Installation, check: str) -> list[dict]:
    [finding] = [one for one in look_for_trouble(installation.home) if one.check == check]
    return finding.sample


def test_a_correction_of_every_kind_survives_reruns_and_goes_with_its_row(walked: Installation) -> None:
    call, grain, talks, copy = (article(walked, name) for name in ("b1", "c1", "c2", "a2"))
    untouched = "from mentions select * exclude (rules_version) where article_id not in ({}) order by all".format(
        ", ".join(f"'{one}'" for one in (call, grain, talks, copy))
    )
    before, contents = walked.query(untouched), walked.contents()
    [(theme,)] = walked.query(f"select min(theme_id) from article_themes where article_id = '{talks}'")
    correct(
        walked,
        f"{call},mention,person:antony-blinken,person:charles-michel,Blinken",
        f"{call},mention,country:ARM,,",
        f"{talks},theme,{theme},,",
        f"{talks},theme,,weather,",
        f"{grain},date,,2022-03-11,",
        f"{copy},reprint,,,",
        "wire:nowhere,theme,,weather,",
    )
    for job in ("daily", "retag"):
        walked.run(FIRST, LAST, job_name=job)
        named = dict(
            walked.query(f"select surface, min(actor_id) from mentions where article_id = '{call}' group by 1")
        )
        assert named["Blinken"] == "person:charles-michel" and named["Antony Blinken"] == "person:antony-blinken"
        assert "Armenia" not in named
        themes = [name for (name,) in walked.query(f"select theme_id from article_themes where article_id = '{talks}'")]
        assert theme not in themes and "weather" in themes
        [(day, method)] = walked.query(
            f"select cast(published_on as varchar), date_method from articles where article_id = '{grain}'"
        )
        assert (day, method) == ("2022-03-11", "corrected")
        assert walked.query(f"select is_lead, reason from reprint_groups where article_id = '{copy}'") == [
            (True, "corrected")
        ]
        assert walked.query(untouched) == before
        assert [one["article_id"] for one in warnings(walked, "corrections_hold")] == ["wire:nowhere"]
        assert walked.query("select count(*), min(corrected_by) from corrections") == [(7, "Leyla")]
    correct(walked)
    walked.run(FIRST, LAST)
    assert walked.contents() == contents


def test_a_correction_that_is_not_in_effect_yet_is_told(walked: Installation) -> None:
    correct(walked, f"{article(walked, 'b1')},mention,person:antony-blinken,person:charles-michel,")
    walked.run(LAST)  # the article landed on another day
    [finding] = warnings(walked, "corrections_hold")
    assert "run its landing day again" in finding["problem"] and str(finding["landed_on"]) == "2022-03-12"


def test_changed_rules_are_warned_of_and_a_retag_makes_the_days_one_and_lists_what_moved(walked: Installation) -> None:
    """An alias, an office and a theme are changed; the days that were not run again keep the old tags until the retag."""
    config = walked.home.config
    articles = "select article_id, version, text, published_on from articles order by all"
    as_cleaned = walked.query(articles)
    names = config / "actors" / "more_names.csv"
    names.write_text(
        "actor_id,name,language,name_kind,valid_from,valid_to\ncountry:UKR,Black Sea,en,short,,\n", encoding="utf-8"
    )
    terms = config / "actors" / "office_terms.csv"
    kept = [
        line for line in terms.read_text(encoding="utf-8").splitlines() if "president,person:ilham-aliyev" not in line
    ]
    terms.write_text("\n".join(kept) + "\n", encoding="utf-8")
    sowing = "  - {id: sowing, label: Sowing, definition: Of sowing., terms: [wheat, {term: grain prices, weight: 3}, {term: spring sowing, weight: 3}]}\n"
    (config / "themes.yaml").write_text((DEFAULT_CONFIG / "themes.yaml").read_text() + sowing)
    walked.run(LAST)
    assert {str(one["landed_on"]) for one in warnings(walked, "one_rules_version")} == {
        "2022-03-10", "2022-03-11", "2022-03-12", "2022-03-13",
    }  # fmt: skip

    with duckdb.connect() as counts:
        keep_counts(counts, walked.home, "before")
        walked.run(FIRST, LAST, job_name="retag")
        keep_counts(counts, walked.home, "after")
        actors, themes = (counts.sql(statement("reports", name)).fetchall() for _, name in REPORTS)
    assert warnings(walked, "one_rules_version") == []
    assert walked.query("select count(distinct rules_version) from mentions") == [(1,)]
    assert walked.query(articles) == as_cleaned
    moved = {(str(day), name): (before, after) for day, name, _, _, before, after in actors}
    assert moved["2022-03-12", "Ukraine"] == (2, 3)  # the alias
    assert moved["2022-03-12", "Ilham Aliyev"] == (2, 1)  # the president of Azerbaijan is nobody's office now
    assert {(str(day), theme): (before, after) for day, theme, before, after in themes}["2022-03-12", "sowing"] == (
        0,
        1,
    )


def test_an_article_in_a_language_without_a_tagger_is_kept_and_is_no_part_of_a_share(walked: Installation) -> None:
    german = (
        "Der Präsident Ilham Alijew reiste nach Ankara. Die beiden Seiten sprachen über Handel, Gas und die Sicherheit."
    )
    walked.write_wire(*ROWS, row("g1", "2022-03-10", "Alijew in Ankara", german))
    walked.run(FIRST, FIRST)
    assert walked.query("select language, tagged from articles where url like '%/g1'") == [("de", False)]
    assert walked.query("select sum(articles), sum(tagged) from day_totals where published_on = date '2022-03-10'") == [
        (2, 1)
    ]
    share = "select share from actor_daily where actor_id = 'person:ilham-aliyev' and published_on = date '2022-03-10'"
    assert walked.query(share) == [(1.0,)]
    assert walked.query("select count(*) from mentions where surface = 'Ilham Alijew'") == [(0,)]
