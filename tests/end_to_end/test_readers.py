"""Readers never block the writer, nor the writer them."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap

from tests.conftest import Installation
from tests.end_to_end.wire import BRUSSELS, FIRST, LAST, ROWS, row

COUNT = "select count(*) from articles"


def test_a_reader_in_another_process_keeps_its_file_while_a_run_publishes(installation: Installation) -> None:
    installation.write_wire(*ROWS)
    installation.run(FIRST, LAST)
    reader = textwrap.dedent(
        f"""
        import duckdb, sys
        connection = duckdb.connect({str(installation.home.published)!r}, read_only=True)
        for _ in sys.stdin:
            print(connection.execute({COUNT!r}).fetchall()[0][0], flush=True)
        """
    )
    with subprocess.Popen(
        [sys.executable, "-c", reader], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def ask() -> int:
            process.stdin.write("\n")
            process.stdin.flush()
            return int(process.stdout.readline())

        before = ask()
        installation.write_wire(row("new", FIRST, "New", BRUSSELS), file="new.jsonl")
        installation.run(FIRST, LAST)
        assert ask() == before
        process.stdin.close()
        assert process.wait(timeout=20) == 0
    assert installation.query(COUNT) == [(before + 1,)]


def test_the_published_file_cannot_be_opened_for_writing_by_an_ordinary_user(installation: Installation) -> None:
    installation.write_wire(*ROWS)
    installation.run(FIRST, LAST)
    assert installation.home.published.stat().st_mode & 0o777 == 0o444
    attempt = textwrap.dedent(
        f"""
        import os
        import duckdb
        duckdb.connect().close()  # load all of it while its own files can still be read
        if os.getuid() == 0:  # root ignores permission bits: become nobody
            os.setgid(65534), os.setuid(65534)
        duckdb.connect({str(installation.home.published)!r})
        """
    )
    _let_nobody_reach(installation)
    ended = subprocess.run([sys.executable, "-c", attempt], capture_output=True, text=True, timeout=60)
    assert ended.returncode != 0
    assert "Permission denied" in ended.stderr or "permission" in ended.stderr.lower(), ended.stderr
    assert installation.query(COUNT)[0][0] > 0


def test_a_log_left_beside_the_file_by_a_crashed_writer_corrupts_nothing(installation: Installation) -> None:
    installation.write_wire(*ROWS)
    installation.run(FIRST, LAST)
    before = installation.contents()
    stale = installation.home.published.with_name(installation.home.published.name + ".wal")
    stale.write_bytes(b"a write-ahead log of some other file")
    installation.write_wire(row("new", FIRST, "New", BRUSSELS), file="new.jsonl")
    installation.run(FIRST, LAST)
    assert not stale.exists()
    assert len(installation.contents()["articles"]) == len(before["articles"]) + 1


def _let_nobody_reach(installation: Installation) -> None:
    """Open the folders above the file, which pytest keeps to their owner, so that only the file's own bits decide."""
    folder = installation.home.published.parent
    while folder != folder.parent and folder.stat().st_uid == os.getuid() and folder.name != "tmp":
        folder.chmod(0o755)
        folder = folder.parent
