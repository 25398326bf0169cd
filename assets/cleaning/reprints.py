"""Reprint groups: which articles are copies of one text, over all landing days.

Verbatim copies have one `text_sha256`, whenever they were published. Changed copies are looked for among texts that
were published at most a window of days apart. What is known of each landing day is kept, so that a run reads the days
whose articles changed, compares them with those in their window, and groups anew what can have changed with them:
their articles, and all articles whose texts hang together with theirs by links.

Belongs here: the steps. Does not belong here: what is kept between runs (reprint_kept.py), how two texts are compared
(reprint_links.py) and how links become groups (reprint_clusters.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assets.cleaning import reprint_clusters, reprint_links, reprint_pairs, reprint_texts
from assets.cleaning.reprint_kept import Kept, Notes, documents_schema, fingerprint, links_schema, places_of_day
from assets.corrections import correct_groups, load_corrections
from assets.database import memory, parquet_pattern
from assets.home import Home
from assets.record import Record
from assets.reference import days_with_groups, read_reprint_groups, write_reprint_groups
from assets.settings import Reprints, Settings
from assets.statements import statement
from assets.tables import table

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

# A short text that one source puts under so many headlines is a paywall or an apology, no article.
STUB_HEADLINES = 5
STUB_WORDS = 100
# So much of the files of articles is read at once: bounds the memory of the first run over an archive.
BYTES_AT_ONCE = 16 * 2**20


def group_reprints(home: Home, settings: Settings) -> None:
    """Bring `reprint_groups` on record up to date with the articles on record."""
    import pyarrow as pa

    kept, corrections = Kept(home, settings.reprints), load_corrections(home).of("reprint")
    files = {file.landed_on: file.path for file in Record(home.record).files("articles")}
    now, known = {day: fingerprint(path) for day, path in files.items()}, kept.notes
    changed = sorted(day for day in now.keys() | known.files.keys() if now.get(day) != known.files.get(day))
    # A person's corrections may join any two articles: they are made, and taken back, where all are grouped.
    whole = bool(corrections) or known.corrected or not known.files or known.grouped != days_with_groups(home)
    if not (changed or (whole and files)):
        return
    with memory(home.candidate.parent / "spill") as connection:
        links_before, documents_before = kept.links(), kept.documents()
        links = _renewed_links(connection, kept, links_before, files, changed, settings.reprints)
        landed = _read_documents(connection, [files[day] for day in changed if day in files])
        documents, were_changed = _with_days(documents_before, landed, changed)
        connection.register("links", links)
        if whole:
            connection.register("documents", documents)
        else:
            connection.register("all_documents", documents)
            connection.register("links_before", links_before)
            connection.register("changed_documents", pa.concat_tables([were_changed, landed]))
            _choose_documents(connection, settings.reprints)
        _find_current_versions(connection, files, settings.reprints)
        if not whole:
            connection.execute(statement("cleaning", "reprint_leave_untouched"))
        groups = _group(connection)
        if whole:
            write_reprint_groups(home, correct_groups(groups, corrections))
        else:
            _replace_groups(connection, home, groups, changed)
    kept.write_documents(documents)
    kept.write_links(links)
    kept.write_notes(Notes(now, days_with_groups(home), bool(corrections)))


def _read_documents(connection: duckdb.DuckDBPyConnection, files: list[Path]) -> pa.Table:
    """Return what grouping needs of the documents in `files` of articles, in order of their landing days."""
    if not files:
        return documents_schema().empty_table()
    patterns = [parquet_pattern(path) for path in files]
    read = connection.sql(statement("cleaning", "reprint_documents"), params={"files": patterns})
    return read.to_arrow_table().cast(documents_schema())


def _with_days(documents: pa.Table, landed: pa.Table, days: Iterable[date]) -> tuple[pa.Table, pa.Table]:
    """Return documents with those `landed` on `days` in the place of the ones before, and the ones before.

    All are in order of their landing days, and nothing is copied: documents may be millions.
    """
    import pyarrow as pa

    days_before, days_landed = documents["landed_on"].to_numpy(), landed["landed_on"].to_numpy()
    pieces, replaced, at = [], [landed.slice(0, 0)], 0
    for day in days:
        start, end = places_of_day(days_before, day)
        first, last = places_of_day(days_landed, day)
        pieces += [documents.slice(at, start - at), landed.slice(first, last - first)]
        replaced.append(documents.slice(start, end - start))
        at = end
    return pa.concat_tables([*pieces, documents.slice(at)]), pa.concat_tables(replaced)


def _choose_documents(connection: duckdb.DuckDBPyConnection, settings: Reprints) -> None:
    """Choose the documents of the articles that can be in another group now."""
    connection.execute(statement("cleaning", "reprint_touched_texts"))
    connection.execute(statement("cleaning", "reprint_touched_documents"), {"min_words": settings.min_words})


def _find_current_versions(
    connection: duckdb.DuckDBPyConnection, files: Mapping[date, Path], settings: Reprints
) -> None:
    _compare_contents(connection, files)
    connection.execute(statement("cleaning", "reprint_current"), {"min_words": settings.min_words})


def _group(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return the groups of the current versions of the chosen articles."""
    import pyarrow as pa

    values = {"headlines": STUB_HEADLINES, "max_words": STUB_WORDS}
    connection.execute(statement("cleaning", "reprint_stubs"), values)
    connection.execute(statement("cleaning", "reprint_current_links"))
    linked = connection.sql("from current_links").fetchall()
    groups = reprint_clusters.clusters((one, other, strength) for one, other, _, strength in linked)
    clustered = pa.table(
        {"text_sha256": pa.array(groups, pa.string()), "cluster": pa.array(groups.values(), pa.string())}
    )
    connection.register("clustered", clustered)
    found = connection.sql(statement("cleaning", "group_reprints")).to_arrow_table()
    return found.cast(table("reprint_groups").arrow_schema)


