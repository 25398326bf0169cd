"""Stories: bringing stories, story_episodes and story_articles up to date for the publication days that changed.

Belongs here: which days a changed day reaches, what the articles of those days are compared by, and the rows. The
grouping itself is happenings.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from assets.coverage.happenings import Episode, find_episodes
from assets.settings import Stories
from assets.statements import statement

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

# Words that all kinds of news use.
COMMON_WORDS = 1_000
# Headline and lead say what happened; below stands what happened before.
LEAD_CHARS = 600
# Days that are compared in one go: some million terms.
DAYS_PER_BLOCK = 30


def renew_stories(connection: duckdb.DuckDBPyConnection, rules: Stories) -> None:
    """Group the articles of all days that the days in `work_published_days` reach into stories anew."""
    reach = rules.reach
    asked = [day for (day,) in connection.execute(statement("stories", "days_asked"), {"reach": reach}).fetchall()]
    for name in ("work_story_days", "work_stories"):
        connection.execute(statement("build", "delete_all", the_table=name))
    connection.execute(statement("stories", "note_days"), {"days": asked})
    connection.execute(statement("stories", "note_stories"))
    for name in ("story_episodes", "story_articles"):
        connection.execute(statement("stories", "delete_days", the_table=name))
    connection.register("common_words", _common_words())
    for block in _blocks(asked, reach):
        _group_block(connection, block, rules)
    connection.unregister("common_words")
    if asked:
        _name_stories(connection, asked[0] - timedelta(days=reach))
    for name in ("stories", "story_actors", "story_themes"):
        connection.execute(statement("stories", "delete_stories", the_table=name))
    for name in ("insert_stories", "insert_story_actors", "insert_story_themes"):
        connection.execute(statement("stories", name))


def _blocks(days: Sequence[date], reach: int) -> Iterator[list[date]]:
    """Yield the days in runs that share what stands before them."""
    block: list[date] = []
    for day in days:
        if block and ((day - block[-1]).days > reach or len(block) == DAYS_PER_BLOCK):
            yield block
            block = []
        block.append(day)
    if block:
        yield block


def _group_block(connection: duckdb.DuckDBPyConnection, days: list[date], rules: Stories) -> None:
    bounds = {"since": days[0] - timedelta(days=rules.reach), "until": days[-1]}
    connection.execute(statement("stories", "articles_of_days"), bounds)
    numbered = connection.execute(statement("stories", "numbered_articles")).fetchall()
    terms = connection.sql(statement("stories", "terms"), params={"lead_chars": LEAD_CHARS}).to_arrow_table()
    episodes = list(find_episodes([day for day, _ in numbered], terms, days, rules))
    ids = [article_id for _, article_id in numbered]
    connection.register("found_episodes", _episode_rows(episodes, ids))
    connection.register("found_members", _member_rows(episodes, ids))
    connection.execute(statement("stories", "insert_episodes"))
    connection.execute(statement("stories", "insert_members"), bounds)
    connection.unregister("found_episodes")
    connection.unregister("found_members")


def _episode_rows(episodes: list[Episode], ids: list[str]) -> pa.Table:
    import pyarrow as pa

    return pa.table(
        {
            "episode_id": pa.array([ids[one.number] for one in episodes], pa.string()),
            "published_on": pa.array([one.published_on for one in episodes], pa.date32()),
            "continues": pa.array(
                [None if one.continues is None else ids[one.continues] for one in episodes], pa.string()
            ),
            "similarity": pa.array([one.similarity for one in episodes], pa.float64()),
        }
    )


def _member_rows(episodes: list[Episode], ids: list[str]) -> pa.Table:
    import numpy as np
    import pyarrow as pa

    nothing = np.array([])
    return pa.table(
        {
            "article_number": pa.array(
                np.concatenate([nothing, *(one.members for one in episodes)]).astype(np.int64), pa.int64()
            ),
            "episode_id": pa.array([ids[one.number] for one in episodes for _ in one.members], pa.string()),
            "similarity": pa.array(np.concatenate([nothing, *(one.closeness for one in episodes)]), pa.float64()),
        }
    )


def _name_stories(connection: duckdb.DuckDBPyConnection, since: date) -> None:
    """Name each story after the episode that begins it, also where later episodes continue a changed one."""
    import pyarrow as pa

    named: dict[str, str] = {}
    changed: dict[str, str] = {}
    stale: set[str] = set()
    for episode_id, continues, story_id in connection.execute(
        statement("stories", "episodes_since"), {"since": since}
    ).fetchall():
        if continues is None:
            now = f"story-{hashlib.sha256(episode_id.encode()).hexdigest()[:12]}"
        else:
            # An episode that stands before `since` has not changed, nor has the story of what continues it.
            now = named.get(continues, story_id)
        named[episode_id] = now
        if now != story_id:
            changed[episode_id] = now
            stale |= {now, story_id}
    rows = {"episode_id": list(changed), "story_id": list(changed.values())}
    connection.register("changed_episodes", pa.table(rows, schema=_changed_schema()))
    for name in ("story_episodes", "story_articles"):
        connection.execute(statement("stories", "name_stories", the_table=name))
    connection.unregister("changed_episodes")
    connection.register("changed_stories", pa.table({"story_id": pa.array(sorted(stale), pa.string())}))
    connection.execute(statement("stories", "note_changed_stories"))
    connection.unregister("changed_stories")


def _changed_schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema({"episode_id": pa.string(), "story_id": pa.string()})


@cache
def _common_words() -> pa.Table:
    import pyarrow as pa
    import wordfreq

    return pa.table({"word": wordfreq.top_n_list("en", COMMON_WORDS)})
