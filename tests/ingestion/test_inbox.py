"""What is dropped in the inbox lands today, once, and is cleared away; what cannot land is kept and named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assets.ingestion import inbox

if TYPE_CHECKING:
    from tests.ingestion.conftest import Installation

NOON = datetime(2022, 3, 20, 12, tzinfo=UTC)


def lying_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_page_with_a_sidecar_lands_with_what_the_sidecar_says(installation: Installation) -> None:
    installation.source("regional", kind="files", path="regional/{day}/*.txt", lands_on="path")
    installation.drop(
        "page.txt.yaml", "published: 2022-03-16\ntitle: A title\nsource: regional\nurl: https://x.example/1\n"
    )
    installation.drop("page.txt", "The text.")
    installation.drop("plain.txt", "No sidecar.")
    installation.drop("page.part", "still being copied")
    installation.drop(".hidden.txt", "not for us")
    assert installation.land("2022-03-19") == [], "only the current day reads the inbox"
    installation.land()
    page, plain = sorted(installation.rows("landed_documents"), key=lambda row: row["locator"])
    assert (page["source_id"], page["declared_published"], page["declared_by"]) == (
        "regional",
        "2022-03-16",
        "declared",
    )
    assert (page["declared_title"], page["url"], page["external_id"]) == ("A title", "https://x.example/1", None)
    assert (plain["source_id"], plain["declared_published"], plain["lands_on"]) == ("inbox", None, "fetched")
    assert installation.outcomes() == [("2022-03-20", "inbox", "ok", 1, 0), ("2022-03-20", "regional", "ok", 1, 0)]
    assert lying_in(installation.home.inbox) == [
        ".hidden.txt",
        "landed/2022-03-20/page.txt",
        "landed/2022-03-20/page.txt.yaml",
        "landed/2022-03-20/plain.txt",
        "page.part",
    ]


def test_what_cannot_land_is_rejected_with_a_remedy_and_kept(installation: Installation) -> None:
    installation.drop("bad.txt", "Text.")
    installation.drop("bad.txt.yaml", "title: A\npublised: 2022-03-16\n")
    installation.drop("deep.txt", "Text.")
    installation.drop("deep.txt.yaml", "title: " + "[" * 3_000)
    installation.drop("stranger.txt", "Text.")
    installation.drop("stranger.txt.yaml", "source: nobody\n")
    installation.drop("dump.jsonl", '{"id": 1}\n')
    installation.drop("empty.txt", "")
    installation.land()
    found = {row["locator"]: (row["reason"], row["detail"]) for row in installation.rows("rejected_documents")}
    assert {locator: reason for locator, (reason, _) in found.items()} == {
        "bad.txt": "bad_sidecar",
        "deep.txt": "bad_sidecar",
        "stranger.txt": "bad_sidecar",
        "dump.jsonl": "not_text",
        "empty.txt": "empty",
    }
    assert "bad.txt.yaml:2: publised: unknown field" in found["bad.txt"][1]
    assert "name a source of kind table in its sidecar" in found["dump.jsonl"][1]
    assert installation.landed() == [] and inbox.waiting_files(installation.home) == []
    assert "rejected/2022-03-20/bad.txt.yaml" in lying_in(installation.home.inbox)


def test_the_same_file_dropped_again_does_not_land_again_and_overwrites_nothing(installation: Installation) -> None:
    for days in (0, 0, 1):
        installation.drop("a.txt", "Text.")
        now = NOON + timedelta(days=days)
        installation.land(now.date().isoformat(), now=now)
    installation.drop("a.txt", "Text, corrected.")
    installation.land()
    assert sorted(row["bytes"] for row in installation.rows("landed_documents")) == [b"Text, corrected.", b"Text."]
    kept = [f"landed/2022-03-20/a{number}.txt" for number in ("", ".2", ".3")]
    assert lying_in(installation.home.inbox) == sorted([*kept, "landed/2022-03-21/a.txt"])


@pytest.mark.parametrize("dies_in", ["assets.ingestion.inbox.clear_away", "pathlib.Path.rename", "pathlib.Path.unlink"])
def test_a_kill_before_or_while_the_inbox_is_cleared_lands_nothing_twice(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, dies_in: str
) -> None:
    class Killed(BaseException):
        pass

    works = {"rename": Path.rename, "unlink": Path.unlink}.get(dies_in.rpartition(".")[2])

    def die(path: object, *args: object, **options: object) -> None:
        if works and installation.home.inbox not in path.parents:
            return works(path, *args, **options)
        raise Killed

    installation.drop("a.txt", "Text.")
    installation.drop("a.txt.yaml", "published: 2022-03-16\n")
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(dies_in, die)
        installation.land()
    installation.land()
    (document,) = installation.rows("landed_documents")
    assert document["declared_published"] == "2022-03-16"
    assert inbox.waiting_files(installation.home) == [] and not (installation.home.inbox / "a.txt.yaml").exists()


def test_a_file_that_changes_while_it_lands_stays_for_the_next_run(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = installation.drop("a.txt", "First half")
    clear_away = inbox.clear_away

    def still_writing(*args: object, **options: object) -> None:
        path.write_text("First half and second half")
        clear_away(*args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(inbox, "clear_away", still_writing)
        installation.land()
    assert inbox.waiting_files(installation.home) == [path]
    installation.land()
    assert sorted(row["byte_count"] for row in installation.rows("landed_documents")) == [10, 26]


def test_every_kind_of_file_that_is_read_may_be_dropped(installation: Installation) -> None:
    installation.source("archive", kind="table", path="*.csv", columns={"external_id": "id", "text": "body"})
    installation.drop("page.html", "<html><p>A page.")
    installation.drop("rows.csv", "id,body\n7,A row.\n8,\n")
    installation.drop("rows.csv.yaml", "source: archive\nlanguage: en\n")
    installation.drop("mail.eml", "Subject: A mail\n\nIts text.\n")
    installation.drop(
        "feed.xml",
        "<rss version='2.0'><channel><item><guid>g</guid><description>An item.</description></item></channel></rss>",
    )
    installation.drop("item.xml", "<nitf><body><body.content><p>An item.</p></body.content></body></nitf>")
    page = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>Captured."
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/\r\nWARC-Date: 2022-03-16T00:00:00Z\r\n"
    )
    kind = f"Content-Type: application/http\r\nContent-Length: {len(page)}\r\n\r\n"
    installation.drop("web.warc", f"{head}{kind}".encode() + page + b"\r\n\r\n")
    installation.land()
    landed = {
        row["locator"]: (row["source_id"], row["declared_title"]) for row in installation.rows("landed_documents")
    }
    assert landed == {
        "page.html": ("inbox", None),
        "rows.csv#7": ("archive", None),
        "mail.eml": ("inbox", "A mail"),
        "g": ("inbox", None),
        "item.xml": ("inbox", None),
        "web.warc#2022-03-16T00:00:00Z https://x.example/": ("inbox", None),
    }
    assert installation.rejected() == [("2022-03-20", "rows.csv#8", "empty")]
    assert inbox.waiting_files(installation.home) == [] and not (installation.home.inbox / "rejected").exists()
