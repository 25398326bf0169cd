"""The distinct texts of landing days as kept shingles, without what a source prints under all its articles.

Belongs here: making them from articles on record. Does not belong here: keeping them (reprint_kept.py), turning text
into shingles (shingles.py), comparing (reprint_pairs.py, reprint_links.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assets.cleaning import shingles
from assets.database import parquet_pattern
from assets.settings import Reprints
from assets.statements import statement

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

# A shingle in so many texts of one source and landing day, and in so large a part of them, is the source's own phrase.
# Many, since a dump of several papers is one source, and may hold dozens of copies of one text.
COMMON_TEXTS = 50
COMMON_SHARE = 0.1
FURNITURE_PART = 5  # from one in so many of a text's shingles on, what is common says little of it


def schema() -> pa.Schema:
    """Return the columns that are kept of a text."""
    import pyarrow as pa

    hashes = pa.list_(pa.uint64())
    return pa.schema(
        [
            ("landed_on", pa.date32()),
            ("text_sha256", pa.string()),
            ("first_day", pa.date32()),
            ("last_day", pa.date32()),
            # Whether much of it is the source's own phrases, which are left out of what follows.
            ("has_furniture", pa.bool_()),
            ("facts", hashes),
            ("others", hashes),
        ]
    )


def published(texts: pa.Table) -> tuple[date, date]:
    """Return the first and the last day on which one of the texts was published."""
    import pyarrow.compute as pc

    return pc.min(texts["first_day"]).as_py(), pc.max(texts["last_day"]).as_py()


def texts_of_days(connection: duckdb.DuckDBPyConnection, files: Iterable[Path], settings: Reprints) -> pa.Table:
    """Return the distinct texts of each landing day in `files` of articles, by day and text; with the text itself."""
    import pyarrow as pa

    patterns = [parquet_pattern(path) for path in files]
    if not patterns:  # all files of the changed days are gone
        return schema().append(pa.field("text", pa.string())).empty_table()
    values = {"files": patterns, "min_words": settings.min_words}
    articles = connection.sql(statement("cleaning", "reprint_texts"), params=values).to_arrow_table()
    texts, groups = _distinct(articles)
    found = shingles.kept_shingles(texts["text"].to_pylist())
    own = ~_are_common(found, groups)
    facts, others = own & found.with_fact, own & ~found.with_fact
    of_text, count = found.of_text, texts.num_rows
    common = np.bincount(of_text[~own], minlength=count)
    columns = {
        "has_furniture": pa.array(common * FURNITURE_PART > np.bincount(of_text, minlength=count)),
        "facts": _lists(found.hashes[facts], of_text[facts], count),
        "others": _lists(found.hashes[others], of_text[others], count),
    }
    for name, column in columns.items():
        texts = texts.append_column(name, column)
    return texts.select([*schema().names, "text"])


def _distinct(articles: pa.Table) -> tuple[pa.Table, NDArray]:
    """Return each text of each landing day once, and a number that texts of the same source and day share."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not articles.num_rows:
        return articles, np.empty(0, np.int64)
    days, names = _day_numbers(articles["landed_on"]), articles["text_sha256"].combine_chunks()
    is_other_text = pc.not_equal(names[1:], names[:-1]).to_numpy(zero_copy_only=False)
    starts = np.flatnonzero(np.append(True, is_other_text | (days[1:] != days[:-1])))
    texts = articles.take(pa.array(starts))
    for name, extreme in (("first_day", np.minimum), ("last_day", np.maximum)):
        values = extreme.reduceat(_day_numbers(articles[name]), starts).astype("datetime64[D]")
        texts = texts.set_column(texts.schema.get_field_index(name), name, pa.array(values))
    sources = articles["source_id"].combine_chunks().dictionary_encode()
    by_name = pc.rank(sources.dictionary).to_numpy()[sources.indices.to_numpy()]
    groups = days[starts] * (len(sources.dictionary) + 1) + np.minimum.reduceat(by_name, starts)
    return texts, np.unique(groups, return_inverse=True)[1]


def _day_numbers(days: pa.ChunkedArray) -> NDArray:
    return days.to_numpy().astype("datetime64[D]").astype(np.int64)


def _are_common(found: shingles.Shingles, groups: NDArray) -> NDArray:
    """Return which shingles stand in so many texts of their source and day that they are furniture."""
    common = np.zeros(len(found.hashes), bool)
    texts_of_group = np.bincount(groups)
    # In a group of fewer texts nothing stands in so many.
    places = np.flatnonzero((texts_of_group > COMMON_TEXTS)[groups][found.of_text])
    keys = (groups[found.of_text[places]].astype(np.uint64) << np.uint64(shingles.HASH_BITS)) | found.hashes[places]
    in_order = np.sort(keys)
    # Where the same key stands so many places further on, there are more of it than that.
    candidates = np.unique(in_order[:-COMMON_TEXTS][in_order[:-COMMON_TEXTS] == in_order[COMMON_TEXTS:]])
    if len(candidates):
        counts = np.searchsorted(in_order, candidates, "right") - np.searchsorted(in_order, candidates, "left")
        texts = texts_of_group[(candidates >> np.uint64(shingles.HASH_BITS)).astype(np.int64)]
        common[places] = np.isin(keys, candidates[counts > COMMON_SHARE * texts])
    return common


def _lists(values: NDArray, of_text: NDArray, texts: int) -> pa.Array:
    import pyarrow as pa

    offsets = np.searchsorted(of_text, np.arange(texts + 1)).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(values, pa.uint64()))
