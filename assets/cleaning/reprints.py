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
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assets.cleaning import reprint_clusters, reprint_links, reprint_pairs, reprint_texts, shingles
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
    import pyarrow as pa

# A short text that one source puts under so many headlines is a paywall or an apology, no article.
STUB_HEADLINES = 5
STUB_WORDS = 100
# So much of the files of articles is read at once: bounds the memory of the first run over an archive.
BYTES_AT_ONCE = 16 * 2**20


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
    files = {file.landed_on: file.path for file in Record(home.record).files("articles")}
    kept = KeptLinks(home, settings)
    now = {day: _fingerprint(path) for day, path in files.items()}
    before = kept.days()
    changed = {day for day in now.keys() | before.keys() if now.get(day) != before.get(day)}
    links = kept.links()
    if not changed:
        return links
    links = _without_days(links, changed)
    later = set(changed)
    for days in _parts(sorted(changed), now):
        later.difference_update(days)
        texts = reprint_texts.texts_of_days(connection, [files[day] for day in days if day in files], settings)
        kept.write_texts(days, texts)
        others = kept.texts_near(texts, {*days, *later}, settings.window_days)
        links = _together(links, _new_links(connection, texts, others, files, settings))
    kept.write_links(links, now)
    return links


def _parts(days: list[date], files: Mapping[date, list[int]]) -> Iterator[list[date]]:
    part, size = [], 0
    for day in days:
        part.append(day)
        size += files[day][0] if day in files else 0
        if size >= BYTES_AT_ONCE:
            yield part
            part, size = [], 0
    if part:
        yield part


class KeptLinks:
    """What is kept between runs: the shingles of each landing day, the links, and of which files they were made."""

    def __init__(self, home: Home, settings: Reprints) -> None:
        self._record = Record(home.record)
        self._folder = home.record / "reprint_links"
        code = [Path(module.__file__ or "") for module in (shingles, reprint_texts, reprint_pairs, reprint_links)]
        digest = hashlib.sha256(settings.model_dump_json().encode())
        for path in [*code, Path(__file__)]:
            digest.update(path.read_bytes())
        self._rules = digest.hexdigest()[:16]
        # Of each landing day, when its texts were published: says which files a comparison needs.
        self._published: dict[date, tuple[date, date]] = {}

    def days(self) -> dict[date, list[int]]:
        """Return the landing days that were compared, with what identified their files then."""
        try:
            known = json.loads((self._folder / "days.json").read_text())
        except (FileNotFoundError, ValueError):
            return {}
        if known["rules"] != self._rules:
            return {}
        # A takedown deletes the kept texts of a day, and a power cut may have left a part of them.
        notes = ((date.fromisoformat(day), one) for day, one in known["days"].items())
        days = {day: one for day, one in notes if self._size(day) == one["kept"]}
        spans = ((day, one["published"]) for day, one in days.items())
        self._published = {
            day: (date.fromisoformat(span[0]), date.fromisoformat(span[1])) for day, span in spans if span
        }
        return {day: one["file"] for day, one in days.items()}

    def texts_near(self, texts: pa.Table, days: set[date], window_days: int) -> pa.Table:
        """Return the kept texts published within the window of `texts`, but for those of the landing `days`."""
        import pyarrow as pa
        import pyarrow.compute as pc

        tables = [reprint_texts.schema().empty_table()]
        if texts.num_rows:
            window, (first, last) = timedelta(days=window_days), reprint_texts.published(texts)
            near = (
                day
                for day, (since, until) in sorted(self._published.items())
                if day not in days and since <= last + window and until >= first - window
            )
            wanted = (pc.field("last_day") >= first - window) & (pc.field("first_day") <= last + window)
            tables += [reprint_texts.read(self._file(day)).filter(wanted) for day in near]
        return pa.concat_tables(tables)

    def write_texts(self, days: Iterable[date], texts: pa.Table) -> None:
        """Keep the shingles of the texts that landed on `days`; `texts` are in order of these."""
        landed_on = texts["landed_on"].to_numpy()
        for day in days:
            start, end = (int(landed_on.searchsorted(np.datetime64(day), side)) for side in ("left", "right"))
            rows = texts.slice(start, end - start)
            reprint_texts.write(self._file(day), rows)
            self._published.pop(day, None)
            if rows.num_rows:
                self._published[day] = reprint_texts.published(rows)

    def _size(self, day: date) -> int:
        try:
            return self._file(day).stat().st_size
        except FileNotFoundError:
            return 0

    def _file(self, day: date) -> Path:
        return self._record.day_folder(TEXTS, day) / "part.arrow"

    def links(self) -> pa.Table:
        """Return the links as they were kept."""
        import pyarrow.parquet as pq

        path = self._folder / "links.parquet"
        return pq.ParquetFile(path).read() if path.exists() else _links_schema().empty_table()

    def write_links(self, links: pa.Table, days: dict[date, list[int]]) -> None:
        """Keep the links, and then the note which days they were made of: a crash in between compares again."""
        write_parquet(self._folder / "links.parquet", links, _links_schema())
        notes = {
            day.isoformat(): {
                "file": file,
                "kept": self._size(day),
                "published": [one.isoformat() for one in self._published.get(day, ())],
            }
            for day, file in days.items()
        }
        with replacing(self._folder / "days.json") as beside:
            beside.write_text(json.dumps({"rules": self._rules, "days": notes}))


TEXTS = "reprint_texts"


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
    names = _links_schema().names
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
