"""On which day a document lands, and that landing again, in any order or after a crash, gives the same record."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from assets.ingestion import archives, files
from assets.ingestion.documents import Offer
from assets.ingestion.files import FoundFile
from assets.record import Record

if TYPE_CHECKING:
    from tests.ingestion.conftest import Installation

NOON = datetime(2022, 3, 20, 12, tzinfo=UTC)

COLUMNS = {"external_id": "id", "url": "url", "title": "headline", "text": "body", "published": "date"}


def row(number: int, day: str | None, **more: object) -> str:
    return json.dumps(
        {"id": f"a{number}", "headline": f"Headline {number}", "body": f"Text {number}.", "date": day, **more}
    )


@pytest.fixture
def archive(installation: Installation) -> Installation:
    """An archive over five days whose rows are out of order, with every kind of row that has no day of its own."""
    rows = [
        row(1, "2022-03-18"),
        row(2, "2022-03-14T23:30:00+00:00"),  # past midnight in Baku
        row(3, None),
        row(4, "2022-03-16"),
        row(5, "2022-03-18T09:00:00"),
        row(6, "2999-01-01"),
        row(7, "1999-12-31"),
        row(8, "2022-03-16", body=""),
        "{broken",
        row(9, "some day"),
    ]
    installation.write("archive/a.jsonl.gz", gzip.compress("\n".join(rows).encode()))
    installation.source(
        "archive", kind="table", path="archive/*.jsonl.gz", columns=COLUMNS, lands_on="published", timezone="Asia/Baku"
    )
    return installation


def test_an_archive_lands_on_its_own_dates_in_one_pass(archive: Installation) -> None:
    archive.land("2022-03-10", "2022-03-20")
    assert archive.landed() == [
        ("2022-03-15", "a.jsonl.gz#a2"),
        ("2022-03-16", "a.jsonl.gz#a4"),
        ("2022-03-18", "a.jsonl.gz#a1"),
        ("2022-03-18", "a.jsonl.gz#a3"),
        ("2022-03-18", "a.jsonl.gz#a5"),
        ("2022-03-18", "a.jsonl.gz#a6"),
        ("2022-03-18", "a.jsonl.gz#a9"),
    ]
    assert archive.rejected() == [
        ("2022-03-16", "a.jsonl.gz#a8", "empty"),
        ("2022-03-18", "a.jsonl.gz#a7", "before_first_day"),
        ("2022-03-18", "a.jsonl.gz#row=9", "unreadable"),
    ]
    future = next(row for row in archive.rows("landed_documents") if row["external_id"] == "a6")
    assert future["declared_published"] == "2999-01-01", "what was declared stays as it was written"
    assert (future["declared_by"], future["media_type"], future["bytes"]) == ("declared", "text/plain", b"Text 6.")


def test_landing_again_adds_nothing(archive: Installation) -> None:
    archive.land("2022-03-10", "2022-03-20")
    before = sorted(archive.home.record.rglob("*.parquet"))
    assert archive.land("2022-03-10", "2022-03-20", NOON + timedelta(days=2)) == []
    assert sorted(archive.home.record.rglob("*.parquet")) == before


def test_days_one_by_one_in_any_order_give_what_the_range_gives(archive: Installation, another) -> None:
    single = another(archive)
    archive.land("2022-03-10", "2022-03-20")
    for day in (18, 11, 20, 16, 10, 15, 19, 12, 14, 13, 17):
        single.land(f"2022-03-{day}")
    assert single.landed() == archive.landed()
    assert single.rejected() == archive.rejected()
    assert single.outcomes() == archive.outcomes()


def test_an_archive_that_grows_lands_its_undated_rows_once(archive: Installation) -> None:
    archive.land("2022-03-10", "2022-03-20")
    archive.write("archive/b.jsonl", row(20, "2022-03-19"))
    archive.source(
        "archive", **archive.sources["archive"].model_dump(exclude={"id", "name"}) | {"path": "archive/*.jsonl*"}
    )
    before = archive.landed()
    archive.land("2022-03-10", "2022-03-20")
    assert archive.landed() == [*before, ("2022-03-19", "b.jsonl#a20")]


def test_an_archive_without_any_usable_date_fails_and_says_which_column(installation: Installation) -> None:
    installation.write("a.jsonl", row(1, "yesterday"))
    installation.source("archive", kind="table", path="a.jsonl", columns=COLUMNS, lands_on="published")
    results = installation.land("2022-03-19", "2022-03-20")
    assert [(result.landed_on.day, result.outcome) for result in results] == [(19, "failed"), (20, "failed")]
    assert "'date'" in results[0].detail and installation.landed() == []
    assert installation.land("2022-03-19", "2022-03-20") == [], "the same failure is told once"
    installation.write("a.jsonl", row(1, "2022-03-20"))
    installation.land("2022-03-19", "2022-03-20")
    assert [outcome[2] for outcome in installation.outcomes()] == ["failed", "ok", "failed", "ok"]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The archive files that were read since the list was cleared."""
    names: list[str] = []
    whole = archives.read_archive

    def noting(found: FoundFile, *others: object) -> Iterator[Offer]:
        names.append(found.path.name)
        return whole(found, *others)

    monkeypatch.setattr(archives, "read_archive", noting)
    return names


