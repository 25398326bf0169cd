"""A small authority of the tests' own, and articles made from a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from assets.home import Home
from assets.tables import table
from assets.tagging.tagger import tagging_kernel

CONFIG = Path(__file__).parent / "config"
DAY = date(2022, 3, 16)


def article(text: str, title: str | None = None, day: date | None = DAY, **fields: Any) -> dict[str, Any]:
    """Return an article's row with `text`; whatever is not given is filled in."""
    return {
        "document_id": "d1", "article_id": "a1", "source_id": "test", "title": title, "text": text, "language": "en",
        "machine_translated": False, "tagged": True, "published_on": day, "date_method": "declared",
        "date_conflict": False, "landed_on": date(2024, 1, 1), "first_seen_at": datetime(2024, 1, 1),
        "word_count": len(text.split()), "text_sha256": "x", **fields,
    }  # fmt: skip


def articles(*rows: dict[str, Any]) -> pa.Table:
    """Return the rows as the articles table of the record."""
    return pa.Table.from_pylist(list(rows), table("articles").record_schema)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The installation whose authority stands beside this file."""
    return Home(tmp_path_factory.mktemp("data"), CONFIG)


@pytest.fixture(scope="session")
def kernel(home: Home) -> Callable[[pa.Table], dict[str, pa.Table]]:
    """The tagging kernel over the small authority."""
    return tagging_kernel(home)
