"""What repeats within a source: learned when asked, and then left out of its articles."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from assets.cleaning.days import clean_days
from assets.cleaning.profiles import learn_profiles
from assets.home import Home
from assets.record import Record
from assets.tables import table
from tests.cleaning.conftest import landed
from tests.conftest import Installation, day

SLOGAN = "The Harbour Gazette reads the river for you every single morning"
BODIES = (
    "The ferry stayed in port on Monday because the wind had torn its ramp away during the night.",
    "A baker from the old town has won the prize for the best rye bread of the whole region.",
    "Two schools will share one gymnasium until the roof of the second has been made safe again.",
)
DAY = day("2022-03-17")


def clean(home: Home) -> list[str]:
    """Clean the one landing day and return the texts."""
    list(clean_days(home, [DAY], workers=1))
    return sorted(Record(home.record).read_day("articles", DAY)["text"].to_pylist())


def test_a_line_that_stands_in_every_article_is_furniture_once_learned(tmp_path: Path) -> None:
    home = Installation(tmp_path / "gazette").home
    documents = [landed(f"{body}\n\n{SLOGAN}\n\n{body[:-1]} at last.") for body in BODIES]
    rows = pa.Table.from_pylist(documents, schema=table("landed_documents").record_schema)
    Record(home.record).add_batch("landed_documents", DAY, "batch", rows)
    before = clean(home)
    assert all(SLOGAN in text for text in before)  # no single page can show that it is furniture
    learned = learn_profiles(home).select(["source_id", "kind", "line", "articles", "share"]).to_pylist()
    assert learned == [{"source_id": "no-idea", "kind": "line", "line": SLOGAN, "articles": 3, "share": 1.0}]
    after = clean(home)
    assert after == [text.replace(f"\n{SLOGAN}", "") for text in before]
    learn_profiles(home)  # from the documents, not from the articles, which lack the line now
    assert clean(home) == after


TRANSLATED = (
    "The ministers met on Tuesday.They spoke about the {0} and The road to the port for two hours. It was said that, The "
    "works on the {0} will begin in May and s. questions were left open until the next round of talks."
)
HARDLY = "The mayor of the town opened a {0} on Monday and The guests from the coast stayed until the evening came."


def test_where_many_articles_of_a_source_show_translation_the_others_are_taken_for_translated(tmp_path: Path) -> None:
    home = Installation(tmp_path / "gazette").home
    things = ("bridge", "market", "harbour", "school", "library", "ferry")
    texts = [(TRANSLATED if number % 2 else HARDLY).format(thing) for number, thing in enumerate(things)]
    rows = pa.Table.from_pylist(list(map(landed, texts)), schema=table("landed_documents").record_schema)
    Record(home.record).add_batch("landed_documents", DAY, "batch", rows)
    assert sum("and The" in text for text in clean(home)) == 3
    # Three articles of six show it, but six are too few for a habit of three: at least five must show it.
    learned = {row["kind"]: (row["articles"], row["share"]) for row in learn_profiles(home).to_pylist()}
    assert learned["machine_translated"] == (3, 0.5)
    assert sum("and The" in text for text in clean(home)) == 3
    more = [TRANSLATED.format(thing) for thing in ("stadium", "airport")]
    rows = pa.Table.from_pylist(list(map(landed, more)), schema=table("landed_documents").record_schema)
    Record(home.record).add_batch("landed_documents", DAY, "more", rows)
    assert sum("and The" in text for text in clean(home)) == 3  # nothing changes until profiles are learned
    learn_profiles(home)
    assert not any("and The" in text for text in clean(home))