def test_an_archive_is_read_again_only_where_it_may_hold_something_new(archive: Installation, read: list[str]) -> None:
    archive.land("2022-03-15", "2022-03-20")
    archive.land("2022-03-15", "2022-03-20", NOON + timedelta(days=1))
    archive.land("2022-03-10", "2022-03-14")
    assert read == ["a.jsonl.gz"], "all that it holds has landed"
    archive.write("archive/b.jsonl.gz", gzip.compress(row(20, "2022-03-16").encode()))
    archive.land("2022-03-18", "2022-03-20")
    archive.land("2022-03-18", "2022-03-20")
    assert read == ["a.jsonl.gz", "b.jsonl.gz"], "a new file does not open the old one"
    archive.land("2022-03-16")
    archive.land("2022-03-16")
    assert read == ["a.jsonl.gz", "b.jsonl.gz", "b.jsonl.gz"] and "b.jsonl.gz#a20" in dict(
        map(reversed, archive.landed())
    )
    read.clear()
    archive.write("archive/b.jsonl.gz", gzip.compress(row(20, "2022-03-16", body="Corrected.").encode()))
    archive.land("2022-03-16")
    assert read == ["b.jsonl.gz"] and len(archive.landed()) == 9
    read.clear()
    for batch in archive.record.day_files("landed_documents", date(2022, 3, 16)):
        batch.unlink()
    archive.land("2022-03-16")
    assert sorted(read) == ["a.jsonl.gz", "b.jsonl.gz"] and len(archive.landed()) == 8, (
        "the record decides, not the note"
    )
    read.clear()
    archive.settings = archive.settings.model_copy(update={"first_day": date(1999, 1, 1)})
    archive.land("1999-12-31")
    assert "a.jsonl.gz" in read and ("1999-12-31", "a.jsonl.gz#a7") in archive.landed()


