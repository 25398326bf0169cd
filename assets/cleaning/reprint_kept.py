"""What grouping reprints keeps between runs: the texts of each landing day as shingles, all documents, all links
between texts, and of which files and by which rules they were made.

Belongs here: the files, and whether they can still be used. Does not belong here: what is done with them (reprints.py).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assets.cleaning import reprint_texts
from assets.home import Home
from assets.record import Record, write_parquet
from assets.replacing import replacing
from assets.settings import Reprints
from assets.statements import names, statement

if TYPE_CHECKING:
    import pyarrow as pa

TEXTS = "reprint_texts"


@dataclass(frozen=True)
class Notes:
    """Of what the kept files were made: the file of each landing day, and the days that have groups on record."""

    files: dict[date, list[int]] = field(default_factory=dict)
    grouped: list[date] = field(default_factory=list)
    corrected: bool = False


class Kept:
    """The kept files of one installation."""

    def __init__(self, home: Home, settings: Reprints) -> None:
        self._record = Record(home.record)
        self._folder = home.record / "reprint_links"
        self._links_file = self._folder / "links.parquet"
        self._documents_file = self._folder / "documents.arrow"
        self._rules = _rules(settings)
        # Of each landing day, when its texts were published: says which files a comparison needs.
        self._published: dict[date, tuple[date, date]] = {}
        self.notes = self._read_notes()

    def _read_notes(self) -> Notes:
        """Return what was noted last; nothing where the rules have changed or the kept documents are others.

        A day whose kept texts are gone, as after a takedown, is noted without its file: it has changed.
        """
        try:
            known = json.loads((self._folder / "days.json").read_text())
        except (FileNotFoundError, ValueError):
            return Notes()
        if known["rules"] != self._rules or known["documents"] != _size(self._documents_file):
            return Notes()
        files = {}
        for name, one in known["days"].items():
            day = date.fromisoformat(name)
            is_kept = _size(self._texts_file(day)) == one["texts"]
            files[day] = one["file"] if is_kept else []
            if is_kept and one["published"]:
                first, last = one["published"]
                self._published[day] = (date.fromisoformat(first), date.fromisoformat(last))
        return Notes(files, [date.fromisoformat(day) for day in known["grouped"]], known["corrected"])

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
            tables += [_read(self._texts_file(day)).filter(wanted) for day in near]
        return pa.concat_tables(tables)

    def write_texts(self, days: Iterable[date], texts: pa.Table) -> None:
        """Keep the shingles of the texts that landed on `days`; `texts` are in order of these."""
        schema, landed_on = reprint_texts.schema(), texts["landed_on"].to_numpy()
        texts = texts.select(schema.names).cast(schema)
        for day in days:
            start, end = places_of_day(landed_on, day)
            rows = texts.slice(start, end - start)
            _write(self._texts_file(day), rows)
            self._published.pop(day, None)
            if rows.num_rows:
                self._published[day] = reprint_texts.published(rows)

    def documents(self) -> pa.Table:
        """Return the documents as they were kept, in order of their landing days."""
        return _read(self._documents_file) if self.notes.files else documents_schema().empty_table()

    def write_documents(self, documents: pa.Table) -> None:
        """Keep the documents of all landing days."""
        _write(self._documents_file, documents)

    def links(self) -> pa.Table:
        """Return the links as they were kept."""
        import pyarrow.parquet as pq

        return pq.ParquetFile(self._links_file).read() if self.notes.files else links_schema().empty_table()

    def write_links(self, links: pa.Table) -> None:
        """Keep the links."""
        write_parquet(self._links_file, links, links_schema())

    def write_notes(self, notes: Notes) -> None:
        """Note of what the kept files were made; last, so that after a crash in between all is done again."""
        days = {
            day.isoformat(): {
                "file": file,
                "texts": _size(self._texts_file(day)),
                "published": [one.isoformat() for one in self._published.get(day, ())],
            }
            for day, file in notes.files.items()
        }
        grouped = [day.isoformat() for day in notes.grouped]
        known = {
            "rules": self._rules,
            "documents": _size(self._documents_file),
            "grouped": grouped,
            "corrected": notes.corrected,
            "days": days,
        }
        with replacing(self._folder / "days.json") as beside:
            beside.write_text(json.dumps(known))

    def _texts_file(self, day: date) -> Path:
        return self._record.day_folder(TEXTS, day) / "part.arrow"


def _rules(settings: Reprints) -> str:
    """Return the hash of what decides how texts are linked and grouped: where it is another, all is made again."""
    import duckdb

    digest = hashlib.sha256(settings.model_dump_json().encode())
    digest.update(duckdb.__version__.encode())  # whose hashes of headlines are kept
    folder = Path(__file__).parent
    for path in (folder / "shingles.py", *sorted(folder.glob("reprint*.py"))):
        digest.update(path.read_bytes())
    for name in names("cleaning"):
        digest.update(statement("cleaning", name).encode())
    return digest.hexdigest()[:16]


def links_schema() -> pa.Schema:
    """Return the columns of links between texts."""
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


def documents_schema() -> pa.Schema:
    """Return the columns of the documents that gave articles: what grouping needs of them."""
    import pyarrow as pa

    return pa.schema(
        [
            ("article_id", pa.string()),
            ("document_id", pa.string()),
            ("source_id", pa.string()),
            ("landed_on", pa.date32()),
            ("first_seen_at", pa.timestamp("us")),
            ("published_at", pa.timestamp("us")),
            ("published_on", pa.date32()),
            ("word_count", pa.int32()),
            ("text_sha256", pa.string()),
            ("title_hash", pa.uint64()),
        ]
    )


def fingerprint(path: Path) -> list[int]:
    """Return what tells a file from the one that was there before."""
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]


def places_of_day(days: NDArray, day: date) -> tuple[int, int]:
    """Return where `day` begins and ends in `days`, which are in order."""
    start, end = np.searchsorted(days, np.datetime64(day), "left"), np.searchsorted(days, np.datetime64(day), "right")
    return int(start), int(end)


def _write(path: Path, rows: pa.Table) -> None:
    """Keep `rows` as they lie in memory: hashes cannot be compressed, and days are many."""
    import pyarrow as pa

    with replacing(path) as beside, pa.OSFile(str(beside), "wb") as file, pa.ipc.new_file(file, rows.schema) as writer:
        writer.write_table(rows)


def _read(path: Path) -> pa.Table:
    import pyarrow as pa

    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
