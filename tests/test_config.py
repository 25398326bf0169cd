"""A mistake in the configuration names file, line, field and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from assets.config import ConfigError
from assets.home import DEFAULT_CONFIG, Home
from assets.settings import load_settings, load_sources, parse_days
from tests.conftest import day

TABLE = "sources:\n  - id: a\n    name: A\n    kind: table\n    path: x.csv\n"


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        (
            "sources:\n  - id: a\n    name: A\n    kind: tabel\n    path: x\n",
            "sources.yaml:4: sources.1.kind: Input should be",
        ),
        (
            TABLE + "    colums: {text: t}\n",
            "sources.yaml:6: sources.1.colums: unknown field; known here: allow_private, columns",
        ),
        (
            "sources:\n  - id: a\n    kind: files\n    path: x\n",
            "sources.yaml:2: sources.1.name: required field is missing",
        ),
        (TABLE + "    columns: {title: t}\n", "columns must map text or html"),
        (TABLE + "    columns: {text: t}\n    lands_on: published\n", "needs a column mapped to 'published'"),
        (
            TABLE + "    columns: {text: t}\n    timezone: Baku\n",
            "sources.yaml:7: sources.1.timezone: not an IANA time zone",
        ),
        ("sources:\n  - id: a\n    name: A\n    kind: files\n    path: x\n    lands_on: path\n", "needs {day} in path"),
        ("sources:\n  - id: a\n    name: A\n    kind: sitemap\n    path: x\n", "kind 'sitemap' reads from url"),
        ("sources:\n  - id: a\n    name: A\n    kind: warc\n    url: http://x\n", "only a feed or a sitemap has a url"),
        (
            "sources:\n  - id: a\n    name: A\n    kind: warc\n    path: x\n    lands_on: published\n",
            "lands on 'captured'",
        ),
        (TABLE + "    columns: {text: t}\n    lands_on: captured\n", "lands_on 'captured' needs kind 'warc'"),
        (TABLE + "    columns: {text: t}\n    follow: always\n", "follow belongs to a feed with a url"),
        (TABLE.replace("id: a", "id: inbox") + "    columns: {text: t}\n", "kept for the inbox folder"),
        ("sources: [\n", "not valid YAML"),
        ("", "the file is empty"),
    ],
)
def test_a_mistake_in_sources_says_where_and_what_would_be_right(tmp_path: Path, yaml: str, message: str) -> None:
    (tmp_path / "sources.yaml").write_text(yaml)
    with pytest.raises(ConfigError) as error:
        load_sources(Home(tmp_path, tmp_path))
    assert message in str(error.value)
    assert str(tmp_path / "sources.yaml") in str(error.value)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "dateline.yaml").write_text("first_day: soon\nworkers: 0\n")
    with pytest.raises(ConfigError) as error:
        load_settings(Home(tmp_path, tmp_path))
    assert [line.split(": ")[0].rsplit(":", 1)[1] for line in str(error.value).splitlines()] == ["1", "2"]


def test_what_the_analyst_leaves_out_is_the_projects_own(tmp_path: Path) -> None:
    assert load_settings(Home(tmp_path, tmp_path)) == load_settings(Home(tmp_path, DEFAULT_CONFIG))


def test_days_are_one_day_or_a_range() -> None:
    first_day = day("2014-01-01")
    assert parse_days("2022-03-16", first_day) == (day("2022-03-16"), day("2022-03-16"))
    assert parse_days("2022-02-20...2022-04-10", first_day) == (day("2022-02-20"), day("2022-04-10"))


@pytest.mark.parametrize(
    ("days", "message"),
    [
        ("yesterday", "write a day"),
        ("2022-03-16...2022-03-01", "ends before it starts"),
        ("1987-02-26", "first_day"),
        ("2999-01-01", "has not come yet"),
    ],
)
def test_days_that_cannot_be_run_say_why(days: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        parse_days(days, day("2014-01-01"))
