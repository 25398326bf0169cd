"""Stories: bringing stories, story_episodes and story_articles up to date for the publication days that changed.

Belongs here: which days a changed day reaches, what the articles of those days are compared by, and the rows. The
grouping itself is happenings.py.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from assets.coverage.happenings import find_episodes
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
DAYS_PER_BLOCK = 25
# Blocks of which the terms are held while those before them are grouped.
BLOCKS_WAITING = 3


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
    _group_days(connection, asked, rules)
    connection.unregister("common_words")
    since = (asked[0] if asked else date.max) - timedelta(days=reach)
    _name_stories(connection, since)
    [(first_on,)] = connection.execute(statement("stories", "first_day"), {"since": since}).fetchall()
    for name in ("stories", "story_actors", "story_themes"):
        connection.execute(statement("stories", "delete_stories", the_table=name))
    for name in ("insert_stories", "insert_story_actors", "insert_story_themes"):
        connection.execute(statement("stories", name), {"since": first_on})


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


@dataclass(frozen=True)
class _Window:
    """Articles of consecutive days (published_on, article_id, reprint_group_id) and their terms, by row number."""

    articles: pa.Table
    terms: pa.Table
    until: date

    def since(self, day: date) -> _Window:
        """Return what is left of the window from `day` on."""
        import pyarrow.compute as pc

        gone = pc.sum(pc.less(self.articles["published_on"], day)).as_py() or 0
        terms = self.terms.filter(pc.greater_equal(self.terms["article_number"], gone))
        return _Window(self.articles.slice(gone), _renumbered(terms, -gone), self.until)

    def and_then(self, later: _Window) -> _Window:
        """Return the window with the days of a later one behind its own."""
        import pyarrow as pa

        terms = pa.concat_tables([self.terms, _renumbered(later.terms, self.articles.num_rows)])
        return _Window(pa.concat_tables([self.articles, later.articles]), terms, later.until)


def _renumbered(terms: pa.Table, by: int) -> pa.Table:
    import pyarrow.compute as pc

    return terms.set_column(0, "article_number", pc.add(terms["article_number"], by))


def _group_days(connection: duckdb.DuckDBPyConnection, asked: Sequence[date], rules: Stories) -> None:
    """Group block by block: while DuckDB takes the terms of one from its articles, a thread groups those before."""
    waiting: deque[tuple[pa.Table, Future[tuple[pa.Table, pa.Table]]]] = deque()
    with ThreadPoolExecutor(1) as thread:
        window: _Window | None = None
        for block in _blocks(asked, rules.reach):
            window = _read_window(connection, window, block, rules)
            days = window.articles["published_on"].to_numpy().astype("datetime64[D]")
            waiting.append((window.articles, thread.submit(find_episodes, days, window.terms, block, rules)))
            if len(waiting) > BLOCKS_WAITING:
                _insert_groups(connection, *waiting.popleft())
        while waiting:
            _insert_groups(connection, *waiting.popleft())


def _read_window(
    connection: duckdb.DuckDBPyConnection, before: _Window | None, block: Sequence[date], rules: Stories
) -> _Window:
    """Return the articles of a block and of the days that it is compared with; what `before` has is not read again."""
    since = block[0] - timedelta(days=rules.reach)
    kept = before.since(since) if before and before.until >= since else None
    bounds = {"since": kept.until + timedelta(days=1) if kept else since, "until": block[-1]}
    connection.execute(statement("stories", "articles_of_days"), bounds)
    articles = connection.sql(statement("stories", "numbered_articles")).to_arrow_table()
    [(first, last)] = connection.execute(statement("stories", "landed")).fetchall()
    landed = {"first_landed": first, "last_landed": last}
    terms = connection.sql(statement("stories", "terms"), params={"lead_chars": LEAD_CHARS, **landed}).to_arrow_table()
    read = _Window(articles, terms, block[-1])
    return kept.and_then(read) if kept else read


def _insert_groups(
    connection: duckdb.DuckDBPyConnection, articles: pa.Table, found: Future[tuple[pa.Table, pa.Table]]
) -> None:
    import pyarrow as pa

    episodes, members = found.result()
    ids = articles["article_id"]
    episode_rows = {
        "episode_id": ids.take(episodes["number"]),
        "published_on": episodes["published_on"],
        "continues": ids.take(episodes["continues"]),
        "similarity": episodes["similarity"],
    }
    member_rows = {
        "published_on": articles["published_on"].take(members["article_number"]),
        "reprint_group_id": articles["reprint_group_id"].take(members["article_number"]),
        "episode_id": ids.take(members["episode"]),
        "similarity": members["similarity"],
    }
    connection.register("found_episodes", pa.table(episode_rows))
    connection.register("found_members", pa.table(member_rows))
    connection.execute(statement("stories", "insert_episodes"))
    if members.num_rows:
        days = member_rows["published_on"].combine_chunks()
        connection.execute(
            statement("stories", "insert_members"), {"since": days[0].as_py(), "until": days[-1].as_py()}
        )
    connection.unregister("found_episodes")
    connection.unregister("found_members")


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
        connection.execute(statement("stories", "name_stories", the_table=name), {"since": since})
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
