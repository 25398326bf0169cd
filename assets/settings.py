"""The installation's settings (`config/dateline.yaml`) and its sources (`config/sources.yaml`), validated.

Several rooms need them: ingestion to read, cleaning for time zones and translation habits, coverage for the
reference table and the counting rule.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_validator, model_validator

from assets.config import ConfigError, Strict, load_yaml
from assets.home import Home

INBOX_ID = "inbox"
ON_THE_WEB = ("feed", "sitemap")

TABLE_FIELDS = ("external_id", "url", "title", "text", "html", "published", "language", "author", "section")


class Daily(Strict):
    """When the scheduled run starts, and how many landing days up to today it brings up to date."""

    cron: str = "30 5 * * *"
    days: int = Field(3, ge=1, le=366)


class Limits(Strict):
    """Bounds beyond which a document or answer is rejected with a reason instead of read."""

    document_megabytes: float = Field(20, gt=0)
    response_seconds: float = Field(60, gt=0)
    attempts: int = Field(3, ge=1, le=10)


class Fetching(Strict):
    """How Dateline behaves as a guest on other people's web servers."""

    pause_seconds: float = Field(1.0, ge=0, le=600)
    sources_at_once: int = Field(6, ge=1, le=64)
    source_seconds: float = Field(900, gt=0)
    pages_per_run: int = Field(200, ge=1)
    teaser_words: int = Field(150, ge=0)
    contact: str | None = Field(None, pattern=r"^[\x20-\x7e]{1,200}$")


class Counting(Strict):
    """Which mentions and themes count in the coverage tables."""

    mention_confidence: float = Field(0.5, ge=0, le=1)


class Reprints(Strict):
    """Which texts can be copies of each other."""

    min_words: int = Field(20, ge=1)
    window_days: int = Field(30, ge=0, le=366)
    min_containment: float = Field(0.6, ge=0.5, le=1)


class Shifts(Strict):
    """When a day or week departs from its past."""

    window_days: int = Field(56, ge=14, le=366, multiple_of=7)
    min_days: int = Field(21, ge=7, le=366)
    min_articles: int = Field(3, ge=1)
    false_discovery_rate: float = Field(0.05, gt=0, lt=1)


class Stories(Strict):
    """What makes articles one story."""

    rarity_days: int = Field(10, ge=1, le=60)
    gap_days: int = Field(3, ge=1, le=30)
    same_day_similarity: float = Field(0.18, gt=0, lt=1)
    next_day_similarity: float = Field(0.25, gt=0, lt=1)

    @property
    def reach(self) -> int:
        """How many days before a day its episodes depend on."""
        return self.gap_days + self.rarity_days


class Report(Strict):
    """How many report pages are kept."""

    pages: int = Field(7, ge=1, le=366)


class Settings(Strict):
    """`config/dateline.yaml`."""

    first_day: date = date(2014, 1, 1)
    run_days: str | None = None
    workers: int | None = Field(None, ge=1)
    daily: Daily = Daily()
    limits: Limits = Limits()
    fetching: Fetching = Fetching()
    counting: Counting = Counting()
    reprints: Reprints = Reprints()
    shifts: Shifts = Shifts()
    stories: Stories = Stories()
    report: Report = Report()