def _compare_contents(connection: duckdb.DuckDBPyConnection, files: Mapping[date, Path]) -> None:
    """Hash the texts that must be compared: those of articles with several documents, the only ones that can change."""
    days = [day for (day,) in connection.execute(statement("cleaning", "reprint_contested_days")).fetchall()]
    if days:
        patterns = [parquet_pattern(files[day]) for day in days]
        connection.execute(statement("cleaning", "reprint_contents"), {"files": patterns})
    else:
        connection.execute(statement("cleaning", "reprint_no_contents"))


def _replace_groups(
    connection: duckdb.DuckDBPyConnection, home: Home, groups: pa.Table, changed: Iterable[date]
) -> None:
    """Put the rows of the articles that were grouped anew in the place of those that they had."""
    import pyarrow as pa
    import pyarrow.compute as pc

    days = {*changed, *(day for (day,) in connection.execute(statement("cleaning", "reprint_touched_days")).fetchall())}
    grouped = connection.sql(statement("cleaning", "reprint_touched_articles")).to_arrow_table()["article_id"]
    on_record = read_reprint_groups(home, days)
    others = on_record.filter(pc.invert(pc.is_in(on_record["article_id"], grouped.combine_chunks())))
    write_reprint_groups(home, pa.concat_tables([others, groups]), days)


def _renewed_links(
    connection: duckdb.DuckDBPyConnection,
    kept: Kept,
    links: pa.Table,
    files: Mapping[date, Path],
    changed: list[date],
    settings: Reprints,
) -> pa.Table:
    """Compare the texts of the landing days that changed; return all links between texts."""
    links = _without_days(links, changed)
    later = set(changed)
    for days in _parts(changed, files):
        later.difference_update(days)
        texts = reprint_texts.texts_of_days(connection, [files[day] for day in days if day in files], settings)
        kept.write_texts(days, texts)
        others = kept.texts_near(texts, {*days, *later}, settings.window_days)
        links = _together(links, _new_links(connection, texts, others, files, settings))
    return links


def _parts(days: list[date], files: Mapping[date, Path]) -> Iterator[list[date]]:
    part, size = [], 0
    for day in days:
        part.append(day)
        size += files[day].stat().st_size if day in files else 0
        if size >= BYTES_AT_ONCE:
            yield part
            part, size = [], 0
    if part:
        yield part


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
    texts: pa.Table,
    others: pa.Table,
    files: Mapping[date, Path],
    settings: Reprints,
) -> pa.Table:
    """Compare texts with each other and with others; only pairs that their shingles leave in doubt are read."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kept = texts.select(reprint_texts.schema().names).cast(reprint_texts.schema())
    marked = [
        rows.append_column("is_at_hand", pa.repeat(pa.scalar(at_hand), rows.num_rows))
        for rows, at_hand in ((others, False), (kept, True))
    ]
    pairs = reprint_pairs.find_pairs(pa.concat_tables(marked), settings)
    names = links_schema().names
    clear, doubtful = (pairs.filter(which).select(names) for which in (pairs["is_clear"], pc.invert(pairs["is_clear"])))
    sides = [
        list(zip(doubtful[f"{side}_landed_on"].to_pylist(), doubtful[f"{side}_text"].to_pylist(), strict=True))
        for side in ("one", "other")
    ]
    wanted = sorted({*sides[0], *sides[1]})
    contents = _contents(connection, wanted, texts, files)
    words = dict(zip(wanted, reprint_links.words_of([contents[one] for one in wanted]), strict=True))
    found = [
        reprint_links.compare(words[one], words[other], settings.min_containment)
        for one, other in zip(*sides, strict=True)
    ]
    containment = pa.array([round(one.containment, 4) for one in found], pa.float64())
    doubtful = doubtful.set_column(names.index("containment"), "containment", containment)
    return pa.concat_tables([clear, doubtful.filter(pa.array([one.is_copy for one in found], pa.bool_()))])


def _contents(
    connection: duckdb.DuckDBPyConnection,
    wanted: list[tuple[date, str]],
    texts: pa.Table,
    files: Mapping[date, Path],
) -> dict[tuple[date, str], str]:
    """Return the texts of landing days and hashes: those at hand, and the others from the record."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = ("landed_on", "text_sha256", "text")
    hashes = pa.array({text for _, text in wanted}, pa.string())
    at_hand = texts.select(columns).filter(pc.is_in(texts["text_sha256"], hashes)).to_pylist()
    contents = {(row["landed_on"], row["text_sha256"]): row["text"] for row in at_hand}
    missing = [one for one in wanted if one not in contents]
    if missing:
        days, missing_hashes = zip(*missing, strict=True)
        connection.register("wanted", pa.table({"landed_on": pa.array(days), "text_sha256": pa.array(missing_hashes)}))
        patterns = [parquet_pattern(files[day]) for day in sorted(set(days))]
        rows = connection.execute(statement("cleaning", "reprint_doubtful_texts"), {"files": patterns}).fetchall()
        contents |= {(day, text_sha256): text for day, text_sha256, text in rows}
    return contents
