"""Landed documents for the cleaning tests, and the kernel that cleans them by the project's own rules."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from assets.cleaning.articles import cleaning_kernel
from assets.home import DEFAULT_CONFIG, Home
from assets.tables import table

SOURCES = """
sources:
  - {id: by-hand, name: The Daily Hand, kind: files, path: none/*.txt, machine_translated: false, timezone: Asia/Baku}
  - {id: by-machine, name: Machine News, kind: files, path: none/*.txt, machine_translated: true}
  - {id: no-idea, name: Some News, kind: files, path: none/*.txt}
"""

Clean = Callable[..., dict[str, list[dict[str, Any]]]]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("config")
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    for name in ("repairs.yaml", "furniture.yaml", "dates.yaml"):
        (folder / name).write_text((DEFAULT_CONFIG / name).read_text(encoding="utf-8"), encoding="utf-8")
    return Home(data=tmp_path_factory.mktemp("home"), config=folder)


@pytest.fixture(scope="session")
def kernel(home: Home) -> Callable[[pa.Table], dict[str, pa.Table]]:
    return cleaning_kernel(home)


@pytest.fixture(scope="session")
def clean(kernel: Callable[[pa.Table], dict[str, pa.Table]]) -> Clean:
    def run(*documents: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
        landed = pa.Table.from_pylist(list(documents), schema=table("landed_documents").record_schema)
        return {name: rows.to_pylist() for name, rows in kernel(landed).items()}

    return run


@pytest.fixture(scope="session")
def samples_kernel() -> Callable[[pa.Table], dict[str, pa.Table]]:
    return cleaning_kernel(Home(data=Path("unused"), config=DEFAULT_CONFIG))


def landed(content: str | bytes, **fields: Any) -> dict[str, Any]:
    """Return a landed document: text from the source `no-idea`, landed on 17 March 2022, unless `fields` say otherwise."""
    data = content.encode() if isinstance(content, str) else content
    document = {
        "document_id": hashlib.sha256(data).hexdigest()[:16],
        "source_id": "no-idea",
        "locator": "page.txt",
        "media_type": "text/html" if data.lstrip()[:1] == b"<" else "text/plain",
        "bytes": data,
        "byte_count": len(data),
        "lands_on": "fetched",
        "landed_on": date(2022, 3, 17),
        "first_seen_at": datetime(2022, 3, 17, 12),
        "batch_id": "batch",
        **fields,
    }
    if document.get("declared_published"):
        document.setdefault("declared_by", "declared")
    return document
