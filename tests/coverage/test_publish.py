"""Publishing: readers keep what they have, nobody harms the file, and a crash leaves a whole one."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from assets.coverage import publish as publishing
from assets.coverage.publish import PublishError, publish
from assets.database import writing
from tests.coverage.conftest import FILLER, Newsroom, make_newsroom, story

MEETING = f"Aliyev met Macron for talks. {FILLER}"
COUNT = "select count(*) from articles"
READER = f"""
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
for _ in sys.stdin:
    print(connection.execute({COUNT!r}).fetchall()[0][0], flush=True)
"""


@pytest.fixture
def published(newsroom: Newsroom) -> Newsroom:
    """An installation with one article published."""
    newsroom.land("2022-03-16", story("visit", MEETING))
    newsroom.build()
    publish(newsroom.home)
    return newsroom


def land_another(newsroom: Newsroom) -> None:
    """Land a second article and build."""
    newsroom.land("2022-03-17", story("gas", f"France has gas. {FILLER}"))
    newsroom.build()


def test_the_same_data_are_not_published_again(published: Newsroom) -> None:
    before = published.home.published.stat()
    published.build()
    assert not publish(published.home).replaced
    assert published.home.published.stat().st_mtime_ns == before.st_mtime_ns


def test_the_file_before_is_kept(published: Newsroom) -> None:
    old = published.home.published.read_bytes()
    land_another(published)
    report = publish(published.home)
    assert report.replaced
    assert published.home.previous.read_bytes() == old
    assert published.query(COUNT, path=published.home.published) == [(2,)]


def test_a_reader_in_another_process_keeps_its_file_and_sees_the_new_one_when_it_reconnects(
    published: Newsroom,
) -> None:
    def open_reader() -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", READER, str(published.home.published)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(reader: subprocess.Popen[str]) -> int:
        reader.stdin.write("\n")
        reader.stdin.flush()
        return int(reader.stdout.readline())

    with open_reader() as reader:
        assert ask(reader) == 1
        land_another(published)
        assert publish(published.home).replaced
        assert ask(reader) == 1
        with open_reader() as second:
            assert ask(second) == 2
            second.stdin.close()
        reader.stdin.close()


def test_a_stale_log_beside_the_file_is_moved_aside(published: Newsroom) -> None:
    log = published.home.published.with_name("dateline.duckdb.wal")
    land_another(published)
    log.write_bytes(b"left by a client that crashed")
    report = publish(published.home)
    assert not log.exists()
    assert report.stale_log.read_bytes() == b"left by a client that crashed"
    assert published.query(COUNT, path=published.home.published) == [(2,)]


def test_a_stale_log_is_moved_aside_also_where_nothing_new_is_published(published: Newsroom) -> None:
    published.home.published.with_name("dateline.duckdb.wal").write_bytes(b"left by a client that crashed")
    assert publish(published.home).stale_log is not None
    assert published.query(COUNT, path=published.home.published) == [(1,)]


def test_nobody_may_write_the_files(published: Newsroom) -> None:
    land_another(published)
    publish(published.home)
    for path in (published.home.published, published.home.previous):
        assert stat.S_IMODE(path.stat().st_mode) == 0o444


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become an ordinary user; mode bits are tested above")
def test_an_ordinary_users_writing_open_is_refused_and_reading_works(open_folder: Path) -> None:
    newsroom = make_newsroom(open_folder / "home")
    newsroom.land("2022-03-16", story("visit", MEETING))
    newsroom.build()
    publish(newsroom.home)
    # The libraries are loaded while still root, since an ordinary user may not be let into the folder they lie in.
    script = """
import datetime, duckdb, os, sys
duckdb.sql("select 1").fetchall()
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
print(duckdb.connect(sys.argv[1], read_only=True).execute("select count(*) from articles").fetchall())
try:
    duckdb.connect(sys.argv[1])
except duckdb.IOException as error:
    print("refused", "ermission denied" in str(error))
"""
    ended = subprocess.run(
        [sys.executable, "-c", script, str(newsroom.home.published)],
        cwd="/",
        capture_output=True,
        text=True,
    )
    assert ended.stdout.splitlines() == ["[(1,)]", "refused True"], ended.stderr


def test_a_copy_that_lacks_rows_is_not_published(published: Newsroom) -> None:
    land_another(published)
    with writing(published.home.candidate) as connection:
        connection.execute("delete from mentions")
    with pytest.raises(PublishError, match="table mentions has 0 rows"):
        publish(published.home)
    assert published.query(COUNT, path=published.home.published) == [(1,)]


@pytest.mark.parametrize("step", ["_copy_beside", "_keep_previous", "_sync_folder"])
def test_a_crash_while_publishing_leaves_a_whole_file(
    published: Newsroom, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    land_another(published)

    def crash(*_: object) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as context:
        context.setattr(publishing, step, crash)
        with pytest.raises(OSError, match="No space left"):
            publish(published.home)
    assert published.query(COUNT, path=published.home.published) in ([(1,)], [(2,)])
    publish(published.home)
    assert published.query(COUNT, path=published.home.published) == [(2,)]
    assert list(published.home.data.glob(".*.tmp")) == []


def test_a_candidate_with_a_log_of_a_killed_build_is_published_with_what_the_log_holds(published: Newsroom) -> None:
    """A kill between commit and checkpoint leaves the newest rows in the log."""
    land_another(published)
    script = """
import os, signal, sys, duckdb
connection = duckdb.connect(sys.argv[1])
connection.execute("update build_info set schema_version = 'from the log'")
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", script, str(published.home.candidate)], check=False)
    assert published.home.candidate.with_name("candidate.duckdb.wal").exists()
    publish(published.home)
    assert published.query("select schema_version from build_info", path=published.home.published) == [
        ("from the log",)
    ]


def test_whatever_lies_there_that_is_no_file_of_ours_is_replaced(newsroom: Newsroom) -> None:
    newsroom.land("2022-03-16", story("visit", MEETING))
    newsroom.build()
    newsroom.home.published.write_bytes(b"something else")
    assert publish(newsroom.home).replaced
    with duckdb.connect(str(newsroom.home.published), read_only=True) as connection:
        assert connection.execute(COUNT).fetchall() == [(1,)]


def test_the_file_can_be_read_by_the_oldest_clients(published: Newsroom) -> None:
    with duckdb.connect(str(published.home.published), read_only=True) as connection:
        rows = connection.execute("select tags from duckdb_databases() where not internal").fetchall()
    assert rows[0][0]["storage_version"].startswith("v1.0.0")
