"""A takedown purges an article everywhere and leaves a tombstone."""

from __future__ import annotations

from assets.record import Record
from tests.conftest import Installation, day
from tests.end_to_end.wire import FIRST, GRAIN, LAST, ROWS, row

TAKEDOWN = """\
takedowns:
  - article: https://wire.example/c1
    requested_on: 2022-05-01
    reason: Order of the district court.
"""
TOMBSTONE = ("wire.jsonl#c1", "taken_down", "Order of the district court. (requested on 2022-05-01)")


def test_what_is_taken_down_is_gone_everywhere_and_stays_gone(installation: Installation) -> None:
    installation.write_wire(*ROWS)
    installation.run(FIRST, LAST)
    page = installation.home.report / "index.html"
    page.parent.mkdir()
    page.write_text("A page that still holds what was taken down.")
    before = installation.query("select count(*) from articles")[0][0]
    (installation.home.config / "takedowns.yaml").write_text(TAKEDOWN)

    installation.run(LAST)  # any day will do: the article itself landed on another

    landed = Record(installation.home.record).read_day("landed_documents", day("2022-03-12")).to_pylist()
    assert [one["bytes"] for one in landed if one["external_id"] == "c1"] == [b""]
    assert installation.query("select count(*) from articles") == [(before - 1,)]
    assert installation.query("select count(*) from mentions where sentence like 'Grain prices%'") == [(0,)]
    assert TOMBSTONE in installation.query("select locator, reason, detail from rejected_documents")
    assert not installation.home.previous.exists() and not page.exists()

    # A corrected text of the same article is held to the takedown as well.
    installation.write_wire(*ROWS, row("c1", "2022-03-12", "Grain dearer", GRAIN + " Prices fell later."))
    installation.run(FIRST, LAST)
    assert installation.query("select count(*) from articles where url like '%/c1'") == [(0,)]
    reasons = installation.query("select reason from rejected_documents where locator = 'wire.jsonl#c1'")
    assert reasons == [("taken_down",), ("taken_down",)]
