"""Questions as macros, asked of the published file as a client would."""

from __future__ import annotations

from datetime import date

import pytest

from assets.coverage.described import macros, views
from assets.coverage.publish import publish
from tests.coverage.conftest import FILLER, Newsroom, make_newsroom, story

OTHER = (
    "Nobody in the small town by the sea had thought that winter would last until the swallows were back in the yard."
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """Five days of news, on one of which nothing was published."""
    newsroom = make_newsroom(tmp_path_factory.mktemp("asked"))
    meeting = f"Erdoğan met Macron for talks. {FILLER}"
    newsroom.land(
        "2022-03-14",
        story("meeting", meeting, published="2022-03-14"),
        story("copy", meeting, published="2022-03-14", source="gazette"),
        story("gas", f"Azerbaijan has gas. Aliyev said so. {FILLER}", published="2022-03-14"),
    )
    newsroom.land("2022-03-16", story("dear", f"Macron spoke of gas. {OTHER}", published="2022-03-16"))
    newsroom.land("2022-03-18", story("quiet", f"It rained. {FILLER}", published="2022-03-18"))
    newsroom.build()
    publish(newsroom.home)
    return newsroom


def ask(newsroom: Newsroom, question: str) -> list[tuple]:
    """Return the answer of the published file."""
    return newsroom.query(question, path=newsroom.home.published)


@pytest.mark.parametrize(
    "name", ["Erdoğan", "erdogan", "RECEP TAYYIP ERDOGAN", "person:recep-tayyip-erdogan", " Erdoğan "]
)
def test_an_actor_is_found_by_id_and_by_any_known_spelling(asked: Newsroom, name: str) -> None:
    with_name = f"select distinct actor_id, name from actor_timeline('{name}')"
    assert ask(asked, with_name) == [("person:recep-tayyip-erdogan", "Recep Tayyip Erdoğan")]


def test_an_unknown_name_has_no_answer(asked: Newsroom) -> None:
    assert ask(asked, "from actor_timeline('Nobody')") == []


def test_a_timeline_has_a_row_for_every_day_with_its_denominator(asked: Newsroom) -> None:
    columns = "published_on, articles, independent_articles, mentions, share, tagged_articles"
    assert ask(asked, f"select {columns} from actor_timeline('Macron')") == [
        (date(2022, 3, 14), 2, 1, 2, 0.666667, 3),
        (date(2022, 3, 15), 0, 0, 0, None, 0),
        (date(2022, 3, 16), 1, 1, 1, 1.0, 1),
        (date(2022, 3, 17), 0, 0, 0, None, 0),
        (date(2022, 3, 18), 0, 0, 0, 0.0, 1),
    ]


def test_a_timeline_may_be_asked_for_other_days(asked: Newsroom) -> None:
    question = (
        "select published_on, articles from actor_timeline('Macron', since := date '2022-03-16', until := '2022-03-19')"
    )
    assert ask(asked, question) == [
        (date(2022, 3, 16), 1),
        (date(2022, 3, 17), 0),
        (date(2022, 3, 18), 0),
        (date(2022, 3, 19), 0),
    ]


def test_top_actors_counts_copies_once_over_the_whole_period(asked: Newsroom) -> None:
    assert ask(asked, "select place, name, articles, independent_articles, days from top_actors(n := 2)") == [
        (1, "Emmanuel Macron", 3, 2, 2),
        (2, "Recep Tayyip Erdoğan", 2, 1, 1),
    ]
    period = "top_actors(since := date '2022-03-15', until := date '2022-03-17')"
    assert ask(asked, f"select name, articles, share from {period}") == [("Emmanuel Macron", 1, 1.0)]


def test_themes_of_an_actor(asked: Newsroom) -> None:
    columns = "theme_id, label, articles, independent_articles, share"
    assert ask(asked, f"select {columns} from themes_of('Macron')") == [
        ("diplomacy", "Diplomacy", 2, 1, 0.666667),
        ("energy", "Energy", 1, 1, 0.333333),
    ]


def test_who_is_named_with_an_actor(asked: Newsroom) -> None:
    columns = "other_name, articles, independent_articles, sentences"
    assert ask(asked, f"select {columns} from who_with('Macron')") == [("Recep Tayyip Erdoğan", 2, 1, 2)]
    assert ask(asked, f"select {columns} from who_with('Aliyev')") == [("Azerbaijan", 1, 1, 0)]


def test_evidence_is_the_sentences_behind_the_number(asked: Newsroom) -> None:
    columns = "published_on, source_id, title, sentence, surface, url, article_id"
    assert ask(asked, f"select {columns} from evidence('Emmanuel Macron', date '2022-03-16')") == [
        (date(2022, 3, 16), "wire", "Dear", "Macron spoke of gas.", "Macron", "https://wire.example/dear", "wire:dear")
    ]
    behind = ask(asked, "select count(*) from evidence('Macron', '2022-03-14')")
    assert behind == ask(
        asked,
        "select mentions from actor_daily where actor_id = 'person:emmanuel-macron' and published_on = date '2022-03-14'",
    )


def test_pairs_beyond_chance_are_told_from_frequent_ones(asked: Newsroom) -> None:
    columns = "other_name, independent_articles, expected, g2, pmi"
    # Four independent articles: Macron in two, Erdoğan in one, with him.
    assert ask(asked, f"select {columns} from who_with('Erdogan')") == [("Emmanuel Macron", 1, 0.5, 1.726, 1.0)]
    pairs = "select name, other_name, independent_articles, g2 from top_pairs(min_articles := 1)"
    assert ask(asked, pairs) == [
        ("Azerbaijan", "Ilham Aliyev", 1, 4.499),
        ("Emmanuel Macron", "Recep Tayyip Erdoğan", 1, 1.726),
    ]


def test_risers_are_held_against_their_own_past(asked: Newsroom) -> None:
    """Macron: one independent article of the one on the 16th, after one of two on the 14th."""
    question = "select name, independent_articles, past_articles, expected, lift, g2, is_new from "
    risers = "rising_actors(until := date '2022-03-16', days := 1, past_days := 7, min_articles := 1)"
    assert ask(asked, question + risers) == [("Emmanuel Macron", 1, 1, 0.5, 1.5, 0.236, False)]


def test_two_actors_side_by_side(asked: Newsroom) -> None:
    columns = "started_on, one_articles, one_independent, one_share, other_articles, both_articles, tagged_articles"
    assert ask(asked, f"select {columns} from compare_actors('Macron', 'Erdoğan', per := 'month')") == [
        (date(2022, 3, 1), 3, 2, 0.6, 2, 2, 5)
    ]


def test_by_whom_an_actor_is_covered_silent_sources_included(asked: Newsroom) -> None:
    columns = "source_id, articles, own_articles, share, source_articles"
    assert ask(asked, f"select {columns} from sources_of('Macron')") == [
        ("wire", 2, 1, 0.5, 4),
        ("gazette", 1, 1, 1.0, 1),
    ]
    assert ask(asked, "select source_id, articles from sources_of('Aliyev')") == [("wire", 1), ("gazette", 0)]


def test_a_theme_is_found_by_its_label_and_told_by_week(asked: Newsroom) -> None:
    columns = "published_on, articles, independent_articles, share"
    assert ask(asked, f"select {columns} from theme_timeline('ENERGY', per := 'week')") == [
        (date(2022, 3, 14), 2, 2, 0.4)
    ]
    assert ask(asked, "select articles, independent_articles from theme_weekly where theme_id = 'diplomacy'") == [
        (2, 1)
    ]


def test_weeks_count_a_copy_once_over_all_their_days(asked: Newsroom) -> None:
    columns = "started_on, articles, independent_articles, sources, days, share"
    question = f"select {columns} from actor_weekly where actor_id = 'person:emmanuel-macron'"
    assert ask(asked, question) == [(date(2022, 3, 14), 3, 2, 2, 2, 0.6)]


def test_text_is_found_by_the_beginnings_of_words(asked: Newsroom) -> None:
    found = "select title, hits from search('{}')"
    assert ask(asked, found.format("swallow MACRON")) == [("Dear", 2)]
    assert ask(asked, found.format("allows")) == []
    assert ask(asked, found.format("erdogan")) == [("Copy", 1), ("Meeting", 1)]
    assert ask(asked, found.format("")) == []


def test_the_calendar_has_every_day(asked: Newsroom) -> None:
    assert ask(asked, "select articles, tagged, independent_articles, sources from calendar") == [
        (3, 3, 2, 2),
        (0, 0, 0, 0),
        (1, 1, 1, 1),
        (0, 0, 0, 0),
        (1, 1, 1, 1),
    ]


def test_every_example_in_a_comment_runs(asked: Newsroom) -> None:
    for one in (*macros(), *views()):
        example = one.comment.split("Example: ", 1)[1]
        ask(asked, example)


def test_every_column_of_a_view_or_macro_is_described_in_its_header(asked: Newsroom) -> None:
    for view in views():
        assert [row[0] for row in ask(asked, f"describe {view.name}")] == list(view.columns)
    for macro in macros():
        example = macro.comment.split("Example: ", 1)[1]
        assert [row[0] for row in ask(asked, f"describe {example}")] == list(macro.columns), macro.name


def test_unknown_actors_come_with_evidence_and_the_lines_that_decide_about_them(newsroom: Newsroom) -> None:
    """Who is found has a name among the actors for as long as an article names him."""
    newsroom.land("2022-03-16", story("one", f"Tessa Varndell met Macron. {FILLER}"))
    newsroom.land("2022-03-17", story("two", f"The lawyer Tessa Varndell left. {FILLER}", published="2022-03-17"))
    newsroom.land("2022-03-18", story("gone", f"Olaf Brunner spoke. {FILLER}"))
    newsroom.build()
    named = "select name from actors where origin = 'found' order by name"
    assert newsroom.query(named) == [("Olaf Brunner",), ("Tessa Varndell",)]
    newsroom.land("2022-03-18", story("gone", f"It rained. {FILLER}"))
    newsroom.build()
    assert newsroom.query(named) == [("Tessa Varndell",)]
    publish(newsroom.home)
    columns = "name, actor_type, articles, sources, mentions, first_on, last_on"
    assert ask(newsroom, f"select {columns} from unknown_actors()") == [
        ("Tessa Varndell", "person", 2, 1, 2, date(2022, 3, 16), date(2022, 3, 17))
    ]
    [(actor_id, *lines)] = ask(newsroom, "select actor_id, to_promote, to_merge, to_ban from unknown_actors()")
    assert [line.split(",")[0] for line in lines] == ["person:tessa-varndell", actor_id, actor_id]
    assert ask(newsroom, "select actor_id from find_actor('tessa varndell')") == [(actor_id,)]
