"""Reprint groups: which articles are copies of one text, over all landing days.

Verbatim copies have one `text_sha256`, whenever they were published. Changed copies are looked for among texts that
were published at most a window of days apart; what was found is kept per pair of landing days, so that only the days
whose articles changed are compared again, with the days in their window.

Belongs here: the steps, and what is kept between runs. Does not belong here: how two texts are compared
(reprint_links.py) and how links become groups (reprint_clusters.py).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from assets.cleaning import reprint_clusters, reprint_links, shingles
from assets.corrections import correct_groups, load_corrections
from assets.database import memory, parquet_pattern
from assets.home import Home
from assets.record import Record, write_parquet
from assets.reference import write_reprint_groups
from assets.replacing import replacing
from assets.settings import Reprints, Settings
from assets.statements import statement
from assets.tables import table

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import pyarrow as pa

# A shingle in so many texts of one source and landing day, and in so large a part of them, is the source's own phrase.
# Many, since a dump of several papers is one source, and may hold dozens of copies of one text.
COMMON_TEXTS = 50
COMMON_SHARE = 0.1
FURNITURE_PART = 5  # from one in so many of a text's shingles on, what is common says little of it
# A short text that one source puts under so many headlines is a paywall or an apology, no article.
STUB_HEADLINES = 5
STUB_WORDS = 100
# How many texts are compared with their window in one statement: bounds the memory of the first run over an archive.
TEXTS_AT_ONCE = 30_000


def group_reprints(home: Home, settings: Settings) -> pa.Table:
    """Group the current articles of the record, write `reprint_groups` and return it."""
    schema = table("reprint_groups").arrow_schema
    files = {file.path: file.landed_on for file in Record(home.record).files("articles")}
    groups = schema.empty_table()
    if files:
        with memory(home.candidate.parent / "spill") as connection:
            links = bring_links_up_to_date(connection, home, settings.reprints)
            groups = _group(connection, files, links, settings.reprints).cast(schema)
    groups = correct_groups(groups, load_corrections(home).of("reprint"))
    write_reprint_groups(home, groups)
    return groups


def _group(
    connection: duckdb.DuckDBPyConnection, files: dict[Path, date], links: pa.Table, settings: Reprints
) -> pa.Table:
    import pyarrow as pa

    patterns = [parquet_pattern(path) for path in files]
    connection.execute(statement("cleaning", "reprint_documents"), {"files": patterns})
    _compare_contents(connection, files)
    connection.execute(statement("cleaning", "reprint_current"), {"min_words": settings.min_words})
    connection.execute(
        statement("cleaning", "reprint_stubs"),
        {"files": patterns, "headlines": STUB_HEADLINES, "max_words": STUB_WORDS},
    )
    connection.register("links", links)
    connection.execute(statement("cleaning", "reprint_current_links"))
    linked = connection.sql("from current_links").fetchall()
    groups = reprint_clusters.clusters((one, other, strength) for one, other, _, strength in linked)
    clustered = pa.table(
        {"text_sha256": pa.array(groups, pa.string()), "cluster": pa.array(groups.values(), pa.string())}
    )
    connection.register("clustered", clustered)
    return connection.sql(statement("cleaning", "group_reprints")).to_arrow_table()


def _compare_contents(connection: duckdb.DuckDBPyConnection, files: dict[Path, date]) -> None:
    """Hash the texts that must be compared: those of articles with several documents, the only ones that can change."""
    days = {day for (day,) in connection.execute(statement("cleaning", "reprint_contested_days")).fetchall()}
    contested = [parquet_pattern(path) for path, day in files.items() if day in days]
    if contested:
        connection.execute(statement("cleaning", "reprint_contents"), {"files": contested})
    else:
        connection.execute(statement("cleaning", "reprint_no_contents"))


def bring_links_up_to_date(connection: duckdb.DuckDBPyConnection, home: Home, settings: Reprints) -> pa.Table:
    """Compare the texts of the landing days that changed since last time; return all links between texts."""
    record, kept = Record(home.record), KeptLinks(home, settings)
    now = {file.landed_on: _fingerprint(file.path) for file in record.files("articles")}
    before = kept.days()
    changed = {day for day in now.keys() | before.keys() if now.get(day) != before.get(day)}
    chunks, size = [[]], 0
    for day in sorted(changed):
        texts = _texts_of_day(record.read_day("articles", day, _TEXT_COLUMNS), settings.min_words)
        kept.write_texts(day, texts)
        if size + texts.num_rows > TEXTS_AT_ONCE:
            chunks, size = [*chunks, []], 0
        chunks[-1].append(day)
        size += texts.num_rows
    links = kept.links()
    if changed:
        links = _without_days(links, changed)
        for number, days in enumerate(chunks):
            later = [day for chunk in chunks[number + 1 :] for day in chunk]
            links = _together(links, _new_links(connection, home, kept, days, later, settings))
        kept.write_links(links, now)
    return links


class KeptLinks:
    """What is kept between runs: the shingles of each landing day, the links, and of which files they were made."""

    def __init__(self, home: Home, settings: Reprints) -> None:
        self._record = Record(home.record)
        self._folder = home.record / "reprint_links"
        code = [Path(module.__file__ or "") for module in (shingles, reprint_links)] + [Path(__file__)]
        digest = hashlib.sha256(settings.model_dump_json().encode())
        for path in code:
            digest.update(path.read_bytes())
        self._rules = digest.hexdigest()[:16]

    def days(self) -> dict[date, list[int]]:
        """Return the landing days that were compared, with what identified their files then."""
        try:
            known = json.loads((self._folder / "days.json").read_text())
        except (FileNotFoundError, ValueError):
            return {}
        if known["rules"] != self._rules:
            return {}
        days = {date.fromisoformat(day): fingerprint for day, fingerprint in known["days"].items()}
        # A takedown deletes the kept texts of a day.
        return {day: fingerprint for day, fingerprint in days.items() if self._record.day_files(TEXTS, day)}

    def texts_to_compare(self, days: Iterable[date], later: Iterable[date], window_days: int) -> pa.Table:
        """Return the texts of `days` and those published within the window of them, but for `later` landing days.

        They are numbered, and texts that are equal share a `text_number`.
        """
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        at_hand = pa.array(sorted(days), pa.date32())
        changed = [path for day in days for path in self._record.day_files(TEXTS, day)]
        spans = pq.read_table(changed, columns=["first_day", "last_day"])
        if not spans.num_rows:
            return self._numbered(_texts_schema().empty_table(), at_hand)
        window = timedelta(days=window_days)
        since = pc.field("last_day") >= pa.scalar(pc.min(spans["first_day"]).as_py() - window)
        until = pc.field("first_day") <= pa.scalar(pc.max(spans["last_day"]).as_py() + window)
        files = [file.path for file in self._record.files(TEXTS)]
        texts = pq.read_table(files, filters=since & until, schema=_texts_schema())
        texts = texts.filter(pc.invert(pc.is_in(texts["landed_on"], pa.array(sorted(later), pa.date32()))))
        return self._numbered(texts, at_hand)

    def _numbered(self, texts: pa.Table, at_hand: pa.Array) -> pa.Table:
        """Number the texts, those of the days at hand last, so that each is compared with the ones before it."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        texts = texts.append_column("is_at_hand", pc.is_in(texts["landed_on"], at_hand))
        texts = texts.sort_by([(name, "ascending") for name in ("is_at_hand", "landed_on", "text_sha256")])
        fact_shingles = pc.list_value_length(texts["facts"])
        columns = {
            "number": pa.array(np.arange(texts.num_rows, dtype=np.int32)),
            "text_number": texts["text_sha256"].combine_chunks().dictionary_encode().indices,
            "shingles": pc.add(fact_shingles, pc.list_value_length(texts["others"])),
            "fact_shingles": fact_shingles,
        }
        for name, column in columns.items():
            texts = texts.append_column(name, column)
        return texts

    def write_texts(self, day: date, rows: pa.Table) -> None:
        """Keep the shingles of one landing day."""
        write_parquet(self._record.day_folder(TEXTS, day) / "part.parquet", rows, _texts_schema())

    def links(self) -> pa.Table:
        """Return the links as they were kept."""
        import pyarrow.parquet as pq

        path = self._folder / "links.parquet"
        return pq.ParquetFile(path).read() if path.exists() else _links_schema().empty_table()

    def write_links(self, links: pa.Table, days: dict[date, list[int]]) -> None:
        """Keep the links, and then the note which days they were made of: a crash in between compares again."""
        write_parquet(self._folder / "links.parquet", links, _links_schema())
        note = {"rules": self._rules, "days": {day.isoformat(): fingerprint for day, fingerprint in days.items()}}
        with replacing(self._folder / "days.json") as beside:
            beside.write_text(json.dumps(note))