def test_a_file_is_read_again_where_it_or_its_sidecar_has_changed(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    whole = files.read_documents
    monkeypatch.setattr(files, "read_documents", lambda path, *others: read.append(path.name) or whole(path, *others))
    installation.write("drop/a.txt", "One.")
    installation.write("drop/b.txt", "Two.")
    installation.write("drop/broken.xml", "<a>")
    installation.source("drop", kind="files", path="drop/*.*")
    for _ in range(2):
        installation.land()
    assert sorted(read) == ["a.txt", "b.txt", "broken.xml", "broken.xml"], "what cannot be read is tried again"
    read.clear()
    installation.write("drop/a.txt.yaml", "title: A title\n")
    installation.land()
    assert "a.txt" in read and "b.txt" not in read


def test_a_row_dated_tomorrow_is_read_again_when_its_day_has_come(installation: Installation, read: list[str]) -> None:
    installation.write("a.jsonl", "\n".join((row(1, "2022-03-20"), row(2, "2022-03-22"))))
    installation.source("wire", kind="table", path="a.jsonl", columns=COLUMNS, lands_on="published")
    for day in range(3):
        today = NOON + timedelta(days=day)
        installation.land("2022-03-20", today.date().isoformat(), today)
    assert ("2022-03-22", "a.jsonl#a2") in installation.landed()
    read.clear()
    installation.land("2022-03-20", "2022-03-25", NOON + timedelta(days=5))
    installation.land("2022-03-20", "2022-03-25", NOON + timedelta(days=5))
    assert len(read) <= 1


def test_a_damaged_archive_is_read_each_time_and_says_so_once(installation: Installation, read: list[str]) -> None:
    installation.write("cut.jsonl.gz", gzip.compress((row(1, "2022-03-16") + "\n").encode() * 3)[:-9])
    installation.source("cut", kind="table", path="cut.jsonl.gz", columns=COLUMNS)
    installation.land()
    assert installation.land() == [] and read == ["cut.jsonl.gz"] * 2


def test_files_land_on_the_day_in_their_path(installation: Installation) -> None:
    for day in ("2022-03-15", "2022-03-16", "2022-03-17"):
        installation.write(f"pages/{day}/a.txt", f"Written on {day}.")
    installation.write("pages/2022-03-16/sub/b.htm", "<p>In a folder.")
    installation.source("pages", kind="files", path="pages/{day}/**/*.*t*", lands_on="path")
    installation.land("2022-03-16", "2022-03-17")
    assert installation.landed() == [
        ("2022-03-16", "2022-03-16/a.txt"),
        ("2022-03-16", "2022-03-16/sub/b.htm"),
        ("2022-03-17", "2022-03-17/a.txt"),
    ]
    assert {row["external_id"] for row in installation.rows("landed_documents")} == {
        where for _, where in installation.landed()
    }


def test_fetched_files_land_today_and_never_twice(installation: Installation) -> None:
    page = installation.write("drop/a.txt", "One.")
    installation.write("drop/empty.txt", " \n")
    installation.source("drop", kind="files", path="drop/*.txt")
    assert installation.land("2022-03-19") == [], "a past day is never fetched for"
    installation.land()
    assert installation.landed() == [("2022-03-20", "a.txt")]
    for _ in range(2):  # the second time with the index rebuilt from the record
        assert installation.land("2022-03-21", now=NOON + timedelta(days=1)) == []
        for index in installation.home.state.rglob("*.parquet"):
            index.unlink()
    page.write_text("One, corrected.")
    installation.land("2022-03-22", now=NOON + timedelta(days=2))
    assert installation.landed() == [("2022-03-20", "a.txt"), ("2022-03-22", "a.txt")]
    first, second = installation.rows("landed_documents")
    assert first["external_id"] == second["external_id"] and first["document_id"] != second["document_id"]


def test_one_bad_source_never_stops_the_others(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    installation.source("missing", kind="files", path="nowhere/*.txt")
    installation.source("good", kind="files", path="good/*.txt")
    installation.source("surprising", kind="table", path="rows.jsonl", columns=COLUMNS)
    installation.write("good/a.txt", "Good.")
    installation.write("rows.jsonl", row(1, None))
    monkeypatch.setattr("assets.ingestion.archives._document", lambda *_: 1 / 0)
    installation.land()
    assert installation.landed() == [("2022-03-20", "a.txt")]
    details = {row["source_id"]: row["detail"] for row in installation.rows("source_fetches")}
    assert "nowhere: there is no such folder" in details["missing"]
    assert details["surprising"].startswith("ZeroDivisionError") and details["good"] is None


class Killed(BaseException):
    """The process ends here."""


def contents(installation: Installation) -> list:
    """Everything on record that a reader counts."""
    facts = ("document_id", "source_id", "locator", "landed_on")
    documents = sorted(
        (*(row[name] for name in facts), row["first_seen_at"].replace(microsecond=0))
        for row in installation.rows("landed_documents")
    )
    totals: dict[tuple, list[int]] = {}
    for row in installation.rows("source_fetches"):
        total = totals.setdefault((row["source_id"], row["landed_on"], row["outcome"]), [0, 0])
        total[0] += row["landed"]
        total[1] += row["rejected"]
    return [documents, installation.rejected(), totals]


def test_later_rows_are_seen_later_so_that_they_are_the_later_version(installation: Installation) -> None:
    installation.write("day.jsonl", "\n".join(row(number, "2022-03-18") for number in (7, 2, 9, 4)))
    installation.source("day", kind="table", path="day.jsonl", columns=COLUMNS, lands_on="published")
    installation.land("2022-03-18", "2022-03-18")
    seen = sorted((one["first_seen_at"], one["external_id"]) for one in installation.rows("landed_documents"))
    assert [external_id for _, external_id in seen] == ["a7", "a2", "a9", "a4"]
    assert len({instant for instant, _ in seen}) == 4


def test_a_kill_at_any_write_then_a_rerun_gives_what_no_kill_gives(
    archive: Installation, another, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.write("drop/a.txt", "One.")
    archive.write("drop/binary.txt", b"\x00\x01\x02" * 100)
    archive.write("cut.jsonl.gz", gzip.compress((row(1, "2022-03-16") + "\n").encode() * 3)[:-9])
    archive.source("drop", kind="files", path="drop/*.txt")
    archive.source("cut", kind="table", path="cut.jsonl.gz", columns=COLUMNS)
    days = ("2022-03-14", "2022-03-20")
    archive.land(*days)
    expected = contents(archive)
    writes = len(list(archive.home.record.rglob("*.parquet")))
    assert writes > 10
    add_batch = Record.add_batch
    for last_write in range(writes):
        for after in (False, True):
            killed = another(archive)
            left = [last_write]

            def dying(self: Record, *args: object, left: list[int] = left, after: bool = after) -> None:
                left[0] -= 1
                if left[0] < 0 and not after:
                    raise Killed
                add_batch(self, *args)
                if left[0] < 0:
                    raise Killed

            monkeypatch.setattr(Record, "add_batch", dying)
            with pytest.raises(Killed):
                killed.land(*days)
            monkeypatch.setattr(Record, "add_batch", add_batch)
            killed.land(*days)
            assert contents(killed) == expected, f"killed at write {last_write}"
            assert killed.land(*days) == []


def test_more_than_fits_in_memory_lands_in_several_batches(
    archive: Installation, another, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = another(archive)
    archive.land("2022-03-10", "2022-03-20")
    monkeypatch.setattr("assets.ingestion.batches._PENDING_BYTES", 2_500)
    monkeypatch.setattr("assets.ingestion.landing._HELD_BYTES", 10)
    small.land("2022-03-10", "2022-03-20")
    assert contents(small) == contents(archive)
    assert len(list(small.home.record.rglob("*.parquet"))) > len(list(archive.home.record.rglob("*.parquet")))


def test_an_archive_in_no_order_does_not_come_to_a_batch_for_every_few_rows(
    installation: Installation, another, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = another(installation)
    rows = [row(number, f"2022-03-{10 + number * 7 % 10}") for number in range(300)]
    rows += [row(number, f"2022-03-{10 + number * 7 % 10}", headline="Again") for number in range(50)]
    installation.write("a.jsonl", "\n".join(rows))
    installation.source("mixed", kind="table", path="a.jsonl", columns=COLUMNS, lands_on="published")
    days = ("2022-03-10", "2022-03-19")
    installation.land(*days)
    monkeypatch.setattr("assets.ingestion.batches._PENDING_BYTES", 15_000)
    small.land(*days)
    assert contents(small) == contents(installation) and len(small.landed()) == 300
    assert max(len(small.record.day_files("landed_documents", day)) for day in map(date.fromisoformat, days)) <= 2
    by_day: dict[date, list[int]] = {}
    for one in sorted(small.rows("landed_documents"), key=lambda one: one["first_seen_at"]):
        by_day.setdefault(one["landed_on"], []).append(int(one["external_id"][1:]))
    assert all(numbers == sorted(numbers) for numbers in by_day.values()), "later rows are still seen later"
