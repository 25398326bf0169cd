"""Which articles become one story, and that neither order of arrival nor reruns decide it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.coverage.conftest import Newsroom, make_newsroom, story

QUAKE = "An earthquake destroyed bridges near Lernavan. Rescuers searched collapsed houses. Macron offered rescuers."
QUAKE_2 = "Rescuers near Lernavan left collapsed houses after the earthquake. Macron praised the rescuers."
OPERA = "The opera reopened with a festival of puppets. Aliyev attended. Violinists rehearsed all winter."
OPERA_2 = (
    "Critics applauded the festival of puppets at the opera, where violinists rehearsed all winter. Aliyev clapped."
)
CHEESE = "Cheese makers quarrel about mountain pastures. Shepherds threaten lawsuits over grazing."
WEATHER = "Fog will cover valleys tomorrow; drizzle follows at noon and sunshine returns before dusk."


def stories(newsroom: Newsroom) -> dict[frozenset[str], tuple]:
    """Return, for the articles of each story, its days and sizes."""
    rows = newsroom.query(
        """
        select list(story_articles.article_id), any_value(stories.started_on), any_value(stories.ended_on),
            any_value(stories.articles), any_value(stories.independent_articles)
        from stories inner join story_articles on story_articles.story_id = stories.story_id
        group by stories.story_id
        """
    )
    return {frozenset(one.partition(":")[2] for one in ids): tuple(rest) for ids, *rest in rows}


def land_three_days(newsroom: Newsroom, order: tuple[int, ...] = (0, 1, 2)) -> None:
    days = [
        ("2022-03-14", [("quake-1", QUAKE), ("opera-1", OPERA), ("weather-1", WEATHER)]),
        ("2022-03-15", [("quake-2", QUAKE_2), ("cheese", CHEESE), ("weather-2", WEATHER + " Again.")]),
        (
            "2022-03-16",
            [("opera-2", OPERA_2), ("quake-3", QUAKE + " Schools opened."), ("weather-3", WEATHER + " So.")],
        ),
    ]
    for number in order:
        day, texts = days[number]
        newsroom.land(day, *(story(name, text, published=day) for name, text in texts))
        newsroom.build()


def test_articles_on_one_happening_are_a_story_across_days(newsroom: Newsroom) -> None:
    land_three_days(newsroom)
    found = stories(newsroom)
    assert found[frozenset({"quake-1", "quake-2", "quake-3"})] == (date(2022, 3, 14), date(2022, 3, 16), 3, 3)
    assert found[frozenset({"opera-1", "opera-2"})] == (date(2022, 3, 14), date(2022, 3, 16), 2, 2)
    assert not any("cheese" in articles for articles in found)
    [(label, actors)] = newsroom.query("select label, leading_actors from stories_of('Macron')")
    assert label.startswith("Quake") and actors == "Emmanuel Macron"


def test_what_is_in_the_news_every_day_holds_no_story_together(newsroom: Newsroom) -> None:
    days = [f"2022-03-{number:02d}" for number in range(1, 10)]
    unlike = ["abbey", "barrel", "cactus", "donkey", "engine", "falcon", "guitar", "harbor", "insect"]
    for number, day in enumerate(days):
        # The form of a market report, about something else every day.
        text = f"Exchange turnover bulletin: dealers quoted fixing turnover spreads. {unlike[number]} {unlike[number][::-1]}"
        newsroom.land(
            day, story(f"bulletin-{number}", text, published=day), story(f"other-{number}", f"{day} {CHEESE}")
        )
    newsroom.build()
    late = {f"bulletin-{number}" for number in range(4, 9)}
    assert not any(len(articles & late) > 1 for articles in stories(newsroom))


def test_copies_join_the_story_of_their_text_and_count_once(newsroom: Newsroom) -> None:
    newsroom.land(
        "2022-03-14",
        story("quake", QUAKE + " " + OPERA, published="2022-03-14"),
        story("copy", QUAKE + " " + OPERA, published="2022-03-14", source="gazette"),
    )
    newsroom.build()
    assert stories(newsroom) == {frozenset({"quake", "copy"}): (date(2022, 3, 14), date(2022, 3, 14), 2, 1)}


def test_stories_do_not_depend_on_the_order_of_arrival(tmp_path: Path) -> None:
    contents = []
    for number, order in enumerate([(0, 1, 2), (2, 0, 1), (1, 2, 0)]):
        newsroom = make_newsroom(tmp_path / str(number))
        land_three_days(newsroom, order)
        contents.append({name: rows for name, rows in newsroom.contents().items() if name.startswith("stor")})
    assert contents[0] == contents[1] == contents[2]
    assert contents[0]["stories"]


def test_an_article_that_is_gone_leaves_its_story(newsroom: Newsroom) -> None:
    land_three_days(newsroom)
    newsroom.land("2022-03-15", story("cheese", CHEESE, published="2022-03-15"))
    assert not newsroom.build().rebuilt
    updated = newsroom.contents()
    assert frozenset({"quake-1", "quake-3"}) in stories(newsroom)
    newsroom.home.candidate.unlink()
    newsroom.build()
    assert newsroom.contents() == updated