class Source(Strict):
    """One source of `config/sources.yaml`."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: str
    kind: Literal["files", "table", "warc", "feed", "sitemap"]
    path: str | None = None
    url: str | None = Field(None, pattern=r"^https?://")
    columns: dict[str, str] = {}
    delimiter: str | None = None
    lands_on: Literal["fetched", "published", "captured", "path"] = "fetched"
    follow: Literal["auto", "always", "never"] = "auto"
    obey_robots: bool = True
    machine_translated: bool | Literal["auto"] = "auto"
    allow_private: bool = False
    domain: str | None = None
    country: str | None = Field(None, pattern=r"^[A-Z]{3}$")
    language: str | None = Field(None, pattern=r"^[a-z]{2,3}$")
    timezone: str | None = None
    description: str | None = None

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, name: str | None) -> str | None:
        if name is not None and name not in available_timezones():
            raise ValueError("not an IANA time zone; write one such as Asia/Baku")
        return name

    @model_validator(mode="after")
    def _fields_fit_the_kind(self) -> Source:
        if self.id == INBOX_ID:
            raise ValueError(f"the id {INBOX_ID!r} is kept for the inbox folder; choose another")
        if (self.path is None) == (self.url is None):
            raise ValueError("give either path (files on disk) or url (a feed on the web)")
        if self.url and self.kind not in ON_THE_WEB:
            raise ValueError(f"kind {self.kind!r} reads from path; only a feed or a sitemap has a url")
        if self.kind == "sitemap" and not self.url:
            raise ValueError("kind 'sitemap' reads from url, such as https://www.example.org/sitemap.xml")
        if self.kind == "table":
            self._check_columns()
        elif self.columns or self.delimiter:
            raise ValueError("columns and delimiter belong to kind 'table'")
        if self.follow != "auto" and not (self.kind == "feed" and self.url):
            raise ValueError("follow belongs to a feed with a url; a sitemap's pages are always fetched, others never")
        if self.lands_on == "published" and self.kind not in ("table", "files"):
            raise ValueError("lands_on 'published' needs kind 'table' or 'files'; a web archive lands on 'captured'")
        if self.lands_on == "captured" and self.kind != "warc":
            raise ValueError("lands_on 'captured' needs kind 'warc', whose records say when they were captured")
        if self.lands_on == "published" and self.kind == "table" and "published" not in self.columns:
            raise ValueError("lands_on 'published' needs a column mapped to 'published'")
        if self.lands_on == "path" and "{day}" not in (self.path or ""):
            raise ValueError("lands_on 'path' needs {day} in path, such as pages/{day}/*.html")
        return self

    def _check_columns(self) -> None:
        unknown = sorted(set(self.columns) - set(TABLE_FIELDS))
        if unknown:
            raise ValueError(f"columns maps unknown fields {unknown}; known are {', '.join(TABLE_FIELDS)}")
        if not {"text", "html"} & set(self.columns):
            raise ValueError("columns must map text or html, the body of the article")

    @cached_property
    def zone(self) -> ZoneInfo | None:
        """Time zone in which the publisher's days are counted, where known."""
        return ZoneInfo(self.timezone) if self.timezone else None

    def glob(self, config: Path) -> str:
        """Return the absolute glob of the source's files, `{day}` still in it; relative paths start at `config`."""
        return str(config / (self.path or ""))


class Sources(Strict):
    """`config/sources.yaml`."""

    sources: tuple[Source, ...]

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Sources:
        ids = [source.id for source in self.sources]
        double = sorted({id_ for id_ in ids if ids.count(id_) > 1})
        if double:
            raise ValueError(f"two sources share the id {double}; rename one")
        return self


def load_settings(home: Home) -> Settings:
    """Return `config/dateline.yaml`; raise ConfigError."""
    settings = load_yaml(home.config_file("dateline.yaml"), Settings)
    if settings.run_days is not None:
        parse_days(settings.run_days, settings.first_day)
    return settings


def load_sources(home: Home) -> dict[str, Source]:
    """Return the sources of `config/sources.yaml` by id; raise ConfigError."""
    sources = load_yaml(home.config_file("sources.yaml"), Sources)
    return {source.id: source for source in sources.sources}


def parse_days(text: str, first_day: date) -> tuple[date, date]:
    """Return first and last day of `2022-02-20...2022-04-10` or of a single day; raise ConfigError."""
    first, _, last = text.partition("...")
    try:
        days = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    except ValueError:
        raise ConfigError(f"DAYS={text}: write a day (2022-03-16) or a range (2022-02-20...2022-04-10)") from None
    today = datetime.now(UTC).date()
    if days[0] > days[1]:
        raise ConfigError(f"DAYS={text}: the range ends before it starts")
    if days[0] < first_day:
        raise ConfigError(
            f"DAYS={text}: {days[0]} lies before first_day {first_day} in config/dateline.yaml; set it earlier"
        )
    if days[1] > today:
        raise ConfigError(f"DAYS={text}: {days[1]} has not come yet; the last day there is {today} (UTC)")
    return days