TEXTS = "reprint_texts"
_HASH_COLUMNS = ["number", "hash", "is_fact", "is_at_hand"]
_TEXT_COLUMNS = ["source_id", "text", "text_sha256", "word_count", "published_on", "landed_on"]


def _texts_schema() -> pa.Schema:
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


def _links_schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema(
        [
            ("one_text", pa.string()),
            ("one_landed_on", pa.date32()),
            ("other_text", pa.string()),
            ("other_landed_on", pa.date32()),
            ("containment", pa.float64()),
            ("strength", pa.float64()),
        ]
    )


def _fingerprint(path: Path) -> list[int]:
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]


def _texts_of_day(articles: pa.Table, min_words: int) -> pa.Table:
    """Return the distinct texts of a landing day with their kept shingles."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    articles = articles.filter(pc.greater_equal(articles["word_count"], min_words))
    days = pc.coalesce(articles["published_on"], articles["landed_on"])
    grouped = (
        articles.append_column("day", days)
        .group_by("text_sha256", use_threads=False)
        .aggregate([("text", "first"), ("source_id", "min"), ("landed_on", "min"), ("day", "min"), ("day", "max")])
        .sort_by("text_sha256")
    )
    found = shingles.kept_shingles(grouped["text_first"].to_pylist())
    sources = np.unique(grouped["source_id_min"].to_numpy(), return_inverse=True)[1]
    own = ~_is_common(found.hashes, sources[found.of_text], sources)
    facts, others = own & found.with_fact, own & ~found.with_fact
    kept = np.bincount(found.of_text, minlength=grouped.num_rows)
    return pa.table(
        [
            grouped["landed_on_min"].combine_chunks(),
            grouped["text_sha256"].combine_chunks(),
            grouped["day_min"].combine_chunks(),
            grouped["day_max"].combine_chunks(),
            pa.array(np.bincount(found.of_text[~own], minlength=grouped.num_rows) * FURNITURE_PART > kept),
            _lists(found.hashes[facts], found.of_text[facts], grouped.num_rows),
            _lists(found.hashes[others], found.of_text[others], grouped.num_rows),
        ],
        schema=_texts_schema(),
    )


def _is_common(hashes: np.ndarray, sources: np.ndarray, text_sources: np.ndarray) -> np.ndarray:
    """Return which shingles stand in so many texts of their source that they are furniture."""
    import numpy as np

    keys = (sources.astype(np.uint64) << np.uint64(shingles.HASH_BITS)) | hashes
    in_order = np.sort(keys)
    # Where the same key stands so many places further on, there are more of it than that.
    candidates = np.unique(in_order[:-COMMON_TEXTS][in_order[:-COMMON_TEXTS] == in_order[COMMON_TEXTS:]])
    if not len(candidates):
        return np.zeros(len(keys), bool)
    counts = np.searchsorted(in_order, candidates, "right") - np.searchsorted(in_order, candidates, "left")
    texts_of_source = np.bincount(text_sources)[(candidates >> np.uint64(shingles.HASH_BITS)).astype(np.int64)]
    return np.isin(keys, candidates[counts > COMMON_SHARE * texts_of_source])


def _lists(values: np.ndarray, of_text: np.ndarray, texts: int) -> pa.Array:
    import numpy as np
    import pyarrow as pa

    offsets = np.searchsorted(of_text, np.arange(texts + 1)).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(values, pa.uint64()))


def _flat_hashes(texts: pa.Table) -> pa.Table:
    """Return one row for each kept shingle of each text."""
    import numpy as np
    import pyarrow as pa

    at_hand = texts["is_at_hand"].to_numpy()
    parts = []
    for name, is_fact in (("facts", True), ("others", False)):
        lists = texts[name].combine_chunks()
        owners = lists.value_parent_indices().to_numpy().astype(np.int32)
        hashes = lists.flatten()
        flags = pa.array(np.full(len(owners), is_fact))
        parts.append(pa.table([pa.array(owners), hashes, flags, pa.array(at_hand[owners])], _HASH_COLUMNS))
    return pa.concat_tables(parts)


def _without_days(links: pa.Table, days: Iterable[date]) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    gone = pa.array(sorted(days), pa.date32())
    touched = pc.or_(pc.is_in(links["one_landed_on"], gone), pc.is_in(links["other_landed_on"], gone))
    return links.filter(pc.invert(touched))


def _together(links: pa.Table, added: pa.Table) -> pa.Table:
    import pyarrow as pa

    keys = [(name, "ascending") for name in ("one_text", "other_text", "one_landed_on", "other_landed_on")]
    return pa.concat_tables([links, added.cast(links.schema)]).sort_by(keys)


def _new_links(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    kept: KeptLinks,
    days: list[date],
    later: list[date],
    settings: Reprints,
) -> pa.Table:
    """Compare the texts of landing days with each other and with those in their window, but for `later` days."""
    import pyarrow as pa

    texts = kept.texts_to_compare(days, later, settings.window_days)
    connection.register("texts", texts.drop_columns(["facts", "others"]))
    connection.register("hashes", _flat_hashes(texts))
    bounds = {
        "window_days": settings.window_days,
        "min_containment": settings.min_containment,
        "sure_sample": reprint_links.SURE_SAMPLE,
        "facts_to_words": reprint_links.FACTS_TO_WORDS,
        "enough": reprint_links.ENOUGH_OF_EACH,
        "max_own": reprint_links.MAX_OWN_SHINGLES / shingles.KEEP_ONE_IN,
    }
    connection.execute(statement("cleaning", "reprint_pairs"), bounds)
    clear = connection.sql(statement("cleaning", "reprint_clear_links")).to_arrow_table()
    doubtful = connection.sql(statement("cleaning", "reprint_doubtful_pairs")).to_arrow_table().to_pylist()
    days = sorted({pair[name] for pair in doubtful for name in ("one_landed_on", "other_landed_on")})
    texts = [parquet_pattern(path) for day in days for path in Record(home.record).day_files("articles", day)]
    if not texts:
        return clear
    connection.execute(statement("cleaning", "reprint_doubtful_texts"), {"files": texts})
    words = {
        sha256: reprint_links.WordsOf(text)
        for sha256, text in connection.sql("select text_sha256, text from doubtful_texts").fetchall()
    }
    linked = []
    for pair in doubtful:
        comparison = reprint_links.compare(words[pair["one_text"]], words[pair["other_text"]], settings.min_containment)
        if comparison.is_copy:
            linked.append({**pair, "containment": round(comparison.containment, 4)})
    return pa.concat_tables([clear, pa.Table.from_pylist(linked, schema=clear.schema)])
